"""After a close that was none: what was written last is looked at before anything is written again."""

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Claim
from annotator.store import recovery
from annotator.store.check import check
from annotator.store.project import Project
from tests import making

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows")


def killed_at_work(path: Path, marks: int = 3) -> None:
    """Make marks in a process that is killed before it closes the project."""
    program = (
        "import os, sys; from pathlib import Path; from tests import making\n"
        "project = making.opened(Path(sys.argv[1]))\n"
        "with project.change('import') as change: version = making.put_article(change)\n"
        f"for number in range({marks}):\n"
        "    with project.change('mark') as change: making.put_mark(change, version, number, number + 4)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, path], check=False, cwd=making.ROOT)
    assert done.returncode == -signal.SIGKILL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = making.new_project(tmp_path)
    killed_at_work(made)
    return made


def foreign(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_a_session_that_nobody_closed_is_noticed_and_closed_with_the_next_change(path: Path) -> None:
    before = making.digest(path)
    with making.opened(path) as project:
        assert project.unclean
        assert project.count(Claim) == 3
    assert making.digest(path) == before  # who only looks leaves it as it is
    with making.opened(path) as project:
        assert project.unclean
        with project.change("more") as change:
            change.put(making.claim())
        assert check(project).sound
    with making.opened(path) as project:
        assert not project.unclean


def test_what_a_worker_writes_beside_is_no_session_that_was_left_open(path: Path) -> None:
    with making.opened(path) as project:
        other = project.beside()
        with other.change("beside") as change:
            change.put(making.claim())
        with project.change("more") as change:
            change.put(making.claim())
        left = project.connection.execute("SELECT count(*) FROM session WHERE closed IS NULL").fetchone()
        assert left == (2,)
        other.close()
    with making.opened(path) as project:
        assert not project.unclean


SPOILED = {
    "a digest": "UPDATE event SET digest = zeroblob(32) WHERE n = (SELECT max(n) - 1 FROM event)",
    "a body": "UPDATE event SET body = replace(body, 'safe', 'sane') WHERE n = (SELECT max(n) - 2 FROM event)",
    "an event less": "DELETE FROM event WHERE n = (SELECT max(n) - 1 FROM event)",
    "a row": "UPDATE state_assessment SET status = 'confirmed' WHERE n = (SELECT max(n) FROM state_assessment)",
    "a row less": "DELETE FROM state_mention WHERE n = (SELECT max(n) FROM state_mention)",
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_is_not_sound_there_opens_for_reading_only(path: Path, name: str) -> None:
    foreign(path, SPOILED[name])
    before = making.digest(path)
    with pytest.raises(Refused, match="what it wrote last is not sound; restore a backup") as told:
        making.opened(path)
    assert "\n" not in str(told.value)
    with Project.open(path, write=False) as project:
        assert not project.writable
    assert making.digest(path) == before
    assert [one.name for one in path.parent.iterdir() if "lock" not in one.name] == ["story.annot"]


def test_after_a_clean_close_nothing_of_this_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError

    made = making.new_project(tmp_path)
    monkeypatch.setattr(recovery, "check_last", asked)
    with making.opened(made) as project:
        assert not project.unclean


def test_of_a_long_session_the_end_is_looked_at_first_and_the_rest_beside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "LAST_EVENTS", 4)
    monkeypatch.setattr(recovery, "_CHUNK", 3)
    foreign(path, "UPDATE event SET digest = zeroblob(32) WHERE n = (SELECT max(n) - 8 FROM event)")
    with making.opened(path) as project:
        assert project.unclean
        told = project.quick_check().run()
    assert told is not None
    assert "not sound" in told.what


def damaged(path: Path) -> None:
    """Spoil a page in the middle of a table."""
    connection = sqlite3.connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event'").fetchone()
    connection.close()
    with path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 64)


@pytest.mark.parametrize("sound", [True, False])
def test_the_quick_check_tells_a_sound_file_from_a_damaged_one(tmp_path: Path, *, sound: bool) -> None:
    made = making.new_project(tmp_path)
    if not sound:
        damaged(made)
    with making.opened(made) as project:
        told = project.quick_check().run()
    assert (told is None) == sound


def test_the_quick_check_gives_way_and_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "QUIET_SECONDS", 0)
    made = making.new_project(tmp_path)
    with making.opened(made) as project:
        look = project.quick_check()
        steps: list[int] = []

        def on_step() -> int:
            steps.append(1)
            if len(steps) <= 3:
                look.give_way()
            return 0

        real = recovery.file.connect

        def watched(path: Path) -> sqlite3.Connection:
            connection = real(path)
            connection.set_progress_handler(on_step, 200)
            return connection

        monkeypatch.setattr(recovery.file, "connect", watched)
        assert look.run() is None
        assert len(steps) > 3


def test_marks_are_saved_while_the_file_is_looked_at_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "QUIET_SECONDS", 0)
    made = making.new_project(tmp_path)
    told: list[Refused | None] = []

    def run(look: recovery.QuickCheck) -> None:
        told.append(look.run())

    with making.opened(made) as project:
        for _round in range(10):
            look = project.quick_check()
            worker = threading.Thread(target=run, args=(look,))
            worker.start()
            for _mark in range(3):
                with project.change("mark") as change:
                    change.put(making.claim())
            look.stop()
            worker.join()
        assert project.count(Claim) == 30
        assert check(project).sound
    assert set(told) == {None}
