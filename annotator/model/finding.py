"""Finding words in a text as a person means them: without regard to case, accents, kinds of quotation marks or spaces.

The words become a pattern that is matched against the stored text itself, so what is found has exact places in it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Final

MOST: Final = 20_000
"""So many places are found at most: nobody steps through more."""

MARKS: Final = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670"
"""Combining marks: accents, and the vowel points of Hebrew and Arabic."""

INVISIBLE: Final = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff"
"""What may stand within a word without being seen: soft hyphens, zero-width and bidirectional characters."""

_BETWEEN: Final = f"[{MARKS}{INVISIBLE}]*"

ALIKE: Final = (
    "'\u2018\u2019\u201a\u201b\u02bc\u2032\uff07",
    '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02',
    "-\u2010\u2011\u2012\u2013\u2014\u2212",
)
"""Characters that a person types with one key."""

_TOGETHER: Final = {"ss": "\u00df\u1e9e", "ae": "\u00e6\u00c6", "oe": "\u0153\u0152", "fi": "\ufb01", "fl": "\ufb02"}
"""Two letters that may be written as one."""

_STROKES: Final = dict(zip("\u0141\u0142\u00d8\u00f8\u0110\u0111\u0131", "LlOoDdi", strict=True))
"""Letters that are typed without their stroke or dot; Unicode takes none of them apart."""

_PLAINER: Final = str.maketrans(
    {one: pair for pair, ones in _TOGETHER.items() for one in ones}
    | {"\ufb00": "ff", "\ufb03": "ffi", "\ufb04": "ffl"}
    | _STROKES
    | dict.fromkeys(map(chr, (*range(0x591, 0x5BE), *range(0x64B, 0x660), 0x670, 0xAD, *range(0x200B, 0x2010), 0x2060)))
)
"""Letters, points and joints that a person leaves out or types otherwise, who looks for a word in many texts."""

_ODD: Final = re.compile(f"[{''.join(map(chr, _PLAINER))}]")
_WORD: Final = re.compile(f"[\\w{MARKS}{INVISIBLE}]{{1,100}}")

UNSPACED: Final = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""Scripts that put no spaces between words, as a pattern: there every place is the edge of one."""

_UNSPACED: Final = re.compile(UNSPACED)


def places(text: str, words: str, *, case: bool = False, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text, `[start, end)` in code points, first to last, none over another.

    Spaces in the words stand for any white space, a line's end too. With `case` capitals count, with `whole` only
    whole words do. Nothing is found for words that are empty.
    """
    pattern = _pattern(words, case, whole)
    if pattern is not None:
        for number, found in enumerate(pattern.finditer(text)):
            if number == MOST:
                return
            yield found.span()


@cache
def _pattern(words: str, case: bool, whole: bool) -> re.Pattern[str] | None:  # noqa: FBT001 - cached by place
    plain = unicodedata.normalize("NFC", words).strip()
    if not plain:
        return None
    body = _BETWEEN.join(_parts(plain, case=case))
    body += f"[{MARKS}]*"  # a letter is not found without the accents that are written behind it
    if whole:
        body = _edge(plain[0], r"(?<!\w)") + body + _edge(plain[-1], rf"(?![{MARKS}]|{_BETWEEN}\w)")
    return re.compile(body, 0 if case else re.IGNORECASE)


def _edge(letter: str, pattern: str) -> str:
    """Return what must hold at the edge of a word that begins or ends with a letter."""
    return "" if _UNSPACED.match(letter) or not letter.isalnum() else pattern


def _parts(plain: str, *, case: bool) -> Iterator[str]:
    """Yield the pattern of each thing the words are made of: a letter, two that may be one, white space."""
    place = 0
    while place < len(plain):
        pair = plain[place : place + 2]
        one = _TOGETHER.get(_bare(pair) if case else _bare(pair).lower())
        if plain[place].isspace():
            while place < len(plain) and plain[place].isspace():
                place += 1
            yield r"\s+"
        elif one and len(pair) == 2:  # noqa: PLR2004 - two letters
            yield f"(?:{_letter(pair[0])}{_BETWEEN}{_letter(pair[1])}|[{one}])"
            place += 2
        else:
            yield _whole_of(plain[place])
            place += 1


def _whole_of(letter: str) -> str:
    """Return the pattern of one letter, which may itself stand for two."""
    two = next((pair for pair, ones in _TOGETHER.items() if letter in ones), "")
    if two:
        first, second = two.upper() if letter.isupper() else two
        return f"(?:[{_TOGETHER[two]}]|{_letter(first)}{_BETWEEN}{_letter(second)})"
    return _letter(letter)


def _letter(letter: str) -> str:
    """Return the pattern of all that a person may mean by a letter."""
    for alike in ALIKE:
        if letter in alike:
            return f"[{re.escape(alike)}]"
    base = _bare(letter)
    accented = _accented().get(base, "")
    return f"[{re.escape(base)}{accented}]" if accented else re.escape(base)


def _bare(letters: str) -> str:
    """Return letters without their accents, each still one character; of other scripts as they are."""
    return "".join(plain_letters().get(one, one) for one in letters)


@cache
def plain_letters() -> dict[str, str]:
    """Return the plain letter of each accented one: Latin, Greek and Cyrillic."""
    codes = chain(range(0xC0, 0x250), range(0x386, 0x3CF), range(0x400, 0x530), range(0x1E00, 0x2000))
    letters = {chr(code): unicodedata.normalize("NFD", chr(code))[0] for code in codes}
    return {letter: base for letter, base in letters.items() if base != letter} | _STROKES


@cache
def _accented() -> dict[str, str]:
    """Return by plain letter all its accented forms."""
    found: defaultdict[str, str] = defaultdict(str)
    for letter, base in plain_letters().items():
        found[base] += letter
    return dict(found)


def plainer(text: str) -> str:
    """Return those words of a text that may be typed in plainer letters, so written: "strasse" for "Straße"."""
    if text.isascii() or _ODD.search(text) is None:
        return ""
    odd = (found.group() for found in _WORD.finditer(text) if _ODD.search(found.group()))
    return " ".join(dict.fromkeys(map(plainly, odd)))


def plainly(words: str) -> str:
    """Return words in the plainer letters of `plainer`."""
    return words.translate(_PLAINER)
