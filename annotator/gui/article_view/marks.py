"""The marks of the shown page: by id, by place, with their lanes, laid out only where somebody looks.

The marks are cut into segments at places that no mark reaches across; whoever lies in one segment overlaps nobody in
another, so that the lanes of each can be found alone, when it comes into view. The lanes are those of the whole.
"""

import logging
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from annotator.gui.article_view.asides import Aside, Asides
from annotator.gui.article_view.page import Mark, Range
from annotator.model.lanes import Lanes

LANES_SHOWN: Final = 3
"""Lanes that fit under a line; marks in further ones are counted at its end."""

_SEGMENT: Final = 128
"""Marks a segment has at least; laying out so many lanes takes about a millisecond."""

_LOG = logging.getLogger(__name__)


class Content(NamedTuple):
    """One content span of a mark, [start, end) in code points, with the mark's lane."""

    start: int
    end: int
    lane: int
    mark: Mark


class _Segment:
    """Marks that overlap none outside; `start` is where the first of them begins."""

    def __init__(self, start: int, marks: Iterable[Mark]) -> None:
        self.start = start
        self.marks = {mark.id: mark for mark in marks}
        self._lanes: Lanes | None = None
        self._asides: Asides | None = None

    @property
    def lanes(self) -> Lanes:
        if self._lanes is None:
            self._lanes = Lanes((mark.id, mark.spans) for mark in self.marks.values())
        return self._lanes

    @property
    def asides(self) -> Asides:
        if self._asides is None:
            self._asides = Asides(self.marks.values())
        return self._asides

    def take(self, mark: Mark) -> None:
        """Add a mark; where nobody has looked yet nothing is laid out."""
        if self._lanes is None and self._asides is None:
            self.marks[mark.id] = mark
        else:
            self.put(mark)

    def put(self, mark: Mark) -> list[Range]:
        """Add a mark; return the ranges that look different now, neighbours that moved to another lane included."""
        moved = self.lanes.put(mark.id, mark.spans)
        self.asides.put(mark)
        self.marks[mark.id] = mark
        return _ranges(mark) + self._spans_of(moved)

    def remove(self, mark: Mark) -> list[Range]:
        """Take a mark away; return the ranges that look different now, as `put` does."""
        moved = self.lanes.remove(mark.id)
        self.asides.remove(mark)
        del self.marks[mark.id]
        return _ranges(mark) + self._spans_of(moved)

    def _spans_of(self, moved: Iterable[str]) -> list[Range]:
        return [span for mark_id in moved for span in self.marks[mark_id].spans]


class Marks:
    """All marks of a text of `length` code points; a change costs nothing a mark elsewhere."""

    def __init__(self, marks: Iterable[Mark], length: int) -> None:
        self._length = length
        placed = sorted(self._placed(marks), key=lambda one: one[0])
        self._marks = {mark.id: mark for _, _, mark in placed}
        self._segments = _cut(placed, 0)
        self._starts = [segment.start for segment in self._segments]
        self._end = max((end for _, end, _ in placed), default=0)

    def add(self, marks: Iterable[Mark]) -> list[Range]:
        """Add new marks, most of which stand behind all others; returns from where to where each reaches.

        Lanes are found when they are looked at. Marks that cannot be shown are left out, as by `put`.
        """
        placed = sorted(self._placed(marks), key=lambda one: one[0])
        among = 0
        for start, end, mark in placed:
            self._marks[mark.id] = mark
            if start < self._end:
                self._segment_for(start, end).take(mark)
                self._end = max(self._end, end)
                among += 1
        behind = placed[among:]
        if behind:
            new = _cut(behind, behind[0][0])
            self._segments += new
            self._starts += [segment.start for segment in new]
            self._end = max(end for _, end, _ in behind)
        return [(start, end) for start, end, _ in placed]

    def get(self, mark_id: str) -> Mark | None:
        """Return a mark, None where there is none of that id."""
        return self._marks.get(mark_id)

    def put(self, mark: Mark) -> list[Range]:
        """Add or replace a mark; returns the ranges that look different now, those of other marks among them.

        A mark without a span, or with a range outside the text, is reported in the log and not shown.
        """
        dirty = self.remove(mark.id)
        placed = list(self._placed((mark,)))
        if not placed:
            return dirty
        start, end, _ = placed[0]
        self._marks[mark.id] = mark
        self._end = max(self._end, end)
        return dirty + self._segment_for(start, end).put(mark)

    def remove(self, mark_id: str) -> list[Range]:
        """Forget a mark; returns the ranges that look different now, those of other marks among them."""
        mark = self._marks.pop(mark_id, None)
        if mark is None:
            return []
        return self._segments[self._index(_hull(mark)[0])].remove(mark)

    def between(self, start: int, end: int) -> list[Content]:
        """Return the content spans that share a character with [start, end), the longest first."""
        marks = self._marks
        found = [
            Content(one.start, one.end, one.lane, marks[one.id])
            for segment in self._reaching(start, end)
            for one in segment.lanes.spans_in(start, end)
        ]
        return sorted(found, key=_longest_first)

    def asides_between(self, start: int, end: int) -> list[Aside]:
        """Return the speaker and reporting words, and the gaps of marks, that share a character with [start, end)."""
        return [one for segment in self._reaching(start, end) for one in segment.asides.between(start, end)]

    def lane_of(self, mark_id: str) -> int:
        """Return a mark's lane, from 0; -1 where there is no such mark."""
        mark = self._marks.get(mark_id)
        return self._segments[self._index(_hull(mark)[0])].lanes.lane_of(mark_id) if mark else -1

    def at(self, place: int) -> list[str]:
        """Return the ids of the marks over a place, the shortest first."""
        return [one.mark.id for one in reversed(self.between(place, place + 1))]

    def _placed(self, marks: Iterable[Mark]) -> Iterable[tuple[int, int, Mark]]:
        """Yield (first place, last place, mark) of the marks that can be shown."""
        for mark in marks:
            ranges = mark.spans if not mark.cue and not mark.speaker else _ranges(mark)
            if mark.spans and all(0 <= start < end <= self._length for start, end in ranges):
                yield *_hull(mark), mark
            else:
                _LOG.error("mark %s has no place in its text of %d characters: not shown", mark.id, self._length)

    def _index(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def _reaching(self, start: int, end: int) -> Sequence[_Segment]:
        return self._segments[self._index(start) : self._index(max(start, end - 1)) + 1]

    def _segment_for(self, start: int, end: int) -> _Segment:
        """Return the one segment a mark of this extent lies in; those it reaches across become one."""
        first, last = self._index(start), self._index(end - 1)
        if first < last:
            marks = (mark for segment in self._segments[first : last + 1] for mark in segment.marks.values())
            self._segments[first : last + 1] = [_Segment(self._starts[first], marks)]
            del self._starts[first + 1 : last + 1]
        return self._segments[first]


def _cut(placed: Iterable[tuple[int, int, Mark]], begun: int) -> list[_Segment]:
    """Cut marks, sorted by their first places, into segments, the first of which begins at `begun`."""
    segments: list[_Segment] = []
    reached, marks = 0, list[Mark]()
    for start, end, mark in placed:
        if len(marks) >= _SEGMENT and start >= reached:
            segments.append(_Segment(begun, marks))
            begun, marks = start, []
        marks.append(mark)
        reached = max(reached, end)
    segments.append(_Segment(begun, marks))
    return segments


def _ranges(mark: Mark) -> list[Range]:
    return [*mark.spans, *mark.cue, *mark.speaker]


def _hull(mark: Mark) -> Range:
    """Return from where to where a mark reaches with everything that is drawn for it."""
    if len(mark.spans) == 1 and not mark.cue and not mark.speaker:
        return mark.spans[0]
    ranges = _ranges(mark)
    return min(start for start, _ in ranges), max(end for _, end in ranges)


def _longest_first(one: Content) -> tuple[int, int, str]:
    return one.start - one.end, one.start, one.mark.id
