"""Taking backups: checked before they count, never in place of older ones, beside a writer, found by path and id."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from annotator.errors import Refused
from annotator.model.moments import written
from annotator.model.records import Mention
from annotator.store import backup, backup_files, file, journal
from annotator.store.backup import Backup
from annotator.store.check import check
from annotator.store.copying import Copy, Patience
from annotator.store.project import Project
from tests import making

T = TypeVar("T")


def finished(steps: Generator[object, None, T]) -> T:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def taken(source: Project | Path, *, fewer: bool = False) -> Backup:
    return finished(backup.taking(source, "asked", fewer=fewer))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        mark(project, article=True)
    return path


def mark(project: Project, *, article: bool = False) -> None:
    with project.change("mark") as change:
        if article:
            making.put_mark(change, making.put_article(change))
        else:
            change.put(making.claim())


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if one.name != "taking.lock"}


def test_a_backup_is_the_project_at_one_moment_and_sound(path: Path) -> None:
    with making.opened(path) as project:
        made = taken(project)
        mark(project)
        assert backup.unchanged_since(project) is None
    assert made.complete
    assert made.events == 7
    with Project.open(made.path, write=False) as copy:
        assert check(copy).sound
        assert copy.count(Mention) == 1
    assert finished(backup.verifying(made))
    (folder,) = backup_files.folders_of(path)
    assert names_in(folder) == {made.path.name, made.path.with_suffix(".json").name, journal.NAME}


def test_taking_one_changes_no_byte_of_the_project(path: Path) -> None:
    before = making.digest(path)
    taken(path)
    with Project.open(path, write=False) as project:
        taken(project)
    assert making.digest(path) == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_they_are_found_by_path_and_by_id(path: Path, tmp_path: Path) -> None:
    made = taken(path)
    assert backup.backups_of(path) == [made]
    assert backup.backups_of(tmp_path / "elsewhere.annot", made.project_id) == [made]
    assert backup.backups_of(tmp_path / "elsewhere.annot") == []


def test_two_files_of_one_project_are_two_lines_of_backups(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "copy.annot"
    other.write_bytes(path.read_bytes())
    with making.opened(path) as project:
        mark(project)
    long, short = taken(path), taken(other)
    assert (long.number, short.number) == (1, 1)
    assert [one.original for one in backup.backups_of(other, short.project_id)] == [str(other), str(path)]


def test_the_folder_is_kept_short_by_a_clock_of_our_own(path: Path) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    clock = [start + timedelta(hours=11 * number) for number in range(60)]
    for moment in clock:
        finished(backup.taking(path, "interval", moment=lambda at=moment: written(at)))
    found = backup.backups_of(path)
    wanted = backup_files.kept(list(enumerate(clock, 1)), backup_files.Keep())
    assert [one.number for one in found] == sorted(wanted, reverse=True)
    assert len(wanted) <= 21


# What does not count


def damaged_at(path: Path, needle: bytes) -> None:
    content = bytearray(path.read_bytes())
    at = content.index(needle)
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("needle", [b"The mayor of", b'"status":"disputed"', b"mark"])
def test_a_file_that_fails_its_check_is_not_backed_up_and_replaces_nothing(path: Path, needle: bytes) -> None:
    """A text, a body, the name of a change: SQLite finds nothing wrong with any of them."""
    made = taken(path)
    damaged_at(path, needle)
    with pytest.raises(Refused, match=r"not sound.*earlier backups are kept"):
        taken(path)
    assert backup.backups_of(path) == [made]
    assert finished(backup.verifying(made))
    assert names_in(made.path.parent) == {made.path.name, made.path.with_suffix(".json").name, journal.NAME}


def test_a_file_with_fewer_events_than_its_last_backup_is_not_backed_up_unless_asked(path: Path) -> None:
    before = path.read_bytes()
    with making.opened(path) as project:
        mark(project)
    made = taken(path)
    path.write_bytes(before)
    with pytest.raises(Refused, match=r"the project has 7 events, its backup of .* has 8"):
        taken(path)
    assert backup.backups_of(path) == [made]
    assert [one.events for one in (taken(path, fewer=True), made)] == [7, 8]
    assert len(backup.backups_of(path)) == 2, "the longer one stays"


def test_a_hole_left_by_a_colleague_is_no_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM event WHERE seq = 3")
    assert taken(path).events == 6


def test_no_file_is_left_where_nobody_waits_for_the_end(path: Path) -> None:
    steps = backup.taking(path, "asked")
    next(steps)
    steps.close()
    (folder,) = backup_files.folders_of(path)
    assert names_in(folder) == {journal.NAME}
    assert taken(path).number == 1


def test_what_a_killed_program_left_is_cleared_away(path: Path) -> None:
    made = taken(path)
    folder = made.path.parent
    (folder / "half.part").write_bytes(b"half")
    (folder / "000009-lost.json").write_text("{}")
    again = taken(path)
    stems = {one.path.stem for one in (made, again)}
    assert {name.partition(".")[0] for name in names_in(folder)} == {*stems, "journal"}


def test_a_second_one_at_the_same_time_is_refused(path: Path) -> None:
    steps = backup.taking(path, "asked")
    next(steps)
    with pytest.raises(Refused, match="being made already"):
        taken(path)
    finished(steps)
    assert len(backup.backups_of(path)) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_takes_no_file_is_told(path: Path, own_home: Path) -> None:
    own_home.chmod(0o500)
    with pytest.raises(Refused, match="does not permit it"):
        taken(path)
    own_home.chmod(0o700)


# A writer beside


def test_a_writer_in_between_makes_the_copy_begin_anew_and_it_is_of_one_moment(path: Path) -> None:
    part = path.with_name("part")
    writes = 3
    with making.opened(path) as project, closing(file.connect(path)) as source:

        def between(left: int) -> None:
            nonlocal writes
            if writes and left < 40:
                writes -= 1
                mark(project)

        copy = Copy(source, part, Patience(pages=4, pauses=(0.0,)), between)
        copy.run()
        assert (copy.restarts, writes) == (3, 0)
        count = project.connection.execute("SELECT count(*) FROM event").fetchone()
    with closing(sqlite3.connect(part)) as found:
        assert found.execute("SELECT count(*) FROM event").fetchone() == count
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_project_that_is_never_at_rest_is_put_off(path: Path) -> None:
    with making.opened(path) as project, closing(file.connect(path)) as source:
        patience = Patience(pages=4, pauses=(0.0,), restarts=5)
        copy = Copy(source, path.with_name("part"), patience, lambda _left: mark(project))
        with pytest.raises(TimeoutError):
            copy.run()
    assert copy.restarts == 6


def test_slow_steps_are_made_smaller(path: Path) -> None:
    with making.opened(path) as project, project.change("import") as change:
        making.put_article(change, "A long text. " * 40_000)
    with closing(file.connect(path)) as source:
        copy = Copy(source, path.with_name("part"), Patience(pages=32, longest_step=-1.0))
        copy.run()
        assert copy.pages == 8
    with closing(sqlite3.connect(path.with_name("part"))) as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
