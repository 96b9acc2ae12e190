"""Characters that nobody sees, and that hide or reorder others: which they are, and what a person is shown of them.

The stored text keeps every one of them. Those that would turn the text around them, or hide between its letters, are
shown as another visible character of the same length; those that a script needs (a joiner in Persian, a mark of
direction in Hebrew) stay what they are, and are only marked.
"""

import re
import unicodedata
from functools import cache
from typing import Final

_TURNING: Final = {
    **dict.fromkeys("\u202a\u2066", "\u25b8"),  # embedding and isolate, left to right
    **dict.fromkeys("\u202b\u2067", "\u25c2"),  # … right to left
    "\u202d": "\u25b6",  # overrides
    "\u202e": "\u25c0",
    **dict.fromkeys("\u202c\u2068\u2069", "\u25aa"),  # pop, first strong isolate
}
_UNSEEN: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb"
)
"""Hyphens, spaces, fillers and operators of no width; what is at home nowhere in an article."""
_CONTROLS: Final = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_TAGS: Final = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
"""Tags, and what is reserved beside them for characters that nobody is to see."""
_DIRECTIONS: Final = "\u061c\u200e\u200f"
_JOINERS: Final = "\u200c\u200d"

_CHUNK: Final = 4096
_AROUND: Final = 16
"""Code points beside a part of a text that say what belongs there: neighbours, and the flag that tags follow."""

_DOT: Final = "\u00b7"
_LABEL: Final = "\U0001f3f7"  # a tag takes two units of UTF-16, and so must what stands for it
_FLAG: Final = "\U0001f3f4[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,4}\U000e007f"
"""The flag of a region: its code in tags ("gbeng"), and the tag that ends it (UTS 51, emoji tag sequences)."""

_IDEOGRAPHS: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PICTURES: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f004\U0001f0cf\U0001f170-\U0001f251\U0001f300-\U0001faff"
)
_VARIED: Final = (
    "0\u1000-\u109f\uaa60-\uaa7f\u2205-\u22da\u2300\u2a00-\u2aff\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f"
    "\u2018-\u201d\ua840-\ua87f\U00010ac0-\U00010aff\U00013000-\U0001345f"
)
"""Signs, letters and punctuation of which Unicode lists standardized variants."""
_MONGOLIAN: Final = "\u1820-\u18aa"

_SELECTORS: Final = "\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Variation selectors: where they choose nothing they are hidden, and strings of them carry text that nobody sees."""
_CHOOSING: Final = (
    f"[{_PICTURES}{_IDEOGRAPHS}][\ufe0e\ufe0f]|[0-9#*]\ufe0f(?=\u20e3)"  # as text, in colour, on a key
    f"|[{_VARIED}{_IDEOGRAPHS}][\ufe00-\ufe02]|[{_IDEOGRAPHS}][\ufe03-\ufe0d\U000e0100-\U000e01ef]"
    f"|[{_MONGOLIAN}](?:[\u180b-\u180d\u180f]|\u180e(?=[\u1820\u1821]))"
)
"""A selector with what it is at home behind; a second one there chooses nothing."""

_HIDING: Final = f"{''.join(_TURNING)}{_UNSEEN}{_CONTROLS}{_TAGS}{_SELECTORS}"
_ASCII_CONTROLS: Final = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 127)))


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """Return what finds any of some characters; the flag of a region is found whole. Made when first wanted."""
    return re.compile(f"{_FLAG}|[{characters}]")


@cache
def _choosing() -> re.Pattern[str]:
    return re.compile(_CHOOSING)


@cache
def _selectors() -> re.Pattern[str]:
    return re.compile(f"[{_SELECTORS}]")


def _is_plain(text: str) -> bool:
    """Tell that a text has none of them, where that is known at once: most are plain ASCII."""
    return text.isascii() and (text.isprintable() or not any(char in text for char in _ASCII_CONTROLS))


_JOINED: Final = (
    (0x0600, 0x08FF), (0x0900, 0x0DFF), (0x0E00, 0x109F), (0x1700, 0x18AF), (0x1900, 0x1CFF), (0xA800, 0xABFF),
    (0xFB50, 0xFDFF), (0xFE70, 0xFEFE), (0x2600, 0x27BF), (0x2190, 0x21FF), (0x2B00, 0x2BFF), (0xFE00, 0xFE0F),
    (0x1F000, 0x1FAFF), (0x11000, 0x11FFF), (0x10A00, 0x10FFF),
)  # fmt: skip
"""Scripts and pictures whose letters a joiner joins or parts: there it belongs."""


def visible(text: str) -> str:
    """Return a text as it is shown: as long, in code points and in UTF-16, with nothing in it that hides or turns."""
    return text if _is_plain(text) else _pattern(_HIDING).sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    if len(char) > 1 or _chooses(found):
        return char  # the flag of a region: its tags are no secret; a selector that chooses
    return _LABEL if char > "\uffff" else _TURNING.get(char, _DOT)


def places(text: str) -> list[int]:
    """Return where characters stand that a person should see marked, in code points, in order."""
    if _is_plain(text):
        return []
    found = _pattern(_HIDING + _DIRECTIONS + _JOINERS).finditer(text)
    return [one.start() for one in found if len(one[0]) == 1 and not _belongs(text, one)]


class Places:
    """The places of a text's marked characters, looked for where somebody looks, and once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._chunks: dict[int, list[int]] = {}

    def between(self, start: int, end: int) -> list[int]:
        """Return those in [start, end), in order."""
        numbers = range(start // _CHUNK, max(start, end - 1) // _CHUNK + 1)
        return [place for number in numbers for place in self._chunk(number) if start <= place < end]

    def _chunk(self, number: int) -> list[int]:
        known = self._chunks.get(number)
        if known is None:
            first = number * _CHUNK
            begin = max(0, first - _AROUND)
            found = places(self._text[begin : first + _CHUNK + _AROUND])
            known = [begin + at for at in found if first <= begin + at < first + _CHUNK]
            self._chunks[number] = known
        return known


def _chooses(found: re.Match[str]) -> bool:
    """Tell whether what was found is a variation selector right behind a character that has variants."""
    behind = _selectors().match(found[0]) and _choosing().match(found.string, found.start() - 1)
    return behind is not None


def _belongs(text: str, found: re.Match[str]) -> bool:
    """Tell whether a selector chooses, or a joiner stands where its script needs it: beside what joins."""
    if found[0] not in _JOINERS:
        return _chooses(found)
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return any(first <= ord(char) <= last for char in (before, after) if char for first, last in _JOINED)


def name(char: str) -> str:
    """Return what a character is called: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    called = unicodedata.name(char, "CONTROL CHARACTER" if unicodedata.category(char) == "Cc" else "")
    return f"U+{ord(char):04X} {called}".strip()
