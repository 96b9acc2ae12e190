"""The card of the mark under the mouse: what it tells, that it takes nothing, and when it goes."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.hover_card import HoverCard
from annotator.model.ids import SourceId
from annotator.model.records import Source
from annotator.services import annotating, linking
from tests.gui.article_view.conftest import point_at
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import put_article

Key = Qt.Key
TEXT = "The mayor said that the bridge was safe and that nobody had been hurt.\nEngineers disagree.\n"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on an article in which a claim with speaker, source and note lies in another one."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            version = put_article(change, TEXT)
        annotating.mark(project, version.id, [(20, 70)], status="alleged")
        inner = annotating.mark(project, version.id, [(20, 39)], status="disputed")
        annotating.set_speaker(project, inner.mention_id, name="Dana Okafor")
        annotating.edit_mention(project, inner.mention_id, note="Ask for the report.")
        source = Source(SourceId("01890000-0000-7000-8000-00000000beef"), title="Report of the engineers")
        with project.change("source.edit") as change:
            change.put(source)
        linking.link_source(project, inner.claim_id, source.id, stance="refutes")
    with open_story(qtbot, tmp_path) as made:
        yield made


def rest(bench: Bench, place: int) -> HoverCard:
    """Let the mouse rest over a letter, as Qt tells of it."""
    port = bench.window.pane.view.viewport()
    at = point_at(bench.window.pane.view, place)
    QTest.mouseMove(port, at)
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, at, port.mapToGlobal(at)))
    return bench.window.pane.hover_card


def test_it_tells_status_speaker_sources_and_note_and_takes_no_focus(bench: Bench) -> None:
    card = rest(bench, 22)
    assert card.isVisible()
    told = card.accessibleName()
    for words in ("Disputed", "the bridge was safe", "Dana Okafor", "Refutes: Report of the engineers", "Ask for"):
        assert words in told
    assert "1 more claim is here" in told
    assert bench.window.pane.view.hasFocus()
    assert card.focusPolicy() == Qt.FocusPolicy.NoFocus
    view = bench.window.pane.view
    line = view.canvas.rect_at(22).translated(view.viewport().pos())
    assert card.geometry().top() > line.bottom()


def test_escape_hides_it_and_keeps_the_selection_and_any_other_key_hides_it_too(bench: Bench) -> None:
    view = bench.window.pane.view
    view.select_range(0, 9)
    card = rest(bench, 22)
    bench.press(Key.Key_Escape)
    assert not card.isVisible()
    assert view.textCursor().hasSelection()
    bench.press(Key.Key_Escape)
    assert not view.textCursor().hasSelection()
    assert rest(bench, 22).isVisible()
    assert view.hasFocus()
    bench.press(Key.Key_Right)
    assert not card.isVisible()


def test_it_goes_with_the_mouse_but_not_while_the_mouse_is_over_the_card(bench: Bench, qtbot: QtBot) -> None:
    card = rest(bench, 22)
    QTest.mouseMove(card, QPoint(30, 30))
    QApplication.sendEvent(bench.window.pane.view.viewport(), QEvent(QEvent.Type.Leave))
    assert card.isVisible()
    QTest.mouseMove(bench.window.pane.view.viewport(), point_at(bench.window.pane.view, TEXT.index("Engineers") + 3))
    qtbot.waitUntil(lambda: not card.isVisible())


def test_it_goes_with_the_mouse_to_bare_words_and_at_once_to_another_mark(bench: Bench, qtbot: QtBot) -> None:
    view = bench.window.pane.view
    card = rest(bench, 22)
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("Engineers") + 3))
    qtbot.waitUntil(lambda: not card.isVisible())
    assert rest(bench, 22).isVisible()
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("nobody") + 2))
    assert not card.isVisible()


def test_on_its_way_to_the_card_the_mouse_may_cross_bare_words(bench: Bench) -> None:
    view = bench.window.pane.view
    card = rest(bench, 22)

    def going() -> list[QTimer]:
        return [timer for timer in card.findChildren(QTimer) if timer.isActive()]

    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("Engineers") + 3))
    assert going()
    QTest.mouseMove(card, QPoint(30, 30))
    assert not going()
    assert card.isVisible()


def test_where_no_mark_is_there_is_no_card(bench: Bench) -> None:
    assert not rest(bench, TEXT.index("Engineers") + 3).isVisible()


def test_a_press_on_the_card_goes_to_the_claim(bench: Bench) -> None:
    card = rest(bench, 22)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert not card.isVisible()
    row = bench.window.article.active
    assert row is not None
    assert row.status == "disputed"
