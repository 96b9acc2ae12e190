"""Icons: our own line drawings of resources/icons, in any colour and size.

`paint_icon` draws with vectors and is always sharp; `icon` is for buttons and menus. Both keep the colour they were
asked for, so a widget asks again at `QEvent.PaletteChange`.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import assets
from annotator.gui.theme import current_theme

_SIZES: Final = (16, 20, 24, 32, 40, 48)
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
    return _icon(name, _code(colour))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor | str) -> None:
    """Draw an icon with vectors into the largest square in the middle of the rectangle."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _drawing(name, _code(colour)).render(painter, square)
    painter.restore()


def pixmap(name: str, colour: QColor | str, side: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `side` device-independent pixels for a screen of that pixel ratio."""
    made = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _drawing(name, _code(colour)).render(painter)
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
def _icon(name: str, code: str) -> QIcon:
    made = QIcon()
    for side in _SIZES:
        picture = pixmap(name, code, side)
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
