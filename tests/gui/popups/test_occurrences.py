"""Marking the other places of a mention's words: listed, unticked where they mean something else, one undo step."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.gui.popups.occurrences import Occurrences
from annotator.services import annotating
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = (
    "A foreign fighter 👩‍🚀, they said. Foreign fighters came. No foreign\nfighter was seen;"
    " the foreign fighter was a pianist.\n"
)


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on an article in which the first of several places of the same words is marked and active."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            version = put_article(change, TEXT)
        annotating.mark(project, version.id, [(2, 17)], status="alleged")
    with open_story(qtbot, tmp_path) as made:
        made.press(Key.Key_J)
        made.press(Key.Key_M, CTRL)
        yield made


def card_of(bench: Bench) -> Occurrences:
    return bench.window.commands.occurrences


def marked(bench: Bench) -> list[str]:
    return [TEXT[row.spans[0][0] : row.spans[-1][1]] for row in bench.window.article.rows]


def test_the_other_places_of_whole_words_are_listed_and_marked_as_one_step(bench: Bench) -> None:
    card = card_of(bench)
    assert card.list.hasFocus()
    assert [TEXT[start:end] for start, end in card.ticked()] == ["foreign\nfighter", "foreign fighter"]
    assert card.mark.text() == "Mark 2 places"
    bench.press(Key.Key_Space)
    assert card.mark.text() == "Mark 1 place"
    bench.press(Key.Key_Space)
    bench.press(Key.Key_Return)
    assert not card.card.overlay.isVisible()
    assert marked(bench) == ["foreign fighter", "foreign\nfighter", "foreign fighter"]
    assert len({row.claim_id for row in bench.window.article.rows}) == 1
    bench.press(Key.Key_Z, CTRL)
    assert marked(bench) == ["foreign fighter"]


def test_parts_of_words_and_capitals_count_as_the_person_says(bench: Bench) -> None:
    card = card_of(bench)
    card.whole.setChecked(False)
    assert card.list.count() == 3
    card.case.setChecked(True)
    assert card.list.count() == 2


def test_words_that_stand_nowhere_else_are_told(bench: Bench) -> None:
    card = card_of(bench)
    card.words.setText("pianist fighter")
    assert "nowhere else" in card.count.text()
    assert not card.mark.isEnabled()
    bench.press(Key.Key_Escape)
    assert marked(bench) == ["foreign fighter"]


def test_what_is_marked_already_is_not_listed_again(bench: Bench) -> None:
    bench.press(Key.Key_Return)
    bench.press(Key.Key_M, CTRL)
    assert card_of(bench).list.count() == 0
