"""What the tests of files in the window share: a window on a new project, and files to bring in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.intake.bench import Bench, open_bench

ARTICLE = """Bridge at Ødeby is safe, mayor says

By Nils Berg
12 May 2024

The mayor of Ødeby 👩‍🚀 said on Monday that the bridge was safe. He had walked over it himself.

Engineers disagree: “It is not,” one of them wrote in a letter to the council.
"""


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, light_theme: None) -> Iterator[Bench]:
    """A window on a new project."""
    del light_theme
    with open_bench(qtbot, tmp_path / "story.annot") as made:
        yield made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article as a text file."""
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
