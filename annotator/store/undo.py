"""Undo and redo from the log: the bodies that a step replaced are put back as one new change."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.ids import ChangeId
from annotator.store import heads, joining, log
from annotator.store.change import Change, changed_since
from annotator.store.codec import read_body
from annotator.store.heads import Node
from annotator.store.joining import Shown


class Step(msgspec.Struct, frozen=True):
    """What one undo takes back: a change with those that joined it, under the first one's name."""

    changes: tuple[ChangeId, ...]
    name: str


class Restored(NamedTuple):
    """An object that a step back restores: its last event until then, and the event whose body it gets again."""

    head: int
    before: int


class Reversal(msgspec.Struct, frozen=True):
    """The change that takes a step back, and what it restores, by the object's number."""

    change: Change
    restores: dict[int, Restored]


class Steps:
    """The steps of one session that can be undone and redone, latest last."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._restored: dict[int, int] = {}

    def done(self, change: Change) -> None:
        """Take note of a new change; what was undone before can no longer be redone."""
        if change.arriving or change.redactions:
            return
        last = self._done[-1] if self._done else None
        if last and change.joins in last.changes:
            self._done[-1] = Step((*last.changes, change.id), last.name)
            return
        if change.joins is None:
            self._undone.clear()
        self._done.append(Step((change.id,), change.name))

    def take(self, step: Step) -> None:
        """Take over what another session of the same person did in this one's place: a job beside the window."""
        self._undone.clear()
        self._done.append(step)

    def for_a_job(self) -> "Steps":
        """Return the steps of a session beside this one that takes steps back for it: what either restores counts."""
        made = Steps()
        made._restored = self._restored
        return made

    def moved_by_a_job(self, step: Step, written: Sequence[ChangeId], *, redo: bool) -> None:
        """A job has taken changes of a step back (`redo`: brought back), the last one first.

        Of a step that it did not get through the rest stays the step that it was. What was done meanwhile stays the
        last step, and what was taken back before it can no longer be brought back, as ever.
        """
        here, there = (self._undone, self._done) if redo else (self._done, self._undone)
        last = bool(here) and here[-1] == step
        if step in here:
            place = here.index(step)
            left = step.changes[: len(step.changes) - len(written)]
            here[place : place + 1] = [Step(left, step.name)] if left else []
        if last or redo:
            there.append(Step(tuple(written), step.name))

    def undone(self, step: Step) -> None:
        """The last step was taken back by `step`."""
        self._done.pop()
        self._undone.append(step)

    def redone(self, step: Step) -> None:
        """The last undone step was brought back by `step`."""
        self._undone.pop()
        self._done.append(step)

    def origin(self, event: int) -> int:
        """Return the event that first said what this one says: undo and redo of our own are no change by another."""
        while event in self._restored:
            event = self._restored[event]
        return event

    def remember(self, event: int, before: int) -> None:
        """Take note that an event says again what an earlier one said."""
        self._restored[event] = before

    def settle(self, reversal: Reversal, written: dict[int, int]) -> None:
        """Take note of what a step back restored; `written` are its events by the object's number."""
        for number, (head, before) in reversal.restores.items():
            self._restored[written.get(number, head)] = before

    @property
    def to_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """The step that redo would bring back."""
        return self._undone[-1] if self._undone else None

    @property
    def undo_name(self) -> str:
        """The name of the step that undo would take back, "" for none."""
        return self._done[-1].name if self._done else ""

    @property
    def redo_name(self) -> str:
        """The name of the step that redo would bring back, "" for none."""
        return self._undone[-1].name if self._undone else ""


def events_of(connection: sqlite3.Connection, change_id: ChangeId) -> list[log.Event]:
    """Return the events of a change, in order."""
    row = connection.execute(
        "SELECT session, first_seq, last_seq FROM change WHERE id = ?", (ids.raw(change_id),)
    ).fetchone()
    return list(log.events(connection, "event.session = ? AND event.seq BETWEEN ? AND ?", row)) if row else []


def reversal(connection: sqlite3.Connection, step: Step, steps: Steps) -> Reversal:
    """Return what takes a step back.

    Raises Refused where an object of the step was changed since by another hand.
    """
    back = Reversal(Change("undo", undoes=step.changes[0]), {})
    first: dict[int, log.Event] = {}
    last: dict[int, log.Event] = {}
    for change_id in step.changes:
        for event in events_of(connection, change_id):
            first.setdefault(event.number, event)
            last[event.number] = event
    # Last made, first taken back: what names another record goes before the record it names.
    for number in reversed(first):
        _put_back(connection, back, steps, first[number], last[number])
    return back


def _put_back(connection: sqlite3.Connection, back: Reversal, steps: Steps, first: log.Event, last: log.Event) -> None:
    object_id = ids.spelled(first.object_id)
    nodes = heads.nodes_of(connection, first.number)
    tips = heads.heads(nodes)
    if len(tips) != 1 or steps.origin(tips[0].n) != steps.origin(last.n):
        raise changed_since(first.kind, object_id)
    # Between this look and the write another session may still come: the gate looks again.
    head = back.change.heads[object_id] = tips[0].n
    was = _before(connection, first, nodes)
    if len(was.heads) == 1:
        back.restores[first.number] = Restored(head, was.heads[0].n)
    # Only what was there is ever deleted: a record that all had deleted was, because another one named it.
    if was.head is None or (was.gone and first.op == "put"):
        back.change.delete_object(first.kind, object_id)
    elif was.body is None:
        raise Refused(_("what the {kind} {id} was before is withheld").format(kind=first.kind, id=object_id))
    else:
        back.change.put(read_body(first.kind, was.body))


def _before(connection: sqlite3.Connection, event: log.Event, nodes: Sequence[Node]) -> Shown:
    """Return what an object showed before one of its events, whose heads that event follows."""
    by_id = {node.id: node for node in nodes}
    past = heads.ancestors(by_id, by_id[event.id])
    return joining.shown_of(connection, event.kind, [node for node in nodes if node.id in past])
