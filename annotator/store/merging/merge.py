"""Merging parcels into a project, for real or to see what would come of it."""

import contextlib
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing

from annotator import settings
from annotator.model import ids
from annotator.store.merging.tally import Tally
from annotator.store.merging.union import Union
from annotator.store.parcel import Parcel
from annotator.store.project import Project

Named = tuple[str, Parcel]
"""A parcel and the name of the file that it comes from."""


class _NothingNewError(Exception):
    """A merge that brings nothing: no byte changes."""


def merged(project: Project, parcels: Sequence[Named]) -> Generator[int, None, Tally]:
    """Bring parcels into a project in one transaction; yields how many events were looked at since.

    The generator's value says what came in. Nobody asking for the next step leaves the project as it was.

    Raises Refused where the project takes no writes.
    """
    tally = Tally()
    with contextlib.suppress(_NothingNewError), project.absorbing() as connection:
        tally = yield from _brought(connection, project, parcels)
        if not (tally.count("new") or tally.filled):
            raise _NothingNewError
    return tally


def surveyed(project: Project, parcels: Sequence[Named]) -> Generator[int, None, Tally]:
    """Say what a merge would bring, worked out in a private copy that goes: no byte of the project changes."""
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        # An empty name is a file of SQLite's own, and it writes no journal for what is thrown away.
        copy.execute("PRAGMA journal_mode = OFF")
        project.connection.backup(copy)
        copy.execute("BEGIN")
        return (yield from _brought(copy, project, parcels))


def _brought(connection: sqlite3.Connection, project: Project, parcels: Iterable[Named]) -> Generator[int, None, Tally]:
    me = ids.raw(project.annotator_id) if project.annotator_id else b""
    union = Union(connection, me=me, machine=settings.machine_known())
    for name, parcel in parcels:
        yield from union.bring(parcel, name)
    return union.finish()
