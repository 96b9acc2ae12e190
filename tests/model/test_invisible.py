import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.invisible import Places, name, places, visible
from annotator.model.utf16 import Utf16Map

LEFT = [
    "",
    "plain",
    "می\u200cخواهم",  # one that Persian needs
    "क्\u200dष",
    "👩\u200d🚀",  # and one that a picture does
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
    "❤\ufe0f and ☎\ufe0e, 👁\ufe0f\u200d🗨\ufe0f, ©\ufe0f, 1\ufe0f\u20e3",  # pictures in colour or as text
    "葛\U000e0100城, 逸\ufe00, 。\ufe00, 0\ufe00, ∩\ufe00",  # an ideograph's shape, and a sign's
    "ᠠᠪ\u180bᠠ\u180eᠡ",  # a Mongolian letter's
    "tab\tstays\nand lines",
]
MARKED = [
    "a\u202eb\u202cc",  # an override, popped
    "a\u202db",
    "\u202aabc\u202c",
    "\u202bשלום\u202c",
    "\u2066abc\u2069",
    "\u2067abc\u2069",
    "\u2068abc\u2069",
    "a\u200bb",  # zero-width space
    "a\u2060b",
    "a\ufeffb",
    "soft\u00adhyphen",
    "שלום\u200f!",
    "abc\u200e שלום",
    "\u061cمرحبا",
    "pass\u200cword",  # a joiner that hides
    "pass\u200dword",
    "see\U000e0068\U000e0069",  # words in tags
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067",  # a flag that no tag ends
    "🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in "seeyouatnine") + "\U000e007f",  # words behind one
    "😀\U000e0068\U000e0069\U000e007f",
    "a\U000e0002b\U000e00ffc\U000e01f0d",  # reserved for what nobody sees
    "a\ufe0f",
    "a\ufe0eb",
    "1\ufe0f2",
    "❤\ufe0f\ufe0f",  # the second chooses nothing
    "葛\U000e0100\U000e0101",
    "葛\ufe0f\ufe00",
    "a\ufe00",
    "😀\ufe01",
    "😀\U000e0148\U000e0155",  # bytes as selectors behind a picture
    "x\U000e01efy",
    "\ufe0f",
    "a\u180bb\u180cc\u180dd\u180f",
    "ᠠ\u180b\u180b",
    "ᠠ\u180eᠪ",
    "a\u034fb",
    "a\u180eb",
    "a\u2061b",
    "a\u206ab",
    "a\u3164b",
    "a\ufff9b\ufffac\ufffb",
    "bell\x07 and delete\x7f",
]
STRINGS = LEFT + MARKED


@pytest.mark.parametrize("text", STRINGS, ids=ascii)
def test_what_hides_or_turns_is_shown_and_marked_and_what_belongs_is_left(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert bool(places(text)) == (text in MARKED)
    assert not set(visible(text)) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad"
    )


@given(st.text(st.one_of(st.sampled_from("".join(STRINGS)), st.characters(exclude_categories=["Cs"]))))
def test_the_text_that_is_shown_has_the_same_places(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert len(shown.encode("utf-16-le")) == len(text.encode("utf-16-le"))
    mapped, stored = Utf16Map(shown), Utf16Map(text)
    if "\r" not in text and "\x1c" not in text:
        assert [mapped.to_utf16(at) for at in range(len(text) + 1)] == [
            stored.to_utf16(at) for at in range(len(text) + 1)
        ]
    assert visible(shown) == shown
    changed = [at for at, (one, other) in enumerate(zip(text, shown, strict=True)) if one != other]
    assert set(changed) <= set(places(text))


@given(st.characters(categories=["Cf"]))
def test_no_character_of_format_is_overlooked_between_latin_letters(char: str) -> None:
    # Signs before numbers in Arabic, Syriac and Kaithi, and those of music and shorthand, have a width of their own.
    own_width = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    if char not in own_width and not "\U00013430" <= char <= "\U0001d17a":
        assert places(f"a{char}b") == [1], unicodedata.name(char, ascii(char))


def test_a_character_has_the_name_that_unicode_gives_it() -> None:
    assert name("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert name("\x07") == "U+0007 CONTROL CHARACTER"


@given(
    st.lists(st.sampled_from(STRINGS), max_size=8), st.integers(0, 9000), st.integers(0, 9000), st.integers(4060, 4100)
)
def test_looked_for_in_parts_they_are_the_same(parts: list[str], start: int, end: int, before: int) -> None:
    text = "x" * before + "".join(parts) + "y" * 4000 + "".join(parts)
    assert Places(text).between(start, end) == [at for at in places(text) if start <= at < end]
