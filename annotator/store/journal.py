"""The journal: each change of a person, appended as a line after its COMMIT, until a backup holds it.

It lies beside the backups. A line is written to the system at once and synced only when the project is closed and when
the journal is cut down: a power failure is what the project file's own syncs are for, and to need this copy after one,
the file must be damaged as well (docs/decisions/0010).
"""

import contextlib
import errno
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.store import backup_files, log
from annotator.store.change import Change
from annotator.store.parcel import BlobRow, ChangeRow, EventRow, SessionRow, TextRow

NAME: Final = "journal.jsonl"

MOST_EVENTS: Final = 1_000
"""Events of a change from which on it is a bulk job's, after which a backup is taken instead."""

MOST_BYTES: Final = 8 << 20
"""Likewise for the bytes of its texts and snapshots."""

_log = logging.getLogger(__name__)


class Line(msgspec.Struct, frozen=True):
    """A change with everything that replays it: `before` is the digest in its session that its first event follows."""

    session: SessionRow
    change: ChangeRow
    before: bytes
    events: list[EventRow]
    texts: list[TextRow] = []
    blobs: list[BlobRow] = []


_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(Line)

_SESSION: Final = "SELECT id, annotator, machine, program, opened, closed FROM session WHERE n = ?"
_CHANGE: Final = "SELECT author, name, joins, undoes, clock, first_seq, last_seq FROM change WHERE n = ?"
_EVENTS: Final = (
    "SELECT event.change, event.id, ?2, seq, event.clock, object.id, kind, op, previous, change.id, salt,"
    " CAST(body AS BLOB), body_hash, digest FROM event JOIN object ON object.n = event.object"
    " JOIN change ON change.n = event.change WHERE event.session = ?1 AND seq > ?3 ORDER BY seq"
)


def lines_since(
    connection: sqlite3.Connection, session: log.Session, before: log.Session, change: Change
) -> Iterator[Line]:
    """Yield what a session has committed since it stood at `before`: a change, and a newcomer's before it.

    Nothing where that was a bulk job's.
    """
    if session.last_seq - before.last_seq > MOST_EVENTS or _size(change) > MOST_BYTES:
        return
    opened = SessionRow(*connection.execute(_SESSION, (session.n,)).fetchone())
    digest = before.last_digest
    for number, rows in groupby(connection.execute(_EVENTS, (session.n, session.id, before.last_seq)), itemgetter(0)):
        events = [EventRow(*one[1:]) for one in rows]
        author, name, *rest = connection.execute(_CHANGE, (number,)).fetchone()
        header = ChangeRow(events[0].change_id, session.id, author, name, *rest)
        own = header.id == ids.raw(change.id)
        texts = [TextRow(bytes.fromhex(sha256), _text(text)) for sha256, text in change.texts.items()] if own else []
        blobs = [BlobRow(bytes.fromhex(sha256), _bytes(blob)) for sha256, blob in change.blobs.items()] if own else []
        yield Line(opened, header, digest, events, texts, blobs)
        digest = events[-1].digest


def _size(change: Change) -> int:
    return sum(map(len, (*change.texts.values(), *change.blobs.values())))


def _text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode()


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


class Journal:
    """Appends to one project's journal, opened with the first line; all connections of a process share it.

    Attributes:
        trouble: why the last line that failed did not go in, None while all went in.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.Lock()
        self._descriptor: int | None = None
        self.trouble: Refused | None = None

    def note(self, connection: sqlite3.Connection, session: log.Session, before: log.Session, change: Change) -> None:
        """Append what a session has committed since it stood at `before`.

        The commit is done: whatever goes wrong here is logged, kept in `trouble`, and raises nothing.
        """
        try:
            for line in lines_since(connection, session, before, change):
                self.append(line)
        except Exception as error:  # noqa: BLE001 - the change is saved: nothing may make it look as if it were not
            if self.trouble is None:
                _log.exception("the journal takes no line")
            self.trouble = Refused(
                _("saved, but the journal of changes cannot be written: {error}").format(error=error),
                do=_("see to that place; until then a backup is the second copy"),
                file=str(self.folder / NAME),
            )

    def append(self, line: Line) -> None:
        """Append a line; raises OSError where the disk says no."""
        content = _encoder.encode(line) + b"\n"
        with self._guard:
            descriptor = self._opened()
            try:
                whole = os.write(descriptor, content) == len(content)
            except OSError:
                self._let_go()
                raise
            if not whole:
                self._let_go()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _opened(self) -> int:
        if self._descriptor is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / NAME
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(path, flags, 0o600)
            # A line that was torn gets its end, so that the next one is not torn with it.
            size = os.fstat(self._descriptor).st_size
            if size:
                os.lseek(self._descriptor, size - 1, os.SEEK_SET)
                if os.read(self._descriptor, 1) != b"\n":
                    os.write(self._descriptor, b"\n")
        return self._descriptor

    def _let_go(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def close(self) -> None:
        """Sync what was written and let go of the file."""
        with self._guard:
            if self._descriptor is not None:
                with contextlib.suppress(OSError):
                    os.fsync(self._descriptor)
            self._let_go()

    def trim(self, backup: sqlite3.Connection) -> None:
        """Take away the lines whose changes a backup holds."""
        self.rewrite(lambda line: None if _holds(backup, line) else line)

    def rewrite(self, edited: Callable[[Line], Line | None]) -> None:
        """Write every line anew as `edited` gives it, None for none; what was not readable goes."""
        path = self.folder / NAME
        with self._guard:
            if not path.exists():
                return
            self._let_go()
            kept = [line for one in read(path) if (line := edited(one)) is not None]
            if not kept:
                path.unlink()
                return
            part = backup_files.part_in(self.folder, NAME)
            with part.open("wb") as stream:
                for line in kept:
                    stream.write(_encoder.encode(line) + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)


def _holds(backup: sqlite3.Connection, line: Line) -> bool:
    return backup.execute("SELECT 1 FROM change WHERE id = ?", (line.change.id,)).fetchone() is not None


_journals: Final[WeakValueDictionary[str, Journal]] = WeakValueDictionary()
_making: Final = threading.Lock()


def journal_in(folder: Path) -> Journal:
    """Return the journal of a folder, the same one for all who ask in this process."""
    with _making:
        found = _journals.get(str(folder))
        if found is None:
            found = _journals[str(folder)] = Journal(folder)
        return found


def journal_of(connection: sqlite3.Connection, path: Path) -> Journal:
    """Return the journal of a project, also of one whose card cannot be read."""
    try:
        project_id, _name = backup_files.identity(connection)
    except (sqlite3.Error, ValueError):
        project_id = "none"
    return journal_in(backup_files.folder_of(path, project_id))


def read(path: Path) -> Iterator[Line]:
    """Yield the lines of a journal in order, whole ones only: the last may be torn, any may be damaged."""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as stream:
        for content in stream:
            try:
                yield _decoder.decode(content)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                _log.warning("a line of %s is not readable", path)


def trim(folder: Path, backup: sqlite3.Connection) -> None:
    """Take away the lines whose changes a backup holds; where that fails they stay, and do no harm."""
    try:
        journal_in(folder).trim(backup)
    except OSError:
        _log.exception("the journal was not cut down")
