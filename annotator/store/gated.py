"""Connections that write only while a gate is open: SQLite refuses a stray write, whoever makes it.

`PRAGMA query_only` says that too, and holds until the first change. But whenever it is set SQLite prepares every
statement anew, and that is half of what a mark costs: of a connection that writes, SQLite asks an authorizer instead,
once for each statement that it prepares.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Generator, Iterable
from typing import Any, Final

import msgspec

_READING: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
    }
)
_WRITTEN_BY_PRAGMA: Final = frozenset({"user_version", "application_id", "schema_version", "journal_mode"})


class _Gate(msgspec.Struct):
    """Whether the connection may write now, and how often SQLite has asked about a write since it is watched."""

    is_open: bool = False
    asked: int = 0


def _authorizer(gate: _Gate) -> Callable[..., int]:
    def allowed(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
        if action in _READING:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA and (second is None or first not in _WRITTEN_BY_PRAGMA):
            return sqlite3.SQLITE_OK
        # Asked about when a function that gives a table (json_each) is first used. A table that stays is inserted there
        # first, and nobody else may update it.
        if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
            return sqlite3.SQLITE_OK
        gate.asked += 1
        return sqlite3.SQLITE_OK if gate.is_open else sqlite3.SQLITE_DENY

    return allowed


class Gated(sqlite3.Connection):
    """A connection that writes only inside `writable`.

    SQLite asks when a statement is prepared, and Python keeps prepared ones: those that were found to write are known
    here, and refused here. Cursors of one's own would get past that: nobody makes any.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._gate: _Gate | None = None
        self._writing: set[str] = set()

    def watch(self) -> None:
        """From now on let the authorizer refuse stray writes instead of `PRAGMA query_only`."""
        if self._gate is None:
            super().execute("PRAGMA query_only = 0")
            self._gate = _Gate()
            # What was prepared before is prepared anew, and asked about.
            self.set_authorizer(_authorizer(self._gate))

    @contextlib.contextmanager
    def writable(self) -> Generator[None]:
        """Let writes through inside; not to be nested."""
        if self._gate is None:
            with _without_query_only(self):
                yield
            return
        self._gate.is_open = True
        try:
            yield
        finally:
            self._gate.is_open = False

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a statement; raises sqlite3.DatabaseError for a write outside of `writable`."""
        if self._gate is None:
            return super().execute(sql, parameters)
        asked = self._check(self._gate, sql)
        try:
            return super().execute(sql, parameters)
        finally:
            if self._gate.asked != asked:
                self._writing.add(sql)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Run a statement for many rows; raises like `execute`."""
        if self._gate is None:
            return super().executemany(sql, parameters)
        asked = self._check(self._gate, sql)
        try:
            return super().executemany(sql, parameters)
        finally:
            if self._gate.asked != asked:
                self._writing.add(sql)

    def _check(self, gate: _Gate, sql: str) -> int:
        if not gate.is_open and sql in self._writing:
            raise sqlite3.DatabaseError("a write outside of a change: not authorized")
        return gate.asked


@contextlib.contextmanager
def writable(connection: sqlite3.Connection) -> Generator[None]:
    """Let a connection write inside, and only there."""
    with connection.writable() if isinstance(connection, Gated) else _without_query_only(connection):
        yield


@contextlib.contextmanager
def _without_query_only(connection: sqlite3.Connection) -> Generator[None]:
    connection.execute("PRAGMA query_only = 0")
    try:
        yield
    finally:
        connection.execute("PRAGMA query_only = 1")
