"""Quiet ranges by place: speaker and reporting words, and the gaps of discontinuous marks."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from annotator.gui.article_view.page import Mark, Range

_BUCKET: Final = 1024
"""Code points a bucket; a page shows some two thousand."""

Kind = Literal["speaker", "cue", "gap"]


class Aside(NamedTuple):
    """A range [start, end) in code points that belongs to a mark but is not its content."""

    start: int
    end: int
    kind: Kind
    mark_id: str


class Asides:
    """The asides of all marks, found by range; putting and removing cost nothing a mark elsewhere."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._buckets: dict[int, set[Aside]] = {}
        for mark in marks:
            self.put(mark)

    def put(self, mark: Mark) -> None:
        """Add a mark's asides; the mark must not be there yet."""
        for aside in _asides(mark):
            for number in _numbers(aside.start, aside.end):
                self._buckets.setdefault(number, set()).add(aside)

    def remove(self, mark: Mark) -> None:
        """Take a mark's asides away."""
        for aside in _asides(mark):
            for number in _numbers(aside.start, aside.end):
                self._buckets.get(number, set()).discard(aside)

    def between(self, start: int, end: int) -> list[Aside]:
        """Return the asides that share a character with [start, end), in text order."""
        found: set[Aside] = set()
        for number in _numbers(start, end):
            found.update(one for one in self._buckets.get(number, ()) if one.start < end and start < one.end)
        return sorted(found)


def gaps(spans: tuple[Range, ...]) -> Iterator[Range]:
    """Yield the ranges between the spans of a discontinuous mark."""
    for one, following in pairwise(spans):
        if one[1] < following[0]:
            yield one[1], following[0]


def _asides(mark: Mark) -> Iterator[Aside]:
    for start, end in mark.speaker:
        yield Aside(start, end, "speaker", mark.id)
    for start, end in mark.cue:
        yield Aside(start, end, "cue", mark.id)
    for start, end in gaps(mark.spans):
        yield Aside(start, end, "gap", mark.id)


def _numbers(start: int, end: int) -> range:
    return range(start // _BUCKET, max(start, end - 1) // _BUCKET + 1)
