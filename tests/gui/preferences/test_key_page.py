"""The editor of keys: added by pressing, refused by name, reset; everything follows."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator import settings
from annotator.gui.actions import table
from annotator.gui.preferences.clashes import clash, fixed
from annotator.gui.preferences.key_page import KeyPage
from annotator.gui.window import MainWindow
from annotator.model.status import SCHEMES
from tests.gui import scenes
from tests.gui.people import ALT, CTRL, SHIFT

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def window(tmp_path: Path) -> Generator[MainWindow]:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(path) as shown:
        shown.commands.set["program.keys"].trigger()
        yield shown


def page_of(window: MainWindow) -> KeyPage:
    page = window.commands.preferences.settings_card.keys
    assert page.isVisible()
    return page


def keys_of(window: MainWindow, action_id: str) -> list[str]:
    return [one.toString() for one in window.commands.set[action_id].shortcuts()]


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    page_of(window).field.setFocus()
    QTest.keyClick(page_of(window).field, key, modifier)


def test_no_key_of_the_table_belongs_to_two_actions_or_to_the_article() -> None:
    for scheme in SCHEMES.values():
        rows = table(scheme)
        for row in rows:
            for key in row.keys:
                assert clash(rows, row.id, key, {}) is None, (row.id, key)


def test_an_action_has_as_many_keys_as_are_pressed_for_it(window: MainWindow) -> None:
    page = page_of(window)
    page.choose("claim.note")
    press(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_N, ALT)
    assert keys_of(window, "claim.note") == ["N", "B", "Alt+N"]
    assert settings.load().keys == {"claim.note": ("N", "B", "Alt+N")}
    assert page.note.text() == "Alt+N is a key of “Note” now."
    caps = page.held.findChildren(QPushButton)
    assert [one.accessibleName() for one in caps if one.isVisible()] == ["Take off N", "Take off B", "Take off Alt+N"]


def test_a_sign_is_the_sign_whatever_is_held_to_write_it(window: MainWindow) -> None:
    page_of(window).choose("claim.note")
    press(window, Qt.Key.Key_Exclam, SHIFT)
    press(window, Qt.Key.Key_G, SHIFT)
    assert keys_of(window, "claim.note") == ["N", "!", "Shift+G"]


def test_a_key_that_something_has_is_refused_by_name_and_can_be_taken(window: MainWindow) -> None:
    page = page_of(window)
    page.choose("claim.note")
    press(window, Qt.Key.Key_L)
    assert page.note.text() == "L is a key of “Link a source…” already (in the article and the claims list)."
    assert keys_of(window, "claim.note") == ["N"]
    QTest.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert keys_of(window, "claim.note") == ["N", "L"]
    assert keys_of(window, "claim.source") == []
    press(window, Qt.Key.Key_K, CTRL)
    assert "Go to anything" in page.note.text()
    assert "(everywhere)" in page.note.text()


@pytest.mark.parametrize(
    ("key", "modifier", "what"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "Grow the selection"),
        (Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.NoModifier, "Previous sentence"),
        (Qt.Key.Key_A, CTRL, "Select all"),
        (Qt.Key.Key_F, ALT, "Open the menu File"),
    ],
)
def test_a_key_that_no_action_has_stays_what_it_is(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, what: str
) -> None:
    page = page_of(window)
    page.choose("claim.note")
    press(window, key, modifier)
    assert f"“{what}”" in page.note.text()
    assert not page.take.isVisible()
    assert keys_of(window, "claim.note") == ["N"]


def test_a_letter_is_refused_to_what_works_where_one_types(window: MainWindow) -> None:
    page = page_of(window)
    page.choose("project.history")
    press(window, Qt.Key.Key_H)
    assert "needs Ctrl, Alt or a function key" in page.note.text()
    assert keys_of(window, "project.history") == ["Ctrl+H"]


def test_keys_are_taken_off_and_reset_one_and_all(window: MainWindow) -> None:
    page = page_of(window)
    page.choose("claim.next")
    cap = next(one for one in page.held.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(cap, Qt.MouseButton.LeftButton)
    assert keys_of(window, "claim.next") == []
    assert settings.load().keys == {"claim.next": ()}
    page.choose("claim.note")
    press(window, Qt.Key.Key_B)
    page.choose("claim.next")
    QTest.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert keys_of(window, "claim.next") == ["J"]
    assert keys_of(window, "claim.note") == ["N", "B"]
    QTest.mouseClick(page.reset_all, Qt.MouseButton.LeftButton)
    assert keys_of(window, "claim.note") == ["N"]
    assert settings.load().keys == {}


def test_a_key_pressed_for_an_action_does_not_do_what_it_means(window: MainWindow) -> None:
    page_of(window).choose("claim.note")
    press(window, Qt.Key.Key_W, CTRL)
    press(window, Qt.Key.Key_Q, CTRL)
    press(window, Qt.Key.Key_Delete)
    assert window.isVisible()
    assert page_of(window).field.hasFocus()
    QTest.keyClick(page_of(window).field, Qt.Key.Key_Escape)
    assert not window.commands.preferences.settings_card.card.is_open
    QTest.keyClick(window.pane.view, Qt.Key.Key_W, CTRL)
    assert window.inspector.sheet.note.hasFocus() or window.inspector.sheet.note.isAncestorOf(window.focusWidget())


def test_the_action_that_is_found_is_the_one_that_gets_the_key(window: MainWindow) -> None:
    page = page_of(window)
    page.filter.setFocus()
    QTest.keyClicks(page.filter, "repeat")
    assert page.title.text() == "Keys of “Repeat the last link”; press one to take it off"
    press(window, Qt.Key.Key_F5)
    assert keys_of(window, "claim.repeat") == [".", "F5"]
    page.filter.setFocus()
    QTest.keyClicks(page.filter, " nothing")
    assert page.title.text() == "No action is called that"
    assert not page.field.isEnabled()
    page.filter.clear()
    assert page.chosen() is not None
    assert page.field.isEnabled()


def test_an_action_is_found_by_its_name_and_by_its_key(window: MainWindow) -> None:
    page = page_of(window)
    for words, found in (("link a source", "Link a source…"), ("ctrl+k", "Go to anything…")):
        page.filter.setFocus()
        page.filter.selectAll()
        QTest.keyClicks(page.filter, words)
        shown = [at for at in range(page.table.rowCount()) if not page.table.isRowHidden(at)]
        item = page.table.item(shown[0], 0)
        assert len(shown) == 1
        assert item is not None
        assert item.text() == found


def test_what_the_article_takes_is_known_as_fixed() -> None:
    assert all(QKeySequence(key).toString() == key for key in fixed())


def test_an_action_is_chosen_also_where_one_reads_from_the_right(window: MainWindow, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        page_of(window).choose("claim.note")
        press(window, Qt.Key.Key_B)
        assert keys_of(window, "claim.note") == ["N", "B"]
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
