"""What a backup costs: against SQLite's backup alone, in stalls of whoever works beside it, and in a mark's way."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from annotator.model.ids import AnnotatorId, ClaimId, new_id
from annotator.model.records import Annotator, Claim
from annotator.store import backup, journal
from annotator.store.project import Project
from benchmarks.table import Measured, Run

_TEXT = "A long text of some article, sentence by sentence. " * 400
_BEATS = 0.002
"""Seconds between two beats of whoever stands for the window."""

_MARKED = 500
"""Beats in which marks are made; then the person reads on, or a large copy would never come to its end."""


def measure(run: Run) -> list[Measured]:
    """Measure a backup of a project of 100,000 claims (a tenth with --small)."""
    os.environ["ANNOTATOR_HOME"] = str(run.folder / "home")
    path = _made(run.folder / "bench.annot", 10_000 if run.small else 100_000)
    floor = min(_plain(path, run.folder / "plain.db") for _ in range(3))
    with Project.open(path, write=True) as project:
        project.work_as(AnnotatorId(new_id()))
        cost = _cpu(lambda: backup.take(project, "asked"))
        beside, alone = zip(*(_stalls(project) for _ in range(5)), strict=True)
        note, change = _note(project)
    name = "SQLite's Connection.backup() to a file"
    return [
        Measured("backup_checked", 1000 * cost, 1000 * floor, "ms CPU", name),
        Measured("backup_stall", 1000 * min(beside), 1000 * min(alone), "ms", "the same without a backup", "50 ms"),
        Measured("journal_line", 1000 * note, 1000 * change, "ms CPU", "the change without its line", "1 ms"),
    ]


def _made(path: Path, claims: int) -> Path:
    person = Annotator(AnnotatorId(new_id()), "Bench")
    Project.create(path, name="Bench", annotator=person)
    with Project.open(path, write=True) as project:
        project.work_as(person.id)
        for begin in range(0, claims, 5_000):
            with project.change("import") as change:
                change.arriving = True
                change.put_text(f"{begin} {_TEXT}")
                change.put_all(Claim(ClaimId(new_id()), f"claim {number}") for number in range(begin, begin + 5_000))
    return path


def _plain(path: Path, to: Path) -> float:
    to.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
        return _cpu(lambda: source.backup(target))


def _cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _stalls(project: Project) -> tuple[float, float]:
    """Return the longest time by which a beat of the window came late beside a backup, and for as long without one.

    Every hundredth beat is a mark: how much longer it takes than the shortest one counts as late. This is time on the
    wall, so the neighbours on the machine are in both figures; the least of several runs has the fewest of them.
    """
    done = threading.Event()

    def take() -> None:
        with project.beside() as beside:
            for _stage in backup.taking(beside, "asked", gentle=True):
                pass
        done.set()

    begin = time.perf_counter()
    thread = threading.Thread(target=take)
    thread.start()
    beside = _latest_beat(project, done.is_set)
    took = time.perf_counter() - begin
    thread.join()
    end = time.perf_counter() + took
    return beside, _latest_beat(project, lambda: time.perf_counter() > end)


def _latest_beat(project: Project, over: Callable[[], bool]) -> float:
    shortest = min(_mark(project) for _ in range(5))
    pause, latest, beats = threading.Event(), 0.0, 0
    while not over():
        due = time.perf_counter() + _BEATS
        pause.wait(_BEATS)
        late = time.perf_counter() - due
        beats += 1
        if beats % 100 == 0 and beats <= _MARKED:
            late += max(0.0, _mark(project) - shortest)
        latest = max(latest, late)
    return latest


def _mark(project: Project) -> float:
    begin = time.perf_counter()
    with project.change("claim.new") as change:
        change.put(Claim(ClaimId(new_id()), "a mark"))
    return time.perf_counter() - begin


def _note(project: Project, times: int = 200) -> tuple[float, float]:
    """Return the CPU seconds of a line of the journal, and those of the change that it notes."""
    session = project._session  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - measured by itself
    if session is None:
        raise RuntimeError("the project is open for reading only")
    lines = changes = 0.0
    kept = journal.journal_of(project.connection, project.path)
    for _ in range(times):
        before = replace(session)
        begin = time.process_time()
        with project.change("claim.new") as change:
            change.put(Claim(ClaimId(new_id()), "a mark"))
        middle = time.process_time()
        kept.note(project.connection, session, before, change)
        lines += time.process_time() - middle
        changes += middle - begin
    return lines / times, (changes - lines) / times
