"""`annotator merge`: what it prints, what it changes, and its exit code."""

import shutil
from pathlib import Path

from tests import making
from tests.cli.running import Command


def worked_on(command: Command, project: Path, tmp_path: Path) -> Path:
    """Return Bo's copy, into which Bo brought a text."""
    copy, text = tmp_path / "bo.annot", tmp_path / "text.txt"
    shutil.copyfile(project, copy)
    text.write_text("A headline\n\nThe bridge is safe, the mayor said.\n")
    assert command("--as", "Bo", "import", copy, text).code == 0
    return copy


def test_a_dry_run_says_by_author_what_would_come_and_changes_no_byte(
    command: Command, project: Path, tmp_path: Path
) -> None:
    other = worked_on(command, project, tmp_path)
    before = making.digest(project)
    ran = command("merge", project, other, "--dry-run", "--json")
    assert ran.code == 0
    assert making.digest(project) == before
    assert (ran.document["dry_run"], ran.document["backup"]) == (True, "")
    (bo,) = (one for one in ran.document["authors"] if one["name"] == "Bo")
    assert bo["new"] == ran.document["new"] > 0
    assert "dry run" in command("merge", project, other, "--dry-run").out


def test_a_merge_brings_everything_once(command: Command, project: Path, tmp_path: Path) -> None:
    other = worked_on(command, project, tmp_path)
    ran = command("--as", "Ada", "merge", project, other)
    assert ran.code == 0
    assert "Bo" in ran.out
    assert "the project as it was" in ran.out
    assert command("stats", project, "--json").document["articles"] == 1
    before = making.digest(project)
    again = command("--as", "Ada", "merge", project, other, "--json")
    assert (again.code, again.document["new"], again.document["backup"]) == (0, 0, "")
    assert making.digest(project) == before
    assert command("check", project).code == 0


def test_what_is_refused_is_named_and_the_exit_code_says_so(command: Command, project: Path, tmp_path: Path) -> None:
    other = worked_on(command, project, tmp_path)
    text = tmp_path / "text.txt"
    ran = command("--as", "Ada", "merge", project, text, project, other)
    assert ran.code == 1
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == [str(text), str(project)]
    assert command("stats", project, "--json").document["articles"] == 1


def test_two_annotators_are_one_where_a_person_says_so(command: Command, project: Path, tmp_path: Path) -> None:
    other = worked_on(command, project, tmp_path)
    ran = command("--as", "Ada", "merge", project, other, "--json")
    names = {one["name"]: one["id"] for one in ran.document["authors"]}
    pair = f"{names['Ada']}={names['Bo']}"
    assert command("--as", "Ada", "merge", project, other, "--same", pair).code == 0
    assert command("--as", "Ada", "merge", project, other, "--same", "Ada").code == 2
    assert command("--as", "Ada", "merge", project, other, "--same", "Ada=Bo").code == 1
