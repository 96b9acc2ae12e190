"""Withholding bodies, and redaction: the only physical deletion (storage.md, section 4; docs/decisions/0012).

Chain, count and order of the log stay whole: the hash of a body that is gone still stands in its event.
"""

import contextlib
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.records import KINDS, Zone, version_id
from annotator.store import blobs, file, references, tables
from annotator.store.codec import read_body
from annotator.store.gated import writable
from annotator.store.merging import withholding


class Part(NamedTuple):
    """A record that goes with another one: its row, its kind, its id."""

    number: int
    kind: str
    object_id: str


class Goes(NamedTuple):
    """What a redaction takes.

    Attributes:
        number: the object's row.
        kind: what it is.
        object_id: its id.
        events: the events whose bodies go.
        redacted: whether the log has a redaction of it already.
        texts: SHA-256 of the texts that go with it, since nothing else names them.
        blobs: likewise of the snapshots.
        named: how many records of each kind still name it; they stay.
        along: what goes with it, for it says nothing without it: the zones and the snapshot of a text version.
        kept_by: the ids of other records that name its text or snapshot, which stay for that.
    """

    number: int
    kind: str
    object_id: str
    events: int
    redacted: bool
    texts: tuple[str, ...]
    blobs: tuple[str, ...]
    named: dict[str, int]
    along: tuple[Part, ...]
    kept_by: tuple[str, ...]


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
    along = _along(connection, Part(number, kind, object_id))
    numbers = [number, *(one.number for one in along)]
    hashes = withholding.hashes_of(_bodies(connection, numbers))
    others = {one: _others(connection, numbers, one) for one in sorted(hashes)}
    found = [one for one, naming in others.items() if not naming]
    named = _naming(connection, kind, number, object_id)
    for one in along:
        named.pop(one.kind, None)
    return Goes(
        number,
        kind,
        object_id,
        bodies - int(redactions),
        bool(redactions),
        tuple(one for one in found if _has(connection, "text", one)),
        tuple(one for one in found if _has(connection, "blob", one)),
        named,
        tuple(along),
        tuple(dict.fromkeys(one for naming in others.values() for one in naming)),
    )


def _bodies(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[bytes]:
    """Return everything that some objects ever said."""
    sql = "SELECT CAST(body AS BLOB) FROM event WHERE object = ? AND op = 'put' AND body IS NOT NULL"
    return [bytes(body) for number in numbers for (body,) in connection.execute(sql, (number,))]


_NAME_SNAPSHOTS: Final = ("version", "snapshot", "source")


def _others(
    connection: sqlite3.Connection, numbers: Sequence[int], sha256: str, kinds: Sequence[str] = tuple(KINDS)
) -> list[str]:
    """Return the ids of the objects besides these whose bodies name a text or snapshot."""
    rows = connection.execute(
        "SELECT DISTINCT object.id FROM event JOIN object ON object.n = event.object"
        " WHERE instr(body, ?) AND object NOT IN (SELECT value FROM json_each(?))"
        " AND kind IN (SELECT value FROM json_each(?)) ORDER BY object.id",
        (sha256, msgspec.json.encode(numbers).decode(), msgspec.json.encode(kinds).decode()),
    )
    return [ids.spelled(raw) for (raw,) in rows]


def _along(connection: sqlite3.Connection, part: Part) -> list[Part]:
    """Return the zones of a text version, deleted ones too, and its snapshot where nothing else names that."""
    if part.kind != "version":
        return []
    bodies = _bodies(connection, [part.number])
    hashes = withholding.hashes_of(bodies)
    rows = [row for one in hashes for row in connection.execute(_NAMING, (one,))]
    zones = {Part(n, kind, ids.spelled(raw)) for n, kind, raw, body in rows if is_zone_of(part.object_id, kind, body)}
    found = sorted(zones)
    for n, raw in {(n, raw) for n, kind, raw, _body in rows if kind == "snapshot"}:
        numbers = [n, part.number, *(zone.number for zone in zones)]
        # Plain text and its page have one hash: whoever names the text does not keep the page.
        own = withholding.hashes_of(_bodies(connection, [n]))
        if not any(_others(connection, numbers, one, _NAME_SNAPSHOTS) for one in own):
            found.append(Part(n, "snapshot", ids.spelled(raw)))
    return found


_NAMING: Final = (
    "SELECT object.n, kind, object.id, CAST(body AS BLOB) FROM event JOIN object ON object.n = event.object"
    " WHERE kind IN ('zone', 'snapshot') AND op = 'put' AND instr(body, ?)"
)


def is_zone_of(version: str, kind: str, body: bytes | None) -> bool:
    """Tell whether this is the body of a zone of a text version."""
    if kind != "zone" or body is None:
        return False
    zone = read_body(kind, body)
    return isinstance(zone, Zone) and version_id(zone.article_id, zone.text_sha256) == version


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


def take_bodies(connection: sqlite3.Connection, number: int) -> None:
    """Take the bodies that the redaction of an object takes, and the contents that only they named.

    The caller holds the transaction that wrote it, and has taken its row out of the tables.
    """
    withholding.take_unnamed(connection, withholding.apply_redactions(connection, number))


def erase(connection: sqlite3.Connection, name: str) -> None:
    """Write the whole file anew, so that no page holds what was there; outside of any transaction.

    Raises Refused where the disk says no: the file is as it was then, and this can be repeated.
    """
    try:
        with writable(connection):
            connection.execute("VACUUM")
    except sqlite3.DatabaseError as error:
        raise file.refusal(error, name) from error


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
            part = Part(int(row[0]), str(row[1]), object_id)
            parts = [part, *_along(connection, part)]
            hashes = withholding.hashes_of(_bodies(connection, [one.number for one in parts]))
            for one in parts:
                _take_part(connection, one)
            gone = withholding.take_unnamed(connection, hashes)
        connection.execute("VACUUM")
    return gone, True


def _take_part(connection: sqlite3.Connection, part: Part) -> None:
    keep = "NOT (op = 'delete' AND body IS NOT NULL)"
    connection.execute(f"UPDATE event SET salt = NULL, body = NULL WHERE object = ? AND {keep}", (part.number,))
    for table in (f"state_{part.kind}", "joined"):
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone():
            connection.execute(f"DELETE FROM {table} WHERE n = ?", (part.number,))


@contextlib.contextmanager
def _immediately(connection: sqlite3.Connection) -> Generator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
