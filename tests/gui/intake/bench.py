"""A main window on a project of its own, with somebody at the prompts who has the answers ready."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.files import Files
from annotator.gui.intake.drops import WindowDrops
from annotator.gui.intake.sheet import ImportSheet
from annotator.gui.prompts import Prompts
from annotator.gui.window import MainWindow
from annotator.services import projects
from annotator.store.project import Project

LONG_MS = 120_000

STORY = "story.annot"
"""The project of `story` and `open_story` in its folder."""


@dataclass
class Answers(Prompts):
    """Answers every question at once, and remembers what was told."""

    opened: list[Path] = field(default_factory=list[Path])
    saved: Path | None = None
    picked: int | None = 0
    told: list[str] = field(default_factory=list[str])

    def file_to_open(self, title: str, kinds: str) -> Path | None:
        del title, kinds
        return self.opened[0] if self.opened else None

    def files_to_open(self, title: str, kinds: str) -> list[Path]:
        del title, kinds
        return self.opened

    def file_to_save(self, title: str, kinds: str, suggestion: str, *, replaces: bool = True) -> Path | None:
        del title, kinds, suggestion, replaces
        return self.saved

    def choice(self, title: str, question: str, choices: Sequence[str]) -> int | None:
        del title, question, choices
        return self.picked

    def tell(self, title: str, line: str) -> None:
        del title
        self.told.append(line)


class Bench:
    """The window, its files and its prompts, driven by keys."""

    def __init__(self, window: MainWindow, bot: QtBot) -> None:
        self.window = window
        self.bot = bot
        self.answers = Answers()
        window.prompts = self.answers

    @property
    def files(self) -> Files:
        return self.window.commands.files

    @property
    def notice(self) -> str:
        return self.window.notices.toast.text()

    @property
    def titles(self) -> set[str]:
        return {row.version.title for row in self.window.hub.project.version_rows()}

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key where the focus is."""
        together = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            together |= modifier
        target: QWidget = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, together)

    def sheet(self) -> ImportSheet:
        """Wait for the import sheet."""
        self.bot.waitUntil(lambda: self.files.imports.sheet is not None, timeout=LONG_MS)
        sheet = self.files.imports.sheet
        assert sheet is not None
        return sheet

    def idle(self) -> None:
        """Wait until no job is at work."""
        self.bot.waitUntil(lambda: not self.files.job.is_running, timeout=LONG_MS)

    def add(self) -> None:
        """Say yes to the sheet with its key, and wait for what comes of it."""
        self.sheet()
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.idle()
        assert self.files.imports.sheet is None

    def bring_in(self, *paths: Path) -> None:
        """Import files as the dialog would have them chosen."""
        self.answers.opened = list(paths)
        self.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)


@contextmanager
def open_bench(bot: QtBot, project: Path | None) -> Generator[Bench]:
    """Open a window on a project, made where it is not there yet; None opens none."""
    window = MainWindow(person="Imani Castellan")
    try:
        window.show()
        window.activateWindow()
        # What begins behind the first paint has begun then.
        bot.waitUntil(lambda: window.findChild(WindowDrops) is not None)
        bot.waitUntil(window.isActiveWindow)
        if project is not None:
            if not project.exists():
                projects.new_project(project, person="Imani Castellan")
            assert window.open_path(project)
        yield Bench(window, bot)
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def story(folder: Path) -> Generator[Project]:
    """Make a project of the default statuses, to be filled in Imani Castellan's name."""
    projects.new_project(folder / STORY, person="Imani Castellan")
    with projects.opened(folder / STORY, write=True, person="Imani Castellan") as project:
        yield project


@contextmanager
def open_story(bot: QtBot, folder: Path) -> Generator[Bench]:
    """Open a window on that project, with the focus in the article."""
    with open_bench(bot, folder / STORY) as bench:
        bench.window.pane.take_focus()
        yield bench


def parts(root: QObject, kind: type[QWidget]) -> list[QWidget]:
    """Return the visible widgets of a kind under an object."""
    return [widget for widget in root.findChildren(kind) if widget.isVisible()]
