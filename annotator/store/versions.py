"""Records of which colleagues left several versions that a person has to choose from ("2 versions")."""

import sqlite3
from typing import Any, Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId
from annotator.model.records import KINDS, Record
from annotator.store import heads, joining
from annotator.store.clock import clock_seconds
from annotator.store.codec import read_body
from annotator.store.reading import Reading

_SEVERAL: Final = "SELECT joined.n, object.kind FROM joined JOIN object USING (n) WHERE conflicts <> '[]' ORDER BY n"


class Version(NamedTuple):
    """One head of a record: whose it is, since when (seconds since 1970), and the record as it says."""

    author_id: AnnotatorId
    at: float
    record: Record


class Unsettled(NamedTuple):
    """A record with the fields on which its versions differ; the versions by clock, the one shown last.

    `fields` may hold "deleted": every version is a deletion, and yet something still names the record.
    """

    record: Record
    fields: tuple[str, ...]
    versions: tuple[Version, ...]


def unsettled_count(project: Reading) -> int:
    """Return how many records have several versions."""
    return int(project.connection.execute("SELECT count(*) FROM joined WHERE conflicts <> '[]'").fetchone()[0])


def unsettled(project: Reading) -> list[Unsettled]:
    """Return every record of which there are several versions that differ, as they were made."""
    connection = project.connection
    found = (_read(connection, number, kind) for number, kind in connection.execute(_SEVERAL).fetchall())
    return [one for one in found if one is not None]


def _read(connection: sqlite3.Connection, number: int, kind: str) -> Unsettled | None:
    shown = joining.shown(connection, number, kind)
    if shown.body is None or not shown.conflicts:
        return None
    versions = [one for head in shown.heads if head.op == "put" and (one := _version(connection, kind, head))]
    return Unsettled(read_body(kind, shown.body), shown.conflicts, tuple(versions))


def _version(connection: sqlite3.Connection, kind: str, head: heads.Node) -> Version | None:
    row = connection.execute(
        "SELECT change.author, CAST(event.body AS BLOB) FROM event JOIN change ON change.n = event.change"
        " WHERE event.n = ?",
        (head.n,),
    ).fetchone()
    if row is None or row[1] is None:
        return None
    return Version(AnnotatorId(ids.spelled(row[0])), clock_seconds(head.clock), read_body(kind, row[1]))


def with_fields_of(record: Record, chosen: Record, fields: tuple[str, ...]) -> Record:
    """Return a record with some fields as another version of it has them, each with what says how exact it is."""
    values: dict[str, Any] = msgspec.to_builtins(record)
    other: dict[str, Any] = msgspec.to_builtins(chosen)
    for name in fields:
        values |= {key: value for key, value in other.items() if key.removesuffix("_precision") == name}
    return msgspec.convert(values, KINDS[record.kind], strict=True)
