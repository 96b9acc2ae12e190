"""Finding in the article: by keys alone, every place framed, and what was found is marked by the next key."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.finding.bar import FindBar
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "The bridge 👩‍🚀 was safe.\nThe Bridge was not, and the bridgehead “stood”.\nNo bri\u0301dge.\n"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on a project of one article, the focus in the article."""
    del light_theme
    with story(tmp_path) as project, project.change("import") as change:
        put_article(change, TEXT)
    with open_story(qtbot, tmp_path) as made:
        yield made


def bar_of(bench: Bench) -> FindBar:
    return bench.window.pane.find_bar


def typed(bench: Bench, words: str) -> None:
    bench.press(Key.Key_F, CTRL)
    QTest.keyClicks(bar_of(bench).words, words)


def selected(bench: Bench) -> str:
    start, end = bench.window.pane.view.raw_selection()
    return TEXT[start:end]


def test_a_notice_leaves_the_bar_free(bench: Bench, qtbot: QtBot) -> None:
    toast = bench.window.notices.toast

    def free() -> bool:
        here = bar_of(bench)
        return toast.geometry().bottom() < here.mapTo(bench.window, here.rect().topLeft()).y()

    bench.window.notices.tell("It was there before the bar.")
    low = toast.y()
    typed(bench, "bridge")
    qtbot.waitUntil(free)
    bench.window.notices.tell("It came after the bar.")
    assert free()
    bench.press(Key.Key_Escape)
    assert toast.y() == low


def test_typing_finds_and_enter_goes_round(bench: Bench) -> None:
    typed(bench, "bridge")
    bar = bar_of(bench)
    assert bar.words.hasFocus()
    assert (bar.count.text(), selected(bench)) == ("1 of 4", "bridge")
    bench.press(Key.Key_Return)
    assert (bar.count.text(), selected(bench)) == ("2 of 4", "Bridge")
    bench.press(Key.Key_F3)
    bench.press(Key.Key_F3)
    assert (bar.count.text(), selected(bench)) == ("4 of 4", "bri\u0301dge")
    bench.press(Key.Key_Return)
    assert bar.count.text() == "1 of 4"
    bench.press(Key.Key_Return, SHIFT)
    assert bar.count.text() == "4 of 4"
    assert len(bench.window.pane.view.canvas.overlay.found) == 4


def test_what_was_found_is_marked_by_the_next_key(bench: Bench) -> None:
    typed(bench, "stood")
    bench.press(Key.Key_Escape)
    assert not bar_of(bench).isVisible()
    assert not bench.window.pane.view.canvas.overlay.found
    assert selected(bench) == "stood"
    bench.press(Key.Key_2)
    (row,) = bench.window.article.rows
    assert [TEXT[start:end] for start, end in row.spans] == ["stood"]


def test_capitals_and_whole_words_count_when_switched_on(bench: Bench) -> None:
    typed(bench, "Bridge")
    bar = bar_of(bench)
    QTest.mouseClick(bar.whole, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 3"
    QTest.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    assert (bar.count.text(), selected(bench)) == ("1 of 1", "Bridge")


def test_what_is_not_there_is_told_and_nothing_stays_selected(bench: Bench) -> None:
    typed(bench, "tunnel")
    bar = bar_of(bench)
    assert bar.count.text() == "not found"
    assert selected(bench) == ""
    assert not bar.next.isEnabled()
    bar.words.clear()
    QTest.keyClicks(bar.words, "(.*")
    assert bar.count.text() == "not found"


def test_the_selected_words_are_what_is_looked_for(bench: Bench) -> None:
    start = TEXT.index("was not")
    bench.window.pane.view.select_range(start, start + len("was not"))
    bench.press(Key.Key_F, CTRL)
    assert bar_of(bench).words.text() == "was not"
    assert bar_of(bench).count.text() == "1 of 1"


def test_the_nearest_place_after_the_caret_comes_first(bench: Bench) -> None:
    view = bench.window.pane.view
    view.setTextCursor(view.canvas.cursor(TEXT.index("was not")))
    typed(bench, "bridge")
    assert bar_of(bench).count.text() == "3 of 4"
    assert bar_of(bench).accessibleName()
