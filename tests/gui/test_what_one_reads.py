"""Small things that one reads past until they are wrong: paragraph numbers, and notices that lie over something."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.app import fit
from annotator.gui.claims.model import SHOWN
from annotator.gui.window import MainWindow
from annotator.model.records import TextVersion
from annotator.services import annotating
from annotator.services.importing import import_files
from annotator.services.projects import new_project, opened
from tests.gui import scenes

TEXT = """The harbour wall was never paid for

The first officer said the wall was late.

The second officer said it was early.

Read more

Most read

Nobody reads this line.
"""
MARKED = ("harbour wall", "the wall was late", "it was early", "Nobody reads")


@pytest.fixture
def paged(tmp_path: Path) -> Path:
    path, article = tmp_path / "p.annot", tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    new_project(path, person=scenes.DESK)
    with opened(path, write=True, person=scenes.INES) as project:
        for _progress in import_files(project, [article]):
            pass
        (version,) = project.all(TextVersion)
        for words in MARKED:
            start = TEXT.index(words)
            annotating.mark(project, version.id, [(start, start + len(words))], status="alleged")
    return path


def test_only_what_stands_in_a_numbered_paragraph_has_a_number(paged: Path) -> None:
    with scenes.scene(paged) as window:
        model = window.claims.model
        numbers = [model.index(row, 0).data(SHOWN)[2] for row in range(model.rowCount())]
        assert numbers == [0, 1, 2, 0]


def test_a_first_window_is_no_larger_than_its_screen(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(20_000, 20_000)
    fit(widget)
    room = widget.screen().availableGeometry()
    assert widget.width() < room.width()
    assert widget.height() < room.height()
    widget.resize(400, 300)
    fit(widget)
    assert (widget.width(), widget.height()) == (400, 300)


def _select(window: MainWindow, words: str) -> None:
    view = window.pane.view
    start = TEXT.index(words)
    view.select_range(start, start)
    for _letter in words:
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


@pytest.mark.parametrize("size", [(1440, 900), (1024, 640)])
def test_a_notice_does_not_lie_over_the_selection_bar(paged: Path, size: tuple[int, int]) -> None:
    with scenes.scene(paged, size=size) as window:
        toast = window.notices.toast
        _select(window, "The second officer")
        assert window.pane.bar.isVisible()
        QTest.keyClick(window.pane.view, Qt.Key.Key_Escape)
        window.notices.tell("Brought in: something with a name of some length, so that it takes room")
        toast.move(_place(window.pane.bar).topLeft())
        _select(window, "The second officer")
        assert window.pane.bar.isVisible()
        assert toast.isVisible()
        assert not _place(toast).intersects(_place(window.pane.bar))
        assert window.rect().contains(_place(toast))
