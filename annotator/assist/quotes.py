"""Finds what stands in quotation marks, paragraph by paragraph."""

import re
from dataclasses import dataclass

# Each opening mark with those that may close it: English, German, French, Russian, Swedish, Japanese.
_PAIRS = {
    "“": '”"',
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "「": "」",
    '"': '"”',
}
_PAIRS["''"] = "''"  # typewriters and old wires write two apostrophes for a quotation mark
MARKS = frozenset([*"“”„«»‹›‘’「」\"'", "''"])
_SINGLE = "‘"
_MARK = re.compile(r"''|[“”„«»‹›‘’「」\"]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with its marks, in code points of the text given.

    `closed` is false where the paragraph ends first.
    """

    start: int
    end: int
    closed: bool


def quoted(text: str, start: int, end: int) -> list[Quoted]:
    """Return the outermost quotations of one paragraph `text[start:end]`, in order."""
    found: list[Quoted] = []
    opened = -1
    closers = ""
    for mark_found in _MARK.finditer(text, start, end):
        at, mark = mark_found.start(), mark_found[0]
        if opened < 0:
            if _opens(text, at, start, end, mark):
                opened, closers = at, _PAIRS[mark]
        elif mark in closers and _closes(text, at, end, mark):
            found.append(Quoted(opened, mark_found.end(), closed=True))
            opened = -1
    if opened >= 0 and text[opened] != _SINGLE:  # a lone single mark is an apostrophe ('90s)
        found.append(Quoted(opened, end, closed=False))
    return found


def _opens(text: str, at: int, start: int, end: int, mark: str) -> bool:
    if mark not in _PAIRS:
        return False
    follows_word = at > start and (text[at - 1].isalnum() or text[at - 1] in ".,!?…")
    behind = at + len(mark)
    leads_nowhere = behind >= end or text[behind].isspace()
    return not (follows_word and (leads_nowhere or mark in '‘»"'))


def _closes(text: str, at: int, end: int, mark: str) -> bool:
    # A closing single mark inside a word is an apostrophe.
    return mark != "’" or at + 1 >= end or not text[at + 1].isalnum()
