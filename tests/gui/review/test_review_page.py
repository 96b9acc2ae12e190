"""The review by keyboard: real keys, from the first card to the last, and back by undo."""

import itertools
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import long_steps
from annotator.gui.review import asking
from annotator.gui.review.page import ReviewPage
from annotator.gui.window import MainWindow
from annotator.model.records import Comment, Mention, Review
from annotator.services import accepting, annotating, commenting, reviewing
from annotator.services.importing import import_files
from annotator.services.projects import new_project, opened
from annotator.store.check import check
from annotator.store.project import Project
from tests.conftest import MATERIAL
from tests.gui import scenes
from tests.gui.review import desks
from tests.gui.review.desks import REVIEWER, press

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
POLNEAR = MATERIAL / "polnear" / "multi-annotator" / "attributions"


def page_of(window: MainWindow) -> ReviewPage:
    return cast("ReviewPage", window.modes.page("review"))


def type_words(words: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, words)


def adjudicated(window: MainWindow) -> list[str]:
    found = [one for one in window.hub.project.all(Mention) if one.layer == "adjudicated"]
    return [" … ".join(span.quote for span in one.spans) for one in found]


def cells(page: ReviewPage, row: int) -> list[str]:
    table = page.card.votes
    found = [table.item(row, column) for column in range(1, table.columnCount())]
    return [cell.text() if cell else "" for cell in found]


def test_the_worst_card_comes_first_with_its_votes(window: MainWindow) -> None:
    page = page_of(window)
    assert page.queue_panel.list.hasFocus()
    assert page.card.votes.question == "status"
    assert cells(page, 2) == ["Disputed", "Confirmed", ""]
    assert cells(page, 3) == ["Dana Okafor", "Dana Okafor", ""]
    assert page.progress.value() == 0
    assert "6 to decide" in page.counts.text()


def test_a_digit_adopts_and_undo_takes_it_back(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_1)
    assert adjudicated(window) == ["the city had replaced 4,200 lead service lines since 2021"]
    assert cells(page, 2) == ["Disputed", "Confirmed", "Disputed"]
    assert "Decided by Reva Stone" in page.card.decision.text()
    assert page.progress.value() == 1
    press(Qt.Key.Key_2)
    assert adjudicated(window) == ["4,200 lead service lines since 2021"]
    press(Qt.Key.Key_Z, CTRL)
    assert adjudicated(window) == ["the city had replaced 4,200 lead service lines since 2021"]
    press(Qt.Key.Key_Z, CTRL)
    assert adjudicated(window) == []
    assert page.progress.value() == 0


def test_shift_and_a_digit_answer_one_question_alone(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_2, SHIFT)
    assert cells(page, 2)[-1] == "Confirmed"
    assert adjudicated(window) == ["the city had replaced 4,200 lead service lines since 2021"]
    press(Qt.Key.Key_Comma)
    assert page.card.votes.question == "boundaries"
    press(Qt.Key.Key_2, SHIFT)
    assert adjudicated(window) == ["4,200 lead service lines since 2021"]
    assert cells(page, 2)[-1] == "Confirmed"


def test_boundaries_by_intersection_union_word_and_selection(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_I)
    assert adjudicated(window) == ["4,200 lead service lines since 2021"]
    press(Qt.Key.Key_O)
    assert adjudicated(window) == ["the city had replaced 4,200 lead service lines since 2021"]
    press(Qt.Key.Key_Left, ALT)
    assert adjudicated(window) == ["the city had replaced 4,200 lead service lines since"]
    press(Qt.Key.Key_Right, ALT | SHIFT)
    assert adjudicated(window) == ["city had replaced 4,200 lead service lines since"]
    page.card.lanes.setFocus()
    cursor = page.card.lanes.textCursor()
    cursor.setPosition(page.card.lanes.toPlainText().index("replaced"))
    page.card.lanes.setTextCursor(cursor)
    for _word in range(3):
        press(Qt.Key.Key_Right, CTRL | SHIFT)
    press(Qt.Key.Key_B)
    assert adjudicated(window) == ["replaced 4,200"]


def test_no_claim_takes_a_reason_typed_in(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_X)
    assert page.asking.why_sheet.reason.hasFocus()
    press(Qt.Key.Key_Return)
    assert page.asking.why_sheet.overlay.isVisible()  # without a reason nothing is rejected
    type_words("an opinion")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    page.asking.why_sheet.reason.setFocus()
    press(Qt.Key.Key_Return)
    assert not page.asking.why_sheet.overlay.isVisible()
    assert "no claim" in page.card.decision.text()
    assert "an opinion" in page.card.decision.text()
    reviews = window.hub.project.all(Review)
    assert {(one.decision, one.cause) for one in reviews} == {("reject", "guideline_gap")}
    page.tabs.setCurrentIndex(3)
    assert page.gaps.table.rowCount() == 1


def test_a_question_is_asked_and_led_back_from(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_Q)
    type_words("Which ledger?")
    press(Qt.Key.Key_Return)
    project = window.hub.project
    assert {one.text for one in project.all(Comment)} == {"Which ledger?"}
    assert page.card.talk.text() == "Reva Stone: Which ledger? (1 remark)"
    for name in desks.PEOPLE[:2]:
        project.work_as(desks.person_called(project, name))
        (waiting,) = commenting.all_threads(project, for_me=True)
        assert project.get(Mention, waiting.target).annotator_id == project.annotator_id
    project.work_as(desks.person_called(project, REVIEWER))
    press(Qt.Key.Key_Return, CTRL)
    before = page.card.card
    page.tabs.setCurrentIndex(2)
    page.questions.table.setFocus()
    press(Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == 0
    assert page.card.card is not None
    assert before is not None
    assert page.card.card.item.key != before.item.key


def test_editing_takes_a_status_that_nobody_gave(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_1)
    page.asking.edit_sheet.done.setFocus()
    press(Qt.Key.Key_Return)
    assert cells(page, 2)[-1] == "Alleged"


def test_all_that_is_unanimous_is_shown_and_accepted_in_one_step(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_U)
    assert page.asking.unanimous_sheet.list.count() == 2
    assert adjudicated(window) == []
    press(Qt.Key.Key_Return)
    assert len(adjudicated(window)) == 2
    assert page.progress.value() == 2
    press(Qt.Key.Key_Z, CTRL)
    assert adjudicated(window) == []


def test_in_a_job_all_that_is_unanimous_is_one_step_too(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    monkeypatch.setattr(asking, "AT_ONCE", 0)  # so few are accepted at once otherwise
    press(Qt.Key.Key_U)
    with qtbot.waitSignal(window.commands.files.job.ended):
        press(Qt.Key.Key_Return)
    scenes.settle()
    assert sorted(adjudicated(window)) == [
        "Every line we reported has a work order and a photograph",
        "invoices support about 3,150 replacements",
    ]
    assert page.progress.value() == 2
    press(Qt.Key.Key_Z, CTRL)
    assert adjudicated(window) == []
    assert page.progress.value() == 0


def test_a_long_step_is_undone_and_done_again_in_a_job(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    for place in (asking, long_steps):
        monkeypatch.setattr(place, "AT_ONCE", 0)  # so few are undone at once otherwise
    monkeypatch.setattr(accepting, "_BATCH", 1)
    press(Qt.Key.Key_U)
    with qtbot.waitSignal(window.commands.files.job.ended):
        press(Qt.Key.Key_Return)
    for _round in range(2):
        with qtbot.waitSignal(window.commands.files.job.ended):
            press(Qt.Key.Key_Z, CTRL)
        scenes.settle()
        assert adjudicated(window) == []
        assert page.progress.value() == 0
        with qtbot.waitSignal(window.commands.files.job.ended):
            press(Qt.Key.Key_Z, CTRL | SHIFT)
        scenes.settle()
        assert len(adjudicated(window)) == 2
        assert page.progress.value() == 2


def test_f6_goes_through_the_parts_of_the_review(window: MainWindow) -> None:
    page = page_of(window)
    parts = [page.queue_panel.list, page.card.lanes, page.card.votes, page.tabs, page.queue_panel.list]
    for part, follower in itertools.pairwise(parts):
        assert part.hasFocus()
        press(Qt.Key.Key_F6)
        assert follower.hasFocus()
    press(Qt.Key.Key_F6, SHIFT)
    assert page.tabs.hasFocus()
    press(Qt.Key.Key_Right)
    assert page.fates.table.hasFocus()
    press(Qt.Key.Key_F6)
    assert page.tabs.hasFocus()
    press(Qt.Key.Key_F6)
    assert page.fates.table.hasFocus()


def test_words_that_all_missed_are_marked_with_a_status_and_taken_back(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_M)
    assert not page.asking.missed_sheet.overlay.isVisible()  # no words are selected
    page.card.lanes.setFocus()
    cursor = page.card.lanes.textCursor()
    cursor.setPosition(page.card.lanes.toPlainText().index("told residents"))
    page.card.lanes.setTextCursor(cursor)
    press(Qt.Key.Key_Right, CTRL | SHIFT)
    press(Qt.Key.Key_Right, CTRL | SHIFT)
    press(Qt.Key.Key_M)
    press(Qt.Key.Key_2)
    page.asking.missed_sheet.reason.setFocus()
    type_words("they did")
    press(Qt.Key.Key_Return)
    assert adjudicated(window) == ["told residents"]
    missing = [one for one in window.hub.project.all(Review) if one.decision == "missing"]
    assert {one.reason for one in missing} == {"they did"}
    assert page.card.card is not None
    people = {one.id for one in page.card.card.people}
    assert {one.target for one in missing} == people | {one.version_id for one in missing}
    assert [status for _spans, status in page.card.card.missed] == ["disputed"]
    page.tabs.setCurrentIndex(1)
    assert "1 missed" in page.fates.said.text()
    page.fates.who.setCurrentIndex(1)
    page.fates.table.selectRow(page.fates.table.rowCount() - 1)
    page.fates.table.setFocus()
    press(Qt.Key.Key_Return)
    assert window.modes.annotating
    assert window.article.active is not None
    assert window.article.active.adjudicated
    press(Qt.Key.Key_2, CTRL)
    page.tabs.setCurrentIndex(0)
    page.card.lanes.setFocus()
    cursor.setPosition(page.card.lanes.toPlainText().index("residents"))
    page.card.lanes.setTextCursor(cursor)
    press(Qt.Key.Key_Right, CTRL | SHIFT)
    press(Qt.Key.Key_M)
    assert adjudicated(window) == []


def test_names_are_letters_until_the_card_is_decided(window: MainWindow) -> None:
    page = page_of(window)

    def titles() -> list[str]:
        items = [page.card.votes.horizontalHeaderItem(column) for column in (1, 2)]
        return [item.text() for item in items if item]

    assert titles() == ["1  Imani Castellan", "2  Mateo Oyelaran"]
    press(Qt.Key.Key_N)
    assert titles() == ["1  A", "2  B"]
    assert "names are hidden" in page.counts.text()
    told = [str(page.queue_panel.model.index(n, 0).data()) for n in range(page.queue_panel.model.rowCount())]
    assert any(one.startswith(("Only A", "Only B")) for one in told)
    assert not any("Castellan" in one or "Oyelaran" in one for one in told)
    press(Qt.Key.Key_1)
    assert {title[3:] for title in titles()} == {"Imani Castellan", "Mateo Oyelaran"}
    press(Qt.Key.Key_Z, CTRL)
    assert titles() == ["1  A", "2  B"]
    page.tabs.setCurrentIndex(1)
    assert page.fates.table.rowCount() == 0  # whose marks the undecided ones are is not told there either
    page.tabs.setCurrentIndex(0)
    press(Qt.Key.Key_N)
    assert titles() == ["1  Imani Castellan", "2  Mateo Oyelaran"]


def test_enter_opens_the_article_there_and_ctrl_2_leads_back_to_the_card(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_J)
    assert page.card.card is not None
    key = page.card.card.item.key
    press(Qt.Key.Key_Return)
    assert window.modes.annotating
    assert window.article.active_id == key
    press(Qt.Key.Key_2, CTRL)
    assert page.card.card.item.key == key
    assert page.queue_panel.list.hasFocus()


def test_what_is_decided_stays_on_show_until_one_goes_on(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_1)
    assert len(page.queue_panel.model.items) == 6
    press(Qt.Key.Key_Return, CTRL)
    assert len(page.queue_panel.model.items) == 5
    assert page.card.card is not None
    assert page.card.card.decided is None


def test_a_mark_that_is_changed_elsewhere_meanwhile_is_told(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_1)
    vote = page.card.votes and page.card.card
    assert vote is not None
    own = vote.votes[0]
    with Project.open(window.hub.project.path, write=False) as reading:
        assert reading.get(Mention, own.mention_id).layer == "annotation"
    window.hub.project.work_as(own.who)
    annotating.move_mention(window.hub.project, own.mention_id, [(own.spans[0][0], own.spans[0][1] - 5)])
    assert "changed since" in page.card.decision.text()
    assert reviewing.build(window.hub.project).items[0].state == "changed"


def test_what_became_of_ones_marks_and_why(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_W)
    type_words("the ledger says so")
    press(Qt.Key.Key_Return)
    page.tabs.setCurrentIndex(1)
    page.fates.who.setCurrentIndex(page.fates.who.findText("Mateo Oyelaran"))
    texts = [page.fates.table.item(0, column) for column in range(6)]
    assert [one.text() if one else "" for one in texts] == [
        "4,200 lead service lines since 2021",
        "changed",
        "Confirmed → Disputed · “the city had replaced 4,200 lead service lines since 2021”",
        "the ledger says so",
        REVIEWER,
        "",
    ]
    assert page.fates.said.text() == "0 accepted · 1 changed · 0 rejected · 4 not decided"


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow) -> None:
    page = page_of(window)
    inside = [one for one in page.findChildren(QWidget) if one.window() is window]
    stops = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [one for one in stops if not one.accessibleName() and not getattr(one, "text", str)()]
    assert [type(one).__name__ for one in nameless if not one.inherits("QScrollBar")] == []


# An article like those of the collection: quotations by six people, without a status


def by_keys_alone(window: MainWindow) -> int:
    """Decide every card by keys: adopt the first who marked something, reject each third; return how many."""
    page, done = page_of(window), 0
    while page.card.card is not None and page.card.card.decided is None:
        card = page.card.card
        if done % 3 == 2:
            press(Qt.Key.Key_X)
            type_words("no claim")
            press(Qt.Key.Key_Return)
        else:
            place = next(n for n, one in enumerate(card.people) if any(vote.who == one.id for vote in card.votes))
            press(Qt.Key(Qt.Key.Key_1.value + place))
        done += 1
        press(Qt.Key.Key_Return, CTRL)
    return done


def _brat(folder: Path) -> list[Path]:
    text = desks.TEXT
    marked = [
        ["the city had replaced 4,200 lead service lines since 2021", "invoices support about 3,150 replacements"],
        ["had replaced 4,200 lead service lines", "the remaining addresses were counted twice"],
        ["the fastest programme of its size in the state"],
        ["invoices support about 3,150 replacements", "a work order and a photograph"],
        ["4,200 lead service lines since 2021, calling the work"],
        ["the full register would be published", "the fastest programme"],
    ]
    made: list[Path] = []
    for number, words in enumerate(marked):
        name = f"audit_annotator{number}"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        lines = [
            f"T{n}\tContent {text.index(one)} {text.index(one) + len(one)}\t{one}" for n, one in enumerate(words, 1)
        ]
        path = folder / f"{name}.ann"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        made.append(path)
    return made


def decided_by_keys(folder: Path, files: list[Path]) -> None:
    path = folder / "six.annot"
    new_project(path, name="Six", person=REVIEWER)
    with opened(path, write=True, person=REVIEWER) as project:
        for _progress in import_files(project, files, annotator_from="{name}_{annotator}.ann"):
            pass
        total = len(reviewing.build(project).items)
        marks = len(project.all(Mention))
    assert total > 3
    with scenes.scene(path, person=REVIEWER) as window:
        QTest.keyClick(window, Qt.Key.Key_2, CTRL)
        scenes.settle()
        assert by_keys_alone(window) == total
        page = page_of(window)
        assert page.progress.value() == page.progress.maximum() == total
        project = window.hub.project
        assert len([one for one in project.all(Mention) if one.layer == "annotation"]) == marks
        assert len(project.all(Review)) >= marks
        assert check(project).sound


def test_an_article_of_six_people_is_adjudicated_by_keys_alone(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    decided_by_keys(tmp_path, _brat(tmp_path))


def test_a_real_article_of_six_people_is_adjudicated_by_keys_alone(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    files = sorted(POLNEAR.rglob("*.ann")) if POLNEAR.is_dir() else []
    if not files:
        pytest.skip("the collection is not on this machine: ../shared/material/polnear/multi-annotator")
    first = files[0].name.rsplit("_", 1)[0]
    decided_by_keys(tmp_path, [one for one in files if one.name.rsplit("_", 1)[0] == first])
