"""What the commands print and how they end, in the test's own process."""

import json
from pathlib import Path

import pytest

from annotator import log_file, settings
from annotator.__main__ import COMMANDS, wanted_window
from annotator.cli import importing, looking, progress
from annotator.cli.main import group
from annotator.services.jobs import Progress
from tests.cli.making_lines import article_line, written_lines
from tests.cli.running import Command


def test_stats_has_its_keys(command: Command, project: Path, tmp_path: Path) -> None:
    data = written_lines(tmp_path / "data.jsonl", article_line(1), article_line(2))
    assert command("import", project, data).code == 0
    counted = command("stats", project, "--json").document
    assert list(counted) == ["articles", "claims", "mentions", "sources", "evidence", "by_status"]
    assert counted == {
        "articles": 2,
        "claims": 2,
        "mentions": 2,
        "sources": 0,
        "evidence": 0,
        "by_status": {"alleged": 2},
    }
    told = command("stats", project).out
    assert "alleged" in told


def test_importing_twice_changes_no_byte(command: Command, project: Path, tmp_path: Path) -> None:
    data = written_lines(tmp_path / "data.jsonl", article_line(1))
    assert command("import", project, data).code == 0
    before = project.read_bytes()
    ran = command("import", project, data, "--json")
    assert (ran.code, ran.document["known"], ran.document["records"]) == (0, 1, 0)
    assert project.read_bytes() == before


def test_a_dry_run_says_the_same_and_changes_no_byte(command: Command, project: Path, tmp_path: Path) -> None:
    data = written_lines(tmp_path / "data.jsonl", article_line(1), "{", article_line(1))
    before = project.read_bytes()
    dry = command("import", project, data, "--dry-run", "--json")
    assert project.read_bytes() == before
    wet = command("import", project, data, "--json")
    assert dry.code == wet.code == 1
    assert dry.err == wet.err
    said = [[(row["line"], row["outcome"]) for row in ran.document["rows"]] for ran in (dry, wet)]
    assert said[0] == said[1]


def test_export_gives_back_what_came_in(command: Command, project: Path, tmp_path: Path) -> None:
    data = written_lines(tmp_path / "data.jsonl", article_line(2), article_line(1))
    assert command("import", project, data).code == 0
    first, again, second = (tmp_path / name for name in ("first.jsonl", "again.annot", "second.jsonl"))
    assert command("export", project, "-f", "jsonl", "-o", first).code == 0
    titles = [json.loads(line)["title"] for line in first.read_text(encoding="utf-8").splitlines()]
    assert titles == ["Bridge 1", "Bridge 2"]
    assert command("new", again).code == 0
    assert command("import", again, first, "--format", "jsonl").code == 0
    assert command("export", again, "-f", "jsonl", "-o", second).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_what_became_of_a_file_s_bytes_is_told_and_of_plain_utf8_nothing(
    command: Command, project: Path, tmp_path: Path
) -> None:
    words = "Der Bürgermeister von Öde sagte, die Brücke sei sicher. „Für alle“, so seine Behörde.\n" * 3
    plain, old, odd = (tmp_path / name for name in ("plain.txt", "old.txt", "odd.txt"))
    plain.write_text(words, encoding="utf-8")
    old.write_bytes(f"Alt: {words}".encode("cp1252"))
    odd.write_text(f"Neu: \x00\u200b\u200f{words}", encoding="utf-8")
    ran = command("import", project, plain)
    assert (ran.code, ran.err) == (0, "")
    ran = command("import", project, plain, old, odd, "--json")
    assert ran.code == 0
    told = ran.err.splitlines()
    assert told[0].startswith(f"annotator: {old}: The file was read as cp1252;")
    assert told[1].startswith(f"annotator: {odd}: 1 character cannot be stored")
    assert told[2].startswith(f"annotator: {odd}: 2 invisible characters")
    assert len(told) == 3
    assert [len(row["notes"]) for row in ran.document["rows"]] == [0, 1, 2]
    assert command("import", project, old).err == ""


def test_places_that_are_none_are_told_as_such(
    command: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = command("export", project, "-f", "jsonl", "-o", "-")
    assert ran.code == 2
    assert "written to a file" in ran.err
    ran = command("new", tmp_path)
    assert (ran.code, ran.err) == (
        1,
        f"annotator: {tmp_path}: this is a folder; name a file in it, for example story.annot\n",
    )
    ran = command("demo", "--out", project)
    assert ran.code == 1
    assert ran.err == f"annotator: {project}: this is a file, not a folder; name a folder with --out\n"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--as"], "--as needs the name or the id"),
        (["stats", "--as", "Ada", "p"], "`annotator --as NAME stats …`"),
        (["import", "p", "a.txt", "--as=Ada"], "`annotator --as NAME import …`"),
    ],
)
def test_a_name_in_the_wrong_place_is_told_where_it_goes(command: Command, words: list[str], told: str) -> None:
    ran = command(*words)
    assert ran.code == 2
    assert told in ran.err
    assert "see `annotator --help`" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_export_does_not_write_over_the_project(command: Command, project: Path) -> None:
    before = project.read_bytes()
    assert command("export", project, "-f", "jsonl", "-o", project).code == 1
    assert project.read_bytes() == before


def test_check_says_what_it_checked_and_what_is_wrong(command: Command, project: Path, tmp_path: Path) -> None:
    assert command("import", project, written_lines(tmp_path / "data.jsonl", article_line(1))).code == 0
    sound = command("check", project, "--json")
    assert sound.code == 0
    assert sound.document["sound"] is True
    assert sound.document["checked"]["claims"] == 1
    content = project.read_bytes()
    assert content.count(b"Mayor 1 said") == 1
    project.write_bytes(content.replace(b"Mayor 1 said", b"Mayor 1 sang"))
    unsound = command("check", project, "--json")
    assert unsound.code == 1
    assert unsound.document["sound"] is False
    assert len(unsound.document["findings"]) == len(unsound.err.splitlines())
    assert str(project) in unsound.err


def test_the_scheme_and_the_name_are_chosen_when_a_project_is_made(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "x.annot"
    assert command("new", path, "--scheme", "extended", "--name", "Floods").code == 0
    data = written_lines(tmp_path / "data.jsonl", article_line(1))
    assert command("import", path, data).code == 0
    assert command("new", path).code == 1
    assert command("new", tmp_path / "none" / "x.annot").code == 1
    assert command("new", tmp_path / "y.annot", "--scheme", "other").code == 2


def test_who_is_at_work(command: Command, project: Path, tmp_path: Path) -> None:
    """One match is that person, none is made, several end with 2 and their ids."""
    ids = [f"018e0000-0000-7000-8000-00000000000{n}" for n in (1, 2)]
    line = article_line(1)
    line["annotators"] += [{"id": one, "name": "Bo"} for one in ids]
    data = written_lines(tmp_path / "data.jsonl", line)
    assert command("--as", "Ada", "import", project, data).code == 0
    several = command("--as", "Bo", "stats", project)
    assert several.code == 2
    assert all(one in several.err for one in ids)
    assert command("--as", ids[0], "stats", project).code == 0
    before = command("check", project, "--json").document["checked"]["annotators"]
    more = written_lines(tmp_path / "more.jsonl", article_line(2, annotators=[], mentions=[], claims=[]))
    assert command("--as=Cy", "import", project, more).code == 0
    assert command("check", project, "--json").document["checked"]["annotators"] == before + 1


def test_looking_leaves_no_trace_of_who_looked(command: Command, project: Path) -> None:
    settings.file().unlink(missing_ok=True)
    assert command("stats", project).code == 0
    assert not settings.file().exists()


@pytest.mark.parametrize(
    "words",
    [
        ("stats",),
        ("stats", "a", "b"),
        ("import", "a"),
        ("export", "a"),
        ("export", "a", "-f", "xml", "-o", "b"),
        ("new", "a", "--scheme", "own"),
        ("--wrong",),
        ("stat", "a"),
        ("open", "--sample", "a"),
    ],
)
def test_wrong_usage_is_one_line_and_2(words: tuple[str, ...], command: Command) -> None:
    ran = command(*words)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert "--help" in ran.err


def test_the_window_needs_no_command_line_and_every_command_is_known(project: Path) -> None:
    assert set(group.commands) == COMMANDS
    assert wanted_window([]) == (None, "", False)
    assert wanted_window(["--as", "Ada", "--sample"]) == (None, "Ada", True)
    assert wanted_window([str(project)]) == (project, "", False)
    for words in (["stats"], ["--help"], ["nix.annot"], ["open", str(project)], ["--as"], [str(project), "more"]):
        assert wanted_window(words) is None


def test_help_and_version(command: Command) -> None:
    assert "annotator 0." in command("--version").out
    told = command("--help").out
    for name in ("open", "new", "import", "export", "stats", "check", "demo"):
        assert name in told
        assert command(name, "--help").code == 0


def test_a_bug_is_one_line_70_and_a_traceback_in_the_log(
    command: Command, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_project: object) -> None:
        raise ZeroDivisionError("never mind")

    monkeypatch.setattr(looking.projects, "counts", broken)
    ran = command("stats", project)
    assert ran.code == 70
    assert str(log_file.path()) in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "never mind" in log_file.path().read_text(encoding="utf-8")


def test_a_bug_is_told_where_no_log_can_be_written(
    command: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_project: object) -> None:
        raise ZeroDivisionError("never mind")

    monkeypatch.setattr(looking.projects, "counts", broken)
    (tmp_path / "file").touch()
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "file" / "home"))
    ran = command("stats", project)
    assert ran.code == 70
    assert "never mind" in ran.err


def test_a_full_log_is_put_aside(own_home: Path) -> None:
    log_file.path().parent.mkdir(parents=True)
    log_file.path().write_bytes(b"x" * 1_000_001)
    assert log_file.record(ValueError("one"), "test") == own_home / "log" / "annotator.log"
    assert log_file.path().stat().st_size < 10_000
    assert log_file.path().with_name("annotator.log.1").stat().st_size > 1_000_000


def test_ctrl_c_ends_with_130(command: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "import_files", stopped)
    assert command("import", project, tmp_path).code == 130


def test_names_that_are_commands_to_a_terminal_are_shown_as_they_stand(command: Command, tmp_path: Path) -> None:
    ran = command("stats", tmp_path / "a\x1b[2Jb\nc.annot")
    assert ran.code == 1
    assert "\x1b" not in ran.err


def test_the_bar() -> None:
    assert progress.line(Progress(0, 10, "Reading")).startswith("[ ")
    assert "50%" in progress.line(Progress(5, 10, "Reading"))
    assert progress.line(Progress(20, 10)).startswith("[####")
    assert "100%" in progress.line(Progress(20, 10))
    assert progress.line(Progress(7, 0, "Reading")) == "Reading 7"
