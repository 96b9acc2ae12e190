"""For what is painted by hand: where things lie, and how words run, in a window that is read from the right."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

_ISOLATE, _END = "\u2068", "\u2069"


def is_mirrored(painter: QPainter) -> bool:
    """Tell whether one reads from the right; left and right of text alignment the painter swaps by itself."""
    return painter.layoutDirection() == Qt.LayoutDirection.RightToLeft


def turned(painter: QPainter, box: QRect, place: QRect) -> QRect:
    """Return a place in a box as it lies where one reads: all is reckoned as if that were from the left.

    As `QStyle.visualRect`, which would cost a start the making of QStyle.
    """
    if not is_mirrored(painter):
        return place
    return QRect(box.left() + box.right() - place.right(), place.top(), place.width(), place.height())


def isolated(text: str) -> str:
    """Return a text that runs in its own direction, whichever way one reads: its "…" and "," stay at its end."""
    return f"{_ISOLATE}{text}{_END}" if text else ""
