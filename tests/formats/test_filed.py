"""Places of a file's text and of its final form are the same places, whatever stands before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.filed import FiledText, Utf16Offsets, utf16_length
from annotator.model.text import normalise

TEXTS = st.text(alphabet="a é\r\n\x00🚀\U0010ffff\u2028", max_size=30)


@given(TEXTS, st.integers(0, 3))
def test_what_lies_before_a_place_is_the_same_in_both_forms(text: str, boms: int) -> None:
    raw = "\ufeff" * boms + text
    filed = FiledText.of(raw)
    for place in range(len(raw) + 1):
        ((start, end),) = filed.ranges([(0, place)])
        assert start == 0
        if raw[place - 1 : place + 1] != "\r\n":
            assert filed.text[:end] == normalise(raw[:place]).text
    assert filed.is_shifted or filed.ranges([(1, 2)]) == [(1, 2)]


@given(TEXTS)
def test_every_place_in_utf16_is_found_or_refused(text: str) -> None:
    offsets = Utf16Offsets(text)
    places = {utf16_length(text[:place]): place for place in range(len(text) + 1)}
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    for utf16 in range(-1, utf16_length(text) + 2):
        if utf16 in places:
            assert offsets.code_point(utf16) == places[utf16]
        else:
            with pytest.raises(ValueError, match="no character"):
                offsets.code_point(utf16)
