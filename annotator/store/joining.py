"""What an object shows: one head's body, or those of several heads joined field by field (storage.md, section 4)."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from annotator.model.records import KINDS, Record
from annotator.store import heads
from annotator.store.codec import body_of, read_body
from annotator.store.heads import Node

DELETED: Final = "deleted"
"""Stands among the conflicts of an object that all its heads delete while another record still names it."""

OWNED: Final = frozenset({"mention", "assessment", "evidence", "review", "comment", "link"})
"""Kinds whose records belong to an annotator (`records.owner_of`): two versions of one are never mixed."""

SHARED: Final = frozenset(KINDS) - OWNED


class Shown(NamedTuple):
    """What an object shows.

    Attributes:
        heads: its heads by clock and id, deletions among them.
        head: the head that is shown: the latest by clock and id that is no deletion; for an object that is gone, what
            it said last. None where it never said anything.
        body: what is shown, None where it is withheld.
        conflicts: the fields on which heads disagree.
        joined: whether the body is none that an event has, or there are conflicts.
    """

    heads: tuple[Node, ...]
    head: Node | None
    body: bytes | None
    conflicts: tuple[str, ...] = ()
    joined: bool = False

    @property
    def gone(self) -> bool:
        """Whether every head is a deletion."""
        return all(one.op == "delete" for one in self.heads)

    @property
    def previous(self) -> bytes:
        """What an edit of it follows: all its heads."""
        return b"".join(one.id for one in self.heads)


def shown(connection: sqlite3.Connection, number: int, kind: str) -> Shown:
    """Return what an object shows, as the log has it."""
    return shown_of(connection, kind, heads.nodes_of(connection, number))


def shown_of(connection: sqlite3.Connection, kind: str, nodes: Sequence[Node]) -> Shown:
    """Return what an object shows that has these events, or had them at some time."""
    tips = heads.heads(nodes)
    saying = [node for node in tips if node.op == "put"] or heads.last_puts(nodes)
    if not saying:
        return Shown(tuple(tips), None, None)
    latest, body = saying[-1], _body(connection, saying[-1])
    if body is None or len(saying) == 1:
        return Shown(tuple(tips), latest, body)
    return _several(connection, kind, nodes, tips, saying)


def _several(
    connection: sqlite3.Connection, kind: str, nodes: Sequence[Node], tips: Sequence[Node], saying: Sequence[Node]
) -> Shown:
    bodies = {node: body for node in saying if (body := _body(connection, node)) is not None}
    for node in _repeats(connection, nodes, bodies):
        del bodies[node]
    latest = max(bodies)
    body, conflicts = bodies[latest], ()
    if len(bodies) > 1:
        base = heads.common_ancestor(nodes, bodies)
        before = _body(connection, base) if base else None
        joined, conflicts = _join(kind, [bodies[node] for node in sorted(bodies)], before)
        body = body if kind in OWNED else joined
    return Shown(tuple(tips), latest, body, conflicts, bool(conflicts) or body != bodies[latest])


def _repeats(connection: sqlite3.Connection, nodes: Sequence[Node], bodies: dict[Node, bytes]) -> list[Node]:
    """Return heads without a past that say what another head's past said: an export of it that was brought in."""
    by_id = {node.id: node for node in nodes}
    found: list[Node] = []
    for one, body in bodies.items():
        if not one.previous:
            pasts = (heads.ancestors(by_id, other) for other in bodies if other is not one)
            said = (_body(connection, by_id[before]) for past in pasts for before in past if before in by_id)
            if body in said:
                found.append(one)
    return found


def _join(kind: str, versions: Sequence[bytes], before: bytes | None) -> tuple[bytes, tuple[str, ...]]:
    """Return the versions joined field by field, and the fields that more than one of them changed, and differently.

    A field has the value of the last version that changed it; without a common ancestor each one changed all.
    """
    fields = [_fields(kind, body) for body in versions]
    base = _fields(kind, before) if before is not None else None
    joined: dict[str, Any] = {}
    conflicts: list[str] = []
    # A field that nobody has set yet (`ProjectCard.second_check`) is in no body.
    absent: dict[str, Any] = {}
    for name in {name: None for one in fields for name in one}:
        changed = [one.get(name, absent) for one in fields if base is None or one.get(name) != base.get(name)]
        joined |= changed[-1] if changed else fields[0].get(name, absent)
        if any(one != changed[0] for one in changed):
            conflicts.append(name)
    return body_of(msgspec.convert(joined, KINDS[kind], strict=True)), tuple(conflicts)


def _fields(kind: str, body: bytes) -> dict[str, dict[str, Any]]:
    """Return the fields of a body; one that says how exact another one is goes with it."""
    record: Record = read_body(kind, body)
    fields: dict[str, dict[str, Any]] = {}
    for name, value in msgspec.to_builtins(record).items():
        fields.setdefault(name.removesuffix("_precision"), {})[name] = value
    return fields


def _body(connection: sqlite3.Connection, node: Node) -> bytes | None:
    row = connection.execute("SELECT CAST(body AS BLOB) FROM event WHERE n = ?", (node.n,)).fetchone()
    return None if row is None else row[0]
