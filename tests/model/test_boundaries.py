from hypothesis import given
from hypothesis import strategies as st

from annotator.model.boundaries import end_moved, start_moved

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


def test_a_boundary_stays_in_its_paragraph() -> None:
    assert end_moved(TEXT, TEXT.index("\n"), 1) == TEXT.index("\n")
    assert start_moved(TEXT, TEXT.index("Next"), -1) == TEXT.index("Next")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(0, 60), st.sampled_from([1, -1]))
def test_a_moved_boundary_goes_its_way_or_stays(text: str, place: int, step: int) -> None:
    place = min(place, len(text))
    for move in (end_moved, start_moved):
        moved = move(text, place, step)
        assert 0 <= moved <= len(text)
        assert moved == place or (moved > place) == (step > 0)
        assert "\n" not in text[min(moved, place) : max(moved, place)]
