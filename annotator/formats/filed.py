"""A text as a foreign file has it and in its final form: where the characters of the one are in the other."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Self

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.text import normalise


def utf8_content(stream: BinaryIO, largest: int) -> str:
    """Return what an open file holds, without a BOM.

    Raises Refused where it has more than `largest` bytes, or for the line that is no UTF-8.
    """
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise Refused(_("it has more than {n} MB").format(n=largest >> 20), do=_("give each article a file of its own"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(_("the line is no UTF-8"), do=_("save the file as UTF-8"), line=line) from None


Range = tuple[int, int]
"""The start and end of a range, half open."""


@dataclass(frozen=True, slots=True)
class FiledText:
    """A text as a file has it, with CRLF and BOM, and as the project keeps it.

    Attributes:
        raw: the characters of the file.
        text: its final form.
    """

    raw: str
    text: str

    @classmethod
    def of(cls, raw: str) -> Self:
        """Return the characters of a file with their final form."""
        return cls(raw, normalise(raw).text)

    @property
    def is_shifted(self) -> bool:
        """Whether places in the file and in the text differ."""
        return len(self.raw) != len(self.text)

    def ranges(self, raw: Sequence[Range]) -> list[Range]:
        """Return ranges of the file's code points as ranges of the text's."""
        if not self.is_shifted:
            return list(raw)
        boms = len(self.raw) - len(self.raw.lstrip("\ufeff"))
        gone = [at for at, character in enumerate(self.raw) if character == "\r" and self.raw.startswith("\n", at + 1)]
        return [(_place(start, boms, gone), _place(end, boms, gone)) for start, end in raw]


def _place(offset: int, boms: int, gone: Sequence[int]) -> int:
    return max(0, offset - boms) - bisect_left(gone, offset)


class Utf16Offsets:
    """Places of a text in UTF-16 units as places in code points."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        # The place of the first half of each character that has two.
        wide = (at for at, character in enumerate(text) if character > "\uffff")
        self._wide = [at + before for before, at in enumerate(wide)]

    def code_point(self, utf16: int) -> int:
        """Return the place; raises ValueError where there is none: within a character, or beyond the text's end."""
        before = bisect_left(self._wide, utf16)
        within = before and self._wide[before - 1] == utf16 - 1
        if within or utf16 < 0 or utf16 - before > self._length:
            raise ValueError(f"no character begins or ends at {utf16}")
        return utf16 - before


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units a text has."""
    return len(text) + sum(character > "\uffff" for character in text)
