"""Paints a row of the article list: outlet and date, two lines of title, the bar of statuses."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.articles.model import COUNTS, ROW, STATUSES, claims_text, title_of
from annotator.gui.dates import day_text
from annotator.gui.theme import Theme, current_theme, interface_font, sized
from annotator.gui.widgets.mirrored import is_mirrored, isolated, turned
from annotator.gui.widgets.row_list import RowState, state_of
from annotator.gui.widgets.status_bar_strip import paint_share_bar
from annotator.store.reading import VersionRow

if TYPE_CHECKING:
    from annotator.model.status import Status

_PAD: Final = 14
_GAP: Final = 5
_TITLE_LINES: Final = 2
_BAR: Final = 5
_MARGIN: Final = 4
_SMALL: Final = 0.88


def _small() -> QFont:
    return sized(interface_font(), _SMALL)


def _title() -> QFont:
    font = QFont(interface_font())
    font.setWeight(QFont.Weight.Medium)
    return font


class ArticleDelegate(QStyledItemDelegate):
    """Paints an article as a card; the text shown is data, never markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the height of a card with two lines of title."""
        small, title = QFontMetrics(_small()).height(), QFontMetrics(_title()).lineSpacing()
        return QSize(120, 2 * _PAD + small + _GAP + _TITLE_LINES * title + _GAP + max(small, _BAR) + 2 * _MARGIN)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the card."""
        theme = current_theme()
        card = option.rect.adjusted(10, _MARGIN // 2, -10, -_MARGIN // 2)  # pyright: ignore[reportAttributeAccessIssue] - stubs lack the field
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, card, state_of(option, index), theme)
        row = cast("VersionRow", index.data(ROW))
        statuses = cast("tuple[Status, ...]", index.data(STATUSES))
        inner = card.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD + 2)
        top = self._head(painter, inner, row, theme)
        top = self._title_lines(painter, inner, top + _GAP, title_of(row), theme)
        counts = cast("dict[str, int]", index.data(COUNTS))
        small = QFontMetrics(_small())
        told = claims_text(sum(counts.values()))
        width = small.horizontalAdvance(told)
        line = QRect(inner.left(), top + _GAP, inner.width(), small.height())
        painter.setFont(_small())
        painter.setPen(theme.colour("ink2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, isolated(told))
        bar = QRectF(turned(painter, line, line.adjusted(0, 0, -width - 12, 0)))
        bar = QRectF(bar.left(), line.center().y() - _BAR / 2 + 1, bar.width(), _BAR)
        paint_share_bar(painter, bar, counts, statuses, theme, right_to_left=is_mirrored(painter))
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, card: QRect, state: RowState, theme: Theme) -> None:
        box = QRectF(card).adjusted(1, 1, -1, -1)
        if state.selected:
            painter.setPen(QPen(theme.colour("focus" if state.focused else "edge"), 2 if state.focused else 1))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(box, 8, 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            edge = turned(painter, card, QRect(card.left() - 1, card.top() + 12, 3, card.height() - 24))
            painter.drawRoundedRect(QRectF(edge), 1.5, 1.5)
        elif state.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(box, 8, 8)

    @staticmethod
    def _head(painter: QPainter, inner: QRect, row: VersionRow, theme: Theme) -> int:
        """Draw outlet and date; return where the line ends."""
        metrics = QFontMetrics(_small())
        line = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        day = day_text(row.article.published, row.article.published_precision, short=True)
        painter.setFont(_small())
        painter.setPen(theme.colour("ink2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, isolated(day))
        room = line.width() - metrics.horizontalAdvance(day) - 10
        outlet = row.article.publisher or row.article.came_from
        outlet = metrics.elidedText(outlet, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, isolated(outlet))
        return line.bottom()

    @staticmethod
    def _title_lines(painter: QPainter, inner: QRect, top: int, title: str, theme: Theme) -> int:
        """Draw up to two lines of the title, the last one elided; return where two lines end."""
        font = _title()
        metrics = QFontMetrics(font)
        layout = QTextLayout(title, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        for number in range(_TITLE_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(inner.width())
            start = line.textStart()
            words = title.encode("utf-16-le")[2 * start : 2 * (start + line.textLength())].decode("utf-16-le", "ignore")
            if number == _TITLE_LINES - 1:
                rest = title.encode("utf-16-le")[2 * start :].decode("utf-16-le", "ignore")
                words = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, inner.width())
            box = QRect(inner.left(), top + number * metrics.lineSpacing(), inner.width(), metrics.lineSpacing())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(words.strip()))
        layout.endLayout()
        return top + _TITLE_LINES * metrics.lineSpacing()
