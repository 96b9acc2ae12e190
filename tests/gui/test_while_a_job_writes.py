"""While somebody holds the file for writing, the window keeps what it shows and asks again; it never waits."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.errors import Refused
from annotator.gui.window import MainWindow
from annotator.model.changes import Changes, changes_of
from annotator.model.records import Mention
from tests.gui import scenes
from tests.making import put_article

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def window(tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(path) as shown:
        shown.soundness.stop()
        yield shown


@pytest.fixture
def writer(window: MainWindow) -> Iterator[sqlite3.Connection]:
    """Whoever is in the middle of a COMMIT."""
    connection = sqlite3.connect(window.hub.project.path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.close()


def test_what_a_worker_saved_is_told_when_the_file_is_free(window: MainWindow, writer: sqlite3.Connection) -> None:
    told: list[Changes] = []
    window.hub.changed.connect(told.append)
    rows = list(window.article.rows)
    window.hub.take_over(changes_of([("mention", rows[0].mention_id)]))
    window.hub.take_over(changes_of([("mention", rows[1].mention_id)]))
    assert not told
    assert window.article.rows == rows
    assert not window.notices.toast.isVisible()
    writer.execute("ROLLBACK")
    scenes.wait_for(lambda: bool(told))
    assert told == [changes_of([("mention", rows[0].mention_id), ("mention", rows[1].mention_id)])]
    assert not window.hub.project.connection.in_transaction


def test_while_a_job_writes_on_the_views_rest_and_catch_up_when_it_is_through(window: MainWindow) -> None:
    told: list[Changes] = []
    window.hub.pause_watch()
    window.hub.changed.connect(told.append)
    first, second, third = (changes_of([("mention", row.mention_id)]) for row in list(window.article.rows)[:3])
    window.hub.take_over(first)
    assert told == [first]
    window.hub.take_over(second)
    window.hub.take_over(third)
    assert told == [first]
    window.hub.catch_up()
    assert told == [first, second | third]
    window.hub.catch_up()
    window.hub.take_over(third)
    scenes.wait_for(lambda: told == [first, second | third, third])
    window.hub.resume_watch()


def test_what_arrives_follows_the_rows_of_the_list_and_what_is_chosen_stays(window: MainWindow) -> None:
    panel, project = window.articles, window.hub.project
    chosen, before, resets = panel.chosen(), list(panel.model.rows), list[None]()
    panel.model.modelReset.connect(lambda: resets.append(None))
    with project.change("import") as change:
        change.arriving = True
        version = put_article(change)
    assert [row.version.id for row in panel.model.rows] == [*(row.version.id for row in before), version.id]
    assert panel.list.model().rowCount() == len(before) + 1
    assert panel.chosen() == chosen
    assert not resets
    with project.change("edit") as change:
        change.put(replace(version, title="The other bridge"))
    assert panel.model.rows[-1].version.title == "The other bridge"
    assert resets


def test_looking_around_leaves_a_writer_alone(window: MainWindow, writer: sqlite3.Connection) -> None:
    told: list[Changes] = []
    window.hub.changed.connect(told.append)
    window.hub.look_around()
    assert not told
    writer.execute("UPDATE session SET closed = 1 WHERE 0")
    writer.execute("ROLLBACK")
    window.hub.look_around()
    assert not window.hub.project.connection.in_transaction


def test_a_view_that_writes_while_it_is_told_ends_the_reading_first(window: MainWindow) -> None:
    project = window.hub.project
    row = window.article.rows[0]
    mention = project.get(Mention, row.mention_id)

    def remove(changes: Changes) -> None:
        if not changes.touches("annotator"):
            return
        with project.change("remove") as change:
            change.delete(mention)

    window.hub.changed.connect(remove)
    window.hub.take_over(changes_of([("annotator", project.annotator_id)]))
    assert project.find(Mention, mention.id) is None
    assert not project.connection.in_transaction
    window.hub.changed.disconnect(remove)


@pytest.fixture
def versions(window: MainWindow) -> list[str]:
    """The article versions, the one on show first; read before anybody holds the file."""
    return [row.version.id for row in window.hub.project.version_rows()]


def test_an_article_that_is_chosen_meanwhile_is_shown_when_the_file_is_free(
    window: MainWindow, versions: list[str], writer: sqlite3.Connection
) -> None:
    before = window.article.page
    window.articles.article_chosen.emit(versions[-1])
    assert window.article.page is before
    assert not window.notices.toast.isVisible()
    writer.execute("ROLLBACK")
    scenes.wait_for(lambda: window.article.page is not before)
    assert window.article.page is not None
    assert window.article.page.version.id == versions[-1]
    assert not window.hub.project.connection.in_transaction


def test_of_several_claims_chosen_meanwhile_the_last_is_shown(window: MainWindow, writer: sqlite3.Connection) -> None:
    detail = window.inspector.detail
    for row in window.article.rows[1:3]:
        window.article.activate(row.mention_id)
    assert window.inspector.detail is detail
    writer.execute("ROLLBACK")
    scenes.wait_for(lambda: window.inspector.detail is not detail)
    shown = window.inspector.detail
    assert shown is not None
    assert shown.mention.id == window.article.rows[2].mention_id


def test_a_mark_that_finds_a_merge_at_work_is_not_saved_at_once_and_retry_makes_it(
    window: MainWindow, writer: sqlite3.Connection
) -> None:
    project = window.hub.project
    writer.execute("ROLLBACK")
    writer.execute("BEGIN IMMEDIATE")  # as a merge holds it until its last moment: others may read
    project.impatient = Refused("not saved: colleagues' files are being merged", do="try again when they are in")
    scenes.select(window, "He said that he heard the winches")
    chosen = window.pane.view.selected_range()
    QTest.keyClick(window.pane.view, Qt.Key.Key_2)
    assert "being merged" in window.banner.text.text()
    assert window.pane.view.selected_range() == chosen
    writer.execute("ROLLBACK")
    window.banner.retry.click()
    assert not window.banner.isVisible()
    row = window.article.active
    assert row is not None
    assert row.status == "disputed"


def test_a_moment_waits_for_nobody_and_what_follows_it_does_again(window: MainWindow) -> None:
    project = window.hub.project

    def waits() -> int:
        return int(project.connection.execute("PRAGMA busy_timeout").fetchone()[0])

    before = waits()
    assert before > 0
    with project.moment() as free:
        assert free
        assert waits() == 0
        with project.moment() as inside:
            assert inside
        assert waits() == 0
    assert waits() == before
