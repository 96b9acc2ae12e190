"""`annotator find` and `annotator index`: what they print, and their exit codes."""

from pathlib import Path

from tests.cli.running import Command


def test_words_are_found_and_shown_with_what_stands_around(command: Command, project: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("A headline\n\nThe bridge is safe, the mayor said.\n")
    assert command("import", project, text).code == 0
    ran = command("find", project, "bridge", "safe")
    assert ran.code == 0
    assert "The [bridge] is safe" in ran.out
    (hit,) = command("find", project, "brid", "--kind", "article", "--json").document
    assert (hit["kind"], hit["match"], hit["title"]) == ("version", "bridge", "A headline")
    assert command("find", project, "tunnel").out == "not found\n"
    assert command("index", project, "--rebuild").code == 0
    assert command("find", project, "mayor", "--kind", "claim", "--json").document == []
    assert command("find", project).code == 2
