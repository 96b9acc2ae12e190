"""Opening the project file: what it is, which pragmas hold, and the one write transaction (storage.md, section 1)."""

import contextlib
import os
import shlex
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Final
from weakref import WeakSet

import msgspec

from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.store import schema
from annotator.store.gated import Gated, writable
from annotator.store.super_journal import journal_of, names_another_file

SUFFIX: Final = ".annot"
_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100
_WAL: Final = 2

_PRAGMAS: Final = (
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("mmap_size", 0),
    ("cache_spill", 0),
    ("cache_size", -32_000),  # KiB; with SQLite's 2 MB an import of a large dataset reads its indexes again and again
    ("foreign_keys", 1),
    ("synchronous", 3),
    ("fullfsync", 1),
    ("secure_delete", 1),
    ("query_only", 1),
)
"""Set on every connection and read back; why each of them: storage.md, section 1."""


def real(path: Path) -> Path:
    """Return where a path leads; a circle of links, an error to `Path.resolve`, leads to what cannot be opened."""
    return Path(os.path.realpath(path))


class Connection(Gated):
    """A connection that knows which file it has open."""

    opened: Path | None = None

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        self.opened = None


_connections: Final[WeakSet[Connection]] = WeakSet()
"""Those of this process."""


class Header(msgspec.Struct, frozen=True):
    """What a project file says of itself in its first bytes."""

    schema_version: int


def is_open(path: Path) -> bool:
    """Tell whether this process has a file open through SQLite: then nothing else here may open it."""
    return any(one.opened == path for one in _connections)


def read_header(path: Path) -> Header:
    """Return what the file is, from its bytes, before SQLite sees it.

    Raises Refused for anything that is not a project file.
    """
    name = str(path)
    if is_open(path):
        # Closing any descriptor of the file would drop the locks of our own connection: SQLite knows, so it looks.
        with contextlib.closing(connect(path)) as connection:
            return Header(int(connection.execute("PRAGMA user_version").fetchone()[0]))
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise Refused(_("this is a device, not a file"), do=_("name a project file (*.annot)"), file=name)
        with path.open("rb") as stream:
            head = stream.read(_HEADER)
    except FileNotFoundError:
        raise Refused(
            _("there is no such file"), do=_("check the path, or make it with `annotator new`"), file=name
        ) from None
    except IsADirectoryError:
        raise Refused(_("this is a folder"), do=_("name a project file (*.annot)"), file=name) from None
    except PermissionError:
        raise Refused(_("the file may not be read"), do=_("ask its owner for read access"), file=name) from None
    except OSError as error:
        raise from_os(error, name) from None
    return _header_of(head, name)


def _header_of(head: bytes, name: str) -> Header:
    ours = _("choose a file made by Annotator")
    if not head:
        raise NoProject(_("the file is empty"), do=ours, file=name)
    if not head.startswith(_MAGIC) or len(head) < _HEADER:
        raise NoProject(_("this is not a project file"), do=ours, file=name)
    if int.from_bytes(head[68:72]) != schema.APPLICATION_ID:
        raise NoProject(_("this is an SQLite file of another program"), do=ours, file=name)
    if _WAL in head[18:20]:
        # Known before SQLite sees it: opening alone would put files beside it.
        raise NoProject(
            _("the file is in WAL journal mode, which loses data when it is copied"),
            do=_("switch it back with: sqlite3 FILE 'PRAGMA journal_mode = DELETE'"),
            file=name,
        )
    return Header(schema_version=int.from_bytes(head[60:64]))


def connect(path: Path, *, busy_seconds: float = 5.0) -> sqlite3.Connection:
    """Return a connection to an existing project file with every pragma set and read back, `query_only` on.

    Raises Refused where SQLite cannot read the file; `CutShort` where only a copy of it can be read.
    """
    if names_another_file(journal_of(path)):
        raise Refused(
            _("the journal beside it names another file, which would be deleted"),
            do=_("take the -journal away and ask who made it"),
            file=str(path),
        )
    try:
        connection = sqlite3.connect(
            f"{real(path).as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=busy_seconds,
            check_same_thread=False,
            cached_statements=512,
            factory=Connection,
        )
    except sqlite3.OperationalError as error:
        raise refusal(error, str(path)) from None
    connection.opened = path
    _connections.add(connection)
    try:
        _prepare(connection, str(path))
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, name: str) -> None:
    try:
        set_pragmas(connection, name)
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        # The first look inside: here a cut-short change is taken back and a damaged file is noticed.
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        pages, page = (connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size"))
        # SQLite notices whole pages that are missing at the end, not a part of one.
        whole = Path(name).stat().st_size >= pages * page
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise refusal(error, name) from None
    except UnicodeDecodeError:  # SQLite quotes a damaged schema in its message, and Python cannot read that
        raise Damaged(name) from None
    if not whole:
        raise Damaged(name, _("the file is damaged: its end is missing"))
    if mode != "delete":
        raise Refused(_("the file is in {mode} journal mode").format(mode=mode), do=_("restore a backup"), file=name)


def set_pragmas(connection: sqlite3.Connection, name: str) -> None:
    """Set what holds on every connection, and read it back."""
    for pragma, value in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma} = {value}")
    for pragma, value in _PRAGMAS:
        row = connection.execute(f"PRAGMA {pragma}").fetchone()
        # A build of SQLite may leave a pragma out (mmap_size answers nothing where mmap is disabled).
        if row is not None and int(row[0]) != value:
            raise Refused(
                _("SQLite does not keep PRAGMA {pragma}").format(pragma=pragma),
                do=_("use another build of Python"),
                file=name,
            )


def check_schema(connection: sqlite3.Connection, name: str, version: int = schema.VERSION) -> None:
    """Refuse a file whose schema is not word for word that of a version."""
    try:
        wrong = schema.differences(connection, version)
    except sqlite3.DatabaseError as error:
        raise refusal(error, name) from None
    if wrong:
        raise Damaged(name, _("its tables are not those of a project: {names}").format(names=", ".join(wrong[:5])))


def require_writable(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a file that takes no writes, changing no byte.

    SQLite opens a read-only file without a word; only the attempt to write tells.
    """
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        with writable(connection):
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(f"PRAGMA user_version = {version}")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        raise refusal(error, name) from None


class NoProject(Refused):
    """The file is no project, or what was one is damaged where it says so."""


class Damaged(Refused):
    """The file is damaged: nobody repairs it in its place, but there is a way to a sound one."""

    def __init__(self, name: str, what: str = "") -> None:
        do = _("`annotator rescue {file} -o NEW` makes a sound one; this one was not changed")
        super().__init__(what or _("the file is damaged"), do=do.format(file=shlex.quote(name)), file=name)


class CutShort(Refused):
    """A change was cut short in this file, and here it cannot be taken back: a copy elsewhere can be read."""


class NotSaved(Refused):
    """A change could not be written for now: the very same one may be tried again."""


_FOR_NOW: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

_CUT_SHORT: Final = frozenset({sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_IOERR_DELETE})
"""A read-only medium, and a writable file in a read-only folder."""


ERRORS: Final = (sqlite3.Error,)
"""What SQLite raises; for layers that may not name it."""


def refusal_or_none(error: BaseException, name: str) -> Refused | None:
    """Return what to tell a person about an error of SQLite, None where it is not about the file but a bug."""
    if not isinstance(error, sqlite3.Error):
        return None
    if isinstance(error, sqlite3.ProgrammingError) and "closed database" in str(error):
        # What failed so badly that it must be opened again: `Project` does so with the next change.
        return Refused(_("the disk fails"), do=_("see to the disk, then try again"), file=name)
    code = getattr(error, "sqlite_errorcode", 0)
    if not code and "decode to UTF-8" in str(error):
        code = sqlite3.SQLITE_CORRUPT  # Python's own words for bytes that no writer left there
    if code in _CUT_SHORT:
        return CutShort(
            _("the last change was cut short and cannot be taken back in a read-only place"),
            do=_("copy the file together with its -journal to a place you may write"),
            file=name,
        )
    if code & 0xFF in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return Damaged(name)
    what, do = _told().get(code & 0xFF, ("", ""))
    return Refused(what.format(error=error), do=do, file=name) if what else None


def _told() -> dict[int, tuple[str, str]]:
    """Return what each primary result code means to a person, and what to do about it."""
    busy = (_("another program is writing"), _("try again in a moment"))
    closed = (_("the file cannot be opened"), _("check its rights and its folder's"))
    disk = (_("the disk reports an error: {error}"), _("check the disk"))
    return {
        sqlite3.SQLITE_FULL: (_("not saved: the disk is full"), _("free some space and try again")),
        sqlite3.SQLITE_READONLY: (_("the file is read-only"), _("copy it to a place you may write")),
        sqlite3.SQLITE_BUSY: busy,
        sqlite3.SQLITE_LOCKED: busy,
        sqlite3.SQLITE_CANTOPEN: closed,
        sqlite3.SQLITE_PERM: closed,
        sqlite3.SQLITE_AUTH: closed,
        sqlite3.SQLITE_IOERR: disk,
        sqlite3.SQLITE_PROTOCOL: disk,
        sqlite3.SQLITE_NOMEM: disk,
    }


def refusal(error: sqlite3.Error, name: str) -> Refused:
    """Return what to tell a person about an error of SQLite while a file is opened, whatever it is."""
    return refusal_or_none(error, name) or Refused(
        _("SQLite cannot read it: {error}").format(error=error), do=Damaged(name).do, file=name
    )


def is_free(connection: sqlite3.Connection) -> bool:
    """Tell, at once, whether no other connection holds the file for writing."""
    waited = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        with writable(connection):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {waited}")
    return True


@contextlib.contextmanager
def gate(connection: sqlite3.Connection, name: str) -> Generator[None]:
    """Hold the one write transaction: BEGIN IMMEDIATE … COMMIT; outside of it SQLite refuses to write.

    Raises Refused where SQLite cannot write. Where it was COMMIT that failed, only the file says whether it is written.
    """
    if isinstance(connection, Gated):
        connection.watch()
    try:
        with writable(connection):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except sqlite3.DatabaseError as error:
        told = refusal_or_none(error, name)
        if told is None:
            raise
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _FOR_NOW and not isinstance(told, CutShort):
            told = NotSaved(told.what, do=told.do, file=told.file)
        raise told from error
