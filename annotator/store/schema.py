"""The schema of the project file, statement by statement, and its migrations (applied by sqlite-utils)."""

import re
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID: Final = 0x416E6E6F
"""`Anno` in the header of every project file."""

VERSION: Final = 2
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
    "mention": (
        "claim INTEGER",
        "version INTEGER",
        "annotator INTEGER",
        "layer TEXT",
        "speaker INTEGER",
        "start INTEGER",  # its first code point: lists are put in order by it
    ),
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


_JOINED: Final = (
    "CREATE TABLE joined (n INTEGER PRIMARY KEY REFERENCES object (n), body TEXT NOT NULL,"
    " conflicts TEXT NOT NULL) STRICT"
)
"""What an object shows where that is no event's body: a cache like the state tables (`joining.py`)."""

_NAME: Final = re.compile(r"CREATE (?:UNIQUE )?(?:TABLE|INDEX) (\w+)")


def _name_of(statement: str) -> str:
    found = _NAME.match(statement)
    if found is None:
        raise ValueError(f"not a CREATE statement: {statement}")
    return found[1]


def _named(*statements: str) -> dict[str, str]:
    return {_name_of(statement): statement for statement in statements}


def _state(columns: dict[str, tuple[str, ...]]) -> dict[str, str]:
    tables = [
        f"CREATE TABLE state_{kind} ({', '.join(('n INTEGER PRIMARY KEY', 'head INTEGER NOT NULL', *of_kind))}) STRICT"
        for kind, of_kind in columns.items()
    ]
    indexes = [f"CREATE INDEX state_{kind}_{column} ON state_{kind} ({column})" for kind, column in _STATE_INDEXES]
    return _named(*tables, *indexes)


_KEPT: Final = _named(*_MIGRATIONS_TABLE, *_LOG)
_CACHE: Final = {**_state(STATE_COLUMNS), **_named(_JOINED)}
_CACHE_1: Final = _state({**STATE_COLUMNS, "mention": STATE_COLUMNS["mention"][:-1]})

EXPECTED_OF: Final = {1: {**_KEPT, **_CACHE_1}, VERSION: {**_KEPT, **_CACHE}}
"""Every object of each schema version with its exact text, as `sqlite_schema` must hold it, in the order it is made."""

EXPECTED: Final = EXPECTED_OF[VERSION]


def _first(db: "Database") -> None:
    for statement in _LOG:
        db.conn.execute(statement)


def _second(db: "Database") -> None:
    """A mention's place in its row, and table `joined`: the caches go, and are made anew from the log."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'state_*'"
    for (name,) in db.conn.execute(tables).fetchall():
        db.conn.execute(f"DROP TABLE {name}")


_STEPS: Final[tuple[tuple[str, Callable[["Database"], None]], ...]] = (("0001_first", _first), ("0002_joined", _second))
"""Released migrations are never edited; a new schema adds one. They change the log and drop caches, no more."""


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
        _make_cache(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _make_cache(connection: sqlite3.Connection) -> None:
    """Make the tables that hold what the log says, where the last step dropped them, and fill them."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'state_project'").fetchone():
        return
    for statement in _CACHE.values():
        connection.execute(statement)
    from annotator.store import rebuilding  # noqa: PLC0415 - it knows the schema, and only here it needs them

    rebuilding.rebuild(connection)


def missing(connection: sqlite3.Connection) -> list[str]:
    """Return the names of current tables that a newer file does not have word for word: with [] it can be read."""
    found = {str(sql) for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'table'")}
    return sorted(name for name, sql in EXPECTED.items() if sql.startswith("CREATE TABLE") and sql not in found)


def differences(connection: sqlite3.Connection, version: int = VERSION) -> list[str]:
    """Return the names of schema objects that are not exactly those of a version; [] is the only good answer."""
    expected = EXPECTED_OF.get(version, {})
    found = {
        str(name): str(sql)
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
