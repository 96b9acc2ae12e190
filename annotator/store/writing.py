"""The write gate: a change becomes events and state rows in one transaction."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from annotator.model import ids
from annotator.model.records import Record
from annotator.store import (
    arrival,
    blobs,
    bulk,
    invariants,
    joining,
    log,
    naming,
    rebuilding,
    redaction,
    references,
    tables,
)
from annotator.store.change import Change, changed_since
from annotator.store.clock import HybridClock
from annotator.store.codec import body_of, read_body
from annotator.store.joining import Shown
from annotator.store.merging.withholding import NEVER_DELETED, NEVER_REDACTED
from annotator.store.remembered import Remembered

_MANY: Final = 100
"""Records of a change from which on it pays to look up at once what they name."""


class Known(NamedTuple):
    """An object the project has: its row, its kind, what it shows, who wrote that, and whether it is there."""

    number: int
    kind: str
    shown: Shown
    author: bytes
    there: bool


def known_object(connection: sqlite3.Connection, number: int) -> Known:
    """Return what the log says of an object that has events."""
    (kind,) = connection.execute("SELECT kind FROM object WHERE n = ?", (number,)).fetchone()
    shown = joining.shown(connection, number, kind)
    # Whoever deleted it may bring it back.
    last = shown.heads[-1] if shown.gone or shown.head is None else shown.head
    (author,) = connection.execute(
        "SELECT author FROM event JOIN change ON change.n = event.change WHERE event.n = ?", (last.n,)
    ).fetchone()
    there = not shown.gone or connection.execute("SELECT 1 FROM joined WHERE n = ?", (number,)).fetchone() is not None
    return Known(number, kind, shown, author, there)


class Writer:
    """Writes one change; the caller holds the transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        change: Change,
        author: str,
        texts: Callable[[str], str],
        remembered: Remembered,
    ) -> None:
        self._connection = connection
        self._change = change
        self._author = author
        self._remembered = remembered
        self._raws: dict[str, bytes] = {}
        self._numbers: dict[str, int] = {}
        self._new_from = 0
        self._text = naming.texts_of(change, texts)

    def write(self, session: log.Session, clock: HybridClock) -> bool:
        """Write texts, objects, events and state rows; return False where no event is written."""
        if self._change.arriving and self._change.records and not self._change.deletions:
            append = partial(self._append_new, session, clock)
            arrival.write(self._connection, self._change, self._remembered, self._text, append)
            return True
        blobs.store(self._connection, "text", self._change.texts)
        blobs.store(self._connection, "blob", self._change.blobs)
        drafts, records = self._drafts()
        if not drafts:
            return False
        log.begin(self._connection, session, clock)
        first = log.append(self._connection, session, self._header(session), clock, drafts)
        self._write_state(first, drafts, records)
        for draft in drafts:
            if draft.op == "delete":
                self._settle_deletion(draft)
        return True

    def _settle_deletion(self, draft: log.Draft) -> None:
        if draft.body is None:
            references.check_unnamed(self._connection, draft.kind, draft.number)
        else:
            # What names it stays: it names something that is withheld from now on.
            redaction.take_bodies(self._connection, draft.number)

    def _append_new(self, session: log.Session, clock: HybridClock, new: log.NewObjects) -> int:
        log.begin(self._connection, session, clock)
        return log.append_new(self._connection, session, self._header(session), clock, new)

    def _header(self, session: log.Session) -> log.ChangeHeader:
        return log.ChangeHeader(
            ids.raw(self._change.id),
            session.id,
            ids.raw(self._author),
            self._change.name,
            ids.raw(self._change.joins) if self._change.joins else b"",
            ids.raw(self._change.undoes) if self._change.undoes else b"",
        )

    def _drafts(self) -> tuple[list[log.Draft], list[Record | None]]:
        self._insert_objects()
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
        return drafts, records

    def _insert_objects(self) -> None:
        """Give every object its row: the one it has, or the next free one."""
        names = [*self._change.records, *self._change.deletions]
        self._raws = dict(zip(names, ids.raws(names), strict=True))
        for index, number, _kind in bulk.known_objects(self._connection, list(self._raws.values())):
            self._numbers[names[index]] = number
        number: int = self._connection.execute("SELECT coalesce(max(n), 0) + 1 FROM object").fetchone()[0]
        self._new_from = number
        new = {one: record for one, record in self._change.records.items() if one not in self._numbers}
        self._numbers |= zip(new, range(number, number + len(new)), strict=True)
        raws = [self._raws[one] for one in new]
        bulk.insert_objects(self._connection, number, raws, [record.kind for record in new.values()])

    def _put(self, record: Record) -> log.Draft | None:
        invariants.check_places(record, self._text)
        body = body_of(record)
        object_id = record.id
        number, raw = self._numbers[object_id], self._raws[object_id]
        if number >= self._new_from:
            return log.Draft(number, raw, record.kind, "put", b"", body)
        known = known_object(self._connection, number)
        self._check_head(object_id, known)
        if known.kind != record.kind:
            raise references.not_of_kind(object_id, known.kind, record.kind)
        # What several versions show is only said once a person has settled them.
        if not known.shown.gone and known.shown.body == body and object_id not in self._change.settled:
            return None
        self._check_owner(object_id, known)
        return log.Draft(number, raw, record.kind, "put", known.shown.previous, body)

    def _deletion(self, kind: str, object_id: str) -> log.Draft | None:
        number = self._numbers.get(object_id, 0)
        known = known_object(self._connection, number) if number else None
        if known is None:
            return None
        self._check_head(object_id, known)
        reason = self._change.redactions.get(object_id)
        if not known.there and reason is None:
            return None
        if known.kind != kind:
            raise references.not_of_kind(object_id, known.kind, kind)
        if kind in (NEVER_DELETED if reason is None else NEVER_REDACTED):
            raise references.never_deleted(kind)
        self._check_owner(object_id, known)
        body = None if reason is None else redaction.body_for(reason)
        return log.Draft(number, self._raws[object_id], kind, "delete", known.shown.previous, body)

    def _check_head(self, object_id: str, known: Known) -> None:
        wanted = self._change.heads.get(object_id)
        if wanted is not None and [one.n for one in known.shown.heads] != [wanted]:
            raise changed_since(known.kind, object_id)

    def _check_owner(self, object_id: str, known: Known) -> None:
        author, body = ids.spelled(known.author), known.shown.body
        if body is not None:
            invariants.check_ownership(read_body(known.kind, body), self._author, author)
        elif known.kind in joining.OWNED and self._author != author:
            raise invariants.not_yours(known.kind, object_id)

    def _write_state(self, first: int, drafts: Sequence[log.Draft], records: Sequence[Record | None]) -> None:
        put = [record for record in records if record is not None]
        outside = naming.named_outside(self._connection, self._change, put) if len(put) >= _MANY else {}
        number_of = naming.numbers_of(self._connection, self._change, self._numbers, outside)
        stored = naming.stored_in(self._connection)
        new: dict[str, list[tuple[object, ...]]] = {}
        changed: dict[str, list[tuple[object, ...]]] = {}
        gone: dict[str, list[tuple[int]]] = {}
        for head, (draft, record) in enumerate(zip(drafts, records, strict=True), first):
            number, kind = draft.number, draft.kind
            if record is None:
                gone.setdefault(kind, []).append((number,))
            else:
                columns = tables.ROW_OF[kind](record, number_of, stored)
                rows = changed if draft.previous else new
                rows.setdefault(kind, []).append((number, head, *columns))
        for kind, rows in new.items():
            self._connection.executemany(tables.NEW[kind], rows)
        for kind, rows in changed.items():
            self._connection.executemany(tables.INSERT[kind], rows)
        for kind, numbers in gone.items():
            self._connection.executemany(tables.DELETE[kind], numbers)
        # What followed all heads is the one head now.
        self._connection.executemany(
            "DELETE FROM joined WHERE n = ?", [(draft.number,) for draft in drafts if draft.previous]
        )
        rebuilding.let_go(self._connection)
