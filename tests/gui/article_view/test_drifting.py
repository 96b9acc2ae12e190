"""What is held beyond the article's edge scrolls it on: a selection, a part with Ctrl, a boundary; and then stops."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.article_view.drifting import step
from annotator.gui.article_view.page import MarkReshaped, SpanChosen
from annotator.gui.article_view.view import ArticleView
from tests.gui.article_view.conftest import Show, heard, mark, point_at

TEXT = "\n".join(f"Paragraph {number} says that the bridge was safe." for number in range(120))
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def move(view: ArticleView, to: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Move the mouse, with the left button down, also beyond the window, as the window that has the mouse is told."""
    port = view.viewport()
    event = QMouseEvent(QEvent.Type.MouseMove, to, port.mapToGlobal(to), Qt.MouseButton.NoButton, LEFT, modifiers)
    QApplication.sendEvent(port, event)


def release(view: ArticleView, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    port = view.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseButtonRelease, at, port.mapToGlobal(at), LEFT, Qt.MouseButton.NoButton, modifiers
    )
    QApplication.sendEvent(port, event)


def below(view: ArticleView, by: int = 80) -> QPoint:
    return QPoint(200, view.viewport().height() + by)


def begin(view: ArticleView, words: str, modifiers: Qt.KeyboardModifier = NONE) -> int:
    """Press before words; return where they are."""
    start = TEXT.index(words)
    QTest.mousePress(view.viewport(), LEFT, modifiers, view.canvas.rect_at(start).center())
    return start


@pytest.mark.parametrize("modifiers", [NONE, CTRL], ids=["a selection", "a further part"])
def test_a_selection_held_below_the_article_goes_on_under_a_resting_mouse(
    show: Show, qtbot: QtBot, modifiers: Qt.KeyboardModifier
) -> None:
    view = show(TEXT)
    told = heard(view.span_chosen)
    start, in_view = begin(view, "bridge was", modifiers), view.canvas.view_range()[1]
    move(view, below(view), modifiers)
    qtbot.waitUntil(lambda: view.raw_selection()[1] > 2 * in_view)
    assert view.raw_selection()[0] == start
    last = view.canvas.view_range()[1]
    assert abs(view.raw_selection()[1] - last) < 60  # it goes as far as one sees
    release(view, below(view), modifiers)
    reached = view.verticalScrollBar().value()
    assert not view.drift.is_going
    (chosen,) = told
    assert isinstance(chosen, SpanChosen)
    assert (chosen.start, chosen.add) == (start, modifiers == CTRL)
    assert chosen.end > 2 * in_view
    assert view.verticalScrollBar().value() == reached


def test_it_goes_up_as_well_and_rests_while_the_mouse_is_over_the_article(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT)
    view.select_range(TEXT.index("Paragraph 60"), TEXT.index("Paragraph 61"))
    view.clear_selection()
    bar = view.verticalScrollBar()
    began, first = bar.value(), view.canvas.view_range()[0]
    end = begin(view, "60 says")
    move(view, QPoint(200, -250))
    qtbot.waitUntil(lambda: bar.value() < began - 200)
    assert view.raw_selection()[0] < first
    assert view.raw_selection()[1] == end
    move(view, QPoint(200, 100))
    assert not view.drift.is_going
    move(view, QPoint(200, -250))
    assert view.drift.is_going
    qtbot.waitUntil(lambda: bar.value() == 0)
    assert view.raw_selection()[0] < TEXT.index("Paragraph 1 ")
    release(view, QPoint(200, -250))
    assert not view.drift.is_going


def test_a_boundary_held_below_the_article_goes_on_and_escape_stops_it(show: Show, qtbot: QtBot) -> None:
    one = mark(TEXT, "bridge was safe")
    view = show(TEXT, one)
    view.canvas.movable = True
    view.set_active("m")
    told, bar, in_view = heard(view.mark_reshaped), view.verticalScrollBar(), view.canvas.view_range()[1]

    def take() -> None:
        knob = next(handle for handle in view.canvas.handles() if handle.side == "end").knob.toPoint()
        QTest.mouseMove(view.viewport(), knob)
        QTest.mousePress(view.viewport(), LEFT, NONE, knob)
        move(view, below(view))

    def end() -> int:
        shown = view.canvas.marks.get("m")
        return shown.spans[0][1] if shown else -1

    take()
    qtbot.waitUntil(lambda: end() > 2 * in_view)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.drift.is_going
    assert view.canvas.marks.get("m") == one
    move(view, below(view))  # the button is still down, but nothing is held
    assert not view.drift.is_going
    release(view, below(view))
    assert told == []
    assert not view.textCursor().hasSelection()
    bar.setValue(0)
    take()
    qtbot.waitUntil(lambda: end() > in_view + 300)
    release(view, below(view))
    assert not view.drift.is_going
    (reshaped,) = told
    assert isinstance(reshaped, MarkReshaped)
    assert reshaped.spans[0][1] > in_view + 300


def test_a_press_on_a_strip_scrolls_nothing(show: Show) -> None:
    view = show(TEXT, mark(TEXT, "bridge was safe"))
    canvas = view.canvas
    (strip,) = canvas.gutter.strips(view.document().begin(), canvas.marks, canvas.places)
    at = QPoint(round(canvas.gutter.x_of(strip.slot)), point_at(view, TEXT.index("bridge")).y())
    QTest.mousePress(view.viewport(), LEFT, NONE, at)
    move(view, below(view))
    assert not view.drift.is_going
    release(view, below(view))


def test_a_hidden_article_scrolls_no_more(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT)
    begin(view, "bridge was")
    move(view, below(view))
    assert view.drift.is_going
    view.hide()
    qtbot.waitUntil(lambda: not view.drift.is_going)


def test_the_farther_away_the_faster_and_to_the_side_of_the_mouse() -> None:
    assert step(0) == 0
    speeds = [step(distance) for distance in (1, 20, 80, 200, 5000)]
    assert speeds == sorted(set(speeds) | {speeds[0]})
    assert speeds[0] > 0
    assert step(-80) == -step(80)
    assert speeds[-1] < 100  # one can still read what goes by
