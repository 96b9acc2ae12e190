"""While somebody holds the file for writing, the window keeps what it shows and asks again; it never waits."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.gui.window import MainWindow
from annotator.model.changes import Changes, changes_of
from annotator.model.records import Mention
from tests.gui import scenes

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
