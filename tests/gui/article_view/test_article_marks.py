"""Marks by place: laid out segment by segment, and yet as if all were laid out together."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.article_view import marks as module
from annotator.gui.article_view.asides import Asides
from annotator.gui.article_view.page import Mark
from annotator.model.lanes import Lanes

LENGTH = 300


@st.composite
def made(draw: st.DrawFn) -> Mark:
    bounds = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=4)))
    spans = tuple(zip(bounds[::2], bounds[1::2], strict=False))
    cue = draw(st.sampled_from([(), ((3, 9),), ((290, 300),)]))
    return Mark(f"m{draw(st.integers(0, 40))}", spans, cue=cue)


def seen(marks: module.Marks, start: int = 0, end: int = LENGTH) -> set[tuple[str, int, int, int]]:
    return {(one.mark.id, one.start, one.end, one.lane) for one in marks.between(start, end)}


@given(st.lists(made(), max_size=25), st.lists(made() | st.integers(0, 40), max_size=25))
def test_segments_give_the_lanes_of_the_whole(first: list[Mark], changes: list[Mark | int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SEGMENT", 2)
        wanted = {mark.id: mark for mark in first}
        marks = module.Marks(wanted.values(), LENGTH)
        for change in changes:
            if isinstance(change, Mark):
                marks.put(change)
                wanted[change.id] = change
            else:
                marks.remove(f"m{change}")
                wanted.pop(f"m{change}", None)
    lanes = Lanes((mark.id, mark.spans) for mark in wanted.values())
    assert seen(marks) == {(one.id, one.start, one.end, one.lane) for one in lanes.spans_in(0, LENGTH)}
    asides = Asides(wanted.values())
    assert sorted(marks.asides_between(50, 200)) == asides.between(50, 200)


@given(st.lists(made(), max_size=25, unique_by=lambda one: one.id), st.integers(0, 25), st.booleans())
def test_marks_that_come_later_lie_as_if_all_had_been_there(all_of: list[Mark], first: int, looked: bool) -> None:  # noqa: FBT001
    # Most come in the order of their places; reporting words may reach far back.
    marks_in_order = sorted(all_of, key=lambda mark: mark.spans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SEGMENT", 2)
        marks = module.Marks(marks_in_order[:first], LENGTH)
        if looked:
            seen(marks)
        middle = first + (len(all_of) - first) // 2
        for part in (marks_in_order[first:middle], marks_in_order[middle:]):
            assert len(marks.add(part)) == len(part)
            if looked:
                seen(marks, 100, 200)
        whole = module.Marks(all_of, LENGTH)
    assert seen(marks) == seen(whole)
    assert sorted(marks.asides_between(0, LENGTH)) == sorted(whole.asides_between(0, LENGTH))
    for mark in all_of:
        marks.remove(mark.id)
    assert seen(marks) == set()


def test_a_mark_outside_the_text_is_reported_once_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    good, bad, empty = Mark("a", ((0, 4),)), Mark("b", ((8, 12),)), Mark("c", ())
    with caplog.at_level(logging.ERROR):
        marks = module.Marks([good, bad, empty], 10)
    assert [one.mark.id for one in marks.between(0, 10)] == ["a"]
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == ["b", "c"]
    assert marks.remove("b") == []


def test_marks_over_a_place_come_shortest_first() -> None:
    marks = module.Marks([Mark("long", ((0, 90),)), Mark("short", ((10, 20),)), Mark("other", ((30, 40),))], 100)
    assert marks.at(12) == ["short", "long"]
    assert marks.at(95) == []
