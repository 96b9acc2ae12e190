"""Writes a change whose records are all new, column by column: an import brings a million of them."""

import sqlite3
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Final, NamedTuple

from annotator.model import ids
from annotator.model.records import Record
from annotator.store import blobs, bulk, invariants, log, naming, references, tables
from annotator.store.change import Change
from annotator.store.codec import bodies_of
from annotator.store.columns import NAMED, Columns
from annotator.store.remembered import KINDS, Remembered

_ID: Final = attrgetter("id")
_KIND: Final = attrgetter("kind")


class _Group(NamedTuple):
    """The records of one kind, with the numbers of their objects."""

    numbers: list[int]
    records: list[Record]


def write(
    connection: sqlite3.Connection,
    change: Change,
    remembered: Remembered,
    texts: Callable[[str], str],
    append: Callable[[log.NewObjects], int],
) -> None:
    """Write texts, objects, events and state rows; the caller holds the transaction and has written nothing in it.

    What arrives was looked up before and is new; if it is not, the uniqueness of ids in table `object` says so.

    Args:
        connection: of the project.
        change: brings one record at least and deletes none.
        remembered: where things stand that earlier arrivals brought or named.
        texts: gives the text of a SHA-256.
        append: writes the events, returns the number of the first one.
    """
    numbers = remembered.recall(connection)
    blobs.store(connection, "text", change.texts)
    blobs.store(connection, "blob", change.blobs)
    records = list(change.records.values())
    kinds = list(map(_KIND, records))
    first: int = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM object").fetchone()[0]
    groups = _by_kind(kinds, records, first)
    for kind, group in groups.items():
        invariants.check_all_places(kind, group.records, texts)
    raw_ids = ids.raws(list(change.records))
    bulk.insert_objects(connection, first, raw_ids, kinds)
    head = append(log.NewObjects(first, raw_ids, kinds, bodies_of(records)))
    columns = _columns(connection, change, groups, numbers)
    for kind, group in groups.items():
        heads = [number + head - first for number in group.numbers]
        connection.executemany(tables.NEW[kind], columns.rows(kind, group.numbers, heads, group.records))
    for kind in KINDS:
        numbers[kind].update(columns.numbers(kind))
    remembered.keep(connection)


def _by_kind(kinds: Iterable[str], records: Iterable[Record], first: int) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for number, (kind, record) in enumerate(zip(kinds, records, strict=True), first):
        group = groups.get(kind)
        if group is None:
            group = groups[kind] = _Group([], [])
        group.numbers.append(number)
        group.records.append(record)
    return groups


def _columns(
    connection: sqlite3.Connection, change: Change, groups: dict[str, _Group], known: dict[str, dict[str, int]]
) -> Columns:
    """Return what makes the rows of a change; what it names elsewhere is looked up at once."""

    def look_up(kind: str, object_id: str) -> int:
        record = change.records.get(object_id)
        if record is None:
            return references.live_number(connection, kind, object_id)
        references.check_kind(kind, record.kind, object_id)
        return columns.numbers(record.kind)[object_id]

    columns = Columns(look_up, naming.stored_in(connection))
    for kind, group in groups.items():
        columns.numbers(kind).update(zip(map(_ID, group.records), group.numbers, strict=True))
    elsewhere: set[str] = set()
    for kind, group in groups.items():
        for named, id_of in NAMED.get(kind, ()):
            asked = set(map(id_of, group.records)).difference(columns.numbers(named))
            there = known.get(named, {})
            columns.numbers(named).update((one, there[one]) for one in asked if one in there)
            elsewhere |= asked.difference(there)
    for (kind, object_id), number in references.live_numbers(connection, elsewhere).items():
        columns.numbers(kind)[object_id] = number
    return columns
