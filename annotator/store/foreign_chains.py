"""How the events of a foreign log hang together: changes, digests, and what each event follows."""

import sqlite3
from collections.abc import Iterable, Sequence
from operator import le
from typing import Final, NamedTuple

from annotator.model import ids
from annotator.store import log
from annotator.store.foreign_answers import FaultError
from annotator.store.parcel import ChangeRow, EventRow

_KEPT: Final = 50_000
"""Changes that are kept for the events to come."""

_MOST_HEADS: Final = 1_000
_VERSION_7: Final = bytes(range(0x70, 0x80))
_VARIANT: Final = bytes(range(0x80, 0xC0))
_BEGINNING: Final = (0, log.NO_DIGEST)
"""Where a session stands before its first event: `seq` and digest of the last one."""


class EventColumns(NamedTuple):
    """The columns of an `EventRow`, each of many events."""

    id: tuple[bytes, ...]
    session_id: tuple[bytes, ...]
    seq: tuple[int, ...]
    clock: tuple[int, ...]
    object_id: tuple[bytes, ...]
    kind: tuple[str, ...]
    op: tuple[str, ...]
    previous: tuple[bytes, ...]
    change_id: tuple[bytes, ...]
    salt: tuple[bytes | None, ...]
    body: tuple[bytes | None, ...]
    body_hash: tuple[bytes, ...]
    digest: tuple[bytes, ...]


class _Header(NamedTuple):
    """What a change says of its events."""

    packed: bytes
    session_id: bytes
    clock: int
    first: int
    last: int


class Chains:
    """Checks the order of a foreign log, event by event in that order.

    Attributes:
        absent: events that others follow and that are not there.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._headers: dict[bytes, _Header] = {}
        self._ends: dict[bytes, tuple[int, bytes]] = {}
        self._doubtful: set[bytes] = set()
        self.absent: set[bytes] = set()

    def keep(self, changes: Sequence[ChangeRow]) -> None:
        """Keep what changes say, as many as fit."""
        for row in changes[: max(0, _KEPT - len(self._headers))]:
            self._headers[row.id] = _header_of(row)

    def check_extents(self) -> int:
        """Check that no event can be part of two changes; return how many events all sessions say they have."""
        said, before, end = 0, None, 0
        for session, first, last in self._connection.execute(
            "SELECT session, first_seq, last_seq FROM change ORDER BY session, first_seq"
        ):
            if session != before:
                said, before, end = said + end, session, 0
            if first <= end or last < first:
                raise FaultError("extent", f"{first}-{last}")
            end = last
        return said + end

    def check(self, events: EventColumns) -> None:
        """Check that each event is one of its change, and that its digest covers it and the one before."""
        headers = [self._headers.get(change_id) or self._header(change_id) for change_id in events.change_id]
        packed, sessions, clocks, firsts, lasts = zip(*headers, strict=True)
        fitting = sessions == events.session_id and clocks == events.clock
        if not (fitting and all(map(le, firsts, events.seq)) and all(map(le, events.seq, lasts))):
            raise FaultError("change", _first_astray(events, headers))
        befores: list[bytes] = []
        ends = self._ends
        for session_id, seq, digest in zip(events.session_id, events.seq, events.digest, strict=True):
            end, before = ends.get(session_id, _BEGINNING)
            befores.append(before if seq == end + 1 else self._digest_before(session_id, seq))
            ends[session_id] = seq, digest
        self._check_digests(events, befores, packed)

    def _check_digests(self, events: EventColumns, befores: Sequence[bytes], packed: Sequence[bytes]) -> None:
        columns = log.Columns(
            befores,
            events.clock,
            events.seq,
            packed,
            events.id,
            events.object_id,
            events.kind,
            events.op,
            events.previous,
            events.body_hash,
        )
        found = log.digests_of(columns)
        if found == list(events.digest):
            return
        for event_id, before, said, is_so in zip(events.id, befores, events.digest, found, strict=True):
            # After a hole nobody can tell what an event follows; the one that fills the hole will say.
            if said != is_so and before:
                raise FaultError("digest", ids.spelled(event_id))

    def _digest_before(self, session_id: bytes, seq: int) -> bytes:
        """Return the digest that an event out of turn follows, b"" where that one is missing."""
        if seq == 1:
            return log.NO_DIGEST
        row = self._connection.execute(
            "SELECT digest FROM event WHERE session = (SELECT n FROM session WHERE id = ?) AND seq = ?",
            (session_id, seq - 1),
        ).fetchone()
        return bytes(row[0]) if row else b""

    def _header(self, change_id: bytes) -> _Header:
        """Return a header that was not kept: there are more than fit."""
        row = self._connection.execute(
            "SELECT change.id, session.id, author, name, joins, undoes, clock, first_seq, last_seq"
            " FROM change CROSS JOIN session ON session.n = change.session WHERE change.id = ?",
            (change_id,),
        ).fetchone()
        if len(self._headers) >= _KEPT:
            self._headers.clear()
        header = self._headers[change_id] = _header_of(ChangeRow(*row))
        return header

    def check_previous(self, event: EventRow) -> None:
        """Check that an event follows earlier ones of its object; those that are not there are counted."""
        names = _parts(event.previous)
        if event.id in names or len(set(names)) < len(names) or not 1 <= len(names) <= _MOST_HEADS:
            raise FaultError("previous", ids.spelled(event.id))
        for name in names:
            row = self._connection.execute(
                "SELECT before.object = own.object, before.n < own.n FROM event AS own, event AS before"
                " WHERE own.id = ? AND before.id = ?",
                (event.id, name),
            ).fetchone()
            if row is None:
                self.absent.add(name)
            elif not row[0]:
                raise FaultError("previous", ids.spelled(event.id))
            elif not row[1]:
                self._doubtful.add(event.object_id)

    def check_circles(self) -> None:
        """Check that no event follows itself by way of others: an object would have no last version."""
        for object_id in self._doubtful:
            waiting = {
                own: {*_parts(previous)}
                for own, previous in self._connection.execute(
                    "SELECT id, previous FROM event WHERE object = (SELECT n FROM object WHERE id = ?)", (object_id,)
                )
            }
            while free := {own for own, before in waiting.items() if not before & waiting.keys()}:
                for own in free:
                    del waiting[own]
            if waiting:
                raise FaultError("circle", ids.spelled(object_id))


def _parts(previous: bytes) -> list[bytes]:
    return [previous[begin : begin + ids.RAW_LENGTH] for begin in range(0, len(previous), ids.RAW_LENGTH)]


def _header_of(row: ChangeRow) -> _Header:
    packed = log.ChangeHeader(row.id, row.session_id, row.author, row.name, row.joins, row.undoes).packed()
    return _Header(packed, row.session_id, row.clock, row.first_seq, row.last_seq)


def _first_astray(events: EventColumns, headers: Sequence[_Header]) -> str:
    rows = zip(events.id, events.session_id, events.clock, events.seq, headers, strict=True)
    for event_id, session_id, clock, seq, header in rows:
        if (session_id, clock) != (header.session_id, header.clock) or not header.first <= seq <= header.last:
            return ids.spelled(event_id)
    return ""


def check_made_here(raws: Iterable[bytes]) -> None:
    """Check that ids which only this program makes are UUIDv7 (RFC 9562, section 5.7)."""
    run = b"".join(raws)
    for place, allowed in ((6, _VERSION_7), (8, _VARIANT)):
        odd = run[place::16].translate(None, allowed)
        if odd:
            index = run[place::16].index(odd[:1])
            raise FaultError("id", run[16 * index : 16 * index + 16].hex())
