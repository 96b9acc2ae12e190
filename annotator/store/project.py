"""The project: one file, one write gate, undo from its log, and reading."""

import contextlib
import os
import platform
import sqlite3
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.changes import Changes
from annotator.model.ids import AnnotatorId, ChangeId, ProjectId, Sha256
from annotator.model.records import Annotator, ProjectCard
from annotator.model.status import SCHEMES, Status
from annotator.store import blobs, file, log, schema
from annotator.store.change import Change
from annotator.store.reading import Reading
from annotator.store.undo import Step, Steps, reversal
from annotator.store.writing import Writer

PROGRAM = "annotator 0.1.0"


class _NothingNewError(Exception):
    """A change that would write what is there already: its transaction is rolled back, and no byte changes."""


def _restore(session: log.Session, before: log.Session) -> None:
    session.n, session.last_seq, session.last_digest = before.n, before.last_seq, before.last_digest


class Project(Reading):
    """One open project file.

    Reading works through the methods of `Reading`; every write goes through `change`. A project opened without
    `write` refuses changes. Use it from one thread; `beside` gives a second one for a worker.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: file.WriterLock | None) -> None:
        super().__init__(connection)
        self.path = path
        self._lock = lock
        self._annotator_id = AnnotatorId("")
        self._session: log.Session | None = None
        self._clock = log.HybridClock(log.latest_clock(connection))
        self._listeners: list[Callable[[Changes], None]] = []
        self._steps = Steps()
        self._newcomer: Annotator | None = None
        self.saved_at = 0.0

    @classmethod
    def open(cls, path: Path, *, write: bool, who: str = "") -> Self:
        """Open an existing project; `who` is written into the lock file for others to read.

        Raises Refused where it is no project, another writer has it, or the file takes no writes.
        """
        path = path.resolve()
        header = file.read_header(path)
        if header.schema_version > schema.VERSION:
            raise Refused(
                _("it was made by a newer version of the program (schema {n})").format(n=header.schema_version),
                do=_("update Annotator; the file was not changed"),
                file=str(path),
            )
        lock = file.WriterLock(path) if write else None
        if lock:
            lock.acquire(who or _("somebody"))
        try:
            return cls._connected(path, lock)
        except BaseException:
            if lock:
                lock.release()
            raise

    @classmethod
    def _connected(cls, path: Path, lock: file.WriterLock | None) -> Self:
        connection = file.connect(path)
        try:
            file.check_schema(connection, str(path))
            if lock:
                file.require_writable(connection, str(path))
            return cls(path, connection, lock)
        except BaseException:
            connection.close()
            raise

    @classmethod
    def create(cls, path: Path, *, name: str, annotator: Annotator, scheme: Sequence[Status] | None = None) -> None:
        """Make a new project file, whole or not at all.

        Raises Refused where there is a file already or the place takes no writes.
        """
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        taken = Refused(_("there is a file already"), do=_("choose another name"), file=str(path))
        if path.exists():
            raise taken
        try:
            with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as connection:
                schema.migrate(connection)
            with contextlib.closing(cls(part, file.connect(part), None)) as project:
                project.work_as(annotator.id, writing=True)
                with project.change("project.new") as change:
                    change.put(ProjectCard(ProjectId(ids.new_id()), name, tuple(scheme or SCHEMES["default"])))
                    change.put(annotator)
            _publish(part, path)
        except FileExistsError:
            raise taken from None
        except sqlite3.Error as error:
            raise file.refusal(error, str(path)) from None
        except OSError as error:
            raise Refused(str(error.strerror), do=_("choose another place"), file=str(path)) from None
        finally:
            part.unlink(missing_ok=True)

    def beside(self) -> "Project":
        """Return a second connection to the same file for a worker thread, writing in a session of its own."""
        other = Project(self.path, file.connect(self.path), None)
        other.work_as(self._annotator_id, writing=self._session is not None)
        return other

    def work_as(self, annotator_id: AnnotatorId, *, writing: bool | None = None) -> None:
        """Make all further changes in this annotator's name, in a new session."""
        self._end_session()
        self._annotator_id = annotator_id
        if writing if writing is not None else self._lock is not None:
            self._session = log.Session(ids.new_raw_ids(1)[0], ids.raw(annotator_id), platform.node(), PROGRAM)

    @property
    def annotator_id(self) -> AnnotatorId:
        """Who is at work."""
        return self._annotator_id

    @property
    def writable(self) -> bool:
        """Whether changes are possible."""
        return self._session is not None

    def introduce(self, annotator: Annotator) -> None:
        """Make an annotator with the next change that is written: who only looks leaves no trace."""
        self._newcomer = annotator

    def subscribe(self, listener: Callable[[Changes], None]) -> None:
        """Call the listener with what each later change touched, after it was saved."""
        self._listeners.append(listener)

    @contextlib.contextmanager
    def change(self, name: str, *, joins: ChangeId | None = None) -> Generator[Change]:
        """Collect one change and write it when the block ends: BEGIN IMMEDIATE … COMMIT; an exception writes nothing.

        `joins` names an earlier change of this session with which it is one undo step.

        Raises Refused where an invariant or the disk says no; then the project is as it was.
        """
        change = Change(name, joins=joins)
        yield change
        if self._write(change):
            self._steps.done(change)

    def _write(self, change: Change) -> bool:
        session = self._session
        if session is None:
            raise Refused(
                _("the project is open for reading only"), do=_("close the other window"), file=str(self.path)
            )
        if change.empty:
            return False
        before = replace(session)
        try:
            with file.gate(self._connection, str(self.path)):
                touched = self._write_inside(session, change)
        except _NothingNewError:
            _restore(session, before)
            return False
        except BaseException:
            _restore(session, before)
            # A COMMIT that failed is unknown: only the file can say whether the change is in it.
            if not self._holds(change.id):
                raise
            session.n = before.n or self._session_number(session)
            touched = change.touched
        self._newcomer = None
        session.last_seq, session.last_digest = log.end_after(self._connection, session)
        self.saved_at = log.clock_seconds(log.latest_clock(self._connection))
        self._tell(touched)
        return True

    def _write_inside(self, session: log.Session, change: Change) -> Changes:
        """Write the session's row, a newcomer, and the change; the transaction is rolled back where nothing is new."""
        self._begin_session(session)
        touched = change.touched
        if self._newcomer:
            introduction = Change("annotator.new")
            introduction.put(self._newcomer)
            Writer(self._connection, introduction, self._annotator_id).write(session, self._clock)
            session.last_seq, session.last_digest = log.end_after(self._connection, session)
            touched |= introduction.touched
        if not Writer(self._connection, change, self._annotator_id).write(session, self._clock):
            raise _NothingNewError
        return touched

    def _begin_session(self, session: log.Session) -> None:
        if session.n == 0:
            cursor = self._connection.execute(
                "INSERT INTO session (id, annotator, machine, program, opened) VALUES (?, ?, ?, ?, ?)",
                (session.id, session.annotator, session.machine, session.program, self._clock.tick()),
            )
            session.n = int(cursor.lastrowid or 0)

    def _session_number(self, session: log.Session) -> int:
        row = self._connection.execute("SELECT n FROM session WHERE id = ?", (session.id,)).fetchone()
        return int(row[0]) if row else 0

    def _holds(self, change_id: ChangeId) -> bool:
        try:
            found = self._connection.execute("SELECT 1 FROM change WHERE id = ?", (ids.raw(change_id),)).fetchone()
        except sqlite3.Error:
            return False
        return found is not None

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)

    @property
    def undo_name(self) -> str:
        """The name of the change that undo would take back, "" for none."""
        return self._steps.undo_name

    @property
    def redo_name(self) -> str:
        """The name of the change that redo would bring back, "" for none."""
        return self._steps.redo_name

    def undo(self) -> Changes:
        """Take back the last step of this session, as one new change.

        Raises Refused, naming the object, where somebody else has changed it since.
        """
        return self._step_back(self._steps.to_undo, self._steps.undone)

    def redo(self) -> Changes:
        """Bring back the last step that was undone, as one new change; raises like `undo`."""
        return self._step_back(self._steps.to_redo, self._steps.redone)

    def _step_back(self, step: Step | None, moved: Callable[[Step], None]) -> Changes:
        if step is None:
            return Changes()
        change = reversal(self._connection, step)
        # A step whose parts cancel each other out writes nothing, and stays the step that it was.
        moved(Step((change.id,), step.name) if self._write(change) else step)
        return change.touched

    def text(self, sha256: Sha256) -> str:
        """Return a text; raises KeyError where the project has none of that hash."""
        return blobs.text(self._connection, sha256)

    def blob(self, sha256: Sha256) -> bytes:
        """Return a snapshot's bytes; raises KeyError where the project has none of that hash."""
        return blobs.blob(self._connection, sha256)

    def _end_session(self) -> None:
        session, self._session = self._session, None
        if session is not None and session.n:
            with file.gate(self._connection, str(self.path)):
                self._connection.execute("UPDATE session SET closed = ? WHERE n = ?", (self._clock.tick(), session.n))

    def close(self) -> None:
        """End the session and let go of the file; the lock goes even where the disk refuses the last line."""
        try:
            self._end_session()
        finally:
            self._connection.close()
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Self:
        """Return the open project."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


def _publish(part: Path, path: Path) -> None:
    """Give the finished file its name, never over another file."""
    try:
        os.link(part, path)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, FileExistsError):
            raise
        # No hard links here (FAT, some network drives): on Windows rename refuses to replace by itself.
        if path.exists():
            raise FileExistsError(path) from None
        part.rename(path)
