"""Asks whether quotes stand in their sources: at once where that takes no time, else beside the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.gui.hub import Hub
from annotator.gui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Generator

    from annotator.killable import Worker
    from annotator.model.records import Evidence, Source
    from annotator.services.jobs import Progress
    from annotator.services.quotes import Question, QuoteState
    from annotator.store.project import Project

_KEPT = 5_000
"""So many answers are remembered."""


class Quotes(QObject):
    """Remembers what was found while the project is open; one job at a time looks for the rest.

    Signals:
        answered: what was being looked for is known: ask again.
    """

    answered = Signal()

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self._hub = hub
        self._known: dict[Question, QuoteState] = {}
        self._wanted: dict[Question, None] = {}
        self._asked: tuple[Question, ...] = ()
        self._job: Job | None = None
        self._worker: Worker | None = None
        hub.leaving.connect(self._on_leaving)

    @property
    def is_looking(self) -> bool:
        """Whether a job is at work."""
        return self._job is not None

    def state_of(self, evidence: "Evidence", source: "Source") -> "QuoteState":
        """Return whether a quote stands in its source; "looking" where `answered` will tell."""
        from annotator.services import quotes  # noqa: PLC0415 - the first paint does without it

        question = quotes.question_of(self._hub.project, evidence, source)
        state = self._known.get(question) or quotes.answered_at_once(self._hub.project, question)
        if state is None:
            if self._job is None or question not in self._asked:
                self._wanted[question] = None
                self._begin()
            return quotes.QuoteState("looking")
        self._remember({question: state})
        return state

    def _remember(self, found: "dict[Question, QuoteState]") -> None:
        if len(self._known) > _KEPT:
            self._known.clear()
        self._known |= found

    def _begin(self) -> None:
        if self._job is None and self._wanted:
            from annotator.killable import Worker  # noqa: PLC0415 - as above
            from annotator.services.quotes import MEMORY  # noqa: PLC0415 - as above

            asked = self._asked = tuple(self._wanted)
            self._wanted = {}
            worker = self._worker = Worker(memory=MEMORY)
            job = self._job = Job(self._hub.project, lambda project: _answering(project, asked, worker), self)
            job.done.connect(self._on_done)
            job.ended.connect(self._on_ended)
            job.start()

    def _on_done(self, found: "dict[Question, QuoteState] | None") -> None:
        if self._job is not None and found is not None:
            self._remember(found)

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            from annotator.services.quotes import QuoteState  # noqa: PLC0415 - as above

            job.deleteLater()
            # What has no answer now gets none by asking again: the log says why.
            failed = QuoteState("not looked at", "failed")
            self._remember({one: failed for one in self._asked if one not in self._known})
            self._begin()
            self.answered.emit()

    def _on_leaving(self) -> None:
        job, self._job = self._job, None
        self._wanted = {}
        self._known = {}
        if job is not None and self._worker is not None:
            job.cancel()
            self._worker.stop(for_good=True)
            job.wait()
            job.deleteLater()


def _answering(
    project: "Project", asked: "tuple[Question, ...]", worker: "Worker"
) -> "Generator[Progress, None, dict[Question, QuoteState]]":
    from annotator.services import quotes  # noqa: PLC0415 - as above

    with worker:
        return (yield from quotes.answering(project, asked, worker))


def quotes_of(hub: Hub) -> Quotes:
    """Return what asks for the hub's project, made when first wanted."""
    there = hub.findChild(Quotes)
    return there if isinstance(there, Quotes) else Quotes(hub)
