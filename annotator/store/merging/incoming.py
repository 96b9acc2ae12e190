"""Rows for what comes in: objects get numbers, what records name is looked up, all is inserted by the thousand.

A change whose records name what is nowhere does not come in: the tables could not show it.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from annotator.i18n import _
from annotator.store import blobs, bulk, tables
from annotator.store.merging.fields import HASHES, fields_of
from annotator.store.merging.sieve import Deed, KeptOutError, Sieve
from annotator.store.parcel import EventRow, SessionRow

_INSERT_EVENT: Final = (
    "INSERT INTO event (n, id, session, seq, clock, object, op, previous, change, salt, body, body_hash, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, ?)"
)
_INSERT_CHANGE: Final = (
    "INSERT INTO change (n, id, session, author, name, joins, undoes, clock, first_seq, last_seq)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
Known = tuple[int, str]
"""An object's row and kind."""


class Incoming:
    """Collects the rows of changes that come in, and writes them.

    Attributes:
        sieve: decides about the changes of the parcel at hand.
        used: the texts and snapshots that records name which came in.
        touched: objects with another event than their first one, by row: their state rows are made anew at the end.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.sieve = Sieve(connection)
        self.used: set[str] = set()
        self.touched: dict[int, str] = {}
        self._stored = tables.stored_in(connection)
        self._known: dict[bytes, Known] = {}
        self._own: dict[bytes, Known] = {}
        self._next = {table: self._after(table) for table in ("event", "change", "object")}
        self._objects: list[tuple[bytes, str]] = []
        self._changes: list[tuple[object, ...]] = []
        self._events: list[tuple[object, ...]] = []
        self._rows: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)

    def _after(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0])

    def look_up(self, raw_ids: Iterable[bytes]) -> None:
        """Ask at once which of these objects the project has."""
        wanted = [one for one in dict.fromkeys(raw_ids) if one not in self._known]
        for index, number, kind in bulk.known_objects(self._connection, wanted):
            self._known[wanted[index]] = (number, kind)

    def forget(self) -> None:
        """Keep what was looked up within bounds; all was written."""
        self.sieve.ownership.pending.clear()
        if len(self._known) > 200_000:  # noqa: PLR2004 - as many as fit into some ten megabytes
            self._known.clear()

    def add(self, deed: Deed, session: SessionRow) -> None:
        """Take a change that the sieve lets through.

        Raises KeptOutError where its records name what is not there.
        """
        try:
            self._add(deed, session)
        finally:
            # What a change that stays out would have made is not there for what comes after it.
            self._own.clear()

    def _add(self, deed: Deed, session: SessionRow) -> None:
        own, known = self._own, self._known
        number = self._next["object"]
        numbers: list[int] = []
        fresh: list[bool] = []
        for event in deed.events:
            object_id, kind = event.object_id, event.kind
            found = own.get(object_id) or known.get(object_id)
            fresh.append(found is None and not event.previous)
            if found is None:
                found = own[object_id] = (number, kind)
                number += 1
            elif found[1] != kind:
                raise KeptOutError("refused", _("it says that a record is of another kind"))
            elif not event.previous:
                self.write()
                if not self.sieve.ownership.may_begin(event, deed.change.author, found[0]):
                    raise KeptOutError("refused", _("it changes what belongs to another annotator"))
            numbers.append(found[0])
        rows = [self.row_of(event) for event in deed.events]
        self._take(deed, session, numbers, [row if new else None for row, new in zip(rows, fresh, strict=True)])

    def row_of(self, event: EventRow) -> tuple[object, ...] | None:
        """Return the lookup columns of an event's record, None where it says nothing.

        Raises KeptOutError where it names what is not there.
        """
        kind, body = event.kind, event.body
        if event.op == "delete" or body is None:
            return None
        record = fields_of(kind, body)
        try:
            row = tables.ROW_OF[kind](record, self._number, self._stored)
        except KeyError:
            raise KeptOutError("missing", _("what it names is missing")) from None
        for name in HASHES.get(kind, ()):
            self.used.add(getattr(record, name))
        return row

    def _number(self, kind: str, object_id: str) -> int:
        # The worker has seen that it is an id in its one spelling.
        raw = bytes.fromhex(object_id.replace("-", ""))
        found = self._own.get(raw) or self._known.get(raw)
        if found is None:
            self.look_up([raw])
            found = self._known.get(raw)
        if found is None or (kind and kind != found[1]):
            raise KeyError(object_id)
        return found[0]

    def _take(
        self, deed: Deed, session: SessionRow, numbers: Sequence[int], rows: Sequence[tuple[object, ...] | None]
    ) -> None:
        change, n, session_n = deed.change, self._next["change"], self._session(session)
        self._changes.append(
            (
                *(n, change.id, session_n, change.author, change.name, change.joins, change.undoes, change.clock),
                *(change.first_seq, change.last_seq),
            )
        )
        place = self._next["event"]
        for event, number, row in zip(deed.events, numbers, rows, strict=True):
            self._events.append(
                (
                    *(place, event.id, session_n, event.seq, event.clock, number, event.op, event.previous, n),
                    *(event.salt, event.body, event.body_hash, event.digest),
                )
            )
            if row is not None:
                self._rows[event.kind].append((number, place, *row))
            else:
                self.touched[number] = event.kind
            place += 1
        self._objects += [(raw, kind) for raw, (_number, kind) in self._own.items()]
        self._known |= self._own
        self._next["object"] += len(self._own)
        self._next["change"] += 1
        self._next["event"] = place
        self.sieve.take(deed)

    def _session(self, session: SessionRow) -> int:
        chain = self.sieve.chain(session.id)
        if chain.n == 0:
            # Whether a colleague is still at work is nothing that ended badly here.
            closed = session.opened if session.closed is None else session.closed
            cursor = self._connection.execute(
                "INSERT INTO session (id, annotator, machine, program, opened, closed) VALUES (?, ?, ?, ?, ?, ?)",
                (session.id, session.annotator, session.machine, session.program, session.opened, closed),
            )
            chain.n = int(cursor.lastrowid or 0)
        return chain.n

    def write(self) -> None:
        """Write what was taken."""
        raws, kinds = [one for one, _kind in self._objects], [kind for _raw, kind in self._objects]
        bulk.insert_objects(self._connection, self._next["object"] - len(raws), raws, kinds)
        self._connection.executemany(_INSERT_CHANGE, self._changes)
        self._connection.executemany(_INSERT_EVENT, self._events)
        for kind, rows in self._rows.items():
            self._connection.executemany(tables.NEW[kind], rows)
        for waiting in (self._objects, self._changes, self._events, self._rows):
            waiting.clear()


class Contents:
    """Texts and snapshots of parcels: all come in first, and those that nothing names go again at the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._before = {table: self._last(table) for table in ("text", "blob")}

    def _last(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT coalesce(max(n), 0) FROM {table}").fetchone()[0])

    def add(self, table: str, rows: Iterable[Any]) -> None:
        """Add what the project does not have yet."""
        for row in rows:
            blobs.store(self._connection, table, {row.sha256.hex(): row.content})

    def finish(self, used: set[str]) -> int:
        """Take away what nothing that came in names; return how many texts and snapshots are new."""
        kept = 0
        for table, before in self._before.items():
            new = self._connection.execute(f"SELECT n, sha256 FROM {table} WHERE n > ?", (before,)).fetchall()
            gone = [(n,) for n, sha256 in new if bytes(sha256).hex() not in used]
            self._connection.executemany(f"DELETE FROM {table} WHERE n = ?", gone)
            kept += len(new) - len(gone)
        return kept
