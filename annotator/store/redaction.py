"""Withholding bodies, and redaction: the only physical deletion (storage.md, section 4; docs/decisions/0012).

Chain, count and order of the log stay whole: the hash of a body that is gone still stands in its event.
"""

import contextlib
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.store import blobs, file, going_along, references, tables
from annotator.store.gated import writable
from annotator.store.going_along import Part
from annotator.store.merging import withholding


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
        along: what goes with it, for it says nothing without it (`going_along`).
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


def reason_of(body: bytes) -> str:
    """Return why something was redacted, from the body of the redaction; "?" where that does not say."""
    try:
        return str(msgspec.json.decode(body, type=dict[str, str]).get("redaction") or "?")
    except msgspec.MsgspecError:
        return "?"


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
    along = going_along.along(connection, [Part(number, kind, object_id)])
    numbers = [number, *(one.number for one in along)]
    hashes = withholding.hashes_of(going_along.bodies(connection, numbers))
    others = {one: going_along.others(connection, numbers, one) for one in sorted(hashes)}
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


def redacted_ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all records that the log has a redaction of, whoever made it."""
    rows = connection.execute(
        "SELECT DISTINCT object.id FROM event JOIN object ON object.n = event.object"
        " WHERE op = 'delete' AND body IS NOT NULL ORDER BY object.id"
    )
    return [ids.spelled(raw) for (raw,) in rows]


def kept_events(connection: sqlite3.Connection, object_ids: Iterable[str]) -> set[bytes]:
    """Return the ids of those events of records that have a body still: the redactions, and what follows one."""
    sql = "SELECT event.id FROM event JOIN object ON object.n = event.object WHERE object.id = ? AND salt IS NOT NULL"
    return {event for one in object_ids for (event,) in connection.execute(sql, (ids.raw(one),))}
