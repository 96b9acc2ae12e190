"""Power loss: a day's real system calls are cut at random points, and what was not synced is kept, lost or torn.

The same states with a weaker `synchronous` must lose work: a harness that finds nothing there proves nothing.
"""

import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.ids import spelled
from annotator.store.check import check
from annotator.store.project import Project
from tests.store import power, tracing

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one: syncing costs nothing there
SCRIPT = Path(__file__).with_name("power_writer.py")
EXTRA, FULL, OFF = 3, 2, 0


class Recorded:
    """The events of a day's work, and what each of its exports held."""

    def __init__(self, events: list[power.Event]) -> None:
        self.events = events
        self.exports: list[bytes] = []
        disk = power.Disk()
        for event in events:
            disk.take(event)
            if event.name == "exported":
                self.exports.append(_everything(disk)["dataset.jsonl"])


def _everything(disk: power.Disk) -> dict[str, bytes]:
    class Kind(random.Random):
        def choice(self, seq: Sequence[object]) -> object:  # pyright: ignore[reportIncompatibleMethodOverride] - one answer
            return "all" if "all" in seq else seq[1]

    return disk.after_power_loss(Kind())


Days = Callable[[int], Recorded]
"""Gives the day that was recorded with a value of `synchronous`."""


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    tracing.require()
    known: dict[int, Recorded] = {}

    def day(synchronous: int) -> Recorded:
        if synchronous not in known:
            known[synchronous] = _recorded(tmp_path_factory, synchronous)
        return known[synchronous]

    return day


def _recorded(folders: pytest.TempPathFactory, synchronous: int) -> Recorded:
    folder = folders.mktemp("day")
    trace = folders.mktemp("trace") / "calls"
    said, calls = tracing.traced(SCRIPT, folder, synchronous, calls=power.CALLS, trace=trace)
    events = power.events_of(calls, folder)
    assert [event.name for event in events if event.what == "said"] == said
    assert len([event for event in events if event.what == "write"]) > 300
    # The model knows all that the program did: with nothing lost it holds the same bytes.
    disk = power.Disk()
    for event in events:
        disk.take(event)
    assert _everything(disk) == {one.name: one.read_bytes() for one in folder.iterdir()}
    return Recorded(events)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as made:
        yield Path(made)


def found(state: power.State, folder: Path) -> str:
    """Open what a loss of power left; return "whole", "lost" (something that was acknowledged) or "corrupt"."""
    for one in folder.iterdir():
        one.unlink()
    for name, content in state.files.items():
        (folder / name).write_bytes(content)
    path = folder / "story.annot"
    if not path.exists():
        return "lost" if "made" in state.said else "whole"
    acknowledged = {line.removeprefix("saved ") for line in state.said if line.startswith("saved ")}
    try:
        with closing(Project.open(path, write=True)) as project:
            if not check(project).sound:
                return "corrupt"
            there = {spelled(raw) for (raw,) in project.connection.execute("SELECT id FROM change")}
    except (Refused, sqlite3.Error):
        return "corrupt"
    return "whole" if acknowledged <= there else "lost"


def counted(day: Recorded, folder: Path, count: int, seed: int) -> Counter[str]:
    known: dict[int, str] = {}
    results: Counter[str] = Counter()
    for state in power.states(day.events, count, seed):
        # Where everything was synced, one state comes again and again: it is looked at once.
        key = hash((tuple(sorted(state.files.items())), state.said))
        if key not in known:
            known[key] = found(state, folder)
        results[known[key]] += 1
    assert len(known) > count // 3
    return results


@pytest.mark.parametrize("count", [100, pytest.param(3_000, marks=pytest.mark.long)])
def test_a_loss_of_power_loses_nothing_that_was_acknowledged(days: Days, folder: Path, count: int) -> None:
    assert counted(days(EXTRA), folder, count, seed=count) == {"whole": count}


@pytest.mark.parametrize("count", [100, pytest.param(3_000, marks=pytest.mark.long)])
def test_the_same_harness_finds_what_weaker_settings_lose(days: Days, folder: Path, count: int) -> None:
    full = counted(days(FULL), folder, count, seed=count)
    assert full["lost"] >= count // 20
    assert full["corrupt"] == 0
    off = counted(days(OFF), folder, count, seed=count)
    assert off["corrupt"] >= count // 20


@pytest.mark.parametrize("count", [100, pytest.param(3_000, marks=pytest.mark.long)])
def test_an_export_is_the_earlier_one_or_the_new_one_whatever_the_power_does(days: Days, count: int) -> None:
    day = days(EXTRA)
    assert len(set(day.exports)) == 3
    for state in power.states(day.events, count, seed=count):
        done = state.said.count("exported")
        allowed = {b"", *day.exports[:1]} if not done else set(day.exports[done - 1 : done + 1])
        assert state.files.get("dataset.jsonl", b"") in allowed
        assert done == 0 or "dataset.jsonl" in state.files


def test_a_mark_costs_five_syncs_and_no_more(days: Days) -> None:
    syncs: list[int] = []
    since = 0
    for event in days(EXTRA).events:
        if event.what in {"sync", "sync folder"}:
            since += 1
        elif event.what == "said":
            if event.name.startswith("saved"):
                syncs.append(since)
            since = 0
    assert len(syncs) == 36
    assert set(syncs) == {5}


def test_the_model_of_the_disk_keeps_what_was_synced_and_only_that_for_certain() -> None:
    disk = power.Disk()
    for event in (
        power.Event("name", 1, "a"),
        power.Event("write", 1, content=b"x" * 1024),
        power.Event("sync", 1),
        power.Event("sync folder"),
        power.Event("write", 1, content=b"y" * 1024),
        power.Event("name", 2, "b"),
        power.Event("unname", name="a"),
    ):
        disk.take(event)
    seen = [disk.after_power_loss(random.Random(seed)) for seed in range(200)]  # noqa: S311 - as in power.py
    assert {frozenset(one) for one in seen} == {frozenset("a"), frozenset("ab"), frozenset("b")}
    contents = {one["a"] for one in seen if "a" in one}
    assert contents == {first * 512 + second * 512 for first in (b"x", b"y") for second in (b"x", b"y")}
