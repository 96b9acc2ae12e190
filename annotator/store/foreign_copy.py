"""A private copy of a colleague's file, as of one moment, with a cut-short change taken back in it."""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from annotator.store import parcel, schema
from annotator.store.foreign_answers import FaultError, Question
from annotator.store.super_journal import journal_of, names_another_file

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100
_WAL: Final = 2
_UTF8: Final = 1
_CHUNK: Final = 1 << 20
_LARGEST: Final = 8 << 30
_TRIES: Final = 3

_FEWER: Final = (
    (sqlite3.SQLITE_LIMIT_LENGTH, parcel.MAX_BLOB + (1 << 20)),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 10_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 40),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 30),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 2),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 4),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
    (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 10),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)
_PRAGMAS: Final = (
    "trusted_schema = 0",
    "cell_size_check = 1",
    "mmap_size = 0",
    "synchronous = 0",
    "temp_store = 2",
    "cache_size = -16000",
)


def copy(question: Question, target: Path, in_time: Callable[[], None]) -> None:
    """Copy a file that nobody writes to meanwhile, and take back in the copy what a change cut short left behind.

    Raises FaultError where it is no file, no project file, or changes again and again.
    """
    path = Path(os.fsdecode(question.path))
    for _ in range(_TRIES):
        before = _states(path)
        journal_of(target).unlink(missing_ok=True)
        _copy_one(path, target, question.own, in_time)
        hot = before[1] is not None and before[1].size > 0
        if hot and not _copied_journal(path, target, in_time):
            continue
        if _states(path) == before:
            if hot:
                _roll_back(target)
            return
    raise FaultError("changing")


def _copied_journal(path: Path, target: Path, in_time: Callable[[], None]) -> bool:
    """Copy the journal of a file; return False where the change that it belongs to ended meanwhile."""
    try:
        _copy_one(journal_of(path), journal_of(target), None, in_time)
    except FaultError as fault:
        if fault.reason == "absent":
            return False
        raise
    return True


class _State(NamedTuple):
    """What changes when a file is written to."""

    device: int
    inode: int
    size: int
    modified: int


def _states(path: Path) -> tuple[_State | None, _State | None]:
    """Return the state of a file and of the journal beside it, None for none."""
    return _state(path), _state(journal_of(path))


def _state(path: Path) -> _State | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    size = found.st_size if stat.S_ISREG(found.st_mode) else 0
    return _State(found.st_dev, found.st_ino, size, found.st_mtime_ns)


def _copy_one(path: Path, target: Path, own: tuple[int, int] | None, in_time: Callable[[], None]) -> None:
    """Copy one file; with `own` None it is a journal."""
    with _opened(path, own) as stream, target.open("wb") as out:
        size = os.fstat(stream.fileno()).st_size
        copied = 0
        while copied < size and (chunk := stream.read(min(_CHUNK, size - copied))):
            if not copied and not path.name.endswith("-journal"):
                check_header(chunk)
            in_time()
            out.write(chunk)
            copied += len(chunk)


def _opened(path: Path, own: tuple[int, int] | None) -> BinaryIO:
    try:
        _require_file(path.stat(), own)
        # Should it become a pipe just now, opening it does not wait for a writer.
        source = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except PermissionError:
        raise FaultError("rights") from None
    except FileNotFoundError:
        raise FaultError("absent") from None
    stream = os.fdopen(source, "rb", buffering=0)
    try:
        _require_file(os.fstat(source), own)
    except BaseException:
        stream.close()
        raise
    return cast("BinaryIO", stream)


def _require_file(found: os.stat_result, own: tuple[int, int] | None) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise FaultError("folder")
    if not stat.S_ISREG(found.st_mode):
        raise FaultError("device")
    if (found.st_dev, found.st_ino) == own:
        raise FaultError("own")
    if found.st_size > _LARGEST:
        raise FaultError("too large")


def check_header(head: bytes) -> int:
    """Return the schema version of a file that begins so.

    Raises FaultError for what is no project file of a version that this program knows.
    """
    if not head:
        raise FaultError("empty")
    if not head.startswith(_MAGIC) or len(head) < _HEADER:
        raise FaultError("not sqlite")
    if int.from_bytes(head[68:72]) != schema.APPLICATION_ID:
        raise FaultError("other program")
    if _WAL in head[18:20]:
        raise FaultError("wal")
    if int.from_bytes(head[56:60]) != _UTF8:
        raise FaultError("encoding")
    version = int.from_bytes(head[60:64])
    if version > schema.VERSION:
        raise FaultError("newer", version)
    if version not in schema.EXPECTED_OF:
        raise FaultError("schema number", version)
    return version


def check_copy(copied: Path) -> int:
    """Return the schema version of a copy, whose header a journal may have changed.

    Raises FaultError like `check_header`, and where the end of the file is missing.
    """
    with copied.open("rb") as stream:
        head = stream.read(_HEADER)
    version = check_header(head)
    page = int.from_bytes(head[16:18])
    pages = int.from_bytes(head[28:32])
    # SQLite notices whole pages that are missing at the end, not a part of one.
    if copied.stat().st_size < pages * (page if page > 1 else 65_536):
        raise FaultError("end missing")
    return version


def _roll_back(copied: Path) -> None:
    """Let SQLite take back in the copy what its journal says was cut short."""
    if names_another_file(journal_of(copied)):
        raise FaultError("journal")
    with contextlib.closing(connected(copied, "mode=rw")) as connection:
        # The first look inside takes it back; it reads no more than the header.
        connection.execute("PRAGMA user_version").fetchone()


def connected(copied: Path, how: str) -> sqlite3.Connection:
    """Return a connection to a copy with everything off that a file could bring along."""
    connection = sqlite3.connect(f"{copied.as_uri()}?{how}", uri=True, isolation_level=None)
    try:
        for limit, most in _FEWER:
            connection.setlimit(limit, most)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection
