"""What the records of one change name: the rows of objects, texts and snapshots, each looked up once.

Closures and no class: a cache of a bound method would hold itself and, with it, a batch of an import until the garbage
collector comes by.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from annotator.model.records import Record
from annotator.store import blobs, references, tables
from annotator.store.change import Change

_TEXTS: Final = 64


def named_outside(connection: sqlite3.Connection, change: Change, records: Iterable[Record]) -> dict[str, int]:
    """Look up at once what records name outside their change; return "kind id" with its row for what is there."""
    named: set[str] = set()
    by_kind: dict[str, list[Record]] = {kind: [] for kind in tables.NAMES}
    for record in records:
        if record.kind in by_kind:
            by_kind[record.kind].append(record)
    for kind, columns in tables.NAMES.items():
        for column in columns:
            named.update(map(column, by_kind[kind]))
    found = references.live_numbers(connection, named - change.records.keys())
    return {f"{kind} {object_id}": number for (kind, object_id), number in found.items()}


def numbers_of(
    connection: sqlite3.Connection, change: Change, own: Mapping[str, int], outside: Mapping[str, int]
) -> tables.NumberOf:
    """Return what gives the row of an object by kind ("" for any) and id; it raises Refused where none fits.

    Args:
        connection: asked for what is in neither of the two.
        change: the change whose records name.
        own: the rows of the change's own records by id.
        outside: what was looked up before, as `named_outside` gives it.
    """

    @cache
    def number(kind: str, object_id: str) -> int:
        record = change.records.get(object_id)
        if record is not None:
            references.check_kind(kind, record.kind, object_id)
            return own[object_id]
        return outside.get(f"{kind} {object_id}") or references.live_number(connection, kind, object_id)

    return number


def stored_in(connection: sqlite3.Connection) -> tables.BlobOf:
    """Return what gives the row of a text or snapshot by its hash; it raises Refused for an unknown one."""

    def stored(table: str, sha256: str) -> int:
        try:
            return blobs.number_of(connection, table, sha256)
        except KeyError:
            raise references.not_stored(table, sha256) from None

    return stored


def texts_of(change: Change, texts: Callable[[str], str]) -> Callable[[str], str]:
    """Return what gives a text of the change or the project; it raises Refused for an unknown one."""

    @lru_cache(maxsize=_TEXTS)
    def text(sha256: str) -> str:
        own = change.texts.get(sha256)
        if isinstance(own, str):
            return own
        try:
            return texts(sha256)
        except KeyError:
            raise references.not_stored("text", sha256) from None

    return text
