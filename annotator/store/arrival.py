"""Writes a change whose records are all new, column by column: an import brings a million of them."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

from annotator.model.records import Record
from annotator.store import bulk, invariants, log, naming, tables
from annotator.store.change import Change
from annotator.store.codec import bodies_of

_PLACED: Final = frozenset({"mention", "zone", "evidence"})
"""Kinds with places in a text."""


def write(
    connection: sqlite3.Connection,
    change: Change,
    raw_ids: Sequence[bytes],
    texts: Callable[[str], str],
    append: Callable[[log.NewObjects], int],
) -> None:
    """Write objects, events and state rows; the caller holds the transaction and stored the texts.

    What arrives was looked up before and is new; if it is not, the uniqueness of ids in table `object` says so.

    Args:
        connection: of the project.
        change: brings one record at least and deletes none.
        raw_ids: the ids of its records, in their order.
        texts: gives the text of a SHA-256.
        append: writes the events, returns the number of the first one.
    """
    records = list(change.records.values())
    kinds = [record.kind for record in records]
    for kind, record in zip(kinds, records, strict=True):
        if kind in _PLACED:
            invariants.check_places(record, texts)
    first: int = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM object").fetchone()[0]
    bulk.insert_objects(connection, first, raw_ids, kinds)
    head = append(log.NewObjects(first, raw_ids, kinds, bodies_of(records)))
    _write_state(connection, change, first, head, kinds, records)


def _write_state(
    connection: sqlite3.Connection,
    change: Change,
    first: int,
    head: int,
    kinds: Sequence[str],
    records: Sequence[Record],
) -> None:
    own = dict(zip(change.records, range(first, first + len(records)), strict=True))
    outside = naming.named_outside(connection, change, records)
    number_of, stored = naming.numbers_of(connection, change, own, outside), naming.stored_in(connection)
    rows: dict[str, list[tuple[object, ...]]] = {kind: [] for kind in dict.fromkeys(kinds)}
    row_of, to_head = tables.ROW_OF, head - first
    for number, (kind, record) in enumerate(zip(kinds, records, strict=True), first):
        rows[kind].append((number, number + to_head, *row_of[kind](record, number_of, stored)))
    for kind, some in rows.items():
        connection.executemany(tables.NEW[kind], some)
