"""Looking at what an import would bring in, before it does: the rows, and an article of plain text as it was read."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from annotator.errors import Refused
from annotator.intake import plain_text
from annotator.intake.plain_text import Reading
from annotator.services.importing import ImportReport, import_files
from annotator.services.jobs import Progress
from annotator.services.originals import HEAD, Original, reader_of
from annotator.services.plain_text import READER as PLAIN_TEXT
from annotator.services.plain_text import Pasted
from annotator.store import blobs
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Preview:
    """An article of plain text as it was read; `sha256` is that of its bytes as they came."""

    reading: Reading
    sha256: str


@dataclass(frozen=True, slots=True)
class Look:
    """What an import would do, and a preview of the first row; None where that is no article of plain text."""

    report: ImportReport
    first: Preview | None


def look(
    project: Project, originals: Sequence[Original], *, annotator_from: str = ""
) -> Generator[Progress, None, Look]:
    """Look at originals without writing anything; raises Refused where the project cannot be read."""
    report = yield from import_files(project, originals, dry_run=True, annotator_from=annotator_from)
    first = report.rows[0] if report.rows else None
    named = {str(original): original for original in originals}
    if first is None or first.line or first.outcome == "refused":
        return Look(report, None)
    return Look(report, (yield from preview(named[first.file])))


def preview(original: Original) -> Generator[Progress, None, Preview | None]:
    """Read an original that an import does not refuse; None where it is no plain text, or none any more."""
    yield Progress(0, 1, original.name)
    try:
        return _preview(original)
    except (Refused, OSError):
        # It was sound a moment ago: the import itself says what is wrong with it now.
        return None


def _preview(original: Original) -> Preview | None:
    if isinstance(original, Pasted):
        return Preview(plain_text.read_text(original.text), blobs.sha256_of(original.content))
    with original.open("rb") as stream:
        head = stream.read(HEAD)
        if reader_of(head, original) is not PLAIN_TEXT:
            return None
        content = head + stream.read()
    return Preview(plain_text.read_bytes(content, file=str(original)), blobs.sha256_of(content))
