"""What tests of the review share: the window on the water article, in Review."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.window import MainWindow
from tests.gui import scenes
from tests.gui.review import desks


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that each test copies."""
    path = tmp_path_factory.mktemp("review") / "riverton.annot"
    desks.make_review_project(path)
    return path


@pytest.fixture
def window(made: Path, tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    """The reviewer's window, in Review."""
    del qapp
    path = tmp_path / "riverton.annot"
    shutil.copyfile(made, path)
    with scenes.scene(path, person=desks.REVIEWER) as shown:
        QTest.keyClick(shown, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        scenes.settle()
        yield shown
