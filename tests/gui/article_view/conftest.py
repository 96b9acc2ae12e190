"""A shown article view, and words to find places by."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import fonts
from annotator.gui.article_view.page import Mark, Page
from annotator.gui.article_view.view import ArticleView
from annotator.gui.theme import Theme, load_theme
from annotator.model.status import SCHEMES

STYLES = {status.key: status for status in SCHEMES["extended"]}

Show = Callable[..., ArticleView]


@pytest.fixture
def light(qapp: QApplication) -> Theme:
    assert qapp is not None
    fonts.load_fonts()
    return load_theme("light")


@pytest.fixture
def show(qtbot: QtBot, light: Theme) -> Show:
    """Return a function that shows a text with marks of (words, status) in a focused view."""

    def shown(text: str, *marks: Mark, zones: tuple[tuple[str, int, int], ...] = (), title: str = "") -> ArticleView:
        view = ArticleView(STYLES, light)
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show_page(Page("v1", text, title=title, zones=zones, marks=marks))
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.setFocus()
        return view

    return shown


def place(text: str, words: str) -> tuple[int, int]:
    """Return where the words stand, in code points."""
    start = text.index(words)
    return start, start + len(words)


def mark(text: str, words: str, status: str = "disputed", mark_id: str = "m") -> Mark:
    """Return a mark of words."""
    return Mark(mark_id, (place(text, words),), status, label=words)


def point_at(view: ArticleView, code_point: int) -> QPoint:
    """Return a point on the left half of a letter, in the viewport."""
    canvas = view.canvas
    one, after = canvas.rect_at(code_point), canvas.rect_at(code_point + 1)
    width = after.left() - one.left() if after.top() == one.top() else 6
    return QPoint(one.left() + max(1, width // 3), one.center().y())


def drag(view: ArticleView, start: int, end: int, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Select from one place to another with the mouse, as a person does."""
    modifiers = modifier or Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    first, last = view.canvas.rect_at(start).center(), view.canvas.rect_at(end).center()
    QTest.mousePress(view.viewport(), left, modifiers, first)
    QTest.mouseMove(view.viewport(), (first + last) / 2)
    QTest.mouseMove(view.viewport(), last)
    QTest.mouseRelease(view.viewport(), left, modifiers, last)


def heard(signal: SignalInstance) -> list[object]:
    """Return a list that everything a signal tells is put into; None where it tells nothing."""
    told: list[object] = []

    def hear(*what: object) -> None:
        told.append(what[0] if what else None)

    signal.connect(hear)
    return told
