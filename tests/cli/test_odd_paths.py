"""Links in a circle, pipes and times at the end of the calendar: one line each, and nobody waits."""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.running import Command


@pytest.fixture
def circle(tmp_path: Path) -> Path:
    """Return a link that leads to itself."""
    link = tmp_path / "circle.annot"
    link.symlink_to(link.name)
    return link


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_circle_of_links_is_refused_by_name(command: Command, project: Path, circle: Path) -> None:
    for words in (["stats", circle], ["merge", project, circle], ["rescue", circle, "-o", circle.with_name("new")]):
        ran = command(*words)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert str(circle) in ran.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_nobody_waits_for_a_pipe_to_be_rescued(command: Command, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.annot"
    os.mkfifo(pipe)
    ran = command("rescue", pipe, "-o", tmp_path / "new.annot")
    assert ran.code == 1
    assert "not a file" in ran.err


@pytest.mark.parametrize("at", ["0001-01-01T00:00+10:00", "9999-12-31T23:59:59-10:00", "2026-13-01", "soon"])
def test_a_time_that_is_none_is_refused(command: Command, project: Path, tmp_path: Path, at: str) -> None:
    assert command("backup", project).code == 0
    ran = command("restore", project, "--at", at, "-o", tmp_path / "new.annot")
    assert (ran.code, "is no time" in ran.err) == (1, True)


def test_a_merge_is_told_also_where_nobody_has_the_id_to_link(command: Command, project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.annot"
    other.write_bytes(project.read_bytes())
    for more in ([], ["--dry-run"]):
        ran = command("merge", project, other, "--same", "a=b", *more)
        assert ran.code == 1
        assert "known" in ran.out
        assert "no annotator a" in ran.err


def test_of_a_file_that_is_gone_backup_and_journal_are_rescued(command: Command, project: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.annot"
    assert command("rescue", tmp_path / "never.annot", "-o", new).code == 1
    assert command("backup", project).code == 0
    project.unlink()
    assert command("rescue", project, "-o", new).code == 0
    assert command("check", new).code == 0
