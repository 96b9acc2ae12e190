"""The history of the active claim: a line for each change, its newest in sight."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui.dates import local_text
from annotator.gui.icons import paint_icon, status_icon_name
from annotator.gui.inspector.wording import initials
from annotator.gui.theme import current_theme, interface_font, sized, until_the_font_changes
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _, ngettext
from annotator.model.status import Status
from annotator.services.viewing import HistoryRow

_ICON: Final = 15.0
_GAP: Final = 8.0
_FIRST: Final = 8
"""So many lines are shown until the person asks for all."""


@until_the_font_changes
def _font(*, bold: bool = False) -> tuple[QFont, QFontMetricsF]:
    font = sized(interface_font(), 0.95)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font, QFontMetricsF(font)


class HistoryLine(QLabel):
    """One change: the glyph of a status or a dot, what was done, when and by whom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: HistoryRow | None = None
        self._status: Status | None = None
        self._words = ""
        self._meta = ""
        self._ends = (True, True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: HistoryRow, status: Status | None, *, first: bool, last: bool) -> None:
        """Show a line of history; `status` is what the claim was assessed as, None for any other change."""
        if (row, status, (first, last)) == (self._row, self._status, self._ends):
            return
        self._row, self._status, self._ends = row, status, (first, last)
        self._words = _(status.name) if status else row.status or row.title
        when = local_text(row.at)
        self._meta = " · ".join(part for part in (when, initials(row.annotator)) if part)
        told = ", ".join(part for part in (row.title, when, row.annotator) if part)
        self.setText(told)
        self.setAccessibleName(told)
        self.setToolTip(plain_tip(told))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(120, round(max(_ICON, _font()[1].height())) + 6)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the words are cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the line and its part of the thread that joins the glyphs."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        glyph = QRectF(0, (self.height() - _ICON) / 2, _ICON, _ICON)
        if right_to_left:
            glyph.moveRight(self.width())
        middle = glyph.center().x()
        painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DotLine))
        if not self._ends[0]:
            painter.drawLine(QPointF(middle, 0), QPointF(middle, glyph.top()))
        if not self._ends[1]:
            painter.drawLine(QPointF(middle, glyph.bottom()), QPointF(middle, self.height()))
        if self._status:
            ink = theme.status_colour(self._status.token)
            paint_icon(painter, status_icon_name(self._status.icon), glyph, ink)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ink3"))
            painter.drawEllipse(glyph.center(), 3, 3)
        self._paint_words(painter, right_to_left=right_to_left)
        painter.end()

    def _paint_words(self, painter: QPainter, *, right_to_left: bool) -> None:
        theme = current_theme()
        room = self.width() - _ICON - _GAP
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        box = QRectF(_ICON + _GAP, 0, room, self.height())
        if right_to_left:
            start, end = end, start
            box.moveLeft(0)
        plain, measured = _font()
        meta_width = measured.horizontalAdvance(self._meta)
        bold, metrics = _font(bold=self._status is not None)
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(0.0, room - meta_width - _GAP))
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | start, words)
        painter.setFont(plain)
        painter.setPen(theme.colour("ink2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | end, self._meta)


class HistorySection(QWidget):
    """Header and lines; earlier lines come when they are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[HistoryLine] = []
        self._rows: Sequence[HistoryRow] = ()
        self._statuses: Mapping[str, Status] = {}
        self._about = ""
        self._all = False
        self.header = SectionHeader(_("History"))
        self.more = KeyedButton("", icon_name="history", colour="accent")
        self.more.clicked.connect(self._on_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def lines(self) -> tuple[HistoryLine, ...]:
        """Return the lines on show, first to last."""
        return tuple(line for line in self._lines if not line.isHidden())

    def show_rows(self, about: str, rows: Sequence[HistoryRow], statuses: Mapping[str, Status]) -> None:
        """Show the history of a mention (by id), first to last."""
        if about != self._about:
            self._all = False
        self._about, self._rows, self._statuses = about, rows, statuses
        self._show()

    def _on_more(self) -> None:
        self._all = True
        self._show()
        self.more.hide()

    def _show(self) -> None:
        hidden = 0 if self._all else max(0, len(self._rows) - _FIRST)
        shown = self._rows[hidden:]
        while len(self._lines) < len(shown):
            line = HistoryLine(self)
            self._lines.append(line)
            self._column.addWidget(line)
        for place, (line, row) in enumerate(zip(self._lines, shown, strict=False)):
            status = self._statuses.get(row.status)
            line.show_row(row, status, first=place == 0 and not hidden, last=place == len(shown) - 1)
            line.show()
        for line in self._lines[len(shown) :]:
            line.hide()
        if hidden:
            words = ngettext("{n} earlier change", "{n} earlier changes", hidden)
            self.more.setText(words)
            self.more.setAccessibleName(words)
            self.more.updateGeometry()
        self.more.setVisible(bool(hidden))
