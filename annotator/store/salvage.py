"""What the rows of a damaged project still prove: whatever agrees with its own SHA-256 (storage.md, R10)."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile
from typing import Final, cast

import msgspec

from annotator.errors import Refused
from annotator.model import ids
from annotator.model.records import KINDS
from annotator.store import file, pages
from annotator.store.codec import body_hash, body_of, read_body
from annotator.store.journal import Line
from annotator.store.pages import Row
from annotator.store.parcel import ChangeRow, EventRow, SessionRow

_ID: Final = 16
_HASH: Final = 32

Shape = tuple[type | tuple[type, ...], ...]
_NO: Final = type(None)
_EVENT: Final[Shape] = (_NO, bytes, int, int, int, int, str, bytes, int, (bytes, _NO), (str, _NO), bytes, bytes)
_CHANGE: Final[Shape] = (_NO, bytes, int, bytes, str, bytes, bytes, int, int, int)
_SESSION: Final[Shape] = (_NO, bytes, bytes, str, str, int, (int, _NO))
_OBJECT: Final[Shape] = (_NO, bytes, str)
_BLOB: Final[Shape] = (_NO, bytes, bytes)


class Salvaged(msgspec.Struct):
    """Rows of a damaged project that can be read, by the numbers that they have in it."""

    sessions: dict[int, tuple[object, ...]] = {}
    changes: dict[int, tuple[object, ...]] = {}
    objects: dict[int, tuple[bytes, str]] = {}
    events: list[tuple[object, ...]] = []
    texts: dict[bytes, str] = {}
    blobs: dict[bytes, bytes] = {}
    broken: int = 0

    @property
    def project_ids(self) -> Iterator[str]:
        """The ids of the project that its rows tell: one, unless rows are wrong."""
        for raw, kind in self.objects.values():
            if kind == "project":
                yield ids.spelled(raw)


def private_copy(damaged: Path, folder: Path) -> Path:
    """Copy a damaged file, with a change that was cut short taken back, and return the copy's path.

    The file itself is read once, and no byte of it changes.

    Raises OSError.
    """
    copy = folder / "damaged.annot"
    copyfile(damaged, copy)
    journal = damaged.with_name(f"{damaged.name}-journal")
    if journal.is_file():
        copyfile(journal, copy.with_name(f"{copy.name}-journal"))
        # Where SQLite cannot even do that, the pages are looked at as they are.
        with suppress(*file.ERRORS), closing(sqlite3.connect(copy)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return copy


def copy_folder(beside: Path) -> "tempfile.TemporaryDirectory[str]":
    """Return a private folder for copies, on the disk on which the new project will be."""
    return tempfile.TemporaryDirectory(prefix=".annotator-rescue-", dir=beside)


def salvaged(copy: Path) -> Salvaged:
    """Return what a copy of a damaged file still proves of texts, snapshots and events."""
    found = Salvaged()
    for row in pages.rows(copy.read_bytes()):
        _take(found, row)
    return found


def _take(found: Salvaged, row: Row) -> None:
    values = row.values
    match len(values):
        case 13 if _fits(values, _EVENT):
            _take_event(found, row)
        case 10 if _fits(values, _CHANGE):
            found.changes[row.number] = values[1:]
        case 7 if _fits(values, _SESSION):
            found.sessions[row.number] = values[1:]
        case 3 if _fits(values, _OBJECT) and len(cast("bytes", values[1])) == _ID and values[2] in KINDS:
            found.objects[row.number] = cast("tuple[bytes, str]", values[1:])
        case 3 if _fits(values, (_NO, bytes, str)):
            _take_content(found, cast("bytes", values[1]), cast("str", values[2]))
        case 3 if _fits(values, _BLOB):
            _take_content(found, cast("bytes", values[1]), cast("bytes", values[2]))
        case _:
            return


def _take_content(found: Salvaged, sha256: bytes, content: str | bytes) -> None:
    raw = content.encode() if isinstance(content, str) else content
    if hashlib.sha256(raw).digest() != sha256:
        found.broken += len(sha256) == _HASH
    elif isinstance(content, str):
        found.texts[sha256] = content
    else:
        found.blobs[sha256] = content


def _take_event(found: Salvaged, row: Row) -> None:
    salt, body, hashed = cast("tuple[bytes | None, str | None, bytes]", row.values[9:12])
    if salt is None and body is None:
        found.events.append((row.number, *row.values[1:]))  # withheld: the chain alone tells
    elif salt is not None and body_hash(salt, (body or "").encode()) == hashed:
        found.events.append((row.number, *row.values[1:]))
    else:
        found.broken += 1


def _fits(values: tuple[object, ...], shape: Shape) -> bool:
    return all(isinstance(value, wanted) for value, wanted in zip(values, shape, strict=True))


def lines_of(found: Salvaged, backup: sqlite3.Connection | None) -> Iterator[Line]:
    """Yield the events that were read, by change, as far as they say to what they belong.

    Rows that cannot be read are looked up in a backup of the same file: they have the same numbers there.
    """
    by_change: dict[int, list[EventRow]] = {}
    headers: dict[int, tuple[SessionRow, ChangeRow]] = {}
    for event in found.events:
        made = _event_row(found, backup, event, headers)
        if made is not None:
            by_change.setdefault(cast("int", event[8]), []).append(made)
    for number, events in by_change.items():
        session, change = headers[number]
        once = {event.seq: event for event in events}
        yield Line(session, change, b"", [once[seq] for seq in sorted(once)])


def _event_row(
    found: Salvaged,
    backup: sqlite3.Connection | None,
    event: tuple[object, ...],
    headers: dict[int, tuple[SessionRow, ChangeRow]],
) -> EventRow | None:
    change_n, object_n = cast("int", event[8]), cast("int", event[5])
    if change_n not in headers:
        headers[change_n] = _header(found, backup, change_n) or _unknown(change_n)
    session, change = headers[change_n]
    object_row = found.objects.get(object_n) or _from(backup, "SELECT id, kind FROM object WHERE n = ?", object_n)
    body = None if event[10] is None else cast("str", event[10]).encode()
    # A deletion with a body is a redaction: it says why, and not of what.
    tells = body is not None and event[6] != "delete"
    named = _named_by_body(body or b"", str(object_row[1]) if object_row else "") if tells else object_row
    if named is None:
        return None
    whole = (*event[3:5], *named, event[6], event[7], change.id, event[9], body, event[11], event[12])
    # A proved body is kept whatever the columns beside it say; then it has no place in a chain.
    bare = (1, 1, *named, "put" if tells else "delete", b"", bytes(_ID), event[9], body, event[11], bytes(_HASH))
    for columns in (event[1], session.id, *whole), (bytes(_ID), bytes(_ID), *bare):
        with suppress(msgspec.ValidationError):
            return msgspec.convert(columns, EventRow, builtin_types=(bytes,))
    return None


def _header(found: Salvaged, backup: sqlite3.Connection | None, number: int) -> tuple[SessionRow, ChangeRow] | None:
    change = found.changes.get(number) or _from(
        backup, "SELECT id, session, author, name, joins, undoes, clock, first_seq, last_seq FROM change WHERE n = ?",
        number,
    )  # fmt: skip
    if change is None:
        return None
    session = found.sessions.get(cast("int", change[1])) or _from(
        backup, "SELECT id, annotator, machine, program, opened, closed FROM session WHERE n = ?", change[1]
    )
    if session is None:
        return None
    with suppress(msgspec.ValidationError):
        opened = msgspec.convert(session, SessionRow, builtin_types=(bytes,))
        return opened, msgspec.convert((change[0], opened.id, *change[2:]), ChangeRow, builtin_types=(bytes,))
    return None


def _unknown(change: int) -> tuple[SessionRow, ChangeRow]:
    """Return what stands for a change or session whose row is gone: its events prove their bodies, no more."""
    nobody = bytes(_ID)
    change_id = change.to_bytes(_ID, signed=True)
    return SessionRow(nobody, nobody, "", "", 1, None), ChangeRow(change_id, nobody, nobody, "", b"", b"", 1, 1, 1)


def _from(backup: sqlite3.Connection | None, sql: str, number: object) -> tuple[object, ...] | None:
    row = backup.execute(sql, (number,)).fetchone() if backup else None
    return tuple(row) if row else None


def _named_by_body(body: bytes, likely: str) -> tuple[object, ...] | None:
    """Return (id, kind) of the object of a body, as the one kind of record says that it is."""
    for kind in (likely, *KINDS) if likely in KINDS else KINDS:
        with suppress(Refused, ValueError):
            record = read_body(kind, body)
            if body_of(record) == body:
                return ids.raw(record.id), kind
    return None
