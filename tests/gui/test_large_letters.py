"""Every state of the window with its letters at twice their size, in the smallest window: no text is cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from annotator import settings
from annotator.gui.preferences.fields import Choice
from annotator.gui.theme import Faces, choose_faces
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.window import LEAST_HEIGHT, LEAST_WIDTH
from tests.gui import scenes
from tests.gui.states import STATES, Scene, name_of

_AROUND = 30
"""Border, padding and arrow of a choice."""

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "lanner.annot"
    scenes.make_project(path)
    return path


@pytest.fixture
def twice() -> Iterator[None]:
    settings.change(interface_size=200)
    yield
    choose_faces(Faces())


def why_cut(one: QWidget) -> str:
    """Return why a widget's text cannot be read whole, "" where it can."""
    if isinstance(one, QLabel) and not isinstance(one, ElidedLabel) and one.text():
        if one.wordWrap():
            return "is too low" if one.height() < one.heightForWidth(one.width()) else ""
        return "is too narrow" if one.width() < one.sizeHint().width() else ""
    if isinstance(one, Choice):
        room = one.width() - _AROUND
        return "is too narrow" if one.fontMetrics().horizontalAdvance(one.currentText()) > room else ""
    if isinstance(one, QAbstractButton) and one.text():
        return "is too narrow" if one.width() < one.minimumSizeHint().width() else ""
    if isinstance(one, QScrollArea):  # they scroll up and down only
        inside = one.widget()
        return "is too wide inside" if inside is not None and inside.width() > one.viewport().width() else ""
    return ""


def told(one: QWidget) -> str:
    words = one.text() if isinstance(one, QLabel | QAbstractButton) else one.accessibleName()
    return f"{type(one).__name__} “{words}” of {type(one.parent()).__name__}"


@pytest.mark.parametrize("state", STATES, ids=name_of)
def test_no_text_is_cut(state: Scene, project: Path, twice: None) -> None:
    del twice
    with state(project) as window:
        window.resize(LEAST_WIDTH, LEAST_HEIGHT)
        scenes.settle()
        scenes.settle()
        shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
        assert sorted({f"{told(one)} {why}" for one in shown if (why := why_cut(one))}) == []
