"""What is painted around the words of a card: the boundaries that it comes to, and each annotator's lane."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from annotator.gui.article_view import stamps
from annotator.gui.article_view.geometry import Stretch
from annotator.gui.theme import current_theme, interface_font
from annotator.model.status import Status

_CORNER: Final = 3
_LARGEST: Final = 14
"""Pixels of a label's letters: it names a lane, and is not what is read."""


def paint_boundaries(painter: QPainter, stretches: Iterable[Stretch], status: Status | None, *, proposed: bool) -> None:
    """Paint the ground of what is decided in its status's colour; what is only proposed is framed with dots."""
    theme = current_theme()
    if proposed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("suggestion"), 1.2, Qt.PenStyle.DotLine))
    else:
        tint = theme.tint(status.token, "active") if status else theme.colour("accent_wash")
        painter.setBrush(tint if tint.alpha() else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 1.2))
    for one in stretches:
        box = QRectF(one.left - 2, one.top - 1, one.right - one.left + 4, one.bottom - one.top + 2)
        painter.drawRoundedRect(box, _CORNER, _CORNER)


def paint_lane(
    painter: QPainter,
    label: str,
    marks: Sequence[tuple[Sequence[Stretch], Status | None]],
    *,
    depth: float,
    gap: float,
    right: float,
) -> None:
    """Paint the lines of a lane, so deep below the baselines, and its label before each line; it ends at `right`."""
    theme = current_theme()
    baselines: dict[float, None] = {}
    for stretches, status in marks:
        kind = status.line if status else "dotted"
        colour = theme.status_colour(status.token) if status else theme.colour("suggestion")
        for one in stretches:
            stamps.paint_line(painter, kind, one.left, one.right, round(one.baseline + depth), colour, strong=True)
            baselines[one.baseline] = None
    font = _label_font(gap)
    painter.setFont(font)
    painter.setPen(theme.colour("ink2"))
    height = QFontMetricsF(font).height()
    for baseline in baselines:
        box = QRectF(0, baseline + depth - height / 2, right, height)
        # Beside the lines, also where the window is mirrored.
        beside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, beside, label)


def label_width(label: str, gap: float) -> float:
    """Return how wide a lane's label is."""
    return QFontMetricsF(_label_font(gap)).horizontalAdvance(label)


def _label_font(gap: float) -> QFont:
    font = interface_font()
    font.setPixelSize(min(round(gap) - 1, _LARGEST))
    font.setWeight(QFont.Weight.DemiBold)
    return font
