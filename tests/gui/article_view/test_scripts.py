"""Scripts that run right to left, mix directions, have no spaces or pile up marks; and characters that nobody sees."""

import sys

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from annotator.gui.article_view import signs
from annotator.gui.article_view.page import Mark
from annotator.gui.article_view.view import ArticleView
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
