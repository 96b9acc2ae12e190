"""The one write gate: a change goes into the file in one transaction, whole or not at all, and the log holds it."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from annotator import settings
from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.changes import Changes, changes_of
from annotator.model.ids import AnnotatorId, ChangeId
from annotator.model.records import Annotator
from annotator.store import file, log, opening
from annotator.store.change import Change
from annotator.store.clock import HybridClock, clock_seconds
from annotator.store.reading import Reading
from annotator.store.remembered import Remembered

if TYPE_CHECKING:
    from annotator.store.journal import Journal
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


class Committing(Reading):
    """Reads a project and writes changes to it, in one annotator's name.

    Attributes:
        path: the file, as the person named it.
        saved_at: when the file was last saved, seconds since 1970; 0.0 where nobody looked yet.
        impatient: while given, a change waits for no other writer: at once it is not saved, for this reason.
    """

    def __init__(self, path: Path, opened: opening.Opened) -> None:
        super().__init__(opened.connection)
        self.path = path
        self.saved_at = 0.0
        self.impatient: Refused | None = None
        self._opened = opened
        self._annotator_id = AnnotatorId("")
        self._session: log.Session | None = None
        self._newcomer: Annotator | None = None
        self._held: Refused | None = None
        self._unknown: _Unknown | None = None
        self._committing = 0.0
        self._left_open: tuple[int, ...] = ()
        self._gives_way: Callable[[], None] | None = None
        self._clock = HybridClock(0)
        self._listeners: list[Callable[[Changes], None]] = []
        self._remembered = Remembered()
        self._keeps_journal = False
        self._journal: Journal | None = None

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

    def _introduced(self) -> Changes:
        """Return what the next change touches besides its own: the newcomer, where there is one."""
        return changes_of([(self._newcomer.kind, self._newcomer.id)] if self._newcomer else [])

    def note_saved(self) -> None:
        """Take over when the file was last saved, by whatever connection."""
        self.saved_at = clock_seconds(log.latest_clock(self._connection))

    def subscribe(self, listener: Callable[[Changes], None]) -> None:
        """Call the listener with what each later change touched, after it was saved."""
        self._listeners.append(listener)

    def _begin_session(self) -> None:
        """Write from now on in a session of its own."""
        self._session = log.Session(ids.new_raw_ids(1)[0], ids.raw(self._annotator_id), settings.machine(), PROGRAM)

    def _end_session(self) -> None:
        session, self._session = self._session, None
        if session is not None and session.n:
            if self._gives_way is not None:
                self._gives_way()
            with file.gate(self._connection, str(self.path)):
                self._connection.execute("UPDATE session SET closed = ? WHERE n = ?", (self._clock.tick(), session.n))

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
        self._read_through(connection)

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
