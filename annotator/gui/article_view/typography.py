"""Sizes of the reading column at a zoom: faces, leading, measure, lanes, margins. All in logical pixels."""

from typing import Final

import msgspec
from PySide6.QtGui import QFont, QFontMetricsF

from annotator.gui import theme

ZOOM_LOW: Final = 70
ZOOM_HIGH: Final = 250

_BODY: Final = 19.0
_LEADING: Final = 1.6
_measure: Final = [66]
"""How many letters a line has: 66 unless the person wants it otherwise."""
_SAMPLE: Final = "the quick auditor said five dozen old lead pipes were replaced by march, but whom to ask?"


class Typography(msgspec.Struct, frozen=True):
    """Every size the article view draws with; `pitch` is the distance of two baselines of the body."""

    body: QFont
    headline: QFont
    standfirst: QFont
    byline: QFont
    number: QFont
    pitch: float
    column: float
    lane_gap: float
    first_lane: float
    gutter: float
    right_pad: float

    @property
    def headline_pitch(self) -> float:
        """The distance of two baselines of the headline."""
        return round(self.headline.pixelSize() * 1.32)

    @property
    def standfirst_pitch(self) -> float:
        """The distance of two baselines of the standfirst."""
        return round(self.standfirst.pixelSize() * 1.5)


def choose_measure(letters: int) -> None:
    """Let lines have so many letters from the next `at_zoom` on."""
    _measure[0] = letters


def at_zoom(percent: int) -> Typography:
    """Return the sizes at a zoom in percent, kept within 70 to 250."""
    factor = max(ZOOM_LOW, min(ZOOM_HIGH, percent)) / 100
    size = _BODY * factor
    body = theme.reading_font(pixels=size)
    headline = theme.reading_font(pixels=size * 1.55)
    headline.setWeight(QFont.Weight.Bold)
    standfirst = theme.reading_font(pixels=size * 1.12)
    per_letter = QFontMetricsF(body).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    return Typography(
        body=body,
        headline=headline,
        standfirst=standfirst,
        byline=_interface(13 * factor),
        number=_interface(11 * factor),
        pitch=round(size * _LEADING),
        column=round(per_letter * _measure[0]),
        lane_gap=5 * factor,
        first_lane=4.5 * factor,
        gutter=round(46 * factor),
        right_pad=round(34 * factor),
    )


def _interface(pixels: float) -> QFont:
    font = theme.interface_font()
    font.setPixelSize(max(8, round(pixels)))
    return font
