"""Putting changes back into a project's log: those whose chain is whole as they were, of the others what they said."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from annotator.errors import Refused
from annotator.model import ids
from annotator.model.records import (
    KINDS,
    Assessment,
    Evidence,
    Link,
    Mention,
    Record,
    Snapshot,
    TextVersion,
    Zone,
    version_id,
)
from annotator.store import blobs, invariants, log
from annotator.store.codec import body_hash, body_of, read_body
from annotator.store.journal import Line
from annotator.store.parcel import EventRow

_INSERT_EVENT: Final = (
    "INSERT INTO event (id, session, seq, clock, object, op, previous, change, salt, body, body_hash, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Union:
    """Adds changes to the log of a private project; the caller holds the transaction, and makes the tables anew.

    Attributes:
        taken: how many events of each change were taken over as they were, by the change's id.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.taken: dict[bytes, int] = {}

    def add_contents(self, texts: Iterable[tuple[bytes, str]], snapshots: Iterable[tuple[bytes, bytes]]) -> None:
        """Add texts and snapshots that are what their SHA-256 says and are not there yet."""
        for table, contents in (("text", texts), ("blob", snapshots)):
            for sha256, content in contents:
                raw = content.encode() if isinstance(content, str) else content
                if hashlib.sha256(raw).digest() == sha256:
                    blobs.store(self._connection, table, {sha256.hex(): content})

    def add(self, lines: Iterable[Line]) -> list[Line]:
        """Add the changes that are whole and name nothing that is missing; return the others, in order of time.

        Two accounts of one change (the journal's and the file's) are one.
        """
        waiting = sorted(_one_a_change(lines), key=lambda line: (line.change.clock, line.change.first_seq))
        waiting = [line for line in waiting if not self._has("change", line.change.id)]
        while True:
            left = [line for line in waiting if not self._add(line)]
            if len(left) == len(waiting):
                return left
            waiting = left

    def has_event(self, event_id: bytes) -> bool:
        """Tell whether an event is there."""
        return self._has("event", event_id)

    def last_clock(self, object_id: bytes) -> int:
        """Return the clock of the last event of an object, 0 for none."""
        sql = "SELECT max(event.clock) FROM object JOIN event ON event.object = object.n WHERE object.id = ?"
        return int(self._connection.execute(sql, (object_id,)).fetchone()[0] or 0)

    def _has(self, table: str, raw: bytes) -> bool:
        return self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (raw,)).fetchone() is not None

    def _add(self, line: Line) -> bool:
        change = line.change
        if [event.seq for event in line.events] != list(range(change.first_seq, change.last_seq + 1)):
            return False
        end = self._end_of(change.session_id)
        if end[0] != change.first_seq - 1 or not _is_chain(line, end[1]) or not self._is_at_home(line):
            return False
        self._insert(line)
        return True

    def _end_of(self, session_id: bytes) -> tuple[int, bytes]:
        row = self._connection.execute(
            "SELECT seq, digest FROM event WHERE session = (SELECT n FROM session WHERE id = ?)"
            " ORDER BY seq DESC LIMIT 1",
            (session_id,),
        ).fetchone()
        return (int(row[0]), bytes(row[1])) if row else (0, log.NO_DIGEST)

    def _is_at_home(self, line: Line) -> bool:
        """Tell whether all that the change follows and names is there, or comes with it."""
        own = {event.object_id: event.kind for event in line.events}
        events = {event.id for event in line.events}
        for event in line.events:
            known = self.kind_of(event.object_id)
            if (known and known != event.kind) or own[event.object_id] != event.kind or self._has("event", event.id):
                return False
            follows = (event.previous[at : at + 16] for at in range(0, len(event.previous), 16))
            if not all(one in events or self._has("event", one) for one in follows):
                return False
            if event.op == "put" and event.body is not None and not self._fits(event, own):
                return False
        return True

    def _fits(self, event: EventRow, own: dict[bytes, str]) -> bool:
        record = record_of(event)
        if record is None:
            return False
        for kind, object_id in named_by(record):
            raw = ids.raw(object_id) if ids.is_id(object_id) else b""
            if own.get(raw, self.kind_of(raw)) not in ({kind} if kind else KINDS):
                return False
        return self.is_placed(record)

    def kind_of(self, raw: bytes) -> str:
        """Return the kind of an object that is there, "" for none."""
        row = self._connection.execute("SELECT kind FROM object WHERE id = ?", (raw,)).fetchone()
        return str(row[0]) if row else ""

    def is_placed(self, record: Record) -> bool:
        """Tell whether the text or snapshot that a record names is there, and its quotes are that text."""
        try:
            if isinstance(record, TextVersion):
                blobs.number_of(self._connection, "text", record.text_sha256)
            if isinstance(record, Snapshot):
                blobs.number_of(self._connection, "blob", record.sha256)
            invariants.check_places(record, self._text)
        except (KeyError, Refused):
            return False
        return True

    def _text(self, sha256: str) -> str:
        return blobs.text(self._connection, sha256)

    def _insert(self, line: Line) -> None:
        session, change = line.session, line.change
        run = self._connection.execute
        run(
            "INSERT INTO session (id, annotator, machine, program, opened, closed)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM session WHERE id = ?1)",
            (session.id, session.annotator, session.machine, session.program, session.opened, session.closed),
        )
        session_n = run("SELECT n FROM session WHERE id = ?", (session.id,)).fetchone()[0]
        change_n = run(
            "INSERT INTO change (id, session, author, name, joins, undoes, clock, first_seq, last_seq)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                change.id, session_n, change.author, change.name, change.joins, change.undoes, change.clock,
                change.first_seq, change.last_seq,
            ),
        ).lastrowid  # fmt: skip
        for event in line.events:
            run(
                "INSERT INTO object (id, kind) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM object WHERE id = ?1)",
                (event.object_id, event.kind),
            )
            object_n = run("SELECT n FROM object WHERE id = ?", (event.object_id,)).fetchone()[0]
            body = None if event.body is None else event.body.decode()
            values = (
                event.id, session_n, event.seq, event.clock, object_n, event.op, event.previous, change_n, event.salt,
                body, event.body_hash, event.digest,
            )  # fmt: skip
            run(_INSERT_EVENT, values)
        self.taken[change.id] = len(line.events)


def _one_a_change(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield one line a change: of two accounts of it, the one with more events."""
    found: dict[bytes, Line] = {}
    for line in lines:
        other = found.get(line.change.id)
        if other is None or len(line.events) > len(other.events):
            found[line.change.id] = line
    yield from found.values()


def _is_chain(line: Line, before: bytes) -> bool:
    """Tell whether the events are what was written, each after the other, the first after `before`."""
    change = line.change
    header = log.ChangeHeader(
        change.id, change.session_id, change.author, change.name, change.joins, change.undoes
    ).packed()
    for event in line.events:
        if event.salt is not None and body_hash(event.salt, event.body or b"") != event.body_hash:
            return False
        if event.clock != change.clock or event.change_id != change.id:
            return False
        draft = log.Draft(0, event.object_id, event.kind, event.op, event.previous, None)
        found = log.digest_of(before, header, event.clock, event.seq, event.id, draft, event.body_hash)
        if found != event.digest:
            return False
        before = found
    return True


def record_of(event: EventRow) -> Record | None:
    """Return what an event put, None where its body is not that of its object or in another form than ours."""
    with contextlib.suppress(Refused, KeyError, ValueError):
        record = read_body(event.kind, event.body or b"")
        if ids.raw(record.id) == event.object_id and body_of(record) == event.body:
            return record
    return None


def named_by(record: Record) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of each record that another one names and that must be there; kind "" is any."""
    match record:
        case Mention():
            yield "claim", record.claim_id
            yield "annotator", record.annotator_id
            yield "version", version_id(record.article_id, record.text_sha256)
            if record.speaker_id:
                yield "speaker", record.speaker_id
        case Assessment():
            yield "claim", record.claim_id
            yield "annotator", record.annotator_id
        case Evidence():
            yield "claim", record.claim_id
            yield "source", record.source_id
            yield "annotator", record.annotator_id
        case TextVersion():
            yield "article", record.article_id
        case Zone():
            yield "version", version_id(record.article_id, record.text_sha256)
        case Link():
            yield "", record.a
            yield "", record.b
        case _:
            target = getattr(record, "target", "")
            if target:
                yield "", str(target)
