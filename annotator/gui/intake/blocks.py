"""The preview of an article of plain text: its blocks as they will be stored, each with what it was taken for."""

from dataclasses import dataclass
from typing import Final, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui.theme import Theme, current_theme, interface_font, reading_font, sized
from annotator.i18n import _, ngettext
from annotator.intake.plain_text import Reading
from annotator.model.zones import ZoneKind

Index = QModelIndex | QPersistentModelIndex

MOST_BLOCKS: Final = 400
MOST_CHARACTERS: Final = 3000
"""A preview shows so many blocks, and so much of a block; what is left out is said."""

_BLOCK: Final = Qt.ItemDataRole.UserRole
_SIDE: Final = 22
_GAP: Final = 5
_KIND: Final = 132


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the preview; kind "" is a remark of the preview itself."""

    kind: ZoneKind | str
    text: str


def kind_word(kind: str) -> str:
    """Return what a block was taken for; "" for the body, which needs no word."""
    words = {
        "headline": _("headline"),
        "standfirst": _("standfirst"),
        "byline": _("byline"),
        "dateline": _("dateline"),
        "caption": _("caption"),
        "correction_note": _("correction note"),
        "boilerplate": _("boilerplate"),
    }
    return words.get(kind, "")


def blocks_of(reading: Reading) -> list[Block]:
    """Return the blocks to show, at most `MOST_BLOCKS` and one that says how many there are beyond."""
    shown = [Block(zone.kind, _shortened(reading.text[zone.start : zone.end])) for zone in reading.zones[:MOST_BLOCKS]]
    more = len(reading.zones) - len(shown)
    if more:
        shown.append(Block("", ngettext("… and {n} more block", "… and {n} more blocks", more)))
    return shown


def _shortened(text: str) -> str:
    more = len(text) - MOST_CHARACTERS
    if more <= 0:
        return text
    return text[:MOST_CHARACTERS] + " " + ngettext("… {n} more character", "… {n} more characters", more)


class BlockModel(QAbstractListModel):
    """The blocks of one article."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blocks: list[Block] = []

    def show_blocks(self, blocks: list[Block]) -> None:
        """Show these blocks."""
        self.beginResetModel()
        self._blocks = blocks
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of blocks."""
        return 0 if parent.isValid() else len(self._blocks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a block's text, the block itself, or what a screen reader says."""
        if not 0 <= index.row() < len(self._blocks):
            return None
        block = self._blocks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return block.text
        if role == _BLOCK:
            return block
        if role == Qt.ItemDataRole.AccessibleTextRole:
            word = kind_word(block.kind)
            return f"{word}: {block.text}" if word else block.text
        return None


@dataclass(frozen=True, slots=True)
class _Look:
    font: QFont
    ink: QColor
    above: int


def _look(kind: str, theme: Theme) -> _Look:
    """Return how a block of this kind is set."""
    if kind == "headline":
        font = reading_font(factor=1.55)
        font.setWeight(QFont.Weight.Bold)
        return _Look(font, theme.colour("ink"), 8)
    if kind == "boilerplate":
        font = sized(interface_font(), 0.95)
        font.setStrikeOut(True)
        return _Look(font, theme.colour("ink2"), 3)
    if kind in {"body", "standfirst"}:
        return _Look(reading_font(factor=1.2), theme.colour("ink" if kind == "body" else "ink2"), 6)
    return _Look(reading_font(factor=1.08) if kind else interface_font(), theme.colour("ink2"), 5)


class BlockDelegate(QStyledItemDelegate):
    """Sets each block in the manner of its kind, with the kind's word at the right; text is data, never markup."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, str, int], int] = {}

    def forget(self) -> None:
        """Measure again: the letters or the blocks are others now."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped text."""
        del option
        block = cast("Block", index.data(_BLOCK))
        width = self._view.viewport().width()
        key = (block.kind, block.text, width)
        if key not in self._heights:
            look = _look(block.kind, current_theme())
            self._heights[key] = round(_laid_out(block.text, look.font, width - 2 * _SIDE - _KIND)[1])
        return QSize(width, self._heights[key] + 2 * _GAP + _look(block.kind, current_theme()).above)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the block."""
        theme = current_theme()
        block = cast("Block", index.data(_BLOCK))
        look = _look(block.kind, theme)
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - stubs lack the field
        state = option.state  # pyright: ignore[reportAttributeAccessIssue] - as above
        inner = area.adjusted(_SIDE, look.above + _GAP, -_SIDE, -_GAP)
        painter.save()
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(area.adjusted(8, look.above // 2 + 1, -8, -1), 6, 6)
        layout, _height = _laid_out(block.text, look.font, inner.width() - _KIND)
        painter.setPen(look.ink)
        layout.draw(painter, inner.topLeft())
        self._paint_kind(painter, inner, block, look, theme)
        painter.restore()

    @staticmethod
    def _paint_kind(painter: QPainter, inner: QRect, block: Block, look: _Look, theme: Theme) -> None:
        font = sized(interface_font(), 0.9)
        metrics = QFontMetrics(font)
        first = QFontMetrics(look.font)
        painter.setFont(font)
        painter.setPen(theme.colour("warning" if block.kind == "correction_note" else "ink2"))
        top = inner.top() + first.ascent() - metrics.ascent()
        word = metrics.elidedText(kind_word(block.kind), Qt.TextElideMode.ElideRight, _KIND - 12)
        painter.drawText(QRect(inner.right() - _KIND, top, _KIND, metrics.height()), Qt.AlignmentFlag.AlignRight, word)


class BlockView(QListView):
    """Shows the blocks of an article; arrows go from block to block."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks = BlockModel(self)
        self._delegate = BlockDelegate(self)
        self.setModel(self._blocks)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Text as it will be stored, block by block"))
        self.setProperty("ground", "paper")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would change the width that the heights are measured by.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_reading(self, reading: Reading) -> None:
        """Show an article from its beginning."""
        self._delegate.forget()
        self._blocks.show_blocks(blocks_of(reading))
        self.scrollToTop()
        self.setCurrentIndex(self._blocks.index(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with other letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()


def _laid_out(text: str, font: QFont, width: int) -> tuple[QTextLayout, float]:
    """Return the text broken into lines of that width, and its height."""
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, height))
        height += line.height() * 1.18
    layout.endLayout()
    return layout, height
