"""SQLite refuses a stray write: before the first change, after it, and also where the statement is known from one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store import file
from annotator.store.project import Project
from tests import making

INSERT = "INSERT INTO text (sha256, content) VALUES (?, ?)"
ROW = (b"\x01" * 32, "x")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.opened(making.new_project(tmp_path)) as found:
        yield found


def texts(project: Project) -> int:
    return int(project.connection.execute("SELECT count(*) FROM text").fetchone()[0])


def write(project: Project) -> None:
    with project.change("claim.new") as change:
        change.put(making.claim())


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.parametrize(
    "sql",
    [
        INSERT.replace("?", "x''"),
        "DELETE FROM event",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "UPDATE sqlite_master SET sql = ''",
        "PRAGMA user_version = 9",
        "VACUUM",
    ],
)
def test_a_stray_write_is_refused_before_and_after_a_change(project: Project, sql: str, changed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    if changed:
        write(project)
    with pytest.raises(sqlite3.DatabaseError):
        project.connection.execute(sql)
    assert not project.connection.in_transaction


def test_a_statement_that_a_change_ran_is_refused_outside_of_it(project: Project) -> None:
    connection = project.connection
    with file.gate(connection, ""):
        connection.execute(INSERT, ROW)
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute(INSERT, (b"\x02" * 32, "y"))
    with pytest.raises(sqlite3.DatabaseError):
        connection.executemany(INSERT, [(b"\x02" * 32, "y")])
    assert texts(project) == 1
    with file.gate(connection, ""):
        connection.executemany(INSERT, [(b"\x02" * 32, "y")])
    assert texts(project) == 2


def test_a_statement_that_failed_in_a_change_is_refused_outside_of_it(project: Project) -> None:
    connection = project.connection
    with file.gate(connection, ""):
        connection.execute(INSERT.replace("INSERT", "INSERT OR IGNORE"), ROW)
    with pytest.raises(sqlite3.IntegrityError), file.gate(connection, ""):
        connection.execute(INSERT, ROW)
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute(INSERT, (b"\x02" * 32, "y"))
    assert texts(project) == 1


def test_rows_that_are_read_while_they_are_written_hide_no_write(project: Project) -> None:
    connection = project.connection

    def rows() -> Iterator[tuple[bytes, str]]:
        for place in range(3):
            connection.execute("SELECT ?", (place,))
            yield bytes([place]) * 32, "x"

    with file.gate(connection, ""):
        connection.executemany(INSERT, rows())
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute(INSERT, (b"\x09" * 32, "y"))
    assert texts(project) == 3


def test_what_is_known_to_read_may_always_be_asked(project: Project) -> None:
    write(project)
    with file.gate(project.connection, ""):
        assert texts(project) == 0
    assert texts(project) == 0


def test_a_change_makes_sqlite_prepare_nothing_anew(project: Project) -> None:
    """The authorizer is asked once for each statement: again only where it is prepared again."""
    asked: list[object] = []

    def noting(*names: object) -> int:
        asked.append(names)
        return sqlite3.SQLITE_OK

    for _time in range(2):
        write(project)
    project.connection.set_authorizer(noting)
    write(project)
    assert asked
    asked.clear()
    write(project)
    assert not asked


def test_a_function_that_gives_a_table_may_be_asked_whenever_it_was_first_used(project: Project) -> None:
    each = "SELECT value FROM json_each(?)"
    write(project)
    assert project.connection.execute(each, ("[1]",)).fetchall() == [(1,)]
    with file.gate(project.connection, ""):
        project.connection.execute(f"{each} WHERE value > 0", ("[1]",)).fetchall()
        project.connection.execute("SELECT name FROM pragma_table_info('event')").fetchall()
    assert project.connection.execute(f"{each} WHERE value > 0", ("[1]",)).fetchall() == [(1,)]
    assert project.connection.execute("SELECT name FROM pragma_table_info('event')").fetchall()
