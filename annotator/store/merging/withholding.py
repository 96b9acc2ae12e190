"""Bodies that a redaction took: they stay away, whoever brings them (storage.md, section 4)."""

import sqlite3
from collections.abc import Iterable
from typing import Final

import msgspec

from annotator.store import heads

NEVER_DELETED: Final = frozenset({"project"})
"""Without its card a project has neither name nor statuses."""

NEVER_REDACTED: Final = NEVER_DELETED | {"annotator"}
"""An annotator is a name on everybody's work: it is edited instead."""


def redacted(connection: sqlite3.Connection, number: int) -> set[int]:
    """Return the rows of an object's events whose bodies a redaction takes: all that do not follow one.

    A redaction is a deletion with a body, which says why.
    """
    rows = connection.execute(
        "SELECT id, n FROM event WHERE object = ? AND op = 'delete' AND body IS NOT NULL", (number,)
    ).fetchall()
    if not rows:
        return set()
    redactions = {event_id for event_id, _n in rows}
    nodes = heads.nodes_of(connection, number)
    by_id = {node.id: node for node in nodes}
    return {node.n for node in nodes if node.id not in redactions and not redactions & heads.ancestors(by_id, node)}


def apply_redactions(connection: sqlite3.Connection, number: int) -> set[str]:
    """Take the bodies and salts that an object's redactions take; the caller holds the transaction.

    Returns the SHA-256 of the texts and snapshots that they named, for `take_unnamed` once the tables are right.
    """
    gone = sorted(redacted(connection, number))
    sql = "SELECT CAST(body AS BLOB) FROM event WHERE n = ? AND op = 'put' AND body IS NOT NULL"
    named = hashes_of(bytes(body) for n in gone for (body,) in connection.execute(sql, (n,)))
    connection.executemany(
        "UPDATE event SET salt = NULL, body = NULL WHERE n = ? AND salt IS NOT NULL", [(n,) for n in gone]
    )
    return named


def apply_all(connection: sqlite3.Connection) -> set[str]:
    """Take what every redaction in the log takes, like `apply_redactions` for each object that has one."""
    rows = connection.execute("SELECT DISTINCT object FROM event WHERE op = 'delete' AND body IS NOT NULL").fetchall()
    return {one for (number,) in rows for one in apply_redactions(connection, number)}


def left_readable(connection: sqlite3.Connection) -> int:
    """Return how many events have a body that a redaction in the log takes: none, in a sound project."""
    rows = connection.execute("SELECT DISTINCT object FROM event WHERE op = 'delete' AND body IS NOT NULL").fetchall()
    gone = [n for (number,) in rows for n in redacted(connection, number)]
    bare = "SELECT count(salt) FROM event WHERE n IN (SELECT value FROM json_each(?)) AND op = 'put'"
    return int(connection.execute(bare, (msgspec.json.encode(gone).decode(),)).fetchone()[0])


_CONTENTS: Final = ("text_sha256", "snapshot_sha256", "sha256")
"""The fields by which records name texts and snapshots."""


def hashes_of(bodies: Iterable[bytes]) -> set[str]:
    """Return the SHA-256 of the texts and snapshots that these bodies name."""
    fields = (msgspec.json.decode(body, type=dict[str, object]) for body in bodies)
    return {str(one[name]) for one in fields for name in _CONTENTS if one.get(name)}


def take_unnamed(connection: sqlite3.Connection, hashes: Iterable[str]) -> set[bytes]:
    """Take those of these texts and snapshots that no body names any more; return their SHA-256."""
    named = "SELECT 1 FROM event WHERE instr(body, ?) LIMIT 1"
    gone = {bytes.fromhex(one) for one in hashes if connection.execute(named, (one,)).fetchone() is None}
    for table in ("text", "blob"):
        connection.executemany(f"DELETE FROM {table} WHERE sha256 = ?", [(one,) for one in gone])
    return gone
