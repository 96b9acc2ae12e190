"""Line styles and fill patterns: what says a status without its colour.

Line styles: solid, dashed, dotted, dashdot, longdash, double, zigzag, wave (`Status.line`). Patterns: solid, diagonal,
crossed, horizontal, vertical, dotted, checked, sparse (`Status.pattern`). Unknown ones are drawn solid.
"""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

LINES: Final = ("solid", "dashed", "dotted", "dashdot", "longdash", "double", "zigzag", "wave")
PATTERNS: Final = ("solid", "diagonal", "crossed", "horizontal", "vertical", "dotted", "checked", "sparse")

_DASHES: Final[dict[str, list[float]]] = {
    "dashed": [7.0, 3.5],
    "longdash": [14.0, 5.0],
    "dashdot": [7.0, 3.0, 1.6, 3.0],
    "dotted": [1.6, 2.6],
}
"""Lengths in pixels of a line: on, off, on, off."""

_WIDTH: Final = 1.6
_STRONG: Final = 2.4
_TOOTH: Final = 2.0
"""Half the height of a tooth and of a wave."""
_TURN: Final = {"zigzag": 3.0, "wave": 5.0}
"""How far a tooth or a wave goes before it turns."""

_BRUSHES: Final[dict[str, Qt.BrushStyle]] = {
    "horizontal": Qt.BrushStyle.HorPattern,
    "vertical": Qt.BrushStyle.VerPattern,
    "dotted": Qt.BrushStyle.Dense5Pattern,
    "sparse": Qt.BrushStyle.Dense7Pattern,
}


def line_pen(style: str, colour: QColor, width: float) -> QPen:
    """Return the pen of a line style; the shape of double, zigzag and wave is `paint_line`'s work."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    dashes = _DASHES.get(style)
    if dashes:
        pen.setDashPattern([length / width for length in dashes])  # Qt measures dashes in pen widths
    return pen


def paint_line(
    painter: QPainter, style: str, x0: float, x1: float, y: float, colour: QColor, *, strong: bool = False
) -> None:
    """Draw an underline from x0 to x1 whose middle is at y; it needs 2.5 px above and below (strong: 3 px)."""
    _paint(painter, style, QPointF(x0, y), QPointF(x1, y), colour, _STRONG if strong else _WIDTH)


def paint_vertical(
    painter: QPainter, style: str, x: float, y0: float, y1: float, colour: QColor, *, strong: bool = False
) -> None:
    """Draw the same line down a gutter, from y0 to y1, its middle at x."""
    _paint(painter, style, QPointF(x, y0), QPointF(x, y1), colour, _STRONG if strong else _WIDTH)


def paint_pattern(painter: QPainter, rect: QRectF, pattern: str, colour: QColor) -> None:
    """Fill a rectangle with a pattern; the gaps stay as they are."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    if pattern in _BRUSHES:
        painter.setBrushOrigin(rect.topLeft())
        painter.setBrush(colour)
        brush = painter.brush()
        brush.setStyle(_BRUSHES[pattern])
        painter.fillRect(rect, brush)
    elif pattern in {"diagonal", "crossed"}:
        _hatch(painter, rect, colour, crossed=pattern == "crossed")
    elif pattern == "checked":
        _checks(painter, rect, colour)
    else:
        painter.fillRect(rect, colour)
    painter.restore()


def _paint(painter: QPainter, style: str, start: QPointF, end: QPointF, colour: QColor, width: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, style in _TURN)
    painter.setPen(line_pen(style, colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if style == "double":
        painter.setPen(line_pen(style, colour, width * 0.75))
        for offset in (-width, width):
            painter.drawLine(_beside(start, end, offset))
    elif style in _TURN:
        painter.setPen(line_pen(style, colour, width * 0.85))
        painter.drawPath(_turning(start, end, round_turns=style == "wave"))
    else:
        painter.drawLine(QLineF(start, end))
    painter.restore()


def _beside(start: QPointF, end: QPointF, offset: float) -> QLineF:
    shift = QPointF(offset, 0) if start.x() == end.x() else QPointF(0, offset)
    return QLineF(start + shift, end + shift)


def _turning(start: QPointF, end: QPointF, *, round_turns: bool) -> QPainterPath:
    """Return a zigzag or a wave that lies on the line, cut off where the line ends."""
    upright = start.x() == end.x()
    first, last, middle = (start.y(), end.y(), start.x()) if upright else (start.x(), end.x(), start.y())

    def at(along: float, across: float) -> QPointF:
        return QPointF(across, along) if upright else QPointF(along, across)

    turn = _TURN["wave" if round_turns else "zigzag"]
    path = QPainterPath(at(first, middle + _TOOTH))
    side, along = -1, first
    while along < last:
        # The last tooth is cut where the line ends, at the height it has there.
        share = min(1.0, (last - along) / turn)
        ahead = along + turn * share
        reached = middle - side * _TOOTH * (1 - 2 * share)
        if round_turns:
            half = (along + ahead) / 2
            path.cubicTo(at(half, middle - side * _TOOTH), at(half, reached), at(ahead, reached))
        else:
            path.lineTo(at(ahead, reached))
        along, side = ahead, -side
    return path


def _hatch(painter: QPainter, rect: QRectF, colour: QColor, *, crossed: bool) -> None:
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    height, step = rect.height(), 5.0
    x = rect.left() - height
    while x < rect.right() + height:
        painter.drawLine(QLineF(x, rect.bottom(), x + height, rect.top()))
        if crossed:
            painter.drawLine(QLineF(x, rect.top(), x + height, rect.bottom()))
        x += step


def _checks(painter: QPainter, rect: QRectF, colour: QColor, side: float = 3.0) -> None:
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    for row in range(int(rect.height() / side) + 1):
        for column in range(row % 2, int(rect.width() / side) + 1, 2):
            painter.fillRect(QRectF(rect.left() + column * side, rect.top() + row * side, side, side), colour)
