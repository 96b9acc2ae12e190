"""Pictures of what keeps the work: merging, several versions, backups, history (see test_golden.py)."""

import shutil
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage

from annotator.gui.window import MainWindow
from annotator.model.records import Claim
from annotator.services import annotating, redacting, viewing
from annotator.services.projects import opened
from annotator.store import backup
from annotator.store.backup import Why
from annotator.store.project import Project
from tests.gui import keeping_states, scenes, states
from tests.gui.pictures import Golden, at_twice_the_size

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


def picture_of(window: MainWindow) -> QImage:
    scenes.settle()
    return window.grab().toImage()


def test_what_a_merge_would_bring(path: Path, golden: Golden) -> None:
    with keeping_states.merge_looked_at(path) as window:
        golden.check(picture_of(window), "merge")


def test_what_a_merge_would_bring_in_the_smallest_window(path: Path, golden: Golden) -> None:
    with keeping_states.merge_looked_at(path, theme="dark", size=(1024, 640)) as window:
        golden.check(picture_of(window), "merge-dark-small")


def test_two_versions_to_choose_from(path: Path, golden: Golden) -> None:
    with keeping_states.several_versions(path, theme="contrast", size=(1024, 640)) as window:
        golden.check(picture_of(window), "versions-contrast-small")


def test_the_list_of_backups(path: Path, golden: Golden) -> None:
    with keeping_states.backups_listed(path) as window:
        golden.check(picture_of(window), "backups")


def test_the_history(path: Path, golden: Golden) -> None:
    with keeping_states.history_of_one(path, theme="dark") as window:
        golden.check(picture_of(window), "history-dark")


def test_what_keeps_the_work_at_twice_the_size(path: Path, golden: Golden, tmp_path: Path) -> None:
    names = [states.name_of(state) for state in keeping_states.STATES]
    for name, picture in at_twice_the_size(path, tmp_path / "twice", names).items():
        golden.check(picture, f"{name.replace('_', '-')}-twice")
