"""The heads of an object: its events that no other one follows, and which of them it shows (storage.md, section 4).

All of it depends on the log as a set of events, never on the numbers of their rows: colleagues' files agree.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.model.ids import RAW_LENGTH


class Node(NamedTuple):
    """An event of an object, without its body."""

    clock: int
    id: bytes
    n: int
    op: str
    previous: bytes

    @property
    def follows(self) -> Iterator[bytes]:
        """The ids of the events that it follows."""
        for begin in range(0, len(self.previous), RAW_LENGTH):
            yield self.previous[begin : begin + RAW_LENGTH]


def nodes_of(connection: sqlite3.Connection, number: int) -> list[Node]:
    """Return the events of an object, by clock and id."""
    rows = connection.execute("SELECT clock, id, n, op, previous FROM event WHERE object = ?", (number,))
    return sorted(map(Node._make, rows))


def heads(nodes: Sequence[Node]) -> list[Node]:
    """Return those that no other one follows, by clock and id."""
    if len(nodes) == 1:
        return list(nodes)
    followed = {one for node in nodes for one in node.follows}
    return [node for node in nodes if node.id not in followed]


def last_puts(nodes: Sequence[Node]) -> list[Node]:
    """Return the puts that only deletions follow, by clock and id: what the object said last."""
    by_id = {node.id: node for node in nodes}
    earlier: set[bytes] = set()
    for node in nodes:
        if node.op == "put":
            earlier |= ancestors(by_id, node)
    return [node for node in nodes if node.op == "put" and node.id not in earlier]


def ancestors(by_id: dict[bytes, Node], node: Node) -> set[bytes]:
    """Return the ids of all events before one."""
    found: set[bytes] = set()
    waiting = list(node.follows)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += by_id[one].follows if one in by_id else ()
    return found


def common_ancestor(nodes: Sequence[Node], some: Iterable[Node]) -> Node | None:
    """Return the last event that is before each of some; None where they have nothing in common.

    Where several are last, it is the latest by clock and id.
    """
    by_id = {node.id: node for node in nodes}
    shared = set[bytes].intersection(*(ancestors(by_id, node) for node in some))
    common = [node for node in nodes if node.id in shared]
    earlier = {one for node in common for one in ancestors(by_id, node)}
    return max((node for node in common if node.id not in earlier), default=None)
