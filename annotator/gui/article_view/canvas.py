"""The canvas: the shown page with all that is painted around its letters, for the text edit that owns it."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QRegion, QTextBlock, QTextCursor
from PySide6.QtWidgets import QTextEdit

from annotator.gui.article_view import handles, signs
from annotator.gui.article_view.geometry import Geometry, Stretch
from annotator.gui.article_view.gutter import Gutter
from annotator.gui.article_view.marks import LANES_SHOWN, Marks
from annotator.gui.article_view.overlay import Look, Overlay, SeenBlock, line_of
from annotator.gui.article_view.page import EMPTY, Mark, Page, Range
from annotator.gui.article_view.sheet import Sheet
from annotator.gui.article_view.sight import Sight
from annotator.model.utf16 import Utf16Map

_LOG = logging.getLogger(__name__)

_TINT_BESIDE = 2
"""Pixels of the gutter that a tint at a line's beginning may reach into; strips do not."""


class Canvas:
    """Lays a page out in a text edit's document, and paints its marks for what is in view."""

    def __init__(self, edit: QTextEdit, look: Look) -> None:
        self.page = EMPTY
        self.marks = Marks((), 0)
        self.look = look
        self._edit = edit
        self._geometry = Geometry()
        self.overlay = Overlay(self._geometry, look)
        self.gutter = Gutter(look)
        self._sight = Sight(edit)
        self._sight.hanging = _hanging(look)
        self._seen: list[SeenBlock] = []
        self._signs: list[signs.Sign] = []
        self._top = 0
        self._broken = False
        self.sheet = Sheet(EMPTY, Utf16Map(""), look.sizes, look.theme)

        self.movable = False
        """Whether the active mark's boundaries may be dragged."""

    @property
    def places(self) -> Utf16Map:
        """The map of the shown text."""
        return self.sheet.places

    @property
    def active(self) -> str:
        """The id of the active mark, "" for none."""
        return self.overlay.active

    def show(self, page: Page) -> bool:
        """Show a page; returns whether the text had to be laid out anew."""
        known = (page.text, page.zones, page.title, page.byline, page.direction) == (
            self.page.text,
            self.page.zones,
            self.page.title,
            self.page.byline,
            self.page.direction,
        )
        self.page = page
        self.marks = Marks(page.marks, len(page.text))
        self._broken = False
        self.overlay.active = self.gutter.active = self.overlay.hovered = ""
        if not known:
            self.overlay.found = ()
        self.gutter.forget()
        if known:
            self._edit.viewport().update()
        else:
            self.lay_out(Utf16Map(page.text))
        return not known

    def lay_out(self, places: Utf16Map | None = None) -> None:
        """Make the document anew, in the look's sizes and colours."""
        self.sheet = Sheet(self.page, places or self.places, self.look.sizes, self.look.theme)
        self.sheet.fit(self.column)
        self.forget_layout()
        self._edit.setDocument(self.sheet.document)

    def set_look(self, look: Look) -> None:
        """Take other colours or sizes on; the page must be laid out anew after it."""
        self.look = self.overlay.look = self.gutter.look = look
        self._sight.hanging = _hanging(look)

    @property
    def column(self) -> float:
        """The width of the reading column in pixels."""
        sizes = self.look.sizes
        return max(80.0, self._edit.viewport().width() - sizes.gutter - sizes.right_pad)

    def forget_layout(self) -> None:
        """Lines have moved: drop every rectangle."""
        self._geometry.forget()
        self.gutter.forget()
        self._sight.forget()

    def add_marks(self, marks: Iterable[Mark]) -> None:
        """Put marks behind those there are; where one of them is in view repaint."""
        first, last = self.view_range()
        if any(start < last and first < end for start, end in self.marks.add(marks)):
            self.gutter.forget()
            self._edit.viewport().update()

    def change_marks(self, changed: Iterable[Mark], removed: Iterable[str]) -> None:
        """Put and remove marks, and repaint the lines they are and were on, and the strips that change."""
        dirty: list[Range] = []
        for mark_id in removed:
            dirty += self.marks.remove(mark_id)
        for mark in changed:
            dirty += self.marks.put(mark)
        self._broken = False
        region = self._sight.lines_of(self.sheet, dirty)
        for one, first, last in self._moved_strips(dirty, {mark.id for mark in changed}):
            beside = self._sight.rows(one, first, last)
            beside.setWidth(round(self.look.sizes.gutter) - _TINT_BESIDE)
            region += beside
        self._edit.viewport().update(region)

    def _moved_strips(self, dirty: list[Range], changed: set[str]) -> Iterator[tuple[SeenBlock, int, int]]:
        """Yield the blocks in view with the lines at which the gutter has changed; no strip changes but beside these.

        `changed` marks are given by id.
        """
        if dirty:
            first = self.places.block_at(min(start for start, _ in dirty))
            last = self.places.block_at(max(end for _, end in dirty) - 1)
            blocks = self._sight.blocks(self.sheet)
            yield from self.gutter.plan_anew(range(first, last + 1), blocks, changed, self.marks, self.places)

    def set_active(self, mark_id: str) -> None:
        """Draw one mark stronger; "" for none."""
        before = self.marks.get(self.active)
        self.overlay.active = self.gutter.active = mark_id
        after = self.marks.get(mark_id)
        self.repaint_ranges(span for mark in (before, after) if mark is not None for span in mark.spans)

    def set_hovered(self, mark_id: str) -> None:
        """Draw the mark under the mouse stronger, and its parts joined; "" for none."""
        before = self.overlay.hovered
        if mark_id == before:
            return
        self.overlay.hovered = mark_id
        hulls = ((mark.spans[0][0], mark.spans[-1][1]) for one in (before, mark_id) if (mark := self.marks.get(one)))
        self.repaint_ranges(hulls)

    def handles(self) -> list[handles.Handle]:
        """Return the handles of the active mark that are in view; none where it may not be moved."""
        mark = self.marks.get(self.active) if self.movable else None
        if mark is None:
            return []
        seen = self._sight.blocks(self.sheet)
        return list(handles.handles(self, mark.spans, seen, depth=self.look.sizes.first_lane))

    def stretches(self, one: SeenBlock, start: int, end: int) -> Iterator[tuple[tuple[int, int], Stretch]]:
        """Yield (block and line, stretch) of a range of code points on the lines of a block in view."""
        return self.overlay.stretches(one, self.places, start, end)

    def sign_at(self, point: QPointF) -> str:
        """Return the name of the character that nobody sees under a point of the viewport, "" for none."""
        near = (one for one in signs.signs(self, self.seen(QRect(0, round(point.y()), 1, 1))))
        found = next((one for one in near if one.target.contains(point)), None)
        return signs.name_of(self.page.text[found.place]) if found else ""

    def more_at(self, point: QPointF) -> list[str]:
        """Return the ids of the marks that "+2" under a point stands for and of those in the last lane, by lane."""
        if point.x() < self.look.sizes.gutter + self.column:
            return []
        found: dict[str, int] = {}
        for one in self.seen(QRect(0, round(point.y()), 1, 1)):
            for content in self.marks.between(*map(self.places.to_code_point, one.units)):
                if content.lane >= LANES_SHOWN - 1:
                    found[content.mark.id] = content.lane
        hidden = any(lane >= LANES_SHOWN for lane in found.values())
        return sorted(found, key=lambda id_: (found[id_], id_)) if hidden else []

    def show_found(self, ranges: Sequence[Range]) -> None:
        """Frame the places of words that are looked for, first to last; () for none."""
        if ranges or self.overlay.found:
            self.overlay.found = ranges
            self._edit.viewport().update()

    def repaint_ranges(self, ranges: Iterable[Range]) -> None:
        """Repaint the lines of the ranges of code points, as far as they are in view."""
        self._edit.viewport().update(self._sight.lines_of(self.sheet, ranges))

    def scrolled(self) -> QPointF:
        """Return how far the document is scrolled."""
        edit = self._edit
        return QPointF(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())

    def rect_at(self, code_point: int) -> QRect:
        """Return the caret's rectangle at a place, in the viewport; lays the text out as far as that."""
        return self._edit.cursorRect(self.cursor(code_point))

    def block_rect(self, block: QTextBlock) -> QRectF:
        """Return a block's rectangle in the viewport."""
        rect = self.sheet.document.documentLayout().blockBoundingRect(block)
        return rect.translated(-self.scrolled())

    def cursor(self, start: int, end: int | None = None) -> QTextCursor:
        """Return a cursor at a place, or one that selects from there to `end`."""
        cursor = QTextCursor(self.sheet.document)
        cursor.setPosition(self.places.to_utf16(start))
        if end is not None:
            cursor.setPosition(self.places.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def view_range(self) -> Range:
        """Return the range of code points in view, by whole lines."""
        return self._sight.range(self.sheet)

    def seen(self, rect: QRect) -> list[SeenBlock]:
        """Return the blocks with lines in a rectangle of the viewport."""
        return list(self.sheet.seen(rect.top(), rect.bottom() + 1, self.scrolled()))

    def plan(self, region: QRegion, selected: Range) -> None:
        """Find what is to be painted in a region of the viewport, before the letters are."""
        rects = list[QRect](region)  # pyright: ignore[reportArgumentType] - the stubs leave out that it can be iterated
        gutter = round(self.look.sizes.gutter)
        self._top = region.boundingRect().top()
        self._seen = self._sight.within(self.sheet, rects)
        beside = [rect for rect in rects if rect.right() >= gutter]
        text = self._seen if len(beside) == len(rects) else self._sight.within(self.sheet, beside)
        self._guarded(lambda: self._plan(text, selected))

    def _plan(self, text: Sequence[SeenBlock], selected: Range) -> None:
        self.overlay.plan(text, self.marks, self.places, selected)
        self._signs = list(signs.signs(self, text))

    def paint_under(self) -> None:
        """Paint the ground, the tints and the selection."""
        painter = QPainter(self._edit.viewport())
        painter.fillRect(self._edit.viewport().rect(), QBrush(self.look.theme.colour("paper")))
        self._guarded(lambda: self.overlay.paint_under(painter))
        painter.end()

    def paint_over(self) -> None:
        """Paint the lines, the gutter and the title lines of what `plan` was asked for."""
        painter = QPainter(self._edit.viewport())
        right = self.look.sizes.gutter + self.column + 6
        self.sheet.paint_title(painter, self.scrolled(), self.column, self._top)
        self._guarded(lambda: self.overlay.paint_over(painter, right))
        signs.paint(painter, self._signs, self.look.theme.colour("accent"))
        self._guarded(lambda: self.gutter.paint(painter, self._seen, self.marks, self.places, self.sheet.numbers))
        if self.active and self.overlay.hovered == self.active:
            self._guarded(lambda: self._paint_handles(painter))
        painter.end()

    def _paint_handles(self, painter: QPainter) -> None:
        mark = self.marks.get(self.active)
        if mark is not None:
            theme = self.look.theme
            handles.paint(painter, self.handles(), line_of(mark, self.look)[1], theme.colour("paper"))

    def _guarded(self, paint: Callable[[], None]) -> None:
        if self._broken:
            return
        try:
            paint()
        except Exception:  # noqa: BLE001 - a bug in drawing marks must not take the text away, nor report at each repaint
            self._broken = True
            _LOG.exception("The marks of this page could not be painted")

    def place_at(self, point: QPointF) -> int:
        """Return the code point of the letter under a point of the viewport, -1 where there is none."""
        layout = self.sheet.document.documentLayout()
        unit = layout.hitTest(point + self.scrolled(), Qt.HitTestAccuracy.ExactHit)
        if unit < 0:
            return -1
        near = self.places.to_code_point(min(unit, self.places.display_length))
        # The hit is the nearest gap between letters: the letter itself may be the one before it.
        for place in (near, near - 1):
            if 0 <= place < len(self.page.text) and self._covers(place, point):
                return place
        return -1

    def _covers(self, place: int, point: QPointF) -> bool:
        start, end = self.places.to_utf16(place), self.places.to_utf16(place + 1)
        block = self.sheet.document.findBlock(start)
        origin = block.layout().position() - self.scrolled()
        units = start - block.position(), end - block.position()
        lines = range(block.layout().lineCount())
        found = self._geometry.stretches(block, origin, *units, lines)
        return any(one.left <= point.x() <= one.right and one.top <= point.y() <= one.bottom for _, one in found)

    def strip_at(self, point: QPointF) -> str:
        """Return the id of the mark whose strip in the gutter is under a point of the viewport, "" for none."""
        if point.x() >= self.look.sizes.gutter:
            return ""
        row = QRect(0, round(point.y()) - 2, 1, 4)
        for one in self.seen(row):
            found = self.gutter.hit(one, point, self.marks, self.places)
            if found:
                return found
        return ""

    def boxes(self, start: int, end: int) -> tuple[QRectF, QRectF]:
        """Return, in the viewport, the paragraphs of a range and the lines of the range itself."""
        one, two = self.rect_at(start), self.rect_at(end)
        first = self.sheet.document.findBlock(self.places.to_utf16(start))
        last = self.sheet.document.findBlock(self.places.to_utf16(end))
        paragraphs = self.block_rect(first).united(self.block_rect(last))
        return paragraphs, QRectF(one.united(two))


def _hanging(look: Look) -> int:
    """How far below its line a lane may hang."""
    return round(look.sizes.lane_gap * 4)
