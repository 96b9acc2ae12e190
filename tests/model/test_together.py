from hypothesis import given
from hypothesis import strategies as st

from annotator.model.together import together
from tests.model.places import spans_in

TEXT = "x" * 40


@given(st.lists(spans_in(TEXT), min_size=1, max_size=8))
def test_from_each_of_them_the_same_are_found_and_none_apart(mentions: list[tuple[tuple[int, int], ...]]) -> None:
    named = {str(number): spans for number, spans in enumerate(mentions)}

    def overlapping(start: int, end: int) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
        return [(id_, spans) for id_, spans in named.items() if any(a < end and start < b for a, b in spans)]

    rings = {id_: together([(id_, spans)], overlapping) for id_, spans in named.items()}
    for id_, ring in rings.items():
        assert id_ in ring
        assert all(rings[other] == ring for other in ring)
        outside = set(named) - set(ring)
        for other in outside:
            assert all(b <= c or d <= a for one in ring for a, b in named[one] for c, d in named[other])
