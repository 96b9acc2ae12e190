"""Long work in the window: one at a time, a bar with Cancel, whole batches kept, bugs told."""

import threading
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import log_file
from annotator.errors import Refused
from annotator.gui.intake import flow
from annotator.model.records import Article, TextVersion
from annotator.services.jobs import Progress
from annotator.store.check import check
from annotator.store.project import Project
from tests.gui.intake.bench import LONG_MS, Bench, open_bench
from tests.making import put_article

if TYPE_CHECKING:
    from annotator.model.changes import Changes

CTRL = Qt.KeyboardModifier.ControlModifier


class Slow:
    """A job of three batches that waits before the second until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(self, project: Project) -> Generator[Progress, None, object]:
        for number in range(3):
            with project.change("import") as change:
                put_article(change, f"Text number {number}.\n")
            yield Progress(number + 1, 3, f"batch {number + 1}")
            assert self.go.wait(60)
        return "through"


class Outcome:
    """What a job called back with."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.cancelled: list[Changes] = []

    def start(self, bench: Bench, slow: Slow) -> None:
        bench.files.job.run("Working", slow, done=self.done.append, cancelled=self.cancelled.append)


def test_cancel_on_the_bar_keeps_whole_batches(bench: Bench) -> None:
    slow, outcome = Slow(), Outcome()
    outcome.start(bench, slow)
    bar = bench.files.job.bar
    bench.bot.waitUntil(bar.isVisible, timeout=LONG_MS)
    bench.bot.waitUntil(lambda: bar.progress.maximum() > 0, timeout=LONG_MS)
    assert bar.progress.accessibleName() == "Working"
    assert bar.cancel.accessibleName() == "Cancel: Working"
    bar.cancel.setFocus()
    bench.press(Qt.Key.Key_Space)
    assert not bar.cancel.isEnabled()
    slow.go.set()
    bench.idle()
    assert not bar.isVisible()
    assert outcome.done == []
    kept = bench.window.hub.project.count(TextVersion)
    assert 1 <= kept < 3
    assert len(outcome.cancelled[0].ids("version")) == kept


def test_what_batches_write_is_shown_while_the_job_goes_on(bench: Bench) -> None:
    slow, outcome = Slow(), Outcome()
    outcome.start(bench, slow)
    bench.bot.waitUntil(lambda: bench.window.articles.model.rowCount() == 1, timeout=LONG_MS)
    assert bench.files.job.is_running
    slow.go.set()
    bench.idle()
    assert outcome.done == ["through"]
    assert bench.window.articles.model.rowCount() == 3


def test_a_second_job_is_refused_quietly(bench: Bench, article: Path) -> None:
    slow, outcome = Slow(), Outcome()
    outcome.start(bench, slow)
    bench.bring_in(article)
    assert "One thing at a time" in bench.notice
    bench.files.open_project()
    bench.files.export_chosen()
    slow.go.set()
    bench.idle()
    assert outcome.done == ["through"]
    assert bench.files.imports.sheet is None


def test_an_import_that_is_cancelled_is_sound_and_says_what_is_kept(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths: list[Path] = []
    go, real = threading.Event(), flow.import_files

    def waiting(*given: Any, **more: Any) -> Generator[Progress, None, object]:
        steps = real(*given, **more)
        yield next(steps)
        assert go.wait(60)
        yield Progress(1, 2)
        return (yield from steps)

    monkeypatch.setattr(flow, "import_files", waiting)
    for number in range(150):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Story {number}\n\nThe mayor said {number} things on Monday.\n", encoding="utf-8")
        paths.append(path)
    bench.bring_in(*paths)
    bench.sheet()
    bench.press(Qt.Key.Key_Return, CTRL)
    bench.files.job.bar.cancel_wanted.emit()
    go.set()
    bench.idle()
    assert bench.notice.startswith("Import stopped.")
    project = bench.window.hub.project
    assert project.count(Article) == project.count(TextVersion) < 150
    assert not check(project).findings


def test_a_bug_in_a_job_is_logged_and_told(bench: Bench, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_named: object) -> Generator[Progress, None, None]:
        yield Progress(0, 1)
        raise ZeroDivisionError("a bug of ours")

    monkeypatch.setattr(flow, "look", broken)
    bench.bring_in(article)
    bench.idle()
    assert "Something went wrong" in bench.notice
    assert str(log_file.path()) in bench.notice
    assert "ZeroDivisionError: a bug of ours" in log_file.path().read_text(encoding="utf-8")
    assert bench.files.imports.sheet is None


def test_a_refusal_in_a_job_is_told_as_its_line(bench: Bench, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_whatever: object, **_more: object) -> Generator[Progress, None, None]:
        yield Progress(0, 1)
        raise Refused("not saved: the disk is full", do="free some space and try again", file="story.annot")

    monkeypatch.setattr(flow, "import_files", full)
    bench.bring_in(article)
    bench.add()
    assert bench.notice == "story.annot: not saved: the disk is full; free some space and try again"


def test_closing_the_window_waits_for_the_job_and_keeps_its_batches(
    qtbot: QtBot, tmp_path: Path, light_theme: None
) -> None:
    del light_theme
    path = tmp_path / "story.annot"
    slow, outcome = Slow(), Outcome()
    with open_bench(qtbot, path) as bench:
        outcome.start(bench, slow)
        bench.bot.waitUntil(lambda: bench.window.articles.model.rowCount() == 1, timeout=LONG_MS)
        slow.go.set()
    assert not [one for one in threading.enumerate() if one.name == "annotator-job"]
    assert outcome.done == outcome.cancelled == []
    with Project.open(path, write=False) as project:
        assert 1 <= project.count(TextVersion) <= 3


def test_the_bar_stays_at_the_foot_of_the_window(bench: Bench) -> None:
    bar = bench.files.job.bar
    bar.begin("Working")
    bar.appear()
    bench.window.resize(1100, 700)
    bench.bot.waitUntil(lambda: bar.geometry().bottom() == bench.window.height() - 1)
    assert bar.width() == bench.window.width()
    QTest.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    assert bar.cancel.text() == "Stopping…"
    bar.vanish()
