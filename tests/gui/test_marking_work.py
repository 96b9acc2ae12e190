"""How much a mark has the window do: counted, not timed. It is the same among many claims, and the rest stays still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.gui.claims import delegate
from annotator.gui.window import MainWindow
from annotator.services import annotating
from annotator.services.importing import import_files
from annotator.services.projects import new_project, opened
from tests.gui import scenes
from tests.gui.people import Answers, shown_window

pytestmark = pytest.mark.usefixtures("light_theme")

WORDS = ("river", "lower town", "quay", "winches", "chandler", "clock")
"""Words of the article, out of the way of what is marked beforehand."""


def ready(_language: str) -> bool:
    return True


def nobody(*_place: object) -> None:
    return None


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Show an article; who said what is never found, whenever the language may be loaded."""
    path = tmp_path / "desk.annot"
    new_project(path, person="Imani Castellan")
    with opened(path, write=True, person="Imani Castellan") as made:
        for _progress in import_files(made, [assets.path("sample", "floodgates.txt")]):
            pass
    with shown_window(qtbot, Answers(), path) as shown:
        monkeypatch.setattr(shown.speakers, "is_ready", ready)
        monkeypatch.setattr(shown.speakers, "find", nobody)
        yield shown


def mark(window: MainWindow, words: str) -> None:
    """Select words, as a person has them selected before the key is pressed, and mark them."""
    page, view = window.article.page, window.pane.view
    assert page is not None
    start = page.text.index(words)
    view.select_range(start, start + len(words))
    scenes.settle()
    window.loop.give_status("disputed")
    scenes.settle()


def test_a_mark_asks_the_project_as_much_among_many_claims_as_among_few(window: MainWindow) -> None:
    def asked(words: str) -> int:
        statements: list[str] = []
        window.hub.project.connection.set_trace_callback(statements.append)
        mark(window, words)
        window.hub.project.connection.set_trace_callback(None)
        return len(statements)

    mark(window, WORDS[0])  # begins the session
    few = asked(WORDS[1])
    page = window.article.page
    assert page is not None
    for place in range(120):
        annotating.mark(window.hub.project, page.version.id, [(place, place + 4)], status="alleged")
    scenes.settle()
    assert asked(WORDS[2]) == few


def test_of_the_claims_list_a_mark_draws_the_new_row_and_the_one_active_before(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in WORDS[:2]:
        mark(window, words)
    drawn: list[str] = []
    draw = delegate.drawn

    def counted(shown: delegate.Shown) -> object:
        drawn.append(shown.row.text)
        return draw(shown)

    monkeypatch.setattr(delegate, "drawn", counted)
    mark(window, WORDS[2])
    assert sorted(drawn) == sorted([WORDS[1], WORDS[2]])


class LaidOut(QObject):
    """Counts how often a widget is asked to lay out what is in it."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.times = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's names
        self.times += event.type() == QEvent.Type.LayoutRequest
        return False


def test_counting_one_claim_more_does_not_lay_out_the_panel(window: MainWindow) -> None:
    for words in WORDS[:3]:
        mark(window, words)
    laid_out = [LaidOut(window.claims), LaidOut(window.claims.header)]
    mark(window, WORDS[3])
    assert window.claims.model.counts() == {"disputed": 4}
    assert [one.times for one in laid_out] == [0, 0]


class Painted(QObject):
    """Keeps what of a widget was painted, by paint event."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.regions: list[QRegion] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's names
        if isinstance(event, QPaintEvent):
            self.regions.append(event.region())
        return False


def test_the_article_is_painted_once_where_the_words_were_and_where_the_bar_was(window: MainWindow) -> None:
    page, view, bar = window.article.page, window.pane.view, window.pane.bar
    assert page is not None
    start = page.text.index(WORDS[0])
    view.select_range(start, start + len(WORDS[0]))
    bar.follow()
    scenes.settle()
    assert bar.isVisible()
    under = bar.geometry().translated(-view.viewport().pos()).intersected(view.viewport().rect())
    painted = Painted(view.viewport())
    window.loop.give_status("disputed")
    scenes.settle()
    assert len(painted.regions) == 1
    assert QRegion(under).subtracted(painted.regions[0]).isEmpty()
