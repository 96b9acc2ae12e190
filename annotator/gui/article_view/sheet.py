"""The sheet: one page laid out for reading, and which of its blocks stand where in the viewport."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextBlock, QTextCursor, QTextDocument

from annotator.gui.article_view.document import build, set_margins
from annotator.gui.article_view.geometry import lines_between
from annotator.gui.article_view.overlay import SeenBlock
from annotator.gui.article_view.page import Page
from annotator.gui.article_view.typography import Typography
from annotator.gui.theme import Theme
from annotator.model import invisible
from annotator.model.utf16 import Utf16Map
from annotator.model.zones import NOT_NUMBERED

_STRIDE: Final = 32
"""Blocks passed at a time when looking for a height; nothing further ahead is laid out."""


class Sheet:
    """A page's document with its map, its paragraph numbers and its title lines.

    Attributes:
        places: maps code points of the stored text to UTF-16 positions of the document.
        document: what the text edit shows.
        numbers: paragraph numbers, counted from 1, by block number.
        hidden: where characters stand that nobody sees.
    """

    def __init__(self, page: Page, places: Utf16Map, sizes: Typography, theme: Theme) -> None:
        self.page = page
        self.places = places
        self._sizes = sizes
        self._theme = theme
        self.document: QTextDocument = build(page, places, sizes, theme)
        self.numbers = _numbers(page, places)
        self.hidden = invisible.Places(page.text)
        headline = next(((start, end) for kind, start, end in page.zones if kind == "headline" and end > start), None)
        self._headline_block = -1 if headline is None else places.block_at(headline[1] - 1)
        self.title_height = 0.0
        self._near = 0

    def fit(self, column: float) -> None:
        """Make room for the title lines above the text (or the byline under the headline) in a column's width."""
        above = self._sizes.pitch * 1.1
        if self._headline_block < 0:
            self.title_height = self._title_box(column).height()
            above += self.title_height + self._byline_room()
        set_margins(self.document, self._sizes, round(above))
        if self._headline_block >= 0 and self.page.byline:
            _add_below(
                self.document.findBlockByNumber(self._headline_block), self._sizes.pitch * 0.4, self._byline_room()
            )

    def _title_box(self, column: float) -> QRectF:
        room = QRectF(0, 0, column, 100_000)
        return QFontMetricsF(self._sizes.headline).boundingRect(room, _WRAPPED, self.page.title)

    def _byline_room(self) -> float:
        return round(self._sizes.byline.pixelSize() * 2.4) if self.page.byline else 0.0

    def seen(self, top: float, bottom: float, scrolled: QPointF) -> Iterator[SeenBlock]:
        """Yield the blocks with lines in [top, bottom] of the viewport; only these are laid out."""
        layout = self.document.documentLayout()
        high = top + scrolled.y()
        low = bottom + scrolled.y()
        block = self._block_over(high)
        while block.isValid():
            if layout.blockBoundingRect(block).top() > low:
                return
            place = block.layout().position()
            lines = lines_between(block.layout(), high - place.y(), low - place.y())
            if lines:
                yield SeenBlock(block, place - scrolled, lines)
            block = block.next()

    def _block_over(self, y: float) -> QTextBlock:
        """Return the last block that begins above a height of the document, or the first one.

        Qt's own hit test looks at blocks that were never laid out, too, and believes them to stand at 0 or where an
        earlier layout had put them; a block's rectangle is right, as asking for it lays out as far as that block.
        """
        low = min(self._near, self.document.blockCount() - 1)
        while low > 0 and self._top_of(low) > y:
            low = max(0, low - _STRIDE)
        high = low + _STRIDE
        while high < self.document.blockCount() and self._top_of(high) <= y:
            low, high = high, high + _STRIDE
        high = min(high, self.document.blockCount())
        while high - low > 1:
            middle = (low + high) // 2
            if self._top_of(middle) <= y:
                low = middle
            else:
                high = middle
        self._near = low
        return self.document.findBlockByNumber(low)

    def _top_of(self, number: int) -> float:
        block = self.document.findBlockByNumber(number)
        return self.document.documentLayout().blockBoundingRect(block).top()

    def paint_title(self, painter: QPainter, scrolled: QPointF, column: float, top: float) -> None:
        """Paint the title where the text has no headline of its own, and the byline.

        Does nothing where only what lies below `top` in the viewport is to be painted, and they end above it.
        """
        left = self._sizes.gutter
        if self._headline_block >= 0:
            block = self.document.findBlockByNumber(self._headline_block)
            rect = self.document.documentLayout().blockBoundingRect(block)
            bottom = block.layout().position().y() + block.layout().boundingRect().height()
            y = max(rect.top(), bottom) - scrolled.y() + 0.25 * self._sizes.byline.pixelSize()
            if y + self._byline_room() < top:
                return
            painter.setLayoutDirection(self.document.firstBlock().textDirection())
        else:
            y = self._sizes.pitch * 0.9 - scrolled.y()
            if y + self.title_height + 0.3 * self._sizes.byline.pixelSize() + self._byline_room() + 2 < top:
                return
            painter.setLayoutDirection(self.document.firstBlock().textDirection())
            painter.setFont(self._sizes.headline)
            painter.setPen(QPen(self._theme.colour("ink")))
            painter.drawText(QRectF(left, y, column, self.title_height + 2), _WRAPPED, self.page.title)
            y += self.title_height + 0.3 * self._sizes.byline.pixelSize()
        painter.setFont(self._sizes.byline)
        painter.setPen(QPen(self._theme.colour("ink2")))
        box = QRectF(left, y, column, self._byline_room())
        line = QFontMetricsF(self._sizes.byline).elidedText(self.page.byline, Qt.TextElideMode.ElideRight, column)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line)


_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def _add_below(block: QTextBlock, usual: float, room: float) -> None:
    form = block.blockFormat()
    below = round(usual + room)
    if form.bottomMargin() == below:
        return  # the same again would end Qt's laying out: what lies further down could not be scrolled to
    form.setBottomMargin(below)
    QTextCursor(block).setBlockFormat(form)


def _numbers(page: Page, places: Utf16Map) -> dict[int, int]:
    """Number the paragraphs of the body as `zones.numbered` does: the rest of a very long line has no number."""
    apart: set[int] = set()
    for kind, start, end in page.zones:
        if kind in NOT_NUMBERED and end > start:
            apart.update(range(places.block_at(start), places.block_at(end - 1) + 1))
    numbers: dict[int, int] = {}
    for index in range(len(places.blocks)):
        start, end = places.block_range(index)
        if end > start and index not in apart and not places.continues(index):
            numbers[index] = len(numbers) + 1
    return numbers
