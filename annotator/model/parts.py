"""The parts of a discontinuous mention: one joined to it, some words taken off; all places are code points."""

from collections.abc import Sequence

from annotator.model.selection import trim
from annotator.model.span import Range


def with_part(spans: Sequence[Range], start: int, end: int) -> tuple[Range, ...]:
    """Return the spans with [start, end) among them, those that touch made one, in text order."""
    joined: list[Range] = []
    for first, last in sorted([*spans, (start, end)]):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def without_part(text: str, spans: Sequence[Range], start: int, end: int) -> tuple[Range, ...]:
    """Return the spans without [start, end), what is left of one trimmed of spaces and stray punctuation.

    May be empty. Spans that do not reach into the range stay as they are.
    """
    left: list[Range] = []
    for first, last in spans:
        if end <= first or last <= start:
            left.append((first, last))
            continue
        for one in ((first, min(last, start)), (max(first, end), last)):
            if one[0] < one[1]:
                # A trim may take a cluster in whole that the range cuts: never more than the span itself had.
                begin, stop = trim(text, *one)
                begin, stop = max(begin, one[0]), min(stop, one[1])
                if begin < stop:
                    left.append((begin, stop))
    return tuple(left)


def part_at(spans: Sequence[Range], place: int) -> Range | None:
    """Return the span with a place in it or at its end, None where there is none."""
    return next((span for span in spans if span[0] <= place <= span[1]), None)
