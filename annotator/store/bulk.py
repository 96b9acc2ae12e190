"""Thousands of rows in one statement.

Binding a value costs Python's sqlite3 more than SQLite takes to store it. So the values of many rows go in as a few
long ones, each with its parts in their order, and SQLite takes them apart: an import is twice as fast for it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

import msgspec

WORTH_IT: Final = 50
"""Rows from which on one statement for all is faster than one for each."""

_LENGTH_BITS: Final = 31
_LENGTH_MASK: Final = (1 << _LENGTH_BITS) - 1

_OBJECTS: Final = (
    "INSERT INTO object (n, id, kind) SELECT :first + key, substr(:ids, 16 * key + 1, 16), value FROM json_each(:kinds)"
)
_EVENTS: Final = (
    "INSERT INTO event (n, id, session, seq, clock, object, op, previous, change, salt, body, body_hash, digest)"
    " SELECT :first + key, substr(:ids, 16 * key + 1, 16), :session, :seq + key, :clock, :object + key, 'put', x'',"
    " :change, substr(:salts, 16 * key + 1, 16),"
    f" CAST(substr(:bodies, (value >> {_LENGTH_BITS}) + 1, value & {_LENGTH_MASK}) AS TEXT),"
    " substr(:hashes, 32 * key + 1, 32), substr(:digests, 32 * key + 1, 32) FROM json_each(:places)"
)
_KNOWN: Final = (
    "SELECT at.key, object.n, object.kind FROM json_each(:each) AS at"
    " CROSS JOIN object ON object.id = substr(:ids, 16 * at.key + 1, 16)"
)

_encode: Final = msgspec.json.Encoder().encode


def insert_objects(connection: sqlite3.Connection, first: int, raw_ids: Sequence[bytes], kinds: Sequence[str]) -> None:
    """Insert new objects with the numbers from `first` on."""
    if raw_ids:
        values = {"first": first, "ids": b"".join(raw_ids), "kinds": _encode(kinds).decode()}
        connection.execute(_OBJECTS, values)


def insert_events(
    connection: sqlite3.Connection,
    shared: dict[str, int],
    raw_ids: Sequence[bytes],
    salts: bytes,
    bodies: Sequence[bytes],
    hashes: Sequence[bytes],
    digests: Sequence[bytes],
) -> None:
    """Insert the first events of new objects.

    `shared` has the numbers of the first event (`first`), sequence number (`seq`) and object (`object`), which go up
    by one, and `session`, `change` and `clock`, which all have.
    """
    lengths = list(map(len, bodies))
    begins = accumulate(lengths, initial=0)
    places = [begin << _LENGTH_BITS | length for begin, length in zip(begins, lengths, strict=False)]
    values: dict[str, object] = {
        **shared,
        "ids": b"".join(raw_ids),
        "salts": salts,
        "bodies": b"".join(bodies),
        "hashes": b"".join(hashes),
        "digests": b"".join(digests),
        "places": _encode(places).decode(),
    }
    connection.execute(_EVENTS, values)


def known_objects(connection: sqlite3.Connection, raw_ids: Sequence[bytes]) -> Iterator[tuple[int, int, str]]:
    """Yield (index in `raw_ids`, row, kind) of each object that the project has, deleted ones too."""
    if raw_ids:
        yield from connection.execute(_KNOWN, {"each": _encode([0] * len(raw_ids)).decode(), "ids": b"".join(raw_ids)})
