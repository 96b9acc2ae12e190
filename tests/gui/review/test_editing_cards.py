"""What a card comes to is edited, what was missed is named, what became of a mark is answered: by real keys."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.review.page import ReviewPage
from annotator.gui.window import MainWindow
from annotator.model.records import Claim, Comment, Mention, Review
from annotator.services import reviewing
from tests.gui.review import desks
from tests.gui.review.desks import press

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def page_of(window: MainWindow) -> ReviewPage:
    return cast("ReviewPage", window.modes.page("review"))


def kinds(window: MainWindow) -> list[str]:
    project = window.hub.project
    made = [one for one in project.all(Mention) if one.layer == "adjudicated"]
    return [project.get(Claim, one.claim_id).type for one in made]


def test_a_kind_is_typed_and_stands_in_the_table_of_votes(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_E)
    sheet = page.asking.edit_sheet
    sheet.label.setFocus()
    QTest.keyClicks(sheet.label, "Forecast 2")
    sheet.done.setFocus()
    press(Qt.Key.Key_Return)
    assert not sheet.overlay.isVisible()
    assert kinds(window) == ["Forecast 2"]
    heads = [page.card.votes.item(row, 0) for row in range(page.card.votes.rowCount())]
    assert "Kind" in [head.text() for head in heads if head]
    press(Qt.Key.Key_Z, CTRL)
    assert kinds(window) == []


def test_a_kind_is_chosen_from_those_that_there_are(window: MainWindow) -> None:
    page, project = page_of(window), window.hub.project
    marks = [one for one in project.all(Mention) if "fastest" in one.spans[0].quote]
    with project.change("claim.edit") as change:
        change.put(Claim(marks[0].claim_id, marks[0].spans[0].quote, type="Boast"))
    press(Qt.Key.Key_E)
    sheet = page.asking.edit_sheet
    assert [sheet.label.itemText(place) for place in range(sheet.label.count())] == ["Boast"]
    sheet.label.setFocus()
    press(Qt.Key.Key_Down)
    sheet.done.setFocus()
    press(Qt.Key.Key_Return)
    assert kinds(window) == ["Boast"]


def test_what_is_said_to_be_of_another_kind_since_is_told_at_once(window: MainWindow) -> None:
    page, project = page_of(window), window.hub.project
    press(Qt.Key.Key_1)
    card = page.card.card
    assert card is not None
    claim = project.get(Claim, card.votes[0].claim_id)
    with project.change("claim.edit") as change:
        change.put(Claim(claim.id, claim.text, type="Boast", language=claim.language))
    assert "changed since" in page.card.decision.text()
    assert reviewing.build(project).items[0].state == "changed"


def test_who_left_it_out_is_told_and_replies(window: MainWindow) -> None:
    page, project = page_of(window), window.hub.project
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_1)
    table = page.card.votes
    claim_row = [cell.text() if cell else "" for cell in (table.item(0, column) for column in range(1, 4))]
    assert claim_row == ["yes", "missed", "yes"]
    (named,) = [one for one in project.all(Review) if one.decision == "missing"]
    assert named.target == desks.person_called(project, "Mateo Oyelaran")
    page.tabs.setCurrentIndex(1)
    fates = page.fates
    fates.who.setCurrentIndex(fates.who.findText("Mateo Oyelaran"))
    assert "1 missed" in fates.said.text()
    fates.table.selectRow(fates.table.rowCount() - 1)
    fates.reply.setFocus()
    press(Qt.Key.Key_Space)
    QTest.keyClicks(page.asking.ask_sheet.words, "I took it for praise")
    press(Qt.Key.Key_Return)
    (said,) = project.all(Comment)
    assert (said.target, said.text) == (named.proposal, "I took it for praise")
    last = [fates.table.item(fates.table.rowCount() - 1, column) for column in (1, 2, 5)]
    assert [one.text() if one else "" for one in last] == ["missed", "Alleged", "I took it for praise"]
    fates.who.setCurrentIndex(fates.who.findText("Imani Castellan"))
    assert "missed" not in fates.said.text()
