"""The screens of the window: keys and buttons lead there and back, and nothing is made before it is wanted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui import modes
from annotator.gui.window import MainWindow
from annotator.services.projects import new_project
from tests.gui import scenes

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("modes") / "lanner.annot"
    scenes.make_project(path)
    return path


@pytest.fixture
def window(project: Path, qapp: QApplication) -> Iterator[MainWindow]:
    del qapp
    with scenes.scene(project) as made:
        yield made


def test_keys_lead_to_each_screen_and_back_to_where_one_was(window: MainWindow) -> None:
    active = window.article.active_id
    window.claims.list.setFocus()
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.centre.currentWidget() is window.modes.page("review")
    assert not window.docks.left.isVisible()
    assert not window.docks.right.isVisible()
    QTest.keyClick(window, Qt.Key.Key_3, CTRL)
    assert window.centre.currentWidget() is window.modes.page("agreement")
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    assert window.centre.currentWidget() is window.pane
    assert window.docks.left.isVisible()
    assert window.docks.right.isVisible()
    assert window.claims.list.hasFocus()
    assert window.article.active_id == active


def test_esc_leads_back_to_the_article(window: MainWindow) -> None:
    window.commands.set["mode.agreement"].trigger()
    page = window.modes.page("agreement")
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.modes.annotating
    assert window.pane.view.hasFocus()


def test_a_button_pressed_twice_stays_pressed(window: MainWindow) -> None:
    button = next(one for one in window.top.buttons if one.accessibleName() == "Review")
    for _time in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert button.isChecked()
        assert window.modes.current == "review"


def test_what_is_about_the_article_cannot_be_done_elsewhere(window: MainWindow) -> None:
    made = window.commands.set
    kinds = ("claim.remove", "claim.again", "find.article", "panel.left")
    assert all(made[one].isEnabled() for one in kinds)
    made["mode.review"].trigger()
    assert not any(made[one].isEnabled() for one in kinds)
    assert made["edit.undo"].isEnabled() == bool(window.hub.project.undo_name)
    made["mode.annotate"].trigger()
    assert all(made[one].isEnabled() for one in kinds)


def test_a_panel_that_was_shut_stays_shut(window: MainWindow) -> None:
    window.commands.set["panel.right"].trigger()
    window.commands.set["mode.review"].trigger()
    window.resize(1100, 800)
    window.commands.set["mode.annotate"].trigger()
    scenes.settle()
    assert not window.docks.right.isVisible()
    assert not window.docks.left.isVisible()  # narrow by now
    window.resize(1440, 900)
    scenes.settle()
    assert window.docks.left.isVisible()


def test_a_page_lives_as_long_as_its_project(window: MainWindow, tmp_path: Path) -> None:
    window.commands.set["mode.review"].trigger()
    before = window.modes.page("review")
    path = tmp_path / "other.annot"
    new_project(path, name="Other", person=scenes.DESK)
    assert window.open_path(path)
    assert window.modes.annotating
    assert window.centre.currentWidget() is window.pane
    window.commands.set["mode.review"].trigger()
    assert window.modes.page("review") is not before


def test_no_page_is_made_before_it_is_wanted(window: MainWindow) -> None:
    assert window.centre.count() == 1
    assert [mode.id for mode in modes.modes()] == ["annotate", "review", "agreement"]
