"""Opening: what is no project is refused in one line, looking changes no byte, SQLite is set as storage.md says."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

from annotator.errors import Refused
from annotator.model.records import Article, Claim, Mention
from annotator.store import file, schema
from annotator.store.check import check
from annotator.store.lock import WriterLock
from annotator.store.project import Project
from tests import making

PRAGMAS = {
    "journal_mode": "delete",
    "synchronous": 3,
    "fullfsync": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "cache_spill": 0,
    "secure_delete": 1,
    "query_only": 1,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = making.new_project(tmp_path)
    with making.opened(made) as project, project.change("import") as change:
        making.put_mark(change, making.put_article(change))
    return made


def foreign(path: Path, *statements: str) -> None:
    """Let another program do something to a file."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def other_program(path: Path) -> None:
    path.unlink()
    foreign(path, "CREATE TABLE notes (text)")


def another_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def device(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, "there is no such file; check the path"),
    "a folder": (another_folder, "this is a folder"),
    "a pipe": (device, "this is a device, not a file"),
    "empty": (lambda p: p.write_bytes(b""), "the file is empty"),
    "a text": (lambda p: p.write_text("An article.\n" * 50), "this is not a project file"),
    "a beginning": (lambda p: p.write_bytes(p.read_bytes()[:40]), "this is not a project file"),
    "another program's": (other_program, "an SQLite file of another program"),
    "newer and unknown": (
        lambda p: foreign(p, "ALTER TABLE event ADD COLUMN more TEXT", "PRAGMA user_version = 99"),
        r"newer version of the program \(schema 99\)",
    ),
    "WAL": (lambda p: foreign(p, "PRAGMA journal_mode = WAL"), "WAL journal mode"),
    "cut short": (lambda p: p.write_bytes(p.read_bytes()[: p.stat().st_size // 2]), "the file is damaged"),
    "cut in a page": (lambda p: p.write_bytes(p.read_bytes()[:-100]), "the file is damaged"),
    "overwritten": (lambda p: p.write_bytes(p.read_bytes()[:100] + b"\xff" * 8092), "the file is damaged"),
    "one table more": (lambda p: foreign(p, "CREATE TABLE mine (n)"), "its tables are not those of a project: mine"),
    "a trigger": (
        lambda p: foreign(p, "CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM text; END"),
        "its tables are not those of a project: evil",
    ),
    "one index less": (lambda p: foreign(p, "DROP INDEX event_object"), "not those of a project: event_object"),
}


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_project_is_refused_in_one_line_and_left_alone(path: Path, name: str, *, write: bool) -> None:
    spoil, told = WRONG[name]
    spoil(path)
    before = making.digest(path) if path.is_file() else ""
    with pytest.raises(Refused, match=told) as refused:
        Project.open(path, write=write)
    assert str(refused.value).startswith(f"{path}: ")
    assert "\n" not in str(refused.value)
    assert refused.value.do
    assert (making.digest(path) if path.is_file() else "") == before
    assert {one.name for one in path.parent.iterdir()} <= {"story.annot"}


def test_a_newer_file_that_has_our_tables_can_be_read_and_is_never_written(path: Path) -> None:
    foreign(path, "CREATE TABLE later (n INTEGER PRIMARY KEY)", "PRAGMA user_version = 99")
    before = making.digest(path)
    with Project.open(path, write=False) as project:
        assert project.status_counts() == {"disputed": 1}
        assert not project.writable
    with pytest.raises(Refused, match=r"newer version of the program \(schema 99\); update Annotator"):
        making.opened(path)
    assert making.digest(path) == before
    assert [one.name for one in path.parent.iterdir()] == ["story.annot"]


def test_looking_changes_no_byte(path: Path) -> None:
    before = making.digest(path)
    for write in (True, False):
        with Project.open(path, write=write) as project:
            project.work_as(making.ADA.id)
            assert project.status_counts() == {"disputed": 1}
            assert len(project.version_rows()) == len(project.all(Mention)) == 1
            assert project.history(project.all(Claim)[0].id)
            assert check(project).sound
            project.undo()
        assert making.digest(path) == before
    assert [one.name for one in path.parent.iterdir()] == ["story.annot"]


def test_sqlite_is_set_as_storage_md_says_on_every_connection(path: Path) -> None:
    with Project.open(path, write=True) as project:
        project.work_as(making.ADA.id)
        for one in (project, project.beside()):
            found = {name: one.connection.execute(f"PRAGMA {name}").fetchone() for name in PRAGMAS}
            # Where mmap is compiled out it answers nothing.
            assert {name: value[0] if value else 0 for name, value in found.items()} == PRAGMAS
            assert one.connection.isolation_level is None
        one.close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    connection.close()


def test_a_build_of_sqlite_that_keeps_no_pragma_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "_PRAGMAS", (("synchronous", 3), ("page_size", 1024)))
    with pytest.raises(Refused, match="does not keep PRAGMA page_size"):
        Project.open(path, write=False)


def test_opening_again_in_one_process_does_not_drop_the_locks_of_the_first(path: Path) -> None:
    with making.opened(path) as project, file.gate(project.connection, "story"):
        Project.open(path, write=False).close()
        program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        other = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
        assert "database is locked" in other.stderr


def test_a_project_may_be_opened_in_one_thread_and_closed_in_another(path: Path) -> None:
    opened: list[Project] = []
    worker = threading.Thread(target=lambda: opened.append(making.opened(path)))
    worker.start()
    worker.join()
    opened[0].close()
    making.opened(path).close()


def test_closing_takes_the_lock_s_files_away_and_twice_is_once(path: Path) -> None:
    project = making.opened(path)
    assert len(list(path.parent.iterdir())) == 3
    project.close()
    project.close()
    assert [one.name for one in path.parent.iterdir()] == ["story.annot"]


def test_a_lock_whose_note_is_unreadable_still_gets_one_line(path: Path) -> None:
    lock = WriterLock(path)
    lock.acquire("Ada")
    path.with_name("story.annot.lock.who").write_text("{")
    with pytest.raises(Refused, match="another window or command is writing to it"):
        making.opened(path)
    lock.release()


def test_what_this_program_locks_and_what_filelock_locks_keep_each_other_out(path: Path) -> None:
    lock = filelock.FileLock(path.with_name("story.annot.lock"), timeout=0)
    mine = WriterLock(path)
    mine.acquire("Ada")
    with pytest.raises(filelock.Timeout):
        lock.acquire()
    mine.release()
    with lock, pytest.raises(Refused, match="is writing to it"):
        mine.acquire("Ada")
    mine.acquire("Ada")
    mine.release()


def test_another_program_that_writes_is_named_as_such(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file.connect, "__kwdefaults__", {"busy_seconds": 0.0})
    other = sqlite3.connect(path, isolation_level=None)
    with making.opened(path) as project:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="another program is writing"), project.change("new") as change:
            change.put(making.claim())
        other.execute("ROLLBACK")
        with project.change("new") as change:
            change.put(making.claim())
    other.close()


def test_a_new_project_is_not_put_over_a_file_nor_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    taken = tmp_path / "taken.annot"
    taken.write_text("something of mine")
    with pytest.raises(Refused, match="there is a file already; choose another name"):
        Project.create(taken, name="x", annotator=making.ADA)
    assert taken.read_text() == "something of mine"
    with pytest.raises(Refused, match="there is no such folder"):
        Project.create(tmp_path / "no" / "new.annot", name="x", annotator=making.ADA)
    assert [one.name for one in tmp_path.iterdir()] == ["taken.annot"]


@pytest.mark.parametrize("unnamed", [True, False])
def test_a_new_project_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, unnamed: bool
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    def broken(_: sqlite3.Connection) -> None:
        raise ZeroDivisionError

    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="the disk is full"):
        Project.create(tmp_path / "new.annot", name="x", annotator=making.ADA)
    monkeypatch.setattr(schema, "migrate", broken)
    with pytest.raises(ZeroDivisionError):
        Project.create(tmp_path / "new.annot", name="x", annotator=making.ADA)
    assert not list(tmp_path.iterdir())


def test_a_new_project_is_made_where_files_without_names_or_links_do_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    Project.create(tmp_path / "linked.annot", name="x", annotator=making.ADA)
    monkeypatch.setattr(os, "link", no_links)
    Project.create(tmp_path / "renamed.annot", name="x", annotator=making.ADA)
    with pytest.raises(Refused, match="there is a file already"):
        Project.create(tmp_path / "renamed.annot", name="x", annotator=making.ADA)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["linked.annot", "renamed.annot"]
    for one in tmp_path.iterdir():
        with Project.open(one, write=False) as project:
            assert check(project).sound


def test_names_that_a_uri_would_read_otherwise(tmp_path: Path) -> None:
    path = making.new_project(tmp_path, "50 % of “it”?#x&mode=ro")
    with making.opened(path) as project, project.change("new") as change:
        change.put(making.claim())
    with Project.open(path, write=False) as project:
        assert project.count(Claim) == 1
    link = tmp_path / "link.annot"
    link.symlink_to(path)
    with making.opened(path), pytest.raises(Refused, match="is writing to it"):
        making.opened(link)


def test_an_old_copy_of_the_file_is_not_touched_by_copying_an_open_project(path: Path, tmp_path: Path) -> None:
    """The main file alone is complete at any moment between two changes: people copy it while it is open."""
    with making.opened(path) as project:
        with project.change("new") as change:
            change.put(making.claim())
        copy = tmp_path / "copy.annot"
        shutil.copyfile(path, copy)
    with Project.open(copy, write=False) as project:
        assert (project.count(Claim), project.count(Article)) == (2, 1)
        assert check(project).sound
