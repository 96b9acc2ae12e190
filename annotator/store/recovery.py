"""After the program ended unexpectedly: whether what its unclosed sessions wrote is sound, and SQLite's quick check."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from annotator.errors import Refused
from annotator.i18n import _
from annotator.store import file, log, rebuilding, tables
from annotator.store.codec import body_hash

LAST_EVENTS: Final = 5_000
"""So many events of an unclosed session are checked before anything is shown; a worker checks those before them."""

QUIET_SECONDS: Final = 2.0
"""How long a check that gave way waits before it begins again."""

_AGAIN: Final = frozenset({sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY})

_CHUNK: Final = 1_000
"""Events that are read between two moments in which a writer may commit."""


def check_last(connection: sqlite3.Connection, sessions: tuple[int, ...], name: str) -> None:
    """Check digests and bodies of the last events of these sessions, and the rows of what they wrote.

    Raises Refused where they are not what was written.
    """
    number_of, stored = tables.number_in(connection), tables.stored_in(connection)
    for session in sessions:
        end = _last_seq(connection, session)
        written: dict[int, str] = {}
        for event in _checked(connection, session, max(0, end - LAST_EVENTS), end, name):
            written[event.number] = event.kind
        for number, kind in written.items():
            try:
                row = rebuilding.wanted(connection, number, kind, number_of, stored).row
            except (KeyError, ValueError):
                raise _unsound(name) from None
            if tables.row_of(connection, kind, number) != row:
                raise _unsound(name)


def check_earlier(connection: sqlite3.Connection, sessions: tuple[int, ...], name: str) -> None:
    """Check digests and bodies of the events before those of `check_last`; raises like it."""
    for session in sessions:
        for _event in _checked(connection, session, 0, _last_seq(connection, session) - LAST_EVENTS, name):
            pass


def _last_seq(connection: sqlite3.Connection, session: int) -> int:
    row = connection.execute("SELECT coalesce(max(seq), 0) FROM event WHERE session = ?", (session,)).fetchone()
    return int(row[0])


def _checked(connection: sqlite3.Connection, session: int, after: int, last: int, name: str) -> Iterator[log.Event]:
    """Yield the events of a session after one and up to another; raises Refused where their chain is broken."""
    row = connection.execute("SELECT digest FROM event WHERE session = ? AND seq = ?", (session, after)).fetchone()
    digest, seq = (bytes(row[0]) if row else log.NO_DIGEST), after
    headers: dict[int, bytes] = {}
    where = "event.session = ? AND event.seq > ? AND event.seq <= ?"
    while seq < last:
        chunk = list(log.events(connection, where, (session, seq, min(last, seq + _CHUNK))))
        if not chunk:
            raise _unsound(name)
        for event in chunk:
            digest = _following(connection, event, digest, seq, headers, name)
            seq = event.seq
            yield event


def _following(
    connection: sqlite3.Connection, event: log.Event, before: bytes, seq: int, headers: dict[int, bytes], name: str
) -> bytes:
    """Return an event's digest; raises Refused where it is not the one that follows."""
    if event.change not in headers:
        headers[event.change] = _header(connection, event.change)
    draft = log.Draft(event.number, event.object_id, event.kind, event.op, event.previous, event.body)
    wanted = log.digest_of(before, headers[event.change], event.clock, event.seq, event.id, draft, event.body_hash)
    withheld = event.salt is None and event.body is None
    if event.seq != seq + 1 or wanted != event.digest:
        raise _unsound(name)
    if not withheld and (event.salt is None or body_hash(event.salt, event.body or b"") != event.body_hash):
        raise _unsound(name)
    return event.digest


def _header(connection: sqlite3.Connection, change: int) -> bytes:
    row = connection.execute(
        "SELECT change.id, session.id, author, name, joins, undoes FROM change"
        " JOIN session ON session.n = change.session WHERE change.n = ?",
        (change,),
    ).fetchone()
    return log.ChangeHeader(*row).packed() if row else b""


def _unsound(name: str) -> Refused:
    return Refused(
        _("the program ended unexpectedly, and what it wrote last is not sound"),
        do=_("restore a backup; the file was not changed"),
        file=name,
    )


def _damaged(name: str) -> Refused:
    return Refused(_("the file is damaged"), do=_("restore a backup; the file was not changed"), file=name)


class QuickCheck:
    """SQLite's quick check of a file, which gives way to whoever wants to write; run it on a thread of its own."""

    def __init__(self, path: Path, sessions: tuple[int, ...], name: str) -> None:
        self._path = path
        self._sessions = sessions
        self._name = name
        self._stop = threading.Event()
        self._guard = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def run(self) -> Refused | None:
        """Return what is wrong with the file, None where nothing is or it was told to stop."""
        try:
            connection = self._connection = file.connect(self._path)
        except Refused as refusal:
            return refusal
        try:
            while not self._stop.is_set():
                try:
                    return self._looked(connection)
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode not in _AGAIN:
                        return file.refusal(error, self._name)
                # Somebody writes: when they pause, everything is looked at from the beginning.
                self._stop.wait(QUIET_SECONDS)
        except Refused as refusal:
            return refusal
        except (sqlite3.Error, UnicodeDecodeError):
            return _damaged(self._name)
        finally:
            with self._guard:
                self._connection = None
            connection.close()
        return None

    def _looked(self, connection: sqlite3.Connection) -> Refused | None:
        (line,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if line != "ok":
            return _damaged(self._name)
        check_earlier(connection, self._sessions, self._name)
        return None

    def give_way(self) -> None:
        """Let go of the file at once, for a moment: somebody is about to write."""
        with self._guard:
            if self._connection is not None:
                self._connection.interrupt()

    def stop(self) -> None:
        """End soon."""
        self._stop.set()
        self.give_way()
