"""State rows and table `joined`, made from the log: of the whole project, or of the objects that a merge touched.

A record that all heads delete is gone, unless one that is there still names it: then it is shown as it was last put,
with the conflict "deleted", until it is put again or nothing names it any more. Nobody's mark loses its claim that way.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Final, NamedTuple

import msgspec

from annotator.store import joining, log, references
from annotator.store.codec import read_body
from annotator.store.joining import DELETED, Shown
from annotator.store.schema import STATE_COLUMNS
from annotator.store.tables import DELETE, INSERT, NEW, BlobOf, NumberOf, Rows, number_in, rows_of, state_row, stored_in

_KEPT_ALIVE: Final = ("claim", "source", "speaker", "annotator", "version", "article")
"""Kinds that others name, those that name others of them first."""

_INSERT_JOINED: Final = "INSERT INTO joined (n, body, conflicts) VALUES (?, ?, ?)"
_REVIVED: Final = f"SELECT joined.n, kind FROM joined JOIN object USING (n) WHERE conflicts LIKE '%\"{DELETED}\"%'"


class Wanted(NamedTuple):
    """What the tables must hold of an object: its state row and its row of `joined`, None for none."""

    row: tuple[object, ...] | None
    joined: tuple[object, ...] | None = None


def wanted(connection: sqlite3.Connection, number: int, kind: str, number_of: NumberOf, stored: BlobOf) -> Wanted:
    """Return what the tables must hold of an object; the rows of those that name it must be right already.

    Raises KeyError where it names what the log does not have.
    """
    shown = joining.shown(connection, number, kind)
    return _wanted(shown, number, kind, number_of, stored, alive=shown.gone and _named(connection, kind, number))


def _wanted(shown: Shown, number: int, kind: str, number_of: NumberOf, stored: BlobOf, *, alive: bool) -> Wanted:
    if shown.head is None or shown.body is None or (shown.gone and not alive):
        return Wanted(None)
    columns = state_row(read_body(kind, shown.body), number_of, stored)
    conflicts = (*shown.conflicts, DELETED) if shown.gone else shown.conflicts
    joined = (
        (number, shown.body.decode(), msgspec.json.encode(conflicts).decode()) if conflicts or shown.joined else None
    )
    return Wanted((number, shown.head.n, *columns), joined)


def _named(connection: sqlite3.Connection, kind: str, number: int) -> bool:
    return references.first_naming(connection, kind, number) is not None


def rebuild(connection: sqlite3.Connection) -> None:
    """Write all state rows anew from the log; the caller holds the write transaction."""
    connection.execute("DELETE FROM joined")
    for kind in STATE_COLUMNS:
        connection.execute(f"DELETE FROM state_{kind}")
    number_of, stored = number_in(connection), stored_in(connection)
    for kind, row in _of_one_event(connection, number_of, stored):
        connection.execute(NEW[kind], row)
    several = "SELECT n, kind FROM object WHERE n IN (SELECT object FROM event GROUP BY object HAVING count(*) > 1)"
    for number, kind in connection.execute(several).fetchall():
        _write(connection, number, kind, number_of, stored)
    _revive(connection, number_of, stored)


def _of_one_event(
    connection: sqlite3.Connection, number_of: NumberOf, stored: BlobOf
) -> Iterator[tuple[str, tuple[object, ...]]]:
    only = "event.n IN (SELECT max(n) FROM event GROUP BY object HAVING count(*) = 1)"
    for event in log.events(connection, only):
        if event.op == "put" and event.body is not None:
            record = read_body(event.kind, event.body)
            yield event.kind, (event.number, event.n, *state_row(record, number_of, stored))


def settle(connection: sqlite3.Connection, objects: Iterable[tuple[int, str]]) -> None:
    """Write the rows of objects (number, kind) anew whose events have changed; the caller holds the transaction."""
    number_of, stored = number_in(connection), stored_in(connection)
    for number, kind in objects:
        _write(connection, number, kind, number_of, stored)
    for number, kind in connection.execute(_REVIVED).fetchall():
        _write(connection, number, kind, number_of, stored)
    _revive(connection, number_of, stored)


def _write(connection: sqlite3.Connection, number: int, kind: str, number_of: NumberOf, stored: BlobOf) -> None:
    """Write the rows of an object as if nothing named it."""
    shown = joining.shown(connection, number, kind)
    _replace(connection, number, kind, _wanted(shown, number, kind, number_of, stored, alive=False))


def _replace(connection: sqlite3.Connection, number: int, kind: str, new: Wanted) -> None:
    connection.execute("DELETE FROM joined WHERE n = ?", (number,))
    if new.row is None:
        connection.execute(DELETE[kind], (number,))
    else:
        connection.execute(INSERT[kind], new.row)
    if new.joined:
        connection.execute(_INSERT_JOINED, new.joined)


def _revive(connection: sqlite3.Connection, number_of: NumberOf, stored: BlobOf) -> None:
    """Bring back what is gone although something names it."""
    for kind in _KEPT_ALIVE:
        for number in references.named_but_gone(connection, kind):
            shown = joining.shown(connection, number, kind)
            _replace(connection, number, kind, _wanted(shown, number, kind, number_of, stored, alive=True))


def let_go(connection: sqlite3.Connection) -> None:
    """Take away what was only there because something named it that no longer does; asked after each change."""
    revived = connection.execute(_REVIVED).fetchall()
    for number, kind in sorted(revived, key=lambda one: _KEPT_ALIVE.index(one[1])):
        if not _named(connection, kind, number):
            _replace(connection, number, kind, Wanted(None))


def joined_of(connection: sqlite3.Connection) -> dict[int, tuple[object, ...]]:
    """Return table `joined` by object number."""
    return {int(row[0]): tuple(row) for row in connection.execute("SELECT n, body, conflicts FROM joined")}


def rows_from_log(connection: sqlite3.Connection) -> tuple[Rows, dict[int, tuple[object, ...]]]:
    """Return the state rows and table `joined` as the log gives them, worked out in a copy in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        copy.deserialize(connection.serialize())
        rebuild(copy)
        return rows_of(copy), joined_of(copy)
