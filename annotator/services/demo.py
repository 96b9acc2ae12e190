"""The sample project, and the main job done on a sample article without a window."""

import contextlib
import tempfile
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from annotator import assets
from annotator.assist.speakers import finder
from annotator.errors import Refused, from_os
from annotator.formats import jsonl, report
from annotator.i18n import _
from annotator.model.ids import MentionId, VersionId
from annotator.model.records import Article, SpeakerKind, Stance, TextVersion
from annotator.services import annotating, linking, projects
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.services.jobs import Progress
from annotator.services.originals import Details, Original
from annotator.services.previewing import preview
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.model.moments import Precision

_SAMPLE: Final = "Sample.annot"
_ARTICLE: Final = "floodgates.txt"
_NAME: Final = "Annotator demo"
"""What the demo's project is called: how a later run knows that it may replace it."""


SAMPLE_PERSON: Final = "Ines Calloway"
"""Whose marks the sample holds: who tries it works in this name, so that everything in it can be changed."""


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
        raise from_os(error, str(error.filename or folder)) from None
    return path


@dataclass(frozen=True, slots=True)
class Done:
    """The files of the demo (`picture` is for the window to draw), and the claim to show in it."""

    project: Path
    dataset: Path
    report: Path
    picture: Path
    mention_id: MentionId


class _Link(NamedTuple):
    """A source that speaks to a claim, as a person types or pastes it, and the words in it."""

    source: str
    stance: Stance
    quote: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words to mark, part by part; the speaker is named, or the suggested one accepted or left for a person."""

    words: tuple[str, ...]
    status: str
    speaker: str = ""
    kind: SpeakerKind = "person"
    accepted: bool = False
    links: tuple[_Link, ...] = ()


_RESIDENTS: Final = "Eleven residents of Netmakers’ Row, interviewed one by one"
_STATEMENT: Final = "https://lannerwater.example/press/2024-03-03"
_LOG: Final = "https://inspector.harrowmark.example/dams/lanner/gate-log.pdf"
_HOSPITAL: Final = "https://hospital.quillhaven.example/bulletin/1807"

_MARKS: Final = (
    _Mark(
        ("The gates of the Lanner dam were opened on purpose on Saturday night",),
        "alleged",
        speaker="Residents of the lower town",
        kind="anonymous",
        links=(
            _Link(_RESIDENTS, "supports", "Nine of eleven heard the winches."),
            _Link(_STATEMENT, "refutes", "No gate was moved that night."),
        ),
    ),
    _Mark(
        ("opened on purpose on Saturday night", "to keep the stands of the governor’s regatta dry"),
        "alleged",
        speaker="Residents of the lower town",
        kind="anonymous",
    ),
    _Mark(
        ("“The gates,”", "“were opened at a quarter past two.”"),
        "alleged",
        accepted=True,
        links=(_Link(_LOG, "supports", "02:14 G3 up"),),
    ),
    _Mark(
        ("“No gate was moved that night,”",),
        "disputed",
        speaker="Odile Farrant",
        links=(
            _Link(_STATEMENT, "supports", "No gate was moved that night."),
            _Link(_LOG, "refutes", "02:14 G3 up … 02:55 G3 down"),
        ),
    ),
    _Mark(("the pumps had failed and nothing else",), "disputed"),
    _Mark(
        ("it had treated eleven people and that nobody had died",),
        "confirmed",
        accepted=True,
        links=(_Link(_HOSPITAL, "supports", "Eleven treated, nobody died."),),
    ),
)
_SHOWN: Final = 0
"""Which of them the picture of the window shows."""


def main_job(out: Path, *, person: str = "") -> Generator[Progress, None, Done]:
    """Import the sample article, mark claims of all three statuses, link sources, export; in a folder of its own.

    The files of an earlier run are replaced. The generator's value says where everything is.

    Raises Refused where the folder holds files of these names that no demo made, or takes no writes.
    """
    done = Done(out / "project.annot", out / "dataset.jsonl", out / "report.html", out / "window.png", MentionId(""))
    if out.exists() and not out.is_dir():
        raise Refused(_("this is a file, not a folder"), do=_("name a folder with --out"), file=str(out))
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear(done)
    except OSError as error:
        raise from_os(error, str(error.filename or out)) from None
    projects.new_project(done.project, name=_NAME, person=person)
    with projects.opened(done.project, write=True, person=person) as project:
        article = assets.path("sample", _ARTICLE)
        details = yield from _details(article)
        yield from import_files(project, [article], details=details)
        (version,) = project.all(TextVersion)
        mentions: list[MentionId] = []
        for one in _MARKS:
            yield Progress(len(mentions), len(_MARKS), _("Marking"))
            mentions.append(_mark(project, version.id, one))
        yield from export_project(project, done.dataset, writer=jsonl.WRITER)
        yield from export_project(project, done.report, writer=report.WRITER)
    return replace(done, mention_id=mentions[_SHOWN])


def _clear(done: Done) -> None:
    files = (done.project, done.dataset, done.report, done.picture)
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


def _details(article: Path) -> Generator[Progress, None, dict[Original, Details]]:
    """Look at the article first and say what its text does not, as a person does in the import window."""
    seen = yield from preview(article)
    if seen is None:
        return {}
    read = seen.reading
    return {
        article: Details(
            title=read.title,
            publisher="The Quillhaven Courier",
            authors=read.authors,
            published=read.published,
            published_precision=cast("Precision", read.published_precision),
            language=read.language,
            url="https://quillhavencourier.example/2024/03/03/floodgates",
        )
    }


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
    if one.speaker:
        annotating.set_speaker(project, marked.mention_id, name=one.speaker, kind=one.kind)
    elif found and one.accepted:
        annotating.accept_speaker(project, marked.mention_id)
    for link in one.links:
        evidence_id = linking.link_new_source(project, marked.claim_id, link.source, stance=link.stance)
        linking.edit_evidence(project, evidence_id, quote=link.quote)
    return marked.mention_id
