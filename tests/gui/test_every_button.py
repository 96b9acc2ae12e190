"""Whatever button is on show in any state of the window is pressed with the mouse, and none of them fails."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from annotator.gui.window import MainWindow
from tests.gui import scenes
from tests.gui.intake.bench import Answers
from tests.gui.states import STATES, name_of, reviewed

pytestmark = pytest.mark.usefixtures("qapp")


class Nobody(Answers):
    """Chooses no file, and opens nothing that is no part of the program."""

    def open_address(self, address: str) -> bool:
        del address
        return False

    def open_file(self, path: Path) -> bool:
        del path
        return False


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("buttons") / "lanner.annot"
    scenes.make_project(path)
    reviewed(path)
    return path


def buttons(window: MainWindow) -> Iterator[tuple[str, QAbstractButton]]:
    """Yield the buttons that can be pressed, with what tells them apart in all states."""
    for one in window.findChildren(QAbstractButton):
        if one.isEnabled() and one.isVisible() and not one.visibleRegion().isEmpty():
            name = one.accessibleName() or one.text()
            yield f"{type(one).__name__} “{name}” of {type(one.parent()).__name__}", one


def press(window: MainWindow, button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.visibleRegion().boundingRect().center())
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    scenes.wait_for(lambda: not window.commands.files.is_at_work)


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What reached the event loop."""
    found: list[BaseException] = []

    def take(kind: type[BaseException], error: BaseException, trace: object) -> None:
        del kind, trace
        found.append(error)

    monkeypatch.setattr(sys, "excepthook", take)
    return found


def test_every_button_can_be_pressed(made: Path, tmp_path: Path, met: list[BaseException]) -> None:
    pressed: set[str] = set()
    failed: list[str] = []
    for number, state in enumerate(STATES):
        folder = tmp_path / str(number)
        left = True
        while left:  # one of them may close what the others stand on: then all is made again
            shutil.copytree(made.parent, folder, dirs_exist_ok=True)
            before = len(pressed)
            with state(folder / made.name) as window:
                window.prompts = Nobody()
                there = {what for what, _button in buttons(window)}
                while found := next((one for one in buttons(window) if one[0] not in pressed), None):
                    what, button = found
                    pressed.add(what)
                    press(window, button)
                    failed += [f"{name_of(state)}, {what}: {error!r}" for error in met]
                    met.clear()
            shutil.rmtree(folder)
            left = not there <= pressed and len(pressed) > before
    assert not failed, "\n".join(failed)
    assert len(pressed) > 200
