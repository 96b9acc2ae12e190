"""A colleague's redaction comes by a merge: what the backups of this machine still have is taken out by a button."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import settings
from annotator.model.records import Claim
from annotator.services import redacting
from annotator.services.projects import opened as opened_by
from annotator.store import backup
from tests.gui.intake.bench import LONG_MS, Bench, open_bench
from tests.making import claim
from tests.store.merging.desks import copied

WORDS = "The caller from pier nine said so."


@pytest.fixture
def story(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Path:
    """A project with a claim, which is in a backup."""
    del light_theme
    path = tmp_path / "story.annot"
    with open_bench(qtbot, path) as made:
        with made.window.hub.project.change("import") as change:
            change.put(claim(WORDS))
        backup.take(made.window.hub.project, "asked")
    return path


@pytest.fixture
def bo(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Bo Larsen's copy on another machine, with the claim redacted."""
    path = copied(story, "bo")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("ANNOTATOR_HOME", str(tmp_path / "elsewhere"))
        with opened_by(path, write=True, person="Bo Larsen") as project:
            redacting.redact(project, project.all(Claim)[0].id, "a protected source")
    return path


@pytest.fixture
def bench(qtbot: QtBot, story: Path, bo: Path) -> Generator[Bench]:
    del bo
    with open_bench(qtbot, story) as made:
        made.files.keeping.opened.stop()  # no test waits for it or races it
        yield made


def look(bench: Bench, bo: Path) -> None:
    bench.answers.opened = [bo]
    bench.window.commands.set["project.merge"].trigger()
    bench.idle()


def holding() -> list[Path]:
    """Return the files of the program's folder that have the words."""
    return [one for one in settings.folder().rglob("*") if one.is_file() and WORDS.encode() in one.read_bytes()]


def through(bench: Bench) -> None:
    """Wait until nothing works any more, asked for or by itself."""
    keeping = bench.files.keeping
    bench.bot.waitUntil(
        lambda: not bench.files.job.is_running and keeping.is_idle and not keeping.is_due_to_take_out, timeout=LONG_MS
    )


def test_it_is_told_first_and_one_tick_takes_it_out_of_the_backups_with_the_merge(bench: Bench, bo: Path) -> None:
    look(bench, bo)
    sheet = bench.files.merging.sheet
    assert any("redacted" in line for line in sheet.told())
    assert sheet.take_out is not None
    sheet.take_out.setFocus()
    bench.press(Qt.Key.Key_Space)
    sheet.merge.setFocus()
    assert holding()
    bench.press(Qt.Key.Key_Return)
    through(bench)
    assert bench.window.hub.project.all(Claim) == []
    assert holding() == []
    assert "anew" in bench.notice
    assert not bench.window.commands.set["project.unmerge"].isEnabled()


def test_without_the_tick_the_list_of_backups_offers_it_and_until_then_the_merge_can_be_taken_back(
    bench: Bench, bo: Path
) -> None:
    look(bench, bo)
    bench.press(Qt.Key.Key_Return)
    through(bench)
    assert bench.window.hub.project.all(Claim) == []
    assert "File > Backups" in bench.notice
    assert bench.window.commands.set["project.unmerge"].isEnabled()
    assert holding()
    bench.window.commands.set["project.backups"].trigger()
    strip = bench.files.keeping.sheet.left_over
    bench.bot.waitUntil(strip.isVisible, timeout=LONG_MS)
    bench.press(Qt.Key.Key_Tab)
    assert strip.button.hasFocus()
    bench.press(Qt.Key.Key_Return)
    through(bench)
    assert holding() == []
    assert "anew" in bench.notice
    assert not bench.window.commands.set["project.unmerge"].isEnabled()
    look_again = bench.files.keeping.sheet
    bench.bot.waitUntil(lambda: look_again.is_looked_through, timeout=LONG_MS)
    assert not strip.isVisible()


def test_where_nothing_was_redacted_nothing_is_offered(qtbot: QtBot, tmp_path: Path, light_theme: None) -> None:
    del light_theme
    with open_bench(qtbot, tmp_path / "plain.annot") as bench:
        bench.files.keeping.opened.stop()
        backup.take(bench.window.hub.project, "asked")
        bench.window.commands.set["project.backups"].trigger()
        sheet = bench.files.keeping.sheet
        qtbot.waitUntil(lambda: sheet.is_looked_through, timeout=LONG_MS)
        assert not sheet.left_over.isVisible()
