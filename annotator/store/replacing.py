"""Putting a backup in a project's place: how a merge is taken back, while nothing was changed since."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.model.ids import new_id
from annotator.store import file, opening
from annotator.store.backup import Backup, verifying
from annotator.store.creating import sync_folder
from annotator.store.lock import WriterLock


def end_of(connection: sqlite3.Connection) -> str:
    """Return what tells whether anything was written to a project since."""
    row = connection.execute(
        "SELECT count(*), max(n), (SELECT hex(id) FROM event ORDER BY n DESC LIMIT 1),"
        " (SELECT count(salt) FROM event) FROM event"
    ).fetchone()
    return " ".join(map(str, row))


def put_in_place(backup: Backup, path: Path, *, end: str) -> None:
    """Replace a project that nobody has open by a backup of it.

    Args:
        backup: of this project.
        path: the project.
        end: what `end_of` said of the project when it was last as it may be replaced.

    Raises Refused where it was changed since, somebody has it open, or the backup is damaged.
    """
    path = file.real(path)
    lock = WriterLock(path)
    lock.acquire(_("taking a merge back"))
    part = path.with_name(f".{path.name}.{new_id()}.part")
    try:
        with closing(file.connect(path)) as connection:
            if end_of(connection) != end:
                raise Refused(
                    _("the project was changed since the merge"), do=_("restore a backup to a new file"), file=str(path)
                )
        if not _sound(backup):
            raise Refused(_("this backup is damaged"), do=_("take another one"), file=str(backup.path))
        shutil.copyfile(backup.path, part)
        shutil.copymode(path, part)
        opening.end_sessions(part)
        with part.open("r+b") as stream:
            os.fsync(stream.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise from_os(error, str(path)) from None
    finally:
        part.unlink(missing_ok=True)
        lock.release()


def _sound(backup: Backup) -> bool:
    steps = verifying(backup)
    while True:
        try:
            next(steps)
        except StopIteration as found:
            return bool(found.value)
