"""Colleagues' files for the state machine: opened, crashed, copied, restored, tampered with, merged, in memory."""

import io
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from annotator import settings
from annotator.model import ids
from annotator.model.records import Annotator, Claim, Record
from annotator.store import codec, file, log, rebuilding, schema
from annotator.store.beside import Stage
from annotator.store.foreign_log import Walk
from annotator.store.merging import merge, withholding
from annotator.store.merging.tally import Tally
from annotator.store.parcel import Parcel, ParcelWriter
from annotator.store.project import Project
from tests.store.merging.desks import finished, no_backup

OTHERS: Final = ("mention", "assessment", "evidence", "review", "comment")
"""Kinds that a blind copy withholds."""


class Replica:
    """One person's file.

    Attributes:
        holds: the ids of the events that it has acknowledged.
        snapshots: copies of it, with what they hold.
    """

    def __init__(self, path: Path, who: Annotator) -> None:
        self.path = path
        self.who = who
        self.snapshots: list[tuple[Path, set[bytes]]] = []
        self._files = 0
        self.project = self._opened()
        self.holds = self.log()

    def _opened(self) -> Project:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "machine", lambda: self.who.name)
            project = Project.open(self.path, write=True, who=self.who.name)
            project.work_as(self.who.id)
        project._keeps_journal = False  # pyright: ignore[reportPrivateUsage] - the disk is not the subject
        return project

    def log(self) -> set[bytes]:
        """Return the ids of the events in its log."""
        return {event_id for (event_id,) in self.project.connection.execute("SELECT id FROM event")}

    def acknowledged(self) -> None:
        """What was written now is said to be saved."""
        self.holds |= self.log()

    def close(self) -> None:
        """Leave the project."""
        self.project.close()

    def reopen(self) -> None:
        """Close and open it."""
        self.close()
        self.project = self._opened()

    def fresh_path(self) -> Path:
        """Return a name beside it that nothing has."""
        self._files += 1
        return self.path.with_name(f"{self.who.name}-{self._files}.annot")

    def crash(self) -> None:
        """Leave behind what a killed process leaves: the bytes of the file and of a journal."""
        left = self.fresh_path()
        shutil.copyfile(self.path, left)
        journal = Path(f"{self.path}-journal")
        if journal.exists():
            shutil.copyfile(journal, f"{left}-journal")
        self.close()
        self.path = left
        self.project = self._opened()

    def snapshot(self) -> None:
        """Copy it."""
        copy = self.fresh_path()
        shutil.copyfile(self.path, copy)
        self.snapshots.append((copy, set(self.holds)))

    def restore(self, number: int) -> None:
        """Go back to a copy, of which there stays one."""
        copy, holds = self.snapshots[number]
        self.close()
        self.path = self.fresh_path()
        shutil.copyfile(copy, self.path)
        self.project = self._opened()
        self.holds = set(holds)

    @contextmanager
    def raw_copy(self) -> Generator[sqlite3.Connection]:
        """Give a connection to a copy of it in memory, for what no program of ours does."""
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            # Unlike a backup, it does not wait for ever where a faulty writer left its transaction open.
            copy.deserialize(self.project.connection.serialize())
            yield copy


def staged(source: sqlite3.Connection, folder: Path) -> Parcel:
    """Return a log as a parcel, checked like a colleague's file, but in this process; raises FaultError."""
    stream = io.BytesIO()
    Walk(source, ParcelWriter(stream), lambda: None).run(schema.VERSION)
    path = folder / "parcel"
    path.write_bytes(stream.getvalue())
    return Parcel(path)


def merging(into: Replica, source: sqlite3.Connection) -> Generator[Stage, None, merge.Merged]:
    """Return the steps of a merge of a log into a replica."""
    parcel = staged(source, into.path.parent)
    return merge.merged(into.project, [("other", parcel)], 0, no_backup)


def merge_log(into: Replica, source: sqlite3.Connection) -> Tally:
    """Merge a log into a replica."""
    return finished(merging(into, source)).tally


def withhold(copy: sqlite3.Connection, but: Annotator) -> None:
    """Make a blind copy of a copy: what others than this annotator marked is withheld."""
    marks = ", ".join("?" * len(OTHERS))
    copy.execute(
        f"UPDATE event SET salt = NULL, body = NULL WHERE op = 'put' AND object IN"  # noqa: S608 - question marks only
        f" (SELECT n FROM object WHERE kind IN ({marks})) AND change IN (SELECT n FROM change WHERE author <> ?)",
        (*OTHERS, ids.raw(but.id)),
    )


def redact(replica: Replica, record: Record) -> None:
    """Take a record away for good: a deletion that says why, and its bodies with it."""
    project = replica.project
    session, clock = project._session, project._clock  # pyright: ignore[reportPrivateUsage] - as the gate writes
    assert session is not None
    number = project.number_of(record.id)
    with file.gate(project.connection, "redaction"):
        log.begin(project.connection, session, clock)
        heads = rebuilding.joining.shown(project.connection, number, record.kind).previous
        draft = log.Draft(number, ids.raw(record.id), record.kind, "delete", heads, b'{"redaction":"a source"}')
        header = log.ChangeHeader(ids.new_raw_ids(1)[0], session.id, ids.raw(replica.who.id), "redact")
        log.append(project.connection, session, header, clock, [draft])
        withholding.apply_redactions(project.connection, number)
        rebuilding.settle(project.connection, [(number, record.kind)])
    session.last_seq, session.last_digest = log.end_after(project.connection, session)


def _another_body(copy: sqlite3.Connection, n: int) -> None:
    """Change what an event says, and its hash with it, as somebody does who means it."""
    salt, body, kind = copy.execute(
        "SELECT salt, CAST(body AS BLOB), kind FROM event JOIN object ON object.n = event.object WHERE event.n = ?",
        (n,),
    ).fetchone()
    record = codec.read_body(kind, body)
    other = codec.body_of(replace(record, text=f"not {record.text}") if isinstance(record, Claim) else record)
    copy.execute(
        "UPDATE event SET body = CAST(? AS TEXT), body_hash = ? WHERE n = ?", (other, codec.body_hash(salt, other), n)
    )


def _another_time(copy: sqlite3.Connection, n: int) -> None:
    (change,) = copy.execute("SELECT change FROM event WHERE n = ?", (n,)).fetchone()
    copy.execute("UPDATE event SET clock = clock + 1 WHERE change = ?", (change,))
    copy.execute("UPDATE change SET clock = clock + 1 WHERE n = ?", (change,))


TAMPERINGS: Final[dict[str, Callable[[sqlite3.Connection, int], object]]] = {
    "another body": _another_body,
    "another author": lambda copy, n: copy.execute(
        "UPDATE change SET author = zeroblob(16) WHERE n = (SELECT change FROM event WHERE n = ?)", (n,)
    ),
    "another time": _another_time,
    "another past": lambda copy, n: copy.execute(
        "UPDATE event SET previous = CASE previous WHEN x'' THEN id ELSE x'' END WHERE n = ?", (n,)
    ),
}
"""What somebody may do to an event of their file, by name; each takes a copy and the event's row."""
