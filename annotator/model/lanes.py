"""Lanes: in which of several parallel lines each mention is drawn, so that two that overlap never share one."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple

_MANY: Final = 10_000  # neighbours looked at: from here on, laying all anew is cheaper than following a change

Rank = tuple[int, int, str]
"""Whose turn it is: minus the mention's length, its start, its id. The lower rank chooses its lane first."""


class Placed(NamedTuple):
    """One span [start, end) of a mention, in code points, and the lane it is drawn in, from 0."""

    id: str
    start: int
    end: int
    lane: int


class Lanes:
    """Which lane each mention's line is drawn in; two that overlap never share one.

    The longest mention chooses first (then the earlier, then the lower id), each the lowest lane that is free: so
    the lanes depend on the mentions alone, never on the order of the edits. A mention of several spans has one
    lane for all and takes up its own spans only, not what lies between. All places are code points.
    """

    def __init__(self, mentions: Iterable[tuple[str, Sequence[tuple[int, int]]]] = ()) -> None:
        self._spans = {id_: _joined(spans) for id_, spans in mentions}
        self._rank: dict[str, Rank] = {id_: _rank(id_, spans) for id_, spans in self._spans.items()}
        self._lane: dict[str, int] = {}
        self._places = _Places((start, end, id_) for id_, spans in self._spans.items() for start, end in spans)
        self._lay_all()

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._spans

    def put(self, id_: str, spans: Sequence[tuple[int, int]]) -> set[str]:
        """Add a mention or replace its spans; return the mentions whose lane may be another now.

        Raises ValueError where there is no span, or an empty one.
        """
        joined = _joined(spans)
        moved: set[str] = set()
        if id_ in self._spans:
            if self._spans[id_] == joined:
                return moved
            moved = self.remove(id_)
        self._spans[id_] = joined
        self._rank[id_] = _rank(id_, joined)
        for start, end in joined:
            self._places.add(start, end, id_)
        return moved | self._lay_from([self._rank[id_]])

    def remove(self, id_: str) -> set[str]:
        """Take a mention away; return the mentions whose lane is another now.

        Raises KeyError where there is none of that id.
        """
        mine = self._rank[id_]
        below = [rank for other in self._overlapping(id_) if (rank := self._rank[other]) > mine]
        for start, end in self._spans.pop(id_):
            self._places.discard(start, end, id_)
        del self._rank[id_], self._lane[id_]
        return self._lay_from(below)

    def lane_of(self, id_: str) -> int:
        """Return a mention's lane, from 0. Raises KeyError where there is none of that id."""
        return self._lane[id_]

    def spans_in(self, start: int, end: int) -> list[Placed]:
        """Return the spans that share a character with [start, end), by start, then lane; uncut."""
        lane = self._lane
        found = [Placed(id_, first, last, lane[id_]) for first, last, id_ in self._places.within(start, end)]
        found.sort(key=lambda placed: (placed.start, placed.lane))
        return found

    def depth_in(self, start: int, end: int) -> int:
        """Return how many lanes are needed to draw what [start, end) holds: the highest in use there plus one."""
        return max((self._lane[id_] + 1 for _, _, id_ in self._places.within(start, end)), default=0)

    def ids_at(self, position: int) -> list[str]:
        """Return the mentions that cover the character at a position, the shortest first."""
        ranks = sorted((self._rank[id_] for _, _, id_ in self._places.within(position, position + 1)), reverse=True)
        return [id_ for _, _, id_ in ranks]

    def hidden_in(self, start: int, end: int, shown: int = 3) -> int:
        """Return how many mentions in [start, end) lie in lanes beyond those that are shown."""
        return len({id_ for _, _, id_ in self._places.within(start, end) if self._lane[id_] >= shown})

    def _lay_all(self) -> None:
        """Choose all lanes. Where D mentions lie over one another, they cost D² steps of a third of a microsecond."""
        lanes: list[list[int]] = []  # the bounds of the spans in each, in order: taken from each even one to the next
        tried: dict[tuple[tuple[int, int], ...], int] = {}  # no lower lane is free for these spans any more
        for _, _, id_ in sorted(self._rank.values()):
            spans = self._spans[id_]
            lane = 0
            while lane < len(lanes) and not _free(lanes[lane], spans):
                lane = max(lane + 1, tried.get(spans, 0))
            if lane == len(lanes):
                lanes.append([])
            bounds = lanes[lane]
            for span in spans:
                at = bisect_right(bounds, span[0])
                bounds[at:at] = span
            self._lane[id_] = lane
            if lane:
                tried[spans] = lane + 1

    def _lay_from(self, changed: list[Rank]) -> set[str]:
        """Choose anew for these mentions, and for whom it matters that they did, in the order of rank.

        Returns the mentions whose lane has changed.

        A mention's lane follows from those of lower rank it overlaps, so what no change reaches stays: the result
        is that of `_lay_all`. A long mention over many short ones is no reason to lay the short ones anew.
        """
        waiting = sorted(changed)  # a sorted list is a heap
        seen = set(waiting)
        moved: set[str] = set()
        looked_at = 0
        while waiting:
            mine = heappop(waiting)
            around = self._overlapping(mine[2])
            looked_at += len(around)
            if looked_at > _MANY:
                self._lay_all()
                return set(self._spans)
            lane = _lowest_but({self._lane[id_] for id_ in around if self._rank[id_] < mine})
            if self._lane.get(mine[2]) == lane:
                continue
            self._lane[mine[2]] = lane
            moved.add(mine[2])
            for rank in map(self._rank.__getitem__, around):
                if rank > mine and rank not in seen:
                    seen.add(rank)
                    heappush(waiting, rank)
        return moved

    def _overlapping(self, id_: str) -> set[str]:
        """Return the mentions that a mention overlaps, and itself."""
        return {other for start, end in self._spans[id_] for _, _, other in self._places.within(start, end)}


class _Places:
    """Spans with ids, found by place: kept apart by magnitude of length, by start within one.

    Of those up to 2ⁿ long, only such as start less than 2ⁿ before a place can reach it: one bisection each.
    """

    def __init__(self, spans: Iterable[tuple[int, int, str]]) -> None:
        self._by_magnitude: dict[int, list[tuple[int, int, str]]] = {}
        for span in spans:
            self._by_magnitude.setdefault((span[1] - span[0]).bit_length(), []).append(span)
        for row in self._by_magnitude.values():
            row.sort()

    def add(self, start: int, end: int, id_: str) -> None:
        insort(self._by_magnitude.setdefault((end - start).bit_length(), []), (start, end, id_))

    def discard(self, start: int, end: int, id_: str) -> None:
        row = self._by_magnitude[(end - start).bit_length()]
        del row[bisect_left(row, (start, end, id_))]

    def within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Return the spans that share a character with [start, end)."""
        found: list[tuple[int, int, str]] = []
        if start >= end:
            return found
        for magnitude, row in self._by_magnitude.items():
            first = bisect_left(row, (start - (1 << magnitude),))
            last = bisect_left(row, (end,), first)
            found += [span for span in row[first:last] if span[1] > start]
        return found


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return a mention's spans in order, those that overlap made one."""
    if len(spans) == 1 and spans[0][0] < spans[0][1]:
        return (spans[0],)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            raise ValueError(f"an empty span [{start}, {end})")
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if not joined:
        raise ValueError("a mention without a span")
    return tuple(joined)


def _rank(id_: str, spans: Sequence[tuple[int, int]]) -> Rank:
    length = 0
    for start, end in spans:
        length += end - start
    return -length, spans[0][0], id_


def _lowest_but(taken: set[int]) -> int:
    lane = 0
    while lane in taken:
        lane += 1
    return lane


def _free(bounds: Sequence[int], spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether none of the spans overlaps what lies between each even bound and the next."""
    for start, end in spans:
        at = bisect_right(bounds, start)
        if at % 2 or (at < len(bounds) and bounds[at] < end):
            return False
    return True
