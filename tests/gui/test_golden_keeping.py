"""Pictures of what keeps the work: merging, several versions, backups, history (see test_golden.py)."""

import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from annotator.gui.files import Files
from annotator.gui.window import MainWindow
from annotator.model.records import Claim
from annotator.services import annotating, redacting, viewing
from annotator.services.projects import opened
from annotator.store import backup
from annotator.store.backup import Why
from annotator.store.project import Project
from tests.gui import scenes
from tests.gui.pictures import Golden

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only"),
    pytest.mark.usefixtures("qapp"),
]

TAKEN: tuple[tuple[Why, str], ...] = (("opening", "11"), ("interval", "12"), ("import", "13"))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ines's project with three backups and words for a claim; Bo's copy beside it has others, and redacted one."""
    made = tmp_path / "lanner.annot"
    scenes.make_project(made)
    shutil.copyfile(made, tmp_path / "bo.annot")
    with opened(made, write=True, person=scenes.INES) as project:
        word(project, "Somebody opened the gates of the dam on purpose.")
        for why, day in TAKEN:
            for _stage in backup.taking(project, why, moment=lambda day=day: f"2024-03-{day}T09:30:00.000000Z"):
                pass
    # Bo works on another machine.
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("ANNOTATOR_HOME", str(tmp_path / "elsewhere"))
        with opened(tmp_path / "bo.annot", write=True, person="Bo Larsen") as project:
            moment = int(scenes.MOMENT.timestamp() * 1000) << 16
            project._clock.see(moment)  # pyright: ignore[reportPrivateUsage] - nobody else may set it
            word(project, "The gates of the dam were opened on Saturday night.")
            version = project.version_rows()[0].version
            start = project.text(version.text_sha256).index("water climb four steps")
            annotating.mark(project, version.id, [(start, start + len("water climb"))], status="disputed")
            redacting.redact(project, viewing.claim_rows(project, version.id)[1].claim_id, "a protected source")
    return made


def word(project: Project, text: str) -> None:
    claim = project.get(Claim, viewing.claim_rows(project, project.version_rows()[0].version.id)[0].claim_id)
    with project.change("claim.text") as change:
        change.put(replace(claim, text=text))


@contextmanager
def scene(path: Path, **how: str | tuple[int, int]) -> Generator[tuple[MainWindow, Files]]:
    with scenes.scene(path, **how) as window:  # pyright: ignore[reportArgumentType] - theme and size
        files = window.commands.files
        files.keeping.opened.stop()  # a backup taken now would have the time of now
        yield window, files


def merge(path: Path, files: Files) -> None:
    files.merging.look([path.with_name("bo.annot")])
    scenes.wait_for(lambda: files.merging.sheet.is_open)


def picture_of(window: MainWindow) -> QImage:
    scenes.settle()
    return window.grab().toImage()


def test_what_a_merge_would_bring(path: Path, golden: Golden) -> None:
    with scene(path) as (window, files):
        merge(path, files)
        golden.check(picture_of(window), "merge")


def test_what_a_merge_would_bring_in_the_smallest_window(path: Path, golden: Golden) -> None:
    with scene(path, theme="dark", size=(1024, 640)) as (window, files):
        merge(path, files)
        golden.check(picture_of(window), "merge-dark-small")


def test_two_versions_to_choose_from(path: Path, golden: Golden) -> None:
    with scene(path, theme="contrast", size=(1024, 640)) as (window, files):
        merge(path, files)
        QTest.keyClick(files.merging.sheet.merge, Qt.Key.Key_Return)
        scenes.wait_for(lambda: not files.job.is_running and files.keeping.is_idle)
        window.notices.toast.hide()
        window.commands.set["project.versions"].trigger()
        window.status.hide()  # it says when it was saved
        golden.check(picture_of(window), "versions-contrast-small")


def test_the_list_of_backups(path: Path, golden: Golden) -> None:
    with scene(path) as (window, files):
        window.commands.set["project.backups"].trigger()
        sheet = files.keeping.sheet
        scenes.wait_for(lambda: sheet.is_looked_through)
        sheet.where.set_text("…/backups")  # each run has a folder of its own
        sheet.left_over.show_count(2)
        golden.check(picture_of(window), "backups")


def test_the_history(path: Path, golden: Golden) -> None:
    with scene(path, theme="dark") as (window, _files):
        window.commands.set["project.history"].trigger()
        card = window.commands.history
        card.people.setCurrentIndex(card.people.findData(scenes.INES))  # the project itself was made now
        assert card.people.currentText() == "Ines Calloway"
        golden.check(picture_of(window), "history-dark")
