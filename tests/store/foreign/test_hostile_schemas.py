"""Hostile project files whose tables are not ours, or say so of themselves: each is refused by name."""

import pytest

from tests.store.foreign.forging import Desk, sql

_DEEP = "(" * 20_000 + "1" + ")" * 20_000
_UNENDING = f"UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (seq > 0)', 'CHECK {_DEEP}') WHERE name = 'event'"  # noqa: S608 - made here
_VIEWS = (
    "INSERT INTO sqlite_schema WITH RECURSIVE r (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 1000)"
    " SELECT 'view', 'v' || n, 'v' || n, 0, 'CREATE VIEW v' || n || ' AS SELECT * FROM v' || (n + 1) FROM r"
)

SCHEMAS: dict[str, tuple[tuple[str, ...], str]] = {
    "a trigger": (
        ("CREATE TRIGGER bomb AFTER INSERT ON event BEGIN DELETE FROM object; END",),
        "its tables are not those of a project: bomb",
    ),
    "a view": (("CREATE VIEW bomb AS SELECT * FROM event",), "its tables are not those of a project: bomb"),
    "a view for a table": (
        ("ALTER TABLE text RENAME TO plain", "CREATE VIEW text AS SELECT * FROM plain"),
        "its tables are not those of a project",
    ),
    "a view without end": (
        (
            (
                "CREATE VIEW bomb AS WITH RECURSIVE r (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r)"
                " SELECT count(*) FROM r"
            ),
        ),
        "its tables are not those of a project: bomb",
    ),
    "a generated column": (
        ("ALTER TABLE session ADD COLUMN bomb TEXT AS (machine || program)",),
        "its tables are not those of a project: session",
    ),
    "a column more": (("ALTER TABLE event ADD COLUMN more BLOB",), "its tables are not those of a project: event"),
    "a column of another name": (
        ("ALTER TABLE change RENAME COLUMN name TO named",),
        "its tables are not those of a project: change",
    ),
    "a table more": (("CREATE TABLE more (n)",), "its tables are not those of a project: more"),
    "a table less": (("DROP TABLE state_link",), "its tables are not those of a project: state_link"),
    "most tables gone": (
        ("DELETE FROM sqlite_schema WHERE name LIKE 'state%' OR tbl_name LIKE 'state%'",),
        "its tables are not those of a project",
    ),
    "an index more": (("CREATE INDEX more ON event (clock)",), "its tables are not those of a project: more"),
    "an index of an expression": (
        ("CREATE INDEX more ON event (abs(clock))",),
        "its tables are not those of a project: more",
    ),
    "an index less": (("DROP INDEX event_object",), "its tables are not those of a project: event_object"),
    "tables of ANALYZE": (("ANALYZE",), "its tables are not those of a project: sqlite_stat1"),
    "a virtual table": (
        (
            (
                "INSERT INTO sqlite_schema VALUES ('table', 'bomb', 'bomb', 0,"
                " 'CREATE VIRTUAL TABLE bomb USING csv(filename=\"/etc/passwd\")')"
            ),
        ),
        "its tables are not those of a project: bomb",
    ),
    "a check without end": (
        (_UNENDING,),
        "",
    ),
    "a check that does more": (
        ("UPDATE sqlite_schema SET sql = replace(sql, 'seq > 0', 'seq > abs(0)') WHERE name = 'event'",),
        "its tables are not those of a project: event",
    ),
    "columns that are not strict": (
        ("UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = 'event'",),
        "its tables are not those of a project: event",
    ),
    "a default value": (
        ("UPDATE sqlite_schema SET sql = replace(sql, 'salt BLOB', 'salt BLOB DEFAULT 1') WHERE name = 'event'",),
        "its tables are not those of a project: event",
    ),
    "a schema that is no SQL": (("UPDATE sqlite_schema SET sql = 'DROP TABLE event' WHERE name = 'event'",), "damaged"),
    "a schema of ten megabytes": (
        ("UPDATE sqlite_schema SET sql = sql || printf('/*%10000000c*/', 'x') WHERE name = 'event'",),
        "",
    ),
    "two tables in one place": (
        (
            (
                "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'text')"
                " WHERE name = 'blob'"
            ),
        ),
        "damaged",
    ),
    "a table beyond the end": (("UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'event'",), "damaged"),
    "a table in the header": (("UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'event'",), "damaged"),
    "a table twice": (
        ("INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'event'",),
        "",
    ),
    "a thousand views": ((_VIEWS,), "its tables are not those of a project"),
    "the number of the first schema": (("PRAGMA user_version = 1",), "its tables are not those of a project"),
    "the number of a schema to come": (
        ("PRAGMA user_version = 99",),
        "it was made by a newer version of the program (schema 99); update Annotator",
    ),
    "a schema number below all": (("PRAGMA user_version = -5",), "newer version"),
    "no schema number": (("PRAGMA user_version = 0",), "its schema number 0 is unknown"),
    "another program's file": (("PRAGMA application_id = 1",), "this is an SQLite file of another program"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_with_other_tables_than_ours_is_refused_by_name(desk: Desk, name: str) -> None:
    statements, told = SCHEMAS[name]
    refusal = desk.outcome(desk.tampered("hostile", sql(*statements), chained=False))
    assert refusal != "merged"
    assert told in refusal


def test_the_file_without_tampering_is_merged(desk: Desk) -> None:
    assert desk.outcome(desk.theirs) == "merged"
