"""Merging parcels into a project, for real or to see what would come of it."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from typing import NamedTuple

from annotator import settings
from annotator.i18n import _
from annotator.model import ids
from annotator.store.backup_files import Backup
from annotator.store.beside import Stage
from annotator.store.merging.tally import Tally
from annotator.store.merging.union import Union
from annotator.store.parcel import Parcel
from annotator.store.project import Project

Named = tuple[str, Parcel]
"""A parcel and the name of the file that it comes from."""

Before = Callable[[], Generator[Stage, None, Backup]]
"""Takes a backup of what the file holds before the merge is committed."""


class Merged(NamedTuple):
    """What came in, and the backup from before, None where nothing came in."""

    tally: Tally
    backup: Backup | None


class _NothingNewError(Exception):
    """A merge that brings nothing: no byte changes."""


def merged(project: Project, parcels: Sequence[Named], total: int, before: Before) -> Generator[Stage, None, Merged]:
    """Bring parcels of `total` events into a project, all at once or nothing.

    The backup is taken when it is known that something comes in, and before it is committed. Nobody asking for the next
    step leaves the project as it was.

    Raises Refused where the project takes no writes or there is no backup.
    """
    tally, backup = Tally(), None
    with contextlib.suppress(_NothingNewError), project.absorbing() as connection:
        tally = yield from _brought(connection, project, parcels, total, _("Merging"))
        if not (tally.count("new") or tally.filled):
            raise _NothingNewError
        backup = yield from before()
    return Merged(tally, backup)


def surveyed(project: Project, parcels: Sequence[Named], total: int) -> Generator[Stage, None, Tally]:
    """Say what a merge would bring, worked out in a private copy that goes: no byte of the project changes."""
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        # An empty name is a file of SQLite's own, and it writes no journal for what is thrown away.
        copy.execute("PRAGMA journal_mode = OFF")
        project.connection.backup(copy)
        copy.execute("BEGIN")
        return (yield from _brought(copy, project, parcels, total, _("Looking")))


def _brought(
    connection: sqlite3.Connection, project: Project, parcels: Iterable[Named], total: int, what: str
) -> Generator[Stage, None, Tally]:
    # Who only looks has not signed in, and is told the same.
    own = project.annotator_id or settings.load().annotator_id
    me = ids.raw(own) if own else b""
    union = Union(connection, me=me, machine=settings.machine_known())
    done = 0
    for name, parcel in parcels:
        for events in union.bring(parcel, name):
            done += events
            yield Stage(done, total, what)
    return union.finish()
