"""Taking a step of thousands of records back, as a job: one change after the other, the last one first."""

from collections.abc import Generator, Sequence

from annotator.i18n import _
from annotator.model.ids import ChangeId
from annotator.services.jobs import Progress
from annotator.store.project import Project


def stepping(beside: Project, changes: Sequence[ChangeId], written: list[ChangeId]) -> Generator[Progress, None, int]:
    """Take changes back on a connection that stands in for the window's; return how many.

    Each is a change of its own, appended to `written`, also where it is stopped. Raises Refused where an object was
    changed since by another hand; what was taken back until then stays so.
    """
    for number, change in enumerate(reversed(changes), 1):
        beside.take_step([change], "")
        beside.undo()
        made = beside.next_step(redo=True)
        written += made.changes if made else ()
        yield Progress(number, len(changes), _("changes"))
    return len(written)
