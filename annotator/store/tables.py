"""State tables: a cache over the log that holds only what is looked up; rebuilt from events at any time."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Final

from annotator.model import ids
from annotator.model.records import (
    Annotator,
    Assessment,
    Comment,
    Evidence,
    Guideline,
    Link,
    Mention,
    Record,
    Review,
    Snapshot,
    TextVersion,
    Zone,
    version_id,
)
from annotator.store import log
from annotator.store.codec import read_body
from annotator.store.schema import STATE_COLUMNS

NumberOf = Callable[[str], int]
"""Gives the row number of an object by its id; 0 for "" (no object). Raises KeyError for an unknown id."""

BlobOf = Callable[[str, str], int]
"""Gives the row number in table `text` or `blob` of a SHA-256. Raises KeyError for an unknown one."""


def state_row(record: Record, number: NumberOf, stored: BlobOf) -> tuple[object, ...]:
    """Return the lookup columns of a record's state row, in the order of `STATE_COLUMNS`."""
    match record:
        case Mention():
            return (
                number(record.claim_id),
                number(version_id(record.article_id, record.text_sha256)),
                number(record.annotator_id),
                record.layer,
                number(record.speaker_id),
            )
        case Assessment():
            return (
                number(record.claim_id),
                number(record.annotator_id),
                record.layer,
                record.status,
                record.valid_from,
                record.recorded_at,
            )
        case Evidence():
            return number(record.claim_id), number(record.source_id), number(record.annotator_id)
        case TextVersion():
            return number(record.article_id), stored("text", record.text_sha256), record.number
        case Zone():
            return (number(version_id(record.article_id, record.text_sha256)),)
        case _:
            return _rare_row(record, number, stored)


def _rare_row(record: Record, number: NumberOf, stored: BlobOf) -> tuple[object, ...]:
    match record:
        case Annotator():
            return (record.name,)
        case Snapshot():
            return (stored("blob", record.sha256),)
        case Review() | Comment():
            return (number(record.target),)
        case Guideline():
            return (record.number,)
        case Link():
            return record.link, number(record.a), number(record.b)
        case _:
            return ()


def _insert_sql(kind: str) -> str:
    names = ["n", "head", *(column.split()[0] for column in STATE_COLUMNS[kind])]
    kept = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    return (
        f"INSERT INTO state_{kind} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT (n) DO UPDATE SET {kept}"
    )


INSERT: Final = {kind: _insert_sql(kind) for kind in STATE_COLUMNS}
DELETE: Final = {kind: f"DELETE FROM state_{kind} WHERE n = ?" for kind in STATE_COLUMNS}
_SELECT: Final = {kind: f"SELECT * FROM state_{kind} ORDER BY n" for kind in STATE_COLUMNS}

Rows = dict[str, dict[int, tuple[object, ...]]]
"""State rows by kind and object number: (n, head, …)."""


def rows_from_log(connection: sqlite3.Connection) -> Rows:
    """Return the state rows that the log gives; what the tables must hold."""
    numbers = {ids.spelled(row[1]): int(row[0]) for row in connection.execute("SELECT n, id FROM object")}
    numbers[""] = 0
    stored = {
        (table, bytes(row[1]).hex()): int(row[0])
        for table in ("text", "blob")
        for row in connection.execute(f"SELECT n, sha256 FROM {table}")
    }
    rows: Rows = {kind: {} for kind in STATE_COLUMNS}
    for event in _shown_heads(connection):
        if event.body is not None:
            record = read_body(event.kind, event.body)
            columns = state_row(record, numbers.__getitem__, lambda table, sha: stored[table, sha])
            rows[event.kind][event.number] = (event.number, event.n, *columns)
    return rows


def _shown_heads(connection: sqlite3.Connection) -> Iterator[log.Event]:
    """Yield the put event that is shown of each object that is not deleted."""
    for event in log.events(connection, "event.n IN (SELECT max(n) FROM event GROUP BY object)"):
        if event.op == "put":
            yield event


def rows_of(connection: sqlite3.Connection) -> Rows:
    """Return the state rows as the tables hold them."""
    return {kind: {int(row[0]): tuple(row) for row in connection.execute(sql)} for kind, sql in _SELECT.items()}


def rebuild(connection: sqlite3.Connection) -> None:
    """Write the state tables anew from the log; the caller holds the write transaction."""
    rows = rows_from_log(connection)
    for kind, by_number in rows.items():
        connection.execute(f"DELETE FROM state_{kind}")
        connection.executemany(INSERT[kind], by_number.values())
