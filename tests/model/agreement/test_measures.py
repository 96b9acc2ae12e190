"""Agreement measures against published worked examples, other implementations, and the laws they must obey."""

import itertools
from collections import Counter
from collections.abc import Sequence

import krippendorff  # pyright: ignore[reportMissingTypeStubs]
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from annotator.model.agreement.alpha import alpha, coincidences
from annotator.model.agreement.kappa import cohen, confusion, fleiss
from annotator.model.agreement.marks import Mark, exact_pairs, overlapping_pairs, shared
from annotator.model.agreement.spans import Found, by_token, exact, overlapping, tokens_of
from annotator.model.agreement.unitised import Unit, added, alpha_1995, cover, tally, units

STATUSES = ("alleged", "disputed", "confirmed")
spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda one: (one[0], one[0] + one[1])), min_size=1, max_size=3
).map(lambda some: tuple(sorted(set(some))))
marks = st.lists(st.builds(Mark, spans, st.sampled_from(STATUSES)), max_size=8)
partitions = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["", "a", "b"])), min_size=1, max_size=8)

# Published worked examples


def _at(start: int, length: int, category: str) -> Unit:
    return Unit(start - 150, start - 150 + length, category)


def test_the_unitised_example_of_krippendorff_2004() -> None:
    first = [_at(225, 70, "c"), _at(370, 30, "c"), _at(180, 60, "k"), _at(300, 50, "k")]
    second = [_at(220, 80, "c"), _at(355, 20, "c"), _at(400, 20, "c"), _at(180, 60, "k"), _at(300, 50, "k")]
    value, found = alpha_1995(300, [first, second])
    assert found["c"].observed == pytest.approx(0.0144, abs=0.0001)
    assert found["c"].expected == pytest.approx(0.0532, abs=0.0001)
    assert found["k"].observed == 0
    assert found["k"].expected == pytest.approx(0.0490, abs=0.0001)
    # The paper says 0.8591: it goes on with figures rounded to four places.
    assert value == pytest.approx(0.8591, abs=0.0005)
    assert found["c"].alpha == pytest.approx(0.7286, abs=0.0005)
    assert found["k"].alpha == 1


def _book(starts: Sequence[int], ends: Sequence[int], values: str) -> list[Unit]:
    return [Unit(start - 1, end, value) for start, end, value in zip(starts, ends, values, strict=True)]


ALEX = _book([1, 8, 31, 33, 38, 45], [7, 13, 32, 37, 44, 60], "125667")
PAUL = _book([1, 8, 14, 33], [7, 13, 21, 44], "1356")
SUZAN = _book([1, 8, 14, 33, 38, 42], [7, 13, 21, 37, 41, 44], "145666")


def test_the_unitised_example_of_krippendorff_2019() -> None:
    value = tally(60, [cover(own) for own in (ALEX, PAUL, SUZAN)]).alpha()
    assert value == pytest.approx(0.510, abs=0.0005)
    relevant = [[unit._replace(category="") for unit in own] for own in (ALEX, PAUL, SUZAN)]
    assert tally(60, [cover(own) for own in relevant]).alpha() == pytest.approx(0.413, abs=0.001)


def test_the_nominal_example_of_krippendorff_2011() -> None:
    """Four observers, twelve units, some not judged: alpha 0.743."""
    table = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    judged = [Counter(row[unit] for row in table if row[unit] != ".") for unit in range(12)]
    assert alpha(coincidences(judged)) == pytest.approx(0.743, abs=0.0005)


def test_the_example_of_fleiss_1971_as_it_is_taught() -> None:
    """Fourteen raters, ten things, five categories: kappa 0.210."""
    table = (
        (0, 0, 0, 0, 14),
        (0, 2, 6, 4, 2),
        (0, 0, 3, 5, 6),
        (0, 3, 9, 2, 0),
        (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0),
        (3, 2, 6, 3, 0),
        (2, 5, 3, 2, 2),
        (6, 5, 2, 1, 0),
        (0, 2, 2, 3, 7),
    )
    ratings = [Counter({str(place): count for place, count in enumerate(row)}) for row in table]
    assert fleiss(ratings) == pytest.approx(0.210, abs=0.0005)


def test_kappa_is_not_the_share_of_agreement_corrected_by_something_else() -> None:
    """Observed 0.84, expected 0.82: kappa 0.111, where one program says 0.836."""
    matrix = {("yes", "yes"): 82, ("yes", "no"): 8, ("no", "yes"): 8, ("no", "no"): 2}
    assert cohen(matrix) == pytest.approx(0.111, abs=0.0005)


def test_the_example_of_cohens_kappa_of_two_readers() -> None:
    matrix = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    assert cohen(matrix) == pytest.approx(0.4)


# Other implementations


@given(st.lists(st.tuples(st.sampled_from(STATUSES), st.sampled_from(STATUSES)), min_size=1, max_size=30))
def test_cohens_kappa_is_that_of_another_implementation(judged: list[tuple[str, str]]) -> None:
    ours = cohen(confusion(judged))
    if ours is None:
        assert len({one for pair in judged for one in pair}) == 1
    else:
        first, second = zip(*judged, strict=True)
        theirs = cohen_kappa_score(first, second)  # pyright: ignore[reportUnknownVariableType]
        assert ours == pytest.approx(theirs)


@given(st.lists(st.lists(st.sampled_from([None, 0, 1, 2]), min_size=4, max_size=4), min_size=2, max_size=12))
def test_nominal_alpha_is_that_of_another_implementation(units_: list[list[int | None]]) -> None:
    judged = [Counter(str(one) for one in unit if one is not None) for unit in units_]
    ours = alpha(coincidences(judged))
    paired = {one for unit in units_ if sum(v is not None for v in unit) > 1 for one in unit if one is not None}
    if len(paired) < 2:
        assert ours is None
        return
    table = np.array([[np.nan if one is None else one for one in unit] for unit in units_]).T
    theirs = krippendorff.alpha(table, level_of_measurement="nominal")  # pyright: ignore[reportUnknownMemberType]
    assert ours == pytest.approx(theirs)


# Laws


@given(marks, marks)
@example([Mark(((3, 4),))], [Mark(((1, 4), (2, 3)))])
def test_pairs_are_one_to_one_and_share_something(first: list[Mark], second: list[Mark]) -> None:
    pairs = overlapping_pairs(first, second)
    assert len({pair.first for pair in pairs}) == len({pair.second for pair in pairs}) == len(pairs)
    assert all(shared(first[a].spans, second[b].spans) for a, b in pairs)
    left = set(range(len(first))) - {pair.first for pair in pairs}
    right = set(range(len(second))) - {pair.second for pair in pairs}
    assert not any(shared(first[a].spans, second[b].spans) for a, b in itertools.product(left, right))


@given(marks, marks)
def test_f1_does_not_ask_who_is_first_and_overlap_finds_no_less(first: list[Mark], second: list[Mark]) -> None:
    assert exact(first, second).f1 == exact(second, first).f1
    assert exact(first, second).precision == exact(second, first).recall
    assert len(exact_pairs(first, second)) <= len(overlapping_pairs(first, second))
    assert overlapping(first, first).f1 == (1.0 if first else None)


@given(marks)
def test_marks_agree_with_themselves(own: list[Mark]) -> None:
    assert exact(own, own).f1 == (1.0 if own else None)
    both = Counter(one.status for one in own)
    assert cohen(confusion((one.status, one.status) for one in own)) == (1.0 if len(both) > 1 else None)


def _cut(partition: list[tuple[int, str]]) -> tuple[int, list[Unit]]:
    place, own = 0, list[Unit]()
    for length, category in partition:
        if category:
            own.append(Unit(place, place + length, category))
        place += length
    return place, own


@given(partitions, partitions, partitions)
def test_unitised_alpha_is_that_of_code_points_one_by_one(
    one: list[tuple[int, str]], two: list[tuple[int, str]], three: list[tuple[int, str]]
) -> None:
    """The coincidences by intersections are those that a walk along every code point counts."""
    cut = [_cut(partition) for partition in (one, two, three)]
    length = max(end for end, _ in cut)
    found = tally(length, [cover(own) for _, own in cut])
    agreed: Counter[str | None] = Counter()
    for place in range(length):
        here = [next((unit.category for unit in own if unit.start <= place < unit.end), None) for _, own in cut]
        for first, second in itertools.permutations(here, 2):
            agreed[first] += first == second
    assert {k: v for k, v in found.agreed.items() if v} == {k: v / 2 for k, v in agreed.items() if v}
    assert sum(found.margins.values()) == found.total == 3 * length


@given(partitions)
def test_unitised_alpha_of_one_and_the_same_is_one(partition: list[tuple[int, str]]) -> None:
    length, own = _cut(partition)
    value = tally(length, [cover(own), cover(own)]).alpha()
    assert value is None or value == pytest.approx(1)


def test_unitised_alpha_of_texts_is_that_of_their_sums() -> None:
    first, second = (tally(60, [cover(one), cover(two)]) for one, two in ((ALEX, PAUL), (PAUL, SUZAN)))
    whole = added([first, second])
    assert whole.total == first.total + second.total
    assert whole.margins["6"] == first.margins["6"] + second.margins["6"]
    value = whole.alpha()
    assert value is not None
    assert value < 1


@given(spans, spans)
def test_units_cover_what_the_spans_cover(
    first: tuple[tuple[int, int], ...], second: tuple[tuple[int, int], ...]
) -> None:
    joined = units([*first, *second])
    covered = {place for start, end in (*first, *second) for place in range(start, end)}
    assert {place for unit in joined for place in range(unit.start, unit.end)} == covered
    assert all(one.end < other.start for one, other in itertools.pairwise(joined))


def test_tokens_count_when_a_mark_touches_them() -> None:
    words = [(0, 3), (4, 8), (9, 12)]
    first = tokens_of([Mark(((1, 5),))], words)
    second = tokens_of([Mark(((4, 8), (9, 10)))], words)
    assert by_token(first, second) == Found(1, 2, 2)
    assert tokens_of([Mark(((3, 4),))], words) == 0


# Where nothing can be said


def test_what_is_undefined_has_no_value() -> None:
    assert cohen({}) is None
    assert cohen({("alleged", "alleged"): 5}) is None
    assert fleiss([]) is None
    assert fleiss([Counter({"alleged": 1})]) is None
    assert alpha(coincidences([Counter({"alleged": 1})])) is None
    assert exact([], []).f1 is None
    assert tally(10, [cover([]), cover([])]).alpha() is None
    with pytest.raises(ValueError, match="equally many"):
        fleiss([Counter({"alleged": 2}), Counter({"alleged": 3})])
