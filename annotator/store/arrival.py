"""Writes a change whose records are all new, column by column: an import brings a million of them."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Final, NamedTuple

from annotator.model import ids
from annotator.model.records import Record
from annotator.store import blobs, bulk, invariants, log, naming, references, tables
from annotator.store.change import Change
from annotator.store.codec import bodies_of
from annotator.store.columns import Columns
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
    known = remembered.recall(connection)
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
    columns = Columns(_LookUp(connection, change, groups, known), naming.stored_in(connection))
    for kind, group in groups.items():
        columns.numbers(kind).update(zip(map(_ID, group.records), group.numbers, strict=True))
    for kind, group in groups.items():
        heads = [number + head - first for number in group.numbers]
        connection.executemany(tables.NEW[kind], columns.rows(kind, group.numbers, heads, group.records))
    for kind in KINDS:
        known[kind].update(columns.numbers(kind))
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


class _LookUp:
    """Gives the row of what a record names and no earlier record of its kind was found to name."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        change: Change,
        groups: Mapping[str, _Group],
        known: Mapping[str, Mapping[str, int]],
    ) -> None:
        self._connection = connection
        self._change = change
        self._groups = groups
        self._known = known
        self._own: dict[str, int] = {}

    def __call__(self, kind: str, object_id: str) -> int:
        """Return the number of an object of a kind, "" for any; raises Refused where none fits."""
        record = self._change.records.get(object_id)
        if record is not None:
            references.check_kind(kind, record.kind, object_id)
            return self._own_number(object_id)
        known = self._known.get(kind, {}).get(object_id)
        return references.live_number(self._connection, kind, object_id) if known is None else known

    def _own_number(self, object_id: str) -> int:
        if not self._own:
            for group in self._groups.values():
                self._own.update(zip(map(_ID, group.records), group.numbers, strict=True))
        return self._own[object_id]
