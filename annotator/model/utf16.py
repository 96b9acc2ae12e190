"""Places of a stored text, in code points, and of the document that shows it, in UTF-16 units: both ways."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import sub
from typing import Final, NamedTuple, overload

from annotator.model.clusters import is_boundary

LONGEST: Final = 2000
"""Code points that one displayed block holds at most: Qt lays out a block as a whole, 10 MB in minutes."""

_SPACE_WITHIN: Final = 200
# Nothing a person writes has more code points in one cluster (Unicode's stream-safe form allows 30 marks in a row).
_WIDEST_CLUSTER: Final = 64

# What setPlainText makes a block's end of. U+2028 is a line break within a block.
_SEPARATORS: Final = re.compile("\r\n|[\n\r\u2029\ufdd0\ufdd1]")
_SINGLE: Final = re.compile("[\n\u2029\ufdd0\ufdd1]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


class Block(NamedTuple):
    """The code points [start, end) of a text that one displayed block shows, without its separator.

    `display_start` is the UTF-16 position of its first character in the displayed document.
    """

    start: int
    end: int
    display_start: int


class _Blocks(Sequence[Block]):
    """The blocks of a map, each made when it is asked for."""

    def __init__(self, places: "Utf16Map", count: int) -> None:
        self._places = places
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        start, end = self._places.block_range(index)
        return Block(start, end, self._places.to_utf16(start))


class Utf16Map:
    """Maps code points of a stored text to UTF-16 positions of the displayed document, and back.

    The document is `QTextDocument.setPlainText(display)`; lines of more than `longest` code points are shown as
    several blocks, so `display` may hold separators that the text lacks. Between two places where the difference
    changes (a character beyond U+FFFF, an inserted separator, a CRLF), it is constant: every look-up is a bisection.
    """

    def __init__(self, text: str, *, longest: int = LONGEST) -> None:
        self._text = text
        self._starts, self._ends, self._cuts, pairs = _blocks(text, longest)
        self._display: str | None = None
        # Piece i holds the code points from _from[i] on; `shift` is added to them. A position of the document that
        # would lie past _last[i] is inside a surrogate pair or on an inserted separator.
        self._from = [0]
        self._shift = [0]
        self._shown_from = [0]
        self._last: list[int] = []
        shift = 0
        for place, change, last in _changes(text, self._cuts, pairs):
            shift += change
            self._from.append(place)
            self._shift.append(shift)
            self._shown_from.append(place + shift)
            self._last.append(last)
        self._last.append(len(text))
        self.blocks: Sequence[Block] = _Blocks(self, len(self._starts))
        """One for each displayed block; its index is Qt's block number."""

    @property
    def text(self) -> str:
        """The stored text."""
        return self._text

    @property
    def display(self) -> str:
        """The string to show; the text itself where no line is too long."""
        if not self._cuts:
            return self._text
        if self._display is None:
            edges = [0, *self._cuts, len(self._text)]
            self._display = "\n".join(self._text[a:b] for a, b in pairwise(edges))
        return self._display

    @property
    def display_length(self) -> int:
        """The last UTF-16 position of the document: one less than Qt's characterCount."""
        return len(self._text) + self._shift[-1]

    def to_utf16(self, code_point: int) -> int:
        """Return the UTF-16 position of a place in the text, 0 to its length. Raises ValueError beyond it."""
        if not 0 <= code_point <= len(self._text):
            raise ValueError(f"no place {code_point} in a text of {len(self._text)} characters")
        return code_point + self._shift[bisect_right(self._from, code_point) - 1]

    def to_code_point(self, utf16: int) -> int:
        """Return the place in the text of a position of the document. Raises ValueError beyond it.

        Inside a surrogate pair it is the start of the character, on an inserted separator the place it stands at.
        """
        if not 0 <= utf16 <= self.display_length:
            raise ValueError(f"no position {utf16} in a document of {self.display_length} UTF-16 units")
        piece = bisect_right(self._shown_from, utf16) - 1
        return min(utf16 - self._shift[piece], self._last[piece])

    def block_at(self, code_point: int) -> int:
        """Return the index of the block a place is shown in; a separator belongs to the block it ends."""
        return max(0, bisect_right(self._starts, code_point) - 1)

    def block_range(self, index: int) -> tuple[int, int]:
        """Return the code points [start, end) that a block shows. Raises IndexError where there is no such block."""
        return self._starts[index], self._ends[index]

    def continues(self, index: int) -> bool:
        """Tell whether a block goes on with the line of the one before it: the text has no separator between them."""
        cut = bisect_right(self._cuts, self._starts[index])
        return bool(cut) and self._cuts[cut - 1] == self._starts[index]


def _lines(text: str) -> tuple[list[int], list[int], list[int]]:
    """Return starts and ends of the lines that Qt sees in a text, and where CRLFs stand."""
    if text.isascii() and "\r" not in text:  # three times as fast, and most texts are no other
        starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        ends = [start - 1 for start in starts[1:]]
        return starts[:-1], ends, []
    separators = [found.span() for found in (_SEPARATORS if "\r" in text else _SINGLE).finditer(text)]
    starts = [0, *(after for _, after in separators)]
    ends = [*(before for before, _ in separators), len(text)]
    return starts, ends, [before for before, after in separators if after - before > 1]


def _blocks(text: str, longest: int) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return starts and ends of the displayed blocks, the cuts among the starts, and where CRLFs stand."""
    starts, ends, pairs = _lines(text)
    if max(map(sub, ends, starts)) <= longest:
        return starts, ends, [], pairs
    cuts = [cut for start, end in zip(starts, ends, strict=True) for cut in _cuts(text, start, end, longest)]
    return sorted(starts + cuts), sorted(ends + cuts), cuts, pairs


def _cuts(text: str, start: int, end: int, longest: int) -> Iterator[int]:
    """Give the places at which a line is cut into blocks."""
    while end - start > longest:
        start = _cut(text, start, end, max(1, longest))
        if start == end:
            return
        yield start


def _cut(text: str, start: int, end: int, longest: int) -> int:
    """Return where the first block of a line that is too long ends."""
    limit = start + longest
    space = limit
    while (space := text.rfind(" ", max(start, limit - _SPACE_WITHIN), space)) >= 0:
        if is_boundary(text, space + 1):
            return space + 1
    for place in range(limit, max(start, limit - longest // 2 - _WIDEST_CLUSTER), -1):
        if is_boundary(text, place):
            return place
    for place in range(limit + 1, min(end, limit + _WIDEST_CLUSTER) + 1):
        if is_boundary(text, place):
            return place
    return limit  # a heap of marks, made to hang whoever lays it out


def _changes(text: str, cuts: Iterable[int], pairs: Iterable[int]) -> list[tuple[int, int, int]]:
    """Return, in order, from which code point on the difference changes, by how much, and the last place before."""
    changes = [(at + 1, 1, at) for at in _astral(text)]
    if not cuts and not pairs:
        return changes
    changes += ((at, 1, at) for at in cuts)
    changes += ((at + 2, -1, at + 1) for at in pairs)
    # At one place, a character's second half comes before the separator that follows it: its `last` is smaller.
    changes.sort(key=lambda change: (change[0], change[2]))
    return changes


def _astral(text: str) -> list[int]:
    """Return where the characters stand that take two UTF-16 units."""
    # Encoding is ten times faster than searching, and most texts have none.
    if text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return []
    return [found.start() for found in _ASTRAL.finditer(text)]
