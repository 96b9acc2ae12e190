"""What the mouse is over and what it drags: the hovered mark, and the boundaries of the active one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from annotator.gui.article_view.dragging import Drag, nearest
from annotator.gui.article_view.handles import Handle
from annotator.gui.article_view.page import Mark, MarkReshaped, Range

if TYPE_CHECKING:
    from annotator.gui.article_view.view import ArticleView

_BELOW = 0.6
"""How far below its line the mouse may be, as a share of the distance of two lines, and still mean that line."""


class Pointing:
    """Follows the mouse over an article view; nothing is laid out for it."""

    def __init__(self, view: "ArticleView") -> None:
        self._view = view
        self._held: tuple[Drag, Mark] | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether a boundary is being dragged."""
        return self._held is not None

    def hover(self, point: QPointF) -> None:
        """The mouse is over a point of the viewport with no button down."""
        canvas, port = self._view.canvas, self._view.viewport()
        handle = self._handle_at(point)
        strip = canvas.strip_at(point)
        place = -1 if strip or handle else canvas.place_at(point)
        marks = canvas.marks.at(place) if place >= 0 else ()
        active = canvas.active
        # The active mark's handles come with the mouse, though a shorter one lies over it.
        self._set_hovered(active if handle or active in marks else strip or (marks[0] if marks else ""))
        over = Qt.CursorShape.SizeHorCursor if handle else Qt.CursorShape.IBeamCursor
        if strip or canvas.more_at(point):
            over = Qt.CursorShape.PointingHandCursor
        if port.cursor().shape() != over:
            port.setCursor(over)

    def leave(self) -> None:
        """The mouse is elsewhere."""
        if self._held is None:
            self._set_hovered("")

    def _set_hovered(self, mark_id: str) -> None:
        if mark_id != self._view.canvas.overlay.hovered:
            self._view.canvas.set_hovered(mark_id)
            self._view.hovered.emit(mark_id)

    def _handle_at(self, point: QPointF) -> Handle | None:
        return nearest(self._view.canvas.handles(), point)

    def press(self, point: QPointF) -> bool:
        """Take a handle; tells whether there is one."""
        mark = self._view.canvas.marks.get(self._view.canvas.active)
        handle = self._handle_at(point)
        if handle is None or mark is None:
            return False
        # The hand keeps its distance from the line above the knob, so that taking hold of it moves nothing; but never
        # so large a one that pointing at a word would mean the line above that.
        sizes = self._view.canvas.look.sizes
        down = min(0.0, max(handle.bottom - sizes.first_lane - point.y(), -_BELOW * sizes.pitch))
        self._held = Drag(handle, mark.spans, point, QPointF(handle.x - point.x(), down)), mark
        self._view.canvas.set_hovered(mark.id)
        return True

    def drag(self, point: QPointF, *, exact: bool) -> None:
        """Show the mark as it would be."""
        if self._held is None:
            return
        drag, mark = self._held
        if self._view.canvas.marks.get(mark.id) is None:  # it was removed meanwhile
            self._held = None
            return
        if drag.to(self._view.canvas.page.text, self._place_at(drag.meant(point)), exact=exact):
            self._show(mark, drag.spans)

    def _place_at(self, point: QPointF) -> int:
        at = self._view.cursorForPosition(QPoint(round(point.x()), round(point.y()))).position()
        return self._view.canvas.places.to_code_point(at)

    def _show(self, mark: Mark, spans: tuple[Range, ...]) -> None:
        shown = Mark(mark.id, spans, mark.status, mark.cue, mark.speaker, suggested=mark.suggested, label=mark.label)
        self._view.canvas.change_marks([shown], [])

    def release(self, point: QPointF) -> bool:
        """Tell of what was dragged; tells whether the press is still to be taken for a click."""
        held, self._held = self._held, None
        if held is None:
            return False
        drag, mark = held
        if drag.changed:
            self._view.mark_reshaped.emit(MarkReshaped(mark.id, drag.spans))
        self.hover(point)
        return drag.was_click(point)

    def cancel(self) -> bool:
        """Put the boundary back; tells whether one was being dragged."""
        held, self._held = self._held, None
        if held is None:
            return False
        if self._view.canvas.marks.get(held[1].id) is not None:
            self._view.canvas.change_marks([held[1]], [])
        return True
