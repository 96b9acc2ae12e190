"""How the table of votes is painted: statuses as chips, the question that is chosen as a band, the annotator framed."""

from collections.abc import Iterable
from typing import Final, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui.icons import paint_icon, status_icon_name
from annotator.gui.review.vote_cells import ADJUDICATED, DIFFERS, STATUS
from annotator.gui.theme import current_theme, interface_font
from annotator.gui.widgets.mirrored import is_mirrored, isolated, turned
from annotator.i18n import _
from annotator.model.status import Status

_ICON: Final = 15
_LEFT, _RIGHT = 10, 8
"""Pixels beside what stands in a cell."""


def chip_width(text: str) -> int:
    """Return the width at which a status's chip is whole."""
    return QFontMetrics(_bold()).horizontalAdvance(text) + _ICON + 24


def answer_width(names: Iterable[str]) -> int:
    """Return the width of a cell in which the chip of any of these statuses is whole."""
    return max((chip_width(one) for one in names), default=0) + _LEFT + _RIGHT


def _bold() -> QFont:
    font = QFont(interface_font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


class Chosen(Protocol):
    """What of a table is chosen."""

    def is_asked(self, row: int, column: int) -> bool:
        """Tell whether a cell belongs to the question that is chosen."""
        ...

    def is_person(self, row: int, column: int) -> bool:
        """Tell whether a cell is the answer to it of the annotator who is chosen."""
        ...

    def asks_down(self) -> bool:
        """Tell whether a question is a column."""
        ...

    def hasFocus(self) -> bool:
        """Tell whether the keys are the table's."""
        ...


class VoteDelegate(QStyledItemDelegate):
    """Paints statuses as chips, and the adjudicated answers on a ground of their own."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(parent)
        self._chosen = chosen

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the size at which nothing of a cell is cut."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        metrics = QFontMetrics(_bold())
        width = metrics.horizontalAdvance(text) + _LEFT + _RIGHT
        if index.data(STATUS) is not None:
            width = chip_width(text) + _LEFT + _RIGHT
        elif index.data(DIFFERS) is not None:
            width += _ICON + 8
        return QSize(width + 2, metrics.height() + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType] - stubs lack it
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        asked = self._chosen.is_asked(index.row(), index.column())
        if index.data(ADJUDICATED) or asked:
            painter.fillRect(rect, theme.colour("accent_wash"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        edge = QPen(theme.colour("focus"), 2 if self._chosen.hasFocus() else 1)
        if asked:
            painter.setPen(edge)
            if self._chosen.asks_down():
                painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
                painter.drawLine(rect.right() - 1, rect.top(), rect.right() - 1, rect.bottom())
            else:
                painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
                painter.drawLine(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)
        if self._chosen.is_person(index.row(), index.column()):
            painter.setPen(edge)
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(QRectF(rect).adjusted(3.5, 3.5, -3.5, -3.5), 4, 4)
        status = index.data(STATUS)
        box = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if isinstance(status, Status):
            self._paint_chip(painter, box, status, text)
        else:
            self._paint_text(painter, box, index, text)
        painter.restore()

    @staticmethod
    def _paint_text(painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex, text: str) -> None:
        theme = current_theme()
        if index.column() == 0:
            painter.setFont(_bold())
        else:
            painter.setFont(interface_font())
        if index.data(DIFFERS) is not None:
            if index.data(DIFFERS):
                square = turned(painter, box, QRect(box.left(), box.center().y() - _ICON // 2, _ICON, _ICON))
                paint_icon(painter, "review", QRectF(square), theme.colour("accent"))
            box = turned(painter, box, box.adjusted(_ICON + 8, 0, 0, 0))
        quiet = text in {"–", _("none"), _("not marked"), _("missed"), _("nobody"), _("no status"), _("to decide")}
        painter.setPen(theme.colour("ink2" if quiet else "ink"))
        told = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(told))

    @staticmethod
    def _paint_chip(painter: QPainter, box: QRect, status: Status, text: str) -> None:
        theme = current_theme()
        font = _bold()
        metrics = QFontMetrics(font)
        width = min(box.width(), chip_width(text))
        height = min(box.height() - 6, metrics.height() + 8)
        start = turned(painter, box, QRect(box.left(), box.top(), width, box.height())).left()
        chip = QRectF(start, box.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(QPen(theme.tint(status.token, "border"), 1))
        painter.setBrush(theme.tint(status.token, "chip"))
        painter.drawRoundedRect(chip, height / 2, height / 2)
        ink = theme.status_text(status.token, "active", ground="raised")
        left = chip.right() - 7 - _ICON if is_mirrored(painter) else chip.left() + 7
        square = QRectF(left, chip.center().y() - _ICON / 2, _ICON, _ICON)
        paint_icon(painter, status_icon_name(status.icon), square, ink)
        painter.setFont(font)
        painter.setPen(ink)
        room = chip.adjusted(8, 0, -_ICON - 12, 0) if is_mirrored(painter) else chip.adjusted(_ICON + 12, 0, -8, 0)
        told = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(told))
