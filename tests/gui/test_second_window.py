"""The same project opened twice, damaged, newer, or after a kill: what the window shows, and what it lets one do."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.window import MainWindow
from annotator.model.records import Mention
from annotator.store.project import Project
from tests import making
from tests.gui import scenes

pytestmark = pytest.mark.usefixtures("qapp")

HOLDER = """
import sys
from pathlib import Path
from annotator.store.project import Project
from annotator.services.people import sign_in
from annotator.model.records import Source
from annotator.model.ids import SourceId, new_id
project = Project.open(Path(sys.argv[1]), write=True, who="Cleo of the desk")
sign_in(project, "Cleo of the desk")
with project.change("source") as change:
    change.put(Source(SourceId(new_id()), title="seen by both"))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "lanner.annot"
    scenes.make_project(made)
    return made


@pytest.fixture
def holder(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another window on the project, which has just saved something."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=making.ROOT
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def is_reading_only(window: MainWindow) -> bool:
    return not window.hub.project.writable and "(read-only)" in window.windowTitle()


def mark(window: MainWindow) -> bool:
    """Mark words by key; tell whether that was saved."""
    before = window.hub.project.count(Mention)
    scenes.select(window, "He said that he heard the winches")
    QTest.keyClick(window.pane.view, Qt.Key.Key_2)
    return window.hub.project.count(Mention) == before + 1


def test_the_second_window_reads_and_says_who_writes_and_a_kill_makes_room_at_once(
    path: Path, holder: "subprocess.Popen[str]"
) -> None:
    with scenes.scene(path) as window:
        assert is_reading_only(window)
        assert "Cleo of the desk (since 20" in window.notices.toast.text()
        assert "is writing to it" in window.status.saved.toolTip()
        assert not mark(window)
    holder.kill()
    holder.wait()
    with scenes.scene(path) as window:
        assert window.hub.project.unclean
        scenes.wait_for(lambda: window.hub.project.writable)
        assert "(read-only)" not in window.windowTitle()
        assert not window.reading_banner.isVisible()
        assert "all that was saved is there" in window.notices.toast.text()
        assert mark(window)
    with scenes.scene(path) as window:
        assert not window.hub.project.unclean
        assert window.hub.project.writable


def test_after_a_kill_nothing_can_be_changed_until_the_file_was_looked_at(
    path: Path, holder: "subprocess.Popen[str]"
) -> None:
    holder.kill()
    holder.wait()
    window = MainWindow(person=scenes.INES)
    try:
        # Not shown yet: what is looked at behind the first paint is still to come.
        assert window.open_path(path)
        assert is_reading_only(window)
        assert "program ended unexpectedly" in window.status.saved.toolTip()
        assert "program ended unexpectedly" in window.reading_banner.text.text()
        assert len(window.article.rows) > 0
    finally:
        window.close()
        window.deleteLater()


def test_a_strip_over_the_article_says_why_nothing_can_be_changed(path: Path, holder: "subprocess.Popen[str]") -> None:
    del holder
    with scenes.scene(path, theme="dark", size=(1024, 640)) as window:
        assert window.reading_banner.isVisible()
        assert "Cleo of the desk" in window.reading_banner.text.text()


def test_a_file_that_turns_out_to_be_damaged_takes_no_more_changes(path: Path) -> None:
    connection = sqlite3.connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'state_review'").fetchone()
    connection.close()
    with path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 64)
    before = making.digest(path)
    with scenes.scene(path) as window:
        scenes.wait_for(lambda: not window.hub.project.writable)
        scenes.wait_for(lambda: "(read-only)" in window.windowTitle())
        assert "the file is damaged" in window.notices.toast.text()
        assert not mark(window)
    assert making.digest(path) == before


def test_a_newer_project_opens_for_reading_and_says_why(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = making.digest(path)
    with scenes.scene(path) as window:
        assert is_reading_only(window)
        assert "newer version of the program (schema 99)" in window.notices.toast.text()
        assert not mark(window)
    assert making.digest(path) == before


def test_after_a_clean_close_the_file_is_looked_at_beside_the_window(path: Path) -> None:
    with scenes.scene(path) as window:
        assert window.hub.project.writable
        assert mark(window)
    with Project.open(path, write=False) as project:
        assert not project.unclean
