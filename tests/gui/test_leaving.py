"""A project is left properly also where its file does not answer any more, and where the system ends the session."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.model.records import Mention
from annotator.services import annotating
from annotator.store.project import Project
from tests import making
from tests.gui import scenes
from tests.gui.desks import Desk
from tests.gui.review import desks
from tests.gui.states import reviewed

SCRIPT = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from annotator.gui import app
from annotator.gui.window import MainWindow
from tests.gui import scenes

def work():
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    window.article.activate(window.article.rows[2].mention_id)
    window.inspector.sheet.note.setFocus()
    QTest.keyClicks(window.inspector.sheet.note, "Ask the engineer again.")
    os.kill(os.getpid(), int(sys.argv[2]))

sys.exit(app.run(Path(sys.argv[1]), person=scenes.INES, on_shown=lambda: QTimer.singleShot(0, work)))
"""


def test_a_project_whose_file_is_gone_from_under_it_is_left_and_that_is_told(desk: Desk) -> None:
    told: list[bool] = []
    desk.hub.project_changed.connect(lambda: told.append(desk.hub.is_open))
    desk.mark("the city")
    # As it is where the disk failed in a change, and again when the file was to be opened anew.
    desk.project._connection.close()  # pyright: ignore[reportPrivateUsage]
    desk.hub.take(None)
    assert told == [False]
    assert [one.what for one in desk.refusals] == ["the disk fails"]


def test_a_page_of_the_project_before_begins_nothing_in_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(reviewed(path), person=desks.REVIEWER) as window:
        job = window.commands.files.job
        window.modes.go("review")
        window.modes.go("agreement")
        scenes.wait_for(lambda: not job.is_running)
        window.modes.go("review")
        page = window.article.page
        assert page is not None
        window.hub.do(annotating.mark, page.version.id, [(0, 9)], status="alleged")
        assert window.open_path(path)
        assert not job.is_running


@pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_where_the_session_ends_what_is_being_typed_is_saved(name: str, tmp_path: Path) -> None:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, path, str(int(getattr(signal, name)))],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        cwd=making.ROOT,
    )
    assert done.returncode == 0, done.stderr
    with Project.open(path, write=False) as project:
        assert not project.unclean
        assert "Ask the engineer again." in {one.note for one in project.all(Mention)}
