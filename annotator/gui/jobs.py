"""Long work: a generator driven on a plain thread, with progress and Cancel (architecture.md, section 3)."""

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.errors import Refused
from annotator.model.changes import Changes
from annotator.services import projects
from annotator.services.jobs import Progress
from annotator.store.project import Project

SHOW_AFTER_MS: Final = 400
"""Work shorter than this shows no bar."""

TELL_EVERY_MS: Final = 100

Steps = Generator[Progress, None, object]

Work = Callable[[Project], Steps]
"""Makes the job's generator on a connection of the worker's own."""

FreeWork = Callable[[], Steps]
"""Makes the generator of a job that needs no open project."""

_log = logging.getLogger(__name__)


class AnyJob(QObject):
    """One job on its thread; the window's own objects are touched on the window's thread only.

    Signals:
        shown: the job takes long enough for a bar (no argument).
        progressed: how far it is (Progress), at most every 100 ms.
        changed: what its batches touched since the last time (Changes).
        done: it returned (its result).
        refused: it could not go on (Refused).
        failed: it met a bug (the exception).
        ended: whatever happened, the thread is through.
    """

    shown = Signal()
    progressed = Signal(object)
    changed = Signal(object)
    done = Signal(object)
    refused = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._guard = threading.Lock()
        self._progress: Progress | None = None
        self._changes = Changes()
        self._outcome: Callable[[], None] | None = None
        self._thread = threading.Thread(target=self._run, name="annotator-job", daemon=False)
        self._tick = QTimer(self)
        self._tick.setInterval(TELL_EVERY_MS)
        self._tick.timeout.connect(self._tell)
        self._show = QTimer(self)
        self._show.setInterval(SHOW_AFTER_MS)
        self._show.setSingleShot(True)
        self._show.timeout.connect(self.shown)

    def start(self) -> None:
        """Begin."""
        self._tick.start()
        self._show.start()
        self._thread.start()

    def cancel(self) -> None:
        """Stop after the batch at hand; whole batches are kept."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    def wait(self) -> None:
        """Wait for the thread: only when the window closes."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._tell()

    def _run(self) -> None:
        try:
            with self._begun() as steps:
                result = self._drive(steps)
            self._outcome = lambda: self.done.emit(result)
        except Refused as refusal:
            told = refusal
            self._outcome = lambda: self.refused.emit(told)
        except Exception as error:  # noqa: BLE001 - a bug in a worker is told on the window's thread
            bug, refused = error, self._refusal(error)
            if refused is not None:  # the file's disk failed while it was read
                self._outcome = lambda: self.refused.emit(refused)
                return
            _log.exception("a job failed")
            self._outcome = lambda: self.failed.emit(bug)

    def _begun(self) -> AbstractContextManager[Steps]:
        """Give the job's generator, and clear up behind it."""
        raise NotImplementedError

    def _refusal(self, error: BaseException) -> Refused | None:  # noqa: ARG002 - for those that know better
        """Return what to tell a person about an error, None where it is a bug."""
        return None

    def _drive(self, steps: Steps) -> object:
        while not self._stop.is_set():
            try:
                progress = next(steps)
            except StopIteration as end:
                return end.value
            with self._guard:
                self._progress = progress
        steps.close()
        return None

    def _collect(self, changes: Changes) -> None:
        with self._guard:
            self._changes |= changes

    def _tell(self) -> None:
        alive = self._thread.is_alive()
        with self._guard:
            progress, self._progress = self._progress, None
            changes, self._changes = self._changes, Changes()
        if changes.touched or changes.whole:
            self.changed.emit(changes)
        if progress is not None:
            self.progressed.emit(progress)
        if not alive and self._tick.isActive():
            self._tick.stop()
            self._show.stop()
            if self._outcome is not None:
                self._outcome()
            self.ended.emit()


class Job(AnyJob):
    """A job on a connection of its own beside the window's project."""

    def __init__(self, project: Project, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._work = work

    @contextmanager
    def _begun(self) -> Generator[Steps]:
        beside = self._project.beside()
        try:
            beside.subscribe(self._collect)
            yield self._work(beside)
        finally:
            beside.close()

    def _refusal(self, error: BaseException) -> Refused | None:
        return projects.refusal_of(self._project, error)


class FreeJob(AnyJob):
    """A job that needs no open project."""

    def __init__(self, work: FreeWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work

    @contextmanager
    def _begun(self) -> Generator[Steps]:
        yield self._work()
