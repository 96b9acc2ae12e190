"""The one form of a text."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.text import normalise, sha256_of

ANY_TEXT = st.text(st.characters() | st.sampled_from("\r\n\x00\ufeff\ud800\udfff\ufdd0\ufdd1"))


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once
    assert normalise(once).replaced == 0


@given(ANY_TEXT)
def test_a_normalised_text_can_be_stored_and_named(text: str) -> None:
    stored = normalise(text).text
    assert not set(stored) & set("\r\x00\ufdd0\ufdd1")
    assert not stored.startswith("\ufeff")
    assert sha256_of(stored) == hashlib.sha256(stored.encode("utf-8")).hexdigest()


def test_line_ends_become_line_feeds_and_unstorable_characters_are_counted() -> None:
    normalised = normalise("\ufeffa\r\nb\rc\n\r\n\x00\ud83d\ufdd0😀\ufeffd")
    assert normalised.text == "a\nb\nc\n\n\ufffd\ufffd\ufffd😀\ufeffd"
    assert normalised.replaced == 3
