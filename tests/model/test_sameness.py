"""Classes of `same` links: what leads to one another is one, the smallest id speaks, and a link less undoes it."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.sameness import classes

PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12)


def reached(one: str, pairs: list[tuple[str, str]]) -> set[str]:
    """Walk from one end to the other until nothing new is found."""
    found = {one}
    while more := {end for pair in pairs if found & set(pair) for end in pair} - found:
        found |= more
    return found


@given(PAIRS)
def test_a_class_is_what_can_be_reached_and_its_smallest_id_speaks(pairs: list[tuple[str, str]]) -> None:
    named = {end for pair in pairs for end in pair}
    assert classes(pairs) == {one: min(reached(one, pairs)) for one in named}


@given(PAIRS)
def test_neither_the_order_of_links_nor_of_their_ends_matters(pairs: list[tuple[str, str]]) -> None:
    turned = [(b, a) for a, b in reversed(pairs)]
    assert classes(turned) == classes(pairs) == classes([*pairs, *pairs])


def test_a_long_chain_is_one_class() -> None:
    names = [f"{number:05}" for number in range(5_000)]
    found = classes(zip(names[1:], names, strict=False))
    assert set(found.values()) == {"00000"}
    assert classes([]) == {}
