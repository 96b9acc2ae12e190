"""Walking along a foreign log: rows, chains, digests, hashes and texts are checked, and written into a parcel."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeVar, cast

import msgspec

from annotator.model import ids
from annotator.model.text import normalise
from annotator.store import log, parcel
from annotator.store.foreign_answers import FaultError, Summary
from annotator.store.foreign_bodies import Bodies
from annotator.store.parcel import BlobRow, ChangeRow, EventRow, ParcelWriter, Row, SessionRow, TextRow

_KEPT: Final = 5_000
"""Changes, and names of records, that are kept for the events to come."""

_TEXTS: Final = 16
_TEXT_ROOM: Final = 16 << 20
"""Texts kept for the mentions to come, and code points of them all together."""

_MOST_HEADS: Final = 1_000
_VERSION_7: Final = bytes(range(0x70, 0x80))
_VARIANT: Final = bytes(range(0x80, 0xC0))

R = TypeVar("R", bound=Row)


class _Header(NamedTuple):
    """What a change says of its events."""

    packed: bytes
    session_id: bytes
    clock: int
    first: int
    last: int


class _Redaction(msgspec.Struct, forbid_unknown_fields=True):
    redaction: str


class _Called(msgspec.Struct):
    name: str


class _Placed(msgspec.Struct):
    text_sha256: str


class Walk:
    """What is known on the way along a log."""

    def __init__(self, connection: sqlite3.Connection, writer: ParcelWriter, in_time: Callable[[], None]) -> None:
        self._connection = connection
        self._writer = writer
        self._in_time = in_time
        self._bodies = Bodies(self._text, self._review_text)
        self._headers: dict[bytes, _Header] = {}
        self._known: set[tuple[str, bytes]] = set()
        self._texts: dict[str, str] = {}
        self._ends: dict[bytes, tuple[int, bytes]] = {}
        self._absent: set[bytes] = set()
        self._doubtful: set[bytes] = set()
        self._astray: list[bytes] = []
        self._projects: dict[bytes, str] = {}
        self._withheld = 0

    def run(self, schema_version: int) -> Summary:
        """Check everything, write it, and return what it is.

        Raises FaultError for the first thing that is not sound.
        """
        sessions = self._each(SessionRow, "session", self._check_sessions)
        self._each(TextRow, "text", self._check_texts)
        self._each(BlobRow, "blob", self._check_blobs)
        self._each(ChangeRow, "change", self._check_changes)
        said = self._check_extents()
        events = self._each(EventRow, "event", self._check_events)
        self._check_circles()
        missing = max(said - events, len(self._absent))
        astray = len(self._astray) + self._bodies.astray
        if astray and not (missing or self._withheld):
            raise FaultError("named", ids.spelled(self._astray[0]) if self._astray else "text")
        if not self._projects:
            raise FaultError("no project")
        self._writer.finish()
        project_id = min(self._projects)
        name = self._projects[project_id]
        return Summary(project_id, name, schema_version, sessions, events, self._withheld, missing, astray)

    def _each(self, kind: type[R], table: str, check: Callable[[list[R]], None]) -> int:
        found = 0
        for batch in parcel.batches(self._connection, kind):
            self._in_time()
            try:
                rows = msgspec.convert(batch, list[kind], strict=True)
            except msgspec.ValidationError as error:
                raise FaultError("row", f"{table}: {error}") from None
            check(rows)
            self._writer.write(kind, batch)
            found += len(batch)
        # What names a session, change or object that is not there is not among them.
        if found != self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
            raise FaultError("orphan row", table)
        return found

    def _check_sessions(self, rows: Sequence[SessionRow]) -> None:
        _check_ids(row.id for row in rows)

    def _check_texts(self, rows: Sequence[TextRow]) -> None:
        for row in rows:
            if hashlib.sha256(row.content.encode()).digest() != row.sha256:
                raise FaultError("text hash", row.sha256.hex())
            if normalise(row.content).text != row.content:
                raise FaultError("text form", row.sha256.hex())

    def _check_blobs(self, rows: Sequence[BlobRow]) -> None:
        for row in rows:
            if hashlib.sha256(row.content).digest() != row.sha256:
                raise FaultError("blob hash", row.sha256.hex())

    def _check_changes(self, rows: Sequence[ChangeRow]) -> None:
        _check_ids(row.id for row in rows)

    def _check_extents(self) -> int:
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

    def _check_events(self, events: Sequence[EventRow]) -> None:
        _check_ids(event.id for event in events)
        by_kind: dict[str, tuple[list[bytes], list[bytes]]] = {}
        sha256 = hashlib.sha256
        for event in events:
            self._check_chain(event)
            if event.previous or event.op == "delete":
                self._check_previous(event)
            salt, body = event.salt, event.body
            if salt is None or (body is None and event.op == "put"):
                self._check_withheld(event)
                continue
            if sha256(salt + (body or b"")).digest() != event.body_hash:
                raise FaultError("body hash", ids.spelled(event.id))
            if event.op == "delete":
                _check_redaction(event)
            elif body is not None:
                object_ids, bodies = by_kind.setdefault(event.kind, ([], []))
                object_ids.append(event.object_id)
                bodies.append(body)
        for kind, (object_ids, bodies) in by_kind.items():
            self._bodies.check(kind, object_ids, bodies)
        self._note_projects(events)
        self._look_up_names({("", event.object_id) for event in events}, events)

    def _check_chain(self, event: EventRow) -> None:
        header = self._headers.get(event.change_id) or self._header(event.change_id)
        session_id, seq = event.session_id, event.seq
        if session_id != header.session_id or event.clock != header.clock or not header.first <= seq <= header.last:
            raise FaultError("change", ids.spelled(event.id))
        end, before = self._ends.get(session_id, (0, log.NO_DIGEST))
        if seq != end + 1:
            before = self._digest_before(event)
        # After a hole nobody can tell what an event follows; the one that fills the hole will say.
        if before:
            draft = cast("log.Draft", event)  # it has the columns that the digest covers
            found = log.digest_of(before, header.packed, event.clock, seq, event.id, draft, event.body_hash)
            if found != event.digest:
                raise FaultError("digest", ids.spelled(event.id))
        self._ends[session_id] = seq, event.digest

    def _digest_before(self, event: EventRow) -> bytes:
        if event.seq == 1:
            return log.NO_DIGEST
        row = self._connection.execute(
            "SELECT digest FROM event WHERE session = (SELECT n FROM session WHERE id = ?) AND seq = ?",
            (event.session_id, event.seq - 1),
        ).fetchone()
        return bytes(row[0]) if row else b""

    def _header(self, change_id: bytes) -> _Header:
        row = self._connection.execute(
            "SELECT session.id, change.id, author, name, joins, undoes, clock, first_seq, last_seq"
            " FROM change CROSS JOIN session ON session.n = change.session WHERE change.id = ?",
            (change_id,),
        ).fetchone()
        session_id, own_id, author, name, joins, undoes, clock, first, last = row
        packed = log.ChangeHeader(own_id, session_id, author, name, joins, undoes).packed()
        if len(self._headers) >= _KEPT:
            self._headers.clear()
        header = self._headers[change_id] = _Header(packed, session_id, clock, first, last)
        return header

    def _check_previous(self, event: EventRow) -> None:
        names = [event.previous[begin : begin + 16] for begin in range(0, len(event.previous), 16)]
        if event.id in names or len(set(names)) < len(names) or not 1 <= len(names) <= _MOST_HEADS:
            raise FaultError("previous", ids.spelled(event.id))
        for name in names:
            row = self._connection.execute(
                "SELECT before.object = own.object, before.n < own.n FROM event AS own, event AS before"
                " WHERE own.id = ? AND before.id = ?",
                (event.id, name),
            ).fetchone()
            if row is None:
                self._absent.add(name)
            elif not row[0]:
                raise FaultError("previous", ids.spelled(event.id))
            elif not row[1]:
                self._doubtful.add(event.object_id)

    def _check_withheld(self, event: EventRow) -> None:
        if event.salt is not None or event.body is not None:
            raise FaultError("withheld half", ids.spelled(event.id))
        self._withheld += 1

    def _note_projects(self, events: Iterable[EventRow]) -> None:
        for event in events:
            if event.kind == "project":
                said = event.body if event.op == "put" else None
                name = msgspec.json.decode(said, type=_Called).name if said else ""
                self._projects[event.object_id] = name or self._projects.get(event.object_id, "")

    def _look_up_names(self, own: set[tuple[str, bytes]], events: Iterable[EventRow]) -> None:
        own.update((event.kind, event.object_id) for event in events)
        for kind, object_id in self._bodies.named - own - self._known:
            row = self._connection.execute(
                "SELECT kind FROM object WHERE id = ? AND n IN (SELECT object FROM event)", (object_id,)
            ).fetchone()
            if row is None:
                self._astray.append(object_id)
            elif kind not in {"", row[0]}:
                raise FaultError("named", ids.spelled(object_id))
        if len(self._known) > _KEPT:
            self._known.clear()
        self._known |= self._bodies.named
        self._bodies.named.clear()

    def _check_circles(self) -> None:
        """Check that no event follows itself by way of others: an object would have no last version."""
        for object_id in self._doubtful:
            waiting = {
                own: {previous[begin : begin + 16] for begin in range(0, len(previous), 16)}
                for own, previous in self._connection.execute(
                    "SELECT id, previous FROM event WHERE object = (SELECT n FROM object WHERE id = ?)", (object_id,)
                )
            }
            while free := {own for own, before in waiting.items() if not before & waiting.keys()}:
                for own in free:
                    del waiting[own]
            if waiting:
                raise FaultError("circle", ids.spelled(object_id))

    def _text(self, sha256: str) -> str | None:
        found = self._texts.get(sha256)
        if found is None:
            row = self._connection.execute(
                "SELECT content FROM text WHERE sha256 = ?", (bytes.fromhex(sha256),)
            ).fetchone()
            if row is None:
                return None
            found = str(row[0])
            if len(self._texts) >= _TEXTS or sum(map(len, self._texts.values())) + len(found) > _TEXT_ROOM:
                self._texts.clear()
            self._texts[sha256] = found
        return found

    def _review_text(self, review: Any) -> str | None:
        """Return the text that a review speaks of: that of its version, by id or hash, or of its target."""
        name: str = review.version_id or review.target
        if ids.is_id(name):
            row = self._connection.execute(
                "SELECT CAST(body AS BLOB) FROM event WHERE object = (SELECT n FROM object WHERE id = ?"
                " AND kind IN ('version', 'mention')) AND body NOT NULL AND op = 'put' ORDER BY n DESC LIMIT 1",
                (ids.raw(name),),
            ).fetchone()
            try:
                name = msgspec.json.decode(row[0], type=_Placed).text_sha256 if row else ""
            except (msgspec.MsgspecError, UnicodeError, RecursionError):
                return None  # its own turn to be refused comes
        return self._text(name) if ids.is_sha256(name) else None


def _check_ids(raws: Iterable[bytes]) -> None:
    """Check that ids which only this program makes are UUIDv7 (RFC 9562, section 5.7)."""
    run = b"".join(raws)
    for place, allowed in ((6, _VERSION_7), (8, _VARIANT)):
        odd = run[place::16].translate(None, allowed)
        if odd:
            index = run[place::16].index(odd[:1])
            raise FaultError("id", run[16 * index : 16 * index + 16].hex())


def _check_redaction(event: EventRow) -> None:
    """Check that a deletion says nothing, or why it takes away what was there."""
    if event.body is None:
        return
    try:
        same = msgspec.json.encode(msgspec.json.decode(event.body, type=_Redaction)) == event.body
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        same = False
    if not same:
        raise FaultError("body", ids.spelled(event.object_id))
