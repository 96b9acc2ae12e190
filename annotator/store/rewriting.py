"""Takes a redacted record out of the copies that this machine keeps: the project's backups and its journal."""

import contextlib
import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Final

import msgspec
from filelock import FileLock

from annotator.model import ids
from annotator.store import backup_files, journal, redaction
from annotator.store.backup_check import reading
from annotator.store.backup_files import Backup
from annotator.store.journal import Line
from annotator.store.merging import withholding
from annotator.store.parcel import EventRow

_WAIT_SECONDS: Final = 60.0
"""How long a backup that is being made may take to come to its end."""


class Rewritten(msgspec.Struct):
    """What became of the copies: backups written anew, and those that could not be read and were therefore removed."""

    backups: int = 0
    removed: int = 0


def rewrite(path: Path, project_id: str, object_id: str) -> Rewritten:
    """Take a record out of every backup and journal of a project, found by its path and by its id.

    Raises OSError where the place takes no files, `filelock.Timeout` where a backup is being made all the time; doing
    it again goes on where it stopped.
    """
    done = Rewritten()
    for folder in backup_files.folders_of(path, project_id):
        with FileLock(folder / "taking.lock", timeout=_WAIT_SECONDS, thread_local=False):
            backup_files.tidy(folder)
            gone: set[bytes] = set()
            for backup in backup_files.backups_in(folder):
                gone |= _rewrite_backup(folder, backup, object_id, done)
            journal.journal_in(folder).rewrite(lambda line, gone=gone: _without(line, object_id, gone))
    return done


def _rewrite_backup(folder: Path, backup: Backup, object_id: str, done: Rewritten) -> set[bytes]:
    part = backup_files.part_in(folder, backup.path.stem)
    try:
        with contextlib.closing(reading(backup.path)) as source, contextlib.closing(sqlite3.connect(part)) as target:
            source.backup(target)
        gone, changed = redaction.take_from_copy(part, object_id)
        if changed:
            anew = msgspec.structs.replace(backup, size=part.stat().st_size, sha256=_synced(part))
            backup_files.publish(part, anew)
            done.backups += 1
    except sqlite3.Error:
        # Damaged: nobody can say what is in it, so it must not stay.
        backup_files.remove(backup)
        done.removed += 1
        return set()
    finally:
        part.unlink(missing_ok=True)
    return gone


def _synced(part: Path) -> str:
    """Bring a file to the disk; return its SHA-256."""
    with part.open("r+b") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    return sha256


def _without(line: Line, object_id: str, gone: set[bytes]) -> Line:
    """Return a line of the journal without the bodies of an object, and without what goes with it."""
    raw = ids.raw(object_id)
    own = {raw}
    puts = [one for one in line.events if one.op == "put"]
    own |= {one.object_id for one in puts if redaction.is_zone_of(object_id, one.kind, one.body)}
    own |= {one.object_id for one in puts if one.kind == "snapshot" and _is_only_of(line, one, own)}
    events = [
        msgspec.structs.replace(event, salt=None, body=None)
        if event.object_id in own and not (event.op == "delete" and event.body is not None)
        else event
        for event in line.events
    ]
    gone = gone | _named_only(line, own)
    return msgspec.structs.replace(
        line,
        events=events,
        texts=[one for one in line.texts if one.sha256 not in gone],
        blobs=[one for one in line.blobs if one.sha256 not in gone],
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
