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
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\ufffb"
)
"""Hyphens, spaces, fillers and operators of no width; what is at home nowhere in an article."""
_CONTROLS: Final = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_TAGS: Final = "\U000e0001\U000e0020-\U000e007f"
_DIRECTIONS: Final = "\u061c\u200e\u200f"
_JOINERS: Final = "\u200c\u200d"

_CHUNK: Final = 4096
_AROUND: Final = 16
"""Code points beside a part of a text that say what belongs there: neighbours, and the flag that tags follow."""

_DOT: Final = "\u00b7"
_LABEL: Final = "\U0001f3f7"  # a tag takes two units of UTF-16, and so must what stands for it
_FLAG: Final = "\U0001f3f4"

_HIDING: Final = f"{''.join(_TURNING)}{_UNSEEN}{_CONTROLS}{_TAGS}"
_ASCII_CONTROLS: Final = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 127)))


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """Return what finds any of some characters; the flag of a region is found whole. Made when first wanted."""
    return re.compile(f"{_FLAG}[{_TAGS}]+|[{characters}]")


def _is_plain(text: str) -> bool:
    """Tell that a text has none of them, where that is known at once: most are plain ASCII."""
    return text.isascii() and not any(char in text for char in _ASCII_CONTROLS)


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
    if len(char) > 1:
        return char  # the flag of a region: its tags are no secret
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


def _belongs(text: str, found: re.Match[str]) -> bool:
    """Tell whether a joiner stands where its script needs it: beside a letter or picture that joins."""
    if found[0] not in _JOINERS:
        return False
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return any(first <= ord(char) <= last for char in (before, after) if char for first, last in _JOINED)


def name(char: str) -> str:
    """Return what a character is called: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    called = unicodedata.name(char, "CONTROL CHARACTER" if unicodedata.category(char) == "Cc" else "")
    return f"U+{ord(char):04X} {called}".strip()
