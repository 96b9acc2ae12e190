"""Paragraphs, sentences, clauses and quotations of a text, told by punctuation alone; all places are code points.

Rules, no model: they must be the same on every machine, and quick under a key. Only the paragraph around a place is
looked at; one of more than 20,000 code points (a page without line ends) is taken in pieces of that size.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final

from annotator.model.span import Range

PIECE: Final = 20_000
_SPACE_WITHIN: Final = 500

OPENING: Final = {
    "“": "”", "„": "“”", "«": "»", "»": "«»", "”": "”", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹›", "「": "」",
    "『": "』", '"': '"', "'": "'",
}  # fmt: skip
"""Quotation marks that open, and those that close them: “English”, „German“, »reversed«, ”Swedish”."""

CLOSING: Final = frozenset("".join(OPENING.values()))
BRACKETS: Final = dict(zip("([{（《〈【", ")]}）》〉】", strict=True))

_ABBREVIATIONS: Final = re.compile(
    "mr|mrs|ms|mx|dr|prof|st|sen|rep|gov|gen|col|lt|sgt|capt|cmdr|adm|maj|rev|hon|pres|jr|sr|vs|no|nos|vol|fig|pp|inc|"
    "ltd|corp|co|bros|dept|est|approx|cf|al|ca|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|ave|"
    "blvd|mt|ft|u\\.s|u\\.k|u\\.n|e\\.u|d\\.c|e\\.g|i\\.e|a\\.m|p\\.m|hr|fr|nr|abs|bzw|evtl|ggf|inkl|usw|vgl|z\\.b|d\\.h|"
    "u\\.a|o\\.ä|str|mme|mlle|mm|sig|sra|srta|ing|lic|dott|av|apdo",
    re.IGNORECASE,
)

_END: Final = re.compile("(?P<stop>[.!?…؟।]+)[\"'”“’»«)\\]]*(?=\\s|$)|[。！？｡]+[」』”’）]*")
_CLAUSE_EDGE: Final = re.compile(r"[,;:](?=\s)|\s[–—-]+\s|—|[()\[\]“”„«»\"]|[，；：、]|…")
_LAST_WORD: Final = re.compile(r"[^\W_][\w.]*$")
_DEEPEST: Final = 8
_SPACES: Final = re.compile(r"\s*")
# A mark within a word is an apostrophe; one after a letter closes, one before a letter opens.
_QUOTES: Final = re.compile("[" + "".join(OPENING) + "".join(sorted(CLOSING)) + "]")


@lru_cache(maxsize=8)
def paragraph(text: str, position: int) -> Range:
    """Return the paragraph around a place, without its separator; a separator belongs to the paragraph it ends."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    # Looked for within the line only: normalised texts have none, and each search would run through all of the text.
    for separator in "\r\u2029":
        start = max(start, text.rfind(separator, start, position) + 1)
        after = text.find(separator, position, end)
        end = end if after < 0 else after
    return start, end


def piece(text: str, position: int) -> Range:
    """Return the paragraph around a place or, where it is very long, the piece of it that holds the place."""
    start, end = paragraph(text, position)
    if end - start <= PIECE:
        return start, end
    part = min(position - start, end - start - 1) // PIECE
    after = _piece_edge(text, start, end, part + 1)
    if position >= after and after < end:  # the edge was moved back to a space
        return after, _piece_edge(text, start, end, part + 2)
    return _piece_edge(text, start, end, part), after


@lru_cache(maxsize=4)
def sentences(text: str, start: int, end: int) -> tuple[Range, ...]:
    """Return the sentences of a paragraph or piece [start, end) in order, without the spaces between them."""
    return tuple(_sentences(text, start, end))


def _sentences(text: str, start: int, end: int) -> Iterator[Range]:
    first = _skip(text, start, end)
    for found in _END.finditer(text, start, end):
        if found.start() >= first and _ends_sentence(text, found, end):
            yield first, found.end()
            first = _skip(text, found.end(), end)
    last = start + len(text[start:end].rstrip())
    if first < last:
        yield first, last


def sentence_at(text: str, position: int, cut: Callable[[str, int, int], Sequence[Range]] = sentences) -> Range | None:
    """Return the sentence around a place; in the space between two, the one before. None in an empty paragraph.

    `cut` gives the sentences of a paragraph.
    """
    parts = cut(text, *piece(text, position))
    if not parts:
        return None
    return parts[max(0, bisect_right(parts, position, key=itemgetter(0)) - 1)]


def clauses(text: str, start: int, end: int) -> Iterator[Range]:
    """Give what punctuation parts a sentence [start, end) into: by commas, dashes, brackets, quotation marks."""
    first = start
    for edge in _CLAUSE_EDGE.finditer(text, start, end):
        if edge.start() > first:
            yield first, edge.start()
        first = edge.end()
    if first < end:
        yield first, end


def quotations(text: str, start: int, end: int) -> Iterator[Range]:
    """Give the quotations in a paragraph or piece [start, end), with their marks, the inner before the outer."""
    open_marks: list[int] = []
    for found in _QUOTES.finditer(text, start, end):
        at = found.start()
        mark = text[at]
        before, after = text[at - 1 : at] if at > start else "", text[at + 1 : at + 2]
        if before.isalnum() and after.isalnum():
            continue
        opener = next((n for n in range(len(open_marks) - 1, -1, -1) if mark in OPENING[text[open_marks[n]]]), -1)
        if opener >= 0 and not (before.isspace() and after.isalnum()):
            yield open_marks[opener], at + 1
            del open_marks[opener:]
        elif mark in OPENING and len(open_marks) < _DEEPEST and not before.isalnum() and (after.strip() or mark == "«"):
            open_marks.append(at)


def _piece_edge(text: str, start: int, end: int, part: int) -> int:
    """Return where a piece begins, the same from wherever it is asked: after a space if there is one near."""
    edge = start + part * PIECE
    if part == 0 or edge >= end:
        return min(edge, end)
    space = text.rfind(" ", edge - _SPACE_WITHIN, edge)
    return space + 1 if space >= 0 else edge


def _skip(text: str, start: int, end: int) -> int:
    found = _SPACES.match(text, start, end)
    return found.end() if found else start


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    if stop["stop"] is None:
        return True
    after = _skip(text, stop.end(), end)
    while after < end and (text[after] in OPENING or text[after] in BRACKETS):
        after += 1
    if after == end:
        return True
    if text[after].islower():
        return False
    return stop["stop"] != "." or stop.end() - stop.start() > 1 or not is_abbreviated(text, stop.start())


def is_abbreviated(text: str, stop: int) -> bool:
    """Tell whether the full stop at a place belongs to an abbreviation or an initial."""
    word = _LAST_WORD.search(text[max(0, stop - 12) : stop])
    if word is None:
        return False
    letters = word[0]
    return _ABBREVIATIONS.fullmatch(letters) is not None or (len(letters) == 1 and letters.isupper())
