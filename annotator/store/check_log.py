"""Walking along the event log: chains, digests, hashes of bodies, and what each body promises.

The walk asks the file by the thousand events, never by the event: a project of a million events is checked in seconds.
"""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple, cast

from annotator.collecting import uncollected
from annotator.errors import Refused
from annotator.model import ids
from annotator.model.records import Mention, Record, Review, TextVersion
from annotator.store import blobs, invariants, log
from annotator.store.check_state import RowCheck, one_moment
from annotator.store.codec import bodies_of, body_hash, body_of, read_body, read_twin
from annotator.store.findings import Findings

_CHUNK: Final = 5_000
"""Events that are read between two moments in which a writer may commit."""

_TEXTS: Final = 16
"""Texts that are kept for the mentions to come: those of one article come one after another."""

_PLACED: Final = {
    "mention": ("spans", "cue", "speaker_spans"),
    "evidence": ("spans",),
    "review": ("spans",),
    "zone": (),
}
"""Kinds with places in a text, and the fields that have quotes of it."""

_change_of = attrgetter("change")


class _End(NamedTuple):
    """Where a session's chain stands."""

    seq: int
    digest: bytes


_START: Final = _End(0, log.NO_DIGEST)


class _Header(NamedTuple):
    """A change: what its events share, and which of its session's events are its own."""

    packed: bytes
    session: int
    author: bytes
    clock: int
    first: int
    last: int

    def owns(self, event: log.Event) -> bool:
        return event.session == self.session and event.clock == self.clock and self.first <= event.seq <= self.last


_NO_CHANGE: Final = _Header(b"", 0, b"", 0, 0, -1)


def check_log(connection: sqlite3.Connection, findings: Findings) -> None:
    """Check every event in the order of the log, what the tables show of it, and count by author and session."""
    walk = _Walk(connection, findings)
    for chunk in _chunks(connection):
        walk.check(chunk)
    walk.finish()
    idle = "SELECT count(*) FROM object WHERE n NOT IN (SELECT object FROM event)"
    for _ in range(int(connection.execute(idle).fetchone()[0])):
        findings.add("log", "an object has no event")


def _chunks(connection: sqlite3.Connection) -> Iterator[list[log.Event]]:
    last = 0
    while True:
        # What a chunk is compared with must be of the same moment.
        with one_moment(connection):
            with uncollected():
                chunk = list(log.events(connection, "event.n > ? AND event.n <= ?", (last, last + _CHUNK)))
                if chunk:
                    yield chunk
            end = int(connection.execute("SELECT coalesce(max(n), 0) FROM event").fetchone()[0])
        last += _CHUNK
        if last >= end:
            return


class _Walk:
    """What is known on the way along the log."""

    def __init__(self, connection: sqlite3.Connection, findings: Findings) -> None:
        self._connection = connection
        self._findings = findings
        self._rows = RowCheck(connection, findings)
        self._text = lru_cache(maxsize=_TEXTS)(self._read_text)
        self._ends: dict[int, _End] = {}
        self._headers: dict[int, _Header] = {}
        self._incomplete: Counter[int] = Counter()
        self._odd: set[int] = set()
        self._changes = 0
        self._altered: set[int] = set()

    def check(self, chunk: Sequence[log.Event]) -> None:
        """Check events: their places in the chains, their hashes, their bodies, their rows."""
        self._altered.clear()
        self._findings.checked["events"] += len(chunk)
        self._headers = self._read_headers(chunk)
        self._check_chains(chunk)
        self._check_changes(chunk)
        put, records = self._check_bodies(chunk)
        self._check_forms(put, records)
        self._check_quotes(records)
        self._rows.check(put, records)
        if self._altered:
            self._findings.altered.update(self._whose(event) for event in chunk if event.n in self._altered)

    def finish(self) -> None:
        """Check what only the end of the log tells."""
        self._findings.checked["sessions"] = len(self._ends)
        if withheld := sum(self._findings.withheld.values()):
            self._findings.checked["withheld bodies"] = withheld
        self._check_extents()
        self._count_missing()
        self._rows.finish()

    def _told(self, event: log.Event, line: str, *, altered: bool = True) -> None:
        if altered:
            self._altered.add(event.n)
        self._findings.add("log", f"event {event.seq} of session {event.session} ({event.kind}): {line}")

    def _whose(self, event: log.Event) -> tuple[bytes, int]:
        return self._headers.get(event.change, _NO_CHANGE).author, event.session

    # Chains

    def _read_headers(self, chunk: Sequence[log.Event]) -> dict[int, _Header]:
        rows = self._connection.execute(
            "SELECT change.n, session.n, change.clock, first_seq, last_seq, change.id, session.id, author, name, joins,"
            " undoes FROM change JOIN session ON session.n = change.session"
            " WHERE change.n IN (SELECT change FROM event WHERE n >= ? AND n <= ?)",
            (chunk[0].n, chunk[-1].n),
        )
        return {
            number: _Header(
                log.ChangeHeader(change_id, session_id, author, name, joins, undoes).packed(),
                session,
                author,
                clock,
                first,
                last,
            )
            for number, session, clock, first, last, change_id, session_id, author, name, joins, undoes in rows
        }

    def _check_chains(self, chunk: Sequence[log.Event]) -> None:
        headers, ends, digest_of = self._headers, self._ends, log.digest_of
        for event in chunk:
            end = ends.get(event.session, _START)
            seq = event.seq
            before = end.digest if seq == end.seq + 1 else self._digest_before(event, end)
            packed = headers.get(event.change, _NO_CHANGE).packed
            if before is not None and event.digest != digest_of(
                before, packed, event.clock, seq, event.id, event, event.body_hash
            ):
                self._told(event, "its digest is not that of what it says and follows")
            # One wrong link is one finding: the next one is held against what this one claims to be.
            ends[event.session] = _End(seq, event.digest)
            if event.previous:
                self._check_previous(event)

    def _digest_before(self, event: log.Event, end: _End) -> bytes | None:
        """Return the digest of the event before, wherever a merge has put it; None where it is missing."""
        row = self._connection.execute(
            "SELECT digest FROM event WHERE session = ? AND seq = ?", (event.session, event.seq - 1)
        ).fetchone()
        if row or event.seq == 1:
            return bytes(row[0]) if row else log.NO_DIGEST
        self._told(event, f"follows event {end.seq}: what stood between is missing", altered=False)
        return None

    def _check_previous(self, event: log.Event) -> None:
        for begin in range(0, len(event.previous), 16):
            row = self._connection.execute(
                "SELECT object FROM event WHERE id = ?", (event.previous[begin : begin + 16],)
            ).fetchone()
            if row is None or row[0] != event.number:
                self._told(event, "the event that it follows is not there", altered=False)

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

    def _check_changes(self, chunk: Sequence[log.Event]) -> None:
        """Every change owns exactly the events of its session from its first to its last one."""
        headers = self._headers
        self._odd.update(event.change for event in chunk if not headers.get(event.change, _NO_CHANGE).owns(event))
        counts = Counter(map(_change_of, chunk))
        for number, count in counts.items():
            header = headers.get(number, _NO_CHANGE)
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

    # Bodies

    def _check_bodies(self, chunk: Sequence[log.Event]) -> tuple[list[log.Event], list[Record]]:
        """Return the events that put a readable record, and the records."""
        put: list[log.Event] = []
        records: list[Record] = []
        for event in chunk:
            salt, body = event.salt, event.body
            if salt is None and body is None:
                if event.n not in self._altered:
                    self._findings.withheld[self._whose(event)] += 1
                continue
            if salt is None or body_hash(salt, body or b"") != event.body_hash:
                self._told(event, "its body is not the one that was written")
            record = self._record_of(event) if event.op == "put" else None
            if record is not None:
                put.append(event)
                records.append(record)
        return put, records

    def _record_of(self, event: log.Event) -> Record | None:
        if event.body is None:
            self._told(event, "its body is missing")
            return None
        try:
            return read_twin(event.kind, event.body)
        except Refused as error:
            self._told(event, error.what)
        except KeyError:
            self._told(event, "this kind of record is unknown")
        return None

    def _check_forms(self, put: Sequence[log.Event], records: Sequence[Record]) -> None:
        """Hold the bodies against the one way in which this program writes them: all at once, as they are sound."""
        with contextlib.suppress(ValueError):
            raws = ids.raws([record.id for record in records])
            same = raws == [event.object_id for event in put]
            if same and bodies_of(records) == [event.body for event in put]:
                return
        for event, record in zip(put, records, strict=True):
            if ids.spelled(event.object_id) != record.id or body_of(record) != event.body:
                self._told(event, "its body is not in the form in which this program writes it")

    # Quotes

    def _check_quotes(self, records: Sequence[Record]) -> None:
        quotes = 0
        for record in records:
            if record.kind in _PLACED:
                self._check_places(record)
                quotes += sum(len(getattr(record, name)) for name in _PLACED[record.kind])
        self._findings.checked["quotes"] += quotes

    def _check_places(self, record: Record) -> None:
        try:
            invariants.check_places(record, self._text)
            if record.kind == "review":
                self._check_review(cast("Review", record))
        except Refused as error:
            self._findings.add("quotes", error.what)
        except KeyError as error:
            self._findings.add("quotes", f"the {record.kind} {record.id} names the text {error}, which is not there")

    def _check_review(self, review: Review) -> None:
        """Check the quotes of a review, which names its version by id or text, or means that of its target."""
        row = self._connection.execute(
            "SELECT object.kind, CAST(event.body AS BLOB) FROM object JOIN event ON event.object = object.n"
            " WHERE object.id = ? AND event.body IS NOT NULL AND event.op = 'put' ORDER BY event.n DESC LIMIT 1",
            (ids.raw(name) if ids.is_id(name := review.version_id or review.target) else b"",),
        ).fetchone()
        about = read_body(*row) if row else None
        sha256 = about.text_sha256 if isinstance(about, (TextVersion, Mention)) else name
        # Of a version that is not in the project, or withheld, nobody can tell.
        known = "SELECT 1 FROM text WHERE sha256 = ?"
        if ids.is_sha256(sha256) and self._connection.execute(known, (bytes.fromhex(sha256),)).fetchone():
            for span in review.spans:
                invariants.check_span(span, self._text(sha256), f"the review {review.id}")

    def _read_text(self, sha256: str) -> str:
        return blobs.text(self._connection, sha256)
