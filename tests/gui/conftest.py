"""What tests of the window share: a theme, a desk with one article, golden pictures, and leaving nothing behind."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import keys
from annotator.gui.fonts import load_fonts
from annotator.gui.theme import apply_theme, load_theme
from tests.gui.desks import Desk, open_desk
from tests.gui.pictures import Golden

_ROOT = Path(__file__).parents[2]

_PATIENCE_MS: Final = 120_000


class PatientBot(QtBot):
    """Waits for a condition for as long as a machine with busy neighbours may need: the wait ends when it holds."""

    def wait_until(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:
        """Wait until the callback is true (or, where it returns nothing, raises no AssertionError)."""
        super().waitUntil(callback, timeout=timeout)

    def wait_signal(self, signal: Any, *, timeout: int = _PATIENCE_MS, **more: Any) -> Any:
        """Wait in a `with` block until the signal is emitted."""
        return super().waitSignal(signal, timeout=timeout, **more)

    waitUntil = wait_until  # noqa: N815 - the name that pytest-qt gives it besides
    waitSignal = wait_signal  # noqa: N815 - as above


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The robot at the window, with more patience than five seconds."""
    del qapp
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running, a window open or a timer ticking."""
    threads = set(threading.enumerate())
    keys.forget()  # those of the last test's settings
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("annotator-speakers-"):
            thread.join(60)  # a closing window does not wait for what only loads
    left = [f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads]
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.clipboard().clear()  # what a test put there would outlive Python
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if _left_in_qt(app):
            gc.collect()  # a window in a cycle of references is gone when Python looks at it
        left += _left_in_qt(app)
        for widget in app.topLevelWidgets():
            widget.close()  # for the next test
    assert not left, f"left behind: {', '.join(left)}"


def _left_in_qt(app: QApplication) -> list[str]:
    windows = [f"window {type(one).__name__}" for one in app.topLevelWidgets() if one.isVisible()]
    timers = [
        f"timer of {type(timer.parent()).__name__}, {timer.interval()} ms"
        for owner in (app, *app.topLevelWidgets())
        for timer in owner.findChildren(QTimer)
        if timer.isActive()
    ]
    return windows + timers


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The golden pictures of the window."""
    update = bool(request.config.getoption("--update-golden"))
    return Golden(_ROOT / "tests" / "gui" / "golden", _ROOT / "tests" / "failures", update=update)


@pytest.fixture
def light_theme(qapp: QApplication) -> Iterator[None]:
    """The light theme and the program's own typefaces."""
    load_fonts()
    apply_theme(qapp, load_theme("light"))
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def desk(tmp_path: Path, light_theme: None) -> Iterator[Desk]:
    """A project of Imani Castellan's with the article `desks.TEXT` on show."""
    del light_theme
    with open_desk(tmp_path / "riverton.annotator") as made:
        yield made
