"""Taking back a change of any session, and putting back an earlier version: both are new changes, as undo is."""

import sqlite3
from collections.abc import Iterable

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.ids import ChangeId
from annotator.store import happenings, heads
from annotator.store.project import Project
from annotator.store.undo import Step, Steps, events_of, reversal

NOT_REVERTED = frozenset({"project.new", "annotator.new", "import", "merge", "redact"})
"""Changes that bring what others may have come to know, or take what must not come back (storage.md, section 4)."""

_STEP = """
WITH RECURSIVE step (id) AS (
    VALUES (:root) UNION SELECT change.id FROM change JOIN step ON change.joins = step.id
)
SELECT id FROM change WHERE id IN (SELECT id FROM step) ORDER BY clock, id
"""


def revert(project: Project, change_id: str) -> bool:
    """Take back a change with those that joined it, whoever made it and when; tell whether anything was different.

    Raises Refused like undo: where an object of it was changed since, belongs to somebody else, or was withheld; and
    for changes that are never taken back by events.
    """
    connection = project.connection
    step = _step_of(connection, change_id)
    numbers = {event.number for one in step.changes for event in events_of(connection, one)}
    back = reversal(connection, step, _steps_of(connection, numbers)).change
    with project.change("revert") as change:
        change.undoes = step.changes[0]
        change.records |= back.records
        change.deletions |= back.deletions
        change.heads |= back.heads
    return _written(connection, change.id)


def _step_of(connection: sqlite3.Connection, change_id: str) -> Step:
    gone = Refused(_("the project has no change with the id {id}").format(id=change_id), do=_("see its history"))
    if not ids.is_id(change_id):
        raise gone
    root, name = ids.raw(change_id), ""
    while row := connection.execute("SELECT name, joins FROM change WHERE id = ?", (root,)).fetchone():
        name = str(row[0])
        if not row[1]:
            break
        root = row[1]
    if not name:
        raise gone
    if name in NOT_REVERTED:
        what = _("a change of this kind cannot be taken back: {name}").format(name=name)
        raise Refused(what, do=_("remove what it brought, or go back to a backup"))
    rows = connection.execute(_STEP, {"root": root}).fetchall()
    return Step(tuple(ChangeId(ids.spelled(raw)) for (raw,) in rows), name)


def _steps_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> Steps:
    """Return what undo would remember of these objects, had it been the same session all the time."""
    steps = Steps()
    for number in numbers:
        said = dict(
            connection.execute(
                "SELECT event.n, CASE WHEN change.undoes <> x'' THEN coalesce(event.body, event.op) END FROM event"
                " JOIN change ON change.n = event.change WHERE object = ?",
                (number,),
            ).fetchall()
        )
        nodes = heads.nodes_of(connection, number)
        bodies = dict(
            connection.execute("SELECT n, coalesce(body, op) FROM event WHERE object = ?", (number,)).fetchall()
        )
        by_id = {node.id: node for node in nodes}
        for node in nodes:
            if said.get(node.n) is not None:
                past = heads.ancestors(by_id, node)
                same = [one for one in nodes if one.id in past and bodies[one.n] == bodies[node.n]]
                if same:
                    steps.remember(node.n, max(same).n)
    return steps


def put_back(project: Project, event_id: str, *, seen: str = "") -> bool:
    """Make a record what it was after one of its events, as a new change; tell whether it was anything else.

    Args:
        project: open for writing.
        event_id: the event whose version is put back.
        seen: the last event of the record that the person knows of: where another came since, it is refused as undo
            is; "" to ask nothing.

    Raises Refused where the version is a deletion or withheld, the record belongs to somebody else, or it names
    something that is gone.
    """
    found = happenings.event(project.connection, event_id)
    if found is None:
        raise Refused(_("the project has no version with the id {id}").format(id=event_id), do=_("see its history"))
    if found.record is None:
        told = _("what the {kind} {id} was then is withheld") if found.withheld else _("then the {kind} {id} was gone")
        raise Refused(told.format(kind=found.kind, id=found.object_id), do=_("choose another version"))
    with project.change("put_back") as change:
        several = len(heads.heads(heads.nodes_of(project.connection, project.number_of(found.object_id)))) > 1
        (change.settle if several else change.put)(found.record)
        if seen:
            sql = "SELECT n FROM event WHERE id = ?"
            row = project.connection.execute(sql, (ids.raw(seen),)).fetchone()
            change.heads[found.object_id] = int(row[0]) if row else 0
    return _written(project.connection, change.id)


def _written(connection: sqlite3.Connection, change_id: ChangeId) -> bool:
    return connection.execute("SELECT 1 FROM change WHERE id = ?", (ids.raw(change_id),)).fetchone() is not None
