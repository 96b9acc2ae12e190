"""Marks in right-to-left text are painted where their letters stand."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

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


def _columns_of(picture: QImage, ink: QColor, top: int, bottom: int) -> list[int]:
    """Return the columns right of the gutter with a pixel of that ink between two rows."""
    rows = range(max(0, top), min(picture.height(), bottom))
    return [x for x in range(150, picture.width()) if any(picture.pixelColor(x, y) == ink for y in rows)]
