"""Marks in right-to-left text are painted where their letters stand."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from annotator.gui.theme import load_theme
from tests.gui import scenes

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_mark_in_arabic_has_its_line_under_its_words(tmp_path: Path) -> None:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(path, article=scenes.ARABIC, claim=1) as window:
        scenes.settle()
        view, page = window.pane.view, window.article.page
        assert page is not None
        picture = view.viewport().grab().toImage()
        for words, token in ((scenes.ARABIC_MARKS[2][0], "alleged"), (scenes.ARABIC_MARKS[1][0], "disputed")):
            ink = QColor(load_theme("light").status_code(token))
            start = page.text.index(words)
            first, last = (view.canvas.rect_at(place) for place in (start, start + len(words)))
            left, right = sorted((first.center().x(), last.center().x()))
            columns = _columns_of(picture, ink, first.bottom() - 12, first.bottom() + 14)
            assert columns, words
            assert left - 3 <= min(columns) <= left + 12
            assert right - 12 <= max(columns) <= right + 3


def test_the_arrows_move_a_boundary_the_way_they_point(tmp_path: Path) -> None:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(path, article=scenes.ARABIC, claim=2) as window:
        view = window.pane.view

        def ends() -> tuple[int, int]:
            """Return where the active mark begins, at the right, and where it ends, at the left."""
            active = window.article.active
            assert active is not None
            (start, end) = active.spans[0]
            return view.canvas.rect_at(start).x(), view.canvas.rect_at(end).x()

        alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
        begin, finish = ends()
        assert finish < begin
        QTest.keyClick(view, Qt.Key.Key_Right, alt)
        assert ends()[0] == begin
        assert finish < ends()[1] < begin
        QTest.keyClick(view, Qt.Key.Key_Left, alt)
        assert ends() == (begin, finish)
        QTest.keyClick(view, Qt.Key.Key_Left, alt | shift)
        assert finish < ends()[0] < begin
        QTest.keyClick(view, Qt.Key.Key_Right, alt | shift)
        assert ends() == (begin, finish)


def _columns_of(picture: QImage, ink: QColor, top: int, bottom: int) -> list[int]:
    """Return the columns right of the gutter with a pixel of that ink between two rows."""
    rows = range(max(0, top), min(picture.height(), bottom))
    return [x for x in range(150, picture.width()) if any(picture.pixelColor(x, y) == ink for y in rows)]
