"""The boundaries of the active mark, dragged with the mouse; parts of it joined, and taken off."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.article_view.handles import Handle
from annotator.gui.article_view.page import Mark, MarkReshaped
from annotator.gui.article_view.view import ArticleView
from annotator.gui.theme import load_theme
from tests.gui.article_view.conftest import Show, heard, mark, place, point_at

TEXT = "The mayor said on Monday that the bridge was safe and that nobody had been hurt.\nEngineers disagree."
MIXED = "Hakim said שהשער נפתח בלילה and then left the room again, they say."
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def active(show: Show, text: str, *marks: Mark, which: str = "m") -> ArticleView:
    view = show(text, *marks)
    view.canvas.movable = True
    view.set_active(which)
    return view


def handle(view: ArticleView, side: str, number: int = 0) -> Handle:
    return next(one for one in view.canvas.handles() if (one.side, one.number) == (side, number))


def take(view: ArticleView, side: str, number: int = 0) -> QPoint:
    """Press on a handle; return where."""
    at = handle(view, side, number).knob.toPoint()
    QTest.mouseMove(view.viewport(), at)
    QTest.mousePress(view.viewport(), LEFT, NONE, at)
    return at


def move(view: ArticleView, code_point: int, *modifiers: Qt.KeyboardModifier) -> QPoint:
    """Move what is held over a letter."""
    to = point_at(view, code_point)
    for modifier in modifiers:
        QTest.keyPress(view, {ALT: Qt.Key.Key_Alt}[modifier])
    QTest.mouseMove(view.viewport(), to - QPoint(40, 0))
    QTest.mouseMove(view.viewport(), to)
    return to


def words(view: ArticleView, told: MarkReshaped) -> list[str]:
    return [view.canvas.page.text[start:end] for start, end in told.spans]


def test_a_dragged_end_snaps_to_the_word_and_is_told_once(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    told = heard(view.mark_reshaped)
    take(view, "end")
    to = move(view, TEXT.index("nobody") + 3)
    assert view.canvas.marks.get("m") is not None
    assert TEXT[slice(*view.canvas.marks.get("m").spans[0])] == "the bridge was safe and that nobody"  # type: ignore[union-attr]
    QTest.mouseRelease(view.viewport(), LEFT, NONE, to)
    (reshaped,) = told
    assert isinstance(reshaped, MarkReshaped)
    assert words(view, reshaped) == ["the bridge was safe and that nobody"]
    assert not view.textCursor().hasSelection()


def test_a_dragged_start_snaps_to_the_word(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    told = heard(view.mark_reshaped)
    take(view, "start")
    QTest.mouseRelease(view.viewport(), LEFT, NONE, move(view, TEXT.index("Monday") + 2))
    (reshaped,) = told
    assert isinstance(reshaped, MarkReshaped)
    assert words(view, reshaped) == ["Monday that the bridge was safe"]


def test_escape_puts_the_boundary_back_and_nothing_is_told(show: Show) -> None:
    one = mark(TEXT, "the bridge was safe")
    view = active(show, TEXT, one)
    told = heard(view.mark_reshaped)
    take(view, "end")
    to = move(view, TEXT.index("nobody") + 3)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.canvas.marks.get("m") == one
    QTest.mouseRelease(view.viewport(), LEFT, NONE, to)
    assert told == []
    assert not view.textCursor().hasSelection()


def test_a_handle_that_is_only_clicked_moves_nothing(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    told = heard(view.mark_reshaped)
    at = take(view, "end")
    QTest.mouseRelease(view.viewport(), LEFT, NONE, at)
    assert told == []


def test_the_parts_of_a_discontinuous_mark_have_handles_of_their_own_and_never_meet(show: Show) -> None:
    spans = (place(TEXT, "the bridge"), place(TEXT, "nobody"))
    view = active(show, TEXT, Mark("m", spans, "disputed"))
    assert len(view.canvas.handles()) == 4
    told = heard(view.mark_reshaped)
    take(view, "end")
    QTest.mouseRelease(view.viewport(), LEFT, NONE, move(view, TEXT.index("hurt")))
    (reshaped,) = told
    assert isinstance(reshaped, MarkReshaped)
    assert words(view, reshaped) == ["the bridge was safe and that", "nobody"]


@pytest.mark.parametrize("zoom", [70, 100, 250])
def test_a_handle_takes_the_mouse_on_24_pixels_and_hangs_below_the_letters(show: Show, zoom: int) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    view.set_zoom(zoom)
    for one in view.canvas.handles():
        assert min(one.target.width(), one.target.height()) >= 24
        assert one.knob.y() > one.bottom
    start, end = view.canvas.handles()
    assert start.knob.x() < start.x
    assert end.x < end.knob.x()


def test_handles_are_painted_in_the_colour_of_the_mark(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("bridge")))  # they come with the mouse
    picture, ink = view.viewport().grab().toImage(), QColor(load_theme("light").status_code("disputed"))
    for one in view.canvas.handles():
        assert picture.pixelColor(one.knob.toPoint()) == ink
        assert picture.pixelColor(round(one.x - 0.5), round(one.top + 3)) == ink


@pytest.mark.parametrize("words", ["bridge", "the bridge was safe"], ids=["a shorter mark", "one as long"])
def test_the_handles_come_also_where_another_mark_lies_over_the_active_one(show: Show, words: str) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"), mark(TEXT, words, "alleged", "n"))
    ink = QColor(load_theme("light").status_code("disputed"))

    def painted() -> set[bool]:
        picture = view.viewport().grab().toImage()
        return {picture.pixelColor(one.knob.toPoint()) == ink for one in view.canvas.handles()}

    assert painted() == {False}
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("bridge") + 2))
    assert painted() == {True}
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("mayor")))
    assert painted() == {False}


def test_taking_hold_at_the_rim_of_the_knob_and_trembling_moves_nothing(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    view.set_zoom(70)
    told = heard(view.mark_reshaped)
    rim = handle(view, "end").target.center().toPoint() + QPoint(11, 0)
    QTest.mouseMove(view.viewport(), rim)
    QTest.mousePress(view.viewport(), LEFT, NONE, rim)
    QTest.mouseMove(view.viewport(), rim + QPoint(1, 1))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, rim + QPoint(1, 1))
    assert told == []


def test_with_alt_the_boundary_goes_by_characters(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    told = heard(view.mark_reshaped)
    take(view, "end")
    to = point_at(view, TEXT.index("nobody") + 3)
    port, button = view.viewport(), Qt.MouseButton.NoButton
    for at in (to - QPoint(40, 0), to):
        moved = QMouseEvent(QEvent.Type.MouseMove, at, port.mapToGlobal(at), button, LEFT, ALT)
        QApplication.sendEvent(port, moved)
    QTest.mouseRelease(port, LEFT, ALT, to)
    (reshaped,) = told
    assert isinstance(reshaped, MarkReshaped)
    assert words(view, reshaped) == ["the bridge was safe and that nob"]


def test_in_right_to_left_words_the_start_is_at_the_right(show: Show) -> None:
    view = active(show, MIXED, mark(MIXED, "שהשער נפתח בלילה"))
    assert handle(view, "start").x > handle(view, "end").x
    assert (handle(view, "start").towards, handle(view, "end").towards) == (1, -1)  # both knobs hang outside
    assert handle(view, "end").x < min(view.canvas.rect_at(MIXED.index("נפתח") + 2).left(), handle(view, "start").x)
    told = heard(view.mark_reshaped)
    take(view, "end")
    to = point_at(view, MIXED.index("נפתח") + 3)
    QTest.mouseMove(view.viewport(), to)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, to)
    (reshaped,) = told
    assert isinstance(reshaped, MarkReshaped)
    assert words(view, reshaped) == ["שהשער נפתח"]


def test_where_the_mark_is_a_colleagues_there_is_nothing_to_drag(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    at = handle(view, "end").knob.toPoint()
    view.canvas.movable = False
    assert view.canvas.handles() == []
    told = heard(view.mark_reshaped)
    QTest.mousePress(view.viewport(), LEFT, NONE, at)
    QTest.mouseMove(view.viewport(), at + QPoint(90, 0))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, at + QPoint(90, 0))
    assert told == []


def test_the_mark_under_the_mouse_is_drawn_stronger_until_it_leaves(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"), mark(TEXT, "Engineers", mark_id="n"))
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("Engineers") + 2))
    assert view.canvas.overlay.hovered == "n"
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("mayor")))
    assert view.canvas.overlay.hovered == ""


def test_a_click_with_control_tells_the_place(show: Show) -> None:
    view = active(show, TEXT, mark(TEXT, "the bridge was safe"))
    told, clicked = heard(view.part_clicked), heard(view.mark_clicked)
    at = TEXT.index("bridge") + 2
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, point_at(view, at))
    assert told == [at]
    assert clicked == []


def joined(view: ArticleView, first: int, last: int) -> int:
    """Return how many pixels under the words [first, last) have the colour of a disputed mark."""
    picture, ink = view.viewport().grab().toImage(), QColor(load_theme("light").status_code("disputed"))
    one, other = view.canvas.rect_at(first), view.canvas.rect_at(last)
    rows, columns = range(one.center().y(), one.bottom() + 8), range(one.left() + 4, other.left() - 8)
    return sum(picture.pixelColor(x, y) == ink for y in rows for x in columns)


def test_the_parts_of_a_mark_are_joined_while_it_is_active_or_under_the_mouse(show: Show) -> None:
    spans = (place(TEXT, "the bridge"), place(TEXT, "nobody"))
    view = show(TEXT, Mark("m", spans, "disputed"))
    between = place(TEXT, "was safe and that")
    assert joined(view, *between) == 0
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("nobody") + 2))
    assert joined(view, *between) > 20
    QTest.mouseMove(view.viewport(), point_at(view, TEXT.index("mayor")))
    assert joined(view, *between) == 0
    view.set_active("m")
    assert joined(view, *between) > 20
