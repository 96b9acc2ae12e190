"""Undo and redo from the log: the bodies that a step replaced are put back as one new change."""

import sqlite3
from typing import NamedTuple

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.ids import ChangeId
from annotator.store import log
from annotator.store.change import Change, changed_since
from annotator.store.codec import read_body


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
        if change.arriving:
            return
        last = self._done[-1] if self._done else None
        if last and change.joins in last.changes:
            self._done[-1] = Step((*last.changes, change.id), last.name)
            return
        if change.joins is None:
            self._undone.clear()
        self._done.append(Step((change.id,), change.name))

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
    head: int = connection.execute("SELECT max(n) FROM event WHERE object = ?", (first.number,)).fetchone()[0]
    if steps.origin(head) != steps.origin(last.n):
        raise changed_since(first.kind, object_id)
    # Between this look and the write another session may still come: the gate looks again.
    back.change.heads[object_id] = head
    before = next(log.events(connection, "event.id = ?", (first.previous[:16],)), None) if first.previous else None
    if before is not None:
        back.restores[first.number] = Restored(head, before.n)
    if before is None or before.op == "delete":
        back.change.delete_object(first.kind, object_id)
    elif before.body is None:
        raise Refused(_("what the {kind} {id} was before is withheld").format(kind=first.kind, id=object_id))
    else:
        back.change.put(read_body(before.kind, before.body))
