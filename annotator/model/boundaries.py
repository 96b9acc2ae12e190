"""Moving a mention's boundary: by a word, within its paragraph, or by hand; all places are code points."""

import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from annotator.model.clusters import cluster_end, cluster_start
from annotator.model.selection import snap, to_words
from annotator.model.sentences import paragraph
from annotator.model.span import Range

_STRONG: Final = frozenset({"L", "R", "AL"})
"""What decides which way a paragraph is read: the first character of these kinds."""


def onward(text: str, place: int, side: int) -> int:
    """Return 1 where a step to the right (1) or left (-1) leads on in the text, -1 where it leads back.

    As the arrow keys go: in a paragraph that is read from the right, the left is onward.
    """
    for char in text[slice(*paragraph(text, place))]:
        kind = unicodedata.bidirectional(char)
        if kind in _STRONG:
            return side if kind == "L" else -side
    return side


def end_moved(text: str, end: int, step: int) -> int:
    """Return the end moved on (1) behind the next word, or back (-1) behind the word before the last one.

    Stays where it is at the paragraph's end or beginning.
    """
    if step > 0:
        first = _next_letter(text, end)
        return to_words(text, first, first + 1)[1] if first >= 0 else end
    start = _word_start(text, end)
    behind = _letter_before(text, start)
    return behind if behind >= 0 else end


def start_moved(text: str, start: int, step: int) -> int:
    """Return the start moved on (1) before the next word, or back (-1) before the word before.

    Stays where it is at the paragraph's end or beginning.
    """
    if step < 0:
        behind = _letter_before(text, start)
        return to_words(text, behind - 1, behind)[0] if behind >= 0 else start
    first = _next_letter(text, start)
    after = _next_letter(text, to_words(text, first, first + 1)[1]) if first >= 0 else -1
    return after if after >= 0 else start


def _word_start(text: str, end: int) -> int:
    behind = _letter_before(text, end)
    return to_words(text, behind - 1, behind)[0] if behind >= 0 else end


def _next_letter(text: str, place: int) -> int:
    """Return the first letter or digit at or after a place in its paragraph, -1 for none."""
    while place < len(text) and text[place] != "\n":
        if text[place].isalnum():
            return place
        place += 1
    return -1


def _letter_before(text: str, place: int) -> int:
    """Return the place right behind the last letter or digit, with its marks, before a place in its paragraph.

    -1 for none.
    """
    for at in range(place, 0, -1):
        if text[at - 1] == "\n":
            break
        if text[at - 1].isalnum():
            return min(cluster_end(text, at), place)
    return -1


def dragged(
    text: str, spans: Sequence[Range], edge: tuple[int, Literal["start", "end"]], place: int, *, exact: bool = False
) -> tuple[Range, ...]:
    """Return a mention's spans with one end of one of them taken to a place by hand.

    `edge` is (number of the span, which end). The end goes to a word's end near the place, unless `exact`; it passes
    neither the other end of its span, of which a word stays (`exact`: a character), nor a neighbouring span.
    """
    number, side = edge
    start, end = spans[number]
    least = spans[number - 1][1] if number else 0
    most = spans[number + 1][0] if number + 1 < len(spans) else len(text)
    place = min(max(place, least), most)
    if side == "start":
        moved = _dragged_start(text, place, end, exact=exact)
        found = (min(max(moved, least), end - 1), end)
    else:
        moved = _dragged_end(text, start, place, exact=exact)
        found = (start, max(min(moved, most), start + 1))
    return (*spans[:number], found, *spans[number + 1 :])


def _dragged_start(text: str, place: int, end: int, *, exact: bool) -> int:
    if exact:
        return cluster_start(text, min(place, end - 1))
    if place < end:
        start, stop = snap(text, place, end)
        if start < stop:
            return start
    behind = _letter_before(text, end)
    return to_words(text, behind - 1, behind)[0] if behind >= 0 else cluster_start(text, end - 1)


def _dragged_end(text: str, start: int, place: int, *, exact: bool) -> int:
    if exact:
        return cluster_end(text, max(place, start + 1))
    if place > start:
        first, end = snap(text, start, place)
        if first < end:
            return end
    ahead = _next_letter(text, start)
    return to_words(text, ahead, ahead + 1)[1] if ahead >= 0 else cluster_end(text, start + 1)
