"""The project: one file, one write gate, undo from its log, and reading."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec
from msgspec import UNSET, UnsetType

from annotator import settings
from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.model import ids
from annotator.model.changes import Changes, changes_of
from annotator.model.ids import AnnotatorId, ChangeId, ProjectId, Sha256
from annotator.model.records import Annotator, ProjectCard
from annotator.model.status import SCHEMES, Status
from annotator.store import blobs, creating, file, log, opening
from annotator.store.change import Change
from annotator.store.clock import HybridClock, clock_seconds
from annotator.store.lock import WriterLock
from annotator.store.reading import Reading
from annotator.store.remembered import Remembered
from annotator.store.undo import Step, Steps, events_of, reversal

if TYPE_CHECKING:
    from annotator.store.journal import Journal
    from annotator.store.recovery import QuickCheck
    from annotator.store.veil import Veil
    from annotator.store.writing import Writer

PROGRAM = "annotator 0.1.0"


class _Unknown(NamedTuple):
    """A change of which nobody knows whether it is in the file, and where its session stood before and with it."""

    change_id: ChangeId
    before: log.Session
    reached: log.Session


class _NothingNewError(Exception):
    """A change that would write what is there already: its transaction is rolled back, and no byte changes."""


def _restore(session: log.Session, before: log.Session) -> None:
    session.n, session.last_seq, session.last_digest = before.n, before.last_seq, before.last_digest


def _introduced(newcomer: Annotator | None) -> Changes:
    return changes_of([(newcomer.kind, newcomer.id)] if newcomer else [])


class Project(Reading):
    """One open project file.

    Reading works through the methods of `Reading`; every write goes through `change`. A project opened without
    `write` refuses changes. Use it from one thread; `beside` gives a second one for a worker.
    """

    def __init__(self, path: Path, opened: opening.Opened, lock: WriterLock | None) -> None:
        super().__init__(opened.connection)
        self.path = path
        self._opened = opened
        self._lock = lock
        self._annotator_id = AnnotatorId("")
        self._session: log.Session | None = None
        self._held: Refused | None = None
        self._veil: Veil | None = None
        self._unknown: _Unknown | None = None
        self._committing = 0.0
        self._left_open: tuple[int, ...] = ()
        self._gives_way: Callable[[], None] | None = None
        self._waited: int | None = None
        self.impatient: Refused | None = None
        """While given, a change waits for no other writer: at once it is not saved, for this reason."""
        self.unclean = False
        self._clock = HybridClock(0)
        self._listeners: list[Callable[[Changes], None]] = []
        self._steps = Steps()
        self._newcomer: Annotator | None = None
        self._texts = blobs.Texts(opened.connection)
        self._remembered = Remembered()
        self._keeps_journal = False
        self._journal: Journal | None = None
        self.saved_at = 0.0

    @classmethod
    def open(cls, path: Path, *, write: bool, who: str = "") -> Self:
        """Open an existing project; `who` is written into the lock file for others to read.

        Raises Refused where it is no project, another writer has it, or the file takes no writes.
        """
        try:
            return cls._opened_at(file.real(path), write=write, who=who)
        except sqlite3.Error as error:
            raise file.refusal(error, str(path)) from error
        except OSError as error:
            raise from_os(error, str(path)) from error

    @classmethod
    def _opened_at(cls, path: Path, *, write: bool, who: str) -> Self:
        opening.check_header(path, write=write)
        lock = WriterLock(path) if write else None
        if lock:
            lock.acquire(who or _("somebody"))
        found: opening.Opened | None = None
        try:
            unclean = opening.was_cut_short(path)
            found = opening.opened(path, write=write)
            project = cls(path, found, lock)
            if write:
                project._recover(unclean=unclean)
        except BaseException:
            if found:
                found.close()
            if lock:
                lock.release()
            raise
        project._keeps_journal = write
        return project

    def _recover(self, *, unclean: bool) -> None:
        """Look at what the sessions wrote last that nobody closed; raises Refused where it is not sound."""
        self._left_open = opening.left_open(self._connection)
        self.unclean = unclean or bool(self._left_open)
        if self._left_open:
            from annotator.store import recovery  # noqa: PLC0415 - after a clean close nobody needs it

            recovery.check_last(self._connection, self._left_open, str(self.path))

    def quick_check(self) -> "QuickCheck":
        """Return a check of the whole file for another thread; before each change of this project it gives way."""
        from annotator.store import recovery  # noqa: PLC0415 - the first paint does not wait for it

        check = recovery.QuickCheck(self._opened.file, self._left_open, str(self.path))
        self._gives_way = check.give_way
        return check

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        name: str,
        annotator: Annotator,
        scheme: Sequence[Status] | None = None,
        second_check: tuple[str, ...] | UnsetType = UNSET,
        blind: bool | UnsetType = UNSET,
    ) -> None:
        """Make a new project file, whole or not at all; what `second_check` and `blind` say, its card says.

        Raises Refused where there is a file already or the place takes no writes.
        """
        try:
            new = opening.Opened(creating.in_memory(), path)
            with cls(path, new, None) as project:
                project.work_as(annotator.id, writing=True)
                with project.change("project.new") as change:
                    offered = tuple(scheme or SCHEMES["default"])
                    change.put(ProjectCard(ProjectId(ids.new_id()), name, offered, second_check, blind))
                    change.put(annotator)
                project.work_as(annotator.id, writing=False)
                content = new.connection.serialize()
            creating.publish(content, path)
        except FileExistsError:
            if path.is_dir():
                what, do = _("this is a folder"), _("name a file in it, for example story.annot")
                raise Refused(what, do=do, file=str(path)) from None
            raise Refused(_("there is a file already"), do=_("choose another name"), file=str(path)) from None
        except FileNotFoundError:
            raise Refused(_("there is no such folder"), do=_("make it first"), file=str(path.parent)) from None
        except OSError as error:
            raise from_os(error, str(path)) from None

    def beside(self) -> "Project":
        """Return a second connection to the same file for a worker thread, writing in a session of its own.

        Close it before this one: the lock goes with this one.
        """
        other = Project(self.path, opening.Opened(file.connect(self._opened.file), self._opened.file), None)
        other.work_as(self._annotator_id, writing=self._session is not None)
        # Whoever writes first introduces the newcomer; for the other one nothing is new then.
        other._newcomer = self._newcomer
        other._keeps_journal = self._keeps_journal
        other._gives_way = self._gives_way
        return other

    def work_as(self, annotator_id: AnnotatorId, *, writing: bool | None = None) -> None:
        """Make all further changes in this annotator's name, in a new session with nothing to undo yet."""
        self._end_session()
        self._steps = Steps()
        self._annotator_id = annotator_id
        if writing if writing is not None else self._lock is not None:
            self._session = log.Session(ids.new_raw_ids(1)[0], ids.raw(annotator_id), settings.machine(), PROGRAM)

    @property
    def annotator_id(self) -> AnnotatorId:
        """Who is at work."""
        return self._annotator_id

    @property
    def writable(self) -> bool:
        """Whether changes are possible."""
        return self._session is not None and self._held is None

    def hold(self, why: Refused | None) -> None:
        """Refuse every change for this reason until None is given; what was written stays."""
        self._held = why

    def introduce(self, annotator: Annotator) -> None:
        """Make an annotator with the next change that is written: who only looks leaves no trace."""
        self._newcomer = annotator

    def note_saved(self) -> None:
        """Take over when the file was last saved, by whatever connection."""
        self.saved_at = clock_seconds(log.latest_clock(self._connection))

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
        newcomer = self._newcomer
        if self._write(change):
            self._steps.done(change)
            self._tell(change.touched | _introduced(newcomer))

    @contextlib.contextmanager
    def moment(self) -> Generator[bool]:
        """Read all that is read inside from one state of the file; False, at once, where a writer holds it just now.

        A change that is made inside ends the moment first. A moment inside a moment is part of it.
        """
        if self._waited is not None:
            yield True
            return
        self._waited = int(self._connection.execute("PRAGMA busy_timeout").fetchone()[0])
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            try:
                self._connection.execute("BEGIN")
                self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                self._end_moment()
                yield False
            else:
                yield True
        finally:
            self._end_moment()

    def _end_moment(self) -> None:
        if self._waited is not None:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._connection.execute(f"PRAGMA busy_timeout = {self._waited}")
            self._waited = None

    def _ready(self) -> log.Session:
        """Return the session to write in; raises Refused where nothing can be written."""
        if self._held is not None:
            raise self._held
        if self._unknown is not None:
            self._reopen()
            self._settle(self._unknown)
        if self._session is None:
            raise Refused(
                _("the project is open for reading only"), do=_("close the other window"), file=str(self.path)
            )
        self._end_moment()
        if self._gives_way is not None:
            self._gives_way()
        if self.impatient is not None and not file.is_free(self._connection):
            raise file.NotSaved(self.impatient.what, do=self.impatient.do)
        return self._session

    def _write(self, change: Change) -> bool:
        session = self._ready()
        if change.empty:
            return False
        before = replace(session)
        try:
            with self.unveiled(), file.gate(self._connection, str(self.path)):
                self._write_inside(session, change)
        except _NothingNewError:
            _restore(session, before)
            return False
        except BaseException as error:
            reached = replace(session)
            _restore(session, before)
            # A COMMIT that failed is unknown: only the file can say whether the change is in it.
            self._unknown = _Unknown(change.id, before, reached)
            if not self._settle(self._unknown):
                raise
            if not isinstance(error, Refused):
                raise
        self._newcomer = None
        self._left_open = ()
        self.saved_at = self._committing
        if self._keeps_journal:
            self._note(session, before, change)
        return True

    def _note(self, session: log.Session, before: log.Session, change: Change) -> None:
        """Append to the journal what was committed."""
        if self._journal is None:
            from annotator.store.journal import journal_of  # noqa: PLC0415 - the first paint does not wait for it

            self._journal = journal_of(self._connection, self.path)
        self._journal.note(self._connection, session, before, change)

    @property
    def journal_trouble(self) -> Refused | None:
        """Why the last change did not go into the journal, None where it did."""
        return self._journal.trouble if self._journal else None

    def _write_inside(self, session: log.Session, change: Change) -> None:
        """Write a newcomer and the change; the transaction is rolled back where nothing is new."""
        # An import may bring the newcomer's own record along: then that is the introduction.
        if self._newcomer and self._newcomer.id not in change.records:
            introduction = Change("annotator.new")
            introduction.put(self._newcomer)
            self._writer(introduction).write(session, self._clock)
            session.last_seq, session.last_digest = log.end_after(self._connection, session)
        if not self._writer(change).write(session, self._clock):
            raise _NothingNewError
        for left in self._left_open:
            self._connection.execute(
                "UPDATE session SET closed = ? WHERE n = ? AND closed IS NULL", (self._clock.tick(), left)
            )
        # Read now: after COMMIT the disk may not answer any more.
        session.last_seq, session.last_digest = log.end_after(self._connection, session)
        self._committing = clock_seconds(log.latest_clock(self._connection))

    def _writer(self, change: Change) -> "Writer":
        from annotator.store.writing import Writer  # noqa: PLC0415 - the first paint does not wait for it

        return Writer(self._connection, change, self._annotator_id, self._texts, self._remembered)

    def _reopen(self) -> None:
        """Begin anew with the file: of a connection whose rollback failed nobody knows which locks it believes to hold.

        Raises Refused where the file cannot be opened.
        """
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()
        connection = file.connect(self._opened.file)
        self._opened = msgspec.structs.replace(self._opened, connection=connection)
        self._connection = connection
        self._texts = blobs.Texts(connection)
        if self._veil is not None:
            veil, self._veil = self._veil, None
            self.draw_veil(veil)

    def _settle(self, unknown: _Unknown) -> bool:
        """Find out whether a change is in the file, and go on from where its session stands then.

        Raises Refused where the file cannot be read: then nothing more can be chained to it for now.
        """
        holds = self._holds(unknown.change_id)
        self._unknown = None
        if self._session is not None:
            _restore(self._session, unknown.reached if holds else unknown.before)
        if holds:
            self._newcomer = None
        return holds

    def _holds(self, change_id: ChangeId) -> bool:
        sql, values = "SELECT 1 FROM change WHERE id = ?", (ids.raw(change_id),)
        with contextlib.suppress(sqlite3.Error):
            return self._connection.execute(sql, values).fetchone() is not None
        try:
            with contextlib.closing(file.connect(self._opened.file)) as another:
                return another.execute(sql, values).fetchone() is not None
        except (sqlite3.Error, Refused):
            raise file.NotSaved(
                _("the disk fails: whether the last change was saved is not known"),
                do=_("see to the disk, then try again"),
                file=str(self.path),
            ) from None

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)

    @property
    def veil(self) -> "Veil | None":
        """What the person at work does not see for now, None where they see everything (`store.veil`)."""
        return self._veil

    def draw_veil(self, veil: "Veil | None") -> None:
        """Hide something from whoever reads through this project from now on; None shows everything."""
        self._end_moment()
        if veil != self._veil:
            from annotator.store import veil as veils  # noqa: PLC0415 - most projects hide nothing

            if veil is None:
                veils.lift(self._connection)
            else:
                veils.draw(self._connection, veil)
            self._veil = veil

    @contextlib.contextmanager
    def unveiled(self) -> Generator[None]:
        """Read everything inside, also what the person does not see for now; not to be nested."""
        veil = self._veil
        if veil is None:
            yield
            return
        self.draw_veil(None)
        try:
            yield
        finally:
            self.draw_veil(veil)

    @contextlib.contextmanager
    def absorbing(self) -> Generator[sqlite3.Connection]:
        """Hold the write transaction for what colleagues wrote; undo passes it by. For the modules of the store alone.

        Raises Refused where the project takes no writes.
        """
        self._ready()
        with self.unveiled(), file.gate(self._connection, str(self.path)):
            yield self._connection
            if self._gives_way is not None:
                # Meanwhile a check may have begun again to read, and COMMIT needs every reader out of the file.
                self._gives_way()
        self.note_saved()
        self._tell(Changes(whole=True))

    def take_step(self, changes: Sequence[ChangeId], name: str) -> None:
        """Let undo take back, as one step, what a job on a connection `beside` this one wrote; none is no step."""
        if changes:
            self._steps.take(Step(tuple(changes), name))

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
        with self.unveiled():
            back = reversal(self._connection, step, self._steps)
        saved = self._write(back.change)
        events = events_of(self._connection, back.change.id) if saved else []
        self._steps.settle(back, {event.number: event.n for event in events})
        # A step whose parts cancel each other out writes nothing, and stays the step that it was.
        moved(Step((back.change.id,), step.name) if saved else step)
        if not saved:
            return Changes()
        self._tell(back.change.touched)
        return back.change.touched

    def text(self, sha256: Sha256) -> str:
        """Return a text; raises KeyError where the project has none of that hash."""
        return self._texts(sha256)

    def blob(self, sha256: Sha256) -> bytes:
        """Return a snapshot's bytes; raises KeyError where the project has none of that hash."""
        return blobs.blob(self._connection, sha256)

    def _end_session(self) -> None:
        session, self._session = self._session, None
        if session is not None and session.n:
            if self._gives_way is not None:
                self._gives_way()
            with file.gate(self._connection, str(self.path)):
                self._connection.execute("UPDATE session SET closed = ? WHERE n = ?", (self._clock.tick(), session.n))

    def close(self) -> None:
        """End the session and let go of the file; the lock goes even where the disk refuses the last line."""
        try:
            self._end_session()
        finally:
            self._opened.close()
            if self._journal:
                self._journal.close()
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Self:
        """Return the open project."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
