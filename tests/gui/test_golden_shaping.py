"""Pictures of what shapes a mention and tells of it: handles, parts joined, the hover card, the kinds of block."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui import scenes
from tests.gui.article_view.conftest import point_at
from tests.gui.pictures import Golden
from tests.gui.test_golden import picture_of

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of every scene; a scene leaves it as it is."""
    path = tmp_path_factory.mktemp("golden") / "lanner.annot"
    scenes.make_project(path)
    return path


def test_the_card_of_the_mark_under_the_mouse_with_its_handles(project: Path, golden: Golden) -> None:
    with scenes.scene(project, size=(1024, 640), theme="dark") as window:
        view, row = window.pane.view, window.article.active
        assert row is not None
        at = point_at(view, row.spans[0][0] + 2)
        QTest.mouseMove(view.viewport(), at)
        told = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
        QApplication.sendEvent(view.viewport(), told)
        golden.check(picture_of(window), "hover-card-dark-small")


def test_the_kinds_of_block(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="contrast", size=(1024, 640)) as window:
        QTest.keyClick(window.pane.view, Qt.Key.Key_Z)
        golden.check(picture_of(window), "zone-popup-contrast-small")
