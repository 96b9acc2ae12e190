"""The handles of what a card comes to: its boundaries are dragged as those of a mention in the article are."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from annotator.gui.article_view.dragging import Drag, nearest
from annotator.gui.article_view.handles import Handle, handles, paint
from annotator.gui.theme import current_theme

if TYPE_CHECKING:
    from annotator.gui.review.lanes import LanesView
    from annotator.model.review.clusters import Spans

_DEPTH = 2.0
"""Pixels that a bar reaches below the baseline: the lanes begin further down."""


class Grips:
    """Follows the mouse over a card's text; each mark of the outcome has a handle at each end of each of its parts."""

    def __init__(self, view: "LanesView") -> None:
        self._view = view
        self._held: tuple[int, Drag] | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether a boundary is being dragged."""
        return self._held is not None

    def spans(self) -> list["Spans"]:
        """Return the spans of each mark of the outcome, the one in the hand as it would be."""
        found = [spans for spans, _status in self._view.shown.outcome]
        if self._held is not None:
            found[self._held[0]] = self._held[1].spans
        return found

    def handles(self) -> list[tuple[int, Handle]]:
        """Return every handle with the place of its mark in the outcome; none where nothing may be moved."""
        if not self._view.movable:
            return []
        seen = self._view.seen()
        return [
            (place, one)
            for place, spans in enumerate(self.spans())
            for one in handles(self._view, spans, seen, depth=_DEPTH, above=True)
        ]

    def _at(self, point: QPointF) -> tuple[int, Handle] | None:
        found = self.handles()
        near = nearest((one for _place, one in found), point)
        return next((one for one in found if one[1] is near), None) if near else None

    def hover(self, point: QPointF) -> None:
        """Show what a press would do."""
        port = self._view.viewport()
        shape = Qt.CursorShape.SizeHorCursor if self._at(point) else Qt.CursorShape.IBeamCursor
        if port.cursor().shape() != shape:
            port.setCursor(shape)

    def press(self, point: QPointF) -> bool:
        """Take a handle; tells whether there is one."""
        found = self._at(point)
        if found is None:
            return False
        place, handle = found
        drag = Drag(handle, self.spans()[place], point, QPointF(handle.x - point.x(), 0))
        self._held = place, drag
        return True

    def drag(self, point: QPointF, *, exact: bool) -> None:
        """Show the mark as it would be."""
        if self._held is not None:
            drag = self._held[1]
            if drag.to(self._view.shown.text, self._view.place_near(drag.meant(point)), exact=exact):
                self._view.viewport().update()

    def release(self, point: QPointF) -> None:
        """Tell of what was dragged."""
        if self._held is None:
            return
        place, drag = self._held
        if drag.changed:
            self._view.reshaped.emit(place, drag.spans)
        # Until it is decided it is shown as it was let go; where it is refused, as it is.
        self.cancel()
        self.hover(point)

    def cancel(self) -> bool:
        """Put the boundary back; tells whether one was being dragged."""
        held, self._held = self._held, None
        self._view.viewport().update()
        return held is not None

    def paint(self, painter: QPainter) -> None:
        """Paint the handles."""
        theme = current_theme()
        paint(painter, [one for _place, one in self.handles()], theme.colour("accent"), theme.colour("paper"))
