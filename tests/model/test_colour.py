"""Colour arithmetic against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.colour import (
    BLINDNESSES,
    Lab,
    Rgb,
    ciede2000,
    contrast,
    difference,
    lab,
    legible,
    mix,
    parse,
    seen_by,
    to_hex,
)

PARTS = st.integers(0, 255)
COLOURS = st.builds(Rgb, PARTS, PARTS, PARTS)
BLACK, WHITE = Rgb(0, 0, 0), Rgb(255, 255, 255)

# Sharma, Wu, Dalal 2005, table 1: pairs 1, 4, 7, 9, 10, 13, 14, 17, 19, 24, 25 and 34.
SHARMA = [
    ((50.0000, 2.6772, -79.7751), (50.0000, 0.0000, -82.7485), 2.0425),
    ((50.0000, -1.3802, -84.2814), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, 0.0000, 0.0000), (50.0000, -1.0000, 2.0000), 2.3669),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0009), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0010), 7.1792),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0009, -2.4900), 4.8045),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0010, -2.4900), 4.8045),
    ((50.0000, 2.5000, 0.0000), (73.0000, 25.0000, -18.0000), 27.1492),
    ((50.0000, 2.5000, 0.0000), (56.0000, -27.0000, -3.0000), 31.9030),
    ((50.0000, 2.5000, 0.0000), (50.0000, 3.2592, 0.3350), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "expected"), SHARMA)
def test_ciede2000_gives_the_published_differences(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert ciede2000(Lab(*one), Lab(*other)) == pytest.approx(expected, abs=5e-5)
    assert ciede2000(Lab(*other), Lab(*one)) == pytest.approx(expected, abs=5e-5)


def test_contrast_of_black_and_white_is_21_and_of_the_known_grey_4_5() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21.0)
    assert contrast(parse("#767676"), WHITE) == pytest.approx(4.54, abs=0.005)  # the lightest grey for text on white


def test_white_and_black_are_the_ends_of_the_lightness() -> None:
    assert lab(WHITE) == pytest.approx((100.0, 0.0, 0.0), abs=0.02)
    assert lab(BLACK) == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)


@pytest.mark.parametrize("kind", BLINDNESSES)
def test_colour_blind_people_see_greys_as_they_are(kind: str) -> None:
    for part in range(0, 256, 15):
        seen = seen_by(next(one for one in BLINDNESSES if one == kind), Rgb(part, part, part))
        assert max(abs(one - part) for one in seen) <= 1


def test_red_and_green_come_closer_without_middle_or_long_cones() -> None:
    red, green = parse("#C00000"), parse("#5F7F00")
    for kind in ("protan", "deutan"):
        assert difference(red, green, kind) < difference(red, green) / 2


@given(COLOURS)
def test_a_colour_survives_being_written(colour: Rgb) -> None:
    assert parse(to_hex(colour)) == colour


@given(COLOURS, COLOURS)
def test_difference_and_contrast_do_not_depend_on_the_order(one: Rgb, other: Rgb) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1
    assert difference(one, other) == pytest.approx(difference(other, one), abs=1e-6)
    assert difference(one, one) == 0


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_mixture_lies_between_its_parts(over: Rgb, under: Rgb, strength: float) -> None:
    mixed = mix(over, under, strength)
    assert all(min(a, b) <= c <= max(a, b) for a, b, c in zip(over, under, mixed, strict=True))


@given(COLOURS, COLOURS)
def test_a_legible_colour_has_the_contrast_or_is_the_ink(colour: Rgb, ground: Rgb) -> None:
    found = legible(colour, ground, BLACK, 4.5)
    assert found == BLACK or contrast(found, ground) >= 4.5


@pytest.mark.parametrize("text", ["", "#", "FFFFFF", "#FFF", "#GGGGGG", "#FFFFFFFF"])
def test_anything_but_six_digits_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - bytes.fromhex words its own
        parse(text)
