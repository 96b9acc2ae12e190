"""The texts of snapshots, kept by SHA-256 in the search cache: made anew at will, gone with it after a redaction."""

import contextlib
import sqlite3
from typing import NamedTuple

from annotator.store import search
from annotator.store.project import Project


class Kept(NamedTuple):
    """What was read of a snapshot, in the words of who reads it; `silent` counts pages without text."""

    outcome: str
    silent: int
    text: str


def kept(project: Project, sha256: str) -> Kept | None:
    """Return what is kept of a snapshot, None for nothing."""
    with search.reading(search.location(project)) as cache:
        if cache is None:
            return None
        try:
            row = cache.execute(
                "SELECT outcome, silent, text FROM snapshot_text WHERE sha256 = ?", (sha256,)
            ).fetchone()
        except sqlite3.Error:
            return None
    return Kept(*row) if row else None


def keep(project: Project, sha256: str, found: Kept) -> None:
    """Keep what was read of a snapshot; where the cache takes no writes it is read again the next time."""
    with (
        contextlib.suppress(sqlite3.Error, OSError),
        contextlib.closing(sqlite3.connect(search.ready(project), isolation_level=None)) as cache,
    ):
        cache.execute("PRAGMA synchronous = OFF")
        cache.execute("PRAGMA secure_delete = 1")
        cache.execute("INSERT OR REPLACE INTO snapshot_text VALUES (?, ?, ?, ?)", (sha256, *found))


def text_length(project: Project, sha256: str) -> int:
    """Return how many code points an article's text has, 0 for one that is not there."""
    sql = "SELECT length(content) FROM text WHERE sha256 = ?"
    row = project.connection.execute(sql, (bytes.fromhex(sha256),)).fetchone()
    return int(row[0]) if row and row[0] else 0
