"""What only a process of its own shows: what it loads, what it writes where, how it ends."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.services import projects
from tests.cli.making_lines import article_line, written_lines
from tests.cli.running import Command

LOADED = """
import sys
from annotator.__main__ import main
code = main(sys.argv[1:])
print("loaded:", *(name for name in ("PySide6", "spacy", "sqlite_utils") if name in sys.modules), file=sys.stderr)
sys.exit(code)
"""


def started(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m annotator` with an environment of its own; a value "" takes a variable away."""
    values = {key: value for key, value in (os.environ | environment).items() if value}
    command = [sys.executable, "-m", "annotator", *(str(word) for word in words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=values)


def test_the_command_line_loads_neither_qt_nor_spacy(project: Path, tmp_path: Path) -> None:
    data = written_lines(tmp_path / "data.jsonl", article_line(1))
    for words in (
        ("import", project, data),
        ("stats", project, "--json"),
        ("check", project),
        ("export", project, "-f", "jsonl", "-o", tmp_path / "out.jsonl"),
    ):
        ran = subprocess.run(
            [sys.executable, "-c", LOADED, *(str(word) for word in words)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (ran.returncode, ran.stderr.splitlines()[-1]) == (0, "loaded:"), words


def test_looking_works_beside_a_writer_and_changes_no_byte(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "data.jsonl"
    out.parent.mkdir()
    with projects.opened(project, write=True, person="Ada"):
        files = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
        for words in (("stats", project), ("check", project), ("export", project, "-f", "jsonl", "-o", out)):
            ran = started(*words)
            told = f"annotator: {out}: 1 annotator who made nothing is left out.\n" if words[0] == "export" else ""
            assert (ran.returncode, ran.stderr) == (0, told)
        second = started("import", project, written_lines(tmp_path / "data.jsonl", article_line(1)))
        assert second.returncode == 1
        assert "Ada" in second.stderr
        assert len(second.stderr.splitlines()) == 1
        assert {path: path.read_bytes() for path in files} == files


def test_a_closed_pipe_ends_quietly(project: Path, tmp_path: Path) -> None:
    data = written_lines(tmp_path / "data.jsonl", *(article_line(number) for number in range(2000)))
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "annotator", "import", str(project), str(data), "--json"]
    ran = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_the_output_is_told(project: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "annotator", "stats", str(project), "--json"]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")


@linux
@pytest.mark.parametrize("display", ["", ":4242", "localhost:4242", "unix:4242", "nowhere.invalid:3", "nonsense"])
def test_without_a_display_there_is_one_line(display: str) -> None:
    ran = started(DISPLAY=display, WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert "annotator demo" in ran.stderr


@linux
def test_a_display_that_takes_calls_but_lets_nobody_in_is_told() -> None:
    """Something listens at the display's port and hangs up: Qt would end the process."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        if number < 0:
            pytest.skip("the system gives low ports")
        child = subprocess.Popen(
            [sys.executable, "-m", "annotator"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={key: value for key, value in os.environ.items() if key not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
            | {"DISPLAY": f"127.0.0.1:{number}"},
        )
        server.settimeout(30)
        try:
            for _call in range(2):
                server.accept()[0].close()
        finally:
            _out, err = child.communicate(timeout=120)
    assert child.returncode == 1
    assert len(err.splitlines()) == 1
    assert "annotator demo" in err


def test_demo_runs_twice_and_says_where_everything_is(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = [str(out / name) for name in ("project.annot", "dataset.jsonl", "report.html", "window.png")]
    for _time in range(2):
        ran = started("demo", "--out", out, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
        assert (ran.returncode, ran.stderr) == (0, "")
        assert ran.stdout.splitlines() == wanted
    assert {path.name for path in out.iterdir()} == {Path(one).name for one in wanted}
    assert (out / "window.png").read_bytes().startswith(b"\x89PNG")
    counted = command("stats", out / "project.annot", "--json").document
    assert set(counted["by_status"]) == {"alleged", "disputed", "confirmed"}
    assert (counted["articles"], counted["mentions"], counted["sources"], counted["evidence"]) == (1, 6, 4, 6)
    again = tmp_path / "again.annot"
    assert command("new", again).code == 0
    assert command("import", again, out / "dataset.jsonl").code == 0


def test_demo_leaves_the_files_of_others_alone(command: Command, project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copyfile(project, folder / "project.annot")
    before = project.read_bytes()
    ran = command("demo", "--out", folder)
    assert ran.code == 1
    assert str(folder) in ran.err
    assert (folder / "project.annot").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["project.annot"]
