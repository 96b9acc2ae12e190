"""The table of votes: any number of annotators by keys alone, and nothing cut in the smallest window."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidgetItem

from annotator.gui.review.card import numbers
from annotator.gui.review.page import ReviewPage
from annotator.gui.review.vote_cells import STATUS
from annotator.gui.review.vote_painting import answer_width
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.window import MainWindow
from annotator.model.records import Annotator, Evidence, Mention
from annotator.model.status import Status
from tests.gui import scenes
from tests.gui.review import desks
from tests.gui.review.desks import press

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CROWD = 12


@pytest.fixture
def crowd(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    """The smallest window, in Review, on a text that twelve annotators marked."""
    del qapp
    path = tmp_path / "crowd.annot"
    desks.make_review_project(path, many=True, crowd=CROWD)
    with scenes.scene(path, size=(1024, 640), person=desks.REVIEWER) as window:
        QTest.keyClick(window, Qt.Key.Key_2, CTRL)
        scenes.settle()
        yield window


@pytest.fixture
def six(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    del qapp
    path = tmp_path / "six.annot"
    desks.make_review_project(path, many=True)
    with scenes.scene(path, size=(1024, 640), person=desks.REVIEWER) as window:
        QTest.keyClick(window, Qt.Key.Key_2, CTRL)
        scenes.settle()
        yield window


def page_of(window: MainWindow) -> ReviewPage:
    return cast("ReviewPage", window.modes.page("review"))


def adjudicated(window: MainWindow) -> list[Mention]:
    return [one for one in window.hub.project.all(Mention) if one.layer == "adjudicated"]


def words(window: MainWindow) -> list[str]:
    return [one.spans[0].quote for one in adjudicated(window)]


def of_person(window: MainWindow, place: int) -> str:
    """Return what the annotator at a place of the card marked there."""
    card = page_of(window).card.card
    assert card is not None
    return next(card.text[vote.start : vote.spans[0][1]] for vote in card.votes if vote.who == card.people[place].id)


def cell(window: MainWindow, row: int, column: int) -> QTableWidgetItem:
    found = page_of(window).card.votes.item(row, column)
    assert found is not None
    return found


def test_a_tenth_annotator_is_chosen_by_keys_and_adopted(crowd: MainWindow) -> None:
    page = page_of(crowd)
    assert page.card.card is not None
    assert len(page.card.card.people) == CROWD
    for _step in range(10):
        press(Qt.Key.Key_Colon)
    assert page.card.votes.person == 9
    press(Qt.Key.Key_0)
    assert words(crowd) == [of_person(crowd, 9)]
    press(Qt.Key.Key_Semicolon)
    press(Qt.Key.Key_0)
    assert words(crowd) == [of_person(crowd, 8)]
    assert of_person(crowd, 8) != of_person(crowd, 9)


def test_no_annotator_is_chosen_before_a_key_says_so(crowd: MainWindow) -> None:
    page = page_of(crowd)
    assert page.card.votes.person == -1
    press(Qt.Key.Key_0)
    assert adjudicated(crowd) == []
    press(Qt.Key.Key_Semicolon)
    assert page.card.votes.person == CROWD - 1


def test_in_the_table_arrows_and_enter_reach_everybody(crowd: MainWindow) -> None:
    page = page_of(crowd)
    table = page.card.votes
    assert table.people_down
    table.setFocus()
    for _step in range(CROWD):
        press(Qt.Key.Key_Down)
    assert table.person == CROWD - 1
    assert table.question == "status"
    press(Qt.Key.Key_Return)
    assert words(crowd) == [of_person(crowd, CROWD - 1)]
    assert not crowd.modes.annotating
    press(Qt.Key.Key_Left)
    assert table.question == "boundaries"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return, SHIFT)
    assert words(crowd) == [of_person(crowd, CROWD - 2)]
    press(Qt.Key.Key_Z, CTRL)
    assert words(crowd) == [of_person(crowd, CROWD - 1)]


def test_where_nobody_is_chosen_enter_in_the_table_opens_the_article(crowd: MainWindow) -> None:
    page_of(crowd).card.votes.setFocus()
    press(Qt.Key.Key_Return)
    assert crowd.modes.annotating


def test_two_annotators_are_columns_and_enter_adopts_there_too(window: MainWindow) -> None:
    page = page_of(window)
    table = page.card.votes
    assert not table.people_down
    table.setFocus()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert table.person == 1
    press(Qt.Key.Key_Right)
    assert table.person == -1  # what is decided is nobody's
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Up)
    assert table.question == "boundaries"
    press(Qt.Key.Key_Return)
    assert words(window) == ["4,200 lead service lines since 2021"]


def test_who_is_chosen_stays_on_the_next_card_of_the_text(window: MainWindow) -> None:
    page = page_of(window)
    press(Qt.Key.Key_Colon)
    press(Qt.Key.Key_Colon)
    press(Qt.Key.Key_J)
    assert page.card.votes.person == 1
    assert page.card.votes.question == "status"
    press(Qt.Key.Key_0, SHIFT)
    assert [window.hub.project.desk_status_of(one.claim_id) for one in adjudicated(window)] == ["alleged"]


@pytest.mark.parametrize("size", [(1024, 640), (1180, 700), (1440, 900)])
def test_every_status_is_whole_with_six_annotators(six: MainWindow, size: tuple[int, int]) -> None:
    six.resize(*size)
    scenes.settle()
    table = page_of(six).card.votes
    statuses = 0
    for row, column in itertools.product(range(table.rowCount()), range(table.columnCount())):
        status = cell(six, row, column).data(STATUS)
        if isinstance(status, Status):
            statuses += 1
            assert table.columnWidth(column) >= answer_width([cell(six, row, column).text()])
    assert statuses == 6
    assert table.horizontalScrollBar().maximum() == 0
    assert table.people_down == (size[0] < 1440)


def test_the_buttons_take_two_lines_and_say_whom_they_keep(six: MainWindow) -> None:
    page = page_of(six)
    buttons = page.card.buttons.findChildren(KeyedButton)
    assert "Keep Bo Lindqvist, key 2" in [one.accessibleName() for one in buttons]
    assert len({one.y() for one in buttons}) == 2


def test_of_many_those_with_the_same_marks_share_a_lane(six: MainWindow) -> None:
    lanes = page_of(six).card.lanes.shown.lanes
    assert [(one.label, one.name) for one in lanes] == [
        ("1 3", "Ana Ruiz, Chidi Obi"),
        ("2 5", "Bo Lindqvist, Imani Castellan"),
        ("4 6", "Dana Weiss, Mateo Oyelaran"),
    ]


@pytest.mark.parametrize(
    ("places", "told"), [([0], "1"), ([0, 1], "1 2"), ([0, 1, 2, 4], "1–3 5"), ([3, 5, 6, 7, 11], "4 6–8 12")]
)
def test_numbers_in_a_row_are_a_range(places: list[int], told: str) -> None:
    assert numbers(places) == told


def test_the_tip_of_sources_tells_their_words_and_places(window: MainWindow) -> None:
    project = window.hub.project
    own = next(one for one in project.all(Evidence) if one.stance == "refutes")
    project.work_as(own.annotator_id)
    with project.change("evidence.edit") as change:
        change.put(Evidence(own.id, own.claim_id, own.source_id, own.annotator_id, "refutes", "3,150", "p. 2"))
    tip = cell(window, 4, 1).toolTip()
    assert "3,150" in tip
    assert "p. 2" in tip
    assert project.get(Annotator, own.annotator_id).name == "Imani Castellan"
