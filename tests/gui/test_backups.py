"""File > Backups with keys and mouse: listed, taken, restored and opened; a damaged project is rescued."""

import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import settings
from annotator.gui.backups.damage_card import DamageCard
from annotator.gui.backups.keeping import Keeping
from annotator.gui.backups.sheet import BackupSheet
from annotator.model.records import TextVersion
from annotator.services import backups
from annotator.services.jobs import Progress
from annotator.store import backup
from annotator.store.backup import Backup
from annotator.store.project import Project
from tests.gui.intake.bench import LONG_MS, Bench, open_bench
from tests.making import put_article

CHECKED = 4


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, light_theme: None) -> Generator[Bench]:
    del light_theme
    with open_bench(qtbot, tmp_path / "story.annot") as made:
        assert keeping(made).opened.isActive()
        keeping(made).opened.stop()  # no test waits for it or races it
        yield made


def keeping(bench: Bench) -> Keeping:
    return bench.files.keeping


def bring_in(bench: Bench, text: str = "Rain fell on Monday.\n") -> None:
    with bench.window.hub.project.change("import") as change:
        put_article(change, text)


def taken(bench: Bench) -> list[Backup]:
    project = bench.window.hub.project
    return backup.backups_of(project.path, backup.id_of(project))


def quiet(bench: Bench) -> None:
    """Wait until what works by itself is through."""
    bench.bot.waitUntil(lambda: keeping(bench).is_idle, timeout=LONG_MS)
    bench.idle()


def opened_sheet(bench: Bench) -> BackupSheet:
    bench.window.commands.set["project.backups"].trigger()
    sheet = keeping(bench).sheet
    assert sheet.is_open
    return sheet


def cells(sheet: BackupSheet, column: int) -> list[str]:
    found = [sheet.table.item(row, column) for row in range(sheet.table.rowCount())]
    return [item.text() for item in found if item]


def test_the_list_says_why_and_whether_each_is_still_sound(bench: Bench) -> None:
    bring_in(bench)
    keeping(bench).take_quietly("opening")
    quiet(bench)
    bring_in(bench, "More rain.\n")
    keeping(bench).take_quietly("interval")
    quiet(bench)
    older = taken(bench)[1]
    older.path.chmod(0o600)
    content = bytearray(older.path.read_bytes())
    content[-1] ^= 1
    older.path.write_bytes(content)
    sheet = opened_sheet(bench)
    assert cells(sheet, 1) == ["while working", "on opening"]
    bench.bot.waitUntil(lambda: cells(sheet, CHECKED) == ["sound", "damaged"], timeout=LONG_MS)
    bench.press(Qt.Key.Key_Escape)
    assert not sheet.is_open


def test_the_menu_has_it_where_a_project_is_open(bench: Bench) -> None:
    action = bench.window.commands.set["project.backups"]
    assert action.isEnabled()
    assert action.text() == "Backups…"


def test_one_is_taken_by_button_and_by_nobody_twice(bench: Bench) -> None:
    bring_in(bench)
    sheet = opened_sheet(bench)
    assert sheet.table.rowCount() == 0
    assert not sheet.restore.isEnabled()
    assert sheet.take.hasFocus()
    bench.press(Qt.Key.Key_Space)
    bench.idle()
    assert bench.notice == "Backed up"
    assert cells(sheet, 1) == ["asked for"]
    sheet.take.click()
    bench.idle()
    assert bench.notice == "Nothing has changed since the last backup"
    assert len(taken(bench)) == 1


def test_taking_one_has_a_bar_and_can_be_stopped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()

    def slow(*_whatever: object, **_more: object) -> Generator[Progress, None, None]:
        yield Progress(1, 3, "Copying")
        assert go.wait(60)
        yield Progress(2, 3, "Copying")

    monkeypatch.setattr(backups, "back_up", slow)
    opened_sheet(bench).take.click()
    bar = bench.files.job.bar
    bench.bot.waitUntil(bar.isVisible, timeout=LONG_MS)
    assert bar.progress.accessibleName() == "Backing up"
    QTest.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    go.set()
    bench.idle()
    assert bench.notice == "Stopped; no backup was taken."
    assert not bar.isVisible()


def test_closing_the_window_does_not_leave_a_backup_at_work(bench: Bench) -> None:
    bring_in(bench)
    keeping(bench).take_quietly("interval")
    opened_sheet(bench)
    bench.window.close()
    assert keeping(bench).is_idle
    assert not [one for one in threading.enumerate() if one.name.startswith("annotator-job")]


def test_one_is_restored_to_a_new_file_and_opened(bench: Bench, tmp_path: Path) -> None:
    bring_in(bench)
    keeping(bench).take_quietly("opening")
    quiet(bench)
    bring_in(bench, "More rain.\n")
    sheet = opened_sheet(bench)
    assert sheet.table.hasFocus()
    bench.answers.saved = tmp_path / "restored"
    bench.press(Qt.Key.Key_Return)
    bench.idle()
    assert bench.window.hub.project.path == tmp_path / "restored.annot"
    assert bench.window.hub.project.count(TextVersion) == 1
    assert bench.notice == f"Restored to {tmp_path / 'restored.annot'}"
    assert not sheet.is_open
    with Project.open(tmp_path / "story.annot", write=False) as original:
        assert original.count(TextVersion) == 2


def test_no_file_is_written_over(bench: Bench, tmp_path: Path) -> None:
    bring_in(bench)
    keeping(bench).take_quietly("opening")
    quiet(bench)
    taken_name = tmp_path / "there.annot"
    taken_name.write_bytes(b"mine")
    sheet = opened_sheet(bench)
    bench.answers.saved = taken_name
    QTest.mouseClick(sheet.restore, Qt.MouseButton.LeftButton)
    bench.idle()
    assert "there is a file already" in bench.notice
    assert taken_name.read_bytes() == b"mine"
    assert bench.window.hub.project.path == tmp_path / "story.annot"


def test_what_did_not_change_gets_no_backup_and_looking_takes_none(bench: Bench) -> None:
    bring_in(bench)
    for _ in range(2):
        keeping(bench).take_quietly("opening")
        quiet(bench)
    opened_sheet(bench)
    bench.press(Qt.Key.Key_Escape)
    assert len(taken(bench)) == 1


def test_an_import_leaves_a_backup(bench: Bench, tmp_path: Path) -> None:
    article = tmp_path / "rain.txt"
    article.write_text("Rain\n\nIt rained on Monday, said the mayor of the town.\n", encoding="utf-8")
    bench.bring_in(article)
    bench.add()
    bench.bot.waitUntil(lambda: [one.why for one in taken(bench)] == ["import"], timeout=LONG_MS)
    quiet(bench)


def test_one_is_taken_a_moment_after_opening(bench: Bench) -> None:
    bring_in(bench)
    keeping(bench).opened.timeout.emit()
    quiet(bench)
    assert [one.why for one in taken(bench)] == ["opening"]


def test_the_next_one_is_due_half_an_hour_after_the_first_change(bench: Bench) -> None:
    found = keeping(bench)
    assert not found.due.isActive()
    bring_in(bench)
    assert found.due.isActive()
    assert found.due.interval() == 30 * 60 * 1000
    found.due.timeout.emit()
    quiet(bench)
    assert [one.why for one in taken(bench)] == ["interval"]
    assert not found.due.isActive()


def test_what_fails_is_told_once_and_work_goes_on(bench: Bench, own_home: Path) -> None:
    (own_home / "backups").write_text("no folder", encoding="utf-8")
    bring_in(bench)
    assert "the journal of changes cannot be written" in bench.notice
    keeping(bench).take_quietly("interval")
    quiet(bench)
    first = bench.notice
    assert "backups" in first
    bench.window.notices.tell("something else")
    bring_in(bench, "More rain.\n")
    keeping(bench).take_quietly("interval")
    quiet(bench)
    assert bench.notice == "something else"
    assert bench.window.hub.project.count(TextVersion) == 2


def test_a_damaged_project_is_offered_a_rescue_and_never_touched(
    qtbot: QtBot, tmp_path: Path, light_theme: None
) -> None:
    del light_theme
    path = tmp_path / "story.annot"
    with open_bench(qtbot, path) as bench:
        bring_in(bench)
        keeping(bench).take_quietly("opening")
        quiet(bench)
        bring_in(bench, "More rain.\n")
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"gone" * 1000):
        path.write_bytes(damaged)
        new = tmp_path / f"sound{len(damaged)}.annot"
        with open_bench(qtbot, None) as bench:
            assert not bench.window.open_path(path)
            (card,) = bench.window.findChildren(DamageCard)
            assert card.title.text() == "story.annot is damaged"
            assert card.rescue.hasFocus()
            bench.answers.saved = new
            bench.press(Qt.Key.Key_Space)
            bench.idle()
            assert bench.window.hub.project.path == new
            assert bench.window.hub.project.count(TextVersion) == 2
            assert card.title.text() == f"Rescued to {new.name}"
            assert "nothing is known to be lost" in card.words.text()
            bench.press(Qt.Key.Key_Escape)
            assert not card.overlay.isVisible()
        assert path.read_bytes() == damaged


def test_what_never_was_a_project_is_only_refused(qtbot: QtBot, tmp_path: Path, light_theme: None) -> None:
    del light_theme
    path = tmp_path / "story.annot"
    path.write_text("An article.\n" * 50, encoding="utf-8")
    with open_bench(qtbot, None) as bench:
        assert not bench.window.open_path(path)
        assert bench.window.findChildren(DamageCard) == []
        assert "this is not a project file" in bench.notice


def test_the_list_says_how_many_are_kept_and_that_more_go_bit_by_bit(bench: Bench) -> None:
    for number in range(5):
        bring_in(bench, f"Rain fell on day {number}.\n")
        keeping(bench).take_quietly("opening")
        quiet(bench)
    settings.change(backups_latest=3, backups_days=1, backups_weeks=1)
    about = opened_sheet(bench).about.text()
    assert "Kept: the latest 3, the daily ones of 1 day, the weekly ones of 1 week" in about
    assert "2 more than that go with the next ones, bit by bit." in about
    assert len(taken(bench)) == 5
