"""What a foreign event may change: only its annotator edits or deletes what belongs to one (model.md, section 1).

The rule depends on the event and on what it follows, both of which every copy of the log has: all come to one answer.
"""

import sqlite3
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.records import same_link_id
from annotator.store.joining import OWNED
from annotator.store.parcel import EventRow

ANYONE: Final = "*"
"""Whose a record is that anybody may take away."""


class Said(NamedTuple):
    """An event as far as the rule asks."""

    op: str
    author: bytes
    previous: bytes
    body: bytes | None

    @property
    def owner(self) -> str:
        """The annotator whose the record is; "" where the event says nothing of that."""
        found = self._found
        return (found.annotator_id or found.reviewer_id or found.author_id) if found else ""

    @property
    def is_anyones(self) -> bool:
        """Whether anybody may take it away, as `records.guard_of` says: a link that every machine makes the same."""
        found = self._found
        return bool(found and found.a and found.id == same_link_id(found.a, found.b))

    @property
    def _found(self) -> "_Owner | None":
        return None if self.op == "delete" or self.body is None else _decode(self.body)


class _Owner(msgspec.Struct):
    id: str = ""
    annotator_id: str = ""
    reviewer_id: str = ""
    author_id: str = ""
    a: str = ""
    b: str = ""


_decode: Final = msgspec.json.Decoder(_Owner).decode
_SAID: Final = (
    "SELECT op, author, previous, CAST(body AS BLOB) FROM event JOIN change ON change.n = event.change WHERE "
)


class Ownership:
    """Tells which foreign events are nobody's right.

    Attributes:
        pending: events of this merge that are not in the project's tables yet, by id.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.pending: dict[bytes, Said] = {}

    def known(self, event_id: bytes) -> Said | None:
        """Return an event of the project or of the merge, None for none."""
        found = self.pending.get(event_id)
        if found is None:
            row = self._connection.execute(f"{_SAID} event.id = ?", (event_id,)).fetchone()
            found = Said._make(row) if row else None
        return found

    def may_follow(self, event: EventRow, author: bytes) -> bool:
        """Tell whether this author may write an event that follows others."""
        if event.kind not in OWNED:
            return True
        name = ids.spelled(author)
        for before in map(self.known, _each(event.previous)):
            if before is not None and (before.author == author or self._whose(before) in {name, ANYONE}):
                return True
        return False

    def may_begin(self, event: EventRow, author: bytes, number: int) -> bool:
        """Tell whether this author may write a first event of an object that the project has already."""
        if event.kind not in OWNED:
            return True
        roots = self._connection.execute(f"{_SAID} event.object = ? AND previous = x''", (number,))
        return all(_may_stand_beside(event, author, Said._make(root)) for root in roots)

    def _whose(self, event: Said) -> str:
        """Return whose the record was, also where its last event says nothing of that; `ANYONE` for nobody's own."""
        seen: set[bytes] = set()
        waiting = [event]
        while waiting:
            one = waiting.pop()
            if one.owner:
                return ANYONE if one.is_anyones else one.owner
            for each in _each(one.previous):
                before = None if each in seen else self.known(each)
                seen.add(each)
                if before is not None:
                    waiting.append(before)
        return ""


def _may_stand_beside(event: EventRow, author: bytes, root: Said) -> bool:
    """Two first events of one record: an annotator's own has none beside it, unless it says the same (an export)."""
    made_by_owner = ids.spelled(root.author) == root.owner
    return not made_by_owner or author == root.author or event.body is None or event.body == root.body


def _each(previous: bytes) -> list[bytes]:
    return [previous[begin : begin + 16] for begin in range(0, len(previous), 16)]
