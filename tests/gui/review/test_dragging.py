"""Boundaries in a card by mouse: the handles of what it comes to, as those of a mention in the article."""

from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.review.lanes import LanesView
from annotator.gui.review.page import ReviewPage
from annotator.gui.window import MainWindow
from annotator.model.records import Mention
from annotator.services import annotating
from tests.gui import scenes
from tests.gui.review import desks
from tests.gui.review.desks import press
from tests.gui.review.hands import at, drag, held, move

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow) -> ReviewPage:
    return cast("ReviewPage", window.modes.page("review"))


def decided(window: MainWindow) -> list[str]:
    found = [one for one in window.hub.project.all(Mention) if one.layer == "adjudicated"]
    return [" … ".join(span.quote for span in one.spans) for one in found]


def test_dragging_the_end_decides_the_boundaries_at_a_word_in_one_step(window: MainWindow, page: ReviewPage) -> None:
    lanes = page.card.lanes
    assert lanes.shown.proposed
    drag(lanes, held(lanes, 0, 0, "end"), at(lanes, "4,200 lead", end=True))
    assert decided(window) == ["the city had replaced 4,200 lead"]
    assert not lanes.shown.proposed
    assert page.progress.value() == 1
    drag(lanes, held(lanes, 0, 0, "start"), at(lanes, "replaced 4,200"))
    assert decided(window) == ["replaced 4,200 lead"]
    press(Qt.Key.Key_Z, CTRL)
    assert decided(window) == ["the city had replaced 4,200 lead"]
    press(Qt.Key.Key_Z, CTRL)
    assert decided(window) == []
    assert lanes.shown.proposed


def test_with_alt_it_is_the_letter_itself(window: MainWindow, page: ReviewPage) -> None:
    lanes = page.card.lanes
    drag(lanes, held(lanes, 0, 0, "end"), at(lanes, "lead servi", end=True), ALT)
    assert decided(window) == ["the city had replaced 4,200 lead servi"]


def test_while_it_is_dragged_the_words_are_framed_and_nothing_is_written(window: MainWindow, page: ReviewPage) -> None:
    lanes = page.card.lanes
    drag(lanes, held(lanes, 0, 0, "end"), at(lanes, "4,200 lead", end=True), let_go=False)
    (spans,) = lanes.grips.spans()
    assert lanes.shown.text[spans[0][0] : spans[0][1]].endswith("4,200 lead")
    assert decided(window) == []
    press(Qt.Key.Key_Escape)
    assert not lanes.grips.is_dragging
    assert page.isVisible()
    (spans,) = lanes.grips.spans()
    assert lanes.shown.text[spans[0][0] : spans[0][1]].endswith("since 2021")
    QTest.mouseRelease(lanes.viewport(), LEFT, NONE, at(lanes, "4,200 lead", end=True).toPoint())
    assert decided(window) == []


def test_after_escape_the_mouse_that_is_still_down_selects_nothing(page: ReviewPage) -> None:
    lanes = page.card.lanes
    drag(lanes, held(lanes, 0, 0, "end"), at(lanes, "4,200 lead", end=True), let_go=False)
    press(Qt.Key.Key_Escape)
    move(lanes, at(lanes, "Mayor").toPoint(), NONE)
    assert not lanes.textCursor().hasSelection()


def test_dragged_below_the_edge_the_text_scrolls_on(window: MainWindow, page: ReviewPage) -> None:
    lanes = page.card.lanes
    window.resize(1024, 640)
    scenes.settle()
    bar = lanes.verticalScrollBar()
    before = bar.value()
    assert bar.maximum() > before
    below = QPointF(at(lanes, "4,200").x(), lanes.viewport().height() + 30.0)
    drag(lanes, held(lanes, 0, 0, "end"), below, let_go=False)
    scenes.wait_for(lambda: bar.value() > before)
    QTest.mouseRelease(lanes.viewport(), LEFT, NONE, below.toPoint())
    assert not lanes.drift.is_going
    assert len(decided(window)[0]) > len("the city had replaced 4,200 lead service lines since 2021")


def test_a_click_on_a_handle_moves_nothing(window: MainWindow, page: ReviewPage) -> None:
    lanes = page.card.lanes
    QTest.mouseClick(lanes.viewport(), LEFT, NONE, held(lanes, 0, 0, "end").knob.toPoint())
    assert decided(window) == []
    assert lanes.hasFocus()


def test_words_below_a_line_and_its_lanes_are_those_of_the_line(window: MainWindow, page: ReviewPage) -> None:
    lanes = page.card.lanes
    point = at(lanes, "4,200 lead", end=True)
    point.setY(point.y() + lanes.lane_depth(1))
    drag(lanes, held(lanes, 0, 0, "end"), point)
    assert decided(window) == ["the city had replaced 4,200 lead"]


def test_every_part_has_handles(window: MainWindow, page: ReviewPage) -> None:
    project, text = window.hub.project, desks.TEXT
    mateo = desks.person_called(project, "Mateo Oyelaran")
    mark = next(one for one in project.all(Mention) if one.annotator_id == mateo and "4,200" in one.spans[0].quote)
    first, second = text.index("4,200 lead"), text.index("since 2021")
    project.work_as(mateo)
    annotating.move_mention(project, mark.id, [(first, first + 10), (second, second + 10)])
    project.work_as(desks.person_called(project, desks.REVIEWER))
    press(Qt.Key.Key_2)
    assert decided(window) == ["4,200 lead … since 2021"]
    lanes = page.card.lanes
    ends = {(one.number, one.side) for _place, one in lanes.grips.handles()}
    assert ends == {(0, "start"), (0, "end"), (1, "start"), (1, "end")}
    drag(lanes, held(lanes, 0, 0, "end"), at(lanes, "service", end=True))
    assert decided(window) == ["4,200 lead service … since 2021"]
    drag(lanes, held(lanes, 0, 1, "start"), at(lanes, "lines"))
    assert decided(window) == ["4,200 lead service … lines since 2021"]


def test_the_words_stay_whole_where_the_decision_reaches_further_than_any_mark(
    window: MainWindow, page: ReviewPage
) -> None:
    lanes = page.card.lanes
    drag(lanes, held(lanes, 0, 0, "start"), at(lanes, "Mayor"))
    assert decided(window)[0].startswith("Mayor Dana Okafor told residents")
    shown = lanes.shown.text[slice(*lanes.shown.outcome[0][0][0])]
    assert shown == decided(window)[0]


def test_the_mouse_shows_what_can_be_dragged(page: ReviewPage) -> None:
    lanes = page.card.lanes
    move(lanes, held(lanes, 0, 0, "end").knob.toPoint(), NONE, Qt.MouseButton.NoButton)
    assert lanes.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    move(lanes, at(lanes, "Mayor").toPoint(), NONE, Qt.MouseButton.NoButton)
    assert lanes.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


def test_what_is_no_claim_and_a_project_for_reading_have_no_handles(page: ReviewPage) -> None:
    press(Qt.Key.Key_X)
    QTest.keyClicks(page.asking.why_sheet.reason, "no claim")
    press(Qt.Key.Key_Return)
    assert page.card.lanes.grips.handles() == []
    press(Qt.Key.Key_Z, CTRL)
    assert page.card.lanes.grips.handles()
    page.card.lanes.movable = False
    assert page.card.lanes.grips.handles() == []


def test_by_keys_from_the_text_the_ends_move_by_words_as_where_one_annotates(
    window: MainWindow, page: ReviewPage
) -> None:
    page.card.lanes.setFocus()
    told: list[str] = []
    window.hub.announced.connect(told.append)
    press(Qt.Key.Key_Left, ALT)
    assert decided(window) == ["the city had replaced 4,200 lead service lines since"]
    press(Qt.Key.Key_Right, ALT | SHIFT)
    assert decided(window) == ["city had replaced 4,200 lead service lines since"]
    assert told[-1].endswith("city had replaced 4,200 lead service lines since")
    assert page.card.lanes.hasFocus()


def test_inside_a_selection_another_one_begins(page: ReviewPage) -> None:
    lanes = page.card.lanes
    cursor = lanes.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(40, cursor.MoveMode.KeepAnchor)
    lanes.setTextCursor(cursor)
    start, end = at(lanes, "Okafor"), at(lanes, "residents")
    QTest.mousePress(lanes.viewport(), LEFT, NONE, start.toPoint())
    move(lanes, end.toPoint(), NONE)
    QTest.mouseRelease(lanes.viewport(), LEFT, NONE, end.toPoint())
    assert lanes.shown.text[slice(*lanes.selected())] == "Okafor told"
    QTest.mouseClick(lanes.viewport(), LEFT, SHIFT, at(lanes, "on Tuesday", end=True).toPoint())
    assert lanes.shown.text[slice(*lanes.selected())] == "Okafor told residents on Tuesday"
    QTest.mouseDClick(lanes.viewport(), LEFT, NONE, at(lanes, "esidents").toPoint())
    assert lanes.shown.text[slice(*lanes.selected())] == "residents"


# Zoom


def size_of(lanes: LanesView) -> int:
    return lanes.document().firstBlock().charFormat().font().pixelSize()


def turn(lanes: LanesView, by: int) -> None:
    middle = QPointF(lanes.viewport().rect().center())
    event = QWheelEvent(
        middle,
        QPointF(lanes.viewport().mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )
    QApplication.sendEvent(lanes.viewport(), event)


def test_the_words_follow_the_zoom_of_reading_by_keys_and_wheel(window: MainWindow, page: ReviewPage) -> None:
    lanes, view = page.card.lanes, window.pane.view
    usual = lanes.document().size().height()
    press(Qt.Key.Key_Plus, CTRL)
    assert view.zoom() == 110
    larger = lanes.document().size().height()
    assert larger > usual
    turn(lanes, 120)
    assert view.zoom() == 120
    assert lanes.document().size().height() > larger
    turn(lanes, -120)
    turn(lanes, -120)
    turn(lanes, -120)
    assert view.zoom() == 90
    assert lanes.document().size().height() < usual
    press(Qt.Key.Key_0, CTRL)
    assert view.zoom() == 100
    assert lanes.document().size().height() == usual


def test_a_review_that_is_made_after_the_zoom_has_it(window: MainWindow, page: ReviewPage) -> None:
    window.pane.view.set_zoom(150)
    made = ReviewPage(window)
    other = LanesView(window.hub.statuses)
    other.set_zoom(100)
    made.card.lanes.resize(700, 400)
    other.resize(700, 400)
    for one in (made.card.lanes, other):
        one.show_lanes(page.card.lanes.shown)
    assert made.card.lanes.document().size().height() > other.document().size().height()
    for one in (made, other):
        one.deleteLater()
