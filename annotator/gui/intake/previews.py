"""Previews of the originals of an import, read on a worker one after the other; only the last one asked for counts."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.gui.hub import Hub
from annotator.gui.jobs import Job
from annotator.services.originals import Original
from annotator.services.previewing import preview


class Previews(QObject):
    """Reads what is asked for.

    Signals:
        ready: an original was read (Original, Preview or None).
        failed: reading met a bug (the exception).
    """

    ready = Signal(object, object)
    failed = Signal(object)

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._job: Job | None = None
        self._wanted: Original | None = None

    def want(self, original: Original) -> None:
        """Read an original; what was wanted before is not any more."""
        self._wanted = original
        if self._job is None:
            self._read()

    def _read(self) -> None:
        original, self._wanted = self._wanted, None
        if original is None:
            return
        job = Job(self._hub.project, lambda _project: preview(original), self)
        job.done.connect(partial(self._on_done, original))
        job.failed.connect(self.failed)
        job.ended.connect(self._on_ended)
        self._job = job
        job.start()

    def _on_done(self, original: Original, result: object) -> None:
        if self._wanted is None:
            self.ready.emit(original, result)

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self._read()

    def forget(self) -> None:
        """Want nothing any more; what is being read ends by itself."""
        self._wanted = None

    def stop(self) -> None:
        """Wait for the worker, telling nothing."""
        job, self._job, self._wanted = self._job, None, None
        if job is not None:
            job.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            job.wait()
            job.deleteLater()
