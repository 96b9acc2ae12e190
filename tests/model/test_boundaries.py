import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.boundaries import dragged, end_moved, onward, start_moved
from tests.model.places import TEXTS, spans_in

TEXT = "The mayor, who’d left, said “no one” knew.\nNext line."


def test_the_end_goes_behind_the_next_word_and_back() -> None:
    end = TEXT.index(",")
    assert TEXT[: end_moved(TEXT, end, 1)].endswith("who’d")
    assert end_moved(TEXT, end_moved(TEXT, end, 1), -1) == end
    assert TEXT[: end_moved(TEXT, end, -1)] == "The"


def test_the_start_goes_before_the_next_word_and_back() -> None:
    start = TEXT.index("mayor")
    assert TEXT[start_moved(TEXT, start, 1) :].startswith("who’d")
    assert start_moved(TEXT, start_moved(TEXT, start, 1), -1) == start


def test_which_way_is_onward_is_the_paragraphs_own() -> None:
    text = "The gate\n1. (G3) שער\n«البوابة» gate\n123 …"
    assert [onward(text, text.index(words), 1) for words in ("gate", "שער", "gate\n123", "123 …")] == [1, 1, -1, 1]
    assert onward(text, text.index("البوابة"), -1) == 1


def test_a_boundary_stays_in_its_paragraph() -> None:
    assert end_moved(TEXT, TEXT.index("\n"), 1) == TEXT.index("\n")
    assert start_moved(TEXT, TEXT.index("Next"), -1) == TEXT.index("Next")


@pytest.mark.parametrize("words", ["cafe\u0301 noir", "हिन्दी भाषा बोली", "قَالَتْ وِدَادُ الحكيمُ"])
def test_a_letter_keeps_its_marks_where_the_end_goes_left(words: str) -> None:
    end = len(words)
    for kept in range(words.count(" "), 0, -1):
        end = end_moved(words, end, -1)
        assert words[:end] == " ".join(words.split(" ")[:kept])
    assert start_moved(words, len(words) - 1, -1) == words.rindex(" ") + 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(0, 60), st.sampled_from([1, -1]))
def test_a_moved_boundary_goes_its_way_or_stays(text: str, place: int, step: int) -> None:
    place = min(place, len(text))
    for move in (end_moved, start_moved):
        moved = move(text, place, step)
        assert 0 <= moved <= len(text)
        assert moved == place or (moved > place) == (step > 0)
        assert "\n" not in text[min(moved, place) : max(moved, place)]


def test_a_dragged_end_goes_to_the_words_end_and_exactly_where_it_is_wanted() -> None:
    start, end = TEXT.index("mayor"), TEXT.index(", who")
    inside = TEXT.index("left") + 2
    (whole,) = dragged(TEXT, [(start, end)], (0, "end"), inside)
    assert TEXT[slice(*whole)] == "mayor, who’d left"
    (exact,) = dragged(TEXT, [(start, end)], (0, "end"), inside, exact=True)
    assert TEXT[slice(*exact)] == "mayor, who’d le"


def test_a_dragged_start_goes_to_the_words_start() -> None:
    start, end = TEXT.index("left"), TEXT.index(" knew")
    (whole,) = dragged(TEXT, [(start, end)], (0, "start"), TEXT.index("who") + 2)
    assert TEXT[slice(*whole)] == "who’d left, said “no one”"


def test_dragged_past_its_other_end_a_mention_keeps_a_word() -> None:
    start, end = TEXT.index("who"), TEXT.index(", said")
    assert dragged(TEXT, [(start, end)], (0, "end"), 0) == ((start, start + len("who’d")),)
    assert dragged(TEXT, [(start, end)], (0, "start"), len(TEXT)) == ((TEXT.index("left"), end),)


@given(TEXTS, st.data())
def test_a_dragged_end_moves_nothing_else_and_keeps_the_spans_apart(text: str, data: st.DataObject) -> None:
    spans = data.draw(spans_in(text))
    number = data.draw(st.integers(0, len(spans) - 1))
    place = data.draw(st.integers(-3, len(text) + 3))
    exact = data.draw(st.booleans())
    for side in ("start", "end"):
        after = dragged(text, spans, (number, side), place, exact=exact)
        assert len(after) == len(spans)
        kept = 1 if side == "start" else 0
        assert after[number][kept] == spans[number][kept]
        assert [one for at, one in enumerate(after) if at != number] == [
            one for at, one in enumerate(spans) if at != number
        ]
        assert all(0 <= start < end <= len(text) for start, end in after)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(after))
        assert dragged(text, after, (number, side), after[number][1 - kept], exact=True) == after or not exact
