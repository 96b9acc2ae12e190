"""The popups with real keys on a real project."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import actions
from annotator.gui.popups.shortcuts import ShortcutSheet
from annotator.gui.popups.source_popup import SourceLinked, SourcePopup
from annotator.gui.popups.speaker_popup import SpeakerPopup
from annotator.gui.popups.type_to_find import How
from annotator.model.records import Evidence, Source, Speaker
from annotator.model.status import SCHEMES
from annotator.services import annotating, linking
from annotator.services.annotating import Marked
from annotator.store.project import Project
from tests.gui.desks import Desk

CITY = "the city had replaced 4,200 lead service lines since 2021"
INVOICES = "invoices support about 3,150 replacements"

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Room:
    """A window with a field that stands for the article and has the focus at first."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        inside = QWidget()
        self.article = QLineEdit()
        QVBoxLayout(inside).addWidget(self.article)
        self.window.setCentralWidget(inside)
        self.window.resize(1024, 640)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.article.setFocus()


@pytest.fixture
def room(qtbot: QtBot, light_theme: None) -> Room:
    del light_theme
    QGuiApplication.clipboard().clear()
    return Room(qtbot)


@pytest.fixture
def marked(desk: Desk) -> Marked:
    marked = desk.mark(CITY, "disputed")
    desk.article.activate(marked.mention_id)
    return marked


@pytest.fixture
def sources(desk: Desk, room: Room, marked: Marked) -> SourcePopup:
    """A popup over three sources, the letter linked last; all are linked to another claim."""
    del marked
    other = desk.mark(INVOICES)
    for title in ("Harrow St. laboratory report", "Audit committee minutes", "Auditor’s letter"):
        linking.link_new_source(desk.project, other.claim_id, title, stance="supports")
    return SourcePopup(desk.hub, desk.article, room.window)


def _focus() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def _keys(text: str) -> None:
    QTest.keyClicks(_focus(), text)


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as the window system does: shortcuts see it first."""
    QTest.keyClick(QGuiApplication.focusWindow(), key, modifiers)


def _titles(popup: SourcePopup | SpeakerPopup) -> list[str]:
    return [row.title for row in popup.finder.rows()]


def _links(desk: Desk, marked: Marked) -> list[tuple[str, str]]:
    evidence = desk.project.evidence_of([marked.claim_id])
    return [(desk.project.get(Source, one.source_id).title, one.stance) for one in evidence]


def test_without_letters_the_last_linked_source_comes_first(sources: SourcePopup) -> None:
    sources.open_for_active()
    assert _titles(sources) == ["Auditor’s letter", "Audit committee minutes", "Harrow St. laboratory report"]


@pytest.mark.parametrize(
    ("modifiers", "stance"),
    [(Qt.KeyboardModifier.NoModifier, "supports"), (SHIFT, "refutes"), (ALT, "context")],
)
def test_enter_links_and_the_keys_beside_it_say_how(
    desk: Desk, room: Room, marked: Marked, sources: SourcePopup, modifiers: Qt.KeyboardModifier, stance: str
) -> None:
    told: list[SourceLinked] = []
    sources.linked.connect(told.append)
    sources.open_for_active()
    _keys("audit")
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Return, modifiers)
    assert _links(desk, marked) == [("Audit committee minutes", stance)]
    assert not sources.overlay.isVisible()
    assert room.article.hasFocus()
    (one,) = told
    assert one.stance == stance
    assert desk.project.get(Evidence, one.evidence_id).source_id == one.source_id


@pytest.mark.parametrize(("button", "stance"), [("enter", "supports"), ("shift", "refutes"), ("alt", "context")])
def test_a_button_under_the_list_links_as_its_key_does(
    desk: Desk, marked: Marked, sources: SourcePopup, button: How, stance: str
) -> None:
    sources.open_for_active()
    QTest.mouseClick(sources.buttons[button], Qt.MouseButton.LeftButton)
    assert _links(desk, marked) == [("Auditor’s letter", stance)]
    assert not sources.overlay.isVisible()


def test_the_button_for_another_link_links_and_stays_open(desk: Desk, marked: Marked, sources: SourcePopup) -> None:
    sources.open_for_active()
    QTest.mouseClick(sources.buttons["ctrl"], Qt.MouseButton.LeftButton)
    assert _links(desk, marked) == [("Auditor’s letter", "supports")]
    assert sources.overlay.isVisible()


def test_ctrl_enter_links_and_stays_open(desk: Desk, marked: Marked, sources: SourcePopup) -> None:
    sources.open_for_active()
    _press(Qt.Key.Key_Return, CONTROL)
    assert sources.overlay.isVisible()
    assert sources.finder.field.hasFocus()
    _keys("harrow")
    _press(Qt.Key.Key_Return, SHIFT)
    assert _links(desk, marked) == [("Auditor’s letter", "supports"), ("Harrow St. laboratory report", "refutes")]


def test_a_new_source_is_made_of_what_is_typed_in_one_step(desk: Desk, marked: Marked, sources: SourcePopup) -> None:
    sources.open_for_active()
    _keys("Interview with Nand")
    _press(Qt.Key.Key_N, CONTROL)
    assert _links(desk, marked) == [("Interview with Nand", "supports")]
    desk.hub.do(Project.undo)
    assert _links(desk, marked) == []
    assert len(desk.project.sources()) == 3


def test_a_pasted_address_becomes_a_source_with_the_stance_of_the_key(
    desk: Desk, marked: Marked, sources: SourcePopup
) -> None:
    QGuiApplication.clipboard().setText("https://courier.example/audit-letter")
    sources.open_for_active()
    assert _titles(sources)[-1] == "Paste from clipboard — courier.example/audit-letter"
    _press(Qt.Key.Key_V, CONTROL)
    current = sources.finder.current()
    assert current is not None
    assert current.kind == "new"
    _press(Qt.Key.Key_Return, SHIFT)
    assert _links(desk, marked) == [("courier.example/audit-letter", "refutes")]


def test_the_offer_to_paste_links_too(desk: Desk, marked: Marked, sources: SourcePopup) -> None:
    QGuiApplication.clipboard().setText("10.1000/182")
    sources.open_for_active()
    _press(Qt.Key.Key_Up)
    _press(Qt.Key.Key_Return)
    assert _links(desk, marked) == [("10.1000/182", "supports")]


def test_a_known_address_is_found_and_not_made_again(desk: Desk, marked: Marked, sources: SourcePopup) -> None:
    sources.open_for_active()
    _keys("https://www.courier.example/audit/")
    _press(Qt.Key.Key_Return)
    sources.open_for_active()
    _keys("http://courier.example/audit")
    current = sources.finder.current()
    assert current is not None
    assert current.kind == "source"
    assert current.right == "here: supports"
    _press(Qt.Key.Key_Return, ALT)
    assert _links(desk, marked) == [("www.courier.example/audit", "context")]


def test_text_on_the_clipboard_that_is_no_address_is_not_offered(sources: SourcePopup) -> None:
    QGuiApplication.clipboard().setText("the mayor said so")
    sources.open_for_active()
    assert all(row.kind == "source" for row in sources.finder.rows())


def test_esc_and_a_click_beside_the_card_close_without_a_link(
    desk: Desk, room: Room, marked: Marked, sources: SourcePopup
) -> None:
    sources.open_for_active()
    _press(Qt.Key.Key_Escape)
    assert not sources.overlay.isVisible()
    assert room.article.hasFocus()
    sources.open_for_active()
    QTest.mouseClick(sources.overlay, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not sources.overlay.isVisible()
    assert _links(desk, marked) == []


def test_a_click_on_a_row_links_it(desk: Desk, marked: Marked, sources: SourcePopup) -> None:
    sources.open_for_active()
    view = sources.finder.results
    place = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert _links(desk, marked) == [("Harrow St. laboratory report", "supports")]


def test_keys_of_the_window_do_nothing_under_the_popup(room: Room, sources: SourcePopup) -> None:
    done: list[str] = []
    for key in ("Ctrl+N", "Ctrl+K", "F1"):
        action = QAction(room.window)
        action.setShortcut(key)
        action.triggered.connect(lambda _checked=False, key=key: done.append(key))
        room.window.addAction(action)
    sources.open_for_active()
    _press(Qt.Key.Key_N, CONTROL)
    _press(Qt.Key.Key_K, CONTROL)
    _press(Qt.Key.Key_F1)
    assert done == []
    _press(Qt.Key.Key_Escape)
    _press(Qt.Key.Key_K, CONTROL)
    assert done == ["Ctrl+K"]


def test_tab_goes_round_inside_the_card(sources: SourcePopup) -> None:
    sources.open_for_active()
    met: list[QWidget] = []
    while (here := _focus()) not in met:
        assert sources.overlay.isAncestorOf(here)
        assert here.accessibleName()
        met.append(here)
        _press(Qt.Key.Key_Tab)
    assert met == [sources.finder.field, *sources.buttons.values()]


def test_a_refused_link_keeps_what_was_typed(desk: Desk, marked: Marked, sources: SourcePopup) -> None:
    sources.open_for_active()
    _keys("Interview")
    desk.project.work_as(desk.project.annotator_id, writing=False)
    _press(Qt.Key.Key_N, CONTROL)
    assert len(desk.refusals) == 1
    assert sources.overlay.isVisible()
    assert sources.finder.query() == "Interview"
    assert _links(desk, marked) == []


def test_the_card_stays_in_the_window(room: Room, sources: SourcePopup) -> None:
    sources.open_for_active()
    for width, height in ((1024, 640), (500, 360), (1600, 1000)):
        room.window.resize(width, height)
        assert sources.overlay.rect().contains(sources.overlay.card_place())
        assert sources.overlay.geometry() == room.window.rect()


@pytest.fixture
def speakers(desk: Desk, room: Room, marked: Marked) -> SpeakerPopup:
    """A popup over two speakers, Lev Marchetti being named twice."""
    del marked
    for words, name in ((INVOICES, "Lev Marchetti"), ("counted twice", "Lev Marchetti"), ("letter", "Priya Nand")):
        annotating.set_speaker(desk.project, desk.mark(words).mention_id, name=name)
    return SpeakerPopup(desk.hub, desk.article, room.window)


def _speaker(desk: Desk, marked: Marked) -> Speaker:
    return desk.project.get(Speaker, desk.mention(marked.mention_id).speaker_id)


def test_who_is_named_most_comes_first_and_enter_sets(desk: Desk, marked: Marked, speakers: SpeakerPopup) -> None:
    speakers.open_for_active()
    assert _titles(speakers) == ["Lev Marchetti", "Priya Nand"]
    _keys("nand")
    _press(Qt.Key.Key_Return)
    assert _speaker(desk, marked).name == "Priya Nand"
    assert desk.mention(marked.mention_id).speaker_accepted
    assert not speakers.overlay.isVisible()


def test_a_new_speaker_has_the_kind_of_the_alt_key(desk: Desk, marked: Marked, speakers: SpeakerPopup) -> None:
    speakers.open_for_active()
    _keys("Water Department")
    _press(Qt.Key.Key_2, ALT)
    assert _titles(speakers) == ["New speaker “Water Department”, organisation"]
    _press(Qt.Key.Key_Return)
    assert (_speaker(desk, marked).name, _speaker(desk, marked).speaker_kind) == ("Water Department", "organisation")


def test_a_button_says_what_a_new_speaker_is(speakers: SpeakerPopup) -> None:
    speakers.open_for_active()
    _keys("Water Department")
    QTest.mouseClick(speakers.kinds["organisation"], Qt.MouseButton.LeftButton)
    assert _titles(speakers) == ["New speaker “Water Department”, organisation"]
    assert [kind for kind, button in speakers.kinds.items() if button.isChecked()] == ["organisation"]


def test_a_name_that_is_there_is_not_offered_as_new(speakers: SpeakerPopup) -> None:
    speakers.open_for_active()
    _keys("lev  marchetti")
    assert _titles(speakers) == ["Lev Marchetti"]


def test_a_suggestion_from_the_text_comes_first_and_enter_accepts_it(desk: Desk, speakers: SpeakerPopup) -> None:
    marked = desk.mark("ahead of schedule", suggested="Dana Okafor")
    desk.article.activate(marked.mention_id)
    speakers.open_for_active()
    assert _titles(speakers)[0] == "Dana Okafor"
    assert _titles(speakers).count("Dana Okafor") == 1
    _press(Qt.Key.Key_Return)
    assert desk.mention(marked.mention_id).speaker_accepted
    assert desk.project.undo_name == "speaker.accept"


def test_the_sheet_lists_every_key_of_the_table_and_finds_one(room: Room) -> None:
    sheet = ShortcutSheet(room.window)
    rows = actions.table(SCHEMES["default"])
    sheet.open_with(rows)
    listed = {line.words for line in sheet.lines()}
    assert {row.text for row in rows if row.keys} <= listed
    _keys("undo")
    assert [line.words for line in sheet.lines()] == ["Undo"]
    _press(Qt.Key.Key_Escape)
    assert not sheet.overlay.isVisible()
    assert room.article.hasFocus()


def test_a_closed_project_closes_the_popup(desk: Desk, sources: SourcePopup) -> None:
    sources.open_for_active()
    desk.hub.take(None)
    assert not sources.overlay.isVisible()
