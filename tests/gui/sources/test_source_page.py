"""The page of a source, by keys: its fields, its file, its twins, where it is used; and what is dropped on the list."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.prompts import Prompts
from annotator.gui.sources.opening import host_of
from annotator.gui.sources.page import SourcePage
from annotator.model.records import Comment, Evidence, Source
from annotator.services import annotating, linking
from annotator.services.projects import new_project, opened
from tests.gui.intake.bench import Bench, open_bench
from tests.making import TEXT, put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Opener(Prompts):
    """Remembers what would have been opened; a file chosen is the one it was given."""

    def __init__(self, parent: QWidget, chosen: Path) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.addresses: list[str] = []
        self.files: list[Path] = []
        self.there = True

    def open_address(self, address: str) -> bool:
        self.addresses.append(address)
        return self.there

    def open_file(self, path: Path) -> bool:
        self.files.append(path)
        return self.there

    def file_to_open(self, title: str, kinds: str) -> Path | None:
        del title, kinds
        return self._chosen

    def file_to_save(self, title: str, kinds: str, suggestion: str, *, replaces: bool = True) -> Path | None:
        del title, kinds, suggestion, replaces
        return self._chosen.with_name("copy.txt")


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on an article with a claim that is refuted by a letter; the claim is active."""
    del light_theme
    path = tmp_path / "story.annot"
    new_project(path, person="Imani Castellan")
    with opened(path, write=True, person="Imani Castellan") as project:
        with project.change("import") as change:
            version = put_article(change)
        marked = annotating.mark(project, version.id, [(4, 9)], status="disputed")
        linking.link_new_source(project, marked.claim_id, "https://city.example/the-auditors-letter", stance="refutes")
        linking.link_new_source(project, marked.claim_id, "The state register of grants", stance="context")
    (tmp_path / "letter.txt").write_text("He writes: “the  bridge\nis closed”.", encoding="utf-8")
    with open_bench(qtbot, path) as made:
        made.window.prompts = Opener(made.window, tmp_path / "letter.txt")
        made.window.pane.take_focus()
        made.press(Key.Key_J)
        yield made


def page_of(bench: Bench) -> SourcePage:
    return bench.window.commands.sources.page


def source(bench: Bench, title: str) -> Source:
    return next(one for one in bench.window.hub.project.sources() if title in one.title)


def opener(bench: Bench) -> Opener:
    prompts = bench.window.prompts
    assert isinstance(prompts, Opener)
    return prompts


def open_letter(bench: Bench) -> None:
    bench.window.commands.sources.open_page(source(bench, "letter").id)


def focus_on(widget: QWidget) -> None:
    """Go on with Tab until a widget has the focus."""
    for _step in range(60):
        if widget.hasFocus():
            return
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Key.Key_Tab)
    pytest.fail("Tab does not lead there")


def type_words(words: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)


def press(button: QPushButton | QToolButton) -> None:
    focus_on(button)
    QTest.keyClick(button, Key.Key_Space)


def test_the_source_linked_last_opens_and_its_fields_are_one_step_each(bench: Bench) -> None:
    bench.press(Key.Key_L, SHIFT)
    page = page_of(bench)
    assert page.card.title.text() == "The state register of grants"
    assert page.form.title.hasFocus()
    bench.press(Key.Key_Escape)
    assert not page.card.is_open
    open_letter(bench)
    focus_on(page.form.publisher)
    QTest.keyClick(page.form.publisher, Key.Key_End)
    QTest.keyClicks(page.form.publisher, " Office")
    focus_on(page.form.published)
    QTest.keyClicks(page.form.published, "2026-03")
    bench.press(Key.Key_Return)
    found = source(bench, "letter")
    assert (found.publisher, found.published_precision) == ("city.example Office", "month")
    bench.press(Key.Key_Z, CTRL)
    assert source(bench, "letter").published == ""
    assert page.form.published.text() == ""


def test_a_source_found_by_typing_opens_too(bench: Bench) -> None:
    bench.press(Key.Key_K, CTRL)
    type_words("state register")
    bench.press(Key.Key_Return)
    assert page_of(bench).card.is_open
    assert page_of(bench).card.title.text() == "The state register of grants"


def test_a_refused_date_stays_where_it_was_typed(bench: Bench) -> None:
    open_letter(bench)
    page = page_of(bench)
    focus_on(page.form.published)
    QTest.keyClicks(page.form.published, "soon")
    bench.press(Key.Key_Return)
    assert page.form.published.text() == "soon"
    assert "is no date" in bench.window.notices.toast.text()
    assert not bench.window.close()
    assert page.card.is_open
    bench.press(Key.Key_A, CTRL)
    bench.press(Key.Key_Delete)


def test_ticks_and_medium_are_saved(bench: Bench) -> None:
    open_letter(bench)
    page = page_of(bench)
    for box in (page.form.primary, page.form.confidential):
        focus_on(box)
        QTest.keyClick(box, Key.Key_Space)
    focus_on(page.form.medium)
    QTest.keyClick(page.form.medium, Key.Key_Down)
    found = source(bench, "letter")
    assert (found.primary, found.confidential, found.medium) == (True, True, "pdf")
    assert "confidential" in bench.window.articles.sources.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_wheel_over_the_medium_scrolls_past_and_changes_nothing(bench: Bench) -> None:
    open_letter(bench)
    medium = page_of(bench).form.medium
    before = source(bench, "letter").medium
    at, down, no = QPointF(medium.rect().center()), QPoint(0, -120), Qt.ScrollPhase.NoScrollPhase
    button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(medium, QWheelEvent(at, medium.mapToGlobal(at), QPoint(), down, button, keys, no, False))  # noqa: FBT003
    assert source(bench, "letter").medium == before


def test_a_note_is_a_remark_of_ones_own(bench: Bench) -> None:
    open_letter(bench)
    focus_on(page_of(bench).form.note)
    QTest.keyClicks(page_of(bench).form.note, "Ask for the annex.")
    bench.press(Key.Key_Escape)
    (comment,) = bench.window.hub.project.all(Comment)
    assert (comment.text, comment.target) == ("Ask for the annex.", source(bench, "letter").id)


def test_a_file_is_attached_opened_from_a_copy_and_taken_off(bench: Bench) -> None:
    open_letter(bench)
    page = page_of(bench)
    press(page.form.file.attach)
    assert "plain text" in page.form.file.told.text()
    assert "intact" in page.form.file.told.text()
    press(page.form.file.open)
    (copy,) = opener(bench).files
    assert "the  bridge" in copy.read_text(encoding="utf-8")
    press(page.form.file.save)
    assert bench.window.hub.project.path.with_name("copy.txt").read_bytes() == copy.read_bytes()
    press(page.form.file.detach)
    assert source(bench, "letter").snapshot_sha256 == ""
    bench.press(Key.Key_Z, CTRL)
    assert source(bench, "letter").snapshot_sha256
    bench.window.close()
    assert not copy.exists()


def test_a_quote_is_said_to_be_found_or_not(bench: Bench) -> None:
    evidence = next(
        one for one in bench.window.hub.project.all(Evidence) if one.source_id == source(bench, "letter").id
    )
    bench.window.hub.do(linking.edit_evidence, evidence.id, quote='"The bridge is closed"')
    open_letter(bench)
    page = page_of(bench)

    def told() -> list[str]:
        return [label.text() for label in page.beside.findChildren(QLabel)]

    assert "Not looked at: no text of the source is kept" in told()
    press(page.form.file.attach)
    assert "The quote is found in its text" in told()
    bench.window.hub.do(linking.edit_evidence, evidence.id, quote="The bridge is open")
    assert "The quote is not found in its text" in told()


def test_an_address_is_opened_only_after_its_host_was_shown(bench: Bench) -> None:
    open_letter(bench)
    page = page_of(bench)
    press(page.open_address)
    assert opener(bench).addresses == []
    assert "city.example" in page.strip.question.text()
    assert page.strip.yes.hasFocus()
    QTest.keyClick(page.strip.yes, Key.Key_Space)
    assert opener(bench).addresses == ["https://city.example/the-auditors-letter"]
    assert page.open_address.hasFocus()
    opener(bench).there = False
    press(page.open_address)
    QTest.keyClick(page.strip.yes, Key.Key_Space)
    assert "no browser" in bench.notice


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user:secret@evil.example/good.example", "evil.example"),
        ("http://bank.example:8080/x", "bank.example:8080"),
        ("https://bаnk.example/", "xn--bnk-6cd.example"),
        ("https://bаnk.de/", "bаnk.de (xn--bnk-6cd.de)"),
        ("https://faß.de/", "faß.de (xn--fa-hia.de)"),
        ("https://%67ood.example/", "good.example"),
        ("https://2130706433/", "127.0.0.1"),
        ("http://[::1]:8080/", "[::1]:8080"),
        (" https://city.example/letter", "city.example"),
        ("https://good.example\t.evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("file://server.example/share/x", ""),
        ("ftp://files.example/x", ""),
        ("https://[::1", ""),
        ("https://", ""),
        ("/home/me/letter.pdf", ""),
    ],
)
def test_a_host_is_shown_as_it_really_is(address: str, host: str) -> None:
    assert host_of(address) == host


def test_twins_are_offered_joined_and_parted(bench: Bench) -> None:
    hub = bench.window.hub
    copy = linking.source_from("http://www.city.example/the-auditors-letter/")
    with hub.project.change("source.edit") as change:
        change.put(copy)
    assert bench.window.articles.sources.list.count() == 3
    open_letter(bench)
    page = page_of(bench)
    (same,) = [one for one in page.beside.findChildren(QPushButton) if one.text() == "The same"]
    press(same)
    assert bench.window.articles.sources.list.count() == 2
    (part,) = [one for one in page.beside.findChildren(QPushButton) if one.text() == "Part" and one.isVisible()]
    press(part)
    assert bench.window.articles.sources.list.count() == 3
    bench.press(Key.Key_Z, CTRL)
    assert bench.window.articles.sources.list.count() == 2


def test_the_source_it_repeats_is_found_by_typing(bench: Bench) -> None:
    open_letter(bench)
    page = page_of(bench)
    press(page.form.origin.button)
    type_words("register")
    bench.press(Key.Key_Return)
    assert source(bench, "letter").derived_from == source(bench, "register").id
    assert page.form.origin.button.hasFocus()
    press(page.form.origin.clear)
    assert source(bench, "letter").derived_from == ""
    press(page.form.article.button)
    type_words("bridge")
    bench.press(Key.Key_Return)
    assert source(bench, "letter").article_id


def test_a_use_leads_to_its_claim(bench: Bench) -> None:
    bench.window.article.activate("")
    open_letter(bench)
    page = page_of(bench)
    (go,) = [one for one in page.beside.findChildren(QToolButton) if one.accessibleName().startswith("Go to the claim")]
    press(go)
    assert not page.card.is_open
    active = bench.window.article.active
    assert active is not None
    assert TEXT[slice(*active.spans[0])] == "mayor"


def test_a_source_that_nobody_uses_can_be_removed(bench: Bench) -> None:
    page = page_of(bench)
    open_letter(bench)
    assert not page.remove.isVisible()
    bench.press(Key.Key_Escape)
    with bench.window.hub.project.change("source.edit") as change:
        change.put(linking.source_from("A memo about nothing"))
    bench.press(Key.Key_L, CTRL)
    type_words("memo")
    bench.press(Key.Key_Return)
    press(page.remove)
    assert not page.card.is_open
    assert [one for one in bench.window.hub.project.sources() if "memo" in one.title] == []
    bench.press(Key.Key_Z, CTRL)
    assert source(bench, "memo")


def drop(target: QWidget, place: QPoint, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(place, action, data, button, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), action, data, button, none))


def test_a_file_dropped_on_a_source_is_kept_with_it_and_beside_them_makes_one(bench: Bench, tmp_path: Path) -> None:
    panel = bench.window.articles.sources
    rows = [panel.list.item(place) for place in range(panel.list.count())]
    item = next(one for one in rows if "letter" in one.text())
    drop(panel.list.viewport(), panel.list.visualItemRect(item).center(), tmp_path / "letter.txt")
    assert source(bench, "letter").snapshot_sha256
    drop(panel.list.viewport(), QPoint(20, panel.list.viewport().height() - 2), tmp_path / "letter.txt")
    assert source(bench, "letter.txt").snapshot_sha256
    open_letter(bench)
    drop(page_of(bench).card, QPoint(30, 30), tmp_path / "nothing.txt")
    assert "no such file" in bench.window.notices.toast.text()


def test_kept_files_are_verified_beside_the_window(bench: Bench) -> None:
    open_letter(bench)
    press(page_of(bench).form.file.attach)
    bench.press(Key.Key_Escape)
    with bench.window.hub.project.change("source.edit") as change:
        change.put(Source(linking.source_from("x").id, title="A page", snapshot_sha256="ab" * 32))
    bench.window.commands.set["source.verify"].trigger()
    bench.idle()
    assert bench.window.notices.toast.text() == "1 kept file is intact. Not intact: “A page” (missing)."
