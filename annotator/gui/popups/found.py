"""The rows of a type-to-find popup: what was found, what can be made, and how they are painted."""

from dataclasses import dataclass
from typing import Final, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.icons import paint_icon
from annotator.gui.theme import Theme, current_theme, interface_font, sized
from annotator.gui.widgets.keycap import keycap_height, keycap_width, paint_keycap

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole

_PAD: Final = 12
_ICON: Final = 17
_GAP: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One row: `kind` says what choosing it does, `key` which; `hits` are half-open code point ranges of the title.

    A row with a `shortcut` offers to make something and is one line high, any other has a second line.
    """

    kind: str
    key: str
    title: str
    meta: str = ""
    right: str = ""
    icon_name: str = "source"
    hits: tuple[tuple[int, int], ...] = ()
    shortcut: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.title, self.meta, self.right, self.shortcut) if part)


class FoundModel(QAbstractListModel):
    """A list of `Found` rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Found, ...] = ()

    @property
    def rows(self) -> tuple[Found, ...]:
        """The rows, best first."""
        return self._rows

    def show_rows(self, rows: tuple[Found, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row by role."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


def _title_font(*, offer: bool = False) -> QFont:
    font = sized(interface_font(), 1.0 if offer else 1.05)
    font.setWeight(QFont.Weight.Medium if offer else QFont.Weight.DemiBold)
    return font


def _small_font() -> QFont:
    return sized(interface_font(), 0.95)


class FoundDelegate(QStyledItemDelegate):
    """Paints a row; texts are data, never markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's own signature
        """Return the height of two lines, of one for an offer."""
        row = cast("Found", index.data(ROW))
        if row.shortcut:
            return QSize(200, max(30, QFontMetrics(_title_font(offer=True)).height() + 12))
        return QSize(200, QFontMetrics(_title_font()).height() + QFontMetrics(_small_font()).height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        row = cast("Found", index.data(ROW))
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        _paint_ground(painter, option, theme, chosen=chosen)
        whole = QRectF(option.rect).adjusted(_PAD, 0, -_PAD, 0)
        turned = option.direction == Qt.LayoutDirection.RightToLeft

        def placed(left: float, width: float) -> QRectF:
            x = whole.right() - left - width if turned else whole.left() + left
            return QRectF(x, whole.top(), width, whole.height())

        ink = theme.colour("accent" if row.shortcut or chosen else "ink2")
        paint_icon(painter, row.icon_name, _square(placed(0, _ICON)), ink)
        tail = _paint_tail(painter, row, whole, theme, turned=turned)
        room = max(0.0, whole.width() - _ICON - _GAP - tail)
        text = placed(_ICON + _GAP, room)
        _paint_text(painter, row, text, theme)
        painter.restore()


def _square(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.center().y() - _ICON / 2, _ICON, _ICON)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme, *, chosen: bool) -> None:
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if not chosen and not hovered:
        return
    box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(theme.colour("accent_wash" if chosen else "hover"))
    # In high contrast the wash is too close to the ground to say which row is chosen.
    painter.setPen(QPen(theme.colour("accent"), 1) if chosen and theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, 7, 7)


def _paint_tail(painter: QPainter, row: Found, whole: QRectF, theme: Theme, *, turned: bool) -> float:
    """Draw what stands at the end of the row; return how much room it takes."""
    if row.shortcut:
        width = keycap_width(row.shortcut)
        left = whole.left() if turned else whole.right() - width
        cap = QRectF(left, whole.center().y() - keycap_height() / 2, width, keycap_height())
        paint_keycap(painter, cap, row.shortcut, ink=theme.colour("ink2"), ground=theme.colour("well"))
        return width + _GAP
    if not row.right:
        return 0.0
    width = QFontMetricsF(_small_font()).horizontalAdvance(row.right)
    painter.setFont(_small_font())
    painter.setPen(theme.colour("ink2"))
    side = Qt.AlignmentFlag.AlignLeft if turned else Qt.AlignmentFlag.AlignRight
    painter.drawText(whole, Qt.AlignmentFlag.AlignVCenter | side, row.right)
    return width + _GAP


def _paint_text(painter: QPainter, row: Found, text: QRectF, theme: Theme) -> None:
    font = _title_font(offer=bool(row.shortcut))
    height = QFontMetricsF(font).height()
    if row.shortcut or not row.meta:
        text = QRectF(text.left(), text.center().y() - height / 2, text.width(), height)
    else:
        text = text.adjusted(0, 7, 0, -7)
    painter.setPen(theme.colour("ink"))
    _paint_title(painter, row, text, font, theme)
    if row.meta and not row.shortcut:
        painter.setFont(_small_font())
        painter.setPen(theme.colour("ink2"))
        meta = QFontMetricsF(_small_font()).elidedText(row.meta, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom, meta)


def _paint_title(painter: QPainter, row: Found, box: QRectF, font: QFont, theme: Theme) -> None:
    """Draw the title with the matched letters underlined; the layout knows where they stand in any script."""
    title = " ".join(row.title.split()) if not row.hits else row.title.replace("\n", " ")
    shown = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(shown, font)
    option = layout.textOption()
    option.setWrapMode(option.WrapMode.NoWrap)
    layout.setTextOption(option)
    formats: list[QTextLayout.FormatRange] = []
    for start, end in row.hits:
        if start < len(shown):
            one = QTextLayout.FormatRange()
            one.start = _units(title[:start])
            one.length = _units(title[start : min(end, len(shown))])
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(theme.colour("accent"))
            one.format = look
            formats.append(one)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(box.width())
    layout.endLayout()
    layout.draw(painter, QPointF(box.left(), box.top()))


def _units(text: str) -> int:
    """Return the length of a text in UTF-16, which is what Qt counts in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
