"""A boundary in the hand: from taking hold of a handle until it is let go, wherever marks have handles."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF

from annotator.gui.article_view.handles import Handle

if TYPE_CHECKING:
    from annotator.gui.article_view.page import Range

_STILL: Final = 2
"""Pixels that a hand moves that only clicks."""


def nearest(handles: Iterable[Handle], point: QPointF) -> Handle | None:
    """Return the nearest handle whose target a point of the viewport is in."""
    near = [one for one in handles if one.target.contains(point)]
    return min(near, key=lambda one: (one.knob - point).manhattanLength(), default=None)


class Drag:
    """One boundary that is held, of a mark with these spans.

    `grasp` is what leads from the mouse to the place that is meant: taking hold of a knob moves nothing.

    Attributes:
        spans: the spans as they would be, were it let go now.
    """

    def __init__(self, handle: Handle, spans: tuple["Range", ...], point: QPointF, grasp: QPointF) -> None:
        self._handle = handle
        self._before = spans
        self._pressed = point
        self._grasp = grasp
        self.spans = spans

    @property
    def changed(self) -> bool:
        """Whether the mark would be another one."""
        return self.spans != self._before

    def meant(self, point: QPointF) -> QPointF:
        """Return the point that the hand means when the mouse is at one."""
        return point + self._grasp

    def to(self, text: str, place: int, *, exact: bool) -> bool:
        """Take the boundary to a place of the text, at a word's end unless `exact`; tells whether that is a change."""
        from annotator.model import boundaries  # noqa: PLC0415 - the first paint does without it

        edge = self._handle.number, self._handle.side
        spans = boundaries.dragged(text, self._before, edge, place, exact=exact)
        if spans == self.spans:
            return False
        self.spans = spans
        return True

    def was_click(self, point: QPointF) -> bool:
        """Tell whether the hand was still, and nothing is another one."""
        return not self.changed and (point - self._pressed).manhattanLength() <= _STILL
