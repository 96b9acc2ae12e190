"""`annotator import` with files of marks: whose they are, what is told, and how the command ends."""

from pathlib import Path

from tests.cli.running import Command

TEXT = "The mayor said taxes fell.\n"


def marks(folder: Path, who: str, content: str) -> Path:
    (folder / "story.txt").write_text(TEXT, encoding="utf-8")
    path = folder / f"story_{who}.ann"
    path.write_text(content, encoding="utf-8")
    return path


def test_two_peoples_marks_come_in_and_what_stays_behind_is_told(
    command: Command, project: Path, tmp_path: Path
) -> None:
    ada = marks(tmp_path, "ada", "T1\tContent 15 25\ttaxes fell\nT2\tDiscuss 0 3\tThe\n")
    bo = marks(tmp_path, "bo", "T1\tContent 15 25\ttaxes fell\nT2\tContent 4 9\tmaire\n")
    words = ("import", project, ada, bo, "--format", "brat", "--annotator-from", "{name}_{annotator}.ann")
    ran = command(*words)
    assert ran.code == 1
    assert f"annotator: {ada}: 1 span “Discuss” stands in no attribution and is left out." in ran.err
    assert f"annotator: {bo}, line 2: T2 is “maire”, but the text has “mayor” there" in ran.err
    counted = command("stats", project, "--json").document
    assert (counted["articles"], counted["claims"], counted["mentions"]) == (1, 1, 2)
    again = command(*words, "--json").document
    assert (again["known"], again["refused"], again["records"]) == (2, 1, 0)
    figures = command("agreement", project, "--json").document
    assert {one["value"] for one in figures if one["measure"] == "span_f1_exact"} == {1.0}


def test_a_pattern_that_is_none_is_refused_in_one_line(command: Command, project: Path, tmp_path: Path) -> None:
    ada = marks(tmp_path, "ada", "")
    ran = command("import", project, ada, "--annotator-from", "{name}.ann")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "“{name}.ann” does not say where the annotator's name is" in ran.err
