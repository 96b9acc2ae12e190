"""Texts and snapshots, stored once by the SHA-256 of their bytes."""

import sqlite3

from annotator.model.hashing import sha256
from annotator.model.ids import Sha256, is_sha256


def sha256_of(content: bytes) -> Sha256:
    """Return the SHA-256 of bytes as 64 hexadecimal digits."""
    return Sha256(sha256()(content).hexdigest())


def _key(sha256: str) -> bytes:
    # One spelling only: a hash in capitals would be found here and missed by whoever compares strings.
    if not is_sha256(sha256):
        raise KeyError(sha256)
    return bytes.fromhex(sha256)


def number_of(connection: sqlite3.Connection, table: str, sha256: str) -> int:
    """Return the row of a text or blob.

    Raises KeyError where the project has none of that hash.
    """
    row = connection.execute(f"SELECT n FROM {table} WHERE sha256 = ?", (_key(sha256),)).fetchone()
    if row is None:
        raise KeyError(sha256)
    return int(row[0])


def store(connection: sqlite3.Connection, table: str, contents: dict[str, str | bytes]) -> None:
    """Add what is not there yet, by hash; the caller holds the write transaction."""
    rows = ((bytes.fromhex(sha256), content) for sha256, content in contents.items())
    connection.executemany(f"INSERT INTO {table} (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)


def text(connection: sqlite3.Connection, sha256: str) -> str:
    """Return a text.

    Raises KeyError where the project has none of that hash.
    """
    row = connection.execute("SELECT content FROM text WHERE sha256 = ?", (_key(sha256),)).fetchone()
    if row is None:
        raise KeyError(sha256)
    return str(row[0])


def blob(connection: sqlite3.Connection, sha256: str) -> bytes:
    """Return a snapshot's bytes.

    Raises KeyError where the project has none of that hash.
    """
    row = connection.execute("SELECT content FROM blob WHERE sha256 = ?", (_key(sha256),)).fetchone()
    if row is None:
        raise KeyError(sha256)
    return bytes(row[0])


class Texts:
    """Reads texts and keeps the few read last: a text never changes, and a long one is asked for at every mark."""

    def __init__(self, connection: sqlite3.Connection, keep: int = 4) -> None:
        self._connection = connection
        self._keep = keep
        self._kept: dict[str, str] = {}

    def __call__(self, sha256: str) -> str:
        """Return a text; raises KeyError where the project has none of that hash."""
        found = self._kept.pop(sha256, None)
        if found is None:
            found = text(self._connection, sha256)
        self._kept[sha256] = found
        if len(self._kept) > self._keep:
            del self._kept[next(iter(self._kept))]
        return found
