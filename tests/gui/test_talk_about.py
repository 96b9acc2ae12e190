"""A comment on any record, by keys: written where the record is met, found in the list, gone to and come back from."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.talk.about_card import AboutCard
from annotator.model.ids import ReviewId, new_id
from annotator.model.moments import now
from annotator.model.records import Comment, Guideline, Record, Review
from annotator.services import annotating, commenting, guidelines, linking
from annotator.services.exporting import export_project
from annotator.services.projects import opened
from tests.gui.intake.bench import STORY, Bench, open_story, story
from tests.making import put_article
from tests.store.merging.desks import finished

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST = "The man on television was hired, they said. The man was a pianist, others wrote.\n"
SECOND = "Nothing is marked here.\n"
KINDS = ("mention", "claim", "assessment", "evidence", "source", "speaker", "review", "article", "guideline")


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on an article whose claim has all that can hang on one, and another article without a mark."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            first, _second = put_article(change, FIRST), put_article(change, SECOND)
        marked = annotating.mark(project, first.id, [(0, 31)], status="confirmed")
        annotating.set_speaker(project, marked.mention_id, name="The ministry")
        linking.link_new_source(project, marked.claim_id, "The payroll", stance="supports")
        guidelines.write(project, "Mark claims.")
    with opened(tmp_path / STORY, write=True, person="Bea") as project, project.change("review") as change:
        change.put(Review(ReviewId(new_id()), marked.mention_id, project.annotator_id, "accept", at=now()))
    with open_story(qtbot, tmp_path) as made:
        made.press(Key.Key_J)
        yield made


def about(bench: Bench) -> AboutCard:
    return bench.window.together.about


def target_of(bench: Bench, comment: Comment) -> Record:
    found = bench.window.hub.project.find_any(comment.target)
    assert found is not None
    return found


def choose(bench: Bench, kind: str) -> None:
    """Choose by the arrow keys what the card is about."""
    card, project = about(bench), bench.window.hub.project
    card.which.setFocus()
    QTest.keyClick(card.which, Key.Key_Home)
    for _step in range(card.which.count()):
        record = project.find_any(str(card.which.currentData()))
        if record is not None and record.kind == kind:
            return
        QTest.keyClick(card.which, Key.Key_Down)
    pytest.fail(f"no {kind} is offered: {[card.which.itemText(at) for at in range(card.which.count())]}")


def write(bench: Bench, kind: str) -> Comment:
    bench.press(Key.Key_F4, SHIFT)
    choose(bench, kind)
    field = about(bench).section.field
    field.setFocus()
    QTest.keyClicks(field, f"Is this {kind} right?")
    QTest.keyClick(field, Key.Key_Return)
    (comment,) = [one for one in bench.window.hub.project.all(Comment) if kind in one.text]
    assert about(bench).is_open
    assert field.hasFocus(), "for another one"
    assert [card.shown.id for card in about(bench).section.cards] == [comment.id]
    bench.press(Key.Key_Escape)
    assert not about(bench).is_open
    return comment


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_written_found_gone_to_and_come_back_from(bench: Bench, kind: str) -> None:
    comment = write(bench, kind)
    assert target_of(bench, comment).kind == kind
    here = bench.window.article.page
    assert here is not None
    bench.window.articles.choose_next(1)
    assert bench.window.article.page is not here
    bench.press(Key.Key_F4)
    listed = bench.window.together.comments
    assert listed.table.rowCount() == 1
    told = listed.table.item(0, 1)
    assert told is not None
    assert len(told.text().split(":", 1)[-1].strip()) > 3, "what it is about is told in words"
    bench.press(Key.Key_Return)
    assert not listed.is_open
    page = bench.window.article.page
    assert page is not None
    if kind != "guideline":  # these stand in no article
        assert page.article.id == here.article.id
    if kind in {"mention", "claim", "assessment", "evidence"}:
        assert comment.id in [card.shown.id for card in bench.window.inspector.sheet.more.talk.cards]
        assert not about(bench).is_open
    else:
        assert about(bench).is_open
        assert about(bench).which.currentData() == comment.target
        (card,) = about(bench).section.cards
        QTest.keyClick(card.settle, Key.Key_Space)
        assert commenting.all_threads(bench.window.hub.project)[0].resolved
        bench.press(Key.Key_Escape)
    if kind == "guideline":
        assert bench.window.together.guidelines_shown
    bench.press(Key.Key_F4)
    listed.which.setCurrentIndex(2)
    assert listed.is_open
    assert listed.table.currentRow() == 0


def test_a_version_of_the_guidelines_is_shown_that_does_not_hold_any_more(bench: Bench) -> None:
    comment = write(bench, "guideline")
    guidelines.write(bench.window.hub.project, "Mark claims that can be checked.")
    bench.press(Key.Key_F4)
    bench.press(Key.Key_Return)
    panel = bench.window.together.guidelines
    assert panel.text.toPlainText() == "Mark claims."
    assert about(bench).which.currentData() == comment.target
    assert len(bench.window.hub.project.all(Guideline)) == 2


def test_words_not_sent_stay_with_what_they_are_about(bench: Bench) -> None:
    bench.press(Key.Key_F4, SHIFT)
    choose(bench, "source")
    field = about(bench).section.field
    field.setFocus()
    QTest.keyClicks(field, "half a thought")
    choose(bench, "speaker")
    assert field.words() == ""
    choose(bench, "source")
    assert field.words() == "half a thought"


def test_all_but_those_on_guidelines_are_in_the_dataset(bench: Bench, tmp_path: Path) -> None:
    written = {write(bench, kind).target: kind for kind in KINDS}
    finished(export_project(bench.window.hub.project, tmp_path / "out.jsonl"))
    told = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert {kind for kind in written.values() if f"Is this {kind} right?" in told} == {*KINDS} - {"guideline"}
