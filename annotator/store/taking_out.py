"""Takes what redactions took out of a file that nobody else has open: a copy of a backup, of whatever schema."""

import contextlib
import sqlite3
from collections.abc import Collection, Generator, Iterable
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.store import going_along
from annotator.store.going_along import Part
from annotator.store.merging import withholding


class Redacted(NamedTuple):
    """What redactions took out of a project: the records, and those events of them that keep their bodies."""

    object_ids: frozenset[str]
    kept: frozenset[bytes]


class Taken(NamedTuple):
    """What went out of a copy: texts and snapshots by their SHA-256, records by their ids."""

    contents: set[bytes]
    object_ids: set[str]


_BODIES: Final = (
    "SELECT event.id FROM object JOIN event ON event.object = object.n"
    " WHERE object.id = ? AND op = 'put' AND (salt IS NOT NULL OR body IS NOT NULL)"
)


def holds(connection: sqlite3.Connection, redacted: Redacted) -> bool:
    """Tell whether a file has a body that was redacted."""
    rows = (row[0] for one in redacted.object_ids for row in connection.execute(_BODIES, (ids.raw(one),)))
    return any(event not in redacted.kept for event in rows)


def take_out(copy: Path, redacted: Redacted) -> Taken:
    """Take redacted records out of a file, with what goes along with them there, and write it anew."""
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = 1")
        with _immediately(connection):
            given = list(_parts(connection, redacted.object_ids))
            parts = [*given, *going_along.along(connection, given)]
            hashes = withholding.hashes_of(going_along.bodies(connection, [one.number for one in parts]))
            for one in parts:
                _take_part(connection, one, redacted.kept)
            gone = withholding.take_unnamed(connection, hashes)
        connection.execute("VACUUM")
    return Taken(gone, {one.object_id for one in parts})


def _parts(connection: sqlite3.Connection, object_ids: Iterable[str]) -> Generator[Part, None, None]:
    for one in object_ids:
        row = connection.execute("SELECT n, kind FROM object WHERE id = ?", (ids.raw(one),)).fetchone()
        if row is not None:
            yield Part(int(row[0]), str(row[1]), one)


def _take_part(connection: sqlite3.Connection, part: Part, kept: Collection[bytes]) -> None:
    keep = "NOT (op = 'delete' AND body IS NOT NULL) AND hex(id) NOT IN (SELECT value FROM json_each(?))"
    names = msgspec.json.encode([one.hex().upper() for one in kept]).decode()
    connection.execute(f"UPDATE event SET salt = NULL, body = NULL WHERE object = ? AND {keep}", (part.number, names))
    state = f"state_{part.kind}"
    if _has_table(connection, state):
        bare = "SELECT n FROM event WHERE object = ? AND body IS NULL"
        connection.execute(f"DELETE FROM {state} WHERE n = ? AND head IN ({bare})", (part.number, part.number))
    if _has_table(connection, "joined"):
        connection.execute("DELETE FROM joined WHERE n = ?", (part.number,))


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (name,)).fetchone() is not None


@contextlib.contextmanager
def _immediately(connection: sqlite3.Connection) -> Generator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
