"""Undo and redo from the log: the bodies that a step replaced are put back as one new change."""

import sqlite3
from dataclasses import dataclass

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.ids import ChangeId
from annotator.store import log
from annotator.store.change import Change, changed_since
from annotator.store.codec import read_body


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back: a change with those that joined it, under the first one's name."""

    changes: tuple[ChangeId, ...]
    name: str


class Steps:
    """The steps of one session that can be undone and redone, latest last."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def done(self, change: Change) -> None:
        """Take note of a new change; what was undone before can no longer be redone."""
        if change.lasting:
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


def reversal(connection: sqlite3.Connection, step: Step) -> Change:
    """Return the change that takes a step back.

    Raises Refused where an object of the step was changed since, by whatever hand.
    """
    change = Change("undo", undoes=step.changes[0])
    first: dict[int, log.Event] = {}
    last: dict[int, log.Event] = {}
    for change_id in step.changes:
        row = connection.execute(
            "SELECT session, first_seq, last_seq FROM change WHERE id = ?", (ids.raw(change_id),)
        ).fetchone()
        for event in log.events(connection, "event.session = ? AND event.seq BETWEEN ? AND ?", row):
            first.setdefault(event.number, event)
            last[event.number] = event
    # Last made, first taken back: what names another record goes before the record it names.
    for number in reversed(first):
        _put_back(connection, change, first[number], last[number])
    return change


def _put_back(connection: sqlite3.Connection, change: Change, first: log.Event, last: log.Event) -> None:
    object_id = ids.spelled(first.object_id)
    head: int = connection.execute("SELECT max(n) FROM event WHERE object = ?", (first.number,)).fetchone()[0]
    if head != last.n:
        raise changed_since(first.kind, object_id)
    # Between this look and the write another session may still come: the gate looks again.
    change.heads[object_id] = last.n
    before = next(log.events(connection, "event.id = ?", (first.previous[:16],)), None) if first.previous else None
    if before is None or before.op == "delete":
        change.delete_object(first.kind, object_id)
    elif before.body is None:
        raise Refused(_("what the {kind} {id} was before is withheld").format(kind=first.kind, id=object_id))
    else:
        change.put(read_body(before.kind, before.body))
