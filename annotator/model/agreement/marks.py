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


def exact_pairs(first: Sequence[Mark], second: Sequence[Mark]) -> list[Pair]:
    """Pair marks whose spans are all the same; of several equal ones each is paired once, in their order."""
    places: defaultdict[Spans, list[int]] = defaultdict(list)
    for place, mark in enumerate(second):
        places[mark.spans].append(place)
    found: list[Pair] = []
    for place, mark in enumerate(first):
        if waiting := places.get(mark.spans):
            found.append(Pair(place, waiting.pop(0)))
    return found


def overlapping_pairs(first: Sequence[Mark], second: Sequence[Mark]) -> list[Pair]:
    """Pair marks that share at least one code point: the two that share most go together first, each mark only once.

    Of pairs that share equally many, the one with fewer code points outside goes first, then the earlier one. So a
    single giant mark counts once, however many of the other's marks it covers.
    """
    found: list[Pair] = []
    left, right = set(range(len(first))), set(range(len(second)))
    for _, _, a, b in sorted(_candidates(first, second)):
        if a in left and b in right:
            left.discard(a)
            right.discard(b)
            found.append(Pair(a, b))
    return sorted(found)


def _candidates(first: Sequence[Mark], second: Sequence[Mark]) -> list[tuple[int, int, int, int]]:
    """Return (minus the shared code points, those outside, place, place) of every two marks that overlap."""
    order = sorted((place for place, mark in enumerate(second) if mark.spans), key=lambda place: second[place].spans)
    starts = [second[place].spans[0][0] for place in order]
    # Before the first place whose running maximum passes a mark's start, every mark has ended.
    reach = list(accumulate((_end(second[place].spans) for place in order), max))
    found: list[tuple[int, int, int, int]] = []
    for a, mark in enumerate(first):
        if not mark.spans:
            continue
        begin, end = bisect_right(reach, mark.spans[0][0]), bisect_left(starts, _end(mark.spans))
        for b in order[begin:end]:
            common = shared(mark.spans, second[b].spans)
            if common:
                found.append((-common, length(mark.spans) + length(second[b].spans) - 2 * common, a, b))
    return found


def _end(spans: Spans) -> int:
    """Return where a mention ends; its last span need not be the one that does, where spans come from elsewhere."""
    return max(end for _, end in spans)


def length(spans: Spans) -> int:
    """Return how many code points a mention covers."""
    return sum(end - start for start, end in spans)
