"""What a person does in the article, by real keys and mouse; every place told is a code point of the stored text."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.article_view.page import Mark, MarkClicked, Page, SpanChosen
from annotator.gui.article_view.view import ArticleView
from annotator.model.utf16 import LONGEST
from tests.gui.article_view.conftest import Show, drag, heard, mark, place, point_at

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton

STRANGE = (
    "One \U0001f469\u200d\U0001f469\u200d\U0001f467 family e\u0301t\u0301 of 𝔘nicode, "
    "said “the\u00a0mayor” in court.\nقالت المتحدثة إن Riverton Water أنفقت مليون."
)


@pytest.mark.parametrize("words", ["family", "𝔘nicode", "mayor", "court", "Riverton"])
def test_a_drag_tells_code_points(show: Show, words: str) -> None:
    view = show(STRANGE)
    start, end = place(STRANGE, words)
    told = heard(view.span_chosen)
    drag(view, start, end)
    assert told == [SpanChosen(start, end)]
    assert STRANGE[slice(*view.selected_range())] == words


def test_a_drag_over_half_words_takes_whole_ones_and_with_alt_the_letters(show: Show) -> None:
    view = show("Officials replaced the pipes yesterday.")
    drag(view, 12, 25)
    assert view.selected_range() == place("Officials replaced the pipes yesterday.", "replaced the pipes")
    view.clear_selection()
    drag(view, 12, 25, ALT)
    assert view.selected_range() == (12, 25)


def test_a_drag_with_control_asks_for_a_further_span(show: Show) -> None:
    view = show("Officials replaced the pipes yesterday.")
    told = heard(view.span_chosen)
    drag(view, 10, 18, CTRL)
    assert told == [SpanChosen(10, 18, add=True)]


def test_shift_and_arrows_select_whole_words_and_go_on_from_where_they_were(show: Show) -> None:
    text = "a \U0001f469\u200d\U0001f467 b residents said so"
    view = show(text)
    start, end = place(text, "residents")
    view.setTextCursor(view.canvas.cursor(start))
    told = heard(view.span_chosen)
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.raw_selection() == (start, start + 4)
    assert view.selected_range() == (start, end)
    assert told[-1] == SpanChosen(start, end)
    for _ in range(7):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert text[slice(*view.selected_range())] == "residents said"
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "residents said"


def test_control_and_arrows_select_by_word(show: Show) -> None:
    text = "the residents said so"
    view = show(text)
    view.setTextCursor(view.canvas.cursor(4))
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert text[slice(*view.selected_range())] == "residents"
    assert view.verticalScrollBar().value() == 0


def test_a_very_long_line_is_shown_in_blocks_and_told_without_them(show: Show, qtbot: QtBot) -> None:
    text = "Head.\n" + "long words 🙂 of one line " * 400 + "the last claim."
    view = show(text)
    assert view.document().blockCount() > len(text) // LONGEST
    view.select_range(*place(text, "last claim"))
    assert view.selected_range() == place(text, "last claim")
    start, end = LONGEST - 40, LONGEST + 60
    view.select_range(start, end)
    assert view.raw_selection() == (start, end)
    assert view.createMimeDataFromSelection().text() == text[start:end]
    first = view.canvas.rect_at(text.index("claim"))
    view.select_range(*place(text, "last claim"))
    room = view.viewport().height()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == round(view.document().size().height()) - room)
    drag(view, text.index("claim"), len(text) - 1)
    assert view.selected_range() == place(text, "claim")
    assert first.isValid()


def test_a_press_inside_a_selection_starts_a_new_one(show: Show) -> None:
    text = "Officials replaced the pipes yesterday."
    view = show(text)
    drag(view, 0, 28)
    drag(view, *place(text, "replaced"))
    assert view.selected_range() == place(text, "replaced")


def test_space_grows_shrinks_and_does_not_scroll(show: Show) -> None:
    text = "First one.\nOfficials replaced the pipes yesterday. They said so.\n" + "More words here.\n" * 80
    view = show(text)
    view.setTextCursor(view.canvas.cursor(text.index("pipes") + 2))
    grown: list[str] = []
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Space)
        grown.append(text[slice(*view.selected_range())])
    assert grown[0] == "pipes"
    assert grown[-1] == "Officials replaced the pipes yesterday. They said so."
    assert len(grown[1]) < len(grown[-1])
    assert view.verticalScrollBar().value() == 0
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Space, SHIFT)
    assert text[slice(*view.selected_range())] in {"pipes", ""}


def test_brackets_go_by_sentence(show: Show) -> None:
    text = "One is here. Two is there. Three is nowhere."
    view = show(text)
    QTest.keyClicks(view, "]")
    assert view.caret() == text.index("Two")
    QTest.keyClicks(view, "]")
    assert view.caret() == text.index("Three")
    QTest.keyClicks(view, "[")
    assert view.caret() == text.index("Two")


def test_escape_clears_the_selection_first_and_is_the_windows_then(light_window: "Window") -> None:
    view, keys = light_window.view, light_window.heard
    view.select_range(0, 5)
    told = heard(view.selection_cleared)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert told
    assert keys == []
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert keys == ["Esc"]


@pytest.mark.parametrize("keys", ["1", "2", "S", "L", "J", ".", "?", "Shift+J", "Alt+Right", "Ctrl+PgDown", "Del"])
def test_keys_of_the_window_reach_it(light_window: "Window", keys: str) -> None:
    QTest.keySequence(light_window.view, QKeySequence(keys))
    assert light_window.heard == [keys]


class Window(QWidget):
    """A window with shortcuts and an article view in it."""

    KEYS = ("1", "2", "S", "L", "J", ".", "?", "Shift+J", "Alt+Right", "Ctrl+PgDown", "Del", "Esc")

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self.view = view
        self.heard: list[str] = []
        QVBoxLayout(self).addWidget(view)
        for keys in self.KEYS:
            QShortcut(QKeySequence(keys), self).activated.connect(lambda keys=keys: self.heard.append(keys))


@pytest.fixture
def light_window(qtbot: QtBot, show: Show) -> Window:
    view = show("Officials replaced the pipes yesterday. " * 30)
    window = Window(view)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return window


@pytest.mark.parametrize("words", ["“the\u00a0mayor”", "e\u0301t\u0301", "\U0001f467 family", "court.\nقالت"])
def test_copy_gives_the_stored_characters(show: Show, words: str) -> None:
    view = show(STRANGE)
    view.select_range(*place(STRANGE, words))
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == words


def test_invisible_and_reordering_characters_are_shown_and_copied_as_stored(show: Show) -> None:
    text = "paid \u202e000,09\u202c now\u200b or \u2066never\u2069"
    view = show(text)
    assert not set("\u202e\u202c\u200b\u2066\u2069") & set(view.document().toRawText())
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == text


def test_a_click_on_a_mark_tells_the_shortest_and_again_the_next(show: Show) -> None:
    text = "Officials replaced the pipes yesterday."
    view = show(text, mark(text, "replaced the pipes", mark_id="long"), mark(text, "pipes", mark_id="short"))
    told: list[MarkClicked] = []

    def hear(clicked: MarkClicked) -> None:
        told.append(clicked)
        view.set_active(clicked.id)

    view.mark_clicked.connect(hear)
    at = point_at(view, text.index("pipes") + 1)
    for _ in range(3):
        QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    assert [one.id for one in told] == ["short", "long", "short"]
    QTest.mouseClick(view.viewport(), LEFT, NONE, point_at(view, 2))
    assert len(told) == 3


def test_a_click_on_a_strip_tells_its_mark_and_selects_nothing(show: Show) -> None:
    text = "Officials replaced the pipes yesterday."
    view = show(text, mark(text, "replaced", mark_id="a"))
    canvas = view.canvas
    (strip,) = canvas.gutter.strips(view.document().begin(), canvas.marks, canvas.places)
    at = QPoint(round(canvas.gutter.x_of(strip.slot)), canvas.rect_at(3).center().y())
    told = heard(view.mark_clicked)
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    assert told == [MarkClicked("a")]
    assert not view.textCursor().hasSelection()


def test_an_active_mark_far_away_comes_into_view(show: Show) -> None:
    text = "\n".join(f"Paragraph {i} says little." for i in range(2000))
    view = show(text, mark(text, "Paragraph 1900", mark_id="far"), mark(text, "Paragraph 3 ", mark_id="near"))
    view.set_active("far")
    rect = view.canvas.rect_at(text.index("Paragraph 1900"))
    assert view.viewport().rect().contains(rect)
    assert view.caret() == text.index("Paragraph 1900")
    first, last = view.canvas.view_range()
    assert first < text.index("Paragraph 1900") < last
    view.set_active("nobody")
    assert view.active() == ""


def test_zoom_and_theme_keep_place_and_selection(show: Show) -> None:
    text = "\n".join(f"Paragraph {i} says little." for i in range(300))
    view = show(text)
    view.select_range(*place(text, "Paragraph 150 says"))
    told = heard(view.zoomed)
    view.set_zoom(160)
    assert told == [160]
    assert view.selected_range() == place(text, "Paragraph 150 says")
    first, last = view.canvas.view_range()
    assert first <= text.index("Paragraph 150") <= last
    view.set_zoom(1000)
    assert view.zoom() == 250


def test_the_same_version_keeps_caret_and_scroll_place(show: Show) -> None:
    text = "\n".join(f"Paragraph {i} says little." for i in range(300))
    view = show(text)
    view.select_range(*place(text, "Paragraph 200"))
    value = view.verticalScrollBar().value()
    view.show_page(Page("v1", text, marks=(mark(text, "Paragraph 200"),)))
    assert view.verticalScrollBar().value() == value
    assert view.selected_range() == place(text, "Paragraph 200")
    view.show_page(Page("v2", "Another text."))
    assert (view.caret(), view.verticalScrollBar().value()) == (0, 0)


def test_drops_are_told_and_nothing_is_opened(show: Show) -> None:
    view = show("Officials replaced the pipes.")

    def drop(what: QMimeData) -> None:
        enter = QDragEnterEvent(QPoint(60, 60), Qt.DropAction.CopyAction, what, LEFT, NONE)
        QApplication.sendEvent(view.viewport(), enter)
        assert enter.isAccepted()
        event = QDropEvent(QPointF(60, 60), Qt.DropAction.CopyAction, what, LEFT, NONE)
        QApplication.sendEvent(view.viewport(), event)
        assert event.isAccepted()

    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/a b.txt"), QUrl("https://example.org/x")])
    told = heard(view.files_dropped)
    drop(files)
    assert told == [["/a b.txt"]]
    words = QMimeData()
    words.setText("pasted words")
    told = heard(view.text_dropped)
    drop(words)
    assert told == ["pasted words"]
    assert view.canvas.page.text == "Officials replaced the pipes."


def test_the_view_has_a_name_and_says_title_and_byline(show: Show) -> None:
    view = show("Words.")
    view.show_page(Page("v2", "Words.", title="A title", byline="By somebody"))
    assert view.accessibleName() == "Article text"
    assert view.accessibleDescription() == "A title · By somebody"


def test_the_overview_tells_ticks_and_jumps(show: Show) -> None:
    text = "\n".join(f"Paragraph {i} says little." for i in range(400))
    marked = mark(text, "Paragraph 100 ", mark_id="tick")
    view = show(text, marked)
    track = view.overview
    told = heard(view.mark_clicked)
    QTest.mouseClick(track, LEFT, NONE, QPoint(12, track.row_of(marked) + 8))
    assert told == [MarkClicked("tick")]
    QTest.mouseClick(track, LEFT, NONE, QPoint(12, round(track.height() * 0.5)))
    first, last = view.canvas.view_range()
    assert first < len(text) * 0.5 < last
    assert view.verticalScrollBar().value() > 0


def test_a_suggestion_and_an_unknown_status_are_shown_too(show: Show) -> None:
    text = "Officials replaced the pipes."
    view = show(text, Mark("a", (place(text, "replaced"),), suggested=True), mark(text, "pipes", "made-up", "b"))
    view.grab()
    assert view.canvas.marks.get("a") is not None
