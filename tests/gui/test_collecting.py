"""Garbage with widgets in it is destroyed on Qt's thread, never on a worker's: that would end the process."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.gui.app import Pulse
from annotator.gui.window import MainWindow
from tests.gui import scenes


class _Widget(QWidget):
    """Tells on which thread it was destroyed."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told
        self.me = self  # so that only the collector finds it

    def __del__(self) -> None:
        self._told.append(threading.current_thread().name)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    del qapp
    gc.collect()
    gc.enable()  # as Python begins
    window = MainWindow()
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sys.setswitchinterval(0.005)
    gc.disable()  # as tests run
    gc.unfreeze()


def _make_garbage() -> None:
    """Make more objects than Python lets pass without looking at all there is."""
    kept: list[list[None]] = [[] for _ in range(200_000)]
    assert len(kept) > gc.get_threshold()[0] * gc.get_threshold()[1]


def test_what_a_worker_makes_never_destroys_a_widget_there(window: MainWindow) -> None:
    told: list[str] = []
    Pulse(window)
    _Widget(told)
    worker = threading.Thread(target=_make_garbage, name="worker")
    worker.start()
    worker.join()
    assert not told
    kept: list[list[None]] = [[] for _ in range(2_000)]  # what the worker made is gone with it, and counts no more
    scenes.wait_for(lambda: bool(told))
    assert told == [threading.main_thread().name]
    assert kept


def test_left_alone_python_looks_on_the_worker(window: MainWindow) -> None:
    """Shows that the test above would notice; nothing of Qt is destroyed here."""
    del window
    told: list[str] = []

    class _Plain:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            told.append(threading.current_thread().name)

    _Plain()
    worker = threading.Thread(target=_make_garbage, name="worker")
    worker.start()
    worker.join()
    assert told == ["worker"]
