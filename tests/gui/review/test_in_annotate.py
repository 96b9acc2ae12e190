"""What the review came to, where one annotates: told from one's own marks, and not to be changed there."""

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.gui.article_view.page import HintWanted
from annotator.gui.claims.model import ROW
from annotator.gui.window import MainWindow
from annotator.model.records import Assessment, Evidence, Mention
from annotator.services.viewing import ClaimRow
from tests.gui import scenes
from tests.gui.review.desks import press

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The article after one decision, with the mark that it made active."""
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    window.article.activate(decided(window).mention_id)
    scenes.settle()
    return window


def decided(window: MainWindow) -> ClaimRow:
    (row,) = [one for one in window.article.rows if one.adjudicated]
    return row


def records(window: MainWindow) -> list[object]:
    project = window.hub.project
    return [*project.all(Mention), *project.all(Assessment), *project.all(Evidence)]


def test_the_list_the_inspector_and_the_hover_card_say_that_it_is_adjudicated(window: MainWindow) -> None:
    row, model = decided(window), window.claims.model
    assert model.index_of(row.mention_id).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Disputed, adjudicated, ")
    others = [one for one in window.article.rows if not one.adjudicated]
    assert not any("adjudicated" in model.spoken(one) for one in others)
    assert "Adjudicated: Reva Stone decided this" in window.inspector.sheet.notice.text()
    assert not window.inspector.sheet.status.isEnabled()
    assert window.inspector.sheet.note.isReadOnly()
    assert not window.inspector.sheet.sources.add.isEnabled()
    card = window.pane.hover_card
    card.show_hint(HintWanted((row.mention_id,), 10, 10, 30))
    assert "decided by Reva Stone" in card.accessibleName()
    assert "Adjudicated" in card.accessibleName()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, ALT),
        (Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_no_key_changes_it_there(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    before = records(window)
    window.pane.take_focus()
    focused = QApplication.focusWidget()
    press(key, modifier)
    assert records(window) == before
    assert QApplication.focusWidget() is focused  # no popup asks for what would be refused
    assert window.article.active == decided(window)


def test_a_mark_of_ones_own_at_the_same_place_can_be_changed(window: MainWindow) -> None:
    row = decided(window)
    assert not window.pane.view.canvas.movable
    window.pane.view.select_range(*row.spans[0])
    window.pane.take_focus()
    press(Qt.Key.Key_1)
    active = window.article.active
    assert active is not None
    assert not active.adjudicated
    assert window.pane.view.canvas.movable
    assert window.article.row(row.mention_id) == row


def test_a_chip_leaves_out_what_was_decided(window: MainWindow) -> None:
    panel = window.claims
    chip = panel.decided
    assert chip is not None
    assert chip.accessibleName() == "1 adjudicated"

    def listed() -> list[ClaimRow]:
        return [cast("ClaimRow", panel.model.index(n).data(ROW)) for n in range(panel.model.rowCount())]

    assert decided(window) in listed()
    chip.setFocus()
    press(Qt.Key.Key_Space)
    assert not any(one.adjudicated for one in listed())
    while window.article.activate_next(1):
        assert window.article.active is not None
        assert not window.article.active.adjudicated
    press(Qt.Key.Key_Space)
    assert decided(window) in listed()
