"""Comments and guidelines by keys: written, answered, resolved, found, gone to and come back from."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.gui.talk.section import TalkSection
from annotator.model.ids import GuidelineId, new_id
from annotator.model.records import Assessment, Comment, Guideline, Mention
from annotator.services import annotating, commenting, guidelines, relating, second_check
from annotator.services.projects import opened
from tests.gui.intake.bench import STORY, Bench, open_story, story
from tests.making import put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST = "The man on television was hired, they said. The man was a pianist, others wrote.\n"
SECOND = "The man on television was a hired fighter.\n"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on two articles, a claim in each; that of the first is active, Bea asked about that of the second."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            first, second = put_article(change, FIRST), put_article(change, SECOND)
        annotating.mark(project, first.id, [(0, 31)], status="confirmed")
        marked = annotating.mark(project, second.id, [(0, 41)], status="disputed")
    with opened(tmp_path / STORY, write=True, person="Bea") as project:
        commenting.add(project, marked.mention_id, "Hired by whom?")
    with open_story(qtbot, tmp_path) as made:
        made.press(Key.Key_J)
        yield made


def talk(bench: Bench) -> TalkSection:
    return bench.window.inspector.sheet.more.talk


def words(bench: Bench) -> list[str]:
    return [one.text for one in bench.window.hub.project.all(Comment)]


def test_a_comment_is_written_with_one_key_and_shows_in_the_list(bench: Bench) -> None:
    bench.press(Key.Key_Q)
    assert talk(bench).field.hasFocus()
    QTest.keyClicks(talk(bench).field, "Check the date")
    bench.press(Key.Key_Return)
    assert words(bench)[1:] == ["Check the date"]
    assert bench.window.pane.view.hasFocus()
    row = bench.window.article.active
    assert row is not None
    assert row.comments == 1
    assert "1 comment" in bench.window.claims.model.spoken(row)
    bench.press(Key.Key_Z, CTRL)
    assert len(words(bench)) == 1
    assert talk(bench).cards == []


def test_words_that_were_not_sent_stay_with_their_claim_and_are_kept_on_closing(bench: Bench) -> None:
    bench.press(Key.Key_Q)
    QTest.keyClicks(talk(bench).field, "half a thought")
    bench.press(Key.Key_Escape)
    assert bench.window.pane.view.hasFocus()
    bench.window.articles.choose_next(1)
    bench.press(Key.Key_J)
    assert talk(bench).field.words() == ""
    bench.window.articles.choose_next(-1)
    bench.press(Key.Key_J)
    assert talk(bench).field.words() == "half a thought"
    path = bench.window.hub.project.path
    bench.window.hub.take(None)
    with opened(path, write=False) as project:
        assert [one.text for one in project.all(Comment)] == ["Hired by whom?", "half a thought"]


def test_the_list_leads_there_and_the_same_key_back(bench: Bench) -> None:
    before = bench.window.article.active_id
    bench.press(Key.Key_F4)
    card = bench.window.together.comments
    assert card.is_open
    assert card.table.rowCount() == 1
    bench.press(Key.Key_Return)
    assert not card.is_open
    assert bench.window.article.active_id not in {"", before}
    (shown,) = talk(bench).cards
    QTest.keyClick(shown.answer, Key.Key_Space)
    QTest.keyClicks(shown.field, "By the station")
    QTest.keyClick(shown.field, Key.Key_Return)
    assert [(one.text, one.reply_to == shown.shown.id) for one in bench.window.hub.project.all(Comment)] == [
        ("Hired by whom?", False),
        ("By the station", True),
    ]
    (shown,) = talk(bench).cards
    QTest.keyClick(shown.settle, Key.Key_Space)
    (shown,) = talk(bench).cards
    assert shown.shown.resolved
    bench.press(Key.Key_F4)
    assert card.table.rowCount() == 0, "nothing is unresolved"
    card.which.setCurrentIndex(2)
    assert card.table.rowCount() == 1
    QTest.keyClick(card.settle, Key.Key_Space)
    assert not commenting.all_threads(bench.window.hub.project)[0].resolved


def test_only_ones_own_comment_is_edited(bench: Bench) -> None:
    bench.window.articles.choose_next(1)
    bench.press(Key.Key_J)
    (shown,) = talk(bench).cards
    assert [one for one in shown.findChildren(QToolButton) if "Edit" in one.accessibleName()] == []
    QTest.keyClick(shown.answer, Key.Key_Space)
    QTest.keyClicks(shown.field, "By teh station")
    QTest.keyClick(shown.field, Key.Key_Return)
    (shown,) = talk(bench).cards
    (edit,) = [one for one in shown.findChildren(QToolButton) if "Edit" in one.accessibleName()]
    QTest.keyClick(edit, Key.Key_Space)
    shown.field.selectAll()
    QTest.keyClicks(shown.field, "By the station")
    QTest.keyClick(shown.field, Key.Key_Return)
    assert words(bench) == ["Hired by whom?", "By the station"]


def test_the_guidelines_take_no_focus_and_are_edited_in_place(bench: Bench) -> None:
    bench.press(Key.Key_F2)
    panel = bench.window.together.guidelines
    assert bench.window.together.guidelines_shown
    assert bench.window.pane.view.hasFocus()
    assert panel.empty.button is not None
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.text, "Mark claims.")
    QTest.keyClick(panel.text, Key.Key_Return, CTRL)
    project = bench.window.hub.project
    assert [one.guideline.text for one in guidelines.versions(project)] == ["Mark claims."]
    assert "before there were guidelines" in bench.window.inspector.sheet.more.desk.text()
    QTest.mouseClick(panel.edit, Qt.MouseButton.LeftButton)
    panel.text.selectAll()
    QTest.keyClicks(panel.text, "Mark all claims.")
    QTest.keyClick(panel.text, Key.Key_Escape)
    assert panel.writing, "Esc goes back to the article, and what was written stands"
    QTest.mouseClick(panel.keep, Qt.MouseButton.LeftButton)
    assert guidelines.number_now(project) == 2
    panel.which.setCurrentIndex(1)
    assert panel.text.toPlainText() == "Mark claims."
    assert panel.notice.isVisible()
    bench.window.pane.take_focus()
    bench.press(Key.Key_2)
    assert {one.guideline_version for one in project.all(Assessment)} >= {guidelines.version_now(project)}
    assert project.all(Mention)[0].guideline_version == ""
    bench.press(Key.Key_F2)
    assert not bench.window.together.guidelines_shown


def test_what_needs_a_second_person_says_so_and_can_be_shown_alone(bench: Bench) -> None:
    project = bench.window.hub.project
    panel = bench.window.claims
    assert panel.second is None
    bench.window.hub.do(second_check.require, ["confirmed"])
    row = bench.window.article.rows[0]
    assert row.needs_second
    assert "second check" in panel.model.spoken(row)
    bench.press(Key.Key_J)
    assert "second check" in bench.window.inspector.sheet.more.desk.text()
    assert panel.second is not None
    bench.window.article.activate("")
    view = bench.window.pane.view
    view.select_range(44, 60)
    bench.press(Key.Key_1)
    assert panel.model.rowCount() == 2
    QTest.mouseClick(panel.second, Qt.MouseButton.LeftButton)
    assert panel.model.rowCount() == 1
    project.work_as(next(one.id for one in project.annotators_called("Bea")))
    bench.window.hub.do(annotating.assess, row.claim_id, "confirmed")
    assert not bench.window.article.rows[0].needs_second


def test_two_versions_written_at_once_are_two_in_the_panel_and_in_what_a_mark_says(bench: Bench) -> None:
    bench.press(Key.Key_F2)
    panel = bench.window.together.guidelines
    project = bench.window.hub.project
    guidelines.write(project, "Bea's rules")
    (first,) = project.all(Guideline)
    bench.window.pane.take_focus()
    bench.press(Key.Key_2)
    # What a merge of Bea's and Ada's files would leave, the later of two that were written at once.
    with project.change("guideline.write") as change:
        change.put(Guideline(GuidelineId(new_id()), first.number, "Ada's rules"))
    assert panel.which.count() == 2
    assert panel.text.toPlainText() == "Ada's rules"
    assert "Written at once with version 1 (by " in panel.notice.text()
    assert "This one holds" in panel.notice.text()
    panel.which.setFocus()
    QTest.keyClick(panel.which, Key.Key_Down)
    assert panel.text.toPlainText() == "Bea's rules"
    assert "holds until somebody writes the next" in panel.notice.text()
    bench.window.pane.take_focus()
    bench.press(Key.Key_K)
    bench.press(Key.Key_J)
    bench.press(Key.Key_2)
    marked = bench.window.inspector.sheet.more.desk.text()
    assert "before there were guidelines" in marked
    guidelines.write(project, "Everybody's rules")
    assert panel.which.itemText(0).startswith("Version 2")
    assert panel.which.isEnabled()


def test_a_second_person_of_a_claim_that_is_the_same_is_seen_at_once(bench: Bench) -> None:
    project, hub = bench.window.hub.project, bench.window.hub
    hub.do(second_check.require, ["confirmed"])
    first = bench.window.article.rows[0]
    bench.window.article.activate("")
    bench.window.pane.view.select_range(44, 60)
    bench.press(Key.Key_3)
    second = next(row for row in bench.window.article.rows if row.mention_id != first.mention_id)
    project.work_as(next(one.id for one in project.annotators_called("Bea")))
    link = hub.do(relating.relate, first.claim_id, second.claim_id, "same")
    assert [row.needs_second for row in bench.window.article.rows] == [True, True]
    hub.do(annotating.assess, second.claim_id, "confirmed")
    assert [row.needs_second for row in bench.window.article.rows] == [False, False]
    assert link is not None
    hub.do(relating.part, link)
    assert sorted(row.needs_second for row in bench.window.article.rows) == [False, True]
