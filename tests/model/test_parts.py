import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.parts import part_at, with_part, without_part
from tests.model.places import TEXTS, spans_in

TEXT = "“The gate,” he said, “was shut.” She left."


def _at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _letters(spans: tuple[tuple[int, int], ...]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def test_taking_the_reporting_words_off_leaves_both_quotations() -> None:
    whole = (_at("“The gate,” he said, “was shut.”"),)
    left = without_part(TEXT, whole, *_at("he said"))
    assert [TEXT[slice(*one)] for one in left] == ["“The gate,”", "“was shut.”"]


def test_the_span_at_the_caret_is_found_at_its_end_too() -> None:
    spans = (_at("gate"), _at("shut"))
    assert part_at(spans, spans[1][1]) == spans[1]
    assert part_at(spans, spans[0][0] + 1) == spans[0]
    assert part_at(spans, 0) is None


@given(TEXTS, st.data())
def test_a_part_joined_is_the_union_and_stays_in_order(text: str, data: st.DataObject) -> None:
    spans, (part, *_more) = data.draw(spans_in(text)), data.draw(spans_in(text))
    joined = with_part(spans, *part)
    assert _letters(joined) == _letters(spans) | _letters((part,))
    assert all(one[1] < other[0] for one, other in itertools.pairwise(joined))


@given(TEXTS, st.data())
def test_a_part_taken_off_leaves_nothing_of_it_and_adds_nothing(text: str, data: st.DataObject) -> None:
    spans, (part, *_more) = data.draw(spans_in(text)), data.draw(spans_in(text))
    left = without_part(text, spans, *part)
    assert _letters(left) <= _letters(spans) - _letters((part,))
    assert all(start < end for start, end in left)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(left))
    untouched = [one for one in spans if one[1] <= part[0] or part[1] <= one[0]]
    assert set(untouched) <= set(left)
