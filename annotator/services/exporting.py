"""Writing a project as a dataset: one article version after the other, and the file as a whole or not at all."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotator.formats import WRITERS
from annotator.formats.frame import Frame
from annotator.formats.table import Writer
from annotator.i18n import _, ngettext
from annotator.model.moments import now
from annotator.model.records import Guideline
from annotator.services.gathering import Gatherer
from annotator.services.jobs import Progress
from annotator.services.projects import name_of, scheme_of
from annotator.services.whole_files import whole_file
from annotator.store.project import Project

STEP: Final = 50
"""Article versions between two reports of progress."""


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
    project: Project, path: Path, *, writer: Writer = WRITERS[0], with_confidential: bool = False
) -> Generator[Progress, None, ExportReport]:
    """Write every article version of a project to a file; the generator's value is the report.

    The file appears under its name only when it is whole: an error, or nobody asking for the next step, leaves the
    file that was there as it was, and nothing else. What names confidential sources is written only where it is asked
    for, `with_confidential`; the report says how many there were.

    Raises:
        Refused: the place takes no file, the disk is full, or the path is the project's own.
    """
    gatherer = Gatherer(project, with_confidential=with_confidential)
    pieces, total = _pieces(project, writer, gatherer, with_confidential=with_confidential)
    with whole_file(project, path) as (stream, place):
        for number, piece in enumerate(pieces, 1):
            stream.write(piece)
            if number % STEP == 0:
                yield Progress(min(number, total), total, place.name)
        size, lines = stream.tell(), gatherer.yielded
        # The last moment in which stopping leaves the earlier file.
        yield Progress(total, total, place.name)
    yield Progress(total, total, place.name)
    return ExportReport(place, lines, size, (*map(_, writer.losses), *losses(project), *gatherer.losses()))


def _pieces(
    project: Project, writer: Writer, gatherer: Gatherer, *, with_confidential: bool
) -> tuple[Iterator[bytes], int]:
    """Return what is to be written, piece by piece, and about how many pieces that will be."""
    if writer.encode_framed is None:
        return writer.encode(gatherer), gatherer.total
    frame = Frame(name_of(project), scheme_of(project), now(), gatherer.linked, with_confidential)
    return writer.encode_framed(gatherer, frame), 2 * gatherer.total


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
