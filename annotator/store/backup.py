"""Taking a backup: copied by SQLite in short steps, checked, synced, and only then under its name."""

import contextlib
import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.model import ids
from annotator.model.moments import now
from annotator.store import backup_files, file, journal
from annotator.store.backup_check import Contents, UnsoundError, checking, reading
from annotator.store.backup_files import Backup, Why, backups_in, backups_of, identity, last_event
from annotator.store.beside import Stage, waited
from annotator.store.copying import copying
from annotator.store.project import Project

__all__ = ["Backup", "Stage", "Why", "backups_of", "id_of", "last_of", "take", "taking", "unchanged_since", "verifying"]


class _Source(NamedTuple):
    connection: sqlite3.Connection
    path: Path
    writes: bool


def take(source: Project | Path, why: Why, *, fewer: bool = False) -> Path:
    """Take a backup and return its file; see `taking`."""
    steps = taking(source, why, fewer=fewer)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value.path


def taking(
    source: Project | Path,
    why: Why,
    *,
    fewer: bool = False,
    gentle: bool = False,
    moment: Callable[[], str] = now,
) -> Generator[Stage, None, Backup]:
    """Take a backup of a project, open or not; the generator's value is the backup.

    Nothing counts as a backup before it was read again and found sound, and what is not sound replaces nothing. Where
    the project is open for writing here, its journal is cut down to what the backup does not hold.

    Args:
        source: an open project (its connection is used, so a job gives its own), or the path of a file of any schema.
        why: what it is for.
        fewer: take it also where the log is shorter than that of the backup before, as after a merge taken back.
        gentle: leave a window its turns.
        moment: gives the present moment as written.

    Raises:
        Refused: the file is damaged, it is never at rest, or the place takes no file.
    """
    with _opened(source) as opened:
        name = str(opened.path)
        try:
            project_id, _name = identity(opened.connection)
            folder = backup_files.folder_of(opened.path, project_id)
            folder.mkdir(parents=True, exist_ok=True)
            with _alone(folder, name):
                backup = yield from _taken(opened, folder, why, fewer=fewer, gentle=gentle, moment=moment)
                with contextlib.suppress(OSError):
                    backup_files.prune(folder)
        except UnsoundError as unsound:
            what = _("no backup was made, the project is not sound: {finding}").format(finding=unsound)
            raise Refused(what, do=_("see `annotator rescue`; earlier backups are kept"), file=name) from None
        except sqlite3.Error as error:
            raise file.refusal(error, name) from None
        except OSError as error:
            raise from_os(error, str(backup_files.root())) from None
    return backup


def id_of(project: Project) -> str:
    """Return the id by which a project's backups are found."""
    return identity(project.connection)[0]


def unchanged_since(project: Project) -> Backup | None:
    """Return the last backup where it holds every event of the project, None where it does not or there is none.

    Looking changes nothing: no folder is made.
    """
    found = last_of(project)
    return found if found and found.last_event == last_event(project.connection) else None


def last_of(project: Project) -> Backup | None:
    """Return the last backup of this very file that is there as it was made, None for none."""
    found = backups_in(backup_files.folder_of(project.path, id_of(project)))
    return found[0] if found and found[0].complete else None


def verifying(backup: Backup) -> Generator[Stage, None, bool]:
    """Read a backup again; the generator's value says whether every byte is what it was when it was found sound."""
    stop = threading.Event()
    try:
        sha256 = yield from waited(lambda: _sha256(backup.path, stop), stop.set, lambda: Stage(0, 0, backup.path.name))
    except OSError:
        return False
    return sha256 == backup.sha256


@contextlib.contextmanager
def _opened(source: Project | Path) -> Generator[_Source]:
    if isinstance(source, Project):
        yield _Source(source.connection, source.path, source.writable)
        return
    path = file.real(source)
    file.read_header(path)
    with contextlib.closing(file.connect(path)) as connection:
        yield _Source(connection, path, writes=False)


@contextlib.contextmanager
def _alone(folder: Path, name: str) -> Generator[None]:
    lock = FileLock(folder / "taking.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise Refused(_("a backup of it is being made already"), do=_("try again in a moment"), file=name) from None
    try:
        backup_files.tidy(folder)
        yield
    finally:
        lock.release()


def _taken(
    source: _Source, folder: Path, why: Why, *, fewer: bool, gentle: bool, moment: Callable[[], str]
) -> Generator[Stage, None, Backup]:
    part = backup_files.part_in(folder, ids.new_id())
    before = next(iter(backups_in(folder)), None)
    try:
        yield from copying(source.connection, part)
        contents = yield from checking(part, gentle=gentle)
        if before and not fewer:
            _check_not_fewer(contents, before, str(source.path))
        stop = threading.Event()
        # Synced by the same thread: on a busy disk that takes seconds.
        sha256 = yield from waited(
            lambda: _sha256(part, stop, sync=True), stop.set, lambda: Stage(0, 0, _("Writing the copy to the disk"))
        )
        backup = _described(contents, source.path, folder, part, sha256, why, moment(), before)
        backup_files.publish(part, backup)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    if source.writes:
        with contextlib.closing(reading(backup.path)) as connection:
            journal.trim(folder, connection)
    return backup


def _check_not_fewer(contents: Contents, before: Backup, name: str) -> None:
    if contents.events < before.events:
        what = _("no backup was made: the project has {n} events, its backup of {when} has {more}")
        raise Refused(
            what.format(n=contents.events, when=before.when[:16].replace("T", " "), more=before.events),
            do=_("see whether this is the file that you want; if so use --fewer"),
            file=name,
        )


def _described(
    contents: Contents, path: Path, folder: Path, part: Path, sha256: str, why: Why, when: str, before: Backup | None
) -> Backup:
    return Backup(
        number=before.number + 1 if before else 1,
        when=when,
        why=why,
        project_id=contents.project_id,
        name=contents.name,
        original=str(path),
        size=part.stat().st_size,
        sha256=sha256,
        schema_version=contents.schema_version,
        events=contents.events,
        last_event=contents.last_event,
        folder=str(folder),
    )


def _sha256(path: Path, stop: threading.Event, *, sync: bool = False) -> str:
    digest = hashlib.sha256()
    with path.open("r+b" if sync else "rb") as stream:
        while (piece := stream.read(1 << 20)) and not stop.is_set():
            digest.update(piece)
        if sync:
            os.fsync(stream.fileno())
    return digest.hexdigest()
