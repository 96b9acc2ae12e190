"""What the window says is what was done: refusals, colleagues' marks, undo, the end of the claims, reading only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.errors import Refused
from annotator.gui.theme import apply_theme, load_theme
from annotator.gui.window import MainWindow
from annotator.model.ids import AnnotatorId, MentionId, new_id
from annotator.model.records import Annotator, Mention
from annotator.services import annotating
from annotator.services.importing import import_files
from annotator.services.projects import new_project, opened
from annotator.store.project import Project
from tests.gui.people import ALT, CTRL, Answers, Typist, shown_window

Key = Qt.Key

FIRST = "The gates of the Lanner dam were opened on purpose on Saturday night"
SECOND = "No gate was moved that night"

pytestmark = pytest.mark.usefixtures("light_theme")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return _made(tmp_path / "desk.annot")


def _made(path: Path) -> Path:
    new_project(path, person="Imani Castellan")
    with opened(path, write=True, person="Imani Castellan") as made:
        for _progress in import_files(made, [assets.path("sample", "floodgates.txt")]):
            pass
    return path


@pytest.fixture
def window(qtbot: QtBot, project: Path) -> Iterator[MainWindow]:
    with shown_window(qtbot, Answers(), project) as shown:
        yield shown


@pytest.fixture
def typist(qtbot: QtBot, window: MainWindow) -> Typist:
    return Typist(qtbot, window)


@pytest.fixture
def told(window: MainWindow) -> list[str]:
    """What was announced."""
    heard: list[str] = []
    window.hub.announced.connect(heard.append)
    return heard


def mark_two(typist: Typist) -> None:
    typist.select(FIRST)
    typist.press(Key.Key_1)
    typist.select(SECOND)
    typist.press(Key.Key_2)


def colleagues_mark(window: MainWindow) -> MentionId:
    project, page = window.hub.project, window.article.page
    assert page is not None
    ana = Annotator(AnnotatorId(new_id()), "Ana Ruiz")
    with project.change("annotator.new") as change:
        change.put(ana)
    me, start = project.annotator_id, page.text.index(FIRST)
    project.work_as(ana.id)
    marked = annotating.mark(project, page.version.id, [(start, start + len(FIRST))], status="alleged")
    project.work_as(me)
    return marked.mention_id


class FullDisk:
    """Refuses every change, until it is freed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch.context()
        self._entered = self._patch.__enter__()

        def refuse(*_whatever: object, **_more: object) -> object:
            raise Refused("the disk is full")

        self._entered.setattr(Project, "change", refuse)

    def free(self) -> None:
        self._patch.__exit__(None, None, None)


def test_what_a_full_disk_refuses_is_not_announced_as_done_and_works_the_next_time(
    window: MainWindow, typist: Typist, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_two(typist)
    typist.press(Key.Key_L)
    typist.type("Log of the gatehouse")
    typist.press(Key.Key_Return)
    typist.select("the pumps had failed")
    told.clear()
    disk = FullDisk(monkeypatch)
    typist.press(Key.Key_3)
    assert window.notices.toast.text() == "the disk is full"
    chosen = window.pane.view.selected_range()
    assert chosen[0] < chosen[1]  # kept
    window.pane.view.clear_selection()
    for key in (Key.Key_1, Key.Key_Period, Key.Key_Delete):
        window.notices.toast.hide()
        typist.press(key)
        assert window.notices.toast.text() == "the disk is full"
        assert window.notices.toast.isVisible()
    assert told == []
    disk.free()
    typist.press(Key.Key_1)
    assert told == ["Assessed as alleged"]


def test_words_that_cannot_be_saved_keep_the_window_open_once(
    window: MainWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_two(typist)
    row = window.article.active
    assert row is not None
    disk = FullDisk(monkeypatch)
    typist.press(Key.Key_N)
    typist.type("Ask again.")
    assert not window.close()
    assert window.notices.toast.text() == (
        "the disk is full. Some words are not saved; do it again to leave without them."
    )
    disk.free()
    path = window.hub.project.path
    assert window.close()
    with opened(path, write=False) as project:
        assert project.get(Mention, row.mention_id).note == "Ask again."


def test_the_person_can_leave_without_the_words(
    window: MainWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_two(typist)
    disk = FullDisk(monkeypatch)
    typist.press(Key.Key_N)
    typist.type("Ask again.")
    assert not window.close()
    assert window.close()
    disk.free()


def test_a_colleagues_mark_is_not_changed_and_the_window_says_why(
    window: MainWindow, typist: Typist, told: list[str]
) -> None:
    mention_id = colleagues_mark(window)
    window.article.activate(mention_id)
    before = window.article.active
    why = "A colleague marked this; to differ, mark the words yourself"
    for key, modifier in (
        (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Right, ALT),
        (Key.Key_S, Qt.KeyboardModifier.NoModifier),
    ):
        window.notices.toast.tell("")
        typist.press(key, modifier)
        assert window.notices.toast.text() == why
    assert window.article.active == before
    assert told == []


def test_the_last_link_repeated_says_which_source_and_is_not_taken_into_another_project(
    window: MainWindow, typist: Typist, told: list[str], tmp_path: Path
) -> None:
    mark_two(typist)
    typist.press(Key.Key_L)
    typist.type("Log of the gatehouse")
    typist.press(Key.Key_Return)
    typist.press(Key.Key_K)
    typist.press(Key.Key_Period)
    assert told[-1] == "Linked “Log of the gatehouse”: supports"
    assert window.open_path(_made(tmp_path / "two.annot"))
    typist.select(FIRST)
    typist.press(Key.Key_1)
    told.clear()
    typist.press(Key.Key_Period)
    assert told == []
    assert window.notices.toast.text() == "Link a source with L first"


def test_undo_shows_the_claim_that_it_is_about(window: MainWindow, typist: Typist) -> None:
    mark_two(typist)
    typist.press(Key.Key_Delete)
    assert [row.text for row in (window.article.active,) if row] == [FIRST]
    typist.press(Key.Key_Z, CTRL)
    assert [row.text for row in (window.article.active,) if row] == [SECOND]


def test_going_through_the_claims_says_which_and_where_they_end(
    window: MainWindow, typist: Typist, told: list[str]
) -> None:
    mark_two(typist)
    told.clear()
    typist.press(Key.Key_J)
    assert (told, window.notices.toast.text()) == ([], "That was the last claim")
    typist.press(Key.Key_K)
    assert told[0].startswith(f"Alleged, {FIRST}")
    typist.press(Key.Key_K)
    assert window.notices.toast.text() == "That was the first claim"


def test_where_every_status_is_hidden_the_list_says_so(window: MainWindow, typist: Typist) -> None:
    mark_two(typist)
    for chip in window.claims.chips:
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not window.claims.list.isVisible()
    QTest.mouseClick(window.claims.chips[0], Qt.MouseButton.LeftButton)
    assert window.claims.list.isVisible()


def test_stepping_does_not_lead_to_a_claim_whose_status_is_hidden(window: MainWindow, typist: Typist) -> None:
    mark_two(typist)
    first, second = (row.mention_id for row in window.article.rows)
    QTest.mouseClick(window.claims.chips[1], Qt.MouseButton.LeftButton)
    window.article.activate(first)
    window.pane.view.setFocus()
    typist.press(Key.Key_J)
    assert window.article.active_id == first
    QTest.mouseClick(window.claims.chips[1], Qt.MouseButton.LeftButton)
    window.pane.view.setFocus()
    typist.press(Key.Key_J)
    assert window.article.active_id == second


def test_a_source_can_be_linked_to_a_colleagues_claim_from_the_inspector_too(
    window: MainWindow, typist: Typist
) -> None:
    window.article.activate(colleagues_mark(window))
    QTest.mouseClick(window.inspector.sheet.sources.add, Qt.MouseButton.LeftButton)
    typist.type("Log of the gatehouse")
    typist.press(Key.Key_Return)
    assert [row.evidence for row in window.article.rows] == [1]


def test_what_only_reads_says_so_before_anything_is_typed(qtbot: QtBot, typist: Typist, project: Path) -> None:
    mark_two(typist)
    with shown_window(qtbot, Answers(), project) as second:
        reader = Typist(qtbot, second)
        second.article.activate(second.article.rows[0].mention_id)
        second.pane.view.setFocus()
        for key in (Key.Key_L, Key.Key_S, Key.Key_N, Key.Key_C, Key.Key_Delete):
            second.notices.toast.hide()
            reader.press(key)
            assert second.notices.toast.text() == "The project is open for reading only"
            assert second.notices.toast.isVisible()
            assert QApplication.focusWidget() is second.pane.view
        assert len(second.article.rows) == 2


def test_a_second_window_keeps_saying_that_it_only_reads_and_why(
    qtbot: QtBot, window: MainWindow, project: Path
) -> None:
    assert "(read-only)" not in window.windowTitle()
    with shown_window(qtbot, Answers(), project) as second:
        assert second.windowTitle() == "desk (read-only) – Annotator"
        assert second.status.saved.text() == "Read-only"
        assert "Imani Castellan" in second.status.saved.accessibleDescription()
        assert second.status.saved.toolTip()


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_the_articles_margins_follow_the_theme(qapp: QApplication, window: MainWindow, theme: str) -> None:
    shown = load_theme(theme)
    apply_theme(qapp, shown)
    view = window.pane.view
    picture = window.grab().toImage()
    margin = view.mapTo(window, QPoint(4, view.height() // 2))
    assert picture.pixelColor(margin) == shown.colour("paper")
    plus = window.articles.add
    corner = plus.mapTo(window, plus.rect().topLeft())
    drawn = picture.copy(corner.x(), corner.y(), plus.width(), plus.height())
    colours = {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())}
    assert shown.colour("ink2").name() in colours


def test_in_an_empty_project_the_focus_is_on_what_brings_an_article_in_and_f6_goes_round(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "empty.annot"
    new_project(path, person="Imani Castellan")
    with shown_window(qtbot, Answers(), path) as window:
        typist = Typist(qtbot, window)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert window.pane.isAncestorOf(focused)
        visited: list[str] = []
        for _press in range(3):
            typist.press(Key.Key_F6)
            focused = QApplication.focusWidget()
            assert focused is not None
            visited += [name for name in ("articles", "pane", "claims") if getattr(window, name).isAncestorOf(focused)]
        assert visited == ["claims", "articles", "pane"]


def test_tab_goes_through_the_inspector_from_top_to_bottom(window: MainWindow, typist: Typist) -> None:
    mark_two(typist)
    typist.press(Key.Key_Return)
    sheet = window.inspector.sheet
    wanted = [sheet.claim, sheet.speaker.button, sheet.note]
    visited: list[int] = []
    for _press in range(20):
        typist.press(Key.Key_Tab)
        visited += [place for place, one in enumerate(wanted) if one.hasFocus()]
    assert visited[:3] == [0, 1, 2]


def test_after_a_click_in_a_popup_the_keys_work_where_they_did(window: MainWindow, typist: Typist) -> None:
    mark_two(typist)
    typist.press(Key.Key_L)
    typist.type("Log of the gatehouse")
    typist.press(Key.Key_Return)
    typist.press(Key.Key_K)
    typist.press(Key.Key_L)
    shown = window.commands.source_popup.finder.results
    QTest.mouseClick(
        shown.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        shown.visualRect(shown.model().index(0, 0)).center(),
    )
    assert not window.commands.source_popup.overlay.isVisible()
    assert window.pane.view.hasFocus()
    typist.press(Key.Key_J)
    assert window.article.active is not None
    assert window.article.active.text == SECOND
