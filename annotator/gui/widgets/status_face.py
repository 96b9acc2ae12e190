"""How a button of a status looks: icon, name, count or key, on a tint or a trough."""

from typing import Final, Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.gui.icons import paint_icon, status_icon_name
from annotator.gui.theme import current_theme, interface_font, sized, steady, until_the_font_changes
from annotator.gui.widgets.keycap import keycap_height, keycap_width, paint_keycap
from annotator.i18n import _
from annotator.model.status import Status

Look = Literal["chip", "segment", "action"]
"""A chip filters (tinted while on, outlined while off), a segment is filled while on, an action is always tinted."""

LEAST_TARGET: Final = 24
"""WCAG 2.2, success criterion 2.5.8: the side of the smallest target, in device-independent pixels."""

_PAD: Final = 8.0
_GAP: Final = 5.0


class Face(msgspec.Struct, frozen=True):
    """What a button shows: a status, and behind its name a count or a key ("" for none)."""

    look: Look
    status: Status
    count: str = ""
    key: str = ""


class State(msgspec.Struct, frozen=True):
    """How a button stands while it is painted."""

    on: bool
    hovered: bool
    focused: bool
    right_to_left: bool


@until_the_font_changes
def face_font() -> QFont:
    """Return the font of these buttons."""
    font = sized(interface_font(), 0.97)
    font.setWeight(QFont.Weight.DemiBold)
    return font


@until_the_font_changes
def _metrics() -> QFontMetricsF:
    return QFontMetricsF(face_font())


@until_the_font_changes
def _icon_side() -> float:
    return max(14.0, round(_metrics().height()))


@until_the_font_changes
def face_height() -> int:
    """Return the height of such a button, at least that of a target."""
    return max(LEAST_TARGET, round(max(_icon_side(), keycap_height())) + 8)


def face_size(face: Face) -> QSize:
    """Return the size at which nothing is cut."""
    return QSize(_width(_(face.status.name), face.count, face.key), face_height())


@until_the_font_changes
def _width(name: str, count: str, key: str) -> int:
    return round(_tail(count, key) + 2 * _PAD + _icon_side() + _GAP + _metrics().horizontalAdvance(name)) + 1


def least_size(face: Face) -> QSize:
    """Return the size at which a few letters of the name are left."""
    return QSize(_least_width(face.count, face.key), face_height())


@until_the_font_changes
def _least_width(count: str, key: str) -> int:
    text = _metrics().averageCharWidth() * 3
    return round(_tail(count, key) + 2 * _PAD + _icon_side() + _GAP + text)


def _tail(count: str, key: str) -> float:
    tail = 0.0
    if count:
        tail += _GAP + steady(count, _metrics())
    if key:
        tail += _GAP + keycap_width(key)
    return tail


def paint_face(painter: QPainter, rect: QRectF, face: Face, state: State) -> None:
    """Draw the button into the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, rect, face, state)
    icon, text = _inks(face, state)
    side = _icon_side()
    content = rect.adjusted(_PAD, 0, -_PAD, 0)

    def placed(x: float, width: float) -> QRectF:
        left = content.right() - x - width if state.right_to_left else content.left() + x
        return QRectF(left, rect.top(), width, rect.height())

    paint_icon(painter, status_icon_name(face.status.icon), _square(placed(0, side), side), icon)
    tail = _tail(face.count, face.key)
    start = side + _GAP
    metrics = _metrics()
    name = metrics.elidedText(_(face.status.name), Qt.TextElideMode.ElideRight, content.width() - start - tail + 0.5)
    painter.setFont(face_font())
    painter.setPen(text)
    align = Qt.AlignmentFlag.AlignVCenter | (
        Qt.AlignmentFlag.AlignRight if state.right_to_left else Qt.AlignmentFlag.AlignLeft
    )
    width = metrics.horizontalAdvance(name) + 1
    painter.drawText(placed(start, width), align, name)
    if face.count:
        at = start + width + _GAP
        painter.drawText(placed(at, metrics.horizontalAdvance(face.count) + 1), align, face.count)
    if face.key:
        cap = keycap_width(face.key)
        box = placed(content.width() - cap, cap)
        middle = QRectF(box.left(), rect.center().y() - keycap_height() / 2, cap, keycap_height())
        paint_keycap(painter, middle, face.key, ink=text, ground=None)
    painter.restore()


def _paint_ground(painter: QPainter, rect: QRectF, face: Face, state: State) -> None:
    theme = current_theme()
    token = face.status.token
    radius = rect.height() / 2 if face.look == "chip" else 6.0
    inner = rect.adjusted(1, 1, -1, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if face.look == "segment":
        if state.on:
            painter.setBrush(theme.status_colour(token))
        elif state.hovered:
            painter.setBrush(theme.colour("hover"))
    elif face.look == "action" or state.on:
        painter.setBrush(theme.tint(token, "active" if state.hovered else "chip"))
        painter.setPen(QPen(theme.tint(token, "border"), 1) if face.look == "chip" else Qt.PenStyle.NoPen)
    else:
        painter.setBrush(theme.colour("hover") if state.hovered else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("edge"), 1))
    painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    if state.focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.drawRoundedRect(inner, radius, radius)


def _inks(face: Face, state: State) -> tuple[QColor, QColor]:
    """Return the colours of the icon and of the text."""
    theme = current_theme()
    token = face.status.token
    if face.look == "segment":
        if state.on:
            return theme.on_status(token), theme.on_status(token)
        return theme.status_text(token, ground="well"), theme.colour("ink2")
    if face.look == "action":
        return theme.status_text(token, "active"), theme.colour("ink")
    if state.on:
        return theme.status_text(token, "active"), theme.status_text(token, "active")
    return theme.colour("ink2"), theme.colour("ink2")


def _square(box: QRectF, side: float) -> QRectF:
    square = QRectF(0, 0, side, side)
    square.moveCenter(QPointF(box.center().x(), box.center().y()))
    return square
