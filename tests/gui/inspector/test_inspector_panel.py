"""The inspector with real keys on a real project: what it shows, saves, and leaves alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.errors import Refused
from annotator.gui.inspector.drafts import Drafts
from annotator.gui.inspector.fields import SavedField
from annotator.gui.inspector.panel import Inspector
from annotator.model.ids import EvidenceId
from annotator.model.records import Claim, Evidence, Speaker
from annotator.services import annotating, linking
from annotator.services.annotating import Marked
from annotator.store.project import Project
from tests.gui.desks import Desk

CITY = "the city had replaced 4,200 lead service lines since 2021"
INVOICES = "invoices support about 3,150 replacements"
LONG_PAUSE_MS = 3_600_000
"""Longer than any test: the pause plays no part."""


class Bench:
    """An inspector in a window beside another field, which stands for the article."""

    def __init__(self, qtbot: QtBot, desk: Desk, pause_ms: int) -> None:
        self.window = QWidget()
        self.elsewhere = QLineEdit()
        self.inspector = Inspector(desk.hub, desk.article, pause_ms=pause_ms)
        column = QVBoxLayout(self.window)
        column.addWidget(self.elsewhere)
        column.addWidget(self.inspector)
        self.window.resize(400, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.sheet = self.inspector.sheet


@pytest.fixture
def bench(qtbot: QtBot, desk: Desk) -> Bench:
    return Bench(qtbot, desk, LONG_PAUSE_MS)


def _active(desk: Desk, words: str = CITY, status: str = "disputed", *, suggested: str = "") -> Marked:
    marked = desk.mark(words, status, suggested=suggested)
    desk.article.activate(marked.mention_id)
    return marked


def _note(desk: Desk, marked: Marked) -> str:
    return desk.mention(marked.mention_id).note


def test_without_an_active_claim_it_says_how_to_choose_one(desk: Desk, bench: Bench) -> None:
    marked = desk.mark(CITY)
    assert not bench.sheet.isVisible()
    desk.article.activate(marked.mention_id)
    assert bench.sheet.isVisible()
    assert bench.sheet.title.text() == "Claim 1 of 1"
    assert bench.sheet.edited.text() == "IC · edited just now"


def test_it_goes_when_the_claim_goes_and_comes_back_with_undo(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    desk.hub.do(annotating.remove_mention, marked.mention_id)
    qtbot.waitUntil(lambda: not bench.sheet.isVisible())
    desk.hub.do(Project.undo)
    desk.article.activate(marked.mention_id)
    assert bench.sheet.claim.text() == CITY


def test_the_place_in_the_list_follows_other_marks(desk: Desk, bench: Bench) -> None:
    _active(desk, INVOICES)
    desk.mark(CITY)
    assert bench.sheet.title.text() == "Claim 2 of 2"


def test_a_click_or_the_space_key_on_a_status_assesses_the_claim(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    alleged, disputed, confirmed = bench.sheet.status.buttons()
    assert disputed.isChecked()
    QTest.mouseClick(confirmed, Qt.MouseButton.LeftButton)
    assert desk.row(marked.mention_id).status == "confirmed"
    alleged.setFocus()
    QTest.keyClick(alleged, Qt.Key.Key_Space)
    assert desk.row(marked.mention_id).status == "alleged"
    assert alleged.isChecked()


def test_a_note_is_saved_on_leaving_as_one_step(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "Ask for the register")
    assert _note(desk, marked) == ""
    bench.elsewhere.setFocus()
    assert _note(desk, marked) == "Ask for the register"
    assert desk.project.undo_name == "mention.note"
    desk.hub.do(Project.undo)
    assert _note(desk, marked) == ""
    assert bench.sheet.note.text() == ""


def test_enter_saves_a_line_and_breaks_a_note_which_ctrl_enter_saves(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    bench.inspector.focus_claim_text()
    QTest.keyClicks(bench.sheet.claim, "The city replaced 4,200 lines.")
    QTest.keyClick(bench.sheet.claim, Qt.Key.Key_Return)
    assert desk.project.get(Claim, marked.claim_id).text == "The city replaced 4,200 lines."
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "one")
    QTest.keyClick(bench.sheet.note, Qt.Key.Key_Return)
    QTest.keyClicks(bench.sheet.note, "two")
    assert _note(desk, marked) == ""
    QTest.keyClick(bench.sheet.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _note(desk, marked) == "one\ntwo"
    assert bench.sheet.note.hasFocus()


def test_a_pause_saves(qtbot: QtBot, desk: Desk) -> None:
    bench = Bench(qtbot, desk, pause_ms=1)
    marked = _active(desk)
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "spoken to Nand ")
    qtbot.waitUntil(lambda: _note(desk, marked) == "spoken to Nand ")
    assert bench.sheet.note.hasFocus()
    assert bench.sheet.note.textCursor().position() == len("spoken to Nand ")


def test_a_space_at_the_end_survives_a_save_that_strips_it(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    bench.inspector.focus_claim_text()
    QTest.keyClicks(bench.sheet.claim, "The city ")
    bench.inspector.commit_all()
    assert desk.project.get(Claim, marked.claim_id).text == "The city"
    QTest.keyClicks(bench.sheet.claim, "replaced")
    bench.elsewhere.setFocus()
    assert desk.project.get(Claim, marked.claim_id).text == "The city replaced"


def test_ctrl_z_takes_back_typing_first_and_is_the_windows_after_that(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    note = bench.sheet.note
    bench.inspector.focus_note()
    QTest.keyClicks(note, "saved")
    bench.inspector.commit_all()
    QTest.keyClicks(note, " typed")
    QTest.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    while note.is_typed:
        QTest.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note.text() == "saved"
    assert _note(desk, marked) == "saved"
    undone: list[bool] = []
    undo = QAction(bench.window)
    undo.setShortcut("Ctrl+Z")
    undo.triggered.connect(lambda: undone.append(True))
    bench.window.addAction(undo)
    QTest.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]


def test_a_change_from_elsewhere_does_not_overwrite_what_is_being_typed(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "mine")
    desk.hub.do(annotating.edit_mention, marked.mention_id, note="theirs")
    desk.hub.do(annotating.edit_claim, marked.claim_id, text="Worded elsewhere")
    assert bench.sheet.note.text() == "mine"
    assert bench.sheet.claim.text() == "Worded elsewhere"
    bench.elsewhere.setFocus()
    assert _note(desk, marked) == "mine"


def test_going_to_another_claim_saves_what_was_typed_about_the_first(desk: Desk, bench: Bench) -> None:
    other = desk.mark(INVOICES)
    marked = _active(desk)
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "about the city")
    desk.article.activate(other.mention_id)
    assert _note(desk, marked) == "about the city"
    assert bench.sheet.note.text() == ""
    assert _note(desk, other) == ""


class FullDisk:
    """Lets a project refuse every change, as a full disk does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkey = monkeypatch

    def fill(self) -> None:
        def refuse(*_args: object, **_kwargs: object) -> None:
            raise Refused("the disk is full")

        self._monkey.setattr(Project, "_write", refuse)

    def free(self) -> None:
        self._monkey.undo()


def test_words_that_the_disk_refuses_stay_until_they_can_be_saved(
    desk: Desk, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk.mark(INVOICES)
    marked = _active(desk)
    disk = FullDisk(monkeypatch)
    disk.fill()
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "do not lose me")
    bench.elsewhere.setFocus()
    assert [one.what for one in desk.refusals] == ["the disk is full"]
    assert bench.sheet.note.text() == "do not lose me"
    assert "Not saved" in bench.sheet.notice.text()
    desk.article.activate(other.mention_id)
    assert bench.sheet.note.text() == ""
    assert not bench.inspector.commit_all()
    desk.article.activate(marked.mention_id)
    assert bench.sheet.note.text() == "do not lose me"
    disk.free()
    assert bench.inspector.commit_all()
    assert _note(desk, marked) == "do not lose me"
    assert not bench.sheet.notice.isVisible()


def test_a_claim_left_without_words_gets_its_words_back(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    bench.inspector.focus_claim_text()
    QTest.keyClick(bench.sheet.claim, Qt.Key.Key_Backspace)
    bench.elsewhere.setFocus()
    assert bench.sheet.claim.text() == CITY
    assert desk.project.get(Claim, marked.claim_id).text == CITY
    assert desk.refusals == []


def test_esc_saves_and_leaves(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "n")
    with qtbot.waitSignal(bench.inspector.left):
        QTest.keyClick(bench.sheet.note, Qt.Key.Key_Escape)
    assert _note(desk, marked) == "n"


def test_a_suggested_speaker_says_so_and_is_accepted_with_a_key(desk: Desk, bench: Bench) -> None:
    marked = _active(desk, suggested="Dana Okafor")
    speaker = bench.sheet.speaker
    assert speaker.button.accessibleName() == "Speaker: Dana Okafor, suggested"
    assert speaker.box.currentText() == "Attributed"
    speaker.accept.setFocus()
    QTest.keyClick(speaker.accept, Qt.Key.Key_Return)
    assert desk.mention(marked.mention_id).speaker_accepted
    assert speaker.button.accessibleName() == "Speaker: Dana Okafor"
    assert not speaker.accept.isVisible()
    assert speaker.button.hasFocus()


def test_a_dismissed_suggestion_leaves_no_speaker(desk: Desk, bench: Bench) -> None:
    marked = _active(desk, suggested="Dana Okafor")
    QTest.mouseClick(bench.sheet.speaker.dismiss, Qt.MouseButton.LeftButton)
    assert desk.mention(marked.mention_id).speaker_id == ""
    assert desk.project.all(Speaker) == []
    assert bench.sheet.speaker.button.accessibleName() == "Speaker: not named"


def test_the_speaker_and_the_key_beside_it_ask_for_the_popup(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    _active(desk)
    with qtbot.waitSignal(bench.inspector.speaker_wanted):
        QTest.keyClick(bench.sheet.speaker.button, Qt.Key.Key_Return)
    with qtbot.waitSignal(bench.inspector.source_wanted):
        QTest.mouseClick(bench.sheet.sources.add, Qt.MouseButton.LeftButton)


def test_how_a_claim_is_presented_is_chosen_with_the_keyboard(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    box = bench.sheet.speaker.box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert desk.mention(marked.mention_id).presented_as == "stated"


def _linked(desk: Desk, marked: Marked, title: str) -> EvidenceId:
    return linking.link_new_source(desk.project, marked.claim_id, title, stance="refutes")


def test_a_linked_source_is_edited_in_its_card(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    evidence_id = _linked(desk, marked, "Auditor’s letter")
    (card,) = bench.sheet.sources.cards()
    assert card.head.accessibleName() == "Auditor’s letter, Refutes"
    card.head.setFocus()
    QTest.keyClick(card.head, Qt.Key.Key_Return)
    assert card.body is not None
    card.body.locator.setFocus()
    QTest.keyClicks(card.body.locator, "p. 3, table 2")
    QTest.keyClick(card.body.locator, Qt.Key.Key_Return)
    card.body.quote.setFocus()
    QTest.keyClicks(card.body.quote, "3,150 lines")
    QTest.mouseClick(card.body.stances["supports"], Qt.MouseButton.LeftButton)
    bench.inspector.commit_all()
    evidence = desk.project.get(Evidence, evidence_id)
    assert (evidence.stance, evidence.locator, evidence.quote) == ("supports", "p. 3, table 2", "3,150 lines")
    assert card.head.accessibleName() == "Auditor’s letter, Supports, p. 3, table 2"


def test_delete_unlinks_a_source_and_an_open_card_stays_with_its_own(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    _linked(desk, marked, "First")
    second = _linked(desk, marked, "Second")
    first_card, second_card = bench.sheet.sources.cards()
    second_card.open_card()
    first_card.head.setFocus()
    QTest.keyClick(first_card.head, Qt.Key.Key_Delete)
    assert bench.sheet.sources.cards() == (second_card,)
    assert second_card.evidence_id == second
    assert second_card.head.isChecked()
    assert second_card.body is not None
    assert second_card.body.isVisible()


def test_another_annotators_mention_can_be_read_but_not_changed(desk: Desk, bench: Bench) -> None:
    me = desk.project.annotator_id
    desk.project.work_as(desk.another_person("Ana Ruiz"))
    marked = desk.mark(CITY, "confirmed")
    _linked(desk, marked, "Her source")
    desk.project.work_as(me)
    desk.article.activate(marked.mention_id)
    assert "Ana Ruiz marked this" in bench.sheet.notice.text()
    assert not any(button.isEnabled() for button in bench.sheet.status.buttons())
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "no")
    QTest.keyClick(bench.sheet.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (card,) = bench.sheet.sources.cards()
    QTest.mouseClick(card.head, Qt.MouseButton.LeftButton)
    assert card.body is None
    assert desk.refusals == []
    assert _note(desk, marked) == ""


def test_the_history_has_a_line_for_each_change(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    _linked(desk, marked, "Auditor’s letter")
    told = [line.accessibleName() for line in bench.sheet.history.lines()]
    assert [one.split(",")[0] for one in told] == ["Mark as disputed", "Link a refuting source"]
    assert all("Imani Castellan" in one for one in told)


def test_a_long_history_is_cut_until_somebody_asks(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    for number in range(12):
        _linked(desk, marked, f"Source {number}")
    assert len(bench.sheet.history.lines()) == 8
    QTest.mouseClick(bench.sheet.history.more, Qt.MouseButton.LeftButton)
    assert len(bench.sheet.history.lines()) == 13


def test_slips_of_the_same_minute_are_no_lines_of_their_own(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    for number in range(3):
        annotating.edit_mention(desk.project, marked.mention_id, note=str(number))
    _linked(desk, marked, "Auditor’s letter")
    desk.hub.do(Project.undo)
    told = [line.accessibleName().split(",")[0] for line in bench.sheet.history.lines()]
    assert told == ["Mark as disputed", "Write a note"]
    desk.hub.do(Project.redo)
    told = [line.accessibleName().split(",")[0] for line in bench.sheet.history.lines()]
    assert told == ["Mark as disputed", "Write a note", "Link a refuting source"]


def test_changes_to_other_claims_are_not_read(desk: Desk, bench: Bench) -> None:
    other = desk.mark(INVOICES)
    _active(desk)
    before = bench.inspector.detail
    annotating.edit_mention(desk.project, other.mention_id, note="elsewhere")
    _linked(desk, other, "Elsewhere")
    annotating.assess(desk.project, other.claim_id, "confirmed")
    assert bench.inspector.detail is before


def test_everything_that_takes_the_focus_has_a_name_and_tab_reaches_it(desk: Desk, bench: Bench) -> None:
    marked = _active(desk, suggested="Dana Okafor")
    _linked(desk, marked, "Auditor’s letter")
    bench.sheet.sources.cards()[0].open_card()
    bench.elsewhere.setFocus()
    met: list[QWidget] = []
    while True:
        QTest.keyClick(QGuiApplication.focusWindow(), Qt.Key.Key_Tab)
        widget = bench.window.focusWidget()
        if widget is bench.elsewhere or widget in met:
            break
        met.append(widget)
    for widget in met:
        face = QAccessible.queryAccessibleInterface(widget)
        assert face is not None
        assert face.text(QAccessible.Text.Name), widget
    names = {widget.accessibleName() or getattr(widget, "text", str)() for widget in met}
    wanted = {"Claim text", "Note", "Speaker: Dana Okafor, suggested", "Presented as", "Accept, key A", "Link a source"}
    assert wanted <= names
    assert {"Quote from the source", "Where in the source", "Refutes", "Unlink, key Del"} <= names
    for button in (widget for widget in met if isinstance(widget, QAbstractButton)):
        assert button.height() >= 24, button.accessibleName()


def test_tab_goes_from_top_to_bottom_also_through_a_card_that_was_opened_later(desk: Desk, bench: Bench) -> None:
    marked = _active(desk)
    _linked(desk, marked, "Auditor’s letter")
    _linked(desk, marked, "Minutes of the council")
    first, second = bench.sheet.sources.cards()
    for card, follower in ((second, bench.sheet.sources.add), (first, second.head)):
        card.open_card()
        card.head.setFocus()
        passed: list[QWidget | None] = []
        while follower not in passed and len(passed) < 20:
            QTest.keyClick(QGuiApplication.focusWindow(), Qt.Key.Key_Tab)
            passed.append(bench.window.focusWidget())
        assert card.body is not None
        body = card.body
        assert passed == [*body.stances.values(), body.quote, body.locator, body.page, body.remove, follower]


def test_a_closed_project_leaves_nothing_to_save(desk: Desk, bench: Bench) -> None:
    _active(desk)
    bench.inspector.focus_note()
    QTest.keyClicks(bench.sheet.note, "too late")
    desk.hub.take(None)
    assert bench.inspector.commit_all()
    assert not bench.sheet.isVisible()


@given(st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_that_is_only_shown_counts_as_untouched_and_comes_back_as_it_was(qtbot: QtBot, text: str) -> None:
    del qtbot
    field = SavedField("note", Drafts({}, lambda: None), label="Note")
    field.show_text("a", "before")
    field.show_text("a", text)
    assert not field.is_typed
    assert field.text() == text
    assert field.commit()
