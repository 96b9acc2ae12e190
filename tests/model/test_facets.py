"""Rows narrowed by facets: the laws, by whatever rows and values."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.facets import Facets, bits_of, rows_of

ROWS = st.sets(st.integers(0, 300), max_size=40)
VALUES = st.dictionaries(st.sampled_from("abc"), st.dictionaries(st.sampled_from("xyz"), ROWS, max_size=3), max_size=3)
CHOSEN = st.dictionaries(st.sampled_from("abc"), st.frozensets(st.sampled_from("xyzw"), max_size=3), max_size=3)


def made(values: dict[str, dict[str, set[int]]]) -> Facets:
    return Facets(301, {facet: {key: bits_of(rows) for key, rows in some.items()} for facet, some in values.items()})


@given(ROWS)
def test_a_set_of_rows_comes_back(rows: set[int]) -> None:
    assert rows_of(bits_of(rows)) == rows


@given(VALUES, CHOSEN)
def test_a_row_is_left_that_has_one_chosen_value_in_every_facet(
    values: dict[str, dict[str, set[int]]], chosen: dict[str, frozenset[str]]
) -> None:
    expected = {
        row
        for row in range(301)
        if all(
            not wanted or any(row in values.get(facet, {}).get(value, ()) for value in wanted)
            for facet, wanted in chosen.items()
        )
    }
    assert rows_of(made(values).left(chosen)) == expected


@given(VALUES, CHOSEN)
def test_a_count_is_what_would_be_left_with_that_value_alone_in_its_facet(
    values: dict[str, dict[str, set[int]]], chosen: dict[str, frozenset[str]]
) -> None:
    facets = made(values)
    for facet, some in values.items():
        counts = facets.counts(facet, chosen)
        for value in some:
            assert counts[value] == facets.left({**chosen, facet: frozenset({value})}).bit_count()
