"""Takes redacted records out of the copies that this machine keeps: the project's backups and its journal."""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Final

import msgspec
from filelock import FileLock

from annotator.i18n import _
from annotator.model import ids
from annotator.store import backup_files, going_along, journal, taking_out
from annotator.store.backup import verifying
from annotator.store.backup_check import UnsoundError, checking, reading
from annotator.store.backup_files import Backup
from annotator.store.beside import Stage, waited
from annotator.store.journal import Line
from annotator.store.merging import withholding
from annotator.store.parcel import EventRow
from annotator.store.taking_out import Redacted, Taken

_WAIT_SECONDS: Final = 60.0
"""How long a backup that is being made may take to come to its end."""


class Rewritten(msgspec.Struct):
    """What became of the copies.

    Attributes:
        backups: backups that were written anew, and found sound after it.
        removed: those that were not what they had been when they were made, and were therefore removed.
        journals: journals that were written anew.
    """

    backups: int = 0
    removed: int = 0
    journals: int = 0


def rewriting(path: Path, project_id: str, redacted: Redacted) -> Generator[Stage, None, Rewritten]:
    """Take records out of every backup and journal of a project, found by its path and by its id.

    What has nothing of them stays as it is. Each backup is checked like a new one before it takes the old one's place.

    Raises OSError where the place takes no files, `filelock.Timeout` where a backup is being made all the time; doing
    it again goes on where it stopped.
    """
    done = Rewritten()
    for folder in backup_files.folders_of(path, project_id):
        with FileLock(folder / "taking.lock", timeout=_WAIT_SECONDS, thread_local=False):
            backup_files.tidy(folder)
            gone = Taken(set(), set(redacted.object_ids))
            there = backup_files.backups_in(folder)
            for number, backup in enumerate(there):
                yield Stage(number, len(there), backup.path.name)
                taken = yield from _rewrite_backup(folder, backup, redacted, done)
                gone = Taken(gone.contents | taken.contents, gone.object_ids | taken.object_ids)
            done.journals += journal_holds(folder, redacted)
            # In any case: nobody can say what is in a line that is not readable, and those go.
            journal.journal_in(folder).rewrite(lambda line, gone=gone: _without(line, gone, redacted))
    return done


def journal_holds(folder: Path, redacted: Redacted) -> bool:
    """Tell whether the journal of a folder has a body that was redacted."""
    raws = set(ids.raws(list(redacted.object_ids)))
    file = folder / journal.NAME
    return file.exists() and any(
        one.object_id in raws and one.body is not None and one.op == "put" and one.id not in redacted.kept
        for line in journal.read(file)
        for one in line.events
    )


def holding(path: Path, project_id: str, redacted: Redacted) -> Generator[Stage, None, int]:
    """Count the backups and journals of a project that have something which was redacted; looking changes nothing."""
    found = 0
    if not redacted.object_ids:
        return found
    for folder in backup_files.folders_of(path, project_id):
        for backup in backup_files.backups_in(folder):
            yield Stage(0, 0, backup.path.name)
            found += _holds(backup, redacted)
        found += journal_holds(folder, redacted)
    return found


def _holds(backup: Backup, redacted: Redacted) -> bool:
    try:
        with contextlib.closing(reading(backup.path)) as connection:
            return taking_out.holds(connection, redacted)
    except sqlite3.Error:
        return True  # damaged: it may, for all that anybody can say


def _rewrite_backup(folder: Path, backup: Backup, redacted: Redacted, done: Rewritten) -> Generator[Stage, None, Taken]:
    part = backup_files.part_in(folder, backup.path.stem)
    try:
        taken = yield from _written_anew(backup, part, redacted)
        if taken is not None:
            anew = msgspec.structs.replace(backup, size=part.stat().st_size, sha256=_synced(part))
            backup_files.publish(part, anew)
            done.backups += 1
    except (sqlite3.Error, UnsoundError):
        backup_files.remove(backup)
        done.removed += 1
        return Taken(set(), set())
    finally:
        part.unlink(missing_ok=True)
    return taken or Taken(set(), set())


def _written_anew(backup: Backup, part: Path, redacted: Redacted) -> Generator[Stage, None, Taken | None]:
    """Write a backup to a file without what was redacted; the value is None where it has nothing of that.

    Raises UnsoundError where it is not what it was when it was made: of such a one nobody can say what is in it, and
    it must not get a new good name.
    """
    if not (yield from verifying(backup)):
        raise UnsoundError(backup.path.name)
    with contextlib.closing(reading(backup.path)) as source:
        if not taking_out.holds(source, redacted):
            return None
        with contextlib.closing(sqlite3.connect(part)) as target:
            source.backup(target)
    stage = Stage(0, 0, _("Writing backups anew"))
    taken = yield from waited(lambda: taking_out.take_out(part, redacted), lambda: None, lambda: stage)
    yield from checking(part)
    return taken


def _synced(part: Path) -> str:
    """Bring a file to the disk; return its SHA-256."""
    with part.open("r+b") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    return sha256


def _without(line: Line, gone: Taken, redacted: Redacted) -> Line:
    """Return a line of the journal without the bodies of redacted records, and without what goes along with them."""
    puts = [one for one in line.events if one.op == "put"]
    own = set(ids.raws(list(gone.object_ids)))
    own |= {one.object_id for one in puts if going_along.is_part_of(gone.object_ids, one.kind, one.body)}
    own |= {one.object_id for one in puts if one.kind == "snapshot" and _is_only_of(line, one, own)}
    events = [
        msgspec.structs.replace(event, salt=None, body=None)
        if event.object_id in own
        and event.id not in redacted.kept
        and not (event.op == "delete" and event.body is not None)
        else event
        for event in line.events
    ]
    contents = gone.contents | _named_only(line, own)
    return msgspec.structs.replace(
        line,
        events=events,
        texts=[one for one in line.texts if one.sha256 not in contents],
        blobs=[one for one in line.blobs if one.sha256 not in contents],
    )


def _is_only_of(line: Line, snapshot: EventRow, own: set[bytes]) -> bool:
    """Tell whether some objects name the content of a snapshot, and no other ones do in this line."""
    hashes = withholding.hashes_of([snapshot.body] if snapshot.body else [])
    named = {bytes.fromhex(one) for one in hashes}
    return bool(named) and named <= _named_only(line, own | {snapshot.object_id}) - _named_only(
        line, {snapshot.object_id}
    )


def _named_only(line: Line, raws: set[bytes]) -> set[bytes]:
    """Return the hashes of those contents of a line that only bodies of these objects name."""
    own = [event.body for event in line.events if event.object_id in raws and event.body]
    others = [event.body for event in line.events if event.object_id not in raws and event.body]
    hashes = {one.sha256 for one in (*line.texts, *line.blobs)}
    named = {sha256 for sha256 in hashes if any(sha256.hex().encode() in body for body in own)}
    return {sha256 for sha256 in named if not any(sha256.hex().encode() in body for body in others)}
