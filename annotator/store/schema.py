"""The schema of the project file, statement by statement, and its migrations (applied by sqlite-utils)."""

import re
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID: Final = 0x416E6E6F
"""`Anno` in the header of every project file."""

VERSION: Final = 1
"""The schema number that this program writes, kept in `user_version`."""

_MIGRATIONS_TABLE: Final = (
    # Made here, word for word, so that the schema's text does not depend on the version of sqlite-utils.
    "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)",
    "CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name ON _sqlite_migrations (migration_set, name)",
)

_LOG: Final = (
    (
        "CREATE TABLE text (n INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),"
        " content TEXT NOT NULL) STRICT"
    ),
    (
        "CREATE TABLE blob (n INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),"
        " content BLOB NOT NULL) STRICT"
    ),
    (
        "CREATE TABLE object (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
        " kind TEXT NOT NULL) STRICT"
    ),
    (
        "CREATE TABLE session (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
        " annotator BLOB NOT NULL CHECK (length(annotator) = 16), machine TEXT NOT NULL, program TEXT NOT NULL,"
        " opened INTEGER NOT NULL, closed INTEGER) STRICT"
    ),
    (
        "CREATE TABLE change (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
        " session INTEGER NOT NULL REFERENCES session (n), author BLOB NOT NULL CHECK (length(author) = 16),"
        " name TEXT NOT NULL, joins BLOB NOT NULL, undoes BLOB NOT NULL, clock INTEGER NOT NULL,"
        " first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq)) STRICT"
    ),
    (
        "CREATE TABLE event (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
        " session INTEGER NOT NULL REFERENCES session (n), seq INTEGER NOT NULL CHECK (seq > 0),"
        " clock INTEGER NOT NULL, object INTEGER NOT NULL REFERENCES object (n),"
        " op TEXT NOT NULL CHECK (op IN ('put', 'delete')),"
        " previous BLOB NOT NULL CHECK (length(previous) % 16 = 0), change INTEGER NOT NULL REFERENCES change (n),"
        " salt BLOB, body TEXT, body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),"
        " digest BLOB NOT NULL CHECK (length(digest) = 32), UNIQUE (session, seq)) STRICT"
    ),
    "CREATE INDEX event_object ON event (object)",
)

STATE_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "project": (),
    "annotator": ("name TEXT",),
    "article": (),
    "version": ("article INTEGER", "text INTEGER", "number INTEGER"),
    "zone": ("version INTEGER",),
    "snapshot": ("blob INTEGER",),
    "speaker": ("name TEXT",),
    "claim": (),
    "mention": ("claim INTEGER", "version INTEGER", "annotator INTEGER", "layer TEXT", "speaker INTEGER"),
    "assessment": (
        "claim INTEGER",
        "annotator INTEGER",
        "layer TEXT",
        "status TEXT",
        "valid_from TEXT",
        "recorded_at TEXT",
    ),
    "source": (),
    "evidence": ("claim INTEGER", "source INTEGER", "annotator INTEGER"),
    "review": ("target INTEGER",),
    "comment": ("target INTEGER",),
    "guideline": ("number INTEGER",),
    "link": ("link TEXT", "a INTEGER", "b INTEGER"),
}
"""What each kind's state row holds beside the object's number `n` and its head: only what is looked up."""

_STATE_INDEXES: Final = (
    ("version", "article"),
    ("version", "text"),
    ("zone", "version"),
    ("speaker", "name"),
    ("mention", "claim"),
    ("mention", "version"),
    ("assessment", "claim"),
    ("evidence", "claim"),
    ("evidence", "source"),
    ("review", "target"),
    ("comment", "target"),
    ("link", "a"),
    ("link", "b"),
)


def _state_statements() -> list[str]:
    tables = [
        f"CREATE TABLE state_{kind} ({', '.join(('n INTEGER PRIMARY KEY', 'head INTEGER NOT NULL', *columns))}) STRICT"
        for kind, columns in STATE_COLUMNS.items()
    ]
    indexes = [f"CREATE INDEX state_{kind}_{column} ON state_{kind} ({column})" for kind, column in _STATE_INDEXES]
    return tables + indexes


STATEMENTS: Final = (*_MIGRATIONS_TABLE, *_LOG, *_state_statements())
"""Schema version 1, in the order it is made."""

_NAME: Final = re.compile(r"CREATE (?:UNIQUE )?(?:TABLE|INDEX) (\w+)")


def _name_of(statement: str) -> str:
    found = _NAME.match(statement)
    if found is None:
        raise ValueError(f"not a CREATE statement: {statement}")
    return found[1]


EXPECTED: Final = {_name_of(statement): statement for statement in STATEMENTS}
"""Every object of the current schema with its exact text, as `sqlite_schema` must hold it."""


def _first(db: "Database") -> None:
    for statement in (*_LOG, *_state_statements()):
        db.conn.execute(statement)


_STEPS: Final[tuple[tuple[str, Callable[["Database"], None]], ...]] = (("0001_first", _first),)
"""Released migrations are never edited; a new schema adds one."""


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations  # noqa: PLC0415 - 0.45 s, and only new and old files need it

    migrations = Migrations("annotator")
    for name, step in _STEPS:
        migrations(name=name)(step)
    return migrations


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the current schema in one transaction: wholly or not at all."""
    from sqlite_utils import Database  # noqa: PLC0415 - see above

    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone():
            for statement in _MIGRATIONS_TABLE:
                connection.execute(statement)
        _migrations().apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def differences(connection: sqlite3.Connection) -> list[str]:
    """Return the names of schema objects that are not exactly ours; [] is the only good answer."""
    found = {
        str(name): str(sql)
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }
    return sorted(name for name in found.keys() | EXPECTED.keys() if found.get(name) != EXPECTED.get(name))
