"""A bug in the window is written down and told once; nothing half done stays, and the next mark is saved."""

import logging
import sys
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.gui.app import BugCatcher
from annotator.gui.commands import Commands
from annotator.gui.window import MainWindow
from annotator.model.changes import Changes
from annotator.model.ids import SourceId, new_id
from annotator.model.records import Mention, Source
from annotator.services.jobs import Progress
from annotator.store.project import Project
from tests.gui import scenes

pytestmark = pytest.mark.usefixtures("qapp")


class Bug(Exception):  # noqa: N818 - that is what it is
    """What no code of the program expects."""


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window as `app.run` shows it: with bugs caught."""
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(path) as shown:
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back what pytest has there
        catcher = BugCatcher(shown)
        catcher.install()
        catcher.caught.connect(shown.notices.report_logged_bug)
        yield shown


def bugs_logged(caplog: pytest.LogCaptureFixture) -> int:
    return sum(
        1
        for record in caplog.records
        if record.levelno == logging.ERROR and record.exc_info and record.exc_info[0] is Bug
    )


def run_until(condition: Callable[[], bool]) -> None:
    """Run the program's own event loop until a condition holds; in any other loop PySide keeps exceptions for later."""
    app = QCoreApplication.instance()
    assert app is not None
    look, end = QTimer(), QTimer()
    look.timeout.connect(lambda: app.exit() if condition() else None)
    end.timeout.connect(app.exit)
    look.start(5)
    end.start(20_000)
    app.exec()
    look.stop()
    end.stop()
    assert condition()


def check_work_goes_on(window: MainWindow) -> None:
    """Nothing waits to be rolled back, and a mark is in the file for whoever else opens it."""
    project = window.hub.project
    assert not project._connection.in_transaction  # pyright: ignore[reportPrivateUsage] - nobody else asks
    before = project.count(Mention)
    scenes.select(window, "He said that he heard the winches")
    QTest.keyClick(window.pane.view, Qt.Key.Key_2)
    row = window.article.active
    assert row is not None
    assert (row.text, row.status) == ("He said that he heard the winches", "disputed")
    with Project.open(project.path, write=False) as other:
        assert other.count(Mention) == before + 1
        assert other.find_any(row.mention_id) is not None


def test_a_bug_in_a_slot(window: MainWindow, caplog: pytest.LogCaptureFixture) -> None:
    def broken(changes: Changes) -> None:
        raise Bug(changes)

    window.hub.changed.connect(broken)
    QTest.keyClick(window.pane.view, Qt.Key.Key_1)
    assert bugs_logged(caplog) == 1
    assert window.notices.toast.isVisible()
    assert "annotator.log" in window.notices.toast.text()
    check_work_goes_on(window)
    window.hub.changed.disconnect(broken)


def test_a_bug_in_any_action_in_the_middle_of_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = Commands._handlers  # pyright: ignore[reportPrivateUsage] - the table's own

    def broken(commands: Commands) -> dict[str, Callable[[], object]]:
        def handler(action_id: str) -> None:
            with commands._window.hub.project.change(action_id) as change:  # pyright: ignore[reportPrivateUsage]
                change.put(Source(SourceId(new_id()), title=action_id))
                raise Bug(action_id)

        return {key: partial(handler, key) for key in real(commands)}

    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with monkeypatch.context() as patched:
        patched.setattr(Commands, "_handlers", broken)
        with scenes.scene(path) as shown:
            patched.setattr(sys, "excepthook", sys.excepthook)
            catcher = BugCatcher(shown)
            catcher.install()
            told: list[str] = []
            catcher.caught.connect(told.append)
            project, before = shown.hub.project, shown.hub.project.saved_at
            rows = shown.commands.set.rows
            assert len(rows) > 40
            for number, row in enumerate(rows, 1):
                action = shown.commands.set[row.id]
                action.setEnabled(True)
                action.trigger()
                assert bugs_logged(caplog) == number, row.id
                assert not project.connection.in_transaction
            assert len(told) == 1  # quietly: the same place is told once
            assert (project.saved_at, project.undo_name) == (before, "")
    with scenes.scene(path) as shown:
        check_work_goes_on(shown)


def test_a_bug_in_a_worker_in_the_middle_of_a_batch(window: MainWindow, caplog: pytest.LogCaptureFixture) -> None:
    def work(project: Project) -> Generator[Progress]:
        with project.change("first") as change:
            change.put(Source(SourceId(new_id()), title="whole"))
        yield Progress(1, 2)
        with project.change("second") as change:
            change.put(Source(SourceId(new_id()), title="half"))
            raise Bug

    before = window.hub.project.count(Source)
    job = window.commands.files.job
    ended: list[bool] = []
    job.ended.connect(lambda: ended.append(True))
    job.run("Work", work, done=lambda _: ended.append(False), cancelled=lambda _: ended.append(False))
    run_until(lambda: bool(ended))
    assert ended == [True]
    assert bugs_logged(caplog) >= 1
    assert "annotator.log" in window.notices.toast.text()
    assert window.hub.project.count(Source) == before + 1
    check_work_goes_on(window)


def test_a_bug_in_a_change_leaves_the_project_as_it_was(window: MainWindow, caplog: pytest.LogCaptureFixture) -> None:
    project = window.hub.project
    mention = project.all(Mention)[0]
    undo = project.undo_name

    def broken() -> None:
        with project.change("a step") as change:
            change.delete(mention)
            raise Bug

    window.status.zoom.clicked.connect(broken)
    window.status.zoom.click()
    assert bugs_logged(caplog) == 1
    assert (project.get(Mention, mention.id), project.undo_name) == (mention, undo)
    check_work_goes_on(window)


def test_a_bug_in_painting_is_told_once(window: MainWindow, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
            raise Bug(event.rect().width())

    told: list[str] = []
    window.notices.toast.hide()
    catcher = window.findChild(BugCatcher)
    assert catcher is not None
    catcher.caught.connect(told.append)
    broken = Broken(window)
    broken.resize(50, 50)
    broken.show()
    for painted in range(1, 4):
        broken.update()
        run_until(lambda painted=painted: bugs_logged(caplog) >= painted)
    assert len(told) == 1
    broken.hide()
    check_work_goes_on(window)


def test_a_bug_in_closing(
    window: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise Bug

    monkeypatch.setattr(window.commands.files, "stop", broken)
    assert not window.close()
    assert bugs_logged(caplog) == 1
    assert window.notices.toast.isVisible()
    check_work_goes_on(window)
    assert window.close()
    assert bugs_logged(caplog) == 2
    monkeypatch.undo()
