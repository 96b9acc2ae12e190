"""States of the window with what keeps the work: merging, several versions, backups, history."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.files import Files
from annotator.gui.window import MainWindow
from tests.gui import scenes


@contextmanager
def scene(path: Path, **how: str | tuple[int, int]) -> Generator[tuple[MainWindow, Files]]:
    """Show the window on a project beside which a colleague's copy lies, `bo.annot`."""
    with scenes.scene(path, **how) as window:  # pyright: ignore[reportArgumentType] - theme and size
        files = window.commands.files
        files.keeping.opened.stop()  # a backup taken now would have the time of now
        yield window, files


def merge(path: Path, files: Files) -> None:
    """Look at what the colleague's copy would bring."""
    files.merging.look([path.with_name("bo.annot")])
    scenes.wait_for(lambda: files.merging.sheet.is_open)


@contextmanager
def merge_looked_at(path: Path, **how: str | tuple[int, int]) -> Generator[MainWindow]:
    with scene(path, **how) as (window, files):
        merge(path, files)
        yield window


@contextmanager
def several_versions(path: Path, **how: str | tuple[int, int]) -> Generator[MainWindow]:
    with scene(path, **how) as (window, files):
        merge(path, files)
        QTest.keyClick(files.merging.sheet.merge, Qt.Key.Key_Return)
        scenes.wait_for(lambda: not files.job.is_running and files.keeping.is_idle)
        window.notices.toast.hide()
        window.commands.set["project.versions"].trigger()
        window.status.hide()  # it says when it was saved
        yield window


@contextmanager
def backups_listed(path: Path, **how: str | tuple[int, int]) -> Generator[MainWindow]:
    with scene(path, **how) as (window, files):
        window.commands.set["project.backups"].trigger()
        sheet = files.keeping.sheet
        scenes.wait_for(lambda: sheet.is_looked_through)
        sheet.where.set_text("…/backups")  # each run has a folder of its own
        sheet.left_over.show_count(2)
        yield window


@contextmanager
def history_of_one(path: Path, **how: str | tuple[int, int]) -> Generator[MainWindow]:
    with scene(path, **how) as (window, _files):
        window.commands.set["project.history"].trigger()
        card = window.commands.history
        card.people.setCurrentIndex(card.people.findData(scenes.INES))  # the project itself was made now
        assert card.people.currentText() == "Ines Calloway"
        yield window


STATES = (merge_looked_at, backups_listed, history_of_one, several_versions)
"""The last one changes the project."""
