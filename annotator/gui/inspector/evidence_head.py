"""The line of a linked source that opens its card: medium, title, stance, place, quote."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.articles.sources import medium_icon
from annotator.gui.icons import paint_icon
from annotator.gui.inspector.wording import stance_look
from annotator.gui.theme import current_theme, interface_font, sized
from annotator.gui.widgets.keyed_button import token_colour
from annotator.gui.widgets.mirrored import isolated
from annotator.gui.widgets.pressable import PressableButton
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.services.viewing import EvidenceRow

_PAD: Final = 10.0
_ICON: Final = 16.0
_GAP: Final = 10.0
_SMALL_ICON: Final = 13.0


def _title_font() -> QFont:
    font = QFont(interface_font())
    font.setWeight(QFont.Weight.Medium)
    return font


def _small_font(*, bold: bool = False) -> QFont:
    font = sized(interface_font(), 0.92)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


class EvidenceHead(PressableButton):
    """Shows a linked source in two or three lines; checked, its card is open.

    Signals:
        remove_wanted: the person pressed Delete on it.
    """

    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: EvidenceRow | None = None
        self._by = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: EvidenceRow, *, by: str) -> None:
        """Show evidence; `by` names who linked it, "" for the person at work."""
        if (row, by) == (self._row, self._by):
            return
        lines_before = self._lines()
        self._row, self._by = row, by
        source = row.source
        title = source.title or source.url
        parts = (title, stance_look(row.evidence.stance).word, row.evidence.locator, by)
        self.setText(title)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setAccessibleDescription(row.evidence.quote)
        told = (title, source.publisher, source.url if source.url != title else "")
        self.setToolTip(plain_tip(" · ".join(part for part in told if part)))
        if self._lines() != lines_before:
            self.updateGeometry()
        self.update()

    def _lines(self) -> int:
        return 3 if self._row is not None and self._row.evidence.quote else 2

    def sizeHint(self) -> QSize:
        """Return the height of two lines, of three with a quote."""
        small = QFontMetricsF(_small_font()).height()
        height = QFontMetricsF(_title_font()).height() + (self._lines() - 1) * (small + 1) + 14
        return QSize(160, round(height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Delete ask for removal."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the lines."""
        row = self._row
        if row is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(whole, 7, 7)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole, 7, 7)
        content = QRectF(self.rect()).adjusted(_PAD, 7, -_PAD, -7)
        title_height = QFontMetricsF(_title_font()).height()
        icon_top = content.top() + (title_height - _ICON) / 2
        paint_icon(
            painter,
            medium_icon(row.source.medium),
            self._turned(QRectF(content.left(), icon_top, _ICON, _ICON)),
            theme.colour("ink2"),
        )
        chevron = QRectF(content.right() - _SMALL_ICON, icon_top + 1, _SMALL_ICON, _SMALL_ICON)
        paint_icon(
            painter,
            "chevron-up" if self.isChecked() else "chevron-down",
            self._turned(chevron),
            theme.colour("ink3"),
        )
        text = content.adjusted(_ICON + _GAP, 0, 0, 0)
        title = QRectF(text.left(), text.top(), text.width() - _SMALL_ICON - 6, title_height)
        painter.setPen(theme.colour("ink"))
        self._words(painter, title, self.text(), _title_font())
        self._paint_second(painter, QRectF(text.left(), title.bottom() + 1, text.width(), 0), row)
        painter.end()

    def _paint_second(self, painter: QPainter, at: QRectF, row: EvidenceRow) -> None:
        theme = current_theme()
        look = stance_look(row.evidence.stance)
        ink = token_colour(theme, look.token, ground="raised")
        bold = QFontMetricsF(_small_font(bold=True))
        line = QRectF(at.left(), at.top(), at.width(), bold.height())
        icon = QRectF(line.left(), line.center().y() - _SMALL_ICON / 2, _SMALL_ICON, _SMALL_ICON)
        paint_icon(painter, look.icon_name, self._turned(icon), ink)
        painter.setPen(ink)
        word = line.adjusted(_SMALL_ICON + 4, 0, 0, 0)
        self._words(painter, word, look.word, _small_font(bold=True))
        painter.setPen(theme.colour("ink2"))
        rest = word.adjusted(bold.horizontalAdvance(look.word) + 6, 0, 0, 0)
        told = " · ".join(part for part in (row.evidence.locator, self._by) if part)
        if told:
            self._words(painter, rest, f"· {' '.join(told.split())}", _small_font())
        if row.evidence.quote:
            quote = _("“{quote}”").format(quote=" ".join(row.evidence.quote.split()))
            self._words(painter, line.translated(0, line.height() + 1), quote, _small_font())

    def _words(self, painter: QPainter, box: QRectF, words: str, font: QFont) -> None:
        painter.setFont(font)
        side = Qt.AlignmentFlag.AlignRight if self._is_right_to_left() else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, box.width()))
        painter.drawText(self._turned(box), Qt.AlignmentFlag.AlignVCenter | side, isolated(shown))

    def _is_right_to_left(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _turned(self, box: QRectF) -> QRectF:
        """Return the box, mirrored where the interface runs from right to left."""
        if not self._is_right_to_left():
            return box
        return QRectF(self.width() - box.right(), box.top(), box.width(), box.height())
