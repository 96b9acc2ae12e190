"""An article that two brought in apart, in the window: one row, the marks of both, apart again without the link."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from annotator.gui.articles.model import COUNTS
from annotator.gui.popups.matching import entry
from annotator.gui.popups.shelf import Shelf
from annotator.model.ids import LinkId, SpeakerId, new_id
from annotator.model.records import Annotator, Link, Mention, Speaker
from annotator.services import annotating
from annotator.services.projects import new_project, opened
from annotator.store.check import check
from annotator.store.classes import shown_rows
from annotator.store.project import Project
from tests.gui.desks import open_desk
from tests.gui.intake.bench import Bench, open_bench
from tests.gui.people import Typist
from tests.making import TEXT, claim, mention, put_article
from tests.store.merging.desks import merge_into

Key = Qt.Key


def apart(path: Path, person: str, words: str) -> Path:
    """Somebody's own project, with the article and a mark on these words."""
    new_project(path, person=person)
    with opened(path, write=True, person=person) as project:
        with project.change("import") as change:
            version = put_article(change)
        start = TEXT.index(words)
        annotating.mark(project, version.id, [(start, start + len(words))], status="disputed")
    return path


@pytest.fixture(params=["mine first", "theirs first"])
def bench(request: pytest.FixtureRequest, tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """Imani's project with Bo's merged into it; either article may be the one that speaks for both."""
    del light_theme
    makers: list[Callable[[], Path]] = [
        lambda: apart(tmp_path / "story.annot", "Imani Castellan", "the bridge was safe"),
        lambda: apart(tmp_path / "bo.annot", "Bo Larsen", "The mayor"),
    ]
    for make in makers if request.param == "mine first" else reversed(makers):
        make()
    with open_bench(qtbot, tmp_path / "story.annot") as made:
        made.answers.opened = [tmp_path / "bo.annot"]
        made.window.commands.set["project.merge"].trigger()
        made.idle()
        made.press(Key.Key_Return)
        made.idle()
        made.window.pane.take_focus()
        yield made


def places(bench: Bench) -> list[str]:
    return [TEXT[row.spans[0][0] : row.spans[-1][1]] for row in bench.window.article.rows]


def listed(bench: Bench) -> list[dict[str, int]]:
    model = bench.window.articles.model
    return [model.index(row).data(COUNTS) for row in range(model.rowCount(QModelIndex()))]


def take_apart(bench: Bench) -> None:
    """Delete the link, in the name of who made it, as a colleague would."""
    project = bench.window.hub.project
    (link,) = project.all(Link)
    mine = project.annotator_id
    project.work_as(link.annotator_id)
    with project.change("apart") as change:
        change.delete(link)
    project.work_as(mine)


def test_a_command_parts_them_whoever_made_the_link_and_undo_joins_them_again(bench: Bench, tmp_path: Path) -> None:
    part = bench.window.commands.set["article.part"]
    assert part.isEnabled()
    part.trigger()
    assert sorted(map(str, listed(bench))) == ["{'disputed': 1}"] * 2
    assert len(places(bench)) == 1
    assert "each article keeps its marks" in bench.notice
    assert not part.isEnabled()
    # No merge links them again, here or at the colleague's.
    look_and_merge(bench, tmp_path / "bo.annot")
    assert len(listed(bench)) == 2
    with opened(tmp_path / "bo.annot", write=True, person="Bo Larsen") as bos:
        tally = merge_into(bos, bench.window.hub.project)
        assert (tally.kept_out, tally.same_articles) == ([], [])
        assert len(shown_rows(bos)) == 2
        assert check(bos).sound
    bench.window.pane.take_focus()
    bench.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert listed(bench) == [{"disputed": 2}]
    assert part.isEnabled()


def look_and_merge(bench: Bench, path: Path) -> None:
    bench.answers.opened = [path]
    bench.window.commands.set["project.merge"].trigger()
    bench.idle()
    bench.press(Key.Key_Return)
    bench.idle()


def active(bench: Bench) -> str:
    row = bench.window.article.active
    assert row is not None
    return TEXT[row.spans[0][0] : row.spans[-1][1]]


def test_it_is_one_row_with_the_marks_of_both_and_j_steps_through_them(bench: Bench) -> None:
    assert listed(bench) == [{"disputed": 2}]
    assert places(bench) == ["The mayor", "the bridge was safe"]
    assert bench.window.claims.model.counts() == {"disputed": 2}
    bench.press(Key.Key_J)
    assert active(bench) == "The mayor"
    bench.press(Key.Key_J)
    assert active(bench) == "the bridge was safe"
    bench.press(Key.Key_K)
    assert active(bench) == "The mayor"
    assert "Bo Larsen marked this in another copy of this article" in bench.window.inspector.sheet.notice.text()


def test_a_new_mark_is_made_in_the_article_on_show_and_undo_takes_it_back(bench: Bench, qtbot: QtBot) -> None:
    page = bench.window.article.page
    assert page is not None
    Typist(qtbot, bench.window).select("Engineers")
    bench.press(Key.Key_2)
    assert places(bench) == ["The mayor", "the bridge was safe", "Engineers"]
    made = bench.window.hub.project.get(Mention, bench.window.article.active_id)
    assert made.article_id == page.article.id
    bench.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert places(bench) == ["The mayor", "the bridge was safe"]


def test_what_changes_in_the_other_article_reaches_the_open_one(bench: Bench) -> None:
    project, article = bench.window.hub.project, bench.window.article
    bo = next(one for one in project.all(Mention) if one.annotator_id != project.annotator_id)
    assert article.page is not None
    assert bo.article_id != article.page.article.id
    project.work_as(bo.annotator_id)
    with project.change("more") as change:
        said = claim()
        change.put(said)
        there = project.versions_of(bo.article_id)[0]
        change.put(mention(said, there, 10, 15, by=Annotator(bo.annotator_id, "")))
    assert [row.spans[0] for row in article.rows] == [(0, 9), (10, 15), article.rows[2].spans[0]]
    with project.change("remove") as change:
        change.delete(bo)
    assert len(article.rows) == 2
    assert bo.id not in {row.mention_id for row in article.rows}


def test_without_the_link_they_are_two_rows_and_the_open_article_stays(bench: Bench) -> None:
    page = bench.window.article.page
    assert page is not None
    take_apart(bench)
    assert listed(bench) == [{"disputed": 1}, {"disputed": 1}]
    shown = bench.window.article.page
    assert shown is not None
    assert shown.version == page.version
    assert places(bench) == ["the bridge was safe"]
    assert bench.window.articles.chosen() == page.version.id


def test_speakers_that_are_one_are_offered_once_under_any_of_their_names(
    tmp_path: Path, qtbot: QtBot, light_theme: None
) -> None:
    del qtbot, light_theme
    with open_desk(tmp_path / "desk.annot") as desk:
        names = ("Dana Okafor", "Mayor Okafor", "Lev Marchetti")
        first, second, third = [Speaker(SpeakerId(new_id()), name) for name in names]
        shelf = Shelf(desk.hub, Speaker, Project.speakers, lambda one: entry(one.id, one.name))
        put(desk.project, first, second, third)
        assert len(shelf.find("", limit=9)) == 3
        link = Link(LinkId(new_id()), "same", second.id, first.id, desk.project.annotator_id)
        put(desk.project, link)
        assert {one.name for one in shelf.find("", limit=9)} == {"Dana Okafor", "Lev Marchetti"}
        assert [one.name for one in shelf.find("mayor", limit=9)] == ["Dana Okafor"]
        assert shelf.together({second.id: 2, third.id: 1})[first.id] == 2
        put(desk.project, replace(second, name="The mayor"))
        assert [one.name for one in shelf.find("mayor", limit=9)] == ["Dana Okafor"]
        with desk.project.change("apart") as change:
            change.delete(link)
        assert len(shelf.find("", limit=9)) == 3


def put(project: Project, *records: Speaker | Link) -> None:
    with project.change("put") as change:
        for record in records:
            change.put(record)
