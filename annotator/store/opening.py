"""Opening an existing project: refused by name, or a connection that holds what storage.md promises."""

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

import msgspec

from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.store import file, schema
from annotator.store.gated import writable


class Opened(msgspec.Struct, frozen=True):
    """A connection, the file that it reads (a copy where the project lies in a read-only place), and that copy."""

    connection: sqlite3.Connection
    file: Path
    copy: "tempfile.TemporaryDirectory[str] | None" = None

    def close(self) -> None:
        """Let go of the file, and take the copy away."""
        self.connection.close()
        if self.copy:
            self.copy.cleanup()


def check_header(path: Path, *, write: bool) -> None:
    """Refuse what is no project, before SQLite sees it; one of a newer schema is never written to."""
    header = file.read_header(path)
    if write and header.schema_version > schema.VERSION:
        raise _newer(header.schema_version, str(path))


def require_known(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file of a newer schema, which was opened for reading: what is new in it nobody here understands."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > schema.VERSION:
        raise _newer(version, str(path))


def _require_readable(connection: sqlite3.Connection, version: int, name: str) -> None:
    if schema.missing(connection):
        raise _newer(version, name)


def _newer(version: int, name: str) -> Refused:
    return Refused(
        _("it was made by a newer version of the program (schema {n})").format(n=version),
        do=_("update Annotator; the file was not changed"),
        file=name,
    )


def was_cut_short(path: Path) -> bool:
    """Tell whether a change's journal lies beside a file; asked before SQLite opens the file and takes it back."""
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except OSError:
        return False


def left_open(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the sessions that nobody closed; whoever holds the writer's lock knows that they ended badly."""
    return tuple(int(n) for (n,) in connection.execute("SELECT n FROM session WHERE closed IS NULL ORDER BY n"))


def end_sessions(path: Path) -> None:
    """Note in a copy of a project that nobody is at work in it: who opens it next was not cut short by anything."""
    with contextlib.closing(file.connect(path)) as connection, file.gate(connection, str(path)):
        connection.execute(
            "UPDATE session SET closed = coalesce((SELECT max(clock) FROM change WHERE change.session = session.n),"
            " opened) WHERE closed IS NULL"
        )


def opened(path: Path, *, write: bool) -> Opened:
    """Open a file whose header was checked.

    One of an older schema is brought to the current one: the file itself with `write`, else a copy of it. One of a
    newer schema can be read where every table of the current one is in it, word for word.

    Raises Refused where it is damaged, holds other tables than ours or, with `write`, takes no writes.
    """
    try:
        found = Opened(file.connect(path), path)
    except file.CutShort:
        if write:
            raise
        found = _copied(path)
    try:
        version = int(found.connection.execute("PRAGMA user_version").fetchone()[0])
        if version > schema.VERSION:
            _require_readable(found.connection, version, str(path))
            return found
        file.check_schema(found.connection, str(path), version)
        if write:
            file.require_writable(found.connection, str(path))
        if version == schema.VERSION:
            return found
        if write:
            _back_up(path)
            _migrate(found.connection, str(path))
            return found
        migrated = _migrated_copy(found.connection, path)
    except BaseException:
        found.close()
        raise
    found.close()
    return migrated


def _back_up(path: Path) -> None:
    """Take a backup before a migration; raises Refused where that is not possible: then nothing is migrated."""
    from annotator.store import backup  # noqa: PLC0415 - it opens projects itself, and only old files need it

    backup.take(path, "migration")


def _migrate(connection: sqlite3.Connection, name: str) -> None:
    try:
        with writable(connection):
            schema.migrate(connection)
    except sqlite3.DatabaseError as error:
        raise file.refusal(error, name) from error
    file.check_schema(connection, name)


def _migrated_copy(connection: sqlite3.Connection, path: Path) -> Opened:
    """Open a copy of an older project in the current schema: whoever only looks changes no byte of the file."""
    folder = tempfile.TemporaryDirectory(prefix="annotator-")
    try:
        copy = Path(folder.name, path.name)
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
        opened = file.connect(copy)
        try:
            _migrate(opened, str(path))
        except BaseException:
            opened.close()
            raise
        return Opened(opened, copy, folder)
    except BaseException:
        folder.cleanup()
        raise


def _copied(path: Path) -> Opened:
    """Open a copy of a file whose last change was cut short where it cannot be taken back: on read-only media."""
    folder = tempfile.TemporaryDirectory(prefix="annotator-")
    try:
        for name in (path.name, f"{path.name}-journal"):
            shutil.copyfile(path.with_name(name), Path(folder.name, name))
        copy = Path(folder.name, path.name)
        return Opened(file.connect(copy), copy, folder)
    except OSError as error:
        folder.cleanup()
        raise from_os(error, str(path)) from None
    except BaseException:
        folder.cleanup()
        raise
