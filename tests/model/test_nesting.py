from hypothesis import given
from hypothesis import strategies as st

from annotator.model.nesting import innermost
from tests.model.places import spans_in

TEXT = "x" * 30


def test_the_shortest_around_is_it_and_what_only_overlaps_is_not() -> None:
    others = [("long", [(0, 20)]), ("short", [(4, 12)]), ("beside", [(6, 9)]), ("same", [(5, 8)])]
    assert innermost([(5, 8)], others) == "short"
    assert innermost([(0, 20)], others) == ""
    assert innermost([(5, 8)], []) == ""


def test_a_span_in_the_gap_of_another_mention_is_not_in_it() -> None:
    assert innermost([(6, 8)], [("outer", [(0, 5), (9, 15)])]) == ""
    assert innermost([(1, 3), (10, 12)], [("outer", [(0, 5), (9, 15)])]) == "outer"


@given(st.lists(spans_in(TEXT), min_size=1, max_size=6))
def test_going_outwards_never_comes_back(mentions: list[tuple[tuple[int, int], ...]]) -> None:
    named = {str(number): spans for number, spans in enumerate(mentions)}
    for start in named:
        seen, here = [start], start
        while here := innermost(named[here], [(id_, spans) for id_, spans in named.items() if id_ != here]):
            assert here not in seen
            seen.append(here)
