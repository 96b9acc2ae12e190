"""Values that our tables would not take, put there by hands that change the schema and hide that."""

import contextlib
import sqlite3
from collections.abc import Callable

import pytest

from tests.store.foreign.forging import Desk, loosened, sql

Tamper = Callable[[sqlite3.Connection], None]


LOOSE: dict[str, Tamper] = {
    "a text for a number": loosened("event", " STRICT", "", "UPDATE event SET clock = 'late' WHERE n = 5"),
    "a number for a text": loosened("change", " STRICT", "", "UPDATE change SET name = x'41' WHERE n = 3"),
    "bytes for a body": loosened("event", " STRICT", "", "UPDATE event SET body = CAST(body AS BLOB) WHERE n = 5"),
    "a fraction for a sequence number": loosened("event", " STRICT", "", "UPDATE event SET seq = 1.5 WHERE n = 5"),
    "nothing for an id": loosened("event", "id BLOB NOT NULL", "id BLOB", "UPDATE event SET id = NULL WHERE n = 5"),
    "nothing for a hash": loosened(
        "event", "body_hash BLOB NOT NULL", "body_hash BLOB", "UPDATE event SET body_hash = NULL WHERE n = 5"
    ),
    "an id of fifteen bytes": loosened(
        "event",
        "CHECK (length(id) = 16)",
        "",
        "UPDATE event SET id = x'018900000000700080000000000000' WHERE n = 5",
    ),
    "an op that does not exist": loosened(
        "event", "op IN ('put', 'delete')", "op <> ''", "UPDATE event SET op = 'grant' WHERE n = 5"
    ),
    "a sequence number of nothing": loosened(
        "event", "CHECK (seq > 0)", "", "UPDATE event SET seq = 0 WHERE session = 2 AND seq = 1"
    ),
    "a change that ends before it begins": loosened(
        "change", "CHECK (last_seq >= first_seq)", "", "UPDATE change SET last_seq = 0 WHERE n = 3"
    ),
}


@pytest.mark.parametrize("name", LOOSE)
def test_values_that_the_tables_would_not_take_are_refused(desk: Desk, name: str) -> None:
    refusal = desk.outcome(desk.tampered("hostile", LOOSE[name], chained=False))
    assert "the file is damaged" in refusal or "a row is not as this program writes it" in refusal


def test_two_events_of_one_id_are_refused(desk: Desk) -> None:
    path = desk.tampered("hostile", sql(), chained=False)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (one, other) = (row[0] for row in connection.execute("SELECT id FROM event WHERE n IN (7, 8) ORDER BY n"))
    path.write_bytes(path.read_bytes().replace(other, one))
    assert "the file is damaged" in desk.outcome(path)


def test_two_events_of_one_place_in_their_session_are_refused(desk: Desk) -> None:
    path = desk.tampered("hostile", sql(), chained=False)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        row = connection.execute("SELECT * FROM sqlite_schema WHERE name = 'sqlite_autoindex_event_2'").fetchone()

    def index_back(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row)

    for steps in (
        [
            sql("DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_event_2'"),
            sql("UPDATE sqlite_schema SET sql = replace(sql, ', UNIQUE (session, seq)', '') WHERE name = 'event'"),
        ],
        [sql("UPDATE event SET seq = 3 WHERE session = 2 AND seq = 4")],
        [
            sql(
                "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ', UNIQUE (session, seq)) STRICT')"
                " WHERE name = 'event'"
            ),
            index_back,
        ],
    ):
        # Each with a connection of its own: a schema is read once.
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for step in steps:
                step(connection)
    assert "the file is damaged" in desk.outcome(path)


def test_something_of_a_hundred_million_bytes_takes_no_memory(desk: Desk) -> None:
    huge = sql("UPDATE blob SET content = zeroblob(140000000)")
    path = desk.tampered("hostile", huge, chained=False)
    assert "longer than anything this program writes" in desk.outcome(path)
    path.unlink()
