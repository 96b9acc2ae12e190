"""Whatever takes the focus shows it by a ring of two pixels in the theme's colour for it; text shows its caret."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from annotator.gui.theme import apply_theme, current_theme, load_theme
from annotator.gui.window import MainWindow
from tests.gui import scenes, states
from tests.gui.states import Scene, name_of

pytestmark = pytest.mark.usefixtures("qapp")

LEAST = 6
"""Pixels of a straight edge: a rounded button of 24 px has more."""

SEEN: tuple[Scene, ...] = (
    states.evidence_open,
    states.source_page,
    states.import_sheet,
    states.first_start,
    states.narrowed,
    states.shortcuts,
    states.settings_at("look"),
    states.settings_at("keys"),
    states.agreement,
    states.in_review(),
    states.in_review("edit"),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ring") / "lanner.annot"
    scenes.make_project(path)
    return path


def has_ring(picture: QImage) -> bool:
    """Tell whether two rows of pixels, one over the other, have an edge of the colour of the focus."""
    colour, before = current_theme().colour("focus").rgb(), False
    for y in range(picture.height()):
        longest = run = 0
        for x in range(picture.width()):
            run = run + 1 if picture.pixel(x, y) == colour else 0
            longest = max(longest, run)
        if before and longest >= LEAST:
            return True
        before = longest >= LEAST
    return False


def around(window: MainWindow, widget: QWidget) -> QImage:
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    return window.grab(place.adjusted(-4, -4, 4, 4)).toImage()


@pytest.mark.parametrize("state", SEEN, ids=name_of)
def test_what_has_the_focus_has_a_ring(state: Scene, project: Path) -> None:
    with state(project) as window:
        passed: list[QWidget] = []
        without: list[str] = []
        while (here := QApplication.focusWidget()) is not None and here not in passed:
            passed.append(here)
            scenes.settle()
            if not isinstance(here, QTextEdit) and not has_ring(around(window, here)):
                without.append(f"{type(here).__name__} “{here.accessibleName()}”")
            QTest.keyClick(here, Qt.Key.Key_Tab)
        assert len(passed) > 1
        assert without == []


def test_the_ring_is_there_in_every_theme(project: Path) -> None:
    for theme in ("dark", "contrast"):
        with states.article(project) as window:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            apply_theme(app, load_theme(theme))
            for button in (window.claims.list, window.articles.list):
                button.setFocus(Qt.FocusReason.TabFocusReason)
                scenes.settle()
                assert has_ring(around(window, button)), (theme, button)
