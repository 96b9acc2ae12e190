"""Since when and why a claim has its status: typed in the inspector, saved on leaving, kept where it is no date."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.model.records import Assessment
from annotator.services import annotating
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import TEXT, put_article

Key = Qt.Key


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window with one claim, which is active."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            version = put_article(change, TEXT)
        annotating.mark(project, version.id, [(4, 9)], status="disputed")
    with open_story(qtbot, tmp_path) as made:
        made.press(Key.Key_J)
        yield made


def assessment(bench: Bench) -> Assessment:
    (found,) = bench.window.hub.project.all(Assessment)
    return found


def test_a_reason_is_saved_by_enter_and_undone_as_one_step(bench: Bench) -> None:
    field = bench.window.inspector.sheet.reason
    field.setFocus()
    QTest.keyClicks(field, "He withdrew it")
    bench.press(Key.Key_Return)
    assert assessment(bench).reason == "He withdrew it"
    bench.window.commands.undo()
    assert assessment(bench).reason == ""
    assert field.text() == ""


def test_what_is_no_date_stays_in_its_field_until_it_is_one(bench: Bench) -> None:
    field = bench.window.inspector.sheet.since
    before = assessment(bench)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "last week")
    bench.press(Key.Key_Return)
    assert assessment(bench) == before
    assert field.text() == "last week"
    assert "no date" in bench.notice
    field.selectAll()
    QTest.keyClicks(field, "2022-01-10")
    bench.press(Key.Key_Return)
    assert assessment(bench).valid_from.startswith("2022-01-10")
    assert assessment(bench).valid_from_precision == "day"


def test_a_time_is_shown_as_it_was_typed_and_no_line_is_out_of_sight(bench: Bench) -> None:
    field = bench.window.inspector.sheet.since
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2022-01-10 15:00")
    bench.press(Key.Key_Return)
    assert assessment(bench).valid_from_precision == "instant"
    assert field.text() == "2022-01-10 15:00"
    assert field.verticalScrollBar().value() == 0
    field.selectAll()
    QTest.keyClicks(field, "on the day after the gates were shut")
    assert field.verticalScrollBar().value() > 0
    field.selectAll()
    QTest.keyClicks(field, "2022-01-11")
    bench.press(Key.Key_Return)
    assert field.verticalScrollBar().value() == 0


def test_a_date_to_come_is_refused_and_the_claim_keeps_its_status(bench: Bench) -> None:
    field = bench.window.inspector.sheet.since
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2262-01-10")
    bench.press(Key.Key_Return)
    assert "still to come" in bench.notice
    active = bench.window.article.active
    assert active is not None
    assert active.status == "disputed"
    field.selectAll()
    QTest.keyClicks(field, "2022")
    bench.press(Key.Key_Return)
    assert assessment(bench).valid_from_precision == "year"
