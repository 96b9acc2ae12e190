"""Scrolls on while something is dragged beyond the top or bottom of a text, also under a mouse that rests."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTextEdit

_TICK_MS: Final = 25
_SLOWEST: Final = 4
"""Pixels a tick right at the edge: four lines a second."""
_FASTEST: Final = 90
_SHARE: Final = 0.3
"""Pixels a tick for each pixel that the mouse is away."""


def step(distance: float) -> int:
    """Return how many pixels to scroll at a tick, of the sign of `distance`: pixels beyond the edge, negative above."""
    if not distance:
        return 0
    size = min(_FASTEST, _SLOWEST + round(abs(distance) * _SHARE))
    return size if distance > 0 else -size


class Drift:
    """Scrolls a text on for as long as the mouse is held beyond it, the farther away the faster.

    Qt's own does so for selections alone, by where the mouse is on the screen, and would go on beside this one: what
    is dragged is told of points inside the text only, from which Qt scrolls nowhere.
    """

    def __init__(self, view: QTextEdit, drag: Callable[[QMouseEvent], None]) -> None:
        self._view = view
        self._drag = drag
        self._held: QMouseEvent | None = None
        self._timer = QTimer(view, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_going(self) -> bool:
        """Whether the text scrolls by itself."""
        return self._timer.isActive()

    def follow(self, event: QMouseEvent) -> None:
        """The mouse was moved with a button down: drag to there, and scroll on from there if it is beyond the edge."""
        self._held = QMouseEvent(
            QEvent.Type.MouseMove,
            event.position(),
            event.globalPosition(),
            Qt.MouseButton.NoButton,
            event.buttons(),
            event.modifiers(),
        )
        self._drag(self._inside(self._held))
        if not self._beyond(event.position()) or not event.buttons() & Qt.MouseButton.LeftButton:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Nothing is held any more."""
        self._timer.stop()
        self._held = None

    def _on_tick(self) -> None:
        if self._held is None or not self._view.isVisible():
            self.stop()
            return
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + step(self._beyond(self._held.position())))
        if bar.value() != before:
            self._drag(self._inside(self._held))

    def _beyond(self, point: QPointF) -> float:
        """Return how many pixels a point is above (negative) or below the viewport, 0 within."""
        return point.y() - self._within(point).y()

    def _within(self, point: QPointF) -> QPointF:
        port = self._view.viewport()
        return QPointF(
            min(max(point.x(), 0.0), port.width() - 1.0),
            min(max(point.y(), 0.0), port.height() - 1.0),
        )

    def _inside(self, event: QMouseEvent) -> QMouseEvent:
        inside = self._within(event.position())
        return QMouseEvent(
            event.type(),
            inside,
            event.globalPosition() + inside - event.position(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )
