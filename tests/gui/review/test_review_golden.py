"""Pictures of the review against those in `golden/`, like those of `test_golden`."""

import sys
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QTextCursor

from annotator.gui.review.page import ReviewPage
from annotator.gui.window import MainWindow
from annotator.services import commenting, deciding
from annotator.services.deciding import Why
from tests.gui import scenes
from tests.gui.pictures import Golden
from tests.gui.review import desks, hands

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "riverton.annot"
    desks.make_review_project(path)
    return path


def shown(window: MainWindow) -> ReviewPage:
    window.modes.go("review")
    scenes.settle()
    return cast("ReviewPage", window.modes.page("review"))


def do(window: MainWindow, *names: str) -> None:
    for name in names:
        window.commands.set[f"review.{name}"].trigger()
        scenes.settle()


def check(golden: Golden, window: MainWindow, name: str) -> None:
    scenes.settle()
    golden.check(window.grab().toImage(), name)


def test_a_card_to_decide(two: Path, golden: Golden) -> None:
    with scenes.scene(two, person=desks.REVIEWER) as window:
        shown(window)
        do(window, "down")
        check(golden, window, "review-light")


def test_a_decided_card_with_a_question(two: Path, golden: Golden) -> None:
    with scenes.scene(two, theme="dark", person=desks.REVIEWER) as window:
        page = shown(window)
        do(window, "down", "adopt.1")
        card = page.card.card
        assert card is not None
        deciding.explain(window.hub.project, card, Why("the letter says so", "ambiguous_text", "fairly"))
        commenting.add(window.hub.project, card.votes[0].mention_id, "Is “counted twice” the auditor’s word?")
        check(golden, window, "review-dark")


def test_six_annotators(tmp_path: Path, golden: Golden) -> None:
    path = tmp_path / "six.annot"
    desks.make_review_project(path, many=True)
    with scenes.scene(path, theme="contrast", person=desks.REVIEWER) as window:
        shown(window)
        do(window, "adopt.4")
        check(golden, window, "review-contrast")


def test_the_smallest_window(two: Path, golden: Golden) -> None:
    with scenes.scene(two, size=(1024, 640), person=desks.REVIEWER) as window:
        shown(window)
        check(golden, window, "review-small")


def test_a_boundary_in_the_hand(two: Path, golden: Golden) -> None:
    with scenes.scene(two, person=desks.REVIEWER) as window:
        lanes = shown(window).card.lanes
        do(window, "adopt.1")
        hands.drag(lanes, hands.held(lanes, 0, 0, "end"), hands.at(lanes, "lead service", end=True), let_go=False)
        check(golden, window, "review-drag")


def test_six_annotators_in_the_smallest_window(tmp_path: Path, golden: Golden) -> None:
    path = tmp_path / "six.annot"
    desks.make_review_project(path, many=True)
    with scenes.scene(path, size=(1024, 640), person=desks.REVIEWER) as window:
        shown(window)
        do(window, "person_next", "person_next")
        check(golden, window, "review-six-small")


def test_a_crowd_in_the_dark(tmp_path: Path, golden: Golden) -> None:
    path = tmp_path / "crowd.annot"
    desks.make_review_project(path, many=True, crowd=12)
    with scenes.scene(path, theme="dark", size=(1180, 720), person=desks.REVIEWER) as window:
        shown(window)
        do(window, "person_previous", "adopt.chosen")
        check(golden, window, "review-crowd")


def test_what_became_of_marks(two: Path, golden: Golden) -> None:
    with scenes.scene(two, person=desks.REVIEWER) as window:
        page = shown(window)
        do(window, "adopt.1", "next", "adopt.2")
        page.tabs.setCurrentIndex(1)
        check(golden, window, "review-fates")


def test_what_was_decided_where_one_annotates(two: Path, golden: Golden) -> None:
    with scenes.scene(two, person=desks.REVIEWER) as window:
        shown(window)
        do(window, "down", "adopt.1", "open")
        window.article.activate(next(one.mention_id for one in window.article.rows if one.adjudicated))
        check(golden, window, "review-in-annotate")


def test_words_that_all_missed_and_letters_for_names(two: Path, golden: Golden) -> None:
    with scenes.scene(two, theme="dark", person=desks.REVIEWER) as window:
        page = shown(window)
        do(window, "names")
        lanes = page.card.lanes
        cursor = lanes.textCursor()
        start = lanes.toPlainText().index("told residents")
        cursor.setPosition(start)
        cursor.setPosition(start + len("told residents"), QTextCursor.MoveMode.KeepAnchor)
        lanes.setTextCursor(cursor)
        do(window, "missed")
        check(golden, window, "review-missed")
