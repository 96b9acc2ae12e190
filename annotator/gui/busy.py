"""Long work in the window: one job at a time, and after a moment a bar with Cancel over the status bar."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QProgressBar, QPushButton, QWidget

from annotator import log_file
from annotator.gui.hub import Hub
from annotator.gui.jobs import AnyJob, FreeJob, FreeWork, Job, Work
from annotator.gui.notices import Notices
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.focus import give_back
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.model.changes import Changes
from annotator.services.jobs import Progress

_STEPS: Final = 1000
_LEAST_HEIGHT: Final = 36


class BusyBar(QFrame):
    """What a job is busy with, how far it is, and Cancel.

    Signals:
        cancel_wanted: the person pressed Cancel.
    """

    cancel_wanted = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._focused_before: QWidget | None = None
        self.setProperty("ground", "surface")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = PlainLabel()
        self.what = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.what.setProperty("quiet", "true")
        self.progress = QProgressBar()
        self.progress.setMaximumHeight(10)
        self.progress.setMinimumWidth(240)
        # Its letters would lie half on the bar, half beside it: the title says the same.
        self.progress.setTextVisible(False)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 10, 3)
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addWidget(self.progress)
        row.addWidget(self.what, 1)
        row.addWidget(self.cancel)
        window.installEventFilter(self)
        self.hide()

    def begin(self, title: str) -> None:
        """Get ready for another job; nothing is shown yet."""
        self.title.setText(title)
        self.what.set_text("")
        self.progress.setAccessibleName(title)
        self.progress.setRange(0, 0)
        self.cancel.setText(_("Cancel"))
        self.cancel.setAccessibleName(_("Cancel: {job}").format(job=title))
        self.cancel.setEnabled(True)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the job is."""
        if progress.total:
            self.progress.setRange(0, _STEPS)
            self.progress.setValue(min(_STEPS, progress.done * _STEPS // progress.total))
            percent = min(100, progress.done * 100 // progress.total)
            self.title.setText(_("{job}: {percent} %").format(job=self.progress.accessibleName(), percent=percent))
        self.what.set_text(progress.what)

    def appear(self) -> None:
        """Show the bar; it never takes the focus by itself."""
        self._focused_before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()

    def vanish(self) -> None:
        """Hide the bar; where Cancel has the focus, it goes back to where it was."""
        held = self.cancel.hasFocus()
        self.hide()
        before, self._focused_before = self._focused_before, None
        if held:
            give_back(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press Cancel as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.cancel.hasFocus():
            self.cancel.click()
        else:
            super().keyPressEvent(event)

    def _on_cancel(self) -> None:
        self.cancel.setText(_("Stopping…"))
        self.cancel.setEnabled(False)
        self.cancel_wanted.emit()

    def _place(self) -> None:
        room = self._window
        height = max(_LEAST_HEIGHT, self.sizeHint().height(), room.statusBar().height())
        self.setGeometry(0, room.height() - height, room.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes its size."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


class OneJob(QObject):
    """Runs one job at a time on the window's project and tells what came of it.

    Signals:
        ended: the job is through, whatever came of it.
    """

    ended = Signal()

    def __init__(self, window: QMainWindow, hub: Hub, notices: Notices) -> None:
        super().__init__(window)
        self._hub = hub
        self._notices = notices
        self._job: AnyJob | None = None
        self._title = ""
        self.bar = BusyBar(window)
        self.bar.cancel_wanted.connect(self._cancel)

    @property
    def is_running(self) -> bool:
        """Whether a job is at work."""
        return self._job is not None

    def refuse_second(self) -> bool:
        """Where a job is at work, say so quietly and return True."""
        if self._job is not None:
            self._notices.tell(_("One thing at a time: {job} is still at work.").format(job=self._title))
        return self._job is not None

    def run(
        self,
        title: str,
        work: Work,
        *,
        done: Callable[[object], None],
        cancelled: Callable[[Changes], None],
    ) -> None:
        """Start a job.

        Args:
            title: what a person reads beside the bar.
            work: makes the job's generator.
            done: takes its result.
            cancelled: takes what it had written when it was told to stop.
        """
        if not self.refuse_second():
            self._start(title, Job(self._hub.project, work, self), done, cancelled)

    def run_free(
        self,
        title: str,
        work: FreeWork,
        *,
        done: Callable[[object], None],
        cancelled: Callable[[Changes], None],
    ) -> None:
        """Start a job that needs no open project; the arguments are those of `run`."""
        if not self.refuse_second():
            self._start(title, FreeJob(work, self), done, cancelled)

    def _start(
        self, title: str, job: AnyJob, done: Callable[[object], None], cancelled: Callable[[Changes], None]
    ) -> None:
        self._title = title
        self.bar.begin(title)
        written: list[Changes] = []

        def on_done(result: object) -> None:
            self._hub.catch_up()
            if result is None and job.cancelled:
                cancelled(_together(written))
            else:
                done(result)

        job.changed.connect(written.append)
        job.changed.connect(self._hub.take_over)
        job.progressed.connect(self.bar.show_progress)
        job.shown.connect(self.bar.appear)
        job.ended.connect(self._on_ended)
        job.refused.connect(self._hub.refused)
        job.failed.connect(self._on_failed)
        job.done.connect(on_done)
        self._job = job
        self._hub.pause_watch()
        job.start()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_failed(self, error: BaseException) -> None:
        report_bug(self._notices, error)

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        self.bar.vanish()
        self._hub.resume_watch()
        self._hub.catch_up()
        if job is not None:
            job.deleteLater()
        self.ended.emit()

    def stop(self) -> None:
        """Cancel the job and wait for it, telling nothing: the window closes."""
        job, self._job = self._job, None
        if job is not None:
            job.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            job.wait()
            job.deleteLater()
        self.bar.vanish()


def report_bug(notices: Notices, error: BaseException) -> None:
    """Log a bug that a worker met, and say quietly that it is logged."""
    file = log_file.record(error, "work beside the window")
    notices.report_bug(str(file or log_file.path()))


def _together(changes: list[Changes]) -> Changes:
    whole = Changes()
    for one in changes:
        whole |= one
    return whole
