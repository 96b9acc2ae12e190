"""What becomes of a version's zones when blocks get another kind; all places are code points."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from annotator.model.sentences import paragraph
from annotator.model.span import Range
from annotator.model.zones import ZoneKind

_BLANK: Final = re.compile(r"\n(?:[^\S\n]*\n)+")


class Piece(NamedTuple):
    """A zone as a kind and a half-open range of code points."""

    kind: ZoneKind
    start: int
    end: int


class Rezoned(NamedTuple):
    """What becomes of a version's zones: those that go, and those that are new or have another kind, by place."""

    gone: tuple[Piece, ...]
    put: tuple[Piece, ...]
    blocks: int
    """How many blocks have the kind now."""


def rezoned(text: str, zones: Sequence[Piece], start: int, end: int, kind: ZoneKind) -> Rezoned:
    """Give the blocks that [start, end) touches a kind; an empty range touches the block it is in.

    A block is a run of lines without a blank one between them in a zone, or a line where no zone is. A zone of which
    some blocks get another kind is cut.
    """
    end = max(start, end)
    gone, put, blocks = list[Piece](), list[Piece](), 0
    for zone in zones:
        runs = list(_runs(text, zone))
        hit = [_touches(run, start, end) for run in runs]
        if not any(hit):
            continue
        blocks += sum(hit)
        cut = _cut(zone, runs, hit, kind)
        if all(hit):
            cut = [Piece(kind, zone.start, zone.end)]
        else:
            gone.append(zone)
        put += [one for one in cut if one != zone]
    for line in _lines(text, start, end):
        if not any(zone.start < line[1] and line[0] < zone.end for zone in zones):
            put.append(Piece(kind, *line))
            blocks += 1
    return Rezoned(tuple(gone), tuple(sorted(put, key=lambda one: one.start)), blocks)


def _touches(run: Range, start: int, end: int) -> bool:
    return run[0] <= start <= run[1] if start == end else run[0] < end and start < run[1]


def _cut(zone: Piece, runs: Sequence[Range], hit: Sequence[bool], kind: ZoneKind) -> list[Piece]:
    """Return a zone cut into its runs, neighbours that are not hit kept in one."""
    cut: list[Piece] = []
    joins = False
    for run, changed in zip(runs, hit, strict=True):
        if not changed and joins:
            cut[-1] = cut[-1]._replace(end=run[1])
        else:
            cut.append(Piece(kind if changed else zone.kind, *run))
        joins = not changed
    return cut


def _runs(text: str, zone: Piece) -> Iterator[Range]:
    """Yield the runs of lines of a zone that have no blank line between them."""
    first = zone.start
    for blank in _BLANK.finditer(text, zone.start, zone.end):
        if text[first : blank.start()].strip():
            yield first, blank.start()
            first = blank.end()
    yield first, zone.end


def _lines(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the lines that a range touches, without white space around them; blank ones are left out."""
    first = paragraph(text, start)[0]
    while first <= len(text):
        last = paragraph(text, first)[1]
        words = text[first:last]
        if words.strip():
            begin = first + len(words) - len(words.lstrip())
            yield begin, begin + len(words.strip())
        if last >= end or last >= len(text):
            return
        first = last + 1
