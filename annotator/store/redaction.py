"""Withholding bodies, and redaction: the only physical deletion (storage.md, section 4; docs/decisions/0012).

Chain, count and order of the log stay whole: the hash of a body that is gone still stands in its event.
"""

import contextlib
import sqlite3
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.store import blobs, file, references, tables
from annotator.store.merging import withholding

_HASHES: Final = {
    "version": ("text_sha256", "snapshot_sha256"),
    "snapshot": ("sha256",),
    "source": ("snapshot_sha256",),
}
"""The fields by which records of a kind name texts and snapshots; a mention or zone names the text of its version."""


class Goes(NamedTuple):
    """What a redaction takes.

    Attributes:
        number: the object's row.
        kind: what it is.
        events: the events whose bodies go.
        redacted: whether the log has a redaction of it already.
        texts: SHA-256 of the texts that go with it, since nothing else names them.
        blobs: likewise of the snapshots.
        named: how many records of each kind still name it; they stay.
    """

    number: int
    kind: str
    events: int
    redacted: bool
    texts: tuple[str, ...]
    blobs: tuple[str, ...]
    named: dict[str, int]


class Elsewhere(NamedTuple):
    """Another machine on which somebody worked on a copy of the project: id and name of the annotator, the machine."""

    annotator_id: str
    name: str
    machine: str


def body_for(reason: str) -> bytes:
    """Return the body of a redaction: what tells it from a plain deletion, which has none."""
    return msgspec.json.encode({"redaction": reason})


def withhold(connection: sqlite3.Connection, events: Iterable[int]) -> None:
    """Take body and salt out of events, given by their rows; the caller holds the transaction, and settles the tables.

    Chain and hashes stay. Texts and snapshots stay as well: what is public of an article is no annotator's.
    """
    connection.executemany("UPDATE event SET salt = NULL, body = NULL WHERE n = ?", ((event,) for event in events))


def goes(connection: sqlite3.Connection, object_id: str) -> Goes:
    """Return what a redaction of a record would take; looking changes nothing.

    Raises Refused where the project has no such record.
    """
    raw = ids.raw(object_id) if ids.is_id(object_id) else b""
    row = connection.execute("SELECT n, kind FROM object WHERE id = ?", (raw,)).fetchone()
    if row is None:
        what = _("the project has no record with the id {id}").format(id=object_id)
        raise Refused(what, do=_("copy the id from an export or from `annotator history`"))
    number, kind = int(row[0]), str(row[1])
    after = "SELECT count(*), count(salt), total(op = 'delete' AND body IS NOT NULL) FROM event WHERE object = ?"
    _all, bodies, redactions = connection.execute(after, (number,)).fetchone()
    found = _named_only_by(connection, number, kind)
    return Goes(
        number,
        kind,
        bodies - int(redactions),
        bool(redactions),
        tuple(one for one in found if _has(connection, "text", one)),
        tuple(one for one in found if _has(connection, "blob", one)),
        _naming(connection, kind, number, object_id),
    )


def _named_only_by(connection: sqlite3.Connection, number: int, kind: str) -> list[str]:
    """Return the hashes that this object's bodies name and no other body does."""
    rows = connection.execute("SELECT CAST(body AS BLOB) FROM event WHERE object = ? AND op = 'put'", (number,))
    hashes: set[str] = set()
    for (body,) in rows:
        fields = msgspec.json.decode(body, type=dict[str, object]) if body is not None else {}
        hashes |= {str(fields.get(name, "")) for name in _HASHES.get(kind, ())}
    other = "SELECT 1 FROM event WHERE object <> ? AND instr(body, ?) LIMIT 1"
    wanted = sorted(hashes - {""})
    return [one for one in wanted if connection.execute(other, (number, one)).fetchone() is None]


def _has(connection: sqlite3.Connection, table: str, sha256: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(blobs.number_of(connection, table, sha256))
    return False


def _naming(connection: sqlite3.Connection, kind: str, number: int, object_id: str) -> dict[str, int]:
    """Return how many records of each kind, as they are shown, name an object."""
    columns = dict(references.NAMED_BY.get(kind, ()))
    counts: dict[str, int] = {}
    for other in tables.INSERT:
        if other in columns:
            found = connection.execute(f"SELECT count(*) FROM state_{other} WHERE {columns[other]} = ?", (number,))
        else:
            found = connection.execute(
                f"SELECT count(*) FROM state_{other} AS state JOIN event ON event.n = state.head"
                " WHERE instr(event.body, ?) AND state.n <> ?",
                (object_id, number),
            )
        if n := int(found.fetchone()[0]):
            counts[other] = n
    return counts


def elsewhere(connection: sqlite3.Connection, machine: str) -> list[Elsewhere]:
    """Return who worked on copies on other machines, as far as the sessions in this file tell."""
    rows = connection.execute(
        "SELECT DISTINCT session.annotator, coalesce(state.name, ''), session.machine FROM session"
        " LEFT JOIN object ON object.id = session.annotator LEFT JOIN state_annotator AS state ON state.n = object.n"
        " WHERE session.machine <> ? ORDER BY 2, 3",
        (machine,),
    )
    return [Elsewhere(ids.spelled(annotator), name, machine) for annotator, name, machine in rows]


def take_contents(connection: sqlite3.Connection, number: int, kind: str) -> None:
    """Take the contents that only this object names; to be called before its bodies go, inside their transaction."""
    for sha256 in _named_only_by(connection, number, kind):
        for table in ("text", "blob"):
            connection.execute(f"DELETE FROM {table} WHERE sha256 = ?", (bytes.fromhex(sha256),))


def take_bodies(connection: sqlite3.Connection, number: int) -> None:
    """Take the bodies that the redaction of an object takes; the caller holds the transaction that wrote it."""
    withholding.apply_redactions(connection, number)


def erase(connection: sqlite3.Connection, name: str) -> None:
    """Write the whole file anew, so that no page holds what was there; outside of any transaction.

    Raises Refused where the disk says no: the file is as it was then, and this can be repeated.
    """
    connection.execute("PRAGMA query_only = 0")
    try:
        connection.execute("VACUUM")
    except sqlite3.DatabaseError as error:
        raise file.refusal(error, name) from error
    finally:
        connection.execute("PRAGMA query_only = 1")


def take_from_copy(copy: Path, object_id: str) -> tuple[set[bytes], bool]:
    """Take a record out of a file that nobody else has open: a backup's copy, of whatever schema.

    Returns the SHA-256 of the contents that went, and whether there was anything to take.
    """
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = 1")
        with _immediately(connection):
            row = connection.execute("SELECT n, kind FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
            if row is None:
                return set(), False
            number, kind = int(row[0]), str(row[1])
            gone = {bytes.fromhex(one) for one in _named_only_by(connection, number, kind)}
            take_contents(connection, number, kind)
            keep = "NOT (op = 'delete' AND body IS NOT NULL)"
            connection.execute(f"UPDATE event SET salt = NULL, body = NULL WHERE object = ? AND {keep}", (number,))
            for table in (f"state_{kind}", "joined"):
                if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone():
                    connection.execute(f"DELETE FROM {table} WHERE n = ?", (number,))
        connection.execute("VACUUM")
    return gone, True


@contextlib.contextmanager
def _immediately(connection: sqlite3.Connection) -> Generator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
