"""A colleague's copy is made by keys, and merged back from the menu."""

from collections.abc import Generator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator, Mention
from annotator.services import annotating
from annotator.services.projects import new_project, opened
from annotator.store.project import Project
from tests import making
from tests.gui.intake.bench import Bench, open_bench
from tests.making import put_article

TEXT = "The man on television was hired, they said.\n"
Key = Qt.Key


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on two articles, with a mark of Imani's."""
    del light_theme
    path = tmp_path / "story.annot"
    new_project(path, person="Imani Castellan")
    with opened(path, write=True, person="Imani Castellan") as project:
        with project.change("import") as change:
            first = put_article(change, TEXT)
            put_article(change, TEXT.upper())
        annotating.mark(project, first.id, [(0, 7)], status="confirmed")
    with open_bench(qtbot, path) as made:
        made.window.pane.take_focus()
        yield made


def test_a_blind_copy_is_written_by_keys_and_merged_back(bench: Bench, tmp_path: Path) -> None:
    window = bench.window
    copy = bench.answers.saved = tmp_path / "bea.annot"
    window.commands.set["project.assign"].trigger()
    sheet = window.together.assigning.sheet
    assert sheet.is_open
    assert not sheet.write.isEnabled()
    line = sheet.to.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "Bea")
    assert sheet.blind.isChecked()
    assert sheet.told.text() == "2 articles"
    sheet.write.setFocus()
    bench.press(Key.Key_Return)
    bench.bot.waitUntil(lambda: copy.exists() and not window.commands.files.job.is_running)
    assert not sheet.is_open
    with opened(copy, write=True, person="Bea") as project:
        assert project.count(Mention) == 0
        version = project.version_rows()[0].version
        annotating.mark(project, version.id, [(8, 10)], status="alleged")
    window.commands.files.merging.look([copy])
    bench.bot.waitUntil(lambda: window.commands.files.merging.sheet.is_open)
    QTest.mouseClick(window.commands.files.merging.sheet.merge, Qt.MouseButton.LeftButton)
    bench.bot.waitUntil(lambda: window.hub.project.count(Mention) == 2)
    bench.bot.waitUntil(lambda: not window.commands.files.job.is_running)


def test_of_two_people_of_one_name_each_gets_their_own_marks(bench: Bench, tmp_path: Path) -> None:
    window = bench.window
    project = window.hub.project
    people = [replace(making.BO, id=AnnotatorId(making.BO.id[:-1] + end)) for end in "12"]
    with project.change("people") as change:
        change.put_all(people)
    project.work_as(people[1].id)
    annotating.mark(project, project.version_rows()[0].version.id, [(8, 10)], status="alleged")
    project.work_as(next(one.id for one in project.all(Annotator) if one.name == "Imani Castellan"))
    copy = bench.answers.saved = tmp_path / "bo.annot"
    window.commands.set["project.assign"].trigger()
    sheet = window.together.assigning.sheet
    assert [sheet.to.itemText(row) for row in range(sheet.to.count())] == ["Bo (…0000b1)", "Bo (…0000b2)"]
    sheet.to.setFocus()
    bench.press(Key.Key_Down)
    bench.press(Key.Key_Down)
    assert sheet.to.currentText() == "Bo (…0000b2)"
    sheet.write.setFocus()
    bench.press(Key.Key_Return)
    bench.bot.waitUntil(lambda: copy.exists() and not window.commands.files.job.is_running)
    with Project.open(copy, write=False) as made:
        assert [one.annotator_id for one in made.all(Mention)] == [people[1].id]


def test_only_the_ticked_articles_are_in_it(bench: Bench, tmp_path: Path) -> None:
    window = bench.window
    copy = bench.answers.saved = tmp_path / "bea"
    window.commands.set["project.assign"].trigger()
    sheet = window.together.assigning.sheet
    line = sheet.to.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "Bea")
    QTest.mouseClick(sheet.all, Qt.MouseButton.LeftButton, pos=sheet.all.rect().center() / 8)
    sheet.all.setChecked(False)
    sheet.articles.setFocus()
    sheet.articles.setCurrentRow(0)
    QTest.keyClick(sheet.articles, Key.Key_Space)
    assert sheet.told.text() == "1 article"
    QTest.mouseClick(sheet.write, Qt.MouseButton.LeftButton)
    copy = copy.with_suffix(".annot")
    bench.bot.waitUntil(lambda: copy.exists() and not window.commands.files.job.is_running)
    with opened(copy, write=False) as project:
        assert len(project.version_rows()) == 1
    bench.press(Key.Key_Escape)


def test_an_existing_file_is_not_written_over(bench: Bench, tmp_path: Path) -> None:
    window = bench.window
    bench.answers.saved = tmp_path / "story.annot"
    before = bench.answers.saved.stat().st_size
    window.commands.set["project.assign"].trigger()
    sheet = window.together.assigning.sheet
    sheet.to.setEditText("Bea")
    QTest.mouseClick(sheet.write, Qt.MouseButton.LeftButton)
    bench.bot.waitUntil(lambda: not window.commands.files.job.is_running)
    assert bench.answers.saved.stat().st_size == before
    assert window.notices.toast.text() != ""
