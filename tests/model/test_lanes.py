"""Lanes: two mentions that overlap never share one, and the order of edits does not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.lanes import Lanes, Placed

Spans = list[tuple[int, int]]

_span = st.tuples(st.integers(0, 60), st.one_of(st.integers(1, 8), st.integers(1, 60))).map(lambda p: (p[0], sum(p)))
_mention = st.lists(_span, min_size=1, max_size=3)
_ids = st.sampled_from("abcdefghijklmnop")
mentions = st.dictionaries(_ids, _mention, max_size=16)
edits = st.lists(st.tuples(_ids, st.one_of(st.none(), _mention)), max_size=40)


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def test_the_longest_lies_in_the_first_lane() -> None:
    lanes = Lanes([("inner", [(2, 4)]), ("outer", [(0, 10)]), ("apart", [(10, 12)])])
    assert [lanes.lane_of(i) for i in ("outer", "inner", "apart")] == [0, 1, 0]
    assert lanes.spans_in(3, 11) == [Placed("outer", 0, 10, 0), Placed("inner", 2, 4, 1), Placed("apart", 10, 12, 0)]
    assert lanes.ids_at(3) == ["inner", "outer"]
    assert lanes.ids_at(4) == ["outer"]
    assert lanes.ids_at(12) == []


def test_what_lies_between_the_parts_of_a_quote_is_free() -> None:
    lanes = Lanes([("quote", [(0, 10), (20, 30)]), ("between", [(10, 20)]), ("in the second part", [(25, 28)])])
    assert lanes.lane_of("between") == 0
    assert lanes.lane_of("in the second part") == 1
    assert lanes.ids_at(15) == ["between"]


def test_more_than_three_are_counted() -> None:
    lanes = Lanes([(str(n), [(n, 20 - n)]) for n in range(6)])
    assert lanes.depth_in(0, 20) == 6
    assert lanes.hidden_in(0, 20) == 3
    assert lanes.hidden_in(0, 3) == 0
    assert lanes.hidden_in(0, 20, shown=5) == 1
    assert lanes.depth_in(20, 40) == 0


@pytest.mark.parametrize("spans", [[], [(3, 3)], [(4, 2)], [(0, 2), (5, 5)]])
def test_a_mention_covers_something(spans: Spans) -> None:
    with pytest.raises(ValueError, match="span"):
        Lanes().put("a", spans)


def test_one_who_is_not_there_cannot_go() -> None:
    with pytest.raises(KeyError):
        Lanes().remove("a")


@given(mentions)
def test_two_that_overlap_never_share_a_lane_and_none_is_left_out(given_: dict[str, Spans]) -> None:
    lanes = Lanes(given_.items())
    for one, spans in given_.items():
        others = [o for o in given_ if o != one and _overlap(spans, given_[o])]
        assert lanes.lane_of(one) not in {lanes.lane_of(o) for o in others}
        # No lane below is free: a mention as long or longer lies in each.
        assert lanes.lane_of(one) <= len(others)


@given(mentions, edits)
def test_editing_gives_what_building_gives(given_: dict[str, Spans], changes: list[tuple[str, Spans | None]]) -> None:
    lanes = Lanes(given_.items())
    now = dict(given_)
    for id_, spans in changes:
        before = {i: lanes.lane_of(i) for i in now}
        told: set[str] = set()
        if spans is not None:
            told = lanes.put(id_, spans)
            now[id_] = spans
        elif id_ in now:
            told = lanes.remove(id_)
            del now[id_]
        fresh = Lanes(reversed(now.items()))
        assert {i for i in now if i in before and lanes.lane_of(i) != before[i]} <= told <= now.keys()
        assert {i: lanes.lane_of(i) for i in now} == {i: fresh.lane_of(i) for i in now}
        assert len(lanes) == len(now)
        assert lanes.spans_in(0, 200) == fresh.spans_in(0, 200)


@given(mentions, st.integers(0, 120), st.integers(0, 60))
def test_a_range_holds_what_overlaps_it(given_: dict[str, Spans], start: int, length: int) -> None:
    lanes = Lanes(given_.items())
    end = start + length
    found = lanes.spans_in(start, end)
    assert all(p.start < end and start < p.end and p.lane == lanes.lane_of(p.id) for p in found)
    assert {p.id for p in found} == {i for i, spans in given_.items() if _overlap(spans, [(start, end)]) and length}
    assert sorted(lanes.ids_at(start)) == sorted(i for i, s in given_.items() if _overlap(s, [(start, start + 1)]))
    assert lanes.depth_in(start, end) == max((p.lane + 1 for p in found), default=0)


def test_one_mention_over_all_and_many_edits_beneath_it() -> None:
    short = [(f"m{n:05}", [(n * 10, n * 10 + 14)]) for n in range(2000)]
    lanes = Lanes(short)
    lanes.put("all", [(0, 20_020)])
    assert lanes.lane_of("all") == 0
    assert {lanes.lane_of(i) for i, _ in short} == {1, 2}
    lanes.remove("m01000")
    lanes.put("m01000", [(10_000, 10_014)])
    fresh = Lanes([*short, ("all", [(0, 20_020)])])
    assert lanes.spans_in(0, 30_000) == fresh.spans_in(0, 30_000)
    lanes.remove("all")
    assert lanes.spans_in(0, 30_000) == Lanes(short).spans_in(0, 30_000)
