"""Pasted and dropped text and files: plain text only, nothing opened, the same sheet."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.records import Article
from annotator.services import projects
from tests.gui.intake.bench import Bench, open_bench
from tests.gui.intake.conftest import ARTICLE

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def on_clipboard(*, text: str = "", html: str = "", files: tuple[Path, ...] = ()) -> None:
    QGuiApplication.clipboard().setMimeData(mime(text=text, html=html, files=files))


def mime(*, text: str = "", html: str = "", files: tuple[Path, ...] = ()) -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if files:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return data


def drop(target: QWidget, data: QMimeData) -> bool:
    """Drag over a widget and let go; return whether it was taken."""
    enter = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    fall = QDropEvent(QPointF(5, 5), COPY, data, LEFT, NONE)
    QApplication.sendEvent(target, fall)
    return fall.isAccepted()


def test_pasted_text_becomes_an_article_named_by_its_headline(bench: Bench) -> None:
    on_clipboard(text=ARTICLE, html="<b>not this</b>")
    bench.press(Qt.Key.Key_V, CTRL, SHIFT)
    assert bench.sheet().page.details.title.text() == "Bridge at Ødeby is safe, mayor says"
    bench.add()
    (stored,) = bench.window.hub.project.all(Article)
    assert stored.came_from == "Pasted text"


def test_with_nothing_on_the_clipboard_there_is_nothing_to_paste(bench: Bench) -> None:
    QGuiApplication.clipboard().clear()
    bench.press(Qt.Key.Key_V, CTRL, SHIFT)
    assert bench.notice == "There is no text to make an article of."


def test_rich_text_without_plain_text_is_not_read(bench: Bench) -> None:
    data = QMimeData()
    data.setHtml("<p>The mayor said so.</p>")
    assert not data.hasFormat("text/plain")
    QGuiApplication.clipboard().setMimeData(data)
    bench.press(Qt.Key.Key_V, CTRL, SHIFT)
    assert "no text" in bench.notice
    assert not bench.files.job.is_running


@pytest.mark.parametrize("address", ["https://example.org/story", " http://example.org/a?b=c\n", "file:///etc/passwd"])
def test_an_address_is_not_opened(bench: Bench, address: str) -> None:
    on_clipboard(text=address)
    bench.press(Qt.Key.Key_V, CTRL, SHIFT)
    assert "Addresses are not opened" in bench.notice
    assert not bench.files.job.is_running


def test_copied_files_are_brought_in_as_files(bench: Bench, article: Path) -> None:
    on_clipboard(files=(article,))
    bench.press(Qt.Key.Key_V, CTRL, SHIFT)
    bench.add()
    (stored,) = bench.window.hub.project.all(Article)
    assert stored.came_from.endswith("bridge.txt")


def test_half_characters_on_the_clipboard_are_replaced_and_counted(bench: Bench) -> None:
    bench.files.import_text("A headline here\n\nThe mayor said \ud83d and \u202e nothing else on Monday.")
    texts = " ".join(bench.sheet().page.checks.texts())
    assert "1 character cannot be stored" in texts
    assert "1 invisible character" in texts
    bench.add()


def test_files_dropped_on_the_article_list_come_in(bench: Bench, article: Path) -> None:
    assert drop(bench.window.articles, mime(files=(article,)))
    bench.add()
    assert len(bench.titles) == 1


def test_text_dropped_anywhere_on_the_window_comes_in(bench: Bench) -> None:
    assert drop(bench.window, mime(text=ARTICLE))
    bench.add()
    assert len(bench.titles) == 1


def test_a_dropped_picture_is_not_taken(bench: Bench) -> None:
    data = QMimeData()
    data.setData("image/png", b"\x89PNG")
    assert not drop(bench.window, data)


def test_a_dropped_project_is_opened(bench: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other.annot"
    projects.new_project(other, name="Another desk")
    assert drop(bench.window, mime(files=(other,)))
    assert bench.window.hub.project.path == other.resolve()


def test_the_open_project_is_not_opened_a_second_time(bench: Bench) -> None:
    project = bench.window.hub.project
    assert drop(bench.window, mime(files=(project.path,)))
    assert bench.window.hub.project is project
    assert project.writable
    assert "open already" in bench.notice


ADDRESS = "https://www.example.org/news/bridge?id=7"


def of_browser(what: str) -> QMimeData:
    """Return what a browser gives for a link, for an address without words, for selected words, for a saved file."""
    data = QMimeData()
    if what == "link by X11":  # Qt hands on nothing of what browsers give besides
        data.setHtml(f'<meta charset="utf-8"><a href="{ADDRESS}"><b>The bridge</b> at &Oslash;deby is closed</a>')
    if what in {"firefox link", "chromium link"}:
        titled = f"{ADDRESS}\nThe bridge at Ødeby is closed".encode("utf-16-le")
        data.setData("text/x-moz-url", titled if what == "firefox link" else titled + b"\0\0")
        data.setHtml(f'<a href="{ADDRESS}">The bridge at Ødeby is closed</a>')
    if what == "netscape link":
        data.setData("_NETSCAPE_URL", f"{ADDRESS}\nThe bridge at Ødeby is closed".encode())
    if what == "words":
        data.setHtml(f"<p>{ARTICLE}</p><script>alert(1)</script>")
        data.setText(ARTICLE)
        data.setData("text/_moz_htmlcontext", b"<html/>")
    else:
        data.setData("text/uri-list", f"{ADDRESS}\r\n".encode())
    if what in {"firefox link", "chromium link"}:
        data.setText(ADDRESS)
    return data


LINKS = ["link by X11", "firefox link", "chromium link", "netscape link", "bare address"]


@pytest.mark.parametrize("what", LINKS)
@pytest.mark.parametrize("onto", ["list", "article", "window"])
def test_an_address_dropped_is_never_opened(bench: Bench, what: str, onto: str) -> None:
    window = bench.window
    target = {"list": window.articles, "article": window.pane.view.viewport(), "window": window}[onto]
    assert drop(target, of_browser(what))
    assert "Addresses are not opened" in bench.notice
    assert not bench.files.job.is_running


@pytest.mark.parametrize("what", LINKS)
def test_an_address_dropped_on_the_sources_becomes_one_and_the_same_one_once(bench: Bench, what: str) -> None:
    sources = bench.window.articles.sources
    assert drop(sources, of_browser(what))  # where there is none yet, beside the list
    (made,) = bench.window.hub.project.sources()
    assert made.url == ADDRESS
    assert made.title == ("www.example.org/news/bridge" if what == "bare address" else "The bridge at Ødeby is closed")
    assert f"New source: {made.title}" in bench.notice
    assert drop(sources.list.viewport(), of_browser("bare address"))
    assert "there already" in bench.notice
    assert bench.window.hub.project.sources() == [made]
    bench.window.pane.take_focus()
    bench.press(Qt.Key.Key_Z, CTRL)
    assert bench.window.hub.project.sources() == []


def test_words_dropped_from_a_browser_come_in_as_plain_text_also_on_the_article(bench: Bench) -> None:
    assert drop(bench.window.pane.view.viewport(), of_browser("words"))
    assert bench.sheet().page.details.title.text() == "Bridge at Ødeby is safe, mayor says"
    bench.add()
    assert len(bench.titles) == 1


def test_words_dropped_on_the_sources_are_the_article_lists(bench: Bench) -> None:
    assert drop(bench.window.articles.sources, of_browser("words"))
    bench.add()
    assert bench.window.hub.project.sources() == []
    assert len(bench.titles) == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,hi", "ftp://example.org/x", "https:///x"])
def test_what_is_no_address_of_the_web_is_no_source(bench: Bench, address: str) -> None:
    data = QMimeData()
    data.setData("text/uri-list", address.encode())
    assert not drop(bench.window.articles.sources, data)
    assert bench.window.hub.project.sources() == []


@pytest.mark.parametrize("onto", ["list", "article", "sources", "window"])
def test_what_is_dropped_is_copied_and_never_moved_away(bench: Bench, onto: str, article: Path) -> None:
    window = bench.window
    targets = {"list": window.articles, "article": window.pane.view.viewport(), "sources": window.articles.sources}
    data = mime(files=(article,))
    both, target = Qt.DropAction.MoveAction | COPY, targets.get(onto, window)
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), both, data, LEFT, NONE))
    fall = QDropEvent(QPointF(5, 5), both, data, LEFT, NONE)
    fall.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(target, fall)
    assert fall.isAccepted()
    assert fall.dropAction() == COPY
    if onto != "sources":
        bench.add()


def test_without_a_project_a_file_is_refused_and_a_project_opens(
    qtbot: QtBot, tmp_path: Path, light_theme: None, article: Path
) -> None:
    del light_theme
    other = tmp_path / "other.annot"
    projects.new_project(other)
    with open_bench(qtbot, None) as bench:
        assert drop(bench.window, mime(files=(article,)))
        assert "no project is open" in bench.notice
        assert drop(bench.window, mime(files=(other,)))
        assert bench.window.hub.is_open
