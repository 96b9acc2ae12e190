"""The handles of a mark: what its boundaries are dragged by, in the article and in the cards of the review."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout

if TYPE_CHECKING:
    from annotator.gui.article_view.geometry import Stretch
    from annotator.gui.article_view.overlay import SeenBlock
    from annotator.gui.article_view.page import Range
    from annotator.model.utf16 import Utf16Map

TARGET: Final = 24
"""Pixels across of what takes the mouse (WCAG 2.2, 2.5.8)."""
_KNOB: Final = 5.0
_BAR: Final = 2.0
_RING: Final = 1.5

Side = Literal["start", "end"]


class Ground(Protocol):
    """A text that is laid out: where its letters stand."""

    @property
    def places(self) -> "Utf16Map":
        """The map of its text."""
        ...

    def stretches(self, one: "SeenBlock", start: int, end: int) -> "Iterator[tuple[tuple[int, int], Stretch]]":
        """Yield (block and line, stretch) of a range of code points on the lines of a block."""
        ...


class Handle(NamedTuple):
    """One end of a span: the span's number, which end, where its bar stands, and which way its knob hangs (-1 left).

    `above`: the knob stands above the line, where lanes are close below it.
    """

    number: int
    side: Side
    x: float
    top: float
    bottom: float
    towards: int
    above: bool = False

    @property
    def knob(self) -> QPointF:
        """The middle of the knob: below the line or above it, where no letter is."""
        y = self.top - _KNOB if self.above else self.bottom + _KNOB
        return QPointF(self.x + self.towards * (_KNOB - _BAR / 2), y)

    @property
    def target(self) -> QRectF:
        """What takes the mouse."""
        return QRectF(self.knob.x() - TARGET / 2, self.knob.y() - TARGET / 2, TARGET, TARGET)


def handles(
    ground: Ground, spans: Sequence["Range"], seen: Sequence["SeenBlock"], *, depth: float, above: bool = False
) -> Iterator[Handle]:
    """Yield the handles of a mark's spans that stand in some blocks in view; bars reach `depth` below the baseline."""
    for number, (start, end) in enumerate(spans):
        ends: tuple[tuple[Side, int], ...] = (("start", start), ("end", end - 1))
        for side, letter in ends:
            found = _edge(ground, letter, seen, after=side == "end")
            if found is not None:
                x, top, baseline, towards = found
                yield Handle(number, side, x, top, baseline + depth, towards, above)


def _edge(
    ground: Ground, letter: int, seen: Sequence["SeenBlock"], *, after: bool
) -> tuple[float, float, float, int] | None:
    """Return where a letter begins (or ends), as it is read: x, its top and baseline, and which way is out."""
    unit, behind = ground.places.to_utf16(letter), ground.places.to_utf16(letter + 1)
    for one in seen:
        base = one.block.position()
        if not base <= unit < base + one.block.length():
            continue
        for _line, stretch in ground.stretches(one, letter, letter + 1):
            backwards = _is_backwards(one.block.layout(), unit - base, behind - unit)
            right = after != backwards
            x = stretch.right if right else stretch.left
            return x, stretch.top, stretch.baseline, 1 if right else -1
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
