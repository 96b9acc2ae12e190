from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.cutting import Cutter, cutter


@pytest.fixture(scope="module")
def english() -> Cutter:
    made = cutter("en-GB")
    assert made is not None
    return made


def cut(made: Cutter | None, text: str) -> list[str]:
    assert made is not None
    return [text[start:end] for start, end in made(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. Farrant met Sen. Okafor at 5 p.m. in St. Paul.", "She left."],
        ["It cost $3.5 million.", "Nobody paid."],
        ["He left.", "“We won,” she said.", "(That was true.)", "It rained."],
        ["“Who did it?” he asked.", "“Nobody!” said she."],
        ["Mary J. Blige sang.", "All listened."],
    ],
)
def test_english_sentences_end_where_a_reader_ends_them(english: Cutter, sentences: list[str]) -> None:
    assert cut(english, " ".join(sentences)) == sentences


def test_each_language_has_its_own_abbreviations() -> None:
    german = ["Er kam z.B. am Montag bzw. am Dienstag.", "Frau Dr. Roth blieb."]
    assert cut(cutter("de"), " ".join(german)) == german
    assert cut(cutter("es"), "Llegó el Sr. Ruiz. Nadie habló.") == ["Llegó el Sr. Ruiz.", "Nadie habló."]


def test_what_spacy_does_not_know_has_no_cutter() -> None:
    assert cutter("tlh") is None


@given(st.text(st.one_of(st.sampled_from("Ab. “”(?)\n "), st.characters())), st.data())
def test_sentences_stay_in_their_paragraph_in_order_and_hold_all_its_letters(text: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    made = cutter("en")
    assert made is not None
    found = made(text, start, end)
    assert all(start <= first < last <= end for first, last in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    inside = {place for first, last in found for place in range(first, last)}
    assert all(text[place].isspace() for place in range(start, end) if place not in inside)
