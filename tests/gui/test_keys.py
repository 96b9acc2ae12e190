"""Keys of one's own: in force everywhere at once, and harmless where they mean nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from annotator import settings
from annotator.gui import keys
from annotator.gui.actions import table
from annotator.gui.popups.shortcuts import groups
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.window import MainWindow
from annotator.model.status import SCHEMES
from tests.gui import scenes

pytestmark = pytest.mark.usefixtures("qapp")

ROWS = table(SCHEMES["extended"])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    return path


@pytest.mark.parametrize(("key", "written"), [("ctrl+l", "Ctrl+L"), ("L", "L"), ("Del", "Del"), ("Ctrl+K, Ctrl+S", "")])
def test_a_key_is_one_that_qt_knows(key: str, written: str) -> None:
    assert keys.readable(key) == written


@pytest.mark.parametrize("key", ["", "Gtrl+L", "Ctrl+", "no key at all"])
def test_what_is_no_key_is_none(key: str) -> None:
    assert keys.readable(key) == ""


@pytest.mark.parametrize("key", ["A", "1", "?", ".", "[", "Shift+J", "Ä"])
def test_one_character_is_a_single_key(key: str) -> None:
    assert keys.is_single(key)


@pytest.mark.parametrize("key", ["Ctrl+A", "Alt+1", "Return", "Del", "F1", "Alt+Left", "Space", "Ctrl+?"])
def test_what_types_nothing_is_none(key: str) -> None:
    assert not keys.is_single(key)


@given(st.dictionaries(st.sampled_from([row.id for row in ROWS]) | st.text(max_size=8), st.lists(st.text(max_size=8))))
def test_whatever_the_settings_say_the_table_keeps_its_rows_and_each_key_is_one(own: dict[str, list[str]]) -> None:
    for single_keys in (True, False):
        rows = keys.in_force(ROWS, own, single_keys=single_keys)
        assert [row.id for row in rows] == [row.id for row in ROWS]
        for row, known in zip(rows, ROWS, strict=True):
            assert row.keys == known.keys or all(keys.readable(key) == key for key in row.keys)
            if not single_keys:
                assert not [key for key in row.keys if keys.is_single(key)]


def test_a_single_letter_never_works_where_one_types() -> None:
    rows = keys.in_force(ROWS, {"project.history": ["H", "Ctrl+H"], "claim.note": ["H"]}, single_keys=True)
    found = {row.id: row.keys for row in rows}
    assert found["project.history"] == ("Ctrl+H",)
    assert found["claim.note"] == ("H",)


def _capped(window: MainWindow) -> set[str]:
    return {one.text() for one in window.status.findChildren(KeyCap) if one.text()}


def test_own_keys_are_in_force_at_once_wherever_a_key_is_shown(project: Path) -> None:
    with scenes.scene(project) as window:
        assert {"J", "K", "?"} <= _capped(window)
        settings.change(
            keys={
                "claim.next": ("G", "Ctrl+G"),
                "claim.speaker": ("P",),
                "status.disputed": ("D",),
                "long.gone": ("Q",),
            }
        )
        window.commands.renew_keys()
        assert {"G", "K", "?"} <= _capped(window)
        made = window.commands.set
        assert made["claim.next"].shortcuts() == [QKeySequence("G"), QKeySequence("Ctrl+G")]
        assert made["claim.next"].toolTip() == "Next claim (G)"
        section = window.inspector.sheet.speaker.header.key_button()
        assert section is not None
        assert section.text() == "P"
        assert section.accessibleName() == "Name the speaker, key P"
        lines = {line.words: line.keys for group in groups(made.rows) for line in group.lines}
        assert lines["Next claim"] == ("G", "Ctrl+G")
        names = [one.accessibleName() for one in window.inspector.sheet.status.buttons()]
        assert "Disputed, key D" in names
        before = window.article.active
        QTest.keyClick(window.pane.view, Qt.Key.Key_J)
        assert window.article.active == before
        QTest.keyClick(window.pane.view, Qt.Key.Key_G)
        assert window.article.active != before
    assert settings.load().keys["long.gone"] == ("Q",)


def test_a_window_begins_with_ones_own_keys(project: Path) -> None:
    settings.change(keys={"claim.next": ("G",)}, single_keys=True)
    with scenes.scene(project) as window:
        assert "G" in _capped(window)
        assert "J" not in _capped(window)


def test_without_single_letters_their_caps_are_gone_and_the_menus_keep_everything(project: Path) -> None:
    settings.change(single_keys=False)
    with scenes.scene(project) as window:
        assert _capped(window) == set()
        before = window.article.active
        for key in (Qt.Key.Key_J, Qt.Key.Key_1, Qt.Key.Key_Question):
            QTest.keyClick(window.pane.view, key)
        assert window.article.active == before
        assert not window.commands.shortcut_sheet.overlay.isVisible()
        window.commands.set["claim.next"].trigger()
        assert window.article.active != before
        assert window.commands.set["claim.remove"].shortcut() == QKeySequence("Del")
