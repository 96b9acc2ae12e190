"""The settings: made from the table, in force at once, and nothing lost on a value that cannot be."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from annotator import settings
from annotator.gui.fonts import READING_FAMILY
from annotator.gui.preferences.card import SettingsCard
from annotator.gui.preferences.fields import Choice, IdField, Line, Number, Switch
from annotator.gui.theme import Faces, choose_faces, current_theme, interface_font
from annotator.gui.window import MainWindow
from annotator.model.ids import AnnotatorId, new_id
from annotator.model.records import Annotator
from annotator.services.projects import new_project
from annotator.settings import Settings
from tests.gui import scenes
from tests.gui.people import CTRL

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def window(tmp_path: Path) -> Generator[MainWindow]:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(path) as shown:
        QTest.keyClick(shown.pane.view, Qt.Key.Key_Comma, CTRL)
        yield shown
        choose_faces(Faces())


def card_of(window: MainWindow) -> SettingsCard:
    return window.commands.preferences.settings_card


def choose(window: MainWindow, name: str, value: str) -> None:
    """Choose a value as the arrow keys do."""
    editor = card_of(window).fields[name].editor
    assert isinstance(editor, Choice)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Home)
    for _step in range(editor.findData(value)):
        QTest.keyClick(editor, Qt.Key.Key_Down)
    assert editor.value() == value


def write(field: Line, words: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, end)


def test_every_row_of_the_table_with_a_section_has_its_field_under_it(window: MainWindow) -> None:
    card = card_of(window)
    assert card.card.is_open
    shown = [name for name, row in settings.table().items() if row.section and row.special != "keys"]
    assert list(card.fields) == shown
    for name, field in card.fields.items():
        assert field.value() == getattr(settings.load(), name), name
        assert field.editor.accessibleName() == settings.table()[name].title


def test_the_list_of_sections_leads_through_the_pages_by_key(window: MainWindow) -> None:
    card = card_of(window)
    assert card.list.hasFocus()
    seen: list[bool] = []
    for _step in range(card.list.count()):
        seen.append(card.pages.currentIndex() == card.list.currentRow())
        QTest.keyClick(card.list, Qt.Key.Key_Down)
    assert seen == [True] * 6
    QTest.keyClick(card.list, Qt.Key.Key_Escape)
    assert not card.card.is_open
    assert window.pane.view.hasFocus()


def test_a_theme_holds_at_once(window: MainWindow) -> None:
    choose(window, "theme", "contrast")
    assert current_theme().name == "contrast"
    assert settings.load().theme == "contrast"


def test_fonts_and_the_length_of_lines_hold_at_once(window: MainWindow) -> None:
    sizes = window.pane.view.canvas.look.sizes
    choose(window, "reading_font", "Inter")
    assert window.pane.view.canvas.look.sizes.body.families()[0] == "Inter"
    choose(window, "reading_font", "")
    assert window.pane.view.canvas.look.sizes.body.families()[0] == READING_FAMILY
    before = interface_font().pointSizeF()
    number = card_of(window).fields["interface_size"].editor
    assert isinstance(number, Number)
    number.field.setFocus()
    for _step in range(3):
        QTest.keyClick(number.field, Qt.Key.Key_Up)
    assert interface_font().pointSizeF() == pytest.approx(before * 1.3)
    measure = card_of(window).fields["measure"].editor
    assert isinstance(measure, Number)
    card_of(window).list.setCurrentRow(1)
    QTest.mouseClick(measure.buttons[0], Qt.MouseButton.LeftButton)
    assert settings.load().measure == 64
    assert window.pane.view.canvas.look.sizes.column < sizes.column


def test_letters_that_are_larger_from_now_on_are_so_everywhere(window: MainWindow) -> None:
    number = card_of(window).fields["interface_size"].editor
    assert isinstance(number, Number)
    number.field.setFocus()
    for _step in range(5):
        QTest.keyClick(number.field, Qt.Key.Key_Up)
    then = fonts_of(window)
    with scenes.scene(window.hub.project.path) as another:
        QTest.keyClick(another.pane.view, Qt.Key.Key_Comma, CTRL)
        assert settings.load().interface_size == 150
        begun_so = fonts_of(another)
    both = then.keys() & begun_so.keys()
    assert {one: then[one] for one in both} == {one: begun_so[one] for one in both}
    assert len(both) > 20


def fonts_of(window: MainWindow) -> dict[str, tuple[float, int, int]]:
    """Return how large and heavy each text on show is."""
    labels = [one for one in window.findChildren(QLabel) if one.isVisible() and one.text()]
    return {
        f"{type(one.parent()).__name__}: {one.text()}": (font.pointSizeF(), font.pixelSize(), font.weight())
        for one in labels
        if (font := one.font())
    }


def test_the_zoom_of_the_dialog_is_that_of_the_window(window: MainWindow) -> None:
    zoom = card_of(window).fields["zoom"].editor
    assert isinstance(zoom, Number)
    zoom.field.setFocus()
    QTest.keyClick(zoom.field, Qt.Key.Key_Up)
    assert window.pane.view.zoom() == 110
    card_of(window).card.close_card()
    window.commands.set["zoom.in"].trigger()
    window.commands.set["program.settings"].trigger()
    assert zoom.value() == 120


def test_single_letters_and_motion_are_switched_at_once(window: MainWindow, qapp: QApplication) -> None:
    switch = card_of(window).fields["single_keys"].editor
    assert isinstance(switch, Switch)
    card_of(window).list.setCurrentRow(2)
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert window.commands.set["claim.next"].shortcuts() == []
    system = qapp.isEffectEnabled(Qt.UIEffect.UI_General), qapp.cursorFlashTime()
    choose(window, "motion", "less")
    assert (qapp.isEffectEnabled(Qt.UIEffect.UI_General), qapp.cursorFlashTime()) == (False, 0)
    choose(window, "motion", "full")
    assert qapp.isEffectEnabled(Qt.UIEffect.UI_General)
    assert qapp.cursorFlashTime() > 0
    choose(window, "motion", "system")
    assert (qapp.isEffectEnabled(Qt.UIEffect.UI_General), qapp.cursorFlashTime()) == system


def test_backups_come_as_often_as_wanted(window: MainWindow) -> None:
    card_of(window).list.setCurrentRow(5)
    number = card_of(window).fields["backup_minutes"].editor
    assert isinstance(number, Number)
    number.field.setFocus()
    QTest.keyClick(number.field, Qt.Key.Key_Down)
    assert window.commands.files.keeping.due.interval() == 25 * 60_000


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape])
def test_a_name_counts_on_enter_on_leaving_and_on_closing(window: MainWindow, end: Qt.Key) -> None:
    name = card_of(window).fields["annotator_name"].editor
    assert isinstance(name, Line)
    card_of(window).list.setCurrentRow(4)
    write(name, "Ada  Lovelace ", end)
    assert settings.load().annotator_name == "Ada Lovelace"


def test_a_value_that_cannot_be_changes_nothing_and_stays_to_be_mended(window: MainWindow) -> None:
    card = card_of(window)
    card.list.setCurrentRow(4)
    before = settings.load()
    name, own_id = card.fields["annotator_name"], card.fields["annotator_id"]
    assert isinstance(name.editor, Line)
    assert isinstance(own_id.editor, IdField)
    name.editor.setFocus()
    name.editor.selectAll()
    QTest.keyClick(name.editor, Qt.Key.Key_Backspace)
    QTest.keyClick(name.editor, Qt.Key.Key_Return)
    assert name.error.isVisible()
    write(own_id.editor.line, "bob")
    assert own_id.error.isVisible()
    assert own_id.value() == "bob"
    assert settings.load() == before
    write(own_id.editor.line, "018E0353-B000-7884-831D-750125CAA0AD")
    assert not own_id.error.isVisible()
    assert settings.load().annotator_id == "018e0353-b000-7884-831d-750125caa0ad"
    card.card.close_card()
    window.commands.set["program.settings"].trigger()
    assert name.value() == before.annotator_name
    assert not name.error.isVisible()


def test_settings_that_cannot_be_saved_say_so_and_change_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("x")
    with monkeypatch.context() as there:
        there.setenv(settings.FOLDER_VARIABLE, str(blocked))
        choose(window, "theme", "dark")
        assert "cannot be saved" in card_of(window).fields["theme"].error.text()
        assert current_theme().name == "light"


def test_the_same_person_on_two_machines_is_one_by_the_id(tmp_path: Path) -> None:
    settings.change(annotator_id=new_id(), annotator_name="Ines Ferro")
    path = tmp_path / "mine.annot"
    new_project(path)
    first = settings.load().annotator_id
    with scenes.scene(path, person="") as window:
        window.commands.set["program.settings"].trigger()
        card = card_of(window)
        card.list.setCurrentRow(4)
        own_id, name = card.fields["annotator_id"].editor, card.fields["annotator_name"].editor
        assert isinstance(own_id, IdField)
        assert isinstance(name, Line)
        QTest.mouseClick(own_id.copy_button, Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == first
        other = new_id().upper()
        QGuiApplication.clipboard().setText(f" {other}\n")
        QTest.mouseClick(own_id.paste_button, Qt.MouseButton.LeftButton)
        assert settings.load().annotator_id == other.lower()
        assert window.hub.project.annotator_id == other.lower()
        QGuiApplication.clipboard().setText(first)
        QTest.mouseClick(own_id.paste_button, Qt.MouseButton.LeftButton)
        write(name, "Ines Lima")
        assert window.hub.project.annotator_id == first
        assert window.hub.project.get(Annotator, AnnotatorId(first)).name == "Ines Lima"
        assert window.top.person.text() == "IL"
        card.card.close_card()
        window.commands.set["edit.undo"].trigger()
        assert window.hub.project.get(Annotator, AnnotatorId(first)).name == "Ines Ferro"


def test_the_defaults_are_what_the_table_says() -> None:
    for name in settings.table():
        default = getattr(Settings(), name)
        assert settings.fits(name, default) or (settings.table()[name].needed and default == "")
