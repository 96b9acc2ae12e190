"""Where letters stand: rectangles of ranges within lines, right for lines that mix writing directions."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine

_CACHE_LIMIT = 20_000
"""Entries kept; a page of marks needs some hundred, so that only endless scrolling ever clears the cache."""

_RETRIEVE = QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
"""The least that glyphRuns can be asked for; its bounding rectangles are right with it."""


class Stretch(NamedTuple):
    """A range's extent on one line, from x `left` to `right`, in the viewport's coordinates.

    `baseline` is the line's baseline, `top` and `bottom` are the top and bottom of its letters.
    """

    left: float
    right: float
    baseline: float
    top: float
    bottom: float


class Geometry:
    """Rectangles of ranges, remembered until the layout changes.

    Entries are per (block, line, range); `forget` must be called when the width, the font or the document changes.
    """

    def __init__(self) -> None:
        self._extents: dict[tuple[int, int, int, int], tuple[tuple[float, float], ...]] = {}

    def forget(self) -> None:
        """Drop everything remembered: the layout has changed."""
        self._extents.clear()

    def stretches(
        self, block: QTextBlock, origin: QPointF, start: int, end: int, lines: range
    ) -> Iterator[tuple[int, Stretch]]:
        """Yield (line number, stretch) for a range of a block, on those of its lines that are in `lines`.

        `start` and `end` count UTF-16 units from the block's start; `origin` is the layout's place in the viewport.
        """
        layout = block.layout()
        number = block.blockNumber()
        for index in lines:
            line = layout.lineAt(index)
            if not line.isValid():
                return
            line_start = line.textStart()
            if line_start >= end:
                return
            left = max(start, line_start)
            right = min(end, line_start + line.textLength())
            if left >= right:
                continue
            baseline = origin.y() + line.y() + line.ascent()
            top, bottom = baseline - line.ascent(), baseline + line.descent()
            for x1, x2 in self._on_line((number, index, left, right), line, block.text):
                yield index, Stretch(origin.x() + x1, origin.x() + x2, baseline, top, bottom)

    def _on_line(
        self, key: tuple[int, int, int, int], line: QTextLine, text: Callable[[], str]
    ) -> tuple[tuple[float, float], ...]:
        known = self._extents.get(key)
        if known is None:
            if len(self._extents) > _CACHE_LIMIT:
                self._extents.clear()
            known = self._extents[key] = extents(line, key[2], key[3], text)
        return known


def extents(line: QTextLine, start: int, end: int, text: Callable[[], str]) -> tuple[tuple[float, float], ...]:
    """Return the (left, right) pairs, in the layout's coordinates and from left to right, that a range covers.

    `start` and `end` count UTF-16 units from the block's start, `text` gives the block's text where it is needed. The
    pairs do not overlap or touch.
    `QTextLine.cursorToX` is no help here: between two directions a position has two places, and it names one.
    """
    runs = line.glyphRuns(start, end - start, _RETRIEVE)
    if any(run.isRightToLeft() for run in runs):
        # Qt joins runs of one font and direction, also where others stand between them: ask letter by letter.
        letters = _units(text(), start, end)
        runs = [run for at, units in letters for run in line.glyphRuns(at, units, _RETRIEVE)]
    boxes = [run.boundingRect() for run in runs]
    return _joined(sorted((box.left(), box.right()) for box in boxes if box.width() > 0))


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (first UTF-16 unit, how many) of each code point of a text that lies in a range of units."""
    at = 0
    for letter in text:
        units = 2 if letter > "\uffff" else 1
        if start <= at < end:
            yield at, units
        at += units


def _joined(pairs: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    joined: list[tuple[float, float]] = []
    for left, right in pairs:
        if joined and left <= joined[-1][1] + 0.75:  # letters of two fonts may leave a hair between them
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return tuple(joined)


def lines_between(layout: QTextLayout, top: float, bottom: float) -> range:
    """Return the numbers of the lines that reach into [top, bottom], in the layout's coordinates, by bisection."""
    count = layout.lineCount()
    first = _first_line(layout, count, top, below=True)
    last = _first_line(layout, count, bottom, below=False)
    return range(first, last)


def _first_line(layout: QTextLayout, count: int, y: float, *, below: bool) -> int:
    """Return the first line whose bottom (`below`) or top lies under y."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        line = layout.lineAt(middle)
        edge = line.y() + line.height() if below else line.y()
        if edge > y:
            high = middle
        else:
            low = middle + 1
    return low
