"""`annotator assign`: what it prints, what it writes, its exit code."""

from pathlib import Path

from tests import making
from tests.cli.running import Command


def test_a_copy_is_written_named_and_counted(command: Command, project: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("A headline\n\nThe bridge is safe, the mayor said.\n")
    assert command("import", project, text).code == 0
    before = making.digest(project)
    new = tmp_path / "bo.annot"
    ran = command("assign", project, "--to", "Bo", "--blind", "-o", new, "--json")
    assert ran.code == 0
    assert ran.document == {
        "path": str(new),
        "to": "Bo",
        "annotator_id": "",
        "blind": True,
        "articles": 1,
        "withheld": {},
        "contents": 0,
    }
    assert making.digest(project) == before
    assert command("check", new).code == 0
    told = command("assign", project, "--to", "Bo", "--articles", "a headline", "-o", tmp_path / "two.annot")
    assert told.code == 0
    assert "1 article" in told.out
    assert "has not worked in this project yet" in told.out


def test_what_cannot_be_assigned_is_one_line_and_leaves_nothing(
    command: Command, project: Path, tmp_path: Path
) -> None:
    new = tmp_path / "bo.annot"
    ran = command("assign", project, "--to", "Bo", "--articles", "nowhere", "-o", new)
    assert (ran.code, ran.out) == (1, "")
    assert "no article “nowhere”" in ran.err
    assert command("assign", project, "-o", new).code == 2
    assert command("assign", project, "--to", "Bo", "-o", "-").code == 2
    assert not new.exists()
