"""The gutter left of the text: paragraph numbers, and every mark's line again as an upright strip."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextBlock

from annotator.gui.article_view import stamps
from annotator.gui.article_view.marks import Marks
from annotator.gui.article_view.overlay import Look, SeenBlock, line_of
from annotator.gui.article_view.page import Range
from annotator.gui.article_view.typography import Typography
from annotator.model.utf16 import Utf16Map

_SLOTS: Final = 4
_NUMBER_ROOM: Final = 0.55
"""Share of the gutter that the paragraph number takes."""

_AWAY: Final = 9
_NEAR: Final = 4
"""Pixels between a paragraph's number and the strips, and the fewest there may be."""

_LINES_KEPT: Final = 20_000

Lines = tuple[int, int]
"""The first and the last of some lines of a block."""


class Strip(NamedTuple):
    """A mark's strip beside one block: its lines, its place from left to right, and which lines only join spans."""

    mark_id: str
    first: int
    last: int
    slot: int
    solid: tuple[Lines, ...]

    @property
    def joins(self) -> bool:
        """Whether it stands beside lines that have none of the mark's words."""
        return self.solid != ((self.first, self.last),)


class Gutter:
    """Plans strips once a block, until marks or layout change, and paints those in view."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.active = ""
        self._strips: dict[int, tuple[Strip, ...]] = {}
        self._lines: dict[tuple[int, Range], Lines] = {}

    def forget(self) -> None:
        """Drop the plan: marks or the layout have changed."""
        self._strips.clear()
        self._lines.clear()

    def plan_anew(
        self, numbers: range, seen: Iterable[SeenBlock], changed: Container[str], marks: Marks, places: Utf16Map
    ) -> Iterator[tuple[SeenBlock, int, int]]:
        """Marks of the blocks of these numbers have changed: plan those in view anew, the others once they are seen.

        Yields blocks in view with the first and last line of each strip that is new, gone or moved, or joins the spans
        of a mark that is `changed` (by id).
        """
        before = self._strips
        self._strips = {number: strips for number, strips in before.items() if number not in numbers}
        for one in seen:
            number = one.block.blockNumber()
            if number not in numbers:
                continue
            was, strips = before.get(number, ()), self.strips(one.block, marks, places)
            if strips == was and not any(strip.mark_id in changed for strip in strips):
                continue
            joining = {strip for strip in strips if strip.mark_id in changed and strip.joins}
            for strip in {*was} ^ {*strips} | joining:
                yield one, strip.first, strip.last

    def paint(
        self, painter: QPainter, seen: Iterable[SeenBlock], marks: Marks, places: Utf16Map, numbers: Mapping[int, int]
    ) -> None:
        """Paint the strips and paragraph numbers of the blocks in view; `numbers` gives a block's number."""
        painted: set[tuple[int, Strip]] = set()
        for one in seen:
            block = one.block.blockNumber()
            number = numbers.get(block)
            if number is not None and one.lines.start == 0:
                self._number(painter, one, number)
            for strip in self.strips(one.block, marks, places):
                in_view = strip.first < one.lines.stop and one.lines.start <= strip.last
                if in_view and (block, strip) not in painted:
                    painted.add((block, strip))
                    self._paint_strip(painter, one, strip, marks)

    def strips(self, block: QTextBlock, marks: Marks, places: Utf16Map) -> tuple[Strip, ...]:
        """Return the strips beside a block that is laid out."""
        known = self._strips.get(block.blockNumber())
        if known is None:
            known = self._strips[block.blockNumber()] = self._planned(block, marks, places)
        return known

    def _planned(self, block: QTextBlock, marks: Marks, places: Utf16Map) -> tuple[Strip, ...]:
        start, end = places.to_code_point(block.position()), places.to_code_point(block.position() + block.length() - 1)
        solid: dict[str, list[Lines]] = {}
        hulls: dict[str, Lines] = {}
        for content in marks.between(start, end):
            lines = self._lines_of(block, places, (content.start, content.end))
            solid.setdefault(content.mark.id, []).append(lines)
            hulls[content.mark.id] = _wider(lines, hulls.get(content.mark.id, lines))
        for aside in marks.asides_between(start, end):
            if aside.kind == "gap":
                lines = self._lines_of(block, places, (aside.start, aside.end))
                hulls[aside.mark_id] = _wider(lines, hulls.get(aside.mark_id, lines))
        return _slotted(solid, hulls)

    def _lines_of(self, block: QTextBlock, places: Utf16Map, part: Range) -> Lines:
        """Return the first and last line of a block that a range of code points stands on; asked for at each mark."""
        key = (block.blockNumber(), part)
        known = self._lines.get(key)
        if known is None:
            if len(self._lines) > _LINES_KEPT:
                self._lines.clear()
            known = self._lines[key] = _lines_in(block, places, *part)
        return known

    def hit(self, one: SeenBlock, at: QPointF, marks: Marks, places: Utf16Map) -> str:
        """Return the id of the mark whose strip is nearest to a point of the gutter, "" where none is near."""
        best, least = "", self.look.sizes.lane_gap * 1.6
        for strip in self.strips(one.block, marks, places):
            top, bottom = self._extent(one, strip.first, strip.last)
            away = abs(self.x_of(strip.slot) - at.x())
            if top <= at.y() <= bottom and away < least:
                best, least = strip.mark_id, away
        return best

    def x_of(self, slot: int) -> float:
        """Return where the strips of a slot stand, in the viewport."""
        return round(self.look.sizes.gutter * _NUMBER_ROOM + slot * self.look.sizes.lane_gap)

    def _extent(self, one: SeenBlock, first: int, last: int) -> tuple[float, float]:
        layout = one.block.layout()
        top, bottom = layout.lineAt(first), layout.lineAt(last)
        return (
            one.origin.y() + top.y() + 0.12 * top.ascent(),
            one.origin.y() + bottom.y() + bottom.ascent() + self.look.sizes.first_lane + 2,
        )

    def _paint_strip(self, painter: QPainter, one: SeenBlock, strip: Strip, marks: Marks) -> None:
        mark = marks.get(strip.mark_id)
        if mark is None:
            return
        kind, colour = line_of(mark, self.look)
        x = self.x_of(strip.slot)
        for first, last in strip.solid:
            stamps.paint_vertical(
                painter, kind, x, *self._extent(one, first, last), colour, strong=mark.id == self.active
            )
        if strip.joins:
            painter.setPen(QPen(colour, 0.8))
            top, bottom = self._extent(one, strip.first, strip.last)
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _number(self, painter: QPainter, one: SeenBlock, number: int) -> None:
        line = one.block.layout().lineAt(0)
        font, right = number_place(self.look.sizes, number)
        painter.setFont(font)
        painter.setPen(QPen(self.look.theme.colour("gutter")))
        box = QRectF(0, one.origin.y() + line.y(), right, line.ascent())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(number))


def number_place(sizes: Typography, number: int) -> tuple[QFont, float]:
    """Return the font of a paragraph's number and where it ends: many digits go nearer to the strips, then smaller."""
    font, room = sizes.number, sizes.gutter * _NUMBER_ROOM
    width = QFontMetricsF(font).horizontalAdvance(str(number))
    if width <= room - _AWAY:
        return font, room - _AWAY
    right = room - _NEAR
    if width > right:
        font = QFont(font)
        font.setPixelSize(max(1, int(font.pixelSize() * right / width)))
    return font, right


def _slotted(solid: Mapping[str, list[Lines]], hulls: Mapping[str, Lines]) -> tuple[Strip, ...]:
    """Lay the strips of a block side by side: two that share a line never share a slot."""
    strips: list[Strip] = []
    ends = [-1] * _SLOTS
    for mark_id, (first, last) in sorted(hulls.items(), key=lambda one: one[1]):
        # Beyond the last slot strips lie over each other: a click there takes the nearest.
        slot = next((i for i, taken in enumerate(ends) if taken < first), _SLOTS - 1)
        ends[slot] = max(ends[slot], last)
        strips.append(Strip(mark_id, first, last, slot, _joined(solid.get(mark_id, []))))
    return tuple(strips)


def _joined(ranges: list[Lines]) -> tuple[Lines, ...]:
    """Join ranges of lines that share a line: a strip drawn twice would blur its dashes."""
    joined: list[Lines] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _lines_in(block: QTextBlock, places: Utf16Map, start: int, end: int) -> Lines:
    base, layout = block.position(), block.layout()
    first = layout.lineForTextPosition(max(0, places.to_utf16(start) - base))
    last = layout.lineForTextPosition(max(0, min(places.to_utf16(end) - base, block.length() - 1) - 1))
    final = layout.lineCount() - 1
    return first.lineNumber() if first.isValid() else 0, last.lineNumber() if last.isValid() else final


def _wider(one: Lines, other: Lines) -> Lines:
    return min(one[0], other[0]), max(one[1], other[1])
