"""Making a new project file: built in memory, then whole under its name or not at all."""

import contextlib
import errno
import os
import sqlite3
from pathlib import Path

from annotator.store import file, schema


def in_memory() -> sqlite3.Connection:
    """Return a connection to an empty project in memory, with the tables of the current schema."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.migrate(connection)
        file.set_pragmas(connection, ":memory:")
    except BaseException:
        connection.close()
        raise
    return connection


def publish(content: bytes, path: Path) -> None:
    """Write a file and give it its name when all of it is on the disk, never over another file.

    Raises FileExistsError where there is one, OSError where the place takes no writes.
    """
    if not _published_unnamed(content, path):
        _published_renamed(content, path)
    sync_folder(path.parent)


def _published_unnamed(content: bytes, path: Path) -> bool:
    """Write a file that has no name until it is whole, so that not even a kill leaves anything; False: not here."""
    unnamed = getattr(os, "O_TMPFILE", None)
    if unnamed is None:
        return False
    try:
        descriptor = os.open(path.parent, unnamed | os.O_WRONLY, 0o666)
    except OSError as error:
        if error.errno in {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL}:
            return False
        raise
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(descriptor)
        try:
            # Only with a dir_fd does Python follow the link: https://man7.org/linux/man-pages/man2/open.2.html
            os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor, follow_symlinks=True)
        except FileNotFoundError:  # no /proc
            return False
    return True


def _published_renamed(content: bytes, path: Path) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):
            # No hard links here (FAT, some network drives): on Windows rename refuses to replace by itself.
            if path.exists():
                raise FileExistsError(path) from None
            part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Keep the new name through a power failure, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
