"""A sound project from a damaged one: the newest good backup, the journal, and the rows that can still be read.

Nothing is believed that does not agree with its own SHA-256, and the damaged file is only read (storage.md, R10).
"""

import shutil
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import msgspec

from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.model.records import Annotator
from annotator.store import backup, backup_files, file, journal, opening, rebuilding, salvage, schema
from annotator.store.backup import Backup, Stage
from annotator.store.backup_check import reading
from annotator.store.check import check
from annotator.store.journal import Line
from annotator.store.merging import withholding
from annotator.store.placing import placed
from annotator.store.project import Project
from annotator.store.retelling import Retelling
from annotator.store.salvage import Salvaged
from annotator.store.union import Union

_STEPS: Final = 6


class Rescued(msgspec.Struct, frozen=True):
    """What a rescue gave: how many events came from where, and what is lost.

    `retold` counts records whose chain was broken and that were written anew, `stand_ins` records made up because
    others name them, `missing` events that no copy has, `broken` rows that are not what their SHA-256 says.
    """

    path: Path
    backup: Backup | None
    from_backup: int
    from_journal: int
    from_rows: int
    retold: int
    stand_ins: int
    missing: int
    broken: int
    lost: tuple[str, ...]
    findings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether the new project passes every check."""
        return not self.findings


def rescuing(damaged: Path, new: Path, rescuer: Annotator) -> Generator[Stage, None, Rescued]:
    """Make a new project of whatever there is of a damaged one; the generator's value tells what came from where.

    Args:
        damaged: any file, sound or not, or one that is gone and has backups; no byte of it changes.
        new: a name that no file has.
        rescuer: in whose name stand-ins for what is lost are written.

    Raises:
        Refused: the damaged file cannot be read at all, it is open in this program, there is nothing to rescue, or
            the place takes no file.
    """
    damaged = file.real(damaged)
    _check_readable(damaged)
    with ExitStack() as stack:
        part = stack.enter_context(placed(new))
        yield Stage(0, _STEPS, _("Reading what is left of the file"))
        found = _salvaged(damaged, stack, file.real(new).parent)
        project_id = next(found.project_ids, "")
        yield Stage(1, _STEPS, _("Looking for a good backup"))
        there = backup.backups_of(damaged, project_id)
        # Another copy's only where there is none of its own: what is in it and not here is said to be from the backup.
        base = yield from _newest_sound(dict.fromkeys((*backup_files.own_of(damaged, there), *there)))
        return (yield from _put_together(damaged, new, part, found, base, project_id, rescuer))


def _check_readable(damaged: Path) -> None:
    if file.is_open(damaged):
        raise Refused(_("the project is open"), do=_("close it first"), file=str(damaged))
    # Opening a pipe would wait for ever for somebody to write to it.
    if damaged.exists() and not damaged.is_file():
        what = _("this is a folder") if damaged.is_dir() else _("this is a device, not a file")
        raise Refused(what, do=_("name a project file (*.annot)"), file=str(damaged))
    if not damaged.exists() and backup.backups_of(damaged):
        return  # its backup and its journal are what is left of it
    try:
        with damaged.open("rb") as stream:
            stream.read(1)
    except OSError as error:
        raise from_os(error, str(damaged)) from None


def _salvaged(damaged: Path, stack: ExitStack, beside: Path) -> Salvaged:
    if not damaged.exists():
        return Salvaged()
    folder = Path(stack.enter_context(salvage.copy_folder(beside)))
    return salvage.salvaged(salvage.private_copy(damaged, folder))


def _newest_sound(backups: Iterable[Backup]) -> Generator[Stage, None, Backup | None]:
    for one in backups:
        if (yield from backup.verifying(one)):
            return one
    return None


def _put_together(
    damaged: Path, new: Path, part: Path, found: Salvaged, base: Backup | None, project_id: str, rescuer: Annotator
) -> Generator[Stage, None, Rescued]:
    noted = list(_noted(damaged, project_id))
    with closing(_connected(part, base)) as connection, ExitStack() as stack:
        before = stack.enter_context(closing(reading(base.path))) if base else None
        lines = [*noted, *salvage.lines_of(found, before)]
        from_backup = _count(connection)
        if not lines and not from_backup:
            raise Refused(
                _("there is nothing to rescue: no backup, no journal, and no row that can be read"),
                do=_("see whether there is a copy elsewhere"),
                file=str(damaged),
            )
        yield Stage(2, _STEPS, _("Putting the changes together"))
        union = Union(connection)
        left = _united(connection, union, found, noted, lines)
        yield Stage(3, _STEPS, _("Telling anew what has lost its place"))
        project = Project(part, opening.Opened(connection, part), None)
        telling = Retelling(project, union, rescuer)
        telling.name_project(project_id, damaged.stem)
        telling.tell(left)
        project.work_as(rescuer.id, writing=False)
        yield Stage(4, _STEPS, _("Checking the new project"))
        report = check(project)
        in_journal = {line.change.id for line in noted}
        return Rescued(
            path=new,
            backup=base,
            from_backup=from_backup,
            from_journal=sum(count for one, count in union.taken.items() if one in in_journal),
            from_rows=sum(count for one, count in union.taken.items() if one not in in_journal),
            retold=telling.told,
            stand_ins=telling.stand_ins,
            missing=_missing(connection, lines),
            broken=found.broken,
            lost=tuple(telling.lost),
            findings=report.findings,
        )


def _noted(damaged: Path, project_id: str) -> Iterator[Line]:
    """Yield the journal of this very file; where nothing is known of its path, those of its id."""
    folders = backup_files.folders_of(damaged) or backup_files.folders_of(damaged, project_id)
    for folder in folders:
        yield from journal.read(folder / journal.NAME)


def _connected(part: Path, base: Backup | None) -> sqlite3.Connection:
    if base:
        shutil.copyfile(base.path, part)
    connection = sqlite3.connect(part, isolation_level=None, check_same_thread=False)
    if not base or base.schema_version < schema.VERSION:
        schema.migrate(connection)
    file.set_pragmas(connection, str(part))
    # A private file, synced as a whole in the end.
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


def _united(
    connection: sqlite3.Connection, union: Union, found: Salvaged, noted: Iterable[Line], lines: Iterable[Line]
) -> list[Line]:
    texts = [one for line in noted for one in line.texts]
    snapshots = [one for line in noted for one in line.blobs]
    with file.gate(connection, "rescue"):
        union.add_contents(
            [*found.texts.items(), *((one.sha256, one.content) for one in texts)],
            [*found.blobs.items(), *((one.sha256, one.content) for one in snapshots)],
        )
        left = union.add(lines)
        # A backup or a line may be older than a redaction: it wins here as everywhere.
        hashes = withholding.apply_all(connection)
        rebuilding.rebuild(connection)
        withholding.take_unnamed(connection, hashes)
    return left


def _missing(connection: sqlite3.Connection, lines: Iterable[Line]) -> int:
    """Return how many events there were by the numbers in their sessions, and are in no copy."""
    seen: dict[bytes, set[int]] = {}
    last: dict[bytes, int] = {}
    for line in lines:
        if any(line.session.id):
            seen.setdefault(line.session.id, set()).update(event.seq for event in line.events)
            last[line.session.id] = max(last.get(line.session.id, 0), line.change.last_seq)
    missing = 0
    for session_id, numbers in seen.items():
        rows = connection.execute(
            "SELECT seq FROM event WHERE session = (SELECT n FROM session WHERE id = ?)", (session_id,)
        )
        missing += max(0, last[session_id] - len(numbers.union(row[0] for row in rows)))
    return missing
