"""Projects opened before, and the properties of the open one."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from annotator import settings
from annotator.errors import Refused
from annotator.gui.window import MainWindow
from annotator.services import projects, recent
from annotator.services.projects import new_project, opened
from tests.gui import scenes

pytestmark = pytest.mark.usefixtures("qapp")


def recent_menu(window: MainWindow) -> QMenu:
    menu = window.commands.set["project.recent"].menu()
    assert isinstance(menu, QMenu)
    return menu


def menu_of(window: MainWindow) -> list[tuple[str, bool]]:
    menu = recent_menu(window)
    menu.aboutToShow.emit()
    return [(one.text(), one.isEnabled()) for one in menu.actions() if not one.isSeparator()]


def test_projects_opened_before_come_back_and_those_that_are_gone_can_be_taken_off(tmp_path: Path) -> None:
    first, second, gone = (tmp_path / f"{name}.annot" for name in ("first", "second & third", "gone"))
    for path in (first, second):
        new_project(path)
    settings.change(recent=(str(gone), str(first)))
    with scenes.scene(second) as window:
        assert settings.load().recent == (str(second), str(gone), str(first))
        assert menu_of(window) == [
            (f"second && third.annot, in {tmp_path}", False),  # it is open
            (f"gone.annot, in {tmp_path} (not there)", False),
            (f"first.annot, in {tmp_path}", True),
            ("Take off those that are not there", True),
        ]
        menu = recent_menu(window)
        menu.actions()[-1].trigger()
        assert settings.load().recent == (str(second), str(first))
        menu_of(window)
        menu.actions()[1].trigger()
        assert window.hub.project.path == first
        assert settings.load().recent == (str(first), str(second))


def test_one_that_cannot_even_be_looked_for_is_not_there() -> None:
    settings.change(recent=("x" * 300 + ".annot",))  # longer than a file's name may be: the system refuses to look
    with scenes.scene(None) as window:
        assert [one.there for one in recent.listing()] == [False]
        ((words, enabled), _take_off) = menu_of(window)
        assert words.endswith("(not there)")
        assert not enabled


def test_the_menu_says_where_nothing_was_opened_before() -> None:
    with scenes.scene(None) as window:
        assert menu_of(window) == [("Nothing was opened before", False)]


def test_the_first_page_lists_them_and_takes_them_off(tmp_path: Path) -> None:
    there, gone = tmp_path / "there.annot", tmp_path / "gone.annot"
    new_project(there)
    settings.change(recent=(str(gone), str(there)))
    with scenes.scene(None) as window:
        start = window.start
        scenes.settle()
        buttons = {one.text(): one for one in start.findChildren(QPushButton) if one.isVisible()}
        assert not buttons["gone.annot (not there)"].isEnabled()
        off = next(one for one in start.findChildren(QToolButton) if one.accessibleName().startswith("Take gone.annot"))
        QTest.mouseClick(off, Qt.MouseButton.LeftButton)
        assert settings.load().recent == (str(there),)
        scenes.settle()
        button = next(
            one for one in start.findChildren(QPushButton) if one.text() == "there.annot" and not one.isHidden()
        )
        assert "gone.annot (not there)" not in {
            one.text() for one in start.findChildren(QPushButton) if one.isVisible()
        }
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.hub.project.path == there


def test_twelve_are_remembered(tmp_path: Path) -> None:
    for number in range(15):
        recent.remember(tmp_path / f"{number}.annot")
    assert [one.path.stem for one in recent.listing()] == [str(number) for number in range(14, 2, -1)]


def test_name_and_scheme_are_one_change_that_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "river.annot"
    new_project(path, name="River")
    with scenes.scene(path) as window:
        window.commands.set["project.properties"].trigger()
        card = window.commands.preferences.properties_card
        assert card.name.hasFocus()
        assert card.name.selectedText() == "River"
        assert card.schemes["default"].isChecked()
        QTest.keyClicks(card.name, "The night of the dam")
        card.schemes["extended"].setFocus()
        QTest.keyClick(card.schemes["extended"], Qt.Key.Key_Space)
        QTest.mouseClick(card.save, Qt.MouseButton.LeftButton)
        assert not card.card.is_open
        assert window.windowTitle().startswith("The night of the dam")
        assert len(window.hub.scheme) == 8
        assert "status.refuted" in {row.id for row in window.commands.set.rows}
        window.commands.set["edit.undo"].trigger()
        assert window.windowTitle().startswith("River")
        assert len(window.hub.scheme) == 3
        assert "status.refuted" not in {row.id for row in window.commands.set.rows}


def test_statuses_are_added_not_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "river.annot"
    new_project(path, name="River", scheme="extended")
    with scenes.scene(path) as window:
        window.commands.set["project.properties"].trigger()
        card = window.commands.preferences.properties_card
        assert not card.schemes["default"].isEnabled()
        card.name.selectAll()
        QTest.keyClicks(card.name, "  ")
        QTest.keyClick(card.name, Qt.Key.Key_Return)
        assert card.card.is_open
        assert "needs a name" in card.error.text()
        QTest.keyClicks(card.name, "x")
        assert not card.error.isVisible()
        with pytest.raises(Refused, match="cannot be taken"):
            projects.change_properties(window.hub.project, name="River", scheme="default")
    with opened(path, write=False) as project:
        assert projects.name_of(project) == "River"


def test_properties_that_are_as_they_were_make_no_change(tmp_path: Path) -> None:
    path = tmp_path / "river.annot"
    new_project(path, name="River")
    with opened(path, write=True) as project:
        assert not projects.change_properties(project, name=" River ", scheme="default")
        assert projects.change_properties(project, name="Dam", scheme="default")
        assert project.undo_name == "project.properties"
