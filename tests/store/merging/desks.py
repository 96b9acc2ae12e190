"""Colleagues with a file each, and the exchange between them."""

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

from annotator.model import ids
from annotator.store.backup_files import Backup
from annotator.store.beside import Stage
from annotator.store.check import check
from annotator.store.merging import merge
from annotator.store.merging.tally import Tally
from annotator.store.parcel import Parcel, write_parcel
from annotator.store.project import Project

_SHOWN = (
    "SELECT object.id, coalesce(joined.body, event.body), joined.conflicts, event.id"
    " FROM state_kind AS state JOIN object ON object.n = state.n"
    " JOIN event ON event.n = state.head LEFT JOIN joined ON joined.n = state.n"
)


def parcel_of(project: Project, folder: Path) -> Parcel:
    """Return a project's log as a parcel, without the worker."""
    path = folder / f"{ids.new_id()}.parcel"
    with path.open("wb") as stream:
        write_parcel(project.connection, stream)
    return Parcel(path)


def finished(steps: Any) -> Any:
    """Run a generator to its end and return its value."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def no_backup() -> Generator[Stage, None, Backup]:
    """Only what is merged counts here."""
    yield from ()
    return Backup(0, "", "merge", "", "", "", 0, "", 0, 0, "")


def merge_into(project: Project, *others: Project, dry: bool = False) -> Tally:
    """Merge the logs of other open projects into one."""
    folder = project.path.parent
    parcels = [(other.path.name, parcel_of(other, folder)) for other in others]
    steps = merge.surveyed(project, parcels, 0) if dry else merge.merged(project, parcels, 0, no_backup)
    found = finished(steps)
    tally: Tally = found if dry else found.tally
    for _name, parcel in parcels:
        parcel.path.unlink()
    return tally


def copied(path: Path, name: str) -> Path:
    """Give a colleague a copy of a project that nobody has open."""
    copy = path.with_name(f"{name}.annot")
    shutil.copyfile(path, copy)
    return copy


def state(project: Project) -> dict[str, dict[str, tuple[object, ...]]]:
    """Return what a project shows, without the numbers of its rows: body, conflicts and head's id by kind and id."""
    found: dict[str, dict[str, tuple[object, ...]]] = {}
    for (table,) in project.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'state_*' ORDER BY name"
    ).fetchall():
        rows = project.connection.execute(_SHOWN.replace("state_kind", table))
        found[table] = {ids.spelled(row[0]): tuple(row[1:]) for row in rows}
    return found


def log_of(project: Project) -> set[tuple[object, ...]]:
    """Return the log as a set: ids, digests, and which bodies are there."""
    return set(project.connection.execute("SELECT id, digest, body IS NULL FROM event"))


def sound(project: Project) -> None:
    """Assert that a project is sound."""
    report = check(project)
    assert report.sound, report.findings
