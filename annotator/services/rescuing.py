"""Rescuing a damaged project, and saying what came of it."""

from collections.abc import Generator
from pathlib import Path

from annotator.i18n import _
from annotator.services.backups import local_time, told
from annotator.services.jobs import Progress
from annotator.services.people import person_at_work
from annotator.store import rescue
from annotator.store.rescue import Rescued


def rescuing(damaged: Path, new: Path, *, person: str = "") -> Generator[Progress, None, Rescued]:
    """Make a new project of a damaged one; see `store.rescue.rescuing`."""
    return told(rescue.rescuing(damaged, new, person_at_work(person)))


def told_of(found: Rescued) -> list[str]:
    """Return what came from where and what is lost, a line each."""
    lines: list[str] = []
    if found.backup:
        words = _("{n} events from the backup of {when}")
        lines.append(words.format(n=found.from_backup, when=local_time(found.backup)))
    else:
        lines.append(_("no good backup was found"))
    lines += [
        _("{n} events from the journal").format(n=found.from_journal),
        _("{n} events from rows of the damaged file").format(n=found.from_rows),
    ]
    if found.retold:
        lines.append(_("{n} records written anew, because what came before them is lost").format(n=found.retold))
    if found.stand_ins:
        lines.append(_("{n} records made up for lost ones that others name").format(n=found.stand_ins))
    if found.broken:
        lines.append(_("{n} rows of the damaged file are not what was written").format(n=found.broken))
    if found.missing or found.lost:
        words = _("lost: {events} events, {records} records that cannot be placed")
        lines.append(words.format(events=found.missing, records=len(found.lost)))
    else:
        lines.append(_("nothing is known to be lost"))
    return lines
