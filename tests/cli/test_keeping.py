"""`backup`, `backups`, `restore` and `rescue` at the command line; looking takes no backup."""

import shutil
from pathlib import Path

import pytest

from annotator import assets
from annotator.store import backup_files
from annotator.store.backup_files import backups_of
from tests.cli.making_lines import article_line, written_lines
from tests.cli.running import Command
from tests.making import digest


def test_a_backup_is_taken_listed_and_restored(command: Command, project: Path, tmp_path: Path) -> None:
    ran = command("backup", project)
    assert ran.code == 0, ran.err
    made = Path(ran.out.strip())
    assert made.is_file()
    assert made.parent.parent == backup_files.root()
    (listed,) = command("backups", project, "--json").document
    assert listed["file"] == str(made)
    assert (listed["sound"], listed["why"], listed["original"]) == (True, "asked", str(project))
    assert "sound" in command("backups", project).out
    new = tmp_path / "new.annot"
    assert command("restore", project, "-o", new).out == f"{new}\n"
    assert command("check", new).code == 0
    assert command("stats", new, "--json").document == command("stats", project, "--json").document


def test_where_nothing_changed_no_second_backup_is_taken(command: Command, project: Path) -> None:
    assert command("backup", project).out == command("backup", project).out
    assert len(backups_of(project)) == 1


def test_an_import_takes_a_backup_and_looking_takes_none(command: Command, project: Path, tmp_path: Path) -> None:
    sample = assets.path("sample", "sample.jsonl")
    assert command("import", project, sample, "--dry-run").code == 0
    for words in ("stats", "check", "backups"):
        assert command(words, project).code == 0
    assert command("export", project, "-f", "jsonl", "-o", tmp_path / "out.jsonl").code == 0
    assert not backup_files.root().exists()
    assert command("import", project, sample).code == 0
    assert [one.why for one in backups_of(project)] == ["import"]
    assert command("import", project, sample).code == 0
    assert len(backups_of(project)) == 1, "nothing new came in"


def test_a_restore_takes_the_backup_of_that_time_and_never_writes_over_a_file(
    command: Command, project: Path, tmp_path: Path
) -> None:
    command("backup", project)
    command("import", project, written_lines(tmp_path / "some.jsonl", article_line(1)))
    first = backups_of(project)[1]
    new = tmp_path / "new.annot"
    assert command("restore", project, "--at", first.when, "-o", new).code == 0
    assert command("stats", new, "--json").document["articles"] == 0
    before = {path: digest(path) for path in (project, new)}
    for taken in (project, new):
        ran = command("restore", project, "-o", taken)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == f"annotator: {taken}: there is a file already, and it stays as it is; choose another name\n"
    assert {path: digest(path) for path in before} == before
    ran = command("restore", project, "--at", "1999-12-31", "-o", tmp_path / "other.annot")
    assert "there is no backup of that time" in ran.err
    assert "is no time" in command("restore", project, "--at", "tomorrow", "-o", tmp_path / "other.annot").err
    assert not (tmp_path / "other.annot").exists()


def test_without_backups_there_is_nothing_to_restore(command: Command, project: Path, tmp_path: Path) -> None:
    assert command("backups", project).out == "no backups\n"
    ran = command("restore", project, "-o", tmp_path / "new.annot")
    assert ran.code == 1
    assert "there is no backup of it; `annotator rescue` takes what it finds elsewhere" in ran.err
    assert command("restore", project, "-o", "-").code == 2


def test_a_damaged_project_is_never_backed_up_and_can_be_rescued(
    command: Command, project: Path, tmp_path: Path
) -> None:
    command("import", project, assets.path("sample", "sample.jsonl"))
    before = [one.path for one in backups_of(project)]
    counts = command("stats", project, "--json").document
    content = bytearray(project.read_bytes())
    for at in range(8192, len(content), 4096):
        content[at + 2000 : at + 2100] = bytes(100)
    project.write_bytes(content)
    ran = command("backup", project)
    assert (ran.code, ran.out) == (1, "")
    assert "rescue" in ran.err
    assert [one.path for one in backups_of(project)] == before
    new = tmp_path / "new.annot"
    ran = command("--as", "Ada", "rescue", project, "-o", new)
    assert ran.code == 0, ran.err
    assert "events from the backup of" in ran.out
    assert "nothing is known to be lost" in ran.out
    assert command("stats", new, "--json").document == counts
    assert project.read_bytes() == content


def test_a_damaged_backup_is_told_and_not_restored(command: Command, project: Path, tmp_path: Path) -> None:
    command("backup", project)
    (one,) = backups_of(project)
    one.path.chmod(0o600)
    content = bytearray(one.path.read_bytes())
    content[-1] ^= 1
    one.path.write_bytes(content)
    ran = command("backups", project)
    assert ran.code == 1
    assert "damaged" in ran.out
    ran = command("restore", project, "-o", tmp_path / "new.annot")
    assert ran.code == 1
    assert "this backup is damaged; take another one" in ran.err
    assert [path.name for path in tmp_path.glob("*new*")] == []


def test_backups_are_found_by_the_path_of_a_lost_file_and_by_the_id_of_a_moved_one(
    command: Command, project: Path, tmp_path: Path
) -> None:
    command("backup", project)
    moved = project.rename(tmp_path / "moved.annot")
    for path in (project, moved):
        (listed,) = command("backups", path, "--json").document
        assert listed["original"] == str(project)


def test_what_a_place_refuses_is_one_line(
    command: Command, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "file"))
    ran = command("backup", project)
    assert ran.code == 1
    assert ran.err.count("\n") == 1


def test_the_backups_of_a_file_that_never_was_are_refused(command: Command, tmp_path: Path) -> None:
    ran = command("backups", tmp_path / "nowhere.annot")
    assert (ran.code, ran.out) == (1, "")
    assert "no such file" in ran.err


def test_another_copys_backup_is_not_restored_for_a_moved_file(command: Command, project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "aaa" / "copy.annot"
    copy.parent.mkdir()
    shutil.copyfile(project, copy)
    command("import", project, written_lines(tmp_path / "one.jsonl", article_line(1)))
    command("import", copy, written_lines(tmp_path / "two.jsonl", article_line(2), article_line(3)))
    moved = project.rename(tmp_path / "moved.annot")
    new = tmp_path / "new.annot"
    assert command("restore", moved, "-o", new).code == 0
    assert command("stats", new, "--json").document["articles"] == 1
    # With two places from which it may have come nobody guesses.
    copy.rename(copy.with_name("elsewhere.annot"))
    ran = command("restore", moved, "-o", tmp_path / "other.annot")
    assert ran.code == 1
    assert str(project) in ran.err
    assert str(copy) in ran.err
    assert command("restore", copy, "-o", tmp_path / "other.annot").code == 0
    assert command("stats", tmp_path / "other.annot", "--json").document["articles"] == 2


def test_a_copy_without_backups_gets_none_of_the_original(command: Command, project: Path, tmp_path: Path) -> None:
    command("backup", project)
    copy = tmp_path / "copy.annot"
    shutil.copyfile(project, copy)
    ran = command("restore", copy, "-o", tmp_path / "new.annot")
    assert ran.code == 1
    assert str(project) in ran.err
