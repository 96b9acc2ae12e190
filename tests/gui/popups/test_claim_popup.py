"""What a claim is to another one, by keys: a mention of it again, the same, in contradiction; and apart again."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.gui.popups.claim_popup import ClaimPopup
from annotator.gui.popups.type_to_find import How
from annotator.model.records import Claim, Link
from annotator.services import annotating
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
FIRST = "The man on television was hired, they said. The man was a pianist, others wrote.\n"
SECOND = "The man on television was a hired fighter.\n"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on two articles, a claim in each; that of the first is active."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            first, second = put_article(change, FIRST), put_article(change, SECOND)
        annotating.mark(project, first.id, [(0, 31)], status="alleged")
        annotating.mark(project, second.id, [(0, 41)], status="disputed")
    with open_story(qtbot, tmp_path) as made:
        made.press(Key.Key_J)
        yield made


def popup_of(bench: Bench) -> ClaimPopup:
    return bench.window.commands.claim_popup


def titles(bench: Bench) -> list[str]:
    return [row.title for row in popup_of(bench).finder.rows()]


def claims(bench: Bench) -> set[str]:
    return {one.text for one in bench.window.hub.project.all(Claim)}


def test_the_most_similar_claim_of_all_articles_is_offered_and_taken_by_enter(bench: Bench) -> None:
    bench.press(Key.Key_M)
    assert titles(bench) == ["The man on television was a hired fighter"]
    bench.press(Key.Key_Return)
    assert claims(bench) == {"The man on television was a hired fighter"}
    assert not popup_of(bench).overlay.isVisible()
    assert bench.window.article.active is not None
    assert bench.window.article.active.text == "The man on television was a hired fighter"
    bench.press(Key.Key_Z, CTRL)
    assert len(claims(bench)) == 2


def test_two_claims_are_said_to_be_the_same_and_parted_in_the_inspector(bench: Bench) -> None:
    bench.press(Key.Key_M)
    bench.press(Key.Key_Return, SHIFT)
    (link,) = bench.window.hub.project.all(Link)
    assert link.link == "same"
    section = bench.window.inspector.sheet.more.related
    assert section is not None
    assert section.isVisible()
    bench.press(Key.Key_M)
    assert popup_of(bench).finder.rows()[0].right == "here: the same"
    bench.press(Key.Key_Escape)
    go, part = section.findChildren(QToolButton)
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert not bench.window.hub.project.all(Link)
    assert not section.isVisible()
    bench.press(Key.Key_Z, CTRL)
    assert section.isVisible()
    del go


@pytest.mark.parametrize(("button", "link"), [("shift", "same"), ("alt", "contradicts")])
def test_a_button_under_the_list_says_what_its_key_says(bench: Bench, button: How, link: str) -> None:
    bench.press(Key.Key_M)
    QTest.mouseClick(popup_of(bench).buttons[button], Qt.MouseButton.LeftButton)
    assert [one.link for one in bench.window.hub.project.all(Link)] == [link]


def test_the_first_button_under_the_list_makes_the_words_a_mention_of_the_claim(bench: Bench) -> None:
    bench.press(Key.Key_M)
    QTest.mouseClick(popup_of(bench).buttons["enter"], Qt.MouseButton.LeftButton)
    assert claims(bench) == {"The man on television was a hired fighter"}


def test_the_other_claim_is_one_click_away(bench: Bench) -> None:
    bench.press(Key.Key_M)
    bench.press(Key.Key_Return, ALT)
    section = bench.window.inspector.sheet.more.related
    assert section is not None
    QTest.mouseClick(section.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert bench.window.article.page is not None
    assert bench.window.article.page.text == SECOND
    assert bench.window.article.active is not None


def test_a_row_says_in_which_articles_the_claim_is_made(bench: Bench) -> None:
    def where() -> list[str]:
        return [row.meta.rpartition(" · ")[2] for row in popup_of(bench).finder.rows()]

    bench.press(Key.Key_M)
    assert where() == ["The bridge"]
    bench.press(Key.Key_Return)
    page = bench.window.article.page
    assert page is not None
    annotating.mark(bench.window.hub.project, page.version.id, [(45, 64)], status="alleged")
    bench.press(Key.Key_J)
    bench.press(Key.Key_M)
    assert where() == ["in this article and 1 more"]


def test_other_words_find_other_claims(bench: Bench) -> None:
    bench.press(Key.Key_M)
    QTest.keyClicks(popup_of(bench).finder.field, "fighter")
    assert titles(bench) == ["The man on television was a hired fighter"]
    QTest.keyClicks(popup_of(bench).finder.field, " tunnel")
    assert titles(bench) == []


def test_a_mention_is_split_off_again(bench: Bench) -> None:
    bench.press(Key.Key_M)
    bench.press(Key.Key_Return)
    bench.window.commands.set["claim.split"].trigger()
    assert claims(bench) == {"The man on television was a hired fighter", "The man on television was hired"[:31]}
