"""Some events that a check looks at together, column by column, and what it tells of each of them."""

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from annotator.store import log
from annotator.store.findings import Findings, Whose


class Events(NamedTuple):
    """The columns of `log.Event`, each of many events."""

    n: Sequence[int]
    id: Sequence[bytes]
    session: Sequence[int]
    seq: Sequence[int]
    clock: Sequence[int]
    number: Sequence[int]
    object_id: Sequence[bytes]
    kind: Sequence[str]
    op: Sequence[str]
    previous: Sequence[bytes]
    change: Sequence[int]
    salt: Sequence[bytes | None]
    body: Sequence[bytes | None]
    body_hash: Sequence[bytes]
    digest: Sequence[bytes]


class Header(NamedTuple):
    """A change: what its events share, and which of its session's events are its own."""

    packed: bytes
    session: int
    author: bytes
    clock: int
    first: int
    last: int


_NO_CHANGE: Final = Header(b"", 0, b"", 0, 0, -1)
_HEADERS: Final = (
    "SELECT change.n, session.n, change.clock, first_seq, last_seq, change.id, session.id, author, name, joins,"
    " undoes FROM change JOIN session ON session.n = change.session WHERE change.n IN (SELECT value FROM json_each(?))"
)


class Chunk:
    """Events one after the other in the log.

    Attributes:
        events: their columns; an event is spoken of by its index in them.
        headers: the change of each number that they name, an empty one where the file has none.
    """

    def __init__(self, connection: sqlite3.Connection, rows: Iterable[Sequence[object]], findings: Findings) -> None:
        self._findings = findings
        self.events = Events(*zip(*rows, strict=True))
        self.headers = _headers(connection, set(self.events.change))
        self._altered: set[int] = set()

    def __len__(self) -> int:
        """Return how many events there are."""
        return len(self.events.n)

    def told(self, index: int, line: str, *, altered: bool = True) -> None:
        """Note what is wrong with an event; `altered` where it is not what was written."""
        if altered:
            self._altered.add(index)
        seq, session, kind = self.events.seq[index], self.events.session[index], self.events.kind[index]
        self._findings.add("log", f"event {seq} of session {session} ({kind}): {line}")

    def withheld(self, index: int) -> None:
        """Count an event whose body is not in this file."""
        if index not in self._altered:
            self._findings.withheld[self._whose(index)] += 1

    def count(self) -> None:
        """Count those that were told to be altered, when all is checked."""
        self._findings.altered.update(map(self._whose, self._altered))

    def _whose(self, index: int) -> Whose:
        return self.headers[self.events.change[index]].author, self.events.session[index]


def _headers(connection: sqlite3.Connection, changes: set[int]) -> dict[int, Header]:
    found = dict.fromkeys(changes, _NO_CHANGE)
    asked = msgspec.json.encode(list(changes)).decode()
    for number, session, clock, first, last, *says in connection.execute(_HEADERS, (asked,)):
        change_id, session_id, author, name, joins, undoes = says
        packed = b""
        # Longer than any that this program writes: then no digest can be that of it.
        with contextlib.suppress(ValueError):
            packed = log.ChangeHeader(change_id, session_id, author, name, joins, undoes).packed()
        found[number] = Header(packed, session, author, clock, first, last)
    return found
