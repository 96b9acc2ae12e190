"""What is painted under and over the article's letters, for what is in view and nothing else: tints and lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTextBlock

from annotator.gui import strokes
from annotator.gui.article_view import stamps
from annotator.gui.article_view.geometry import Geometry, Stretch
from annotator.gui.article_view.marks import LANES_SHOWN, Marks
from annotator.gui.article_view.page import Mark, Range
from annotator.gui.article_view.typography import Typography
from annotator.gui.theme import Theme
from annotator.model.status import Status
from annotator.model.utf16 import Utf16Map

_CORNER: Final = 3.0
_FRAME: Final = 1.2
_TILE: Final = 30
"""Pixels; a multiple of every pattern's step, so that tiles meet."""
_FAINT: Final = 0.22
_FAINTER: Final = 0.15
"""Opacities of a pattern and of a full ground, white text on three of them over each other staying readable."""


class SeenBlock(NamedTuple):
    """A block in view: its layout's place in the viewport and the numbers of its lines that are in view."""

    block: QTextBlock
    origin: QPointF
    lines: range

    @property
    def units(self) -> Range:
        """The range of the lines in view, in UTF-16 units of the document."""
        layout = self.block.layout()
        last = layout.lineAt(self.lines[-1])
        start = layout.lineAt(self.lines[0]).textStart()
        return self.block.position() + start, self.block.position() + last.textStart() + last.textLength()


class Piece(NamedTuple):
    """One stretch of a mark on one line, with its lane."""

    mark: Mark
    lane: int
    line: tuple[int, int]
    stretch: Stretch


class Look(NamedTuple):
    """What colours and sizes are taken from."""

    theme: Theme
    sizes: Typography
    styles: Mapping[str, Status]


class Overlay:
    """Plans once a repaint what is in view, then paints it in two layers: under and over the letters."""

    def __init__(self, geometry: Geometry, look: Look) -> None:
        self.look = look
        self.active = ""
        self.hovered = ""
        self._geometry = geometry
        self._joins: list[Piece] = []
        self.pieces: list[Piece] = []
        self._quiet: list[Stretch] = []
        self._selected: list[Stretch] = []
        self.found: Sequence[Range] = ()
        """Where words that are looked for stand, first to last."""
        self._framed: list[Stretch] = []

    def plan(self, seen: Iterable[SeenBlock], marks: Marks, places: Utf16Map, selected: Range) -> None:
        """Find the stretches of everything in view; `selected` is a range of code points."""
        self.pieces, self._quiet, self._selected, self._framed = [], [], [], []
        self._joins = []
        for one in seen:
            first, last = (places.to_code_point(unit) for unit in one.units)
            for content in marks.between(first, last):
                for line, stretch in self.stretches(one, places, content.start, content.end):
                    self.pieces.append(Piece(content.mark, content.lane, line, stretch))
            for aside in marks.asides_between(first, last):
                if aside.kind != "gap":
                    self._quiet += (found for _, found in self.stretches(one, places, aside.start, aside.end))
                elif aside.mark_id in {self.active, self.hovered} and (mark := marks.get(aside.mark_id)):
                    lane = marks.lane_of(mark.id)
                    found = self.stretches(one, places, aside.start, aside.end)
                    self._joins += (Piece(mark, lane, line, stretch) for line, stretch in found)
            for place in self._found_between(first, last):
                self._framed += (found for _, found in self.stretches(one, places, *place))
            if selected[0] < last and first < selected[1]:
                self._selected += (found for _, found in self.stretches(one, places, *selected))
        if marks.lane_of(self.active) >= LANES_SHOWN:
            self._raise_active()

    def _raise_active(self) -> None:
        """Let the active mark have the last lane that is shown; who is there goes behind, where both stand."""
        mine: dict[tuple[int, int], list[Stretch]] = {}
        for piece in self.pieces:
            if piece.mark.id == self.active:
                mine.setdefault(piece.line, []).append(piece.stretch)
        for number, piece in enumerate(self.pieces):
            if piece.mark.id == self.active:
                self.pieces[number] = piece._replace(lane=LANES_SHOWN - 1)
            elif piece.lane == LANES_SHOWN - 1 and _meets(piece.stretch, mine.get(piece.line, ())):
                self.pieces[number] = piece._replace(lane=LANES_SHOWN)
        self._joins = [
            piece._replace(lane=LANES_SHOWN - 1) if piece.mark.id == self.active else piece for piece in self._joins
        ]

    def _found_between(self, first: int, last: int) -> Sequence[Range]:
        begin = bisect_right(self.found, first, key=itemgetter(1))
        return self.found[begin : bisect_left(self.found, last, key=itemgetter(0))] if self.found else ()

    def stretches(
        self, one: SeenBlock, places: Utf16Map, start: int, end: int
    ) -> Iterator[tuple[tuple[int, int], Stretch]]:
        """Yield (block and line, stretch) of a range of code points on the lines of a block in view."""
        base = one.block.position()
        units = max(0, places.to_utf16(start) - base), places.to_utf16(end) - base
        number = one.block.blockNumber()
        for line, stretch in self._geometry.stretches(one.block, one.origin, *units, one.lines):
            yield (number, line), stretch

    def paint_under(self, painter: QPainter) -> None:
        """Paint the tints, the longest mark first, and the selection over them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # The active mark's tint comes last: what it shares with others must still look active.
        for piece in sorted(self.pieces, key=lambda piece: piece.mark.id == self.active):
            self._tint(painter, piece)
        painter.setBrush(self.look.theme.colour("selection"))
        painter.setPen(Qt.PenStyle.NoPen)
        for stretch in self._selected:
            painter.drawRoundedRect(self._box(stretch, 0), _CORNER, _CORNER)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.theme.colour("accent"), _FRAME))
        for stretch in self._framed:
            painter.drawRoundedRect(self._box(stretch, 0), _CORNER, _CORNER)

    def _tint(self, painter: QPainter, piece: Piece) -> None:
        active = piece.mark.id == self.active
        status = None if piece.mark.suggested else self.look.styles.get(piece.mark.status)
        box = self._box(piece.stretch, min(piece.lane, LANES_SHOWN - 1))
        if status is None:
            if active:
                painter.setBrush(_faded(self.look.theme.colour("suggestion"), self.look.theme.tints["active"]))
                painter.drawRoundedRect(box, _CORNER, _CORNER)
            return
        tint = self.look.theme.tint(status.token, "active" if active else "plain")
        if tint.alpha():
            painter.setBrush(tint)
        else:  # a theme without tints says the status by a pattern
            painter.setBrush(_pattern(status.pattern, self.look.theme.status_code(status.token)))
        painter.drawRoundedRect(box, _CORNER, _CORNER)

    def _box(self, stretch: Stretch, lane: int) -> QRectF:
        top = stretch.baseline - 0.9 * (stretch.baseline - stretch.top)
        bottom = stretch.baseline + self._depth(lane) + 1
        return QRectF(stretch.left - 1, top, stretch.right - stretch.left + 2, bottom - top)

    def _depth(self, lane: int) -> float:
        return self.look.sizes.first_lane + lane * self.look.sizes.lane_gap

    def paint_over(self, painter: QPainter, right: float) -> None:
        """Paint the lines, each in its lane; `right` is where "+2" stands after lines with more than three lanes."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = self.look.theme.colour("speaker")
        for stretch in self._quiet:
            y = stretch.baseline + self.look.sizes.first_lane - 1
            stamps.paint_line(painter, "dotted", stretch.left, stretch.right, y, quiet, strong=False)
        for piece in self._joins:
            self._join(painter, piece)
        hidden: dict[tuple[int, int], tuple[float, set[str]]] = {}
        for piece in self.pieces:
            if piece.lane >= LANES_SHOWN:
                hidden.setdefault(piece.line, (piece.stretch.baseline, set()))[1].add(piece.mark.id)
            else:
                self._line(painter, piece)
        self._count_hidden(painter, hidden.values(), right)

    def _join(self, painter: QPainter, piece: Piece) -> None:
        """Draw a hairline between the parts of a mark that is active or under the mouse: they are one."""
        if piece.lane < LANES_SHOWN:
            y = round(piece.stretch.baseline + self._depth(piece.lane)) + 0.5
            painter.setPen(QPen(line_of(piece.mark, self.look)[1], 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(piece.stretch.left, y), QPointF(piece.stretch.right, y))

    def _line(self, painter: QPainter, piece: Piece) -> None:
        active = piece.mark.id in {self.active, self.hovered}
        kind, colour = line_of(piece.mark, self.look)
        y = round(piece.stretch.baseline + self._depth(piece.lane))  # on the pixel grid a line of 1.6 px is 2 px high
        stamps.paint_line(painter, kind, piece.stretch.left, piece.stretch.right, y, colour, strong=active)

    def _count_hidden(self, painter: QPainter, lines: Iterable[tuple[float, set[str]]], right: float) -> None:
        painter.setFont(self.look.sizes.number)
        painter.setPen(QPen(self.look.theme.colour("ink2")))
        for baseline, ids in lines:
            painter.drawText(QPointF(right, baseline), f"+{len(ids)}")


def _meets(stretch: Stretch, others: Iterable[Stretch]) -> bool:
    return any(stretch.left < other.right and other.left < stretch.right for other in others)


def line_of(mark: Mark, look: Look) -> tuple[str, QColor]:
    """Return the kind of line and the colour a mark is drawn with; a suggestion is dotted and grey."""
    status = None if mark.suggested else look.styles.get(mark.status)
    if status is None:
        return "dotted", look.theme.colour("suggestion")
    return status.line, look.theme.status_colour(status.token)


@lru_cache(maxsize=32)
def _pattern(pattern: str, code: str) -> QBrush:
    """Return a brush of a status's pattern, faint enough to read over; drawn once, as hatching each mark is dear."""
    tile = QPixmap(_TILE, _TILE)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    alpha = _FAINTER if pattern == "solid" else _FAINT
    strokes.paint_pattern(painter, QRectF(0, 0, _TILE, _TILE), pattern, _faded(QColor(code), alpha))
    painter.end()
    return QBrush(tile)


def _faded(colour: QColor, alpha: float) -> QColor:
    colour.setAlphaF(alpha)
    return colour
