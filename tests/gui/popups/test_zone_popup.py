"""What the blocks of an article are, by keys: one, or all that are selected, in one step."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.model.records import TextVersion, Zone, zone_id
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "The dam\n\nNobody opened it.\n\nSign up for our letter\n\nMost read\n"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on an article whose blocks are all taken for the body."""
    del light_theme
    with story(tmp_path) as project, project.change("import") as change:
        version = put_article(change, TEXT)
        place = 0
        for block in TEXT.strip().split("\n\n"):
            start = TEXT.index(block, place)
            place = start + len(block)
            sha = version.text_sha256
            zone = Zone(zone_id(version.article_id, sha, start, place), version.article_id, sha, "body", start, place)
            change.put(zone)
    with open_story(qtbot, tmp_path) as made:
        yield made


def zones(bench: Bench) -> list[tuple[str, str]]:
    project = bench.window.hub.project
    (version,) = project.all(TextVersion)
    found = sorted(project.zones_of(version.id), key=lambda zone: zone.start)
    return [(zone.zone, TEXT[zone.start : zone.end]) for zone in found]


def test_z_and_a_digit_say_what_the_block_at_the_caret_is(bench: Bench) -> None:
    bench.press(Key.Key_Home, CTRL)
    bench.press(Key.Key_Z)
    bench.press(Key.Key_1)
    assert zones(bench)[0] == ("headline", "The dam")
    assert [kind for kind, _words in zones(bench)[1:]] == ["body"] * 3
    assert bench.window.pane.view.hasFocus()
    bench.press(Key.Key_Z, CTRL)
    assert zones(bench)[0] == ("body", "The dam")


def test_the_kind_is_found_by_typing_and_all_selected_blocks_change_in_one_step(bench: Bench) -> None:
    view = bench.window.pane.view
    view.select_range(TEXT.index("Sign"), TEXT.index("Most") + 2)
    QTest.keyClick(view, Key.Key_Right, SHIFT)
    bench.press(Key.Key_Z)
    QTest.keyClicks(bench.window.commands.zone_popup.finder.field, "adv")
    assert [row.key for row in bench.window.commands.zone_popup.finder.rows()] == ["boilerplate"]
    bench.press(Key.Key_Return)
    assert [kind for kind, _words in zones(bench)] == ["body", "body", "boilerplate", "boilerplate"]
    bench.press(Key.Key_Z, CTRL)
    assert [kind for kind, _words in zones(bench)] == ["body"] * 4


def test_the_article_shows_the_new_kind_where_one_was_reading(bench: Bench) -> None:
    view = bench.window.pane.view
    bench.press(Key.Key_End, CTRL)
    bench.press(Key.Key_Up)
    caret = view.caret()
    assert len(view.canvas.sheet.numbers) == 4
    bench.press(Key.Key_Z)
    bench.press(Key.Key_8)
    assert len(view.canvas.sheet.numbers) == 3
    assert view.caret() == caret
    assert ("boilerplate", *view.canvas.page.zones[-1][1:]) == view.canvas.page.zones[-1]


def test_the_kind_that_it_is_has_a_tick_and_esc_changes_nothing(bench: Bench) -> None:
    bench.press(Key.Key_Z)
    rows = bench.window.commands.zone_popup.finder.rows()
    assert [row.key for row in rows if row.icon_name == "check"] == ["body"]
    bench.press(Key.Key_Escape)
    assert [kind for kind, _words in zones(bench)] == ["body"] * 4
    assert bench.window.hub.project.undo_name == ""


def test_enter_alone_leaves_the_block_what_it_is(bench: Bench) -> None:
    before = zones(bench)
    bench.press(Key.Key_Home, CTRL)
    bench.press(Key.Key_Z)
    assert bench.window.commands.zone_popup.finder.current() == bench.window.commands.zone_popup.finder.rows()[4]
    bench.press(Key.Key_Return)
    assert zones(bench) == before


@pytest.fixture
def told(bench: Bench) -> list[str]:
    """What is announced."""
    heard: list[str] = []
    bench.window.hub.announced.connect(heard.append)
    return heard


def test_what_the_blocks_are_now_is_announced_once(bench: Bench, told: list[str], qtbot: QtBot) -> None:
    view = bench.window.pane.view
    view.select_range(TEXT.index("Sign"), TEXT.index("Most") + 2)
    QTest.keyClick(view, Key.Key_Right, SHIFT)
    bench.press(Key.Key_Z)
    bench.press(Key.Key_8)
    assert told == ["2 blocks are now: Boilerplate"]
    bench.press(Key.Key_Home, CTRL)
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told == ["2 blocks are now: Boilerplate", "Body"]


def test_coming_into_a_block_of_another_kind_is_announced_and_staying_in_it_is_not(
    bench: Bench, told: list[str], qtbot: QtBot
) -> None:
    bench.press(Key.Key_Home, CTRL)
    bench.press(Key.Key_Z)
    bench.press(Key.Key_1)
    bench.press(Key.Key_End, CTRL)
    bench.press(Key.Key_Up)
    bench.press(Key.Key_Z)
    bench.press(Key.Key_8)
    told.clear()
    bench.press(Key.Key_Home, CTRL)
    qtbot.waitUntil(lambda: told == ["Headline"])
    for _step in range(4):
        bench.press(Key.Key_Right)
    for _step in range(2):
        bench.press(Key.Key_Down)
    qtbot.waitUntil(lambda: told == ["Headline", "Body"])
    for _step in range(2):  # from one block of the body to the next
        bench.press(Key.Key_Down)
    for _step in range(2):
        bench.press(Key.Key_Down)
    qtbot.waitUntil(lambda: told == ["Headline", "Body", "Boilerplate"])
    bench.window.pane.view.set_zoom(130)  # laid out anew: the caret has not been elsewhere
    bench.press(Key.Key_Right)
    bench.press(Key.Key_Home, CTRL)
    qtbot.waitUntil(lambda: told == ["Headline", "Body", "Boilerplate", "Headline"])
