"""The handles of the active mark: what its boundaries are dragged by."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout

if TYPE_CHECKING:
    from annotator.gui.article_view.canvas import Canvas
    from annotator.gui.article_view.overlay import SeenBlock
    from annotator.gui.article_view.page import Range

TARGET: Final = 24
"""Pixels across of what takes the mouse (WCAG 2.2, 2.5.8)."""
_KNOB: Final = 5.0
_BAR: Final = 2.0
_RING: Final = 1.5

Side = Literal["start", "end"]


class Handle(NamedTuple):
    """One end of a span: the span's number, which end, where its bar stands, and which way its knob hangs (-1 left)."""

    number: int
    side: Side
    x: float
    top: float
    bottom: float
    towards: int

    @property
    def knob(self) -> QPointF:
        """The middle of the knob: below the line, where no letter is."""
        return QPointF(self.x + self.towards * (_KNOB - _BAR / 2), self.bottom + _KNOB)

    @property
    def target(self) -> QRectF:
        """What takes the mouse."""
        return QRectF(self.knob.x() - TARGET / 2, self.knob.y() - TARGET / 2, TARGET, TARGET)


def handles(canvas: "Canvas", spans: Sequence["Range"], seen: Sequence["SeenBlock"]) -> Iterator[Handle]:
    """Yield the handles of a mark's spans that stand in some blocks in view."""
    for number, (start, end) in enumerate(spans):
        ends: tuple[tuple[Side, int], ...] = (("start", start), ("end", end - 1))
        for side, letter in ends:
            found = _edge(canvas, letter, seen, after=side == "end")
            if found is not None:
                x, top, bottom, towards = found
                yield Handle(number, side, x, top, bottom, towards)


def _edge(
    canvas: "Canvas", letter: int, seen: Sequence["SeenBlock"], *, after: bool
) -> tuple[float, float, float, int] | None:
    """Return where a letter begins (or ends), as it is read: x, top and bottom of its bar, and which way is out."""
    unit, behind = canvas.places.to_utf16(letter), canvas.places.to_utf16(letter + 1)
    for one in seen:
        base = one.block.position()
        if not base <= unit < base + one.block.length():
            continue
        for _line, stretch in canvas.stretches(one, letter, letter + 1):
            backwards = _is_backwards(one.block.layout(), unit - base, behind - unit)
            right = after != backwards
            depth = canvas.look.sizes.first_lane
            x = stretch.right if right else stretch.left
            return x, stretch.top, stretch.baseline + depth, 1 if right else -1
    return None


def _is_backwards(layout: QTextLayout, unit: int, units: int) -> bool:
    line = layout.lineForTextPosition(unit)
    runs = line.glyphRuns(unit, units) if line.isValid() else []
    return bool(runs) and runs[0].isRightToLeft()


def paint(painter: QPainter, found: Sequence[Handle], colour: QColor, paper: QColor) -> None:
    """Paint handles: a bar beside the letters and a knob below them, ringed so that it stands out on any ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for one in found:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(QRectF(one.x - _BAR / 2, one.top, _BAR, one.bottom - one.top + 1))
        painter.setPen(QPen(paper, _RING))
        painter.drawEllipse(one.knob, _KNOB, _KNOB)
