"""The sample project, and the main job done on a sample article without a window."""

import contextlib
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotator import assets
from annotator.assist.speakers import finder
from annotator.errors import Refused
from annotator.formats import jsonl
from annotator.i18n import _
from annotator.model.ids import MentionId, VersionId
from annotator.model.records import Article, Stance, TextVersion
from annotator.services import annotating, linking, projects
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.services.jobs import Progress
from annotator.store.project import Project

_SAMPLE: Final = "Sample.annot"
_ARTICLE: Final = "floodgates.txt"
_NAME: Final = "Annotator demo"
"""What the demo's project is called: how a later run knows that it may replace it."""


def open_sample(folder: Path) -> Path:
    """Return the sample project in a folder, made there if it is missing.

    Raises Refused where the folder takes no writes.
    """
    path = folder / _SAMPLE
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Made under another name: a sample that was cut short must not be taken for the whole one next time.
        with tempfile.TemporaryDirectory(prefix="sample-", dir=folder) as aside:
            whole = Path(aside, _SAMPLE)
            projects.new_project(whole, name=_("Sample: the night of the Lanner dam"), scheme="extended")
            with projects.opened(whole, write=True) as project:
                for _progress in import_files(project, [assets.path("sample", "sample.jsonl")]):
                    pass
            whole.replace(path)
    except OSError as error:
        raise _from_os(error, folder) from None
    return path


@dataclass(frozen=True, slots=True)
class Done:
    """The files of the demo (`picture` is for the window to draw), and the claim to show in it."""

    project: Path
    dataset: Path
    picture: Path
    mention_id: MentionId


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words to mark, part by part, and the source that speaks to them."""

    words: tuple[str, ...]
    status: str
    source: str = ""
    stance: Stance = "supports"
    quote: str = ""
    accept: bool = False


_MARKS: Final = (
    _Mark(
        ("The gates of the Lanner dam were opened on purpose on Saturday night",),
        "alleged",
        "Eleven residents of Netmakers’ Row, interviewed one by one",
        quote="Nine of eleven heard the winches.",
    ),
    _Mark(
        ("opened on purpose on Saturday night", "to keep the stands of the governor’s regatta dry"),
        "alleged",
    ),
    _Mark(("“The gates,”", "“were opened at a quarter past two.”"), "alleged", accept=True),
    _Mark(
        ("“No gate was moved that night,”",),
        "disputed",
        "https://inspector.harrowmark.example/dams/lanner/gate-log.pdf",
        "refutes",
        "02:14 G3 up",
    ),
    _Mark(("the pumps had failed and nothing else",), "disputed"),
    _Mark(
        ("it had treated eleven people and that nobody had died",),
        "confirmed",
        "https://hospital.quillhaven.example/bulletin/1807",
        quote="Eleven treated, nobody died.",
        accept=True,
    ),
)
_SHOWN: Final = 3


def main_job(out: Path, *, person: str = "") -> Generator[Progress, None, Done]:
    """Import the sample article, mark claims of all three statuses, link sources, export; in a folder of its own.

    The files of an earlier run are replaced. The generator's value says where everything is.

    Raises Refused where the folder holds files of these names that no demo made, or takes no writes.
    """
    done = Done(out / "project.annot", out / "dataset.jsonl", out / "window.png", MentionId(""))
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear(done)
    except OSError as error:
        raise _from_os(error, out) from None
    projects.new_project(done.project, name=_NAME, person=person)
    with projects.opened(done.project, write=True, person=person) as project:
        yield from import_files(project, [assets.path("sample", _ARTICLE)])
        (version,) = project.all(TextVersion)
        mentions: list[MentionId] = []
        for one in _MARKS:
            yield Progress(len(mentions), len(_MARKS), _("Marking"))
            mentions.append(_mark(project, version.id, one))
        yield from export_project(project, done.dataset, writer=jsonl.WRITER)
    return Done(done.project, done.dataset, done.picture, mentions[_SHOWN])


def _clear(done: Done) -> None:
    files = (done.project, done.dataset, done.picture)
    if any(path.exists() or path.is_symlink() for path in files):
        if not _is_demo(done.project):
            raise Refused(
                _("the folder holds files that the demo did not make"),
                do=_("name another folder with --out"),
                file=str(done.project.parent),
            )
        # Nobody may be writing to it.
        with Project.open(done.project, write=True):
            pass
    for path in files:
        path.unlink(missing_ok=True)


def _is_demo(path: Path) -> bool:
    with contextlib.suppress(Refused), Project.open(path, write=False) as project:
        return projects.name_of(project) == _NAME
    return False


def _mark(project: Project, version_id: VersionId, one: _Mark) -> MentionId:
    version = project.get(TextVersion, version_id)
    text = project.text(version.text_sha256)
    ranges: list[tuple[int, int]] = []
    for part in one.words:
        start = text.index(part, ranges[-1][1] if ranges else 0)
        ranges.append((start, start + len(part)))
    language = project.get(Article, version.article_id).language
    found = finder(language).find(text, ranges[0][0], ranges[-1][1])
    marked = annotating.mark(project, version_id, ranges, status=one.status, found=found)
    if found and one.accept:
        annotating.accept_speaker(project, marked.mention_id)
    if one.source:
        evidence_id = linking.link_new_source(project, marked.claim_id, one.source, stance=one.stance)
        linking.edit_evidence(project, evidence_id, quote=one.quote)
    return marked.mention_id


def _from_os(error: OSError, folder: Path) -> Refused:
    return Refused(
        _("the system says: {error}").format(error=error.strerror or error),
        do=_("name a folder that you may write to"),
        file=str(error.filename or folder),
    )
