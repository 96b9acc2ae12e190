"""Icons: our own line drawings of resources/icons, in any colour and size.

`paint_icon` is always sharp: what it draws is copied from a stamp only where pixels meet pixels; `icon` is for buttons
and menus. Both keep the colour they were asked for, so a widget asks again at `QEvent.PaletteChange`.
"""

from functools import lru_cache
from math import ceil, floor
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from annotator import assets
from annotator.gui.theme import current_theme

_SIZES: Final = (16, 20, 24)
"""Sides of the icons of buttons and menus, in device-independent pixels."""

_DISABLED: Final = 0.45


def names() -> tuple[str, ...]:
    """Return the names of all icons."""
    found = (file.stem for file in assets.path("icons").glob("*.svg"))
    return tuple(sorted(name for name in found if not name.startswith("sheet-")))


def status_icon_name(icon_name: str) -> str:
    """Return the drawing for `Status.icon`; one that a project's own scheme made up becomes the plain dot."""
    name = f"status-{icon_name}"
    return name if _exists(name) else "status-none"


def icon(name: str, colour: QColor | str = "ink2") -> QIcon:
    """Return an icon in a colour, or in the current theme's token of that name.

    Raises FileNotFoundError for an unknown name, KeyError for an unknown token.
    """
    screens = QGuiApplication.instance()
    ratio = screens.devicePixelRatio() if isinstance(screens, QGuiApplication) else 1.0
    return _icon(name, _code(colour), ratio)


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor | str) -> None:
    """Draw an icon into the largest square in the middle of the rectangle."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    ratio = _whole_ratio(painter.deviceTransform())
    if ratio:
        left, top = floor(square.left()), floor(square.top())
        within = square.left() - left, square.top() - top
        painter.drawPixmap(QPointF(left, top), _stamp(name, _code(colour), side, within, ratio))
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _drawing(name, _code(colour)).render(painter, square)
    painter.restore()


def _whole_ratio(to_device: QTransform) -> int:
    """Return how many pixels of the device a pixel is wide and high, 0 where pixels do not fall on pixels."""
    ratio = round(to_device.m11())
    upright = ratio == to_device.m11() == to_device.m22() and not to_device.isRotating()
    return ratio if upright and to_device.dx() % 1 == to_device.dy() % 1 == 0 else 0


@lru_cache(maxsize=256)
def _stamp(name: str, code: str, side: float, within: tuple[float, float], ratio: int) -> QPixmap:
    """Return an icon of `side` pixels, drawn once with vectors, `within` its first pixel as it is to stand there."""
    edge = ceil(side + max(within)) * ratio
    made = QPixmap(edge, edge)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _drawing(name, code).render(painter, QRectF(*within, side, side))
    painter.end()
    return made


def pixmap(name: str, colour: QColor | str, side: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `side` device-independent pixels for a screen of that pixel ratio.

    It is shared: draw on a copy.
    """
    return _pixmap(name, _code(colour), side, ratio)


@lru_cache(maxsize=256)
def _pixmap(name: str, code: str, side: int, ratio: float) -> QPixmap:
    made = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _drawing(name, code).render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _code(colour: QColor | str) -> str:
    if isinstance(colour, QColor):
        return colour.name()
    return colour if colour.startswith("#") else current_theme().code(colour)


@lru_cache(maxsize=64)
def _exists(name: str) -> bool:
    return assets.path("icons", f"{name}.svg").is_file()


@lru_cache(maxsize=256)
def _drawing(name: str, code: str) -> QSvgRenderer:
    # The SVG of Qt has no "currentColor" of its own to set, so the colour is written into the text.
    return QSvgRenderer(QByteArray(assets.text("icons", f"{name}.svg").replace("currentColor", code).encode()))


@lru_cache(maxsize=256)
def _icon(name: str, code: str, ratio: float) -> QIcon:
    """Return an icon in every size, `ratio` being that of the finest screen: another window finds its pixels too."""
    made = QIcon()
    for side in _SIZES:
        picture = _pixmap(name, code, round(side * ratio), 1.0)
        made.addPixmap(picture)
        made.addPixmap(_faded(picture), QIcon.Mode.Disabled)
    return made


def _faded(picture: QPixmap) -> QPixmap:
    faded = QPixmap(picture.size())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(_DISABLED)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return faded
