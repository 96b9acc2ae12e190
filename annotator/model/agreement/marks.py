"""What agreement is measured on: an annotator's marks in a text, and which marks of two annotators belong together."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

Spans = tuple[tuple[int, int], ...]
"""The content spans of a mention, `[start, end)` in code points, in text order."""


class Mark(NamedTuple):
    """A mention as agreement sees it: where it stands and its status, "" for none."""

    spans: Spans
    status: str = ""


class Pair(NamedTuple):
    """Two marks that belong together, by their places in the two sequences."""

    first: int
    second: int


def shared(first: Spans, second: Spans) -> int:
    """Return how many code points two mentions have in common."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in first for b in second)


class Placed:
    """One annotator's marks of a text, put in order once for being compared with those of each of the others."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = marks
        self.at: dict[Spans, int] = {mark.spans: place for place, mark in enumerate(marks)}
        rows = ((mark.spans, place) for place, mark in enumerate(marks) if mark.spans)
        # (start, end, code points covered, place, spans), by start.
        self.rows = [(spans[0][0], _end(spans), length(spans), place, spans) for spans, place in sorted(rows)]
        self.starts = [row[0] for row in self.rows]
        # Before the first place whose running maximum passes a mark's start, every mark has ended.
        self.reach = list(accumulate((row[1] for row in self.rows), max))


def exact_pairs(first: Sequence[Mark], second: Sequence[Mark]) -> list[Pair]:
    """Pair marks whose spans are all the same; of several equal ones each is paired once, in their order."""
    return exactly_paired(Placed(first), Placed(second))


def exactly_paired(first: Placed, second: Placed) -> list[Pair]:
    """Pair what `exact_pairs` pairs."""
    if len(first.at) == len(first.marks) and len(second.at) == len(second.marks):
        there = second.at
        return [Pair(place, there[spans]) for spans, place in first.at.items() if spans in there]
    places: defaultdict[Spans, list[int]] = defaultdict(list)
    for place, mark in enumerate(second.marks):
        places[mark.spans].append(place)
    found: list[Pair] = []
    for place, mark in enumerate(first.marks):
        if waiting := places.get(mark.spans):
            found.append(Pair(place, waiting.pop(0)))
    return found


def overlapping_pairs(first: Sequence[Mark], second: Sequence[Mark]) -> list[Pair]:
    """Pair marks that share at least one code point: the two that share most go together first, each mark only once.

    Of pairs that share equally many, the one with fewer code points outside goes first, then the earlier one. So a
    single giant mark counts once, however many of the other's marks it covers.
    """
    return overlapping_paired(Placed(first), Placed(second))


def overlapping_paired(first: Placed, second: Placed) -> list[Pair]:
    """Pair what `overlapping_pairs` pairs."""
    found: list[Pair] = []
    left, right = [True] * len(first.marks), [True] * len(second.marks)
    for _, _, a, b in sorted(_candidates(first, second)):
        if left[a] and right[b]:
            left[a] = right[b] = False
            found.append(Pair(a, b))
    return sorted(found)


def _candidates(first: Placed, second: Placed) -> list[tuple[int, int, int, int]]:
    """Return (minus the shared code points, those outside, place, place) of every two marks that overlap."""
    rows, starts, reach = second.rows, second.starts, second.reach
    found: list[tuple[int, int, int, int]] = []
    for start, end, covered, a, spans in first.rows:
        for other in rows[bisect_right(reach, start) : bisect_left(starts, end)]:
            if len(spans) == len(other[4]) == 1:
                # As `shared` counts, said shortly: nearly all mentions are one span, and this is asked most.
                common = min(end, other[1]) - max(start, other[0])
            else:
                common = shared(spans, other[4])
            if common > 0:
                found.append((-common, covered + other[2] - 2 * common, a, other[3]))
    return found


def _end(spans: Spans) -> int:
    """Return where a mention ends; its last span need not be the one that does, where spans come from elsewhere."""
    return max(end for _, end in spans)


def length(spans: Spans) -> int:
    """Return how many code points a mention covers."""
    return sum(end - start for start, end in spans)
