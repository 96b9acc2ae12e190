"""The overview track: the whole article as a narrow strip with a tick for every mark.

Places go by share of code points: rectangles of what was never laid out would be wrong, or dear to get.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.article_view.page import Mark
from annotator.gui.theme import Theme
from annotator.i18n import _

WIDTH: Final = 24
_TRACK: Final = 9.0
_TICK: Final = 3
_TICKS: Final = _TRACK - 2
_INSET: Final = 8


class OverviewTrack(QWidget):
    """Shows where in the article the marks are and which part of it is in view.

    Signals:
        jumped: the person pressed or dragged on the track (share of the text, 0.0 to 1.0).
        tick_clicked: the person pressed on a mark's tick (mark id).
        wheel_turned: a wheel event that belongs to the text beside it.
    """

    jumped = Signal(float)
    tick_clicked = Signal(str)
    wheel_turned = Signal(QWheelEvent)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tokens: Mapping[str, str] = {}
        self._length = 1
        self._marks: dict[str, Mark] = {}
        self._later: Sequence[tuple[int, str]] = ()
        self._rows: dict[int, dict[str, int]] = {}
        self._picture: QPixmap | None = None
        self._row_count = 0
        self._active = ""
        self._shown = (0.0, 0.0)
        self.setAccessibleName(_("Overview of the marks"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the narrow width; the height is the view's."""
        return QSize(WIDTH, 200)

    def set_theme(self, theme: Theme) -> None:
        """Show the colours of another theme."""
        self._theme = theme
        self._picture = None
        self.update()

    def show_marks(
        self,
        marks: Sequence[Mark],
        length: int,
        tokens: Mapping[str, str],
        later: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Show all marks of a text of `length` code points; `tokens` gives the colour token of a status.

        `later` tells where those begin that `add` will bring, and their status: their ticks are shown at once.
        """
        self._tokens = tokens
        self._length = max(1, length)
        self._marks = {mark.id: mark for mark in marks if mark.spans}
        self._later = later
        self._active = ""
        self._count()
        self.update()

    def add(self, marks: Sequence[Mark]) -> None:
        """Know the next of the later marks, whose ticks are shown already."""
        self._later = self._later[len(marks) :]
        self._marks.update({mark.id: mark for mark in marks if mark.spans})

    def change(self, changed: tuple[Mark, ...], removed: tuple[str, ...]) -> None:
        """Show changed marks and forget removed ones, repainting only their rows."""
        for mark_id in (*removed, *(mark.id for mark in changed)):
            old = self._marks.pop(mark_id, None)
            if old is not None:
                self._add(old, -1)
        for mark in changed:
            if mark.spans:
                self._marks[mark.id] = mark
                self._add(mark, 1)

    def set_active(self, mark_id: str) -> None:
        """Show one mark's tick larger; "" for none."""
        if mark_id != self._active:
            before, self._active = self._marks.get(self._active), mark_id
            for mark in (before, self._marks.get(mark_id)):
                if mark is not None:
                    self._update_row(self.row_of(mark))

    def set_shown(self, first: float, last: float) -> None:
        """Show which part of the text is in view, as shares of it."""
        if (first, last) != self._shown:
            self._shown = (first, last)
            self.update()

    def _count(self) -> None:
        """Count the marks of each row and status; written for 10,000 of them."""
        rows = self._row_count = max(1, self.height() - 2 * _INSET)
        length = self._length
        known = [(mark.spans[0][0], _status(mark)) for mark in self._marks.values()]
        counted = Counter([(start * rows // length, status) for of in (known, self._later) for start, status in of])
        self._rows = {}
        for (row, status), count in counted.items():
            self._rows.setdefault(row, {})[status] = count
        self._picture = None

    def _add(self, mark: Mark, by: int) -> None:
        row, status = self.row_of(mark), _status(mark)
        counts = self._rows.setdefault(row, {})
        counts[status] = counts.get(status, 0) + by
        if self._picture is not None:
            painter = QPainter(self._picture)
            top = max(0, row - _TICK)
            self._paint_rows(painter, range(top, row + _TICK + 1))
            painter.end()
        self._update_row(row)

    def _update_row(self, row: int) -> None:
        """Repaint a tick, the larger one of the active mark included."""
        self.update(0, row + _INSET - _TICK - 1, WIDTH, 3 * _TICK + 2)

    def row_of(self, mark: Mark) -> int:
        """Return how many pixels below the track's beginning a mark's tick stands."""
        return min(self._row_count - 1, mark.spans[0][0] * self._row_count // self._length)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count the marks of each row anew."""
        super().resizeEvent(event)
        self._count()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track, the part in view, and the ticks."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left = (WIDTH - _TRACK) / 2
        track = QRectF(left, _INSET - 4, _TRACK, self.height() - 2 * _INSET + 8)
        painter.setBrush(self._theme.colour("well"))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        top, bottom = (_INSET + share * self._row_count for share in self._shown)
        painter.setBrush(_faint(self._theme.colour("ink3")))
        painter.drawRoundedRect(QRectF(left, top - 4, _TRACK, max(14.0, bottom - top) + 4), _TRACK / 2, _TRACK / 2)
        painter.drawPixmap(QPointF(left + 1, _INSET), self._ticks())
        if self._active in self._marks:
            mark = self._marks[self._active]
            box = QRectF(left + 1, _INSET + self.row_of(mark) - 3, _TICKS, 7)
            painter.fillRect(box, self._colour(_status(mark)))
        painter.end()

    def _ticks(self) -> QPixmap:
        """Return the picture of all ticks; at 10,000 marks drawing them anew would cost each scrolled page 10 ms."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(round(_TICKS * ratio), round((self._row_count + _TICK) * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            self._paint_rows(painter, range(self._row_count))
            painter.end()
        return self._picture

    def _paint_rows(self, painter: QPainter, rows: range) -> None:
        colours: dict[str, QColor] = {}
        if len(rows) < self._row_count:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(QRectF(0, rows.start, _TICKS, len(rows)), Qt.GlobalColor.transparent)
            painter.setClipRect(QRectF(0, rows.start, _TICKS, len(rows)))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for row in range(rows.start - _TICK, rows.stop):
            statuses = sorted(status for status, count in self._rows.get(row, {}).items() if count > 0)
            for i, status in enumerate(statuses):
                colour = colours.get(status) or colours.setdefault(status, self._colour(status))
                width = _TICKS / len(statuses)
                painter.fillRect(QRectF(i * width, row, width, _TICK), colour)

    def _colour(self, status: str) -> QColor:
        token = self._tokens.get(status)
        return self._theme.status_colour(token) if token is not None else self._theme.colour("suggestion")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark whose tick is pressed, or jump to the place pressed."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        row = round(event.position().y()) - _INSET
        near = min(self._marks.values(), key=lambda mark: abs(self.row_of(mark) - row), default=None)
        if near is not None and abs(self.row_of(near) - row) <= _TICK:
            self.tick_clicked.emit(near.id)
        else:
            self._jump(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the end of what was pressed here."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._jump(event)

    def _jump(self, event: QMouseEvent) -> None:
        share = (event.position().y() - _INSET) / self._row_count
        self.jumped.emit(max(0.0, min(1.0, share)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Hand the wheel to the text."""
        self.wheel_turned.emit(event)


def _status(mark: Mark) -> str:
    return "" if mark.suggested else mark.status


def _faint(colour: QColor) -> QColor:
    colour.setAlphaF(0.12)
    return colour
