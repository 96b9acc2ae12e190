"""Going anywhere by typing: commands, and everything the project says, by keys alone."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.gui.actions import table
from annotator.gui.popups.palette import Palette
from annotator.services import annotating, linking
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST = "The bridge was safe, the mayor said.\n"
SECOND = "A pianist was shown on television 👩‍🚀, viewers wrote.\n"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on a project of two articles; the first is on show."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            put_article(change, FIRST)
            second = put_article(change, SECOND)
        marked = annotating.mark(project, second.id, [(2, 33)], status="disputed")
        annotating.edit_claim(project, marked.claim_id, text="The man on television is a hired fighter")
        annotating.set_speaker(project, marked.mention_id, name="State broadcaster")
        linking.link_new_source(project, marked.claim_id, "https://example.org/archive-footage", stance="refutes")
    with open_story(qtbot, tmp_path) as made:
        yield made


def palette_of(bench: Bench) -> Palette:
    return bench.window.commands.palette


def typed(bench: Bench, words: str, *modifiers: Qt.KeyboardModifier) -> list[tuple[str, str]]:
    bench.press(Key.Key_F if SHIFT in modifiers else Key.Key_K, CTRL, *modifiers)
    QTest.keyClicks(palette_of(bench).finder.field, words)
    return [(row.kind, row.title) for row in palette_of(bench).finder.rows()]


def test_a_command_is_found_by_its_words_and_done(bench: Bench) -> None:
    assert typed(bench, "larger")[0] == ("command", "Larger text")
    bench.press(Key.Key_Return)
    assert bench.window.pane.view.zoom() == 110
    assert not palette_of(bench).overlay.isVisible()


def test_a_command_that_is_only_almost_called_so_comes_last(bench: Bench) -> None:
    rows = typed(bench, "state")
    assert rows[0] == ("speaker", "State broadcaster")
    assert rows[-1] == ("command", "Annotate")
    bench.press(Key.Key_Escape)
    assert typed(bench, "annotte")[0] == ("command", "Annotate")


def test_what_cannot_be_done_now_is_not_listed(bench: Bench) -> None:
    assert ("command", "Remove") not in typed(bench, "remove")
    bench.press(Key.Key_Escape)
    assert not palette_of(bench).overlay.isVisible()
    assert bench.window.pane.view.hasFocus()


@pytest.mark.parametrize(
    ("words", "kind"),
    [("hired fighter", "claim"), ("broadcaster", "speaker"), ("shown", "mention")],
)
def test_whatever_is_chosen_is_shown_in_its_article(bench: Bench, words: str, kind: str) -> None:
    assert bench.window.article.page is not None
    assert bench.window.article.page.text == FIRST
    rows = typed(bench, words)
    palette_of(bench).finder.go_to_kind(kind)
    assert kind in [found for found, _title in rows]
    bench.press(Key.Key_Return)
    assert bench.window.article.page.text == SECOND
    assert bench.window.article.active is not None
    assert bench.window.pane.view.hasFocus()


def test_an_article_opens_at_the_words_that_were_found(bench: Bench) -> None:
    rows = typed(bench, "viewers", SHIFT)
    assert [kind for kind, _title in rows] == ["version"]
    bench.press(Key.Key_Return)
    start, end = bench.window.pane.view.raw_selection()
    assert SECOND[start:end] == "viewers"


def test_searching_the_project_begins_with_the_selected_words_and_lists_no_commands(bench: Bench) -> None:
    bench.window.pane.view.select_range(4, 10)
    rows = typed(bench, "", SHIFT)
    assert palette_of(bench).finder.query() == "bridge"
    assert {kind for kind, _title in rows} == {"version"}


def test_the_field_in_the_top_bar_opens_it(bench: Bench) -> None:
    QTest.mouseClick(bench.window.top.find_field, Qt.MouseButton.LeftButton)
    assert palette_of(bench).overlay.isVisible()
    assert palette_of(bench).finder.field.hasFocus()


def test_changes_are_found_as_soon_as_they_are_made(bench: Bench) -> None:
    bench.window.pane.view.select_range(4, 10)
    bench.press(Key.Key_2)
    assert ("mention", "bridge") in typed(bench, "bridge")


def test_every_command_in_it_has_an_icon_that_there_is(bench: Bench) -> None:
    icons = {row.icon for row in table(bench.window.hub.scheme) if row.icon}
    assert len(icons) > len(bench.window.hub.scheme)
    assert [one for one in icons if not assets.path("icons", f"{one}.svg").is_file()] == []
    assert ("command", "Mark as alleged") in typed(bench, "mark as alleged")
    bench.window.commands.palette.finder.grab()  # an icon that is missing would show itself here
