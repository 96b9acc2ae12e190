"""The history in the window: filtered, read page by page, and the two ways back, all of it by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.errors import Refused
from annotator.gui.history.card import HistoryCard
from annotator.gui.history.model import PAGE
from annotator.gui.window import MainWindow
from annotator.model.records import Claim, Mention
from annotator.services import annotating
from tests.gui.scenes import make_project, scene, settle


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "dam.annot"
    make_project(made)
    return made


def opened(window: MainWindow) -> HistoryCard:
    """Open the history with its key."""
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    settle()
    card = window.commands.history
    assert card.is_open
    assert card.list.hasFocus()
    return card


def told(card: HistoryCard) -> list[str]:
    found = [card.model.entry(row) for row in range(card.model.rowCount())]
    return [one.what for one in found if one is not None]


def test_an_earlier_version_is_put_back_by_keys_and_undone(path: Path) -> None:
    with scene(path) as window:
        claim = window.article.active
        assert claim is not None
        for text in ("two", "three"):
            annotating.edit_claim(window.hub.project, claim.claim_id, text=text)
        card = opened(window)
        assert told(card)[:2] == ["Word the claim", "Word the claim"]
        assert card.details.blocks[0].button is None  # it stands like this now
        QTest.keyClick(card.list, Qt.Key.Key_Down)
        QTest.keyClick(card.list, Qt.Key.Key_Return)
        button = card.details.blocks[0].button
        assert button is not None
        assert button.hasFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert window.hub.project.get(Claim, claim.claim_id).text == "two"
        assert told(card)[0] == "Put back an earlier version"
        assert card.list.hasFocus()
        QTest.keyClick(card.list, Qt.Key.Key_Escape)
        assert not card.is_open
        assert window.pane.view.hasFocus()
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.hub.project.get(Claim, claim.claim_id).text == "three"


def test_a_change_of_an_earlier_session_is_taken_back(path: Path) -> None:
    with scene(path, article=3, claim=0) as window:
        before = window.hub.project.count(Mention)
        card = opened(window)
        assert told(card)[0] == "Mark as confirmed"
        QTest.keyClick(card.revert, Qt.Key.Key_Space)
        assert window.hub.project.count(Mention) == before - 1
        assert told(card)[0] == "Undone: Mark as confirmed"


def test_what_was_changed_since_is_refused_by_name(path: Path) -> None:
    with scene(path, article=3, claim=0) as window:
        refused: list[object] = []
        window.hub.refused.connect(refused.append)
        mention = window.article.rows[-1]
        annotating.edit_claim(window.hub.project, mention.claim_id, text="another")
        card = opened(window)
        QTest.keyClick(card.list, Qt.Key.Key_Down)
        before = window.hub.project.count(Mention)
        QTest.keyClick(card.revert, Qt.Key.Key_Space)
        assert window.hub.project.count(Mention) == before
        (refusal,) = refused
        assert isinstance(refusal, Refused)
        assert "was changed since" in refusal.what


def test_it_is_filtered_by_person_by_article_and_by_claim(path: Path) -> None:
    with scene(path) as window:
        claim = window.article.active
        assert claim is not None
        annotating.edit_claim(window.hub.project, claim.claim_id, text="two")
        card = opened(window)
        everything = told(card)
        card.people.setCurrentText("Imani Castellan")
        assert told(card) == ["Import", "New project"]
        card.people.setCurrentIndex(0)
        card.about.setCurrentText("This claim")
        assert told(card) == ["Word the claim", "Import"]
        card.about.setCurrentText("This article")
        assert told(card) == ["Word the claim", "Import"]
        card.about.setCurrentIndex(0)
        assert told(card) == everything


def test_an_import_offers_no_way_back(path: Path) -> None:
    with scene(path) as window:
        card = opened(window)
        row = told(card).index("Import")
        card.list.setCurrentIndex(card.model.index(row, 0))
        assert not card.revert.isVisible()


def test_earlier_changes_are_read_when_somebody_scrolls_to_them(path: Path) -> None:
    with scene(path) as window:
        claim = window.article.active
        assert claim is not None
        for number in range(PAGE + 10):
            annotating.edit_claim(window.hub.project, claim.claim_id, text=f"version {number}")
        card = opened(window)
        assert card.model.rowCount() == PAGE
        QTest.keyClick(card.list, Qt.Key.Key_End)
        card.list.scrollToBottom()
        settle()
        while card.model.canFetchMore(card.list.rootIndex()):
            card.model.fetchMore(card.list.rootIndex())
        assert told(card)[-1] == "New project"


def test_who_only_reads_is_offered_nothing_to_change(path: Path) -> None:
    with scene(path) as window, scene(path) as reader:
        assert window.hub.project.writable
        assert not reader.hub.project.writable
        card = opened(reader)
        assert not card.revert.isVisible()
        assert all(block.button is None for block in card.details.blocks)
