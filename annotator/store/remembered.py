"""Where annotators, speakers and sources stand that imports brought or named: they come in line after line."""

import sqlite3
from typing import Final

KINDS: Final = ("annotator", "speaker", "source")
_MOST: Final = 50_000


class Remembered:
    """Keeps row numbers from one arrival to the next, as long as the file is as the last one left it.

    Whatever else is written meanwhile, by this connection or another one, and also a rollback, makes it forget all:
    what it knows may have been deleted.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
        self._connection: sqlite3.Connection | None = None
        self._left = (0, 0, 0)

    def recall(self, connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
        """Return row numbers by kind and id; asked within a transaction, before anything is written in it."""
        if self._connection is not connection or self._left != _state(connection):
            for numbers in self._numbers.values():
                numbers.clear()
        return self._numbers

    def keep(self, connection: sqlite3.Connection) -> None:
        """Let what was added to the recalled numbers count next time; the last thing done in a transaction."""
        for numbers in self._numbers.values():
            if len(numbers) > _MOST:
                numbers.clear()
        self._connection, self._left = connection, _state(connection)


def _state(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Return what no write leaves as it was: rows changed by this connection, commits of others, the last object.

    A rollback does not take back the first of them, but the last one.
    """
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    last: int = connection.execute("SELECT coalesce(max(n), 0) FROM object").fetchone()[0]
    return connection.total_changes, version, last
