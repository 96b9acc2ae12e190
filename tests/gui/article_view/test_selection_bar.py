"""The bar beside the selection: never over the selected words, never with the focus."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from annotator.gui.article_view.selection_bar import SelectionBar, bar_place
from annotator.gui.widgets.chip import StatusButton
from annotator.model.status import SCHEMES
from tests.gui.article_view.conftest import Show, heard, place

TEXT = "First paragraph here.\n" + "Officials replaced the pipes yesterday and said so. " * 6 + "\n" + "More.\n" * 60


@given(st.integers(0, 600), st.integers(0, 400), st.integers(0, 200), st.integers(20, 120))
def test_the_bar_never_covers_the_selected_lines(top: int, above: int, below: int, height: int) -> None:
    port, window = QRect(60, 0, 640, 700), QRect(0, 0, 760, 700)
    lines = QRect(100, top, 300, height)
    paragraph = QRect(100, top - above, 560, above + height + below)
    bar = QSize(480, 44)
    at = bar_place(bar, paragraph, lines, port, window)
    box = QRect(at, bar)
    assert not box.adjusted(6, 6, -6, -6).intersects(lines.intersected(port))
    assert window.left() <= box.left()
    assert box.right() <= window.right()


def test_it_appears_below_the_paragraph_as_wide_as_its_content_and_goes_with_the_selection(show: Show) -> None:
    view = show(TEXT)
    bar = SelectionBar(view, SCHEMES["default"])
    bar.follow()
    assert bar.isHidden()
    view.select_range(*place(TEXT, "replaced the"))
    bar.follow()
    assert bar.isVisible()
    assert bar.size() == bar.sizeHint()
    boxes = view.selection_boxes()
    assert boxes is not None
    assert not bar.geometry().adjusted(6, 6, -6, -6).intersects(boxes[0])
    view.clear_selection()
    assert bar.isHidden()


def test_with_many_statuses_it_takes_as_many_rows_as_a_narrow_article_asks_for(qtbot: QtBot, show: Show) -> None:
    view = show(TEXT)
    bar = SelectionBar(view, SCHEMES["extended"])
    view.select_range(*place(TEXT, "replaced the"))
    heights: list[int] = []
    for width in (900, 600, 420, 900):
        view.resize(width, 640)
        bar.follow()
        qtbot.waitUntil(lambda: view.reading_area().contains(bar.geometry()))
        heights.append(bar.height())
        shown = bar.rect().adjusted(6, 6, -6, -6)
        assert all(shown.contains(button.geometry()) for button in bar.buttons())
    assert heights[0] < heights[1] < heights[2]
    assert heights[3] == heights[0]


def test_it_hides_while_the_selection_is_scrolled_away(show: Show) -> None:
    view = show(TEXT)
    bar = SelectionBar(view, SCHEMES["default"])
    view.select_range(*place(TEXT, "replaced the"))
    bar.follow()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert not bar.isVisible()
    view.verticalScrollBar().setValue(0)
    assert bar.isVisible()


def test_its_buttons_tell_what_was_pressed_and_leave_the_focus_in_the_text(qtbot: QtBot, show: Show) -> None:
    view = show(TEXT)
    qtbot.waitUntil(view.hasFocus)
    bar = SelectionBar(view, SCHEMES["extended"])
    bar.set_statuses(SCHEMES["default"])
    view.select_range(*place(TEXT, "replaced the"))
    bar.follow()
    assert all(button.accessibleName() and button.height() >= 24 for button in bar.buttons())
    second = next(one for one in bar.buttons() if isinstance(one, StatusButton) and one.status.key == "disputed")
    told = heard(bar.status_chosen)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told == ["disputed"]
    speaker, source = (one for one in bar.buttons() if not isinstance(one, StatusButton))
    for button, signal in ((speaker, bar.speaker_wanted), (source, bar.source_wanted)):
        told = heard(signal)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert told
    assert view.hasFocus()
    assert view.selected_range() == place(TEXT, "replaced the")
    assert isinstance(speaker, QAbstractButton)
