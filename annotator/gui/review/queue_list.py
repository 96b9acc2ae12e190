"""The queue as a list: what each cluster's annotators differ about, its words, and what is decided."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.icons import paint_icon
from annotator.gui.review.wording import kind_icon, kind_name
from annotator.gui.theme import current_theme, interface_font, reading_font, sized, until_the_font_changes
from annotator.gui.widgets.mirrored import is_mirrored, isolated
from annotator.gui.widgets.row_list import state_of
from annotator.i18n import _
from annotator.services.reviewing import Item

Index = QModelIndex | QPersistentModelIndex

ITEM: Final = Qt.ItemDataRole.UserRole
_PAD: Final = 9
_ICON: Final = 15
_NOWHERE: Final = QModelIndex()


class QueueModel(QAbstractTableModel):
    """One column of clusters; role ITEM is the cluster, the display role what a screen reader says."""

    def __init__(self, words_of: Callable[[Item], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words_of = words_of
        self.items: Sequence[Item] = ()
        self._called: Callable[[Item], dict[str, str]] = lambda _item: {}

    def show_items(self, items: Sequence[Item], called: Callable[[Item], dict[str, str]]) -> None:
        """List these; `called` says what the readers of a cluster's text are called, by id."""
        self.beginResetModel()
        self.items, self._called = items, called
        self.endResetModel()

    def kind_of(self, item: Item) -> str:
        """Return what a cluster's annotators differ about."""
        return kind_name(item, self._called)

    def place_of(self, mention_ids: Sequence[str]) -> int:
        """Return the row of the cluster that has one of these marks, -1 for none."""
        wanted = set(mention_ids)
        found = (place for place, item in enumerate(self.items) if not wanted.isdisjoint(item.mention_ids))
        return next(found, -1)

    def words(self, item: Item) -> str:
        """Return a cluster's words, on one line."""
        return " ".join(self._words_of(item).split())

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return one."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cluster, or what is said of it."""
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{self.kind_of(item)}, {state_name(item)}: {self.words(item)}"
        return None


def state_name(item: Item) -> str:
    """Return how a cluster stands, in a word."""
    if item.state == "changed":
        return _("changed since")
    if item.state == "decided":
        return _("rejected") if item.rejected else _("decided")
    return _("to decide")


@until_the_font_changes
def _fonts() -> tuple[QFont, QFont, QFont]:
    kind, small = sized(interface_font(), 0.94), sized(interface_font(), 0.88)
    kind.setWeight(QFont.Weight.DemiBold)
    return kind, small, reading_font(factor=1.08)


class QueueDelegate(QStyledItemDelegate):
    """Paints a cluster: an icon and what they differ about, how it stands, and its words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the height of two lines."""
        kind, _small, reading = _fonts()
        return QSize(160, QFontMetrics(kind).height() + QFontMetrics(reading).height() + 2 * _PAD + 3)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row; the words are data, never markup."""
        model = index.model()
        if not isinstance(model, QueueModel) or index.row() >= len(model.items):
            return
        item, theme, state = model.items[index.row()], current_theme(), state_of(option, index)
        rect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - stubs lack the field
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect.adjusted(8, 1, -8, -1)
        if state.selected:
            painter.setPen(QPen(theme.colour("accent"), 2 if state.focused else 1))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 7, 7)
        elif state.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(box), 7, 7)
        kind, small, reading = _fonts()
        inner = box.adjusted(_PAD, _PAD - 1, -_PAD, -_PAD + 1)
        mirrored = is_mirrored(painter)
        icon_left = inner.right() - _ICON if mirrored else inner.left()
        top = QFontMetrics(kind).height()
        decided = item.state == "decided"
        icon = ("close" if item.rejected else "check") if decided else kind_icon(item.difference.kind)
        if item.state == "changed":
            icon = "warning"
        token = "warning" if item.state == "changed" else "ink3" if decided else "ink2"
        square = QRectF(icon_left, inner.top() + (top - _ICON) / 2, _ICON, _ICON)
        paint_icon(painter, icon, square, theme.colour(token))
        text = inner.adjusted(0, 0, -_ICON - 8, 0) if mirrored else inner.adjusted(_ICON + 8, 0, 0, 0)
        line = QRect(text.left(), text.top(), text.width(), top)
        told = "" if item.state == "pending" else state_name(item)
        painter.setFont(small)
        painter.setPen(theme.colour("warning" if item.state == "changed" else "ink3"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, isolated(told))
        room = line.width() - QFontMetrics(small).horizontalAdvance(told) - 10
        painter.setFont(kind)
        painter.setPen(theme.colour("ink2" if decided else "ink"))
        name = QFontMetrics(kind).elidedText(model.kind_of(item), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(name))
        painter.setFont(reading)
        painter.setPen(theme.colour("ink2"))
        metrics = QFontMetrics(reading)
        words = metrics.elidedText(model.words(item), Qt.TextElideMode.ElideRight, text.width())
        below = QRect(text.left(), text.bottom() - metrics.height() + 1, text.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(words))
        painter.restore()
