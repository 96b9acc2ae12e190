"""Themes: colour tokens read from resources/themes, and how a running program takes one on."""

from collections.abc import Callable
from functools import lru_cache
from string import Template
from typing import Final, Literal, NamedTuple, ParamSpec, TypeVar, cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator import assets
from annotator.gui.fonts import INTERFACE_FAMILY, READING_FAMILY
from annotator.model import colour as colours

P = ParamSpec("P")
T = TypeVar("T")

Strength = Literal["plain", "active", "chip", "border"]
"""How strongly a status tints its ground: a mention, the active mention, a chip's fill, a chip's border."""

NAMES: Final = ("light", "dark", "contrast")

_READING_FALLBACKS: Final = ("Source Serif Pro", "Georgia", "Noto Serif", "DejaVu Serif", "serif")


class Theme(msgspec.Struct, frozen=True):
    """The colours of one theme, as `#RRGGBB`; resources/themes holds one file for each.

    paper and ink are the article's ground and text; app, surface, raised and well the grounds of the window, its
    panels, their fields and its troughs; ink2 and ink3 quieter texts; line divides, edge surrounds fields.
    `least_contrast` is what text keeps (WCAG 2.2, 1.4.3 and 1.4.6), `tints` are opacities from
    0.0 to 1.0, `status` colours are named by `Status.token`.
    """

    name: str
    dark: bool
    least_contrast: float
    paper: str
    ink: str
    ink2: str
    ink3: str
    app: str
    surface: str
    raised: str
    well: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_wash: str
    hover: str
    selection: str
    on_selection: str
    focus: str
    warning: str
    error: str
    gutter: str
    speaker: str
    suggestion: str
    handle: str
    shadow: str
    tooltip: str
    on_tooltip: str
    tints: dict[Strength, float]
    status: dict[str, str]

    def code(self, token: str) -> str:
        """Return a token's `#RRGGBB`, a status token's too; raises KeyError for an unknown one."""
        if token in self.status:
            return self.status[token]
        value: object = getattr(self, token, None)
        if not isinstance(value, str) or not value.startswith("#"):
            raise KeyError(token)
        return value

    def colour(self, token: str) -> QColor:
        """Return a token's colour; raises KeyError for an unknown token."""
        return QColor(self.code(token))

    def status_code(self, token: str) -> str:
        """Return a status's `#RRGGBB`; a token that a project's own scheme made up is shown in ink2."""
        return self.status.get(token, self.ink2)

    def status_colour(self, token: str) -> QColor:
        """Return a status's colour, for lines, icons and shapes."""
        return QColor(self.status_code(token))

    def status_text(self, token: str, strength: Strength | None = None, *, ground: str = "surface") -> QColor:
        """Return a status's colour for text on a ground (token), tinted or not: darkened until it reads well."""
        return QColor(_status_text(self.name, token, strength, ground))

    def on_status(self, token: str) -> QColor:
        """Return the colour of text and icons on a ground of the status's own colour: paper or ink."""
        own = colours.parse(self.status_code(token))
        best = max((self.paper, self.ink), key=lambda code: colours.contrast(colours.parse(code), own))
        return QColor(best)

    def tint(self, token: str, strength: Strength) -> QColor:
        """Return a status's see-through colour, to be painted under text; overlapping tints add up."""
        tinted = self.status_colour(token)
        tinted.setAlphaF(self.tints[strength])
        return tinted


@lru_cache(maxsize=256)
def _status_text(name: str, token: str, strength: Strength | None, ground: str) -> str:
    """What `Theme.status_text` returns, looked for once."""
    theme = load_theme(name)
    under = colours.parse(theme.code(ground))
    own = colours.parse(theme.status_code(token))
    if strength is not None:
        under = colours.mix(own, under, theme.tints[strength])
    return colours.to_hex(colours.legible(own, under, colours.parse(theme.ink), theme.least_contrast))


_shown: list[Theme] = []


@lru_cache(maxsize=len(NAMES))
def load_theme(name: str) -> Theme:
    """Return the theme of that name; raises KeyError for a name that is not in `available()`."""
    if name not in NAMES:
        raise KeyError(name)
    return msgspec.json.decode(assets.path("themes", f"{name}.json").read_bytes(), type=Theme)


def available() -> tuple[str, ...]:
    """Return the names of the themes, the first being the default."""
    return NAMES


def current_theme() -> Theme:
    """Return the theme the program shows now; widgets ask again at `QEvent.PaletteChange`."""
    return _shown[0] if _shown else load_theme(NAMES[0])


def system_theme_name() -> str:
    """Return the theme that goes with the system's settings; "light" where it says nothing."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def chosen_theme(setting: str) -> Theme:
    """Return the theme of the setting `theme`, "system" being the system's."""
    return load_theme(setting if setting in NAMES else system_theme_name())


class Faces(NamedTuple):
    """Which fonts the person wants instead of the program's ("" for these), and how large the interface's is."""

    interface: str = ""
    reading: str = ""
    percent: int = 100


_faces: Final[list[Faces]] = [Faces()]


def choose_faces(faces: Faces) -> None:
    """Use these fonts from the next `apply_theme` on."""
    _faces[0] = faces


def roomy(pixels: int) -> int:
    """Return a measure of something that holds words, larger where the person wants the interface's letters larger."""
    return round(pixels * max(100, _faces[0].percent) / 100)


_of_the_font: Final[list[Callable[[], None]]] = []


_behind_the_theme: Final[list[Callable[[], None]]] = []


def when_the_font_changes(do: Callable[[], None]) -> None:
    """Call this whenever the interface's font may be another: behind the style sheet, which gives fonts back."""
    _behind_the_theme.append(do)


def until_the_font_changes(make: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function makes of the interface's font: fonts and their measures are asked for at every paint.

    What it returns is shared, and not to be changed.
    """
    remembering = lru_cache(maxsize=256)(make)
    _of_the_font.append(remembering.cache_clear)
    return cast("Callable[P, T]", remembering)


def interface_font() -> QFont:
    """Return the interface's font in the system's size; other scripts fall back to the system's faces."""
    return QFont(_interface_font())


@until_the_font_changes
def _interface_font() -> QFont:
    """The font itself, asked for at every paint; `apply_theme` looks again at the system's."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    chosen = _faces[0]
    font.setFamilies([*filter(None, [chosen.interface]), INTERFACE_FAMILY, *font.families()])
    return sized(font, chosen.percent / 100)


def steady(text: str, metrics: QFontMetricsF) -> float:
    """Return the width of a text with a count in it, were its digits the widest: counting moves nothing beside it."""
    return metrics.horizontalAdvance(text.translate(dict.fromkeys(map(ord, "0123456789"), _widest(metrics))))


def _widest(metrics: QFontMetricsF) -> str:
    return max("0123456789", key=metrics.horizontalAdvance)


def reading_font(*, pixels: float = 0.0, factor: float = 1.0) -> QFont:
    """Return the article's font, its size in pixels, or as a factor of the interface's size."""
    font = QFont(interface_font())
    font.setFamilies([*filter(None, [_faces[0].reading]), READING_FAMILY, *_READING_FALLBACKS, *font.families()])
    return sized(font, factor) if not pixels else _in_pixels(font, pixels)


def sized(font: QFont, factor: float) -> QFont:
    """Return the font, larger or smaller by a factor, whether it is measured in points or in pixels."""
    copy = QFont(font)
    if copy.pointSizeF() > 0:
        copy.setPointSizeF(copy.pointSizeF() * factor)
        return copy
    return _in_pixels(copy, copy.pixelSize() * factor)


def _in_pixels(font: QFont, pixels: float) -> QFont:
    font.setPixelSize(max(1, round(pixels)))
    return font


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Show the theme in every window, now; every widget gets `PaletteChange` and `StyleChange`."""
    apply_colours(app, theme)
    app.setStyleSheet(style_sheet(theme))
    for do in _behind_the_theme:
        do()


def apply_colours(app: QApplication, theme: Theme) -> None:
    """Take on all of a theme but its style sheet: with one, each widget that is put into another costs a start more."""
    _shown[:] = [theme]
    for forget in _of_the_font:
        forget()
    app.setFont(interface_font())
    app.setPalette(palette(theme))


def style_sheet(theme: Theme) -> str:
    """Return the style sheet: resources/themes/window.qss with the theme's colours filled in."""
    tokens = {name: value for name, value in msgspec.structs.asdict(theme).items() if isinstance(value, str)}
    return Template(assets.text("themes", "window.qss")).substitute(tokens, **_arrows(theme))


def _arrows(theme: Theme) -> dict[str, str]:
    """Return the style sheet's pictures: it can load only files, so there is one for each ground."""
    kind = "dark" if theme.dark else "light"
    folder = assets.path("icons").as_posix()
    return {name: f"{folder}/sheet-{name}-{kind}.svg" for name in ("chevron", "check")}


def palette(theme: Theme) -> QPalette:
    """Return a palette with every role of every group taken from the theme."""
    role = QPalette.ColorRole
    roles = {
        role.Window: theme.surface,
        role.WindowText: theme.ink,
        role.Base: theme.raised,
        role.AlternateBase: theme.surface,
        role.Text: theme.ink,
        role.Button: theme.raised,
        role.ButtonText: theme.ink,
        role.BrightText: theme.on_accent,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.on_selection,
        role.Link: theme.accent,
        role.LinkVisited: theme.speaker,
        role.ToolTipBase: theme.tooltip,
        role.ToolTipText: theme.on_tooltip,
        role.PlaceholderText: theme.ink3,
        role.Light: theme.raised,
        role.Midlight: theme.surface,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.shadow,
        role.Accent: theme.accent,
    }
    made = QPalette()
    for where, code in roles.items():
        made.setColor(where, QColor(code))  # all three groups
    quiet = QColor(colours.to_hex(colours.mix(colours.parse(theme.ink2), colours.parse(theme.surface), 0.6)))
    for where in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.Link, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, where, quiet)
    made.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(theme.surface))
    made.setColor(QPalette.ColorGroup.Disabled, role.Button, QColor(theme.surface))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    made.setColor(QPalette.ColorGroup.Disabled, role.Accent, quiet)
    return made
