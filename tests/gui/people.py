"""A person at the keyboard, for tests: canned answers to prompts, and finding words with the arrow keys."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.prompts import Prompts
from annotator.gui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class Answers:
    """What the person answers to each kind of question."""

    save: list[Path] = field(default_factory=list[Path])
    files: list[Path] = field(default_factory=list[Path])
    choice: int = 0
    told: list[str] = field(default_factory=list[str])


class FakePrompts(Prompts):
    """Answers at once, without a dialog."""

    def __init__(self, parent: QWidget, answers: Answers) -> None:
        super().__init__(parent)
        self._answers = answers

    def file_to_save(self, title: str, kinds: str, suggestion: str, *, replaces: bool = True) -> Path | None:
        del title, kinds, suggestion, replaces
        return self._answers.save.pop(0)

    def file_to_open(self, title: str, kinds: str) -> Path | None:
        del title, kinds
        return self._answers.files[0]

    def files_to_open(self, title: str, kinds: str) -> list[Path]:
        del title, kinds
        return self._answers.files

    def choice(self, title: str, question: str, choices: Sequence[str]) -> int | None:
        del title, question, choices
        return self._answers.choice

    def tell(self, title: str, line: str) -> None:
        self._answers.told.append(f"{title}: {line}")


class Typist:
    """Presses keys where the focus is, and nothing else."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self.window = window
        self.keys = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the widget that has the focus."""
        self.keys += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, words: str) -> None:
        """Type words in the widget that has the focus."""
        self.keys += len(words)
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)

    def select(self, words: str) -> None:
        """Select words of the article with the arrow keys."""
        view, page = self.window.pane.view, self.window.article.page
        assert page is not None
        start = page.text.index(words)
        self._go(start, Qt.KeyboardModifier.NoModifier)
        self._go(start + len(words), SHIFT)
        assert view.selected_range() == (start, start + len(words)), words

    def _go(self, place: int, modifier: Qt.KeyboardModifier) -> None:
        """Go to a place: lines first, then words, then letters."""
        view = self.window.pane.view
        if modifier == Qt.KeyboardModifier.NoModifier:
            self.press(Qt.Key.Key_Home, CTRL)
            while (before := view.caret()) < place:
                self.press(Qt.Key.Key_Down)
                if view.caret() == before:
                    break
            while view.caret() > place:
                self.press(Qt.Key.Key_Left)
        while view.caret() < place:
            self.press(Qt.Key.Key_Right, modifier)
        while view.caret() > place:
            self.press(Qt.Key.Key_Left, modifier)

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds; `what` says it in words, for whoever reads the traceback."""
        del what
        self._qtbot.waitUntil(condition, timeout=120_000)


@contextmanager
def shown_window(qtbot: QtBot, answers: Answers, path: Path | None = None) -> Generator[MainWindow]:
    """Show the main window, on a project if one is given; close it in the end."""
    window = MainWindow(person="Imani Castellan")
    window.prompts = FakePrompts(window, answers)
    if path is not None:
        assert window.open_path(path)
    with qtbot.waitSignal(window.first_shown):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    try:
        yield window
    finally:
        window.close()
        window.speakers.wait()
        window.deleteLater()
