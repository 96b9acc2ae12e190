"""State tables: a cache over the log that holds only what is looked up; rebuilt from events at any time."""

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

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
    Speaker,
    TextVersion,
    Zone,
    version_id,
)
from annotator.store import blobs
from annotator.store.schema import STATE_COLUMNS

NumberOf = Callable[[str, str], int]
"""Gives the row number of an object by its kind ("" for any) and id. Raises Refused or KeyError for an unknown one."""

BlobOf = Callable[[str, str], int]
"""Gives the row number in table `text` or `blob` of a SHA-256. Raises KeyError for an unknown one."""


def name_key(name: str) -> str:
    """Return the spelling under which a speaker's name is looked up: spaces and the case of letters do not count."""
    return " ".join(name.split()).casefold()


_version_id: Final = lru_cache(maxsize=1024)(version_id)
"""Marks of one version come in runs; their version's id is a hash."""


def _mention(record: Mention, number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (
        number("claim", record.claim_id),
        number("version", _version_id(record.article_id, record.text_sha256)),
        number("annotator", record.annotator_id),
        record.layer,
        number("speaker", record.speaker_id) if record.speaker_id else 0,
        record.spans[0].start if record.spans else 0,
    )


def _assessment(record: Assessment, number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (
        number("claim", record.claim_id),
        number("annotator", record.annotator_id),
        record.layer,
        record.status,
        record.valid_from,
        record.recorded_at,
    )


def _evidence(record: Evidence, number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (
        number("claim", record.claim_id),
        number("source", record.source_id),
        number("annotator", record.annotator_id),
    )


def _version(record: TextVersion, number: NumberOf, stored: BlobOf) -> tuple[object, ...]:
    return number("article", record.article_id), stored("text", record.text_sha256), record.number


def _zone(record: Zone, number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (number("version", _version_id(record.article_id, record.text_sha256)),)


def _annotator(record: Annotator, _number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (record.name,)


def _speaker(record: Speaker, _number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (name_key(record.name),)


def _snapshot(record: Snapshot, _number: NumberOf, stored: BlobOf) -> tuple[object, ...]:
    return (stored("blob", record.sha256),)


def _aimed(record: Review | Comment, number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (number("", record.target),)


def _guideline(record: Guideline, _number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return (record.number,)


def _link(record: Link, number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return record.link, number("", record.a), number("", record.b)


def _nothing(_record: Record, _number: NumberOf, _stored: BlobOf) -> tuple[object, ...]:
    return ()


NAMES: Final[dict[str, tuple[Callable[[Record], str], ...]]] = {
    "mention": (attrgetter("claim_id"), attrgetter("annotator_id"), attrgetter("speaker_id")),
    "assessment": (attrgetter("claim_id"), attrgetter("annotator_id")),
    "evidence": (attrgetter("claim_id"), attrgetter("source_id"), attrgetter("annotator_id")),
}
"""What records of the common kinds name, for looking them up at once."""

RowOf = Callable[[Any, NumberOf, BlobOf], tuple[object, ...]]
"""Makes the lookup columns of a record of one kind, in the order of `STATE_COLUMNS`."""

_ROW_OF: Final[dict[str, RowOf]] = {
    "mention": _mention,
    "assessment": _assessment,
    "evidence": _evidence,
    "version": _version,
    "zone": _zone,
    "annotator": _annotator,
    "speaker": _speaker,
    "snapshot": _snapshot,
    "review": _aimed,
    "comment": _aimed,
    "guideline": _guideline,
    "link": _link,
}

ROW_OF: Final[dict[str, RowOf]] = {kind: _ROW_OF.get(kind, _nothing) for kind in STATE_COLUMNS}
"""For each kind, what makes its row: asked by the kind's name, a record is as fast as a dictionary."""


def state_row(record: Record, number: NumberOf, stored: BlobOf) -> tuple[object, ...]:
    """Return the lookup columns of a record's state row, in the order of `STATE_COLUMNS`."""
    return ROW_OF[record.kind](record, number, stored)


def _insert_sql(kind: str) -> str:
    names = ["n", "head", *(column.split()[0] for column in STATE_COLUMNS[kind])]
    kept = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    return (
        f"INSERT INTO state_{kind} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT (n) DO UPDATE SET {kept}"
    )


NEW: Final = {kind: _insert_sql(kind).partition(" ON CONFLICT")[0] for kind in STATE_COLUMNS}
"""For objects that are new: nothing to look for."""

INSERT: Final = {kind: _insert_sql(kind) for kind in STATE_COLUMNS}
DELETE: Final = {kind: f"DELETE FROM state_{kind} WHERE n = ?" for kind in STATE_COLUMNS}
_SELECT: Final = {kind: f"SELECT * FROM state_{kind} ORDER BY n" for kind in STATE_COLUMNS}

SHOWN: Final = "JOIN event ON event.n = state.head LEFT JOIN joined ON joined.n = state.n"
"""Joins what a record shows to its state row, which the query calls `state`."""

BODY: Final = "CAST(coalesce(joined.body, event.body) AS BLOB)"
"""What a record shows, in a query with `SHOWN`."""

Rows = dict[str, dict[int, tuple[object, ...]]]
"""State rows by kind and object number: (n, head, …)."""

_CACHED: Final = 100_000


def number_in(connection: sqlite3.Connection) -> NumberOf:
    """Return what looks up row numbers of objects; it keeps the latest ones, never all."""

    @lru_cache(maxsize=_CACHED)
    def number(_kind: str, object_id: str) -> int:
        row = connection.execute("SELECT n FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
        if row is None:
            raise KeyError(object_id)
        return int(row[0])

    return number


def stored_in(connection: sqlite3.Connection) -> BlobOf:
    """Return what looks up row numbers of texts and blobs; it keeps the latest ones, never all."""

    @lru_cache(maxsize=_CACHED)
    def stored(table: str, sha256: str) -> int:
        return blobs.number_of(connection, table, sha256)

    return stored


def rows_of(connection: sqlite3.Connection) -> Rows:
    """Return the state rows as the tables hold them."""
    return {kind: {int(row[0]): tuple(row) for row in connection.execute(sql)} for kind, sql in _SELECT.items()}


def row_of(connection: sqlite3.Connection, kind: str, number: int) -> tuple[object, ...] | None:
    """Return one object's state row as its table holds it, None for none."""
    row = connection.execute(f"SELECT * FROM state_{kind} WHERE n = ?", (number,)).fetchone()
    return tuple(row) if row else None
