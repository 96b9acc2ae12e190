"""Pictures of the window read from the right, and of screens at twice the size, compared as in `test_golden`."""

import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui import scenes, states
from tests.gui.pictures import Golden, at_twice_the_size
from tests.gui.test_golden import picture_of

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of every scene; a scene leaves it as it is."""
    path = tmp_path_factory.mktemp("golden") / "lanner.annot"
    scenes.make_project(path)
    return path


@pytest.fixture
def from_the_right(qapp: QApplication) -> Generator[None]:
    """The direction that Qt takes where its own texts are in Arabic, Hebrew or Persian."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("from_the_right")
def test_the_main_window_read_from_the_right(project: Path, golden: Golden) -> None:
    with scenes.scene(project, article=scenes.ARABIC, claim=1) as window:
        golden.check(picture_of(window), "mirrored-main")


@pytest.mark.usefixtures("from_the_right")
def test_latin_words_read_from_the_right(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="dark", size=(1024, 640)) as window:
        golden.check(picture_of(window), "mirrored-latin-dark-small")


@pytest.mark.usefixtures("from_the_right")
def test_the_review_read_from_the_right(project: Path, golden: Golden) -> None:
    with states.in_review()(project) as window:
        golden.check(picture_of(window), "mirrored-review-small")


TWICE = (
    "source_page",
    "review",
    "hover_card",
    "settings_reading",
    "settings_keys",
    "import_sheet",
    "project_properties",
    "zone_popup",
)


def test_screens_at_twice_the_size(project: Path, golden: Golden, tmp_path: Path) -> None:
    for name, picture in at_twice_the_size(project, tmp_path / "twice", TWICE).items():
        golden.check(picture, f"{name.replace('_', '-')}-twice")
