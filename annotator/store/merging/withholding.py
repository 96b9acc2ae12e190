"""Bodies that a redaction took: they stay away, whoever brings them (storage.md, section 4)."""

import sqlite3

from annotator.store import heads


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


def apply_redactions(connection: sqlite3.Connection, number: int) -> None:
    """Take the bodies and salts that an object's redactions take; the caller holds the transaction."""
    gone = [(n,) for n in redacted(connection, number)]
    connection.executemany("UPDATE event SET salt = NULL, body = NULL WHERE n = ? AND salt IS NOT NULL", gone)
