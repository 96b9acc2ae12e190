"""Lines under text, the dear ones from stamps: stroking one zigzag costs a millisecond, copying it next to nothing."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from annotator.gui import strokes

_TURNING: Final = frozenset({"zigzag", "wave"})
_LENGTH: Final = 600
"""Pixels; a multiple of the 6 px after which zigzag and wave repeat, so that stamps meet."""
_ROOM: Final = 4
"""Pixels above and below the line."""


def paint_line(painter: QPainter, style: str, x0: float, x1: float, y: float, colour: QColor, *, strong: bool) -> None:
    """Draw an underline as `strokes.paint_line` does."""
    if style not in _TURNING:
        strokes.paint_line(painter, style, x0, x1, y, colour, strong=strong)
        return
    stamp = _stamp(style, colour.rgba(), (strong, 0), painter.device().devicePixelRatioF())
    painter.drawTiledPixmap(QRectF(x0, y - _ROOM, x1 - x0, 2 * _ROOM), stamp, QPointF(0, 0))


def paint_vertical(
    painter: QPainter, style: str, x: float, y0: float, y1: float, colour: QColor, *, strong: bool
) -> None:
    """Draw a line down a gutter as `strokes.paint_vertical` does."""
    if style not in _TURNING:
        strokes.paint_vertical(painter, style, x, y0, y1, colour, strong=strong)
        return
    stamp = _stamp(style, colour.rgba(), (strong, 1), painter.device().devicePixelRatioF())
    painter.drawTiledPixmap(QRectF(x - _ROOM, y0, 2 * _ROOM, y1 - y0), stamp, QPointF(0, 0))


@lru_cache(maxsize=64)
def _stamp(style: str, rgba: int, kind: tuple[bool, int], ratio: float) -> QPixmap:
    """Return a stamp; `kind` is (strong, 1 for upright or 0)."""
    strong, upright = kind
    size = (2 * _ROOM, _LENGTH) if upright else (_LENGTH, 2 * _ROOM)
    stamp = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    colour = QColor.fromRgba(rgba)
    # Drawn beyond both ends, so that no end shows where stamps meet.
    if upright:
        strokes.paint_vertical(painter, style, _ROOM, -6, _LENGTH + 6, colour, strong=strong)
    else:
        strokes.paint_line(painter, style, -6, _LENGTH + 6, _ROOM, colour, strong=strong)
    painter.end()
    return stamp
