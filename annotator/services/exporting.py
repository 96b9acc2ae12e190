"""Writing a project as a dataset: one article version after the other, and the file as a whole or not at all."""

import contextlib
import errno
import os
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from annotator.errors import Refused
from annotator.formats import WRITERS
from annotator.formats.bundle import Bundle
from annotator.formats.table import Writer
from annotator.i18n import _, ngettext
from annotator.model.ids import new_id
from annotator.model.records import Guideline
from annotator.services.gathering import Gatherer
from annotator.services.jobs import Progress
from annotator.store.creating import sync_folder
from annotator.store.file import SUFFIX, real
from annotator.store.project import Project

STEP: Final = 50
"""Article versions between two reports of progress."""

_BUFFER: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote, and what the file does not hold, as sentences."""

    path: Path
    lines: int
    size: int
    losses: tuple[str, ...]


def writer_called(name: str) -> Writer:
    """Return the writer of a format; raises KeyError where there is none of that name."""
    for writer in WRITERS:
        if writer.name == name:
            return writer
    raise KeyError(name)


def export_project(
    project: Project, path: Path, *, writer: Writer = WRITERS[0]
) -> Generator[Progress, None, ExportReport]:
    """Write every article version of a project to a file; the generator's value is the report.

    The file appears under its name only when it is whole: an error, or nobody asking for the next step, leaves the
    file that was there as it was, and nothing else.

    Raises:
        Refused: the place takes no file, the disk is full, or the path is the project's own.
    """
    try:
        path = _checked(project, path)
    except OSError as error:
        raise _refusal(error, path) from None
    part = path.with_name(f".{path.name}.{new_id()}.part")
    gatherer = Gatherer(project)
    try:
        with _created(part) as stream:
            lines = 0
            for lines in _written(stream, writer, gatherer):
                if lines % STEP == 0:
                    yield Progress(lines, gatherer.total, path.name)
            stream.flush()
            os.fsync(stream.fileno())
            size = stream.tell()
        # The last moment in which stopping leaves the earlier file.
        yield Progress(lines, gatherer.total, path.name)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _refusal(error, path) from None
    finally:
        with contextlib.suppress(OSError):  # where not even this works, the first error is what matters
            part.unlink(missing_ok=True)
    yield Progress(lines, gatherer.total, path.name)
    return ExportReport(path, lines, size, (*writer.losses, *losses(project), *gatherer.losses()))


def _written(stream: BinaryIO, writer: Writer, bundles: Iterable[Bundle]) -> Iterator[int]:
    for number, line in enumerate(writer.encode(bundles), 1):
        stream.write(line)
        yield number


def losses(project: Project) -> tuple[str, ...]:
    """Say what no dataset of article versions holds, before anything is written."""
    unplaced = project.unplaced()
    told = [
        (unplaced.articles, "{n} article without a text is left out.", "{n} articles without a text are left out."),
        (unplaced.claims, "{n} claim without a mention is left out.", "{n} claims without a mention are left out."),
        (
            unplaced.sources,
            "{n} source that no evidence names is left out unless another one repeats it.",
            "{n} sources that no evidence names are left out unless another one repeats them.",
        ),
        (unplaced.speakers, "{n} speaker of no mention is left out.", "{n} speakers of no mention are left out."),
        (
            unplaced.annotators,
            "{n} annotator who made nothing is left out.",
            "{n} annotators who made nothing are left out.",
        ),
        (
            project.count(Guideline),
            "{n} version of the guideline is left out.",
            "{n} versions of the guideline are left out.",
        ),
    ]
    return tuple(ngettext(one, many, n) for n, one, many in told if n)


def _checked(project: Project, path: Path) -> Path:
    """Return where the file will really be; refuse a place that must not be overwritten."""
    path = real(path)
    name = str(path)
    if path.is_dir():
        raise Refused(_("this is a folder"), do=_("name a file in it"), file=name)
    if path.exists() and not path.is_file():
        raise Refused(_("this is a device, not a file"), do=_("choose another name"), file=name)
    if path.exists() and not os.access(path, os.W_OK):
        # Replacing needs the folder's rights only; whoever made the file read-only did not mean that.
        raise Refused(_("the file is read-only"), do=_("choose another name"), file=name)
    if not path.parent.is_dir():
        raise Refused(_("there is no such folder"), do=_("make it first"), file=str(path.parent))
    own = path.exists() and project.path.exists() and path.samefile(project.path)
    if own or path.suffix.lower() == SUFFIX or path.name.startswith(f"{project.path.name}-"):
        raise Refused(_("this would overwrite a project"), do=_("choose another name"), file=name)
    return path


def _created(part: Path) -> BinaryIO:
    # Not tempfile: its files are for their owner only, and this one becomes the dataset.
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    return os.fdopen(descriptor, "wb", buffering=_BUFFER)


def _refusal(error: OSError, path: Path) -> Refused:
    name = str(path)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Refused(
            _("not written: the disk is full; the earlier file is as it was"), do=_("free some space"), file=name
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Refused(_("the folder takes no files"), do=_("choose another place"), file=name)
    told = _("not written: the system says: {error}").format(error=error.strerror or error)
    return Refused(told, do=_("see to that first"), file=name)
