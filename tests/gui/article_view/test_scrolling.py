"""An article that is longer than the window can be read to its end, however it came on show."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.window import MainWindow
from annotator.model.ids import ArticleId, new_id
from annotator.model.records import Article, TextVersion, Zone, version_id, zone_id
from annotator.services.projects import new_project, opened
from tests.gui.people import Answers, shown_window

HEADLINE = "The gates of the dam"
TEXT = "\n\n".join((HEADLINE, *(f"{number} {'the water rose in the night ' * 12}" for number in range(60))))


def long_article(path: Path) -> Path:
    new_project(path, name="The dam")
    article = Article(ArticleId(new_id()), publisher="The Courier", language="en")
    with opened(path, write=True) as project, project.change("import") as change:
        sha = change.put_text(TEXT)
        change.put(article)
        change.put(TextVersion(version_id(article.id, sha), article.id, sha, title=HEADLINE))
        end = len(HEADLINE)
        change.put(Zone(zone_id(article.id, sha, 0, end), article.id, sha, "headline", 0, end))
    return path


def turn_wheel(window: MainWindow) -> None:
    """Turn the wheel by one notch over the article."""
    port = window.pane.view.viewport()
    at, down, no = QPointF(port.rect().center()), QPoint(0, -120), Qt.ScrollPhase.NoScrollPhase
    button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(port, QWheelEvent(at, port.mapToGlobal(at), QPoint(), down, button, keys, no, False))  # noqa: FBT003


def test_the_wheel_leads_to_the_end_of_the_article_that_a_start_shows(tmp_path: Path, qtbot: QtBot) -> None:
    with shown_window(qtbot, Answers(), long_article(tmp_path / "dam.annotator")) as window:
        view = window.pane.view

        def is_at_the_end() -> bool:
            turn_wheel(window)
            return view.canvas.view_range()[1] == len(TEXT)

        qtbot.waitUntil(is_at_the_end, timeout=20_000)


def test_from_the_end_the_caret_goes_up_by_lines(tmp_path: Path, qtbot: QtBot) -> None:
    with shown_window(qtbot, Answers(), long_article(tmp_path / "dam.annotator")) as window:
        view = window.pane.view
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        assert view.caret() == len(TEXT)
        assert view.viewport().rect().contains(view.cursorRect())
        QTest.keyClick(view, Qt.Key.Key_Up)
        assert 0 < len(TEXT) - view.caret() < 100
        assert view.cursorRect().height() > 0


def test_what_one_reads_stays_where_it_is_though_the_caret_is_elsewhere(tmp_path: Path, qtbot: QtBot) -> None:
    with shown_window(qtbot, Answers(), long_article(tmp_path / "dam.annotator")) as window:
        view = window.pane.view
        for _notch in range(20):
            turn_wheel(window)
        first = view.canvas.view_range()[0]
        assert first > view.caret() + 1000

        def at_the_top() -> int:
            start, end = view.canvas.view_range()
            assert start < end
            return abs(start - first)

        window.commands.set["zoom.in"].trigger()
        assert at_the_top() < 100
        for width in (1024, 1100, 1060, 1030, 1300):
            window.resize(width, 700)
            qtbot.waitUntil(lambda wide=width: window.width() == wide)
            assert at_the_top() < 100
        view.verticalScrollBar().setValue(0)
        view.selectAll()
        window.commands.set["zoom.out"].trigger()
        assert view.canvas.view_range()[0] == 0
