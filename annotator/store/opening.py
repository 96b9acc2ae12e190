"""Opening an existing project: refused by name, or a connection that holds what storage.md promises."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.store import file, schema


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


def check_header(path: Path) -> None:
    """Refuse what is no project of a schema that this program knows, before SQLite sees it."""
    header = file.read_header(path)
    if header.schema_version > schema.VERSION:
        raise Refused(
            _("it was made by a newer version of the program (schema {n})").format(n=header.schema_version),
            do=_("update Annotator; the file was not changed"),
            file=str(path),
        )


def opened(path: Path, *, write: bool) -> Opened:
    """Open a file whose header was checked.

    Raises Refused where it is damaged, holds other tables than ours or, with `write`, takes no writes.
    """
    try:
        found = Opened(file.connect(path), path)
    except file.CutShort:
        if write:
            raise
        found = _copied(path)
    try:
        file.check_schema(found.connection, str(path))
        if write:
            file.require_writable(found.connection, str(path))
    except BaseException:
        found.close()
        raise
    return found


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
        raise file.from_os(error, str(path)) from None
    except BaseException:
        folder.cleanup()
        raise
