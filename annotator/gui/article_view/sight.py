"""What of a sheet is in view: found once, until it is scrolled or laid out anew, and cut to what is to be painted."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from math import ceil, floor

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QTextEdit

from annotator.gui.article_view.geometry import lines_between
from annotator.gui.article_view.overlay import SeenBlock
from annotator.gui.article_view.page import Range
from annotator.gui.article_view.sheet import Sheet


class Sight:
    """The blocks with lines in a text edit's viewport, those included whose lanes hang into it from above.

    Attributes:
        hanging: pixels below a line within which its lanes are drawn.
    """

    def __init__(self, edit: QTextEdit) -> None:
        self.hanging = 0
        self._edit = edit
        self._key: tuple[object, ...] = ()
        self._blocks: tuple[SeenBlock, ...] = ()
        self._range: Range | None = None

    def forget(self) -> None:
        """Look anew: the layout has changed."""
        self._key = ()

    def blocks(self, sheet: Sheet) -> tuple[SeenBlock, ...]:
        """Return the blocks in view from the first to the last; only these are laid out."""
        edit, document = self._edit, sheet.document
        across, down = edit.horizontalScrollBar().value(), edit.verticalScrollBar().value()
        height = edit.viewport().height()
        key = (sheet, document.revision(), document.textWidth(), across, down, height, self.hanging)
        if key != self._key:
            self._blocks = tuple(sheet.seen(-self.hanging, height, QPointF(across, down)))
            self._key, self._range = key, None
        return self._blocks

    def range(self, sheet: Sheet) -> Range:
        """Return the range of code points in view, by whole lines."""
        blocks = self.blocks(sheet)
        if self._range is None:
            seen = cut(blocks, [(0, self._edit.viewport().height())])
            to_code_point = sheet.places.to_code_point
            self._range = (to_code_point(seen[0].units[0]), to_code_point(seen[-1].units[1])) if seen else (0, 0)
        return self._range

    def within(self, sheet: Sheet, rects: Iterable[QRect]) -> list[SeenBlock]:
        """Return the lines that are drawn into any of some rectangles of the viewport."""
        return cut(self.blocks(sheet), [(rect.top() - self.hanging, rect.bottom() + 1) for rect in rects])

    def lines_of(self, sheet: Sheet, ranges: Iterable[Range]) -> QRegion:
        """Return the lines in view that ranges of code points stand on, each with what hangs below it."""
        first, last = self.range(sheet)
        asked = [(max(start, first), min(end, last)) for start, end in ranges if start < last and first < end]
        found = QRegion()
        for start, end in {one for one in asked if one[0] < one[1]}:
            units = sheet.places.to_utf16(start), sheet.places.to_utf16(end)
            for one in self.blocks(sheet):
                base = one.block.position()
                if base < units[1] and units[0] < base + one.block.length():
                    layout = one.block.layout()
                    top = layout.lineForTextPosition(max(0, units[0] - base))
                    bottom = layout.lineForTextPosition(min(units[1] - base, one.block.length()) - 1)
                    if top.isValid() and bottom.isValid():
                        found += self.rows(one, top.lineNumber(), bottom.lineNumber())
        return found

    def rows(self, one: SeenBlock, first: int, last: int) -> QRect:
        """Return the rectangle, as wide as the viewport, from one line of a block to another, with what hangs below."""
        layout = one.block.layout()
        top, bottom = layout.lineAt(first), layout.lineAt(last)
        y = floor(one.origin.y() + top.y())
        below = ceil(one.origin.y() + bottom.y() + bottom.height()) + self.hanging
        return QRect(0, y, self._edit.viewport().width(), below - y)


def cut(blocks: Sequence[SeenBlock], bands: list[tuple[float, float]]) -> list[SeenBlock]:
    """Return the blocks with those of their lines that reach into any of the bands, each (top, bottom).

    No line comes twice; a block whose lines there are not one run comes once for each run.
    """
    found: list[SeenBlock] = []
    highest, lowest = min((top for top, _ in bands), default=0), max((bottom for _, bottom in bands), default=0)
    for one, follower in zip_longest(blocks, blocks[1:]):
        y = one.origin.y()
        if y >= lowest:
            break
        if follower is not None and follower.origin.y() <= highest:
            continue  # it ends above: the next one begins there
        layout = one.block.layout()
        lines: set[int] = set()
        for top, bottom in bands:
            if bottom > y:
                lines.update(lines_between(layout, top - y, bottom - y))
        found += (one._replace(lines=run) for run in _runs(lines))
    return found


def _runs(numbers: Iterable[int]) -> Iterator[range]:
    """Yield numbers as the fewest ranges without a hole."""
    for _, group in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield range(run[0], run[-1] + 1)
