"""The words of a cluster with every annotator's marks as lanes under the same lines, and two sentences around them."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.article_view.drifting import Drift
from annotator.gui.review.grips import Grips
from annotator.gui.review.lane_painting import paint_boundaries, paint_lane
from annotator.gui.review.lane_text import LaneText, Shown
from annotator.gui.theme import current_theme
from annotator.model.selection import snap
from annotator.model.status import Status


class LanesView(LaneText):
    """Paints the lanes: a status is told by the line's kind and colour. What it comes to has handles to drag.

    Attributes:
        movable: whether the boundaries of the outcome may be dragged.

    Signals:
        reshaped: the person dragged a boundary (place of the mark in the outcome, its spans as they are to be).
        zoom_wanted: the wheel was turned with Ctrl (1 larger, -1 smaller).
    """

    reshaped = Signal(int, tuple)
    zoom_wanted = Signal(int)

    def __init__(self, styles: Mapping[str, Status], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._styles = styles
        self.movable = False
        self._let_go = False  # on Escape, with the mouse still down: nothing is selected from there
        self.grips = Grips(self)
        self.drift = Drift(self, self._drag)
        self.viewport().setMouseTracking(True)

    def set_styles(self, styles: Mapping[str, Status]) -> None:
        """Draw the statuses of another scheme."""
        self._styles = styles
        self.viewport().update()

    def show_lanes(self, shown: Shown) -> None:
        """Show other words or other lanes; a boundary that is in the hand is let fall."""
        if self.grips.cancel():
            self.drift.stop()
        super().show_lanes(shown)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is decided under the letters, and the lanes under the lines."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QBrush(current_theme().colour("paper")))
        for spans, (_before, key) in zip(self.grips.spans(), self.shown.outcome, strict=True):
            paint_boundaries(painter, self.everywhere(spans), self._styles.get(key), proposed=self.shown.proposed)
        for spans, key in self.shown.missed:
            paint_boundaries(painter, self.everywhere(spans), self._styles.get(key), proposed=False)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, lane in enumerate(self.shown.lanes):
            marks = [(self.everywhere(spans), self._styles.get(key)) for spans, key in lane.marks]
            paint_lane(
                painter, lane.label, marks, depth=self.lane_depth(number), gap=self.lane_gap, right=self.left - 12
            )
        self.grips.paint(painter)
        painter.end()

    # Mouse and keys

    def event(self, event: QEvent) -> bool:
        """Keep Escape while a boundary is dragged: it puts it back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = event.key() == Qt.Key.Key_Escape and self.grips.is_dragging
            event.setAccepted(mine)
            if mine:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back on Escape what is dragged."""
        if event.key() == Qt.Key.Key_Escape and self.grips.cancel():
            self.drift.stop()
            self._let_go = True
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, or begin a selection, also inside the one there is: text is not dragged."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self.grips.press(event.position()):
            self._reach(event.position(), keep=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the boundary that is held, or select."""
        if not event.buttons():
            self.grips.hover(event.position())
        elif event.buttons() & Qt.MouseButton.LeftButton and not self._let_go:
            self.drift.follow(event)

    def _drag(self, event: QMouseEvent) -> None:
        """Take what is held to a point of the viewport."""
        if self.grips.is_dragging:
            self.grips.drag(event.position(), exact=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        else:
            self._reach(event.position(), keep=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of a boundary."""
        self.drift.stop()
        self._let_go = False
        self.grips.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word there."""
        if event.button() == Qt.MouseButton.LeftButton and not self.grips.press(event.position()):
            place = self.place_near(event.position())
            start, end = snap(self.shown.text, place, min(place + 1, len(self.shown.text)))
            self._select(start, end)

    def _reach(self, point: QPointF, *, keep: bool) -> None:
        """Put the caret at a point, or select as far as that: Qt finds no letters on lines with lanes below them."""
        place = self.place_near(point)
        anchor = self.places.to_code_point(self.textCursor().anchor()) if keep else place
        self._select(anchor, place)

    def _select(self, anchor: int, place: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self.places.to_utf16(anchor))
        cursor.setPosition(self.places.to_utf16(place), cursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl ask for another zoom: Qt's own would be of this text alone."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.zoom_wanted.emit(1 if turned > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
