"""Where a reader sees one character end and the next begin: grapheme clusters, by the rules of UAX 29, kept short.

Python's tables have no grapheme properties; general categories and a few ranges stand in for them. Where the two
differ, these rules join rather than break: nobody can then begin a selection inside what is drawn as one character.
"""

import unicodedata
from typing import Final

ZWJ: Final = "\u200d"

_BREAKING: Final = frozenset({"Cc", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Me", "Mc"})
# Joiners, half-width kana marks and the two vowels of Thai and Lao that belong to the letter before, yet are no marks.
_EXTENDING: Final = frozenset("\u200c\u200d\uff9e\uff9f\u0e33\u0eb3")
# Arabic and Syriac number signs, and Kaithi's, stand before what they belong to.
_PREPENDED: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_VIRAMA: Final = 9
_INDICATORS: Final = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_FLAGS_SEEN: Final = 4096  # a longer row of flags is no article; even, so that the rule stays the same from there on
_WIDEST: Final = 1024  # beyond this, marks are not piled up by someone who writes
_HANGUL_FOLLOWS: Final = {"L": "LVST", "S": "VF", "V": "VF", "T": "F", "F": "F"}


def extends(char: str) -> bool:
    """Tell whether a character belongs to the one before it: marks, joiners, variation selectors, skin tones, tags."""
    if char < "\u0300":
        return False
    return (
        unicodedata.category(char) in _MARKS
        or char in _EXTENDING
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def is_boundary(text: str, position: int) -> bool:
    """Tell whether no grapheme cluster of the text lies on both sides of a position in code points.

    Looks at the two neighbours and, among flags, at the run of regional indicators before the position.
    """
    if not 0 < position < len(text):
        return True
    before, after = text[position - 1], text[position]
    if after < "\u0300" and before < "\u0300":
        return not (before == "\r" and after == "\n")
    if unicodedata.category(before) in _BREAKING or unicodedata.category(after) in _BREAKING:
        return True
    if extends(after) or before in _PREPENDED:
        return False
    return not (_joined(text, position) or _one_syllable(before, after) or _one_flag(text, position))


def cluster_start(text: str, position: int) -> int:
    """Return the nearest boundary at or before a position, in code points; in a heap of marks, the position."""
    for place in range(position, max(-1, position - _WIDEST), -1):
        if is_boundary(text, place):
            return place
    return position


def cluster_end(text: str, position: int) -> int:
    """Return the nearest boundary at or after a position, in code points; in a heap of marks, the position."""
    for place in range(position, min(len(text), position + _WIDEST) + 1):
        if is_boundary(text, place):
            return place
    return position


def _joined(text: str, position: int) -> bool:
    """Tell whether a joiner ties a picture to the one before it, or a virama a consonant."""
    before, after = text[position - 1], text[position]
    kind = unicodedata.category(after)
    # Characters newer than Python's tables have no category yet: among the pictures, they are pictures.
    if before == ZWJ and (kind == "So" or after >= "\U0001f000"):
        return True
    if before == ZWJ and position > 1:
        before = text[position - 2]
    return kind == "Lo" and unicodedata.combining(before) == _VIRAMA


def _hangul(char: str) -> str:
    """Return L, V or F for a leading, middle or final letter, S or T for a syllable without or with a final one."""
    if "\uac00" <= char <= "\ud7a3":
        return "T" if (ord(char) - 0xAC00) % 28 else "S"
    if "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c":
        return "L"
    if "\u1160" <= char <= "\u11a7" or "\ud7b0" <= char <= "\ud7c6":
        return "V"
    return "F" if "\u11a8" <= char <= "\u11ff" or "\ud7cb" <= char <= "\ud7fb" else ""


def _one_syllable(before: str, after: str) -> bool:
    left = _hangul(before)
    return bool(left) and bool(right := _hangul(after)) and right in _HANGUL_FOLLOWS[left]


def _one_flag(text: str, position: int) -> bool:
    """Tell whether an odd number of regional indicators stands before one: two make a flag."""
    if text[position] not in _INDICATORS:
        return False
    run = text[max(0, position - _FLAGS_SEEN) : position]
    return (len(run) - len(run.rstrip(_INDICATORS))) % 2 == 1
