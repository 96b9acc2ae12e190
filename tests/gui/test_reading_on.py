"""An article with very many mentions: shown before all are read, and nobody can tell."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui import open_article
from annotator.gui.window import MainWindow
from annotator.model.records import Mention
from annotator.services import viewing
from annotator.store.project import Project
from tests import making

WORDS = "Somebody claims here that something happened somewhere else.\n"
COUNT = 90
LONG = 65


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewing, "FEW", 10)
    monkeypatch.setattr(viewing, "FIRST", (12, 1500))
    monkeypatch.setattr(open_article, "SLICE", 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = making.new_project(tmp_path)
    with making.opened(path) as project, project.change("many") as change:
        text = WORDS * COUNT
        version = making.put_article(change, text)
        for number in range(COUNT):
            start = number * len(WORDS)
            claim = making.claim(f"claim {number}")
            change.put(claim)
            change.put(making.mention(claim, version, start, start + 8 + number % 30, text=text))
            change.put(making.assessment(claim, ("alleged", "disputed", "confirmed")[number % 3]))
    return path


@pytest.fixture
def window(light_theme: None, path: Path) -> Generator[MainWindow]:
    """Return a window that was painted, and which has read on no further than that."""
    del light_theme
    window = MainWindow(person=making.ADA.name)
    window.resize(1440, 900)
    assert window.open_path(path)
    window.show()
    QCoreApplication.sendPostedEvents()
    yield window
    window.close()
    window.speakers.wait()
    window.deleteLater()


def read_to_the_end(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.article.is_whole)
    QCoreApplication.sendPostedEvents()


def picture(window: MainWindow) -> QImage:
    window.top.person.setFocus()  # no caret blinks
    return window.grab().toImage()


def known(window: MainWindow) -> int:
    """How many rows are there, without asking for more."""
    page = window.article.page
    assert page is not None
    return len(page.rows)


def test_what_is_seen_first_is_what_is_seen_in_the_end(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.article.is_whole
    assert known(window) < COUNT // 2
    first = picture(window)
    assert not window.article.is_whole, "a picture of the window waits for no row"
    read_to_the_end(qtbot, window)
    assert len(window.article.rows) == COUNT
    assert picture(window) == first


def test_counts_are_those_of_all_from_the_beginning(qtbot: QtBot, window: MainWindow) -> None:
    assert window.claims.model.rowCount() == COUNT
    assert window.claims.model.counts() == {"alleged": 30, "disputed": 30, "confirmed": 30}
    window.claims.chips[0].click()
    assert window.claims.model.rowCount() == COUNT - 30
    assert not window.article.is_whole
    read_to_the_end(qtbot, window)
    assert window.claims.model.rowCount() == COUNT - 30
    assert window.claims.model.counts() == {"alleged": 30, "disputed": 30, "confirmed": 30}
    window.claims.chips[0].click()
    assert [window.claims.model.index(place).data() for place in range(COUNT)] == [f"claim {n}" for n in range(COUNT)]


def test_a_row_that_is_asked_for_by_its_number_is_there(window: MainWindow) -> None:
    assert window.claims.model.index(LONG).data() == f"claim {LONG}"
    assert window.article.is_whole


def test_keys_work_before_all_is_read(window: MainWindow) -> None:
    view = window.pane.view
    QTest.keyClick(view, Qt.Key.Key_K)  # from nowhere the previous claim is the last
    assert window.article.active is not None
    assert window.article.active.text == f"claim {COUNT - 1}"
    assert view.canvas.marks.get(window.article.active_id) is not None


def test_the_next_claim_of_those_known_waits_for_no_other(window: MainWindow) -> None:
    QTest.keyClick(window.pane.view, Qt.Key.Key_J)
    assert window.article.active is not None
    assert window.article.active.text == "claim 0"
    assert not window.article.is_whole
    for _ in range(COUNT):
        QTest.keyClick(window.pane.view, Qt.Key.Key_J)
    assert window.article.active.text == f"claim {COUNT - 1}"


def test_a_mark_made_meanwhile_is_there_once(qtbot: QtBot, window: MainWindow) -> None:
    window.pane.view.select_range(9, 15)
    window.loop.give_status("disputed")
    assert window.claims.model.rowCount() == COUNT + 1
    assert window.claims.model.counts()["disputed"] == 31
    read_to_the_end(qtbot, window)
    assert [row.text for row in window.article.rows][:3] == ["claim 0", "claims", "claim 1"]
    assert window.claims.model.rowCount() == COUNT + 1


def test_what_another_hand_removes_meanwhile_is_read_again(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.hub.take(None)
    window.take(Project.open(path, write=False), person=making.ADA.name)
    assert not window.article.is_whole
    with making.opened(path) as other, other.change("remove") as change:
        change.delete(other.all(Mention)[LONG])
    qtbot.waitUntil(lambda: window.claims.model.rowCount() < COUNT)
    assert window.claims.model.rowCount() == len(window.article.rows) == COUNT - 1
    assert window.claims.model.index(LONG).data() == f"claim {LONG + 1}"


def test_another_article_stops_the_reading(qtbot: QtBot, window: MainWindow) -> None:
    read: list[object] = []
    window.article.rows_read.connect(read.append)
    window.article.show_version(None)
    assert window.article.is_whole
    turns: list[int] = []
    QTimer.singleShot(0, lambda: turns.append(1))
    qtbot.waitUntil(lambda: bool(turns))
    assert read == []
