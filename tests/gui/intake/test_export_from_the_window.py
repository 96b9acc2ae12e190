"""Writing the dataset out: whole or not at all, never over the project, and cancelling leaves what was there."""

import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from annotator.formats.table import Writer
from annotator.gui import export
from annotator.gui.prompts import Prompts, with_ending
from annotator.model.records import TextVersion
from annotator.services import annotating, blind, linking, sourcing
from annotator.services.exporting import export_project
from annotator.services.jobs import Progress
from annotator.store.project import Project
from tests import making
from tests.gui.intake.bench import Bench
from tests.making import digest

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_dataset_is_written_where_the_person_says(bench: Bench, article: Path, tmp_path: Path) -> None:
    bench.bring_in(article)
    bench.add()
    bench.answers.saved = tmp_path / "dataset"
    bench.press(Qt.Key.Key_E, CTRL)
    bench.idle()
    lines = (tmp_path / "dataset.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert "Bridge at Ødeby is safe, mayor says" in lines[0]
    assert str(tmp_path / "dataset.jsonl") in bench.notice


def test_a_cancelled_export_leaves_the_previous_one(
    bench: Bench, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.bring_in(article)
    bench.add()
    path = tmp_path / "dataset.jsonl"
    path.write_text("the previous one", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    go = threading.Event()

    def waiting(
        project: Project, path: Path, *, writer: Writer, with_confidential: bool
    ) -> Generator[Progress, None, object]:
        yield Progress(0, 2)
        assert go.wait(60)
        return (yield from export_project(project, path, writer=writer, with_confidential=with_confidential))

    monkeypatch.setattr(export, "export_project", waiting)
    bench.answers.saved = path
    bench.press(Qt.Key.Key_E, CTRL)
    bench.files.job.bar.cancel_wanted.emit()
    go.set()
    bench.idle()
    assert path.read_text(encoding="utf-8") == "the previous one"
    assert sorted(tmp_path.iterdir()) == before
    assert "Export stopped" in bench.notice


def test_the_dataset_is_never_written_over_the_project(bench: Bench) -> None:
    project = bench.window.hub.project.path
    before = digest(project)
    bench.answers.saved = project
    bench.press(Qt.Key.Key_E, CTRL)
    assert "this is the project itself" in bench.notice
    assert not bench.files.job.is_running
    assert digest(project) == before


def test_choosing_nothing_exports_nothing(bench: Bench, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    bench.press(Qt.Key.Key_E, CTRL)
    assert not bench.files.job.is_running
    assert sorted(tmp_path.iterdir()) == before


def test_a_place_that_takes_no_file_is_refused_by_name(bench: Bench, tmp_path: Path) -> None:
    bench.answers.saved = tmp_path / "no such folder" / "dataset.jsonl"
    bench.press(Qt.Key.Key_E, CTRL)
    bench.idle()
    assert "no such folder" in bench.notice


def test_what_is_confidential_is_written_only_where_the_person_says_so(
    bench: Bench, article: Path, tmp_path: Path
) -> None:
    bench.bring_in(article)
    bench.add()
    hub = bench.window.hub
    version = hub.project.version_rows()[0].version.id
    marked = annotating.mark(hub.project, version, [(4, 9)], status="disputed")
    linking.link_new_source(hub.project, marked.claim_id, "The night nurse", stance="supports")
    sourcing.edit_source(hub.project, hub.project.sources()[0].id, confidential=True)
    bench.answers.saved = path = tmp_path / "dataset.jsonl"
    for answer, written in ((0, False), (1, True)):
        bench.answers.picked = answer
        bench.press(Qt.Key.Key_E, CTRL)
        bench.idle()
        assert ("night nurse" in path.read_text(encoding="utf-8")) == written
        assert ("1 confidential source" in bench.notice) != written
    path.unlink()
    bench.answers.picked = None
    bench.press(Qt.Key.Key_E, CTRL)
    assert not path.exists()


def test_the_ending_says_whether_it_is_a_report(bench: Bench, article: Path, tmp_path: Path) -> None:
    bench.bring_in(article)
    bench.add()
    bench.answers.saved = path = tmp_path / "story.html"
    bench.press(Qt.Key.Key_E, CTRL)
    bench.idle()
    content = path.read_text(encoding="utf-8")
    assert content.startswith("<!DOCTYPE html>")
    assert "Bridge at Ødeby is safe, mayor says" in content
    assert f"Exported 1 article to {path} A report is for reading" in bench.notice


def test_the_dialog_offers_both_and_gives_the_name_the_ending_of_the_kind(bench: Bench, article: Path) -> None:
    bench.bring_in(article)
    bench.add()
    project = bench.window.hub.project.path
    bench.window.prompts = Prompts(bench.window)
    names: list[str] = []

    def answer() -> None:
        dialog = bench.window.findChild(QFileDialog)
        if dialog is None or not dialog.isVisible():
            QTimer.singleShot(0, answer)
            return
        kinds, name = dialog.findChild(QComboBox, "fileTypeCombo"), dialog.findChild(QLineEdit, "fileNameEdit")
        assert kinds is not None
        assert name is not None
        names.append(name.text())
        QTest.keyClick(kinds, Qt.Key.Key_Down)
        names.append(name.text())
        QTest.keyClick(name, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    bench.press(Qt.Key.Key_E, CTRL)
    bench.idle()
    assert names == [f"{project.stem}.jsonl", f"{project.stem}.html"]
    assert project.with_suffix(".html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert not project.with_suffix(".jsonl").exists()


@pytest.mark.parametrize(
    ("name", "kind", "path"),
    [
        ("a/story.jsonl", "Report (*.html *.htm)", "a/story.html"),  # as a dialog that leaves the name alone
        ("a/story", "Report (*.html *.htm)", "a/story.html"),
        ("a/story.HTM", "Report (*.html *.htm)", "a/story.HTM"),
        ("a/story.html", "Dataset (*.jsonl)", "a/story.jsonl"),
        ("a/story.2024", "Dataset (*.jsonl)", "a/story.2024"),
        ("a/story.html", "", "a/story.html"),
    ],
)
def test_the_kind_gives_a_name_its_ending(name: str, kind: str, path: str) -> None:
    assert with_ending(name, kind, "Dataset (*.jsonl);;Report (*.html *.htm)") == Path(path)


def test_a_report_hides_what_the_window_hides(bench: Bench, article: Path, tmp_path: Path) -> None:
    bench.bring_in(article)
    bench.add()
    hub = bench.window.hub
    version = hub.project.version_rows()[0].version.id
    with hub.project.change("import") as change:
        change.put(making.BO)
        text = hub.project.text(hub.project.version_rows()[0].version.text_sha256)
        claim = making.claim("Bo alone says this.")
        change.put(claim)
        change.put(making.mention(claim, hub.project.get(TextVersion, version), 4, 9, text=text, by=making.BO))
    blind.set_blind(hub.project, blind=True)
    hub.catch_up()
    for hidden in (True, False):
        bench.answers.saved = path = tmp_path / "story.html"
        bench.press(Qt.Key.Key_E, CTRL)
        bench.idle()
        assert ("Bo alone says this." not in path.read_text(encoding="utf-8")) == hidden
        assert ("Others' marks are hidden" in bench.notice) == hidden
        blind.finish(hub.project, version)
        hub.catch_up()
