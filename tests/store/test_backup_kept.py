"""Which backups are kept: ten latest, seven daily, four weekly or as many as wanted, whatever the clock says."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from annotator import settings
from annotator.model.moments import written
from annotator.store import backup_files
from annotator.store.backup_files import Backup, Keep

Taken = list[tuple[int, datetime]]

USUAL = Keep()
LATEST, DAYS, WEEKS = USUAL


def kept(taken: Taken, wanted: Keep = USUAL) -> set[int]:
    return backup_files.kept(taken, wanted)


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


@given(steady, st.builds(Keep, st.integers(3, 20), st.integers(1, 20), st.integers(1, 10)))
def test_the_promised_ones_are_kept_and_no_others(taken: Taken, wanted: Keep) -> None:
    keep = kept(taken, wanted)
    latest = {number for number, _ in taken[-wanted.latest :]}
    daily = set(sorted(days(taken).values())[-wanted.days :])
    weekly = set(sorted(weeks(taken).values())[-wanted.weeks :])
    assert keep == latest | daily | weekly
    assert len(keep) <= sum(wanted)


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


@given(jumping)
def test_with_the_same_numbers_never_more_than_three_go_at_once(taken: Taken) -> None:
    """So going bit by bit changes nothing for who never changed the numbers."""
    there: Taken = []
    for one in taken:
        there.append(one)
        keep = kept(there)
        assert len(there) - len(keep) <= 3
        there = [each for each in there if each[0] in keep]


def make(folder: Path, number: int) -> None:
    when = written(START + timedelta(hours=number))
    one = Backup(number, when, "asked", "p", "n", "o", 1, "", 1, number, "", str(folder))
    one.path.write_bytes(b"x")
    one.path.with_suffix(".json").write_bytes(msgspec.json.encode(one))


def numbers(folder: Path) -> list[int]:
    return [one.number for one in reversed(backup_files.backups_in(folder))]


def test_lower_numbers_take_old_backups_bit_by_bit_and_higher_ones_save_the_rest(tmp_path: Path) -> None:
    settings.change(backups_latest=20, backups_days=1, backups_weeks=1)
    for number in range(1, 21):
        make(tmp_path, number)
        backup_files.prune(tmp_path)
    assert numbers(tmp_path) == list(range(1, 21))
    settings.change(backups_latest=5)
    assert numbers(tmp_path) == list(range(1, 21))
    make(tmp_path, 21)
    backup_files.prune(tmp_path)
    assert numbers(tmp_path) == list(range(4, 22))
    settings.change(backups_latest=16)
    make(tmp_path, 22)
    backup_files.prune(tmp_path)
    assert numbers(tmp_path) == list(range(7, 23))
    assert backup_files.surplus(backup_files.backups_in(tmp_path)) == []
