"""What holds for the zones of any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.intake.blocks import split
from annotator.intake.plain_text import read_text
from annotator.model.text import normalise

PIECES = st.sampled_from(
    [
        "\n", "\n\n", " ", "\u2003", "By Jane Doe", "January 11, 2022", "RIVERTON, March 14 (AP) — ", "Related Content",
        "9 hours ago", "Photo: Jane Doe", "Correction: the name was wrong.", "Title: A title", "Marks on face", "İ",
        "The mayor of Riverton said on Monday that the bridge would not open before the spring of the year. " * 2,
        "Subscribe to our newsletter", "https://example.org/2022/01/11/a", "- a list item", "(", "Read more: it",
        "МОСКВА, 11 января 2022 — ", "31/02/2022", "Bridge to open in spring, mayor of Riverton says",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(), min_size=1, max_size=60).map("".join)


@given(TEXTS)
def test_zones_are_sorted_apart_bare_and_hold_every_visible_character(text: str) -> None:
    try:
        reading = read_text(text)
    except Refused:
        assert not normalise(text).text.strip()
        return
    assert reading.text == normalise(text).text
    position = 0
    for zone in reading.zones:
        assert position <= zone.start < zone.end <= len(reading.text)
        assert not reading.text[position : zone.start].strip()
        words = reading.text[zone.start : zone.end]
        assert words == words.strip()
        position = zone.end
    assert not reading.text[position:].strip()


@given(TEXTS)
def test_blocks_hold_whole_lines(text: str) -> None:
    stored = normalise(text).text
    for block in split(stored):
        assert not stored[: block.start].rpartition("\n")[2].strip()
        assert not stored[block.end :].partition("\n")[0].strip()


def test_lines_broken_at_a_fixed_width_are_one_block_and_poems_are_not() -> None:
    mail = (
        "The mayor of Riverton said on Monday that the new bridge would\n"
        "not be open to the public before the spring of the coming year\n"
        "because the steel had not come in time, as she put it then.\n"
    )
    poem = "The river ran along the town\nAnd took the bridge and took it down\nAnd nobody was there to see\nBut me.\n"
    assert len(split(mail)) == 1
    assert len(split(poem)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "The bridge stays closed. " * 40_000,
        ("The bridge stays closed, said the mayor of Riverton on Monday, and so it was. " * 4 + "\n\n") * 3_000,
        "a" + " " * 1_000_000 + "b",
        "(photo " * 150_000,
        "1 " * 500_000,
        ("1 " * 90 + "\n") * 5_000,
    ],
    ids=["one line", "paragraphs", "spaces", "brackets", "numbers", "number lines"],
)
def test_a_megabyte_of_anything_takes_linear_time(text: str) -> None:
    began = time.process_time()
    read_text(text)
    assert time.process_time() - began < 2  # some 0.1 s; what is quadratic takes minutes
