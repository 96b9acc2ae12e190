"""How the events of a log hang together: digests, what each event follows, and which change each is one of."""

import sqlite3
import struct
from collections import Counter
from operator import le
from typing import Final

from annotator.model import ids
from annotator.store import log
from annotator.store.check_chunk import Chunk
from annotator.store.findings import Findings

_START: Final = (0, log.NO_DIGEST)
"""Where a session stands before its first event: `seq` and digest of the last one."""

_UNKNOWN: Final = b""
"""The digest of an event that is missing."""


class Chains:
    """What is known of sessions and changes on the way along the log."""

    def __init__(self, connection: sqlite3.Connection, findings: Findings) -> None:
        self._connection = connection
        self._findings = findings
        self._ends: dict[int, tuple[int, bytes]] = {}
        self._incomplete: Counter[int] = Counter()
        self._odd: set[int] = set()
        self._changes = 0

    def check(self, chunk: Chunk) -> None:
        """Check the places of events in their sessions and changes."""
        self._check_digests(chunk)
        if any(chunk.events.previous):
            self._check_previous(chunk)
        self._check_changes(chunk)

    def finish(self) -> None:
        """Check what only the end of the log tells."""
        self._findings.checked["sessions"] = len(self._ends)
        self._check_extents()
        self._count_missing()

    # Sessions

    def _check_digests(self, chunk: Chunk) -> None:
        events = chunk.events
        befores = self._befores(chunk)
        packed = {number: header.packed for number, header in chunk.headers.items()}
        columns = log.Columns(
            befores,
            events.clock,
            events.seq,
            [packed[change] for change in events.change],
            events.id,
            events.object_id,
            events.kind,
            events.op,
            events.previous,
            events.body_hash,
        )
        found = _digests(columns)
        if found == list(events.digest):
            return
        for index, (before, is_so, said) in enumerate(zip(befores, found, events.digest, strict=True)):
            if before != _UNKNOWN and is_so != said:
                chunk.told(index, "its digest is not that of what it says and follows")

    def _befores(self, chunk: Chunk) -> list[bytes]:
        """Return the digest that each event follows."""
        ends, befores = self._ends, list[bytes]()
        rows = zip(chunk.events.session, chunk.events.seq, chunk.events.digest, strict=True)
        for index, (session, seq, digest) in enumerate(rows):
            end, before = ends.get(session, _START)
            befores.append(before if seq == end + 1 else self._digest_before(chunk, index, end))
            # One wrong link is one finding: the next one is held against what this one claims to be.
            ends[session] = seq, digest
        return befores

    def _digest_before(self, chunk: Chunk, index: int, end: int) -> bytes:
        """Return the digest of the event before, wherever a merge has put it."""
        seq = chunk.events.seq[index]
        row = self._connection.execute(
            "SELECT digest FROM event WHERE session = ? AND seq = ?", (chunk.events.session[index], seq - 1)
        ).fetchone()
        if row or seq == 1:
            return bytes(row[0]) if row else log.NO_DIGEST
        chunk.told(index, f"follows event {end}: what stood between is missing", altered=False)
        return _UNKNOWN

    def _check_previous(self, chunk: Chunk) -> None:
        for index, previous in enumerate(chunk.events.previous):
            for begin in range(0, len(previous), ids.RAW_LENGTH):
                row = self._connection.execute(
                    "SELECT object FROM event WHERE id = ?", (previous[begin : begin + ids.RAW_LENGTH],)
                ).fetchone()
                if row is None or row[0] != chunk.events.number[index]:
                    chunk.told(index, "the event that it follows is not there", altered=False)

    def _count_missing(self) -> None:
        """Count the holes of each session, those at its end as its changes tell of them."""
        rows = self._connection.execute(
            "SELECT session.n, annotator, max(coalesce((SELECT max(seq) FROM event WHERE session = session.n), 0),"
            " coalesce((SELECT max(last_seq) FROM change WHERE change.session = session.n), 0)) FROM session"
        ).fetchall()
        there = dict(self._connection.execute("SELECT session, count(*) FROM event GROUP BY session").fetchall())
        for number, annotator, last in rows:
            if missing := last - there.get(number, 0):
                self._findings.missing[annotator, number] += missing

    # Changes

    def _check_changes(self, chunk: Chunk) -> None:
        """Every change owns exactly the events of its session from its first to its last one."""
        if not _all_owned(chunk):
            self._odd.update(_not_owned(chunk))
        for number, count in Counter(chunk.events.change).items():
            header = chunk.headers[number]
            self._findings.events[header.author, header.session] += count
            self._incomplete[number] += count
            if self._incomplete[number] == header.last - header.first + 1:
                del self._incomplete[number]
                self._changes += 1

    def _check_extents(self) -> None:
        count = int(self._connection.execute("SELECT count(*) FROM change").fetchone()[0])
        self._findings.checked["changes"] = count
        empty: list[int] = []
        if count != self._changes + len(self._incomplete):
            rows = self._connection.execute("SELECT n FROM change WHERE n NOT IN (SELECT change FROM event)")
            empty = [number for (number,) in rows]
        for number in sorted({*self._odd, *self._incomplete, *empty}):
            row = self._connection.execute("SELECT id FROM change WHERE n = ?", (number,)).fetchone()
            if row:
                self._findings.add("changes", f"{ids.spelled(row[0])} has other events than it says")


def _digests(columns: log.Columns) -> list[bytes]:
    """Return the digest of each event, `_UNKNOWN` where it says what no digest covers: a time before all time."""
    try:
        return log.digests_of(columns)
    except struct.error:
        return [_digest(columns, index) for index in range(len(columns.id))]


def _digest(columns: log.Columns, index: int) -> bytes:
    try:
        (digest,) = log.digests_of(log.Columns._make([column[index]] for column in columns))
    except struct.error:
        return _UNKNOWN
    return digest


def _all_owned(chunk: Chunk) -> bool:
    events, headers = chunk.events, chunk.headers
    said = {(number, header.session, header.clock) for number, header in headers.items()}
    if not said.issuperset(zip(events.change, events.session, events.clock, strict=True)):
        return False
    first = {number: header.first for number, header in headers.items()}
    last = {number: header.last for number, header in headers.items()}
    return all(map(le, map(first.__getitem__, events.change), events.seq)) and all(
        map(le, events.seq, map(last.__getitem__, events.change))
    )


def _not_owned(chunk: Chunk) -> set[int]:
    events = chunk.events
    odd: set[int] = set()
    for change, session, clock, seq in zip(events.change, events.session, events.clock, events.seq, strict=True):
        header = chunk.headers[change]
        if (session, clock) != (header.session, header.clock) or not header.first <= seq <= header.last:
            odd.add(change)
    return odd
