"""Places in code points and in UTF-16 units; what Qt itself makes of it is in tests/gui/test_utf16_against_qt.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.utf16 import Block, Utf16Map

pieces = st.lists(
    st.sampled_from(
        ["a", "b ", "\n", "\r\n", "é", "e\u0301", "🦊", "👩\u200d👩\u200d👧", "\u2028", "\u2029", "\u00a0", "𝔘"]
    ),
    max_size=60,
).map("".join)


def test_a_plain_text_is_shown_as_it_is_and_not_copied() -> None:
    text = "one\ntwo\n"
    places = Utf16Map(text)
    assert places.display is text
    assert list(places.blocks) == [Block(0, 3, 0), Block(4, 7, 4), Block(8, 8, 8)]
    assert [places.block_at(n) for n in range(9)] == [0, 0, 0, 0, 1, 1, 1, 1, 2]


def test_a_character_beyond_the_first_plane_takes_two_units() -> None:
    places = Utf16Map("a🦊b")
    assert [places.to_utf16(n) for n in range(4)] == [0, 1, 3, 4]
    assert [places.to_code_point(n) for n in range(5)] == [0, 1, 1, 2, 3]


def test_a_long_line_is_cut_after_a_space_and_the_separator_is_known() -> None:
    places = Utf16Map("one two three", longest=8)
    assert places.display == "one two \nthree"
    assert list(places.blocks) == [Block(0, 8, 0), Block(8, 13, 9)]
    assert places.to_utf16(8) == 9
    assert [places.to_code_point(n) for n in (7, 8, 9, 10)] == [7, 8, 8, 9]
    assert [places.continues(n) for n in (0, 1)] == [False, True]


def test_a_cut_after_a_surrogate_pair_tells_its_half_from_the_separator() -> None:
    places = Utf16Map("ab🦊cd", longest=3)
    assert places.display == "ab🦊\ncd"
    assert [places.to_code_point(n) for n in (2, 3, 4, 5)] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    "cluster", ["e\u0301", "👩\u200d👩\u200d👧", "🇩🇪", "👍🏽", "각", "\u1100\u1161\u11a8", "❤\ufe0f"]
)
def test_a_long_line_is_never_cut_inside_a_character_as_read(cluster: str) -> None:
    for before in range(6):
        places = Utf16Map("x" * before + cluster * 3, longest=5)
        assert cluster * 2 in places.display.replace("\n", "").replace("x", "")
        assert places.display.count(cluster) == 3


def test_a_heap_of_marks_is_cut_all_the_same() -> None:
    assert max(b.end - b.start for b in Utf16Map("a" + "\u0301" * 10_000).blocks) <= 2064


@pytest.mark.parametrize("place", [-1, 4])
def test_a_place_outside_is_refused(place: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        Utf16Map("abc").to_utf16(place)
    with pytest.raises(ValueError, match="no position"):
        Utf16Map("abc").to_code_point(place)


@given(pieces, st.integers(1, 30))
def test_there_and_back_is_the_same_place(text: str, longest: int) -> None:
    places = Utf16Map(text, longest=longest)
    shown = [places.to_utf16(n) for n in range(len(text) + 1)]
    assert shown == sorted(shown)
    for place, position in enumerate(shown):
        inside_crlf = text[max(0, place - 1) : place + 1] == "\r\n"
        assert places.to_code_point(position) == place + inside_crlf


@given(pieces, st.integers(1, 30))
def test_nothing_but_separators_is_added(text: str, longest: int) -> None:
    places = Utf16Map(text, longest=longest)
    joined = "".join(text[b.start : b.end] for b in places.blocks)
    assert joined == "".join(c for c in text if c not in "\r\n\u2029")
    assert places.display_length == len(places.display.replace("\r\n", "\n").encode("utf-16-le")) // 2
    for index, block in enumerate(places.blocks):
        assert places.block_range(index) == (block.start, block.end)
        assert places.block_at(block.start) == places.block_at(max(block.start, block.end - 1)) == index
