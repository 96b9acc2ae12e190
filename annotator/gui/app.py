"""The application: Qt set up, the theme on, bugs caught, the window shown."""

import gc
import logging
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

import shiboken6
from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from annotator import settings
from annotator.collecting import Collector
from annotator.gui.article_view.typography import choose_measure
from annotator.gui.fonts import load_fonts
from annotator.gui.motion import apply_motion
from annotator.gui.theme import Faces, apply_colours, choose_faces, chosen_theme, current_theme, style_sheet
from annotator.gui.window import MainWindow

NAME: Final = "Annotator"
_FRAME: Final = QSize(16, 48)
"""What a window's frame takes, about: it is known only once the window is shown."""

_PULSE_MS: Final = 500
_QUICK_MS: Final = 50
"""While much is made: what a loading library makes in this time is looked through in a few milliseconds."""

_TURN_SECONDS: Final = 0.001
"""After this long a worker lets Qt's thread run, which asks for that after each look into the file."""

_log = logging.getLogger(__name__)


class BugCatcher(QObject):
    """Takes exceptions that reach Qt's event loop: logged with their traceback, told quietly, work goes on.

    Signals:
        caught: a bug was logged (its one line).
    """

    caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: set[str] = set()

    def install(self) -> None:
        """Catch from now on; no dialog, since the hook may run inside a paint event."""
        sys.excepthook = self._take

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.error("a bug", exc_info=(kind, error, trace))
        # A bug in paintEvent comes again with every paint: it is told once.
        last = traceback.extract_tb(trace)[-1:] if trace else []
        key = f"{kind.__name__} {last}"
        if key not in self._told:
            self._told.add(key)
            self.caught.emit(f"{kind.__name__}: {error}")


def application() -> QApplication:
    """Return the application with fonts and theme, made once."""
    app = undressed()
    dress(app)
    return app


def undressed() -> QApplication:
    """Return the application with all but its style sheet: a window is built faster without, and dressed as a whole."""
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication([NAME, "-style", "fusion"])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName(NAME)
    load_fonts()
    kept = settings.load()
    choose_faces(Faces(kept.interface_font, kept.reading_font, kept.interface_size))
    choose_measure(kept.measure)
    apply_motion(app, kept.motion)
    apply_colours(app, chosen_theme(kept.theme))
    return app


def dress(app: QApplication) -> None:
    """Give the application the style sheet of its theme, and so whatever windows it has."""
    app.setStyleSheet(style_sheet(current_theme()))


def run(path: Path | None, *, person: str = "", on_shown: Callable[[], None] | None = None) -> int:
    """Show the window, on a project if one is given, until it is closed; return the exit code.

    `on_shown` is called after the first paint, where looking for garbage begins too.
    """
    app = undressed()
    catcher = BugCatcher(app)
    catcher.install()
    window = MainWindow(person=person)
    dress(app)
    catcher.caught.connect(window.notices.report_logged_bug)
    window.first_shown.connect(lambda: Pulse(window))
    if on_shown is not None:
        window.first_shown.connect(on_shown)
    if not settings.load().window_geometry:
        fit(window)
    if path is not None:
        window.open_path(path)
    window.show()
    _leave_when_told(app)
    code = app.exec()
    window.speakers.wait()
    # While Qt is whole: what Python finds left of the window when it ends would be destroyed in any order.
    shiboken6.delete(window)
    return code


def _leave_when_told(app: QApplication) -> None:
    """Close the window as a person would where the system ends the session; what is being typed is saved."""

    def leave(_number: int, _frame: object) -> None:
        QTimer.singleShot(0, app, app.quit)  # with the event loop's next turn: a signal comes in the middle of anything

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, leave)


class Pulse(QTimer):
    """Gives Qt's thread its due while the window lives: it alone looks for garbage, and it waits for no worker long.

    Python looks at signals (Ctrl+C in the terminal) only while it runs: with this it does.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        gc.freeze()  # what is there by now stays
        self._collector = Collector()
        sys.setswitchinterval(_TURN_SECONDS)
        self.timeout.connect(self._beat)
        self.start(_PULSE_MS)

    def _beat(self) -> None:
        much = self._collector.look(at_rest=not self._window.commands.files.is_at_work)
        self.setInterval(_QUICK_MS if much else _PULSE_MS)


def fit(window: QWidget) -> None:
    """Make a window no larger than its screen has room for with its frame; Qt sees to that on some systems only."""
    window.resize(window.size().boundedTo(window.screen().availableSize() - _FRAME))
