"""Finding words as a person means them, at the exact places of the stored text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.finding import MOST, places

TEXT = "Der Fluß, “naïve” café e\u0301te\u0301 STRASSE co\u00adop 这是一个桥梁 l’homme\nfin 👩‍🚀 Ærø ﬁlm が か"


def found(words: str, text: str = TEXT, **how: bool) -> list[str]:
    return [text[start:end] for start, end in places(text, words, **how)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fluss", ["Fluß"]),
        ("FLUß", ["Fluß"]),
        ('"naive"', ["“naïve”"]),
        ("cafe", ["café"]),
        ("été", ["e\u0301te\u0301"]),
        ("straße", ["STRASSE"]),
        ("coop", ["co\u00adop"]),
        ("桥梁", ["桥梁"]),
        ("l'homme fin", ["l’homme\nfin"]),
        ("👩‍🚀", ["👩‍🚀"]),
        ("aero", ["Ærø"]),
        ("aerø", ["Ærø"]),
        ("film", ["ﬁlm"]),
        ("が", ["が"]),
        ("か", ["か"]),
        ("a.c", []),
        ("", []),
        ("  ", []),
    ],
)
def test_case_accents_quotation_marks_and_spaces_do_not_count(words: str, expected: list[str]) -> None:
    assert found(words) == expected


def test_letters_with_a_stroke_are_found_by_those_without() -> None:
    assert found("lodz", "Łódź, łódź, Lodz") == ["Łódź", "łódź", "Lodz"]
    assert found("Đorđe", "Djordje, Dorde, đorđe") == ["Dorde", "đorđe"]


def test_whole_words_and_capitals_count_where_they_are_asked_for() -> None:
    text = "The bridge. A bridgehead, the Bridge; co-bridge, bridge\u0301"
    assert len(found("bridge", text)) == 5
    assert found("bridge", text, whole=True) == ["bridge", "Bridge", "bridge", "bridge\u0301"]
    assert found("Bridge", text, case=True) == ["Bridge"]
    # Between Chinese letters every place is the edge of a word.
    assert found("桥", "这是桥梁", whole=True) == ["桥"]


def test_a_letter_is_found_with_the_accents_behind_it() -> None:
    assert found("cafe", "cafe\u0301s") == ["cafe\u0301"]


def test_nobody_steps_through_more_than_so_many() -> None:
    assert len(list(places("a" * (MOST + 5), "a"))) == MOST


@given(st.text(max_size=40), st.text(max_size=5), st.text(max_size=40))
def test_what_stands_there_is_found_there(before: str, words: str, after: str) -> None:
    plain = unicodedata.normalize("NFC", words).strip()
    text = f"{before} {plain} {after}"
    start = len(before) + 1
    spans = list(places(text, words, case=True))
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    if plain:
        assert any(a <= start + len(plain) - 1 and start < b for a, b in spans)
    else:
        assert spans == []
