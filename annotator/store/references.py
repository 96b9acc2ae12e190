"""Records that name others: what is named is there, of the right kind, and stays while it is named."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from annotator.errors import Refused
from annotator.model import ids

_CHUNK: Final = 900

NAMED_BY: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "article": (("version", "article"),),
    "version": (("zone", "version"), ("mention", "version")),
    "claim": (("mention", "claim"), ("assessment", "claim"), ("evidence", "claim")),
    "source": (("evidence", "source"),),
    "speaker": (("mention", "speaker"),),
    "annotator": (("mention", "annotator"), ("assessment", "annotator"), ("evidence", "annotator")),
}
"""For each kind, the state tables and columns that name it.

Reviews, comments and links are not among them: they belong to somebody else than their target and outlive it.
"""


def check_kind(kind: str, found: str, object_id: str) -> None:
    """Refuse the name of a record of another kind; `kind` "" takes any."""
    if kind not in {"", found}:
        raise Refused(f"a record names {object_id} as its {kind}, and that is a {found}")


def live_number(connection: sqlite3.Connection, kind: str, object_id: str) -> int:
    """Return the row number of a record that another one names.

    Raises Refused where the project has none, where it is of another kind, and where it was deleted; with `kind` ""
    any kind will do, deleted or not.
    """
    raw = ids.raw(object_id) if ids.is_id(object_id) else b""
    row = connection.execute("SELECT n, kind FROM object WHERE id = ?", (raw,)).fetchone()
    if row is None:
        raise Refused(f"a record names {object_id!r}, which the project does not have")
    number, found = int(row[0]), str(row[1])
    check_kind(kind, found, object_id)
    if kind and not connection.execute(f"SELECT 1 FROM state_{kind} WHERE n = ?", (number,)).fetchone():
        raise Refused(f"a record names the {kind} {object_id}, which was deleted")
    return number


def live_numbers(connection: sqlite3.Connection, object_ids: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the row number by (kind, id) of those records that are there: for an import, which names thousands."""
    found: dict[str, list[tuple[bytes, int]]] = {}
    sql = "SELECT kind, id, n FROM object WHERE id IN ({marks})"
    for kind, raw, number in asked(connection, sql, ids.raws([one for one in object_ids if ids.is_id(one)])):
        found.setdefault(kind, []).append((raw, number))
    live: dict[tuple[str, str], int] = {}
    for kind, pairs in found.items():
        sql = f"SELECT n FROM state_{kind} WHERE n IN ({{marks}})"
        there = {number for (number,) in asked(connection, sql, [number for _raw, number in pairs])}
        live |= {(kind, ids.spelled(raw)): number for raw, number in pairs if number in there}
    return live


def asked(connection: sqlite3.Connection, sql: str, values: Sequence[bytes] | Sequence[int]) -> Iterator[sqlite3.Row]:
    """Yield the rows of a query with `IN ({marks})`, so many values at a time as the oldest SQLite takes."""
    for begin in range(0, len(values), _CHUNK):
        part = values[begin : begin + _CHUNK]
        yield from connection.execute(sql.format(marks=",".join("?" * len(part))), part)


def check_unnamed(connection: sqlite3.Connection, kind: str, number: int) -> None:
    """Refuse the deletion of a record that others still name; asked after the state rows are written."""
    for table, column in NAMED_BY.get(kind, ()):
        row = connection.execute(
            f"SELECT object.id FROM state_{table} AS state JOIN object ON object.n = state.n"
            f" WHERE state.{column} = ? LIMIT 1",
            (number,),
        ).fetchone()
        if row:
            raise Refused(f"the {table} {ids.spelled(row[0])} still names the {kind} that was to be deleted")


def astray(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows name something that is deleted or of another kind, by "mention.claim" and so on."""
    found: dict[str, int] = {}
    for kind, names in NAMED_BY.items():
        for table, column in names:
            count = connection.execute(
                f"SELECT count(*) FROM state_{table}"
                f" WHERE {column} <> 0 AND {column} NOT IN (SELECT n FROM state_{kind})"
            ).fetchone()[0]
            if count:
                found[f"{table}.{column}"] = int(count)
    return found
