"""File > Merge with keys: looked at, merged, taken back; versions chosen; a bad file is told and changes nothing."""

from collections.abc import Generator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.merging.flow import MergeFlow
from annotator.model.ids import AnnotatorId, new_id
from annotator.model.records import Annotator, Claim, Link
from annotator.services.projects import opened as opened_by
from tests.gui.intake.bench import Bench, open_bench
from tests.making import claim, digest, put_article
from tests.store.merging.desks import copied

Key = Qt.Key


@pytest.fixture
def story(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Path:
    """A project of Imani Castellan's with one claim."""
    del light_theme
    path = tmp_path / "story.annot"
    with open_bench(qtbot, path) as made, made.window.hub.project.change("import") as change:
        put_article(change)
        change.put(claim("The bridge is safe."))
    return path


@pytest.fixture
def bo(story: Path) -> Path:
    """Bo Larsen's copy, with a claim more and other words for the first one."""
    path = copied(story, "bo")
    with opened_by(path, write=True, person="Bo Larsen") as project:
        (first,) = project.all(Claim)
        with project.change("claim.text") as change:
            change.put(replace(first, text="Bo's words"))
            change.put(claim("Bo's own claim"))
    return path


@pytest.fixture
def bench(qtbot: QtBot, story: Path, bo: Path) -> Generator[Bench]:
    del bo
    with open_bench(qtbot, story) as made:
        yield made


def flow(bench: Bench) -> MergeFlow:
    return bench.files.merging


def look(bench: Bench, *paths: Path) -> None:
    bench.answers.opened = list(paths)
    bench.window.commands.set["project.merge"].trigger()
    bench.idle()


def words(bench: Bench) -> list[str]:
    return sorted(one.text for one in bench.window.hub.project.all(Claim))


def cells(bench: Bench) -> list[list[str]]:
    table = flow(bench).sheet.table
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_what_a_merge_would_bring_is_shown_first_and_esc_leaves_all_as_it_was(
    bench: Bench, story: Path, bo: Path
) -> None:
    before = digest(story)
    look(bench, bo)
    sheet = flow(bench).sheet
    assert sheet.is_open
    rows = {row[0]: row[1:] for row in cells(bench)}
    assert rows["Bo Larsen"] == ["3", "0", "0", "0", "0"]
    assert rows["Imani Castellan"][0] == "0"
    assert "3 changes are new" in sheet.summary.text()
    bench.press(Key.Key_Escape)
    assert not sheet.is_open
    assert words(bench) == ["The bridge is safe."]
    assert digest(story) == before


def test_enter_merges_and_the_merge_can_be_taken_back_until_the_next_change(bench: Bench, bo: Path) -> None:
    look(bench, bo)
    bench.press(Key.Key_Return)
    bench.idle()
    assert words(bench) == ["Bo's own claim", "Bo's words"]
    assert bench.notice.startswith("Merged: 3 changes came in.")
    back = bench.window.commands.set["project.unmerge"]
    assert back.isEnabled()
    back.trigger()
    bench.idle()
    assert bench.window.hub.is_open
    assert words(bench) == ["The bridge is safe."]
    assert bench.notice == "The merge was taken back."
    assert not bench.window.commands.set["project.unmerge"].isEnabled()


def test_after_a_change_of_ones_own_the_merge_stays(bench: Bench, bo: Path) -> None:
    look(bench, bo)
    bench.press(Key.Key_Return)
    bench.idle()
    with bench.window.hub.project.change("claim") as change:
        change.put(claim("Mine"))
    assert not bench.window.commands.set["project.unmerge"].isEnabled()
    flow(bench).take_back()
    assert "Mine" in words(bench)
    assert "Bo's words" in words(bench)


def test_of_two_versions_a_person_chooses_with_the_keys(bench: Bench, bo: Path) -> None:
    project = bench.window.hub.project
    (first,) = project.all(Claim)
    with project.change("claim.text") as change:
        change.put(replace(first, text="Imani's words"))
    look(bench, bo)
    bench.press(Key.Key_Return)
    bench.idle()
    assert "1 record has several versions" in bench.notice
    bench.window.commands.set["project.versions"].trigger()
    sheet = flow(bench).versions
    assert sheet.is_open
    buttons = sheet.groups["text"].buttons()
    names = [button.text().partition(",")[0] for button in buttons]
    assert sorted(names) == ["Bo Larsen", "Imani Castellan"]
    wanted = buttons[names.index("Imani Castellan")]
    for _step in buttons:
        if not wanted.isChecked():
            bench.press(Key.Key_Down)
    assert wanted.isChecked()
    QTest.keyClick(sheet.keep, Key.Key_Space)
    assert not sheet.is_open
    assert words(bench) == ["Bo's own claim", "Imani's words"]
    bench.window.commands.set["project.versions"].trigger()
    assert bench.notice == "Nothing has several versions."


def test_a_file_that_is_no_project_is_told_and_nothing_changes(bench: Bench, story: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.annot"
    bad.write_bytes(b"this is no project")
    before = digest(story)
    look(bench, bad)
    sheet = flow(bench).sheet
    assert sheet.is_open
    assert "bad.annot: this is not a project file" in " ".join(sheet.told())
    assert not sheet.merge.isEnabled()
    bench.press(Key.Key_Escape)
    assert digest(story) == before


def test_who_may_be_one_person_is_offered_and_never_assumed(bench: Bench) -> None:
    """Imani marked on another machine, where she has another id."""
    third = copied(bench.window.hub.project.path, "third")
    twin = Annotator(AnnotatorId(new_id()), "imani castellan")
    with opened_by(third, write=True, person="Bo Larsen") as project:
        with project.change("annotator.new") as change:
            change.put(twin)
        project.work_as(twin.id)
        with project.change("claim") as change:
            change.put(claim("Hers"))
    look(bench, third)
    offers = {box.text(): box for box, _pair in flow(bench).sheet.same}
    assert not any(box.isChecked() for box in offers.values())
    box = offers["Imani Castellan and imani castellan are one person"]
    box.setFocus()
    bench.press(Key.Key_Space)
    flow(bench).sheet.merge.setFocus()
    bench.press(Key.Key_Return)
    bench.idle()
    assert [link.link for link in bench.window.hub.project.all(Link)] == ["same"]


def test_only_a_window_that_may_write_merges(qtbot: QtBot, bench: Bench, story: Path) -> None:
    assert bench.window.commands.set["project.merge"].isEnabled()
    with open_bench(qtbot, story) as second:
        assert not second.window.commands.set["project.merge"].isEnabled()


def test_what_a_colleague_brought_in_stands_in_the_list_after_the_merge(bench: Bench, story: Path) -> None:
    third = copied(story, "third")
    with opened_by(third, write=True, person="Cy Ng") as project, project.change("import") as change:
        put_article(change, "Rain on Monday fell.\n")
    look(bench, third)
    bench.press(Key.Key_Return)
    bench.idle()
    assert bench.window.articles.model.rowCount() == 2
