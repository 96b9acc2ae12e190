"""New and opened projects, the sample, and what the program says of itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model.records import Annotator
from annotator.services import projects
from annotator.store.project import Project
from tests.gui.intake.bench import Bench, open_bench
from tests.making import digest

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_new_project_gets_its_suffix_its_scheme_and_the_person_at_work(bench: Bench, tmp_path: Path) -> None:
    bench.answers.saved = tmp_path / "harbour"
    bench.answers.picked = 1
    bench.press(Qt.Key.Key_N, CTRL)
    project = bench.window.hub.project
    assert project.path == (tmp_path / "harbour.annot").resolve()
    assert len(projects.scheme_of(project)) > 3
    assert [one.name for one in project.all(Annotator)] == ["Imani Castellan"]


def test_a_new_project_never_replaces_a_file(bench: Bench, tmp_path: Path) -> None:
    there = tmp_path / "there.annot"
    there.write_bytes(b"something of somebody's")
    before = digest(there)
    bench.answers.saved = there
    bench.press(Qt.Key.Key_N, CTRL)
    assert digest(there) == before
    assert "there is a file already" in bench.notice


@pytest.mark.parametrize(("saved", "picked"), [("", 0), ("new.annot", None)])
def test_cancelling_either_question_makes_nothing(bench: Bench, tmp_path: Path, saved: str, picked: int | None) -> None:
    path = tmp_path / "new.annot"
    bench.answers.saved, bench.answers.picked = tmp_path / saved if saved else None, picked
    project = bench.window.hub.project
    bench.press(Qt.Key.Key_N, CTRL)
    assert not path.exists()
    assert bench.window.hub.project is project


def test_another_project_is_opened_and_an_open_sheet_goes(bench: Bench, tmp_path: Path, article: Path) -> None:
    other = tmp_path / "other.annot"
    projects.new_project(other, name="Another desk")
    bench.bring_in(article)
    bench.sheet()
    bench.answers.opened = [other]
    bench.files.open_project()
    assert bench.files.imports.sheet is None
    assert bench.window.hub.project.path == other.resolve()
    assert bench.window.pane.isEnabled()


def test_what_is_no_project_is_refused_by_name(bench: Bench, article: Path) -> None:
    bench.answers.opened = [article]
    bench.press(Qt.Key.Key_O, CTRL)
    assert bench.notice.startswith(f"{article.name}: this is not a project file")
    assert bench.window.hub.is_open


def test_a_project_open_for_reading_takes_nothing_in(
    qtbot: QtBot, tmp_path: Path, light_theme: None, article: Path
) -> None:
    del light_theme
    path = tmp_path / "story.annot"
    projects.new_project(path)
    with Project.open(path, write=True, who="Ana Ruiz"), open_bench(qtbot, path) as bench:
        bench.files.import_paths([str(article)])
        assert "reading only" in bench.notice
        assert not bench.files.job.is_running


def test_the_sample_opens_and_opens_again(qtbot: QtBot, light_theme: None) -> None:
    del light_theme
    with open_bench(qtbot, None) as bench:
        bench.window.start.sample.click()
        assert len(bench.titles) == 3
        project = bench.window.hub.project
        bench.files.open_sample()
        assert bench.window.hub.project is project


def test_the_program_says_what_it_is(bench: Bench) -> None:
    bench.files.about()
    assert "Annotator 0." in bench.answers.told[0]
    assert "MIT" in bench.answers.told[0]
