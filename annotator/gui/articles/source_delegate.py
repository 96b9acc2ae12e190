"""Paints a row of the source list: icon, title, and at the right how often it is linked."""

from typing import Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.icons import paint_icon
from annotator.gui.theme import current_theme, interface_font
from annotator.gui.widgets.mirrored import isolated, turned
from annotator.gui.widgets.row_list import state_of

ICON: Final = Qt.ItemDataRole.UserRole + 1
USES: Final = Qt.ItemDataRole.UserRole + 2
CONFIDENTIAL: Final = Qt.ItemDataRole.UserRole + 3
_SIDE: Final = 14
_HIGH: Final = 26


class SourceDelegate(QStyledItemDelegate):
    """Paints a source; the text shown is data, never markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the height of one line."""
        return QSize(100, max(_HIGH, QFontMetrics(interface_font()).height() + 8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        theme = current_theme()
        box = turned(painter, option.rect, option.rect.adjusted(2, 1, -6, -1))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = state_of(option, index)
        if state.selected or state.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(box), 5, 5)
        if state.focused:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5)
        middle = round(box.center().y() - _SIDE / 2 + 0.5)
        place = turned(painter, box, QRect(box.left() + 4, middle, _SIDE, _SIDE))
        paint_icon(painter, str(index.data(ICON)), QRectF(place), theme.colour("ink2"))
        painter.setFont(interface_font())
        metrics = QFontMetrics(interface_font())
        uses = cast("int", index.data(USES))
        right = f"{uses:n}" if uses else ""
        painter.setPen(theme.colour("ink2"))
        centred = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(turned(painter, box, box.adjusted(0, 0, -4, 0)), Qt.AlignmentFlag.AlignRight | centred, right)
        room = box.adjusted(_SIDE + 12, 0, -metrics.horizontalAdvance(right) - 14, 0)
        if index.data(CONFIDENTIAL):
            place = turned(painter, box, QRect(room.right() - _SIDE, middle, _SIDE, _SIDE))
            paint_icon(painter, "lock", QRectF(place), theme.colour("ink2"))
            room.adjust(0, 0, -_SIDE - 4, 0)
        painter.setPen(theme.colour("ink"))
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(turned(painter, box, room), Qt.AlignmentFlag.AlignLeft | centred, isolated(title))
        painter.restore()
