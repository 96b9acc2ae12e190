"""Scripts that run right to left, mix directions, have no spaces or pile up marks; and characters that nobody sees."""

import sys

import pytest
from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.gui.article_view import signs
from annotator.gui.article_view.page import Mark
from annotator.gui.article_view.view import ArticleView
from annotator.gui.theme import load_theme
from annotator.gui.widgets.tip import plain_tip
from annotator.model import invisible
from tests.gui.article_view.conftest import Show, drag, heard, place
from tests.gui.pictures import Golden

TEXT = (
    "Hakim said שהשער נפתח בלילה and left: قالت إن البوابات فُتحت عمدا (gate log G3).\n"
    "市长说大门没有打开，而我们看到了水。\n"
    "Ødegård’s re\u0301sume\u0301 and nai\u0308vete\u0301: tre\u0300s de\u0301c\u0327u.\n"
    "The file is called \u202efdp.exe\u202c and the pass\u200bword hid\u00adden in it is x\u200ey\u200c z.\n"
)
MARKS = (
    ("שהשער נפתח", "disputed"),
    ("البوابات فُتحت عمدا (gate", "alleged"),
    ("大门没有打开", "confirmed"),
    ("re\u0301sume\u0301 and", "refuted"),
    ("\u202efdp.exe\u202c", "disputed"),
)


def shown(show: Show) -> ArticleView:
    marks = [Mark(str(n), (place(TEXT, words),), status) for n, (words, status) in enumerate(MARKS)]
    return show(TEXT, *marks)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only")
def test_every_script_is_painted_and_marked_right(show: Show, golden: Golden) -> None:
    view = shown(show)
    view.setCursorWidth(0)
    view.select_range(*place(TEXT, "nai\u0308vete\u0301"))
    picture = view.viewport().grab(QRect(0, 0, view.viewport().width(), 270)).toImage()
    golden.check(picture, "article-scripts")


@pytest.mark.parametrize(
    "words", ["大门没有", "re\u0301sume\u0301", "nai\u0308vete\u0301", "pass\u200bword", "hid\u00adden", "נפתח"]
)
def test_a_drag_over_them_tells_their_code_points(show: Show, words: str) -> None:
    view = shown(show)
    told = heard(view.span_chosen)
    start, end = place(TEXT, words)
    drag(view, start, end)
    (chosen,) = told
    assert TEXT[chosen.start : chosen.end] == words  # type: ignore[attr-defined]


def test_a_caret_never_stops_between_a_letter_and_its_mark(show: Show) -> None:
    view = shown(show)
    view.setTextCursor(view.canvas.cursor(TEXT.index("re\u0301sume\u0301")))
    for _step in range(len("résumé")):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.caret() == TEXT.index(" and nai")


def test_each_character_that_nobody_sees_has_a_sign_that_tells_its_name(show: Show) -> None:
    view = shown(show)
    found = list(signs.signs(view.canvas, view.canvas.seen(view.viewport().rect())))
    assert [one.place for one in found] == invisible.places(TEXT)
    named = [view.canvas.sign_at(one.target.center()) for one in found]
    assert named[0] == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert len(named) == len([name for name in named if name])


def inked(view: ArticleView, box: QRectF) -> int:
    """Return how many pixels of a box have the colour of the signs."""
    picture, ink = view.viewport().grab(box.toAlignedRect()).toImage(), load_theme("light").colour("accent")
    return sum(picture.pixelColor(x, y) == ink for x in range(picture.width()) for y in range(picture.height()))


@pytest.mark.parametrize(
    ("char", "towards"), [("\u200e", "right"), ("\u200f", "left"), ("\u061c", "left"), ("\u200d", "nowhere")], ids=ascii
)
def test_the_flag_of_a_mark_of_direction_points_where_the_mark_turns_to(show: Show, char: str, towards: str) -> None:
    view = show(f"Plain words before {char}xylophone.\n")
    (sign,) = signs.signs(view.canvas, view.canvas.seen(view.viewport().rect()))
    stem = sign.box.left()
    beside = QRectF(0, sign.box.top() - 1, 4, 4)
    left, right = (inked(view, beside.translated(x, 0)) for x in (stem - 5, stem + 1.5))
    assert {"right": left < right, "left": left > right, "nowhere": left == right}[towards], (left, right)
    assert left + right


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xylo\u200bphone", "U+200B ZERO WIDTH SPACE"),
        ("xylo\u200fphone", "U+200F RIGHT-TO-LEFT MARK"),
        ("xylo\ufe0fphone", "U+FE0F VARIATION SELECTOR-16"),
        ("xylo\U000e0061phone", "U+E0061 TAG LATIN SMALL LETTER A"),
    ],
    ids=ascii,
)
def test_the_mouse_at_rest_over_a_sign_is_told_the_characters_name(
    show: Show, qtbot: QtBot, text: str, name: str
) -> None:
    view = show(f"Words, {text}, and others.", Mark("m", (place(f"Words, {text}", text),), "disputed"))
    told = heard(view.hint_wanted)
    (sign,) = signs.signs(view.canvas, view.canvas.seen(view.viewport().rect()))
    at = sign.target.center().toPoint()
    QTest.mouseMove(view.viewport(), at)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    assert QToolTip.text() == plain_tip(name)
    assert told == []  # its name, and not the card of the mark that it is in
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
