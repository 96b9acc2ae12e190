"""Whether a copy of a project may count as a backup: SQLite's own check, every digest, every hash of a content."""

import hashlib
import sqlite3
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from annotator.i18n import _
from annotator.store import log
from annotator.store.backup_files import identity, last_event
from annotator.store.beside import Stage, waited
from annotator.store.codec import body_hash

_CHUNK: Final = 1_000
"""Events that are checked between two moments in which the job can be stopped."""

_REST_SECONDS: Final = 0.003
"""How long a gentle check then leaves the interpreter to the window, about as long as it had it."""

_EVENTS: Final = (
    "SELECT event.session, event.seq, event.clock, event.id, object.id, object.kind, event.op, event.previous,"
    " event.change, event.salt, CAST(event.body AS BLOB), event.body_hash, event.digest FROM event"
    " CROSS JOIN object ON object.n = event.object ORDER BY event.session, event.seq"
)
_HEADERS: Final = (
    "SELECT change.n, change.id, session.id, author, name, joins, undoes FROM change"
    " CROSS JOIN session ON session.n = change.session"
)


class Contents(msgspec.Struct, frozen=True):
    """What a sound copy holds."""

    project_id: str
    name: str
    schema_version: int
    events: int
    last_event: str


class UnsoundError(Exception):
    """A copy is not sound; the text says where, in the program's own words."""


class _End(NamedTuple):
    session: int
    seq: int
    digest: bytes


def reading(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that nobody writes to: our own copy. It leaves no trace beside it."""
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
    )


def checking(path: Path, *, gentle: bool = False) -> Generator[Stage, None, Contents]:
    """Check a copy; the generator's value says what it holds. `gentle` leaves a window its turns.

    Raises UnsoundError where it is damaged.
    """
    with closing(reading(path)) as connection:
        try:
            connection.execute("PRAGMA cell_size_check = 1")
            yield from _check_pages(connection)
            yield from _check_contents(connection, gentle=gentle)
            events = yield from _check_log(connection, gentle=gentle)
            return _contents(connection, events)
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            raise UnsoundError(f"the file is damaged: {error}") from None


def _check_pages(connection: sqlite3.Connection) -> Generator[Stage, None, None]:
    def check() -> str:
        return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])

    line = yield from waited(check, connection.interrupt, lambda: Stage(0, 0, _("Checking the copy")))
    if line != "ok":
        raise UnsoundError(line)


def _check_contents(connection: sqlite3.Connection, *, gentle: bool) -> Generator[Stage, None, None]:
    for table in ("text", "blob"):
        total = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        rows = connection.execute(f"SELECT sha256, CAST(content AS BLOB) FROM {table}")
        for number, (sha256, content) in enumerate(rows):
            if hashlib.sha256(content).digest() != sha256:
                raise UnsoundError(f"a {table} is not what its SHA-256 says")
            if number % 20 == 0:
                _rest(gentle=gentle)
                yield Stage(number, total, _("Checking the copy"))


def _check_log(connection: sqlite3.Connection, *, gentle: bool) -> Generator[Stage, None, int]:
    """Check every hash and digest; a hole in a chain is no damage: a colleague's file may have come without a part."""
    headers = {row[0]: log.ChangeHeader(*row[1:]).packed() for row in connection.execute(_HEADERS)}
    total = int(connection.execute("SELECT count(*) FROM event").fetchone()[0])
    end, done = _End(0, 0, log.NO_DIGEST), 0
    for rows in _chunks(connection.execute(_EVENTS)):
        for row in rows:
            end = _checked(row, headers, end)
        done += len(rows)
        _rest(gentle=gentle)
        yield Stage(done, total, _("Checking the copy"))
    if done != total:
        raise UnsoundError("events have lost their object")
    return done


def _chunks(cursor: sqlite3.Cursor) -> Iterator[list[tuple[object, ...]]]:
    return iter(partial(cursor.fetchmany, _CHUNK), [])


def _checked(row: tuple[object, ...], headers: dict[object, bytes], end: _End) -> _End:
    event = _Row._make(row)
    before = log.NO_DIGEST if event.seq == 1 else end.digest if (event.session, event.seq - 1) == end[:2] else None
    if event.salt is not None and body_hash(event.salt, event.body or b"") != event.body_hash:
        raise UnsoundError(f"event {event.seq} of session {event.session} has another body than was written")
    if before is not None:
        draft = log.Draft(0, event.object_id, event.kind, event.op, event.previous, None)
        header = headers.get(event.change, b"")
        found = log.digest_of(before, header, event.clock, event.seq, event.id, draft, event.body_hash)
        if found != event.digest:
            raise UnsoundError(f"event {event.seq} of session {event.session} has another digest than was written")
    return _End(event.session, event.seq, event.digest)


class _Row(NamedTuple):
    session: int
    seq: int
    clock: int
    id: bytes
    object_id: bytes
    kind: str
    op: str
    previous: bytes
    change: int
    salt: bytes | None
    body: bytes | None
    body_hash: bytes
    digest: bytes


def _rest(*, gentle: bool) -> None:
    if gentle:
        threading.Event().wait(_REST_SECONDS)


def _contents(connection: sqlite3.Connection, events: int) -> Contents:
    project_id, name = identity(connection)
    return Contents(
        project_id=project_id,
        name=name,
        schema_version=int(connection.execute("PRAGMA user_version").fetchone()[0]),
        events=events,
        last_event=last_event(connection),
    )
