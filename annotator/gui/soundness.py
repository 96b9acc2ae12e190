"""Looks at the whole file beside the window; a project that was not closed well takes changes only after that."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.errors import Refused
from annotator.gui.hub import Hub
from annotator.i18n import _
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.store.recovery import QuickCheck

_LOOK_MS = 50


class Soundness(QObject):
    """Holds a project's changes back where the file must be looked at first, and where it turns out to be damaged.

    Signals:
        writable_changed: the project takes changes now (None), or takes none any more and why (Refused).
    """

    writable_changed = Signal(object)

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._thread: threading.Thread | None = None
        self._check: QuickCheck | None = None
        self._found: list[Refused | None] = []
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @staticmethod
    def hold(project: Project) -> None:
        """Let a project that was not closed well wait for its check; call it before the project is shown."""
        if project.unclean and project.writable:
            project.hold(
                Refused(
                    _("the program ended unexpectedly, and the file is being looked at"),
                    do=_("it takes changes in a moment"),
                    file=str(project.path),
                )
            )

    def begin(self) -> None:
        """Look at the open project's file, beside the window."""
        self.stop()
        if not self._hub.is_open:
            return
        check = self._check = self._hub.project.quick_check()
        found = self._found = list[Refused | None]()
        self._thread = threading.Thread(target=lambda: found.append(check.run()), name="annotator-soundness")
        self._thread.start()
        self._look.start()

    def _on_look(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._thread.join()
            self._thread = None
            self._look.stop()
            if self._hub.is_open and self._found:
                self._take(self._hub.project, self._found[0])

    def _take(self, project: Project, wrong: Refused | None) -> None:
        held = project.writable
        project.hold(wrong)
        if wrong is not None or project.writable != held:
            self.writable_changed.emit(wrong)

    def stop(self) -> None:
        """End the look, and wait for it."""
        self._look.stop()
        if self._thread is not None and self._check is not None:
            self._check.stop()
            self._thread.join()
            self._thread = None
