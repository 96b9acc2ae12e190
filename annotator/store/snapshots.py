"""The bytes of snapshots as the project keeps them: whether they are there, and still what their SHA-256 says."""

import hashlib
import sqlite3
from typing import Final, Literal

from annotator.model.ids import is_sha256
from annotator.store.project import Project

State = Literal["intact", "missing", "altered"]

_PIECE: Final = 1 << 20


def size_of(project: Project, sha256: str) -> int:
    """Return how many bytes are kept under a hash, -1 for none."""
    row = _row(project, sha256)
    return row[1] if row else -1


def state_of(project: Project, sha256: str) -> State:
    """Read what is kept under a hash, a piece at a time, and tell whether it is what the hash says."""
    row = _row(project, sha256)
    if row is None:
        return "missing"
    digest = hashlib.sha256()
    try:
        with project.connection.blobopen("blob", "content", row[0], readonly=True) as content:
            while piece := content.read(_PIECE):
                digest.update(piece)
    except sqlite3.DatabaseError:
        return "altered"  # a page of it cannot be read any more
    return "intact" if digest.hexdigest() == sha256 else "altered"


def _row(project: Project, sha256: str) -> tuple[int, int] | None:
    if not is_sha256(sha256):
        return None
    sql = "SELECT n, length(content) FROM blob WHERE sha256 = ?"
    row = project.connection.execute(sql, (bytes.fromhex(sha256),)).fetchone()
    return (int(row[0]), int(row[1])) if row else None
