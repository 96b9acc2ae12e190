"""Mentions that lie over one another, directly or through others; all places are code points."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from annotator.model.span import Range

_MOST: Final = 400  # more nobody steps through


def together(
    first: Iterable[tuple[str, Sequence[Range]]],
    overlapping: Callable[[int, int], Iterable[tuple[str, Sequence[Range]]]],
) -> list[str]:
    """Return the ids of some mentions and of all they overlap, and those overlap in turn: in text order, longest first.

    Mentions are (id, spans); `overlapping` gives those with a character in [start, end). Whichever of the mentions one
    begins with, the answer is the same, up to 400 of them.
    """
    found: dict[str, Sequence[Range]] = {}
    waiting = dict(first)
    while waiting and len(found) < _MOST:
        id_ = next(iter(waiting))
        spans = waiting.pop(id_)
        found[id_] = spans
        for start, end in spans:
            waiting.update((other, its) for other, its in overlapping(start, end) if other not in found)
    return sorted(found, key=lambda id_: (found[id_][0][0], -found[id_][-1][1], id_))
