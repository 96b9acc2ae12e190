"""Spans, moments, statuses and changes: small values with laws."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import moments, span, status
from annotator.model.changes import Changes, changes_of
from annotator.model.ids import AnnotatorId, AssessmentId, ClaimId
from annotator.model.records import Assessment
from annotator.model.span import Span, span_of

TEXTS = st.text(max_size=30)
OFFSETS = st.integers(-3, 33)
PAIRS = st.lists(st.tuples(st.sampled_from(["claim", "mention", "source"]), st.sampled_from("abcd")), max_size=6)


@given(TEXTS, OFFSETS, OFFSETS)
def test_a_span_of_a_text_fits_it_or_there_is_none(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        made = span_of(text, start, end)
        assert made.fits(text)
        assert made.quote == text[start:end]
        assert span.prefix(text, start) + made.quote + span.suffix(text, end) in text
        assert not Span(start, end, made.quote + "x").fits(text)
    else:
        with pytest.raises(ValueError, match="no span"):
            span_of(text, start, end)


@given(OFFSETS, OFFSETS, OFFSETS, OFFSETS)
def test_overlapping_is_sharing_a_character(a: int, b: int, c: int, d: int) -> None:
    one, two = Span(a, b, ""), Span(c, d, "")
    if a < b and c < d:
        assert one.overlaps(two) == two.overlaps(one) == bool(set(range(a, b)) & set(range(c, d)))


@given(st.lists(st.builds(Span, OFFSETS, OFFSETS, st.just(""))))
def test_in_order_is_by_start_and_end(spans: list[Span]) -> None:
    ordered = span.in_order(spans)
    assert sorted(spans, key=repr) == sorted(ordered, key=repr)
    assert [(one.start, one.end) for one in ordered] == sorted((one.start, one.end) for one in spans)


MOMENTS = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - hypothesis asks for naive bounds
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)


@given(MOMENTS, MOMENTS)
def test_written_moments_sort_as_time_passes_and_read_back(one: datetime, two: datetime) -> None:
    a, b = moments.written(one), moments.written(two)
    assert (a < b) == (one < two)
    assert moments.is_moment(a)
    assert moments.read_moment(a) == one
    assert moments.read_moment(a).tzinfo is UTC


@pytest.mark.parametrize("year", [1, 33, 999, 1000, 2022, 9999])
def test_a_year_has_four_digits(year: int) -> None:
    assert moments.written(datetime(year, 1, 2, tzinfo=UTC)) == f"{year:04}-01-02T00:00:00.000000Z"
    assert moments.from_date(f"{year:04}") == (f"{year:04}-01-01T00:00:00.000000Z", "year")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-01-10",
        "2022-01-10T15:00:00Z",
        "2022-02-30T00:00:00.000000Z",
        "2022-01-10T15:00:00.000000+00:00",
        "٢٠٢٢-01-10T15:00:00.000000Z",
        "2022-01-10T24:00:00.000000Z",
    ],
)
def test_what_is_no_written_moment(text: str) -> None:
    assert not moments.is_moment(text)
    with pytest.raises(ValueError):  # noqa: PT011 - datetime words some of them
        moments.read_moment(text)


@given(st.dates())
def test_dates_keep_how_much_of_them_is_known(day: "datetime") -> None:
    iso = day.isoformat()
    for length, precision in ((10, "day"), (7, "month"), (4, "year")):
        moment, found = moments.from_date(f" {iso[:length]} ")
        assert found == precision
        assert moment.startswith(iso[:length])


@pytest.mark.parametrize("text", ["", "22", "2022-1", "2022-13", "2022-02-30", "2022-01-11T00:00", "0000", "yesterday"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - datetime words some of them
        moments.from_date(text)


DAYS = st.sampled_from(["", "2024-01-01", "2024-01-02", "2024-01-03"])
HELD = st.lists(
    st.builds(
        Assessment,
        st.sampled_from("abcdef").map(AssessmentId),
        st.just(ClaimId("claim")),
        st.just(AnnotatorId("who")),
        st.sampled_from(["alleged", "disputed", "confirmed"]),
        valid_from=DAYS,
        recorded_at=DAYS,
    ),
    unique_by=lambda one: one.id,
    max_size=5,
)


@given(HELD, DAYS, st.randoms(use_true_random=False))
def test_what_is_current_is_the_last_that_has_come_due_in_whatever_order(
    held: list[Assessment], at: str, order: random.Random
) -> None:
    due = sorted((one.valid_from, one.recorded_at, one.id, one.status) for one in held if one.valid_from <= at)
    order.shuffle(held)
    found = status.current(held, at)
    assert (found.id if found else "") == (due[-1][2] if due else "")
    assert status.current_status(iter(held), at) == (due[-1][3] if due else "")


STATUSES = st.lists(st.sampled_from(["alleged", "disputed", "confirmed"]), max_size=3)


@given(STATUSES, STATUSES)
def test_the_desk_holds_what_was_adjudicated_or_what_all_annotators_say(adjudicated: list[str], own: list[str]) -> None:
    found = status.desk_status(adjudicated, own)
    decisive = adjudicated or own
    assert found == ("" if not decisive else decisive[0] if len(set(decisive)) == 1 else status.DISAGREE)
    assert found == status.desk_status(adjudicated[::-1], iter(own))


@pytest.mark.parametrize("scheme", status.SCHEMES.values(), ids=list(status.SCHEMES))
def test_no_two_statuses_of_a_scheme_look_or_type_alike(scheme: tuple[status.Status, ...]) -> None:
    for attribute in ("key", "name", "shortcut", "token", "line", "pattern", "icon", "definition"):
        values = [getattr(one, attribute) for one in scheme]
        assert len(set(values)) == len(values), attribute
        assert all(values)
    assert status.DISAGREE not in {one.key for one in scheme}
    assert all(set(one.vocabularies) == {"claimreview", "averitec", "fever", "pheme"} for one in scheme)


@given(PAIRS, PAIRS)
def test_changes_of_both_are_both_changes(one: list[tuple[str, str]], two: list[tuple[str, str]]) -> None:
    both = changes_of(one) | changes_of(two)
    assert both == changes_of(one + two) == changes_of(two) | changes_of(one)
    for kind in ("claim", "mention", "source"):
        assert both.ids(kind) == {name for of, name in one + two if of == kind}
        assert both.touches(kind) == bool(both.ids(kind))
        assert (both | Changes(whole=True)).touches(kind)
    assert changes_of(one) | Changes() == changes_of(one)
    arrived = Changes(whole=True, arrived=True)
    assert (arrived | arrived).arrived
    assert (arrived | Changes()).arrived
    assert (Changes() | arrived).arrived
    assert (arrived | changes_of(one)).arrived == (not one)
    assert not (arrived | Changes(whole=True)).arrived
