"""Colour as numbers: contrast, how different two colours look, and how colour-blind people see them."""

import math
from typing import Final, Literal, NamedTuple, get_args

Blindness = Literal["protan", "deutan", "tritan"]
"""The three kinds of colour blindness: without the cones for long, middle or short waves."""

BLINDNESSES: Final[tuple[Blindness, ...]] = get_args(Blindness)

_HEX_DIGITS: Final = 6

_SEEN: Final[dict[Blindness, tuple[tuple[float, float, float], ...]]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency
(IEEE TVCG 15/6, 2009), severity 1.0, for linear RGB."""


class Rgb(NamedTuple):
    """One sRGB colour, each part 0 to 255."""

    red: int
    green: int
    blue: int


class Lab(NamedTuple):
    """One colour in CIELAB (D65)."""

    lightness: float
    a: float
    b: float


def parse(text: str) -> Rgb:
    """Return the colour of `#RRGGBB`; raises ValueError for anything else."""
    digits = text.removeprefix("#")
    if digits == text or len(digits) != _HEX_DIGITS:
        raise ValueError(f"not a colour of the form #RRGGBB: {text!r}")
    return Rgb(*bytes.fromhex(digits))


def to_hex(colour: Rgb) -> str:
    """Return the colour as `#RRGGBB`."""
    return "#{:02X}{:02X}{:02X}".format(*colour)


def mix(over: Rgb, under: Rgb, strength: float) -> Rgb:
    """Return what shows when `over` is laid on `under` with an opacity of 0.0 to 1.0."""
    return Rgb(*(round(lower + (upper - lower) * strength) for upper, lower in zip(over, under, strict=True)))


def _linear(part: float) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - IEC 61966-2-1


def _encoded(linear: float) -> int:
    share = min(1.0, max(0.0, linear))
    return round(255 * (share * 12.92 if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055))  # noqa: PLR2004 - IEC 61966-2-1


def luminance(colour: Rgb) -> float:
    """Return the relative luminance, 0.0 (black) to 1.0 (white).

    WCAG 2.2, definition of relative luminance.
    """
    red, green, blue = (_linear(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two sRGB colours, 1.0 (same) to 21.0.

    WCAG 2.2, definition of contrast ratio.
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: Rgb, ground: Rgb, ink: Rgb, least: float) -> Rgb:
    """Return the colour, moved towards the ink in steps of a twentieth until it has that contrast on the ground."""
    for step in range(20):
        moved = mix(ink, colour, step / 20)
        if contrast(moved, ground) >= least:
            return moved
    return ink


def seen_by(kind: Blindness, colour: Rgb) -> Rgb:
    """Return the colour as a person with full colour blindness of that kind sees it (Machado et al. 2009)."""
    linear = [_linear(part) for part in colour]
    return Rgb(*(_encoded(sum(weight * part for weight, part in zip(row, linear, strict=True))) for row in _SEEN[kind]))


def lab(colour: Rgb) -> Lab:
    """Return the colour in CIELAB, white point D65 (CIE 15:2004; sRGB primaries of IEC 61966-2-1)."""
    red, green, blue = (_linear(part) for part in colour)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883

    def root(part: float) -> float:
        return math.cbrt(part) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29

    return Lab(116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z)))


def ciede2000(one: Lab, other: Lab) -> float:
    """Return how different two colours look: 1 is about just noticeable, 0 the same.

    CIE 142:2001, in the form of Sharma, Wu, Dalal: The CIEDE2000 Color-Difference Formula (2005).
    """
    chroma_mean = (math.hypot(one.a, one.b) + math.hypot(other.a, other.b)) / 2
    grey = 0.5 * (1 - math.sqrt(chroma_mean**7 / (chroma_mean**7 + 25**7)))
    chroma_1, hue_1 = _polar((1 + grey) * one.a, one.b)
    chroma_2, hue_2 = _polar((1 + grey) * other.a, other.b)
    turn, hue = _hues(chroma_1 * chroma_2, hue_1, hue_2)

    d_lightness = other.lightness - one.lightness
    d_chroma = chroma_2 - chroma_1
    d_hue = 2 * math.sqrt(chroma_1 * chroma_2) * math.sin(math.radians(turn / 2))

    middle = ((one.lightness + other.lightness) / 2 - 50) ** 2
    chroma = (chroma_1 + chroma_2) / 2
    s_lightness = 1 + 0.015 * middle / math.sqrt(20 + middle)
    s_chroma = 1 + 0.045 * chroma
    s_hue = 1 + 0.015 * chroma * _hue_weight(hue)
    blue_turn = (
        2
        * math.sqrt(chroma**7 / (chroma**7 + 25**7))
        * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    )
    light, rich, tone = d_lightness / s_lightness, d_chroma / s_chroma, d_hue / s_hue
    return math.sqrt(max(0.0, light**2 + rich**2 + tone**2 - blue_turn * rich * tone))


def difference(one: Rgb, other: Rgb, kind: Blindness | None = None) -> float:
    """Return how different two sRGB colours look (CIEDE2000), to a colour-blind person if a kind is given."""
    if kind is not None:
        one, other = seen_by(kind, one), seen_by(kind, other)
    return ciede2000(lab(one), lab(other))


def _polar(a: float, b: float) -> tuple[float, float]:
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _hues(chroma_product: float, hue_1: float, hue_2: float) -> tuple[float, float]:
    """Return the turn from one hue to the other and their mean, in degrees, the short way round."""
    if chroma_product == 0:
        return 0.0, hue_1 + hue_2
    turn = hue_2 - hue_1
    mean = (hue_1 + hue_2) / 2
    if abs(turn) <= 180:  # noqa: PLR2004 - half a turn
        return turn, mean
    turn = turn - 360 if turn > 0 else turn + 360
    return turn, (mean + 180) % 360


def _hue_weight(hue: float) -> float:
    return (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
