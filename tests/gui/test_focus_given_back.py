"""Who had the focus before something lay over the window may be gone when it goes: lists are made anew meanwhile."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.gui.window import MainWindow
from tests.gui import scenes
from tests.gui.states import import_sheet

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "lanner.annot"
    scenes.make_project(made)
    return made


def focused_button(window: MainWindow) -> QPushButton:
    button = QPushButton("Of a list", window.centre)
    button.show()
    button.setFocus()
    assert QApplication.focusWidget() is button
    return button


def test_a_job_ends_well_where_cancel_has_the_focus_and_who_had_it_is_gone(path: Path) -> None:
    with scenes.scene(path) as window:
        job = window.commands.files.job
        before = focused_button(window)
        job.bar.begin("Importing")
        job.bar.appear()
        job.bar.cancel.setFocus(Qt.FocusReason.TabFocusReason)
        shiboken6.delete(before)
        job.bar.vanish()
        assert not job.bar.isVisible()


def test_an_import_ends_well_where_who_had_the_focus_is_gone(path: Path) -> None:
    with import_sheet(path) as window:
        imports = window.commands.files.imports
        assert imports.sheet is not None
        before = QPushButton("Of a list", window)
        imports.sheet._focused_before = before  # pyright: ignore[reportPrivateUsage] - as if it had had the focus
        shiboken6.delete(before)
        imports.sheet.page.cancel.click()
        assert imports.sheet is None
        assert window.centre.isEnabled()
