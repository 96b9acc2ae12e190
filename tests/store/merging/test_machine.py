"""The state machine of colleagues' files, and four planted faults, each of which it must find."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator, Sequence
from typing import Any, Final

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotator.model.ids import AnnotatorId
from annotator.store import file, heads, log
from annotator.store.heads import Node
from annotator.store.project import Project
from tests.store.merging.machine import MergingMachine

LONG: Final = settings.default is not None and settings.default.max_examples >= 2000

TestColleagues = MergingMachine.TestCase
TestColleagues.settings = settings(max_examples=5000 if LONG else 100, stateful_step_count=20)


def session_id_kept_in_the_file(patch: pytest.MonkeyPatch) -> None:
    """Whoever opens the file goes on in the session that wrote to it last: two copies, one session."""
    honest = Project.work_as

    def work_as(self: Project, annotator_id: AnnotatorId, *, writing: bool | None = None) -> None:
        honest(self, annotator_id, writing=writing)
        sql = "SELECT n, id, annotator, machine, program FROM session ORDER BY n DESC"
        row = self.connection.execute(sql).fetchone()
        if row and self.writable:
            session = log.Session(*row[1:], n=row[0])
            session.last_seq, session.last_digest = log.end_after(self.connection, session)
            self._session = session  # pyright: ignore[reportPrivateUsage] - the fault

    patch.setattr(Project, "work_as", work_as)


def last_write_wins(patch: pytest.MonkeyPatch) -> None:
    """Of several heads only the latest counts."""
    honest = heads.heads

    def latest(nodes: Sequence[Node]) -> list[Node]:
        return honest(nodes)[-1:]

    patch.setattr(heads, "heads", latest)


def acknowledging_before_commit(patch: pytest.MonkeyPatch) -> None:
    """A change is committed when the next one begins."""

    @contextlib.contextmanager
    def gate(connection: sqlite3.Connection, name: str) -> Generator[None]:
        del name
        connection.execute("PRAGMA query_only = 0")
        if connection.in_transaction:
            connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    patch.setattr(file, "gate", gate)


def weak_digest(patch: pytest.MonkeyPatch) -> None:
    """The digest does not cover what the event says."""
    of_one: Callable[..., bytes] = log.digest_of
    of_many = log.digests_of

    def digest_of(*columns: Any) -> bytes:
        return of_one(*columns[:-1], bytes(32))

    def digests_of(events: log.Columns) -> list[bytes]:
        return of_many(events._replace(body_hash=[bytes(32)] * len(events.body_hash)))

    patch.setattr(log, "digest_of", digest_of)
    patch.setattr(log, "digests_of", digests_of)


FAULTS: Final[dict[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "session id kept in the file": session_id_kept_in_the_file,
    "last-write-wins": last_write_wins,
    "acknowledging before COMMIT": acknowledging_before_commit,
    "weak digest": weak_digest,
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_machine_finds_a_planted_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[name](monkeypatch)
    # The same examples every time, and no more of them once one has failed.
    looking = settings(
        max_examples=100, stateful_step_count=20, derandomize=True, database=None, phases=[Phase.generate]
    )
    # A law that is broken, or a tampered file that is not refused; anything else is no finding.
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        run_state_machine_as_test(MergingMachine, settings=looking)
