"""Walking along the event log: chains, digests, hashes of bodies, and what each body promises."""

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from annotator.errors import Refused
from annotator.model import ids
from annotator.model.records import Evidence, Mention, Record, Review, TextVersion, Zone
from annotator.store import blobs, invariants, log, tables
from annotator.store.codec import body_hash, body_of, read_body
from annotator.store.findings import Findings

_CHUNK: Final = 5_000
"""Events that are read between two moments in which a writer may commit."""

_TEXTS: Final = 16
"""Texts that are kept for the mentions to come: those of one article come one after another."""


class _End(NamedTuple):
    """Where a session's chain stands."""

    seq: int
    digest: bytes


def check_log(
    connection: sqlite3.Connection, findings: Findings, number: tables.NumberOf, stored: tables.BlobOf
) -> None:
    """Check every event, in the order of the log."""
    walk = _Walk(connection, findings, number, stored)
    for chunk in _chunks(connection):
        for event in chunk:
            walk.check(event)
    findings.checked["sessions"] = len(walk.ends)
    idle = "SELECT count(*) FROM object WHERE n NOT IN (SELECT object FROM event)"
    for _ in range(int(connection.execute(idle).fetchone()[0])):
        findings.add("log", "an object has no event")


def _chunks(connection: sqlite3.Connection) -> Iterator[list[log.Event]]:
    last = 0
    while True:
        # What a chunk is compared with must be of the same moment: one short read transaction.
        connection.execute("BEGIN")
        try:
            chunk = list(log.events(connection, "event.n > ? AND event.n <= ?", (last, last + _CHUNK)))
            if chunk:
                yield chunk
            end = int(connection.execute("SELECT coalesce(max(n), 0) FROM event").fetchone()[0])
        finally:
            # Only read; where the file is damaged, SQLite may refuse even this, and has said so before.
            if connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
        last += _CHUNK
        if last >= end:
            return


class _Walk:
    """What is known on the way along the log."""

    def __init__(
        self, connection: sqlite3.Connection, findings: Findings, number: tables.NumberOf, stored: tables.BlobOf
    ) -> None:
        self._connection = connection
        self._findings = findings
        self._number = number
        self._stored = stored
        self._header = lru_cache(maxsize=64)(self._read_header)
        self._text = lru_cache(maxsize=_TEXTS)(self._read_text)
        self.ends: dict[int, _End] = {}

    def check(self, event: log.Event) -> None:
        """Check one event: its place in the chain, its hash, its body, its row."""
        self._findings.checked["events"] += 1
        self._check_chain(event)
        self._check_previous(event)
        record = self._check_body(event)
        if record is not None:
            self._check_quotes(record)
        self._check_row(event, record)

    def _told(self, event: log.Event, line: str) -> None:
        self._findings.add("log", f"event {event.seq} of session {event.session} ({event.kind}): {line}")

    def _check_chain(self, event: log.Event) -> None:
        end = self.ends.get(event.session, _End(0, log.NO_DIGEST))
        if event.seq != end.seq + 1:
            self._told(event, f"follows event {end.seq}: what stood between is missing")
        draft = log.Draft(event.number, event.object_id, event.kind, event.op, event.previous, event.body)
        found = log.digest_of(
            end.digest, self._header(event.change), event.clock, event.seq, event.id, draft, event.body_hash
        )
        if found != event.digest:
            self._told(event, "its digest is not that of what it says and follows")
        # One wrong link is one finding: the next one is held against what this one claims to be.
        self.ends[event.session] = _End(event.seq, event.digest)

    def _read_header(self, change: int) -> bytes:
        row = self._connection.execute(
            "SELECT change.id, session.id, author, name, joins, undoes FROM change"
            " JOIN session ON session.n = change.session WHERE change.n = ?",
            (change,),
        ).fetchone()
        return log.ChangeHeader(*row).packed() if row else b""

    def _check_previous(self, event: log.Event) -> None:
        for begin in range(0, len(event.previous), 16):
            row = self._connection.execute(
                "SELECT object, n FROM event WHERE id = ?", (event.previous[begin : begin + 16],)
            ).fetchone()
            if row is None or row[0] != event.number or row[1] >= event.n:
                self._told(event, "the event that it follows is not there")

    def _check_body(self, event: log.Event) -> Record | None:
        if event.op == "put" and event.body is None and event.salt is None:
            self._findings.checked["withheld bodies"] += 1
            return None
        if event.salt is None or body_hash(event.salt, event.body or b"") != event.body_hash:
            self._told(event, "its body is not the one that was written")
        if event.op == "delete":
            return None
        if event.body is None:
            self._told(event, "its body is missing")
            return None
        try:
            record = read_body(event.kind, event.body)
        except Refused as error:
            self._told(event, error.what)
            return None
        except KeyError:
            self._told(event, "this kind of record is unknown")
            return None
        if ids.spelled(event.object_id) != record.id or body_of(record) != event.body:
            self._told(event, "its body is not in the form in which this program writes it")
        return record

    def _check_quotes(self, record: Record) -> None:
        match record:
            case Mention():
                spans = (*record.spans, *record.cue, *record.speaker_spans)
            case Evidence() | Review():
                spans = record.spans
            case Zone():
                spans = ()
            case _:
                return
        self._findings.checked["quotes"] += len(spans)
        try:
            invariants.check_places(record, self._text)
            if isinstance(record, Review) and spans:
                self._check_review(record)
        except Refused as error:
            self._findings.add("quotes", error.what)
        except KeyError as error:
            self._findings.add("quotes", f"the {record.kind} {record.id} names the text {error}, which is not there")

    def _check_review(self, review: Review) -> None:
        """Check the quotes of a review, which names its version by id or text, or means that of its target."""
        row = self._connection.execute(
            "SELECT object.kind, CAST(event.body AS BLOB) FROM object JOIN event ON event.object = object.n"
            " WHERE object.id = ? AND event.body IS NOT NULL ORDER BY event.n DESC LIMIT 1",
            (ids.raw(name) if ids.is_id(name := review.version_id or review.target) else b"",),
        ).fetchone()
        about = read_body(*row) if row else None
        sha256 = about.text_sha256 if isinstance(about, (TextVersion, Mention)) else name
        # Of a version that is not in the project, nobody can tell.
        known = "SELECT 1 FROM text WHERE sha256 = ?"
        if ids.is_sha256(sha256) and self._connection.execute(known, (bytes.fromhex(sha256),)).fetchone():
            for span in review.spans:
                invariants.check_span(span, self._text(sha256), f"the review {review.id}")

    def _read_text(self, sha256: str) -> str:
        return blobs.text(self._connection, sha256)

    def _check_row(self, event: log.Event, record: Record | None) -> None:
        """Hold an object's state row against its last event, once it has come to that."""
        head = self._connection.execute("SELECT max(n) FROM event WHERE object = ?", (event.number,)).fetchone()[0]
        if head != event.n or record is None:
            return
        try:
            wanted = (event.number, event.n, *tables.state_row(record, self._number, self._stored))
        except (KeyError, ValueError) as error:
            self._findings.add("tables", f"the {event.kind} {record.id} names {error}, which is not there")
            return
        if tables.row_of(self._connection, event.kind, event.number) != wanted:
            self._findings.add("tables", f"the row of the {event.kind} {record.id} is not what the log says")
