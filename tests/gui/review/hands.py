"""A hand at the words of a card: takes handles and drags them, by real events."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.article_view.handles import Handle
from annotator.gui.review.lanes import LanesView
from tests.gui import scenes

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def held(lanes: LanesView, place: int, number: int, side: str) -> Handle:
    return next(one for where, one in lanes.grips.handles() if (where, one.number, one.side) == (place, number, side))


def at(lanes: LanesView, words: str, *, end: bool = False) -> QPointF:
    """Return the middle of the first letter of some words, or of the last."""
    place = lanes.shown.text.index(words) + (len(words) - 1 if end else 0)
    (stretch,) = lanes.everywhere(((place, place + 1),))
    x = stretch.right - 1 if end else stretch.left + 1
    return QPointF(x, (stretch.top + stretch.bottom) / 2)


def drag(
    lanes: LanesView, handle: Handle, to: QPointF, modifier: Qt.KeyboardModifier = NONE, *, let_go: bool = True
) -> None:
    port, start = lanes.viewport(), handle.knob.toPoint()
    to += QPointF(handle.knob.x() - handle.x, 0)  # the hand stays beside the bar that it holds
    QTest.mousePress(port, LEFT, modifier, start)
    move(lanes, (start + to.toPoint()) / 2, modifier)
    move(lanes, to.toPoint(), modifier)
    if let_go:
        QTest.mouseRelease(port, LEFT, modifier, to.toPoint())
        scenes.settle()


def move(
    lanes: LanesView, point: QPoint, modifier: Qt.KeyboardModifier, down: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    """Move the mouse, with the button down: `QTest.mouseMove` knows no modifier, and nothing of where it is already."""
    port = lanes.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), QPointF(port.mapToGlobal(point)), Qt.MouseButton.NoButton, down, modifier
    )
    QApplication.sendEvent(port, event)
