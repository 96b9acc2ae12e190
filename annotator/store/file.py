"""Opening the project file: what it is, which pragmas hold, and who writes (storage.md, section 1)."""

import contextlib
import errno
import json
import os
import socket
import sqlite3
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from annotator.errors import Refused
from annotator.i18n import _
from annotator.store import schema

SUFFIX: Final = ".annot"
_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100

_PRAGMAS: Final = (
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("mmap_size", 0),
    ("cache_spill", 0),
    ("foreign_keys", 1),
    ("synchronous", 3),
    ("fullfsync", 1),
    ("secure_delete", 1),
    ("query_only", 1),
)
"""Set on every connection and read back; why each of them: storage.md, section 1."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a project file says of itself in its first bytes."""

    schema_version: int


def read_header(path: Path) -> Header:
    """Return what the file is, from its bytes, before SQLite sees it.

    Call it only while this process has no connection to the file: closing any descriptor drops SQLite's locks.

    Raises Refused for anything that is not a project file.
    """
    name = str(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEADER)
    except FileNotFoundError:
        raise Refused(
            _("there is no such file"), do=_("check the path, or make it with `annotator new`"), file=name
        ) from None
    except IsADirectoryError:
        raise Refused(_("this is a folder"), do=_("name a project file (*.annot)"), file=name) from None
    except PermissionError:
        raise Refused(_("the file may not be read"), do=_("ask its owner for read access"), file=name) from None
    except OSError as error:
        raise _from_os(error, name) from None
    if not head.startswith(_MAGIC) or len(head) < _HEADER:
        raise Refused(_("this is not a project file"), do=_("choose a file made by Annotator"), file=name)
    if int.from_bytes(head[68:72]) != schema.APPLICATION_ID:
        raise Refused(
            _("this is an SQLite file of another program"), do=_("choose a file made by Annotator"), file=name
        )
    return Header(schema_version=int.from_bytes(head[60:64]))


def _from_os(error: OSError, name: str) -> Refused:
    return Refused(
        _("the system says: {error}").format(error=error.strerror or error), do=_("see to that first"), file=name
    )


def connect(path: Path, *, busy_seconds: float = 5.0) -> sqlite3.Connection:
    """Return a connection to an existing project file with every pragma set and read back, `query_only` on.

    Raises Refused where SQLite cannot read the file.
    """
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=busy_seconds,
            check_same_thread=False,
            cached_statements=512,
        )
    except sqlite3.OperationalError as error:
        raise refusal(error, str(path)) from None
    try:
        _prepare(connection, str(path))
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, name: str) -> None:
    try:
        for pragma, value in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma} = {value}")
        for pragma, value in _PRAGMAS:
            row = connection.execute(f"PRAGMA {pragma}").fetchone()
            # A build of SQLite may leave a pragma out (mmap_size answers nothing where mmap is disabled).
            if row is not None and int(row[0]) != value:
                raise Refused(f"SQLite does not keep PRAGMA {pragma}", do="use another build of Python", file=name)
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "delete":
            raise Refused(
                _("the file is in {mode} journal mode, which loses data when it is copied").format(mode=mode),
                do=_("open it once with the program that set this and switch it to DELETE"),
                file=name,
            )
    except sqlite3.DatabaseError as error:
        raise refusal(error, name) from None


def check_schema(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a file whose schema is not word for word the current one."""
    try:
        wrong = schema.differences(connection)
    except sqlite3.DatabaseError as error:
        raise refusal(error, name) from None
    if wrong:
        raise Refused(
            _("its tables are not those of a project: {names}").format(names=", ".join(wrong[:5])),
            do=_("restore a backup; the file was not changed"),
            file=name,
        )


def require_writable(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a file that takes no writes, changing no byte.

    SQLite opens a read-only file without a word; only the attempt to write tells.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    try:
        connection.execute("PRAGMA query_only = 0")
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA user_version = {version}")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("PRAGMA query_only = 1")
    except sqlite3.OperationalError as error:
        raise refusal(error, name) from None


def _primary(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def refusal(error: sqlite3.Error, name: str) -> Refused:
    """Return what to tell a person about an error of SQLite."""
    match _primary(error):
        case sqlite3.SQLITE_FULL:
            return Refused(_("not saved: the disk is full"), do=_("free some space and try again"), file=name)
        case sqlite3.SQLITE_READONLY:
            return Refused(_("the file is read-only"), do=_("copy it to a place you may write"), file=name)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Refused(_("another program is writing"), do=_("try again in a moment"), file=name)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return Refused(_("the file is damaged"), do=_("restore a backup; the file was not changed"), file=name)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return Refused(_("the file cannot be opened"), do=_("check its rights and its folder's"), file=name)
        case _:
            return Refused(
                _("the disk reports an error: {error}").format(error=error), do=_("check the disk"), file=name
            )


class WriterLock:
    """One writer at a time: a lock file beside the project, freed by the system when the program dies."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._lock = FileLock(self._path, timeout=0)

    def acquire(self, who: str) -> None:
        """Take the lock and write down who, when and where.

        Raises Refused, naming the other writer, where somebody else holds it.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise Refused(
                _("{who} is writing to it").format(who=self._holder()),
                do=_("close it there first; reading works beside it"),
                file=str(self._path.with_suffix("")),
            ) from None
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
                raise Refused(
                    _("the folder is read-only"),
                    do=_("copy the project to a place you may write"),
                    file=str(self._path.with_suffix("")),
                ) from None
            raise _from_os(error, str(self._path)) from None
        note = {
            "who": who,
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "where": socket.gethostname(),
            "process": os.getpid(),
        }
        # Beside the lock, not in it: Windows lets nobody read a locked file.
        with contextlib.suppress(OSError):
            self._note().write_text(json.dumps(note), encoding="utf-8")

    def _note(self) -> Path:
        return self._path.with_name(self._path.name + ".who")

    def _holder(self) -> str:
        try:
            note = json.loads(self._note().read_text(encoding="utf-8"))
            return _("{who} (since {when}, on {where})").format(who=note["who"], when=note["when"], where=note["where"])
        except (OSError, ValueError, KeyError, TypeError):
            return _("another window or command")

    def release(self) -> None:
        """Give the lock back and take its files away."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._note().unlink(missing_ok=True)
            self._lock.release()


@contextlib.contextmanager
def gate(connection: sqlite3.Connection, name: str) -> Generator[None]:
    """Hold the one write transaction: BEGIN IMMEDIATE … COMMIT, `query_only` off inside and on again after.

    Raises Refused where SQLite cannot write; then nothing was written.
    """
    connection.execute("PRAGMA query_only = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.OperationalError as error:
        raise refusal(error, name) from error
    finally:
        connection.execute("PRAGMA query_only = 1")
