"""Reads a colleague's project file, in a process of its own: nothing else in this program ever opens one.

The file is copied, its header read, what a cut-short change left is taken back in the copy; then the copy is opened
unchangeable, its schema compared word for word, and its log checked.
"""

import contextlib
import errno
import os
import sqlite3
import time
from collections.abc import Generator
from pathlib import Path
from typing import Final

from annotator.collecting import uncollected
from annotator.store import foreign_copy, parcel, schema
from annotator.store.foreign_answers import FaultError, Question, Reason, Rejected, Summary, Verdict
from annotator.store.foreign_log import Walk
from annotator.store.super_journal import journal_of

PARCEL: Final = "parcel"
"""The name of what is left in the folder."""

_COPY: Final = "copy.annot"
_STEPS: Final = 100_000
"""Instructions of SQLite between two looks at the time."""

_READABLE: Final = frozenset(("text", "blob", "object", "session", "change", "event"))
_FUNCTIONS: Final = frozenset(("count", "max", "length", "typeof"))
_SCHEMA: Final = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name, tbl_name, sql"
_MOST: Final = 200
"""Rows of a schema that are looked at; ours has fewer."""

_FULL: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


def stage(question: Question) -> Verdict:
    """Write the parcel of a file into the folder; what is left there is it alone."""
    folder = Path(os.fsdecode(question.folder))
    copy, end = folder / _COPY, time.monotonic() + question.seconds
    try:
        return Verdict(_staged(question, folder, copy, end))
    except FaultError as fault:
        return _rejected(fault.reason, fault.shown)
    except sqlite3.Error as error:
        return _of_sqlite(error)
    except UnicodeDecodeError:  # SQLite quotes a damaged schema in its message, and Python cannot read that
        return _rejected("damaged")
    except OSError as error:
        return _rejected("no space" if error.errno in _FULL else "system", error.strerror or "")
    finally:
        for path in (copy, journal_of(copy)):
            path.unlink(missing_ok=True)


def _staged(question: Question, folder: Path, copy: Path, end: float) -> Summary:
    def in_time() -> None:
        if time.monotonic() > end:
            raise FaultError("late")

    foreign_copy.copy(question, copy, in_time)
    version = foreign_copy.check_copy(copy)
    with contextlib.closing(_opened(copy, end)) as connection:
        with _only(connection, frozenset(("sqlite_master", "sqlite_schema"))):
            _check_schema(connection, version)
        # Types of columns, uniqueness and what CHECK says are SQLite's to see to, where the schema is ours.
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise FaultError("damaged")
        with _only(connection, _READABLE), (folder / PARCEL).open("wb") as stream, uncollected():
            return Walk(connection, parcel.ParcelWriter(stream), in_time).run(version)


def _opened(copy: Path, end: float) -> sqlite3.Connection:
    connection = foreign_copy.connected(copy, "mode=ro&immutable=1")
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    return connection


@contextlib.contextmanager
def _only(connection: sqlite3.Connection, tables: frozenset[str]) -> Generator[None]:
    """Let SQLite read these tables, and nothing else be done."""

    def allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        match action:
            case sqlite3.SQLITE_SELECT:
                fine = True
            case sqlite3.SQLITE_READ:
                fine = first in tables
            case sqlite3.SQLITE_FUNCTION:
                fine = second in _FUNCTIONS
            case _:
                fine = False
        return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY

    connection.set_authorizer(allowed)
    try:
        yield
    finally:
        connection.set_authorizer(None)


def _check_schema(connection: sqlite3.Connection, version: int) -> None:
    """Refuse what is not word for word the schema of a version, the indexes that SQLite makes by itself among it."""
    found = connection.execute(_SCHEMA).fetchmany(_MOST)
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for statement in schema.EXPECTED_OF[version].values():
            model.execute(statement)
        expected = model.execute(_SCHEMA).fetchall()
    if found != expected:
        odd = [str(row[1]) for row in (*found, *expected) if (row in found) != (row in expected)]
        raise FaultError("schema", ", ".join(dict.fromkeys(odd[:3])))


def _rejected(reason: Reason, shown: str = "") -> Verdict:
    return Verdict(rejected=Rejected(reason, shown))


def _of_sqlite(error: sqlite3.Error) -> Verdict:
    name: str = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_TOOBIG":
        return _rejected("too long")
    if name == "SQLITE_INTERRUPT":
        return _rejected("late")
    if not name and "UTF-8" in str(error):
        return _rejected("not utf-8")
    return _rejected("no space" if name == "SQLITE_FULL" else "damaged", name)
