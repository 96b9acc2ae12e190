"""Articles narrowed by chips, with the keyboard: combined, counted, cleared, remembered; the one on show stays."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.articles.facets import FacetPanel
from annotator.gui.articles.model import ROW
from annotator.gui.widgets.count_chip import CountChip
from annotator.model.changes import Changes
from annotator.model.ids import AnnotatorId, ArticleId, VersionId, new_id
from annotator.model.records import Annotator, Article, TextVersion, version_id
from annotator.services import annotating, blind
from annotator.services.projects import new_project, opened
from annotator.store.project import Project
from tests.gui.intake.bench import Bench, open_bench

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
STORIES = (("The dam held.", "Courier"), ("The dam broke.", "Wire"), ("Nothing happened.", "Courier"), ("Rain.", ""))


def put(project: Project, text: str, publisher: str) -> VersionId:
    with project.change("import") as change:
        article = Article(ArticleId(new_id()), publisher=publisher)
        sha256 = change.put_text(text)
        version = TextVersion(version_id(article.id, sha256), article.id, sha256, title=text)
        change.put(article)
        change.put(version)
    return version.id


@contextmanager
def opened_beside(project: Project) -> Generator[Project]:
    """Give the project as Bo works in it, who has not worked in it before."""
    person = Annotator(AnnotatorId(new_id()), "Bo")
    with project.change("annotator.new") as change:
        change.put(person)
    theirs = project.beside()
    theirs.work_as(person.id, writing=True)
    yield theirs
    theirs.close()


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on four articles, of which the first two are marked; the facets are on show."""
    del light_theme
    path = tmp_path / "story.annot"
    new_project(path, person="Imani Castellan")
    with opened(path, write=True, person="Imani Castellan") as project:
        versions = [put(project, *story) for story in STORIES]
        annotating.mark(project, versions[0], [(0, 7)], status="disputed")
        annotating.mark(project, versions[1], [(0, 7)], status="alleged")
    with open_bench(qtbot, path) as made:
        made.press(Key.Key_L, CTRL, SHIFT)
        made.bot.waitUntil(lambda: bool(made.window.articles.facets.chips))
        yield made


def facets(bench: Bench) -> FacetPanel:
    return bench.window.articles.facets


def chip(bench: Bench, title: str) -> CountChip:
    return next(one for one in facets(bench).chips.values() if one.text() == title)


def press(bench: Bench, title: str) -> None:
    wanted = chip(bench, title)
    for _step in range(40):
        if wanted.hasFocus():
            break
        bench.press(Key.Key_Tab)
    assert wanted.hasFocus()
    bench.press(Key.Key_Space)


def shown(bench: Bench) -> list[str]:
    model = bench.window.articles.list.model()
    return [model.index(row, 0).data(ROW).version.title for row in range(model.rowCount())]


def counts(bench: Bench) -> dict[str, int]:
    return {one.text(): one.count() for one in facets(bench).chips.values()}


def test_the_key_opens_the_chips_with_counts_and_leads_back(bench: Bench) -> None:
    first = next(iter(facets(bench).chips.values()))
    assert first.hasFocus()
    assert counts(bench) == {
        "Alleged": 1,
        "Disputed": 1,
        "Claims without a source": 2,
        "Mine": 2,
        "Not started": 2,
        "Courier": 2,
        "Wire": 1,
    }
    assert first.accessibleName() == "Alleged, 1 article"
    bench.press(Key.Key_L, CTRL, SHIFT)
    assert bench.window.articles.list.hasFocus()
    assert not facets(bench).is_open


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(bench: Bench) -> None:
    press(bench, "Disputed")
    assert shown(bench) == ["The dam held."]
    assert counts(bench)["Wire"] == 0
    press(bench, "Alleged")
    assert shown(bench) == ["The dam held.", "The dam broke."]
    press(bench, "Courier")
    assert shown(bench) == ["The dam held."]
    assert counts(bench)["Alleged"] == 0
    assert facets(bench).told.text() == "1 of 4 articles"


def test_the_article_on_show_stays_in_the_list(bench: Bench) -> None:
    press(bench, "Wire")
    assert shown(bench) == ["The dam held.", "The dam broke."]
    assert bench.window.article.page is not None
    assert bench.window.article.page.version.title == "The dam held."


def test_clear_shows_all_again(bench: Bench) -> None:
    press(bench, "Not started")
    assert "Rain." in shown(bench)
    assert "The dam broke." not in shown(bench)
    while not facets(bench).clear.hasFocus():
        bench.press(Key.Key_Tab)
    bench.press(Key.Key_Space)
    assert len(shown(bench)) == len(STORIES)
    assert not facets(bench).is_narrowed


def test_what_is_chosen_is_told_while_the_chips_are_hidden(bench: Bench) -> None:
    press(bench, "Disputed")
    bench.press(Key.Key_L, CTRL, SHIFT)
    assert facets(bench).told.text() == "1 of 4 articles: Disputed"
    assert facets(bench).told.isVisible()
    assert shown(bench) == ["The dam held."]


def test_a_mark_is_counted_a_moment_later(bench: Bench) -> None:
    window = bench.window
    third = window.hub.project.version_rows()[2].version.id
    window.hub.do(annotating.mark, third, [(0, 7)], status="disputed")
    bench.bot.waitUntil(lambda: counts(bench)["Disputed"] == 2)
    window.commands.undo()
    bench.bot.waitUntil(lambda: counts(bench)["Disputed"] == 1)


def test_an_article_that_is_left_out_is_found_all_the_same(bench: Bench) -> None:
    press(bench, "Disputed")
    window = bench.window
    window.articles.choose(window.hub.project.version_rows()[3].version.id)
    assert window.article.page is not None
    assert window.article.page.version.title == "Rain."
    assert len(shown(bench)) == len(STORIES)


def test_what_was_chosen_holds_on_when_the_project_is_opened_again(bench: Bench, tmp_path: Path) -> None:
    press(bench, "Disputed")
    other, path = tmp_path / "other.annot", bench.window.hub.project.path
    new_project(other, person="Imani Castellan")
    assert bench.window.open_path(other)
    assert not facets(bench).is_narrowed
    assert bench.window.open_path(path)
    bench.bot.waitUntil(lambda: shown(bench) == ["The dam held."])
    assert chip(bench, "Disputed").isChecked()


def test_a_click_does_what_a_key_does(bench: Bench) -> None:
    QTest.mouseClick(chip(bench, "Disputed"), Qt.MouseButton.LeftButton)
    assert shown(bench) == ["The dam held."]
    QTest.mouseClick(bench.window.articles.narrow, Qt.MouseButton.LeftButton)
    assert not facets(bench).is_open


def test_what_is_hidden_in_blind_work_is_not_counted(bench: Bench) -> None:
    project = bench.window.hub.project
    third = project.version_rows()[2].version.id
    with opened_beside(project) as theirs:
        annotating.mark(theirs, third, [(0, 7)], status="confirmed")
    facets(bench).read()
    bench.bot.waitUntil(lambda: "Confirmed" in counts(bench))
    bench.window.hub.do(blind.set_blind, blind=True)
    bench.window.hub.changed.emit(Changes(whole=True))
    bench.bot.waitUntil(lambda: facets(bench).is_open and bench.window.hub.project.veil is not None)
    facets(bench).read()
    bench.bot.waitUntil(lambda: "Confirmed" not in counts(bench))
    assert counts(bench)["Not started"] == len(STORIES) / 2
    assert "Others'" not in counts(bench)
