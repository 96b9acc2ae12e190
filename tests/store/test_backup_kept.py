"""Which backups are kept: ten latest, seven daily, four weekly, whatever the clock says."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotator.store.backup_files import DAYS, LATEST, WEEKS, kept

Taken = list[tuple[int, datetime]]

START = datetime(2024, 2, 26, tzinfo=UTC)

moments = st.integers(0, 120 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
steady = st.lists(moments, max_size=120).map(lambda some: list(enumerate(sorted(some), 1)))
"""A clock that goes forward: what a person has."""
jumping = st.lists(moments, max_size=60).map(lambda some: list(enumerate(some, 1)))
"""A clock that is set to whatever: years forward and back."""


def days(taken: Taken) -> dict[date, int]:
    """The last backup of each day."""
    return {moment.date(): number for number, moment in sorted(taken)}


def weeks(taken: Taken) -> dict[tuple[int, int], int]:
    return {moment.isocalendar()[:2]: number for number, moment in sorted(taken)}


def test_the_promise_is_ten_seven_and_four() -> None:
    assert (LATEST, DAYS, WEEKS) == (10, 7, 4)
    hourly = [(number, START + timedelta(hours=number)) for number in range(1, 24 * 40)]
    assert len(kept(hourly)) == 10 + 6 + 2  # some are the last of a day and of a week, or among the latest


@given(steady)
def test_the_promised_ones_are_kept_and_no_others(taken: Taken) -> None:
    keep = kept(taken)
    latest = {number for number, _ in taken[-LATEST:]}
    daily = set(sorted(days(taken).values())[-DAYS:])
    weekly = set(sorted(weeks(taken).values())[-WEEKS:])
    assert keep == latest | daily | weekly
    assert len(keep) <= LATEST + DAYS + WEEKS


@given(jumping)
def test_the_newest_is_kept_whatever_the_clock_says(taken: Taken) -> None:
    keep = kept(taken)
    assert {number for number, _ in taken[-LATEST:]} <= keep
    assert len(keep) <= LATEST + DAYS + WEEKS
    assert set(sorted(days(taken).values())[-DAYS:]) <= keep, "and the last of each of seven days"


@given(jumping)
def test_pruning_after_each_backup_keeps_what_pruning_once_would(taken: Taken) -> None:
    there: Taken = []
    for one in taken:
        there.append(one)
        keep = kept(there)
        there = [each for each in there if each[0] in keep]
    assert {number for number, _ in there} == kept(taken)


@given(jumping)
def test_pruning_twice_takes_nothing_more(taken: Taken) -> None:
    keep = kept(taken)
    assert kept([one for one in taken if one[0] in keep]) == keep


def test_a_month_away_costs_no_older_backup() -> None:
    before = [(number, START + timedelta(days=number)) for number in range(1, 8)]
    after = [*before, (8, START + timedelta(days=60))]
    assert kept(after) == set(range(1, 9))
