"""Undo and redo of a step that a job wrote: in a job again, with a bar and Cancel."""

from typing import TYPE_CHECKING, Final

from annotator.i18n import _
from annotator.services import steps
from annotator.services.stepping import stepping

if TYPE_CHECKING:
    from collections.abc import Generator

    from annotator.gui.window import MainWindow
    from annotator.model.ids import ChangeId
    from annotator.services.jobs import Progress
    from annotator.store.project import Project

AT_ONCE: Final = 8
"""Changes that are taken back at once; a step of more was a job's."""


def taken_back(window: "MainWindow", *, redo: bool) -> bool:
    """Begin to take the last step back (`redo`: to bring it back) where it is a long one; tells whether it is."""
    project = window.hub.project
    step = project.next_step(redo=redo)
    if step is None or len(step.changes) <= AT_ONCE:
        return False
    written: list[ChangeId] = []
    lent = project.lent_steps()
    words = _("Done again: {step}") if redo else _("Undone: {step}")
    title = _("Doing again: {step}") if redo else _("Undoing: {step}")

    def work(beside: "Project") -> "Generator[Progress, None, int]":
        beside.stand_in(lent)
        return stepping(beside, step.changes, written)

    def through(_result: object) -> None:
        window.hub.announced.emit(words.format(step=steps.title_of(step.name)))

    def stopped(_changes: object) -> None:
        window.notices.tell(_("Stopped. The rest stays as it was; the same key goes on with it."))

    def settle() -> None:
        job.ended.disconnect(settle)
        if written:
            project.moved_by_a_job(step, written, redo=redo)
        window.commands.renew()

    job = window.commands.files.job
    if not job.refuse_second():
        job.ended.connect(settle)  # also where it is refused in the middle
        job.run(title.format(step=steps.title_of(step.name)), work, done=through, cancelled=stopped)
    return True
