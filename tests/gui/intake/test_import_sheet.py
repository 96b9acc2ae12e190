"""Bringing in files: the sheet first, by keyboard, and nothing written before the person says so."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.intake.rows import OUTCOME, WHY
from annotator.model.records import Annotator, Article, TextVersion, Zone
from annotator.services import projects
from annotator.store.check import check
from tests.gui.intake.bench import Bench, open_bench, parts
from tests.gui.intake.conftest import ARTICLE
from tests.making import digest, put_article

CTRL = Qt.KeyboardModifier.ControlModifier


def cells(table: QTableView, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_an_article_comes_in_by_keyboard_and_is_shown(bench: Bench, article: Path) -> None:
    bench.bring_in(article)
    page = bench.sheet().page
    assert page.details.title.text() == "Bridge at Ødeby is safe, mayor says"
    assert page.details.published.text() == "2024-05-12"
    assert page.details.authors.text() == "Nils Berg"
    assert page.add.hasFocus()
    bench.press(Qt.Key.Key_Return)
    bench.idle()
    shown = bench.window.article.page
    assert shown is not None
    assert shown.version.title == "Bridge at Ødeby is safe, mayor says"
    assert bench.window.pane.view.hasFocus()
    assert "Bridge at Ødeby" in bench.notice


def test_the_seed_article_comes_in_with_what_was_found(bench: Bench, seed_article: Path) -> None:
    bench.bring_in(seed_article)
    details = bench.sheet().page.details
    assert details.title.text().startswith("Man portrayed as ‘foreign terrorist’")
    assert details.published.text() == "2022-01-11"
    assert details.language.code() == "en"
    bench.add()
    assert bench.window.hub.project.count(Zone) > 20


def test_looking_and_cancelling_changes_no_byte(bench: Bench, article: Path) -> None:
    path = bench.window.hub.project.path
    before = digest(path)
    bench.bring_in(article)
    bench.sheet()
    assert digest(path) == before
    bench.press(Qt.Key.Key_Escape)
    assert bench.files.imports.sheet is None
    bench.idle()
    assert digest(path) == before
    assert bench.titles == set()


def test_a_refused_file_is_listed_with_its_reason_and_the_others_come_in(
    bench: Bench, article: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"schema": "annotator/article/1"', encoding="utf-8")
    bench.bring_in(picture, tmp_path, article, broken, tmp_path / "gone.txt")
    page = bench.sheet().page
    assert cells(page.table, OUTCOME) == ["refused", "refused", "new", "refused", "refused"]
    assert "PNG" in cells(page.table, WHY)[0]
    assert "folder" in cells(page.table, WHY)[1]
    assert "no such file" in cells(page.table, WHY)[4]
    bench.add()
    assert bench.titles == {"Bridge at Ødeby is safe, mayor says"}
    assert "4 refused" in bench.notice


def test_only_the_odd_rows_can_be_shown(bench: Bench, article: Path, tmp_path: Path) -> None:
    bench.bring_in(article, tmp_path)
    page = bench.sheet().page
    page.odd_only.setFocus()
    bench.press(Qt.Key.Key_Space)
    assert cells(page.table, OUTCOME) == ["refused"]


def test_where_everything_is_refused_there_is_nothing_to_add(bench: Bench, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    bench.bring_in(empty)
    page = bench.sheet().page
    assert not page.add.isEnabled()
    assert page.cancel.hasFocus()
    assert "the file is empty" in page.checks.texts()
    bench.press(Qt.Key.Key_Return, CTRL)
    assert bench.files.imports.sheet is not None
    bench.press(Qt.Key.Key_Space)
    assert bench.files.imports.sheet is None


def test_what_the_person_sets_right_is_what_is_stored(bench: Bench, article: Path) -> None:
    bench.bring_in(article)
    details = bench.sheet().page.details
    for field, words in ((details.publisher, "Ødeby Avis"), (details.authors, "Nils Berg, Eva Lund")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)
    details.published.setFocus()
    details.published.selectAll()
    QTest.keyClicks(details.published, "2024-05")
    bench.add()
    (stored,) = bench.window.hub.project.all(Article)
    assert stored.publisher == "Ødeby Avis"
    assert stored.authors == ("Nils Berg", "Eva Lund")
    assert (stored.published, stored.published_precision) == ("2024-05-01T00:00:00.000000Z", "month")
    assert stored.language == "en"


def test_a_date_that_is_none_keeps_the_sheet_open(bench: Bench, article: Path) -> None:
    bench.bring_in(article)
    page = bench.sheet().page
    page.details.published.setFocus()
    page.details.published.selectAll()
    QTest.keyClicks(page.details.published, "2024-02-31")
    assert page.details.fault.isVisible()
    assert not page.add.isEnabled()
    bench.press(Qt.Key.Key_Return, CTRL)
    assert bench.files.imports.sheet is not None
    assert page.details.published.hasFocus()


def test_each_of_several_articles_is_previewed_and_edited_by_itself(
    bench: Bench, article: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The dam holds\n\nThe dam holds, the operator said on Friday.\n", encoding="utf-8")
    bench.bring_in(article, other)
    page = bench.sheet().page
    assert page.table.hasFocus()
    bench.press(Qt.Key.Key_Down)
    bench.bot.waitUntil(lambda: page.details.title.text() == "The dam holds")
    QTest.keyClicks(page.details.title, "!")
    assert page.details.title.text() == "!The dam holds"
    page.table.setFocus()
    bench.press(Qt.Key.Key_Up)
    bench.bot.waitUntil(lambda: page.details.title.text().startswith("Bridge"))
    bench.press(Qt.Key.Key_Down)
    bench.bot.waitUntil(lambda: page.details.title.text() == "!The dam holds")
    bench.add()
    assert bench.titles == {"Bridge at Ødeby is safe, mayor says", "!The dam holds"}


def test_a_text_that_is_here_already_is_told_and_not_taken_again(bench: Bench, article: Path) -> None:
    bench.bring_in(article)
    bench.add()
    bench.bring_in(article)
    page = bench.sheet().page
    assert page.checks.texts()[0].startswith("Already here as “Bridge at Ødeby")
    assert not page.add.isEnabled()
    assert page.details.title.isReadOnly()


def test_boilerplate_and_kinds_are_told_to_screen_readers(bench: Bench, article: Path) -> None:
    bench.bring_in(article)
    model = bench.sheet().page.blocks.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert spoken[0] == "headline: Bridge at Ødeby is safe, mayor says"
    assert any(text.startswith("byline: By Nils Berg") for text in spoken)
    assert any("👩‍🚀" in text for text in spoken)


def test_tab_stays_in_the_sheet_and_the_focus_comes_back_after_it(bench: Bench, article: Path) -> None:
    view = bench.window.pane.view
    bench.bring_in(article)
    bench.add()
    assert view.hasFocus()
    bench.bring_in(article)
    sheet = bench.sheet()
    visited: set[object] = set()
    for _step in range(30):
        bench.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        visited.add(focused)
    assert {sheet.page.cancel, sheet.page.details.title, sheet.page.blocks} <= visited
    bench.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.isAncestorOf(QApplication.focusWidget() or bench.window)
    bench.press(Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert bench.window.docks.left.isEnabled()


def test_everything_that_takes_the_focus_has_a_name(bench: Bench, article: Path, tmp_path: Path) -> None:
    bench.bring_in(article, tmp_path)
    focusable = [one for one in parts(bench.sheet(), QWidget) if one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(focusable) > 8
    for widget in focusable:
        face = QAccessible.queryAccessibleInterface(widget)
        assert face.text(QAccessible.Text.Name), widget


def test_text_of_others_is_never_read_as_markup(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "<b>bold<b>.txt"
    path.write_text(
        "<img src='x'> & <b>bold</b>\n\nThe mayor said <i>nothing</i> at all on Monday.\n", encoding="utf-8"
    )
    bench.bring_in(path)
    sheet = bench.sheet()
    for label in sheet.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text()


def test_texts_are_stored_as_they_are(bench: Bench, article: Path) -> None:
    bench.bring_in(article)
    bench.add()
    (version,) = bench.window.hub.project.all(TextVersion)
    assert bench.window.hub.project.text(version.text_sha256) == ARTICLE


def test_who_imports_into_a_colleagues_project_is_introduced_there(
    qtbot: QtBot, tmp_path: Path, light_theme: None, article: Path
) -> None:
    del light_theme
    path = tmp_path / "anas.annot"
    projects.new_project(path, person="Ana Ruiz")
    with open_bench(qtbot, path) as bench:
        bench.bring_in(article)
        bench.add()
        project = bench.window.hub.project
        with project.change("import") as change:
            put_article(change)
        assert sorted(one.name for one in project.all(Annotator)) == ["Ana Ruiz", "Imani Castellan"]
        assert not check(project).findings
