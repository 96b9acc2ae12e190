"""Counting words: what `str.split` says, without making them."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.words import count_words

SPACES = "".join(chr(code) for code in range(0x11_0000) if chr(code).isspace())


@given(st.text(st.sampled_from(SPACES) | st.characters() | st.sampled_from("ab é€👩")))
def test_words_are_counted_as_they_are_split(text: str) -> None:
    assert count_words(text) == len(text.split())


def test_every_space_of_unicode_parts_words() -> None:
    for space in SPACES:
        assert count_words(f"a{space}b{space}{space}c") == 3, ascii(space)
