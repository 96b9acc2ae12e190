"""The event log: immutable events, chained by digest within a session (architecture.md, section 2)."""

import os
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, count, repeat
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.hashing import sha256
from annotator.store import bulk
from annotator.store.clock import HybridClock
from annotator.store.codec import body_hash

NO_DIGEST: Final = bytes(32)
"""What the first event of a session follows."""

SALT_BYTES: Final = 16
_each_salt: Final = struct.Struct(f"{SALT_BYTES}s").iter_unpack
_pack_numbers: Final = struct.Struct(">QQI").pack


class Draft(NamedTuple):
    """An event before it has a place in the log: `number` is the object's row, `previous` the heads it follows."""

    number: int
    object_id: bytes
    kind: str
    op: str
    previous: bytes
    body: bytes | None


class NewObjects(NamedTuple):
    """Objects that get their first event, column by column: `first` is the row of the first one, the others follow."""

    first: int
    raw_ids: Sequence[bytes]
    kinds: Sequence[str]
    bodies: Sequence[bytes]


class _Columns(NamedTuple):
    event_ids: Sequence[bytes]
    hashes: Sequence[bytes]


class Event(NamedTuple):
    """An event as read back, with what it belongs to."""

    n: int
    id: bytes
    session: int
    seq: int
    clock: int
    number: int
    object_id: bytes
    kind: str
    op: str
    previous: bytes
    change: int
    salt: bytes | None
    body: bytes | None
    body_hash: bytes
    digest: bytes


class ChangeHeader(msgspec.Struct, frozen=True):
    """What the events of one change share; part of each one's digest."""

    id: bytes
    session_id: bytes
    author: bytes
    name: str
    joins: bytes = b""
    undoes: bytes = b""

    def packed(self) -> bytes:
        """Return the header in one unambiguous run of bytes."""
        name = self.name.encode()
        lengths = bytes((len(self.joins), len(self.undoes))) + len(name).to_bytes(4)
        return self.session_id + self.id + self.author + lengths + self.joins + self.undoes + name


def digest_of(
    before: bytes, header: bytes, clock: int, seq: int, event_id: bytes, draft: "Draft | Event", hashed_body: bytes
) -> bytes:
    """Return SHA-256 over the session's previous digest, every header column, and the body's hash."""
    return sha256()(
        b"".join(
            (
                before,
                _pack_numbers(clock, seq, len(draft.previous)),
                header,
                event_id,
                draft.object_id,
                _marked(draft.kind, draft.op),
                draft.previous,
                hashed_body,
            )
        )
    ).digest()


def _digests(before: bytes, header: bytes, clock: int, seq: int, new: NewObjects, columns: _Columns) -> list[bytes]:
    """Return what `digest_of` gives for the first events of new objects, one after the other."""
    marks = {kind: _marked(kind, "put") for kind in set(new.kinds)}
    packs = {kind: struct.Struct(f">32sQQI{len(header)}s16s16s{len(mark)}s32s").pack for kind, mark in marks.items()}
    digests: list[bytes] = []
    hash_of = sha256()
    rows = zip(count(seq), new.kinds, columns.event_ids, new.raw_ids, columns.hashes)
    for number, kind, event_id, raw_id, hashed in rows:
        packed = packs[kind](before, clock, number, 0, header, event_id, raw_id, marks[kind], hashed)
        before = hash_of(packed).digest()
        digests.append(before)
    return digests


class Columns(NamedTuple):
    """Many events column by column, each with the digest before it and the packed header of its change."""

    before: Sequence[bytes]
    clock: Sequence[int]
    seq: Sequence[int]
    header: Sequence[bytes]
    id: Sequence[bytes]
    object_id: Sequence[bytes]
    kind: Sequence[str]
    op: Sequence[str]
    previous: Sequence[bytes]
    body_hash: Sequence[bytes]


def digests_of(events: Columns) -> list[bytes]:
    """Return what `digest_of` gives for each of many events."""
    numbers = map(_pack_numbers, events.clock, events.seq, map(len, events.previous))
    marks = map(_marked, events.kind, events.op)
    parts = (events.before, numbers, events.header, events.id, events.object_id, marks)
    runs = map(b"".join, zip(*parts, events.previous, events.body_hash, strict=True))
    return [one.digest() for one in map(sha256(), runs)]


@lru_cache(maxsize=64)
def _marked(kind: str, op: str) -> bytes:
    return kind.encode() + (b"+" if op == "put" else b"-")


class Session(msgspec.Struct):
    """A file opened for writing once: its events count 1, 2, 3… without holes."""

    id: bytes
    annotator: bytes
    machine: str
    program: str
    n: int = 0
    last_seq: int = 0
    last_digest: bytes = NO_DIGEST


_EVENT_COLUMNS: Final = "n, id, session, seq, clock, object, op, previous, change, salt, body, body_hash, digest"
_INSERT_EVENT: Final = f"INSERT INTO event ({_EVENT_COLUMNS}) VALUES ({', '.join('?' * 13)})"
_SELECT_EVENT: Final = (
    "SELECT event.n, event.id, event.session, event.seq, event.clock, event.object, object.id, object.kind, event.op,"
    " event.previous, event.change, event.salt, CAST(event.body AS BLOB), event.body_hash, event.digest"
    " FROM event JOIN object ON object.n = event.object"
)


def begin(connection: sqlite3.Connection, session: Session, clock: HybridClock) -> None:
    """Write the row of a session inside its first change; the caller holds the write transaction."""
    # What another session wrote since is earlier, whatever the machine's clock was set to meanwhile.
    clock.see_log(connection, session.machine)
    if session.n == 0:
        cursor = connection.execute(
            "INSERT INTO session (id, annotator, machine, program, opened) VALUES (?, ?, ?, ?, ?)",
            (session.id, session.annotator, session.machine, session.program, clock.tick()),
        )
        session.n = int(cursor.lastrowid or 0)


def append(
    connection: sqlite3.Connection, session: Session, header: ChangeHeader, clock: HybridClock, drafts: Sequence[Draft]
) -> int:
    """Write a change and its events at the end of the log; return the number of the first event.

    The events get consecutive numbers in the order of the drafts. The caller holds the write transaction, and takes
    over the session's new end (`last_seq`, `last_digest`) only after COMMIT, through `end_after`.
    """
    place = _append_change(connection, session, header, clock, len(drafts))
    rows = _rows(session, header.packed(), place["clock"], place["first"], place["change"], drafts)
    connection.executemany(_INSERT_EVENT, rows)
    return place["first"]


def append_new(
    connection: sqlite3.Connection, session: Session, header: ChangeHeader, clock: HybridClock, new: NewObjects
) -> int:
    """Write a change and the first events of new objects, like `append`."""
    if len(new.raw_ids) < bulk.WORTH_IT:
        rows = zip(count(new.first), new.raw_ids, new.kinds, repeat("put"), repeat(b""), new.bodies)
        return append(connection, session, header, clock, list(map(Draft._make, rows)))
    place = _append_change(connection, session, header, clock, len(new.raw_ids))
    salts = os.urandom(SALT_BYTES * len(new.raw_ids))
    each_salt: Iterator[bytes] = chain.from_iterable(_each_salt(salts))
    hash_of = sha256()
    hashes = [hash_of(salt + body).digest() for salt, body in zip(each_salt, new.bodies, strict=True)]
    columns = _Columns(ids.new_raw_ids(len(new.raw_ids)), hashes)
    digests = _digests(session.last_digest, header.packed(), place["clock"], place["seq"], new, columns)
    shared = place | {"object": new.first}
    bulk.insert_events(connection, shared, columns.event_ids, salts, new.bodies, hashes, digests)
    return place["first"]


def _append_change(
    connection: sqlite3.Connection, session: Session, header: ChangeHeader, clock: HybridClock, events: int
) -> dict[str, int]:
    """Write the row of a change; return what its events share, and the number and `seq` of the first one."""
    first_n: int = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM event").fetchone()[0]
    change_n: int = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM change").fetchone()[0]
    seq, moment = session.last_seq, clock.tick()
    connection.execute(
        "INSERT INTO change (n, id, session, author, name, joins, undoes, clock, first_seq, last_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change_n,
            header.id,
            session.n,
            header.author,
            header.name,
            header.joins,
            header.undoes,
            moment,
            seq + 1,
            seq + events,
        ),
    )
    return {"first": first_n, "seq": seq + 1, "session": session.n, "change": change_n, "clock": moment}


def _rows(
    session: Session, packed: bytes, moment: int, first_n: int, change_n: int, drafts: Sequence[Draft]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the events: an import makes a million of them."""
    digest, session_n = session.last_digest, session.n
    salts = os.urandom(SALT_BYTES * len(drafts))
    event_ids = ids.new_raw_ids(len(drafts))
    for index, draft in enumerate(drafts):
        seq = session.last_seq + 1 + index
        salt = salts[SALT_BYTES * index : SALT_BYTES * (index + 1)]
        body = draft.body
        hashed = body_hash(salt, body or b"")
        digest = digest_of(digest, packed, moment, seq, event_ids[index], draft, hashed)
        yield (
            first_n + index,
            event_ids[index],
            session_n,
            seq,
            moment,
            draft.number,
            draft.op,
            draft.previous,
            change_n,
            salt,
            None if body is None else body.decode(),
            hashed,
            digest,
        )


def end_after(connection: sqlite3.Connection, session: Session) -> tuple[int, bytes]:
    """Return (last seq, last digest) of a session as the log has them."""
    row = connection.execute(
        "SELECT seq, digest FROM event WHERE session = ? ORDER BY seq DESC LIMIT 1", (session.n,)
    ).fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, NO_DIGEST)


def events(connection: sqlite3.Connection, where: str = "", values: Iterable[object] = ()) -> Iterator[Event]:
    """Return events in the order of the log; `where` is an SQL condition on table `event` with its values."""
    condition = f" WHERE {where}" if where else ""
    return map(Event._make, connection.execute(f"{_SELECT_EVENT}{condition} ORDER BY event.n", tuple(values)))


def rows_between(connection: sqlite3.Connection, first: int, last: int) -> list[tuple[object, ...]]:
    """Return the events with the numbers from first to last, each a plain row with the fields of `Event`."""
    sql = f"{_SELECT_EVENT} WHERE event.n BETWEEN ? AND ? ORDER BY event.n"
    return connection.execute(sql, (first, last)).fetchall()


def latest_clock(connection: sqlite3.Connection) -> int:
    """Return the clock of the last change in the log, 0 for an empty one."""
    row = connection.execute("SELECT clock FROM change ORDER BY n DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0
