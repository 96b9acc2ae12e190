"""Marks characters that nobody sees: a frame around what stands for one, a flag where one is kept as it is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annotator.model import invisible

if TYPE_CHECKING:
    from annotator.gui.article_view.canvas import Canvas
    from annotator.gui.article_view.overlay import SeenBlock

_FLAG: Final = 4.5
_NOWHERE: Final = 2
_TOWARDS: Final = {"\u200e": 1, "\u200f": -1, "\u061c": -1}


class Sign(NamedTuple):
    """A character that nobody sees, where it is painted: its place, its box (as wide as what stands for it), its kind.

    `towards` is 0 for a frame, 1 or -1 for a flag that points right or left, 2 for one that points nowhere (joiners).
    """

    place: int
    box: QRectF
    towards: int

    @property
    def target(self) -> QRectF:
        """What tells its name when the mouse rests over it."""
        return self.box.adjusted(-3, -4, 3, 4)


def name_of(char: str) -> str:
    """Return what a character is called."""
    return invisible.name(char)


def signs(canvas: "Canvas", seen: Sequence["SeenBlock"]) -> Iterator[Sign]:
    """Yield the signs of some lines in view, which are in order."""
    if not seen:
        return
    to_code_point = canvas.places.to_code_point
    if not canvas.sheet.hidden.between(to_code_point(seen[0].units[0]), to_code_point(seen[-1].units[1])):
        return  # as on nearly every page
    for one in seen:
        for place in canvas.sheet.hidden.between(*map(to_code_point, one.units)):
            if sign := _sign(canvas, one, place):
                yield sign


def _sign(canvas: "Canvas", one: "SeenBlock", place: int) -> Sign | None:
    text = canvas.page.text
    framed = invisible.visible(text[place]) != text[place]
    # What has no width of its own stands before the next letter, at a line's end behind the one before.
    for letter, before in ((place, True), (place + 1, True), (place - 1, False)):
        if not 0 <= letter < len(text) or (letter == place) != framed:
            continue
        for _line, stretch in canvas.stretches(one, letter, letter + 1):
            x = stretch.left if before else stretch.right
            width = stretch.right - stretch.left if framed else 0.0
            top = stretch.baseline - 0.75 * (stretch.baseline - stretch.top)
            towards = 0 if framed else _TOWARDS.get(text[place], _NOWHERE)
            return Sign(place, QRectF(x, top, width, stretch.baseline + 2 - top), towards)
    return None


def paint(painter: QPainter, found: Iterable[Sign], colour: QColor) -> None:
    """Paint signs over the letters."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for sign in found:
        painter.setPen(QPen(colour, 1))
        if sign.towards == 0:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(sign.box.adjusted(-0.5, 0, 0.5, 0), 2, 2)
            continue
        top, x = sign.box.top() - 1, sign.box.left()
        painter.drawLine(QPointF(x, top), QPointF(x, sign.box.bottom()))
        painter.setBrush(colour)
        if sign.towards == _NOWHERE:
            painter.drawEllipse(QPointF(x, top + 1), _FLAG / 2, _FLAG / 2)
            continue
        tip = QPointF(x + sign.towards * _FLAG, top + _FLAG / 2)
        painter.drawPolygon(QPolygonF([QPointF(x, top), tip, QPointF(x, top + _FLAG)]))
