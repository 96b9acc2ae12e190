"""The changes of the project as rows, the latest first; earlier ones are read when somebody scrolls to them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.dates import local_text
from annotator.gui.theme import current_theme, interface_font, sized
from annotator.services.history import Entry

PAGE: Final = 100
"""Changes that are read at a time."""

Reader = Callable[[int, tuple[int, bytes] | None], list[Entry]]
"""Reads so many changes before a place, first to last."""


class EntryModel(QAbstractListModel):
    """Holds what was read so far."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._read: Reader | None = None
        self._more = False

    def start(self, read: Reader) -> None:
        """Begin anew with what this reads."""
        self.beginResetModel()
        self._read = read
        self._entries = self._page(None)
        self.endResetModel()

    def _page(self, before: tuple[int, bytes] | None) -> list[Entry]:
        page = self._read(PAGE, before) if self._read else []
        self._more = len(page) == PAGE
        return page[::-1]

    def entry(self, row: int) -> Entry | None:
        """Return the change in a row, None for no row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, change_id: str) -> int:
        """Return the row of a change, -1 where it is not among those read."""
        return next((row for row, one in enumerate(self._entries) if one.change_id == change_id), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many were read."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Tell whether there may be earlier ones."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        """Read earlier ones."""
        if not self._entries or parent.isValid():
            return
        page = self._page(self._entries[-1].place)
        if page:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
            self._entries += page
            self.endInsertRows()

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's words; the delegate asks for the entry itself."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            told = f"{entry.what}: {entry.about}" if entry.about else entry.what
            return ", ".join(part for part in (told, entry.author, local_text(entry.at)) if part)
        return entry if role == Qt.ItemDataRole.UserRole else None


class EntryDelegate(QStyledItemDelegate):
    """Paints a change in two lines: what was done, then to what; when and by whom at the right. Data, never markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the height of two lines."""
        return QSize(200, QFontMetrics(_bold()).height() + QFontMetrics(_small()).height() + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        entry = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(entry, Entry):
            return
        theme = current_theme()
        box = option.rect.adjusted(2, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(QRectF(box), 6, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(box), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)
        inside = box.adjusted(10, 5, -10, -5)
        high = QFontMetrics(_bold()).height()
        first, second = inside.adjusted(0, 0, 0, 0), inside.adjusted(0, high + 2, 0, 0)
        first.setHeight(high)
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        meta = " · ".join(part for part in (entry.author, local_text(entry.at)) if part)
        painter.setFont(_small())
        painter.setPen(theme.colour("ink2"))
        painter.drawText(first, trailing, meta)
        room = first.width() - QFontMetrics(_small()).horizontalAdvance(meta) - 12
        painter.setFont(_bold())
        painter.setPen(theme.colour("ink"))
        what = QFontMetrics(_bold()).elidedText(entry.what, Qt.TextElideMode.ElideRight, max(40, room))
        painter.drawText(first, leading, what)
        painter.setFont(_small())
        painter.setPen(theme.colour("ink2"))
        about = QFontMetrics(_small()).elidedText(entry.about, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, leading, about)
        painter.restore()


def _bold() -> QFont:
    font = QFont(interface_font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _small() -> QFont:
    return sized(interface_font(), 0.95)
