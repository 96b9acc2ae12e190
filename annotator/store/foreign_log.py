"""Walking along a foreign log: rows, chains, digests, hashes and texts are checked, and written into a parcel."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import msgspec

from annotator.model import ids
from annotator.model.records import KINDS
from annotator.model.text import normalise
from annotator.store import parcel
from annotator.store.foreign_answers import FaultError, Summary
from annotator.store.foreign_bodies import Bodies
from annotator.store.foreign_chains import Chains, EventColumns, check_made_here
from annotator.store.parcel import BlobRow, ChangeRow, EventRow, ParcelWriter, Row, SessionRow, TextRow

_KEPT: Final = 50_000
"""Names of records of a kind that are remembered as known."""

_TEXTS: Final = 16
_TEXT_ROOM: Final = 16 << 20
"""Texts kept for the mentions to come, and code points of them all together."""

R = TypeVar("R", bound=Row)
Batch = list[tuple[Any, ...]]


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
        self._chains = Chains(connection)
        self._bodies = Bodies(self._text, self._review_text)
        self._known: dict[str, set[bytes]] = {}
        self._texts: dict[str, str] = {}
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
        said = self._chains.check_extents()
        events = self._each(EventRow, "event", self._check_events)
        self._chains.check_circles()
        missing = max(said - events, len(self._chains.absent))
        astray = len(self._astray) + self._bodies.astray
        if astray and not (missing or self._withheld):
            raise FaultError("named", ids.spelled(self._astray[0]) if self._astray else "text")
        if not self._projects:
            raise FaultError("no project")
        self._writer.finish()
        project_id = min(self._projects)
        name = self._projects[project_id]
        return Summary(project_id, name, schema_version, sessions, events, self._withheld, missing, astray)

    def _each(self, kind: type[R], table: str, check: Callable[[list[R], Batch], None]) -> int:
        found = 0
        for batch in parcel.batches(self._connection, kind):
            self._in_time()
            try:
                rows = msgspec.convert(batch, list[kind], strict=True)
            except msgspec.ValidationError as error:
                raise FaultError("row", f"{table}: {error}") from None
            check(rows, batch)
            self._writer.write(kind, batch)
            found += len(batch)
        # What names a session, change or object that is not there is not among them.
        if found != self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
            raise FaultError("orphan row", table)
        return found

    def _check_sessions(self, rows: Sequence[SessionRow], _: object) -> None:
        check_made_here(row.id for row in rows)

    def _check_texts(self, rows: Sequence[TextRow], _: object) -> None:
        for row in rows:
            if hashlib.sha256(row.content.encode()).digest() != row.sha256:
                raise FaultError("text hash", row.sha256.hex())
            if normalise(row.content).text != row.content:
                raise FaultError("text form", row.sha256.hex())

    def _check_blobs(self, rows: Sequence[BlobRow], _: object) -> None:
        for row in rows:
            if hashlib.sha256(row.content).digest() != row.sha256:
                raise FaultError("blob hash", row.sha256.hex())

    def _check_changes(self, rows: Sequence[ChangeRow], _: object) -> None:
        check_made_here(row.id for row in rows)
        self._chains.keep(rows)

    def _check_events(self, events: Sequence[EventRow], rows: Sequence[tuple[Any, ...]]) -> None:
        columns = EventColumns(*zip(*rows, strict=True))
        check_made_here(columns.id)
        self._chains.check(columns)
        for event in events:
            if event.previous or event.op == "delete":
                self._chains.check_previous(event)
        objects, bodies = self._check_hashes(events, columns)
        for kind, of_kind in bodies.items():
            self._bodies.check(kind, objects[kind], of_kind)
        self._note_projects(events)
        self._look_up_names(objects, columns.object_id)

    def _check_hashes(
        self, events: Sequence[EventRow], columns: EventColumns
    ) -> tuple[dict[str, list[bytes]], dict[str, list[bytes]]]:
        """Check that each body is the one that was written; return ids of objects, and bodies of puts, by kind."""
        objects: dict[str, list[bytes]] = {kind: [] for kind in dict.fromkeys(columns.kind)}
        for kind in objects.keys() - KINDS.keys():
            raise FaultError("kind", kind)
        bodies: dict[str, list[bytes]] = {kind: [] for kind in objects}
        sha256 = hashlib.sha256
        for event in events:
            salt, body = event.salt, event.body
            if salt is None or (body is None and event.op == "put"):
                self._check_withheld(event)
            elif sha256(salt + (body or b"")).digest() != event.body_hash:
                raise FaultError("body hash", ids.spelled(event.id))
            elif event.op == "delete":
                _check_redaction(event)
            elif body is not None:
                objects[event.kind].append(event.object_id)
                bodies[event.kind].append(body)
        return objects, {kind: of_kind for kind, of_kind in bodies.items() if of_kind}

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

    def _look_up_names(self, objects: dict[str, list[bytes]], all_objects: Iterable[bytes]) -> None:
        for kind, named in self._bodies.named.items():
            known = self._known.setdefault(kind, set())
            for object_id in named.difference(known, objects.get(kind, ()) if kind else all_objects):
                row = self._connection.execute(
                    "SELECT kind FROM object WHERE id = ? AND n IN (SELECT object FROM event)", (object_id,)
                ).fetchone()
                if row is None:
                    self._astray.append(object_id)
                elif kind not in {"", row[0]}:
                    raise FaultError("named", ids.spelled(object_id))
            if len(known) > _KEPT:
                known.clear()
            known |= named
        self._bodies.named.clear()

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
