"""Every "Bad input" of the command line: one line that names the file and what to do, and nothing else changes."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.making_lines import article_line, written_lines
from tests.cli.running import Command

GOOD = "The mayor of Riverton said on Monday that the bridge would not open before the spring.\n"


def _mention(**other: Any) -> dict[str, Any]:
    line = article_line(1)
    line["mentions"][0] |= other
    return line


def _without(key: str) -> dict[str, Any]:
    line = article_line(1)
    del line[key]
    return line


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "PNG"),
    "no text": (lambda path: path.write_bytes(bytes(range(256)) * 8), ""),
    "an undecodable byte": (lambda path: path.write_bytes(("x ü " * 400).encode() + b"\xff\xfe\xfa bad"), ""),
    "an empty file": (lambda path: path.write_bytes(b""), "empty"),
    "white space": (lambda path: path.write_bytes(b" \n\t\n"), "white space"),
    "a directory": (lambda path: path.mkdir(), "folder"),
    "a file that vanished": (lambda path: path, "no such file"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_told_and_the_good_one_beside_it_comes_in(
    name: str, command: Command, project: Path, tmp_path: Path
) -> None:
    make, told = FILES[name]
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    make(bad)
    good.write_text(GOOD, encoding="utf-8")
    ran = command("import", project, bad, good)
    assert ran.code == 1
    assert ran.err.startswith(f"annotator: {bad}")
    assert told in ran.err
    assert "; " in ran.err, "it says what to do"
    assert len(ran.err.splitlines()) == 1
    assert command("stats", project, "--json").document["articles"] == 1


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_alone_changes_no_byte(name: str, command: Command, project: Path, tmp_path: Path) -> None:
    FILES[name][0](tmp_path / "bad.txt")
    before = project.read_bytes()
    assert command("import", project, tmp_path / "bad.txt").code == 1
    assert project.read_bytes() == before


LINES: dict[str, tuple[dict[str, Any] | str, str]] = {
    "broken": ('{"schema": "annotator/article/1", ', ""),
    "no object": ("[1, 2]", ""),
    "lacks a key": (_without("offset_unit"), "offset_unit"),
    "unknown key": (article_line(1, wrong=1), "wrong"),
    "offset outside": (_mention(spans=[{"start": 5, "end": 500, "quote": "x"}]), "500"),
    "quote does not match": (_mention(spans=[{"start": 0, "end": 5, "quote": "Nayor"}]), "Nayor"),
    "status does not agree": (_mention(status="confirmed"), "confirmed"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_bad_line_is_told_with_its_number_and_the_others_come_in(
    name: str, command: Command, project: Path, tmp_path: Path
) -> None:
    line, told = LINES[name]
    data = written_lines(tmp_path / "data.jsonl", article_line(7), line, article_line(8))
    ran = command("import", project, data, "--json")
    assert ran.code == 1
    assert ran.err.startswith(f"annotator: {data}, line 2: ")
    assert told in ran.err
    assert "; " in ran.err, "it says what to do"
    assert len(ran.err.splitlines()) == 1
    assert [row["outcome"] for row in ran.document["rows"]] == ["taken", "refused", "taken"]
    assert command("stats", project, "--json").document["claims"] == 2
    assert command("check", project).code == 0


def test_a_record_that_differs_is_listed_and_not_taken(command: Command, project: Path, tmp_path: Path) -> None:
    first = written_lines(tmp_path / "1.jsonl", article_line(1))
    assert command("import", project, first).code == 0
    before = project.read_bytes()
    line = article_line(1)
    line["claims"][0]["text"] = "Something else"
    ran = command("import", project, written_lines(tmp_path / "2.jsonl", line))
    assert ran.code == 1
    assert "differs" in ran.err
    assert project.read_bytes() == before


def _newer(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[60:64] = (99).to_bytes(4)
    path.write_bytes(content)


def _other_sqlite(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()


def _no_sqlite(path: Path) -> None:
    path.write_text("not a project\n" * 100, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_newer, _other_sqlite, _no_sqlite, _empty])
@pytest.mark.parametrize("words", [("stats",), ("check",), ("import",), ("open",)])
def test_what_is_no_project_of_ours_is_refused_and_not_touched(
    spoil: Callable[[Path], None],
    words: tuple[str, ...],
    command: Command,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    spoil(project)
    before = project.read_bytes()
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    ran = command(*words, project, *([good] if words == ("import",) else []))
    assert ran.code == 1
    assert str(project) in ran.err or (words == ("open",) and spoil is _newer)
    assert len(ran.err.splitlines()) == 1
    assert project.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {project.name, good.name}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write to a read-only file")
def test_a_read_only_project_is_looked_at_but_not_written(command: Command, project: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    project.chmod(0o444)
    assert command("stats", project).code == 0
    ran = command("import", project, good)
    assert ran.code == 1
    assert str(project) in ran.err


def _no_access(*_words: object, **_options: object) -> bool:
    return False


def test_whether_a_file_may_be_read_is_found_by_reading_it(
    command: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The command line's library would ask first, call a "no" wrong usage, and leave the good files beside it out.
    monkeypatch.setattr(os, "access", _no_access)
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    assert command("import", project, good).code == 0


def test_a_read_only_file_is_not_replaced_by_an_export(
    command: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not chmod: root may write to anything.
    kept = tmp_path / "kept.jsonl"

    def access(path: str | Path, mode: int) -> bool:
        return not (Path(path) == kept and mode == os.W_OK)

    monkeypatch.setattr(os, "access", access)
    kept.write_bytes(b"mine")
    ran = command("export", project, "-f", "jsonl", "-o", kept)
    assert (ran.code, kept.read_bytes()) == (1, b"mine")
    assert ran.err == f"annotator: {kept}: the file is read-only; choose another name\n"


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from annotator.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit there")
def test_a_disk_that_takes_no_more_leaves_the_project_as_it_was(project: Path, tmp_path: Path) -> None:
    before = project.read_bytes()
    large = tmp_path / "large.txt"
    large.write_text(GOOD * 5000, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(len(before) + 8192), "import", str(project), str(large)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert ran.stderr.startswith(f"annotator: {project}: ")
    assert len(ran.stderr.splitlines()) == 1
    assert project.read_bytes() == before
