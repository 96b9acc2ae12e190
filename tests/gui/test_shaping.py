"""The shape of a mention by keys and mouse: boundaries, parts, inside another one, and those that overlap."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.gui.claims.model import SHOWN
from annotator.model.ids import AnnotatorId, new_id
from annotator.model.records import Annotator, Mention, TextVersion
from annotator.services import annotating
from tests.gui.article_view.conftest import drag, point_at
from tests.gui.intake.bench import Bench, open_story, story
from tests.gui.scenes import select
from tests.making import put_article

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
TEXT = "“The gate was shut,” he said, “and nobody opened it.” She said the men told him that the log was lost.\n"
WHOLE = "the men told him that the log was lost"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on an article in which two claims are marked; the first is active."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            version = put_article(change, TEXT)
        for words in ("“The gate was shut,” he said, “and nobody opened it.”", WHOLE):
            start = TEXT.index(words)
            annotating.mark(project, version.id, [(start, start + len(words))], status="alleged")
    with open_story(qtbot, tmp_path) as made:
        made.press(Key.Key_J)
        yield made


def parts(bench: Bench) -> list[str]:
    row = bench.window.article.active
    assert row is not None
    return [TEXT[start:end] for start, end in row.spans]


def active(bench: Bench) -> Mention:
    return bench.window.hub.project.get(Mention, bench.window.article.active_id)


def test_reporting_words_are_taken_off_and_joined_again_by_one_key_each(bench: Bench) -> None:
    before = active(bench)
    select(bench.window, "he said")
    bench.press(Key.Key_Minus)
    assert parts(bench) == ["“The gate was shut,”", "“and nobody opened it.”"]
    assert (active(bench).id, active(bench).claim_id) == (before.id, before.claim_id)
    assert not bench.window.pane.view.textCursor().hasSelection()
    bench.window.pane.view.select_range(TEXT.index(", “and") - 8, TEXT.index("“and"))
    bench.press(Key.Key_Plus)
    assert parts(bench)[0].endswith("he said, “and nobody opened it.”")
    bench.press(Key.Key_Z, CTRL)
    assert parts(bench) == ["“The gate was shut,”", "“and nobody opened it.”"]
    bench.press(Key.Key_Z, CTRL)
    assert active(bench).spans == before.spans


def test_the_part_at_the_caret_goes_and_the_last_one_stays(bench: Bench) -> None:
    select(bench.window, "he said")
    bench.press(Key.Key_Minus)
    bench.press(Key.Key_Home, CTRL)
    bench.press(Key.Key_Minus)
    assert parts(bench) == ["“and nobody opened it.”"]
    for _letter in range(TEXT.index("nobody")):
        bench.press(Key.Key_Right)
    bench.press(Key.Key_Minus)
    assert parts(bench) == ["“and nobody opened it.”"]
    assert "Del removes it" in bench.notice


def test_words_are_added_to_nothing_where_no_claim_is_chosen(bench: Bench) -> None:
    bench.window.article.activate("")
    start = TEXT.index("She said")
    drag(bench.window.pane.view, start, start + len("She said"), CTRL)
    assert bench.notice == "Choose a claim first: the words are added to it"
    assert len(bench.window.article.rows) == 2


def test_a_part_is_joined_by_dragging_with_control_and_taken_off_by_a_click_with_it(bench: Bench) -> None:
    bench.press(Key.Key_J)
    view = bench.window.pane.view
    start = TEXT.index("She said")
    drag(view, start, start + len("She said"), CTRL)
    assert parts(bench) == ["She said", WHOLE]
    QTest.mouseClick(view.viewport(), LEFT, CTRL, point_at(view, start + 2))
    assert parts(bench) == [WHOLE]
    told = TEXT.index("told him")
    drag(view, told, told + len("told him"), CTRL)
    assert parts(bench) == ["the men", "that the log was lost"]


def test_a_boundary_dragged_in_the_window_is_one_step_and_the_links_stay(bench: Bench) -> None:
    before = active(bench)
    view = bench.window.pane.view
    knob = next(one for one in view.canvas.handles() if one.side == "start").knob.toPoint()
    QTest.mouseMove(view.viewport(), knob)
    QTest.mousePress(view.viewport(), LEFT, NONE, knob)
    to = point_at(view, TEXT.index("was shut") + 1)
    QTest.mouseMove(view.viewport(), to - QPoint(20, 0))
    QTest.mouseMove(view.viewport(), to)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, to)
    assert parts(bench)[0].startswith("was shut")
    assert (active(bench).id, active(bench).claim_id) == (before.id, before.claim_id)
    bench.press(Key.Key_Z, CTRL)
    assert active(bench).spans == before.spans


def test_marking_inside_a_mention_puts_the_new_one_in_it_and_w_takes_it_out(bench: Bench) -> None:
    outer = bench.window.article.rows[1]
    select(bench.window, "the log was lost")
    bench.press(Key.Key_2)
    assert active(bench).within == outer.mention_id
    index = bench.window.claims.model.index_of(active(bench).id)
    assert index.data(SHOWN)[3] == 1
    assert f"reported in: {WHOLE}" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    bench.press(Key.Key_W)
    assert active(bench).within == ""
    assert index.data(SHOWN)[3] == 0
    bench.press(Key.Key_W)
    assert active(bench).within == outer.mention_id
    bench.press(Key.Key_Z, CTRL)
    assert active(bench).within == ""


def test_the_inspector_leads_to_the_mention_around_and_takes_out_of_it(bench: Bench) -> None:
    outer = bench.window.article.rows[1]
    select(bench.window, "the log was lost")
    bench.press(Key.Key_2)
    inner = active(bench)
    section = bench.window.inspector.sheet.more.related
    assert section is not None
    assert section.isVisible()
    go, out = section.findChildren(QToolButton)
    go.click()
    assert bench.window.article.active_id == outer.mention_id
    assert not section.isVisible()
    bench.window.article.activate(inner.id)
    go, out = (one for one in section.findChildren(QToolButton) if one.isVisible())
    out.setFocus()
    bench.press(Key.Key_Space)
    assert active(bench).within == ""
    assert not section.isVisible()


def test_where_nothing_is_around_w_says_so(bench: Bench) -> None:
    bench.press(Key.Key_W)
    assert active(bench).within == ""
    assert "around" in bench.notice


def colleagues_mark(bench: Bench, words: str) -> str:
    """Mark words in Ana Ruiz's name; return the mention's id."""
    project = bench.window.hub.project
    (version,) = project.all(TextVersion)
    ana, me = Annotator(AnnotatorId(new_id()), "Ana Ruiz"), project.annotator_id
    with project.change("annotator.new") as change:
        change.put(ana)
    project.work_as(ana.id)
    start = TEXT.index(words)
    marked = annotating.mark(project, version.id, [(start, start + len(words))], status="alleged")
    project.work_as(me)
    return marked.mention_id


def test_w_puts_a_mention_into_ones_own_and_never_into_a_colleagues(bench: Bench) -> None:
    theirs = colleagues_mark(bench, "and nobody opened it")
    assert bench.window.article.row(theirs) is not None
    select(bench.window, "nobody")
    bench.press(Key.Key_2)
    mine, own_outer = active(bench), bench.window.article.rows[0]
    assert mine.within == own_outer.mention_id  # though the colleague's is the shorter one around
    bench.press(Key.Key_W)
    assert active(bench).within == ""
    bench.press(Key.Key_W)
    assert active(bench).within == own_outer.mention_id


def test_where_only_a_colleagues_mention_is_around_w_says_that_none_of_ones_own_is(bench: Bench) -> None:
    colleagues_mark(bench, "She said the men told him that the log was lost")
    bench.press(Key.Key_J)  # the colleague's
    bench.press(Key.Key_J)
    assert parts(bench) == [WHOLE]
    bench.press(Key.Key_W)
    assert active(bench).within == ""
    assert "No mention of yours is around" in bench.notice


def test_a_colleagues_mention_is_not_put_into_ones_own_by_w(bench: Bench) -> None:
    theirs = colleagues_mark(bench, "the log was lost")
    bench.window.article.activate(theirs)
    bench.press(Key.Key_W)
    assert active(bench).within == ""
    assert "A colleague marked this" in bench.notice


def test_the_outer_mention_removed_leaves_the_inner_one_and_undo_brings_both_together_again(bench: Bench) -> None:
    outer = bench.window.article.rows[1].mention_id
    select(bench.window, "the log was lost")
    bench.press(Key.Key_2)
    inner = active(bench).id
    bench.window.article.activate(outer)
    bench.press(Key.Key_Delete)
    index = bench.window.claims.model.index_of(inner)
    assert index.data(SHOWN)[3] == 0
    bench.press(Key.Key_Z, CTRL)
    assert bench.window.claims.model.index_of(inner).data(SHOWN)[3] == 1


def test_o_goes_round_the_claims_over_the_same_words_hidden_ones_too(bench: Bench) -> None:
    project = bench.window.hub.project
    (version,) = project.all(TextVersion)
    start = TEXT.index(WHOLE)
    made = [bench.window.article.rows[1].mention_id]
    for less in range(1, 5):
        end = start + len(WHOLE) - 2 * less
        made.append(annotating.mark(project, version.id, [(start, end)], status="disputed").mention_id)
    bench.window.article.activate(made[0])
    seen = [bench.window.article.active_id]
    for _step in range(4):
        bench.press(Key.Key_O)
        seen.append(bench.window.article.active_id)
    assert set(seen) == set(made)
    bench.press(Key.Key_O)
    assert bench.window.article.active_id == seen[0]
    bench.press(Key.Key_O, SHIFT)
    assert bench.window.article.active_id == seen[-1]


def test_a_click_on_the_count_of_hidden_lanes_brings_one_to_the_front(bench: Bench) -> None:
    project, view = bench.window.hub.project, bench.window.pane.view
    (version,) = project.all(TextVersion)
    start = TEXT.index(WHOLE)
    made = [
        annotating.mark(project, version.id, [(start, start + 12 + 2 * more)], status="disputed").mention_id
        for more in range(4)
    ]
    hidden = min(made, key=lambda one: -view.canvas.marks.lane_of(one))
    assert view.canvas.marks.lane_of(hidden) >= 3
    line = view.canvas.rect_at(start).center().y()
    at = QPoint(round(view.canvas.look.sizes.gutter + view.canvas.column + 10), line)
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    assert view.canvas.marks.lane_of(bench.window.article.active_id) >= 3
    view.repaint()
    pieces = [one for one in view.canvas.overlay.pieces if one.mark.id == bench.window.article.active_id]
    assert {one.lane for one in pieces} == {2}
