"""A selection by hand, made fit for an annotation: trimmed, grown to whole words, grown and shrunk in steps.

All places are code points. Nothing here looks further than the paragraphs the two ends lie in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from annotator.model.clusters import cluster_end, cluster_start, is_boundary
from annotator.model.sentences import (
    BRACKETS,
    CLOSING,
    OPENING,
    clauses,
    is_abbreviated,
    paragraph,
    piece,
    quotations,
    sentence_at,
    sentences,
)
from annotator.model.span import Range
from annotator.model.words import is_unspaced, word_end, word_start

_MOST_STRAY: Final = 200  # more is a drawing or an attack, not a selection with a comma too much
_CHUNK: Final = 4096

# All that Python calls a space, and some that nobody sees.
_SPACES: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u200e\u200f\u2060\ufeff"
_SEPARATING: Final = frozenset(",;:–—-•·|*/،؛、，；：")
_STOPS: Final = frozenset(".…。")
_NEVER_FIRST: Final = _SEPARATING | _STOPS | frozenset("!?！？؟") | frozenset(BRACKETS.values())
_NEVER_LAST: Final = _SEPARATING | frozenset(BRACKETS) | frozenset("¿¡")
_BRACKET_OF: Final = {closing: opening for opening, closing in BRACKETS.items()}

_QUOTES: Final = frozenset(OPENING) | CLOSING
_OPENERS: Final = {mark: [opening for opening in OPENING if mark in OPENING[opening]] for mark in CLOSING}
# Marks that are no apostrophes: not between the letters of a word.
_CLOSED: Final = re.compile(r"['’](?!\w)")
_OPENED: Final = re.compile(r"(?<!\w)'")
_PAIR_WITHIN: Final = 2000
_BESIDE: Final = 4
"""Code points beside a selection within which a quotation's other mark still belongs to it."""


Cut = Callable[[str, int, int], Sequence[Range]]
"""Cuts a paragraph [start, end) of a text into its sentences, in order: `sentences`, or a language's own rules."""


def trim(text: str, start: int, end: int, cut: Cut = sentences) -> Range:
    """Take spaces and stray punctuation off both ends; the range may become empty.

    Pairs of quotation marks and brackets stay, as do signs of numbers, the stop of a whole sentence and of an
    abbreviation. A cluster that was cut is taken in whole. What begins or ends in hundreds of marks keeps them.
    """
    start, end = whole = _trim_blank(text, *_whole_clusters(text, start, end))
    for _ in range(_MOST_STRAY):
        if start < end and is_boundary(text, start + 1) and _stray_first(text, start, end):
            start += 1
        elif start < end and is_boundary(text, end - 1) and _stray_last(text, start, end, cut):
            end -= 1
        else:
            return start, end
        start, end = _trim_blank(text, start, end)
    return whole


def to_words(text: str, start: int, end: int) -> Range:
    """Grow both ends to whole words; an empty range, and an end in a script without spaces, stay where they are."""
    start, end = _whole_clusters(text, start, end)
    if start == end:
        return start, end
    return word_start(text, start), word_end(text, end)


def snap(text: str, start: int, end: int) -> Range:
    """Return what a person meant who selected this: whole words and quotations, trimmed.

    A quotation mark right beside the selection whose partner is in it belongs to it. Doing so twice changes nothing.
    """
    # What trim takes off lies between words, so that no end is inside one afterwards.
    start, end = to_words(text, *_trim_blank(text, *_whole_clusters(text, start, end)))
    return trim(text, *_with_partners(text, start, end))


def _with_partners(text: str, start: int, end: int) -> Range:
    """Take the marks in that close or open a quotation begun or ended within, with the punctuation before them."""
    beside = text[max(0, start - _BESIDE) : start] + text[end : end + _BESIDE]
    if start == end or not any(char in _QUOTES for char in beside):
        return start, end
    found = [one for part in {piece(text, start), piece(text, end - 1)} for one in quotations(text, *part)]
    for first, last in sorted(found, key=lambda one: one[1] - one[0]):  # the inner before the outer
        if start <= first < end < last and _is_punctuation(text[end : last - 1], text[last - 1]):
            end = last
        elif first < start < last <= end and _is_punctuation(text[first + 1 : start], text[first]):
            start = first
    return start, end


def _is_punctuation(between: str, mark: str) -> bool:
    """Tell whether a quotation mark stands as good as right beside: "shut,”", and in French "cher »"."""
    marks = between.strip("\u0020\u00a0\u202f") if mark in "«»" else between
    return len(between) < _BESIDE and all(char in _NEVER_FIRST or char in _QUOTES for char in marks)


def grow(text: str, start: int, end: int, cut: Cut = sentences) -> Range:
    """Return the next larger unit: word, clause or quotation, sentence, paragraph. The same range where there is none.

    From a caret (an empty range) it begins with the word at it or, where there is none, with what comes next.
    """
    if start == end:
        start = end = _caret(text, start)
    wider = [
        (first, last)
        for first, last in _units(text, start, end, cut)
        if first <= start and end <= last and last - first > end - start
    ]
    return min(wider, key=lambda unit: unit[1] - unit[0], default=(start, end))


def steps(text: str, position: int, cut: Cut = sentences) -> list[Range]:
    """Return all that `grow` gives in turn from a caret on, each within the next; shrinking goes back along it."""
    found: list[Range] = []
    unit = grow(text, position, position, cut)
    while unit[0] < unit[1] and (not found or unit != found[-1]):
        found.append(unit)
        unit = grow(text, *unit, cut)
    return found


def next_sentence(text: str, position: int, cut: Cut = sentences) -> Range | None:
    """Return the first sentence that begins after a place, in whatever paragraph; None at the end."""
    at = max(0, position)
    while True:
        here = piece(text, at)
        for sentence in cut(text, *here):
            if sentence[0] > position:
                return sentence
        if here[1] >= len(text):
            return None
        at = here[1] + 1


def previous_sentence(text: str, position: int, cut: Cut = sentences) -> Range | None:
    """Return the last sentence that begins before a place, in whatever paragraph; None at the beginning."""
    at = position
    while True:
        here = piece(text, at)
        earlier = [sentence for sentence in cut(text, *here) if sentence[0] < position]
        if earlier:
            return earlier[-1]
        if here[0] == 0:
            return None
        at = here[0] - 1


def _units(text: str, start: int, end: int, cut: Cut) -> Iterator[Range]:
    """Give the units that may hold a range, of every size."""
    if start < end:
        yield to_words(text, start, end)
    elif start < len(text) and _is_worth(text[start]) and not is_unspaced(text[start]):
        yield to_words(text, start, start + 1)
    sentence = sentence_at(text, start, cut)
    if sentence is not None:
        for first, last in clauses(text, *sentence):
            if first <= start and end <= last:
                yield trim(text, first, last)
        final = sentence_at(text, max(start, end - 1), cut) or sentence
        yield trim(text, sentence[0], final[1], cut)
        for first, last in quotations(text, *piece(text, start)):
            yield _whole_clusters(text, first, last)
    yield _trim_blank(text, paragraph(text, start)[0], paragraph(text, end)[1])


def _caret(text: str, position: int) -> int:
    """Return where the word at a caret begins to be looked for: at it, before it, or next in the paragraph."""
    if position < len(text) and _is_worth(text[position]):
        return cluster_start(text, position)
    if position > 0 and _is_worth(text[position - 1]):
        return cluster_start(text, position - 1)
    for place in range(position, piece(text, position)[1]):
        if _is_worth(text[place]):
            return place
    return position


def _is_worth(char: str) -> bool:
    """Tell whether a character is more than space and punctuation: a letter, a number, a picture."""
    return unicodedata.category(char)[0] in "LNMS"


def _whole_clusters(text: str, start: int, end: int) -> Range:
    """Return the range with the clusters taken in that its ends cut, and what lies beyond the text left out."""
    start, end = max(0, min(start, len(text))), min(end, len(text))
    if start >= end:
        start = cluster_start(text, start)
        return start, start
    return cluster_start(text, start), cluster_end(text, end)


def _trim_blank(text: str, start: int, end: int) -> Range:
    """Take spaces off both ends, never half a cluster (an accent may stand on a space)."""
    while start < end:
        chunk = text[start : min(end, start + _CHUNK)]
        kept = chunk.lstrip(_SPACES)
        start += len(chunk) - len(kept)
        if kept:
            break
    while start < end:
        chunk = text[max(start, end - _CHUNK) : end]
        kept = chunk.rstrip(_SPACES)
        end -= len(chunk) - len(kept)
        if kept:
            break
    return _whole_clusters(text, start, end)


def _stray_first(text: str, start: int, end: int) -> bool:
    mark, after = text[start], text[start + 1 : start + 2]
    if after.isdigit() and mark in "'’-–.":  # the '90s, -5, .5
        return mark not in "'’" and text[max(0, start - 1) : start].isalnum()
    if mark in _NEVER_FIRST:
        return True
    part = text[start + 1 : min(end, start + _PAIR_WITHIN)].partition("\n")[0]
    if mark in BRACKETS:
        return part.count(mark) + 1 > part.count(BRACKETS[mark])
    return mark in _QUOTES and not _opens(mark, part)


def _opens(mark: str, part: str) -> bool:
    """Tell whether the part that follows a quotation mark has one that closes it."""
    if mark == '"':
        return part.count(mark) % 2 == 1
    if part[:1].isspace():
        return mark == "«" and "»" in part
    closing = OPENING.get(mark, "")
    return any(_CLOSED.search(part) if other in "'’" else other in part for other in closing)


def _stray_last(text: str, start: int, end: int, cut: Cut) -> bool:
    mark = text[end - 1]
    if mark in _NEVER_LAST:
        return True
    if mark in _STOPS:
        return not _stop_belongs(text, start, end, cut)
    part = text[max(start, end - _PAIR_WITHIN) : end - 1].rpartition("\n")[2]
    if mark in _BRACKET_OF:
        return part.count(_BRACKET_OF[mark]) < part.count(mark) + 1
    return mark in _QUOTES and not _closes(mark, part)


def _closes(mark: str, part: str) -> bool:
    """Tell whether the part before a quotation mark has one that it closes, or the mark is the workers' apostrophe."""
    if mark == '"':
        return part.count(mark) % 2 == 1
    if part[-1:].isspace():
        return mark == "»" and "«" in part
    if mark in "'’" and part[-1:] in {"s", "S"}:
        return True
    return any(_OPENED.search(part) if other == "'" else other in part for other in _OPENERS.get(mark, []))


def _stop_belongs(text: str, start: int, end: int, cut: Cut) -> bool:
    """Tell whether the full stop a range ends with ends a sentence that is all within it, or an abbreviation."""
    if text[end - 1] == "." and is_abbreviated(text, end - 1):
        return True
    sentence = sentence_at(text, end - 1, cut)
    if sentence is None or sentence[1] < end:
        return False
    return all(char in OPENING or char in BRACKETS or char in _SPACES for char in text[sentence[0] : start])
