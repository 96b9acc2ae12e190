"""The write gate: a change becomes events and state rows in one transaction."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.errors import Refused
from annotator.model import ids
from annotator.model.records import Record
from annotator.store import blobs, invariants, log, references, tables
from annotator.store.change import Change, changed_since
from annotator.store.codec import body_of, read_body

_CHUNK = 900
"""Ids a query asks for at once: under the oldest limit of SQLite on parameters."""


class Known(NamedTuple):
    """An object the project has: its row, its kind, and its last event (`op` "delete" where it is gone)."""

    number: int
    kind: str
    head: int
    event_id: bytes
    op: str
    body: bytes | None
    author: bytes


def numbers_of(connection: sqlite3.Connection, object_ids: Iterable[str]) -> dict[str, int]:
    """Return the row numbers of those objects that the project has."""
    wanted = [ids.raw(one) for one in object_ids]
    found: dict[str, int] = {}
    for begin in range(0, len(wanted), _CHUNK):
        part = wanted[begin : begin + _CHUNK]
        marks = ",".join("?" * len(part))
        for raw, number in connection.execute(f"SELECT id, n FROM object WHERE id IN ({marks})", part):
            found[ids.spelled(raw)] = number
    return found


def last_event(connection: sqlite3.Connection, number: int) -> Known:
    """Return what the log says last about an object."""
    row = connection.execute(
        "SELECT object.n, object.kind, event.n, event.id, event.op, CAST(event.body AS BLOB), change.author"
        " FROM event JOIN object ON object.n = event.object JOIN change ON change.n = event.change"
        " WHERE event.object = ? ORDER BY event.n DESC LIMIT 1",
        (number,),
    ).fetchone()
    return Known._make(row)


class Writer:
    """Writes one change; the caller holds the transaction."""

    def __init__(
        self, connection: sqlite3.Connection, change: Change, author: str, texts: Callable[[str], str]
    ) -> None:
        self._connection = connection
        self._change = change
        self._author = author
        self._numbers: dict[str, int] = {}
        self._named: dict[tuple[str, str], int] = {}
        self._texts = texts
        self._text = lru_cache(maxsize=64)(self._read_text)

    def write(self, session: log.Session, clock: log.HybridClock) -> bool:
        """Write texts, objects, events and state rows; return False where no event is written."""
        blobs.store(self._connection, "text", self._change.texts)
        blobs.store(self._connection, "blob", self._change.blobs)
        self._numbers |= numbers_of(self._connection, self._change.records.keys() | self._change.deletions.keys())
        drafts, records = self._drafts()
        if not drafts:
            return False
        log.begin(self._connection, session, clock)
        header = log.ChangeHeader(
            ids.raw(self._change.id),
            session.id,
            ids.raw(self._author),
            self._change.name,
            ids.raw(self._change.joins) if self._change.joins else b"",
            ids.raw(self._change.undoes) if self._change.undoes else b"",
        )
        first = log.append(self._connection, session, header, clock, drafts)
        self._write_state(first, drafts, records)
        for draft in drafts:
            if draft.op == "delete":
                references.check_unnamed(self._connection, draft.kind, draft.number)
        return True

    def _drafts(self) -> tuple[list[log.Draft], list[Record | None]]:
        drafts: list[log.Draft] = []
        records: list[Record | None] = []
        for record in self._change.records.values():
            draft = self._put(record)
            if draft is not None:
                drafts.append(draft)
                records.append(record)
        for object_id, kind in self._change.deletions.items():
            draft = self._deletion(kind, object_id)
            if draft is not None:
                drafts.append(draft)
                records.append(None)
        self._make_objects(drafts)
        placed = [
            draft if draft.number else draft._replace(number=self._numbers[ids.spelled(draft.object_id)])
            for draft in drafts
        ]
        return placed, records

    def _put(self, record: Record) -> log.Draft | None:
        invariants.check_places(record, self._text)
        body = body_of(record)
        number = self._numbers.get(record.id, 0)
        if not number:
            return log.Draft(0, ids.raw(record.id), record.kind, "put", b"", body)
        known = last_event(self._connection, number)
        self._check_head(record.id, known)
        if known.kind != record.kind:
            raise Refused(f"the id {record.id} is that of a {known.kind}, not of a {record.kind}")
        if known.op == "put" and known.body == body:
            return None
        self._check_owner(known)
        return log.Draft(number, ids.raw(record.id), record.kind, "put", known.event_id, body)

    def _deletion(self, kind: str, object_id: str) -> log.Draft | None:
        number = self._numbers.get(object_id, 0)
        known = last_event(self._connection, number) if number else None
        if known is None:
            return None
        self._check_head(object_id, known)
        if known.op == "delete":
            return None
        if known.kind != kind:
            raise Refused(f"the id {object_id} is that of a {known.kind}, not of a {kind}")
        self._check_owner(known)
        return log.Draft(number, ids.raw(object_id), kind, "delete", known.event_id, None)

    def _check_head(self, object_id: str, known: Known) -> None:
        if self._change.heads.get(object_id, known.head) != known.head:
            raise changed_since(known.kind, object_id)

    def _check_owner(self, known: Known) -> None:
        if known.op == "put" and known.body is not None:
            invariants.check_ownership(read_body(known.kind, known.body), self._author, ids.spelled(known.author))

    def _make_objects(self, drafts: Sequence[log.Draft]) -> None:
        first: int = self._connection.execute("SELECT coalesce(max(n), 0) + 1 FROM object").fetchone()[0]
        new = [draft for draft in drafts if not draft.number]
        rows = [(first + index, draft.object_id, draft.kind) for index, draft in enumerate(new)]
        self._connection.executemany("INSERT INTO object (n, id, kind) VALUES (?, ?, ?)", rows)
        for number, raw, _kind in rows:
            self._numbers[ids.spelled(raw)] = number

    def _write_state(self, first: int, drafts: Sequence[log.Draft], records: Sequence[Record | None]) -> None:
        puts: dict[str, list[tuple[object, ...]]] = {}
        gone: dict[str, list[tuple[int]]] = {}
        for index, (draft, record) in enumerate(zip(drafts, records, strict=True)):
            if record is None:
                gone.setdefault(draft.kind, []).append((draft.number,))
            else:
                columns = tables.state_row(record, self._number, self._stored)
                puts.setdefault(draft.kind, []).append((draft.number, first + index, *columns))
        for kind, rows in puts.items():
            self._connection.executemany(tables.INSERT[kind], rows)
        for kind, numbers in gone.items():
            self._connection.executemany(tables.DELETE[kind], numbers)

    def _number(self, kind: str, object_id: str) -> int:
        own = self._change.records.get(object_id)
        if own is not None:
            references.check_kind(kind, own.kind, object_id)
            return self._numbers[object_id]
        number = self._named.get((kind, object_id))
        if number is None:
            number = self._named[kind, object_id] = references.live_number(self._connection, kind, object_id)
        return number

    def _stored(self, table: str, sha256: str) -> int:
        try:
            return blobs.number_of(self._connection, table, sha256)
        except KeyError:
            raise Refused(f"a record names the {table} {sha256!r}, which the project does not have") from None

    def _read_text(self, sha256: str) -> str:
        own = self._change.texts.get(sha256)
        if isinstance(own, str):
            return own
        try:
            return self._texts(sha256)
        except KeyError:
            raise Refused(f"a record names the text {sha256!r}, which the project does not have") from None
