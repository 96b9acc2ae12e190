"""Backups of a project: when one is due, taking, listing and restoring them."""

import shutil
from collections.abc import Generator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TypeVar

from annotator.errors import Refused
from annotator.i18n import _, ngettext
from annotator.model.moments import read_moment
from annotator.services.jobs import Progress, told
from annotator.store import backup, backup_files
from annotator.store.backup import Backup, Why
from annotator.store.backup_files import own_of
from annotator.store.opening import end_sessions
from annotator.store.placing import placed
from annotator.store.project import Project

T = TypeVar("T")

__all__ = ["Backup", "Why"]


def reasons() -> dict[Why, str]:
    """Return what each backup was made for, in the person's words."""
    return {
        "opening": _("on opening"),
        "interval": _("while working"),
        "import": _("after an import"),
        "migration": _("before a new version"),
        "merge": _("before a merge"),
        "redaction": _("after a redaction"),
        "asked": _("asked for"),
    }


def local_time(one: Backup) -> str:
    """Return when a backup was made, to the minute, in this machine's zone."""
    return read_moment(one.when).astimezone().strftime("%Y-%m-%d %H:%M")


def back_up(
    project: Project, why: Why, *, fewer: bool = False, gentle: bool = False
) -> Generator[Progress, None, Backup]:
    """Take a backup; the generator's value is it, or the last one where nothing changed since.

    `fewer` takes it also where the project has fewer events than the backup before; `gentle` leaves a window its turns.

    Raises Refused where the project is damaged, never at rest, or the place of the backups takes no file.
    """
    there = backup.unchanged_since(project)
    if there:
        return there
    return (yield from told(backup.taking(project, why, fewer=fewer, gentle=gentle)))


def listing(path: Path) -> list[Backup]:
    """Return the backups of the project at a path, newest first; looking takes none and changes nothing.

    The file may be damaged or gone: then they are found by its path.
    """
    try:
        with Project.open(path, write=False) as project:
            return listing_of(project)
    except Refused:
        return listing_of_lost(path)


def listing_of_lost(path: Path) -> list[Backup]:
    """Return the backups of a file that cannot be opened, found by its path alone."""
    return backup.backups_of(path)


def listing_of(project: Project) -> list[Backup]:
    """Return the backups of an open project, newest first."""
    return backup.backups_of(project.path, backup.id_of(project))


def kept_words() -> str:
    """Return in words how many backups are kept."""
    wanted = backup_files.wanted()
    told = _("Kept: the latest {latest}, the daily ones of {days}, the weekly ones of {weeks} (Settings > Backups).")
    days = ngettext("{n} day", "{n} days", wanted.days).format(n=wanted.days)
    weeks = ngettext("{n} week", "{n} weeks", wanted.weeks).format(n=wanted.weeks)
    return told.format(latest=wanted.latest, days=days, weeks=weeks)


def going(project: Project) -> int:
    """Return how many of the project's backups are more than are kept: they go with the next ones, a few each time."""
    return len(
        backup_files.surplus(backup_files.backups_in(backup_files.folder_of(project.path, backup.id_of(project))))
    )


def inspected(backups: Sequence[Backup]) -> Generator[Progress, None, dict[Path, bool]]:
    """Read backups again; the generator's value says of each file whether it is what it was when it was found sound."""
    sound: dict[Path, bool] = {}
    for number, one in enumerate(backups):
        yield Progress(number, len(backups), one.path.name)
        sound[one.path] = yield from told(backup.verifying(one))
    return sound


def latest_at(path: Path, at: str) -> Backup:
    """Return the last backup of the file at a path not later than a time, "" for now.

    A time is `2026-11-22`, `2026-11-22 21:30` (of this place), or ISO. Another copy's backup is never taken for it.

    Raises Refused where there is none, or the text is no time.
    """
    moment = _moment(at) if at else None
    found = listing(path)
    backups = own_of(path, found)
    if found and not backups:
        others = ", ".join(dict.fromkeys(one.original for one in found))
        what = _("there is no backup of this file, but of others of the same project: {files}").format(files=others)
        raise Refused(what, do=_("name that file to `annotator restore`, there or not"))
    for one in backups:
        if moment is None or read_moment(one.when) <= moment:
            return one
    if backups:
        what = _("there is no backup of that time; the first one is of {when}")
        raise Refused(what.format(when=local_time(backups[-1])), do=_("see `annotator backups`"))
    raise Refused(_("there is no backup of it"), do=_("`annotator rescue` takes what it finds elsewhere"))


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
        if found.time() == time() and len(text.strip()) <= len("2026-11-22"):
            found = datetime.combine(found.date(), time.max)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last years do not fit into every zone
        raise Refused(_("{text} is no time").format(text=text), do=_("write it as 2026-11-22 21:30")) from None


def restoring(one: Backup, new: Path) -> Generator[Progress, None, Path]:
    """Copy a backup to a new file; the generator's value is its path.

    Raises Refused where the backup is no longer sound, there is a file of that name, or the place takes none.
    """
    with placed(new) as part:
        sound = yield from told(backup.verifying(one))
        if not sound:
            raise Refused(_("this backup is damaged"), do=_("take another one"), file=str(one.path))
        shutil.copyfile(one.path, part)
        end_sessions(part)
    return new
