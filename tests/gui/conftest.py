"""What tests of the window share: a theme, and a desk with one article to mark claims in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.gui.fonts import load_fonts
from annotator.gui.theme import apply_theme, load_theme
from tests.gui.desks import Desk, open_desk


@pytest.fixture
def light_theme(qapp: QApplication) -> Iterator[None]:
    """The light theme and the program's own typefaces."""
    load_fonts()
    apply_theme(qapp, load_theme("light"))
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def desk(tmp_path: Path, light_theme: None) -> Iterator[Desk]:
    """A project of Imani Castellan's with the article `desks.TEXT` on show."""
    del light_theme
    with open_desk(tmp_path / "riverton.annotator") as made:
        yield made
