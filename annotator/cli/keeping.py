"""`annotator backup`, `backups`, `restore` and `rescue`: second copies of a project, and projects out of them."""

from pathlib import Path

import click
import msgspec

from annotator.cli.opening import PATH, PROJECT, person, reading
from annotator.cli.printing import complained, one_line, printed, printed_json, table
from annotator.cli.progress import driven
from annotator.errors import EXIT_REFUSED, Refused
from annotator.i18n import _
from annotator.model.moments import read_moment
from annotator.services import backups as keeping
from annotator.services import redacting
from annotator.services.backups import Backup, Why
from annotator.store.project import Project

_NEW = click.option("-o", "--output", "new", required=True, type=PATH, help=_("The new file; none may be there yet."))


def _place(context: click.Context, new: Path) -> Path:
    if new == Path("-"):
        raise click.UsageError(_("a project is a file: name one (./- for a file called -)"), context)
    return new


@click.command(short_help=_("Take a backup of a project."))
@PROJECT
@click.option("--fewer", is_flag=True, help=_("Also where the project has fewer events than its last backup."))
@click.pass_context
def backup(context: click.Context, project: Path, *, fewer: bool) -> None:
    """Copy PROJECT to the backups, check the copy, and print its path; a window may be working in it meanwhile."""
    with reading(context, project) as opened:
        made = driven(keeping.back_up(opened, "asked", fewer=fewer))
    printed(str(made.path))


@click.command(short_help=_("List the backups of a project."))
@PROJECT
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
def backups(project: Path, *, as_json: bool) -> int:
    """List the backups of PROJECT, newest first, and read each one again; PROJECT itself may be damaged or gone."""
    found = keeping.listing(project)
    if not found and not project.is_file():
        raise Refused(
            _("there is no such file, and no backup of one"), do=_("see how it is spelled"), file=str(project)
        )
    sound = driven(keeping.inspected(found))
    if as_json:
        printed_json([_document(one, sound=sound[one.path]) for one in found])
    elif found:
        head = (_("when"), _("why"), _("events"), _("bytes"), "", _("file"))
        rows = [_row(one, sound=sound[one.path]) for one in found]
        printed(table([head, *rows]))
        if left := _left_over(project):
            told = _("{n} backups and journals have what was redacted since: `annotator redact PROJECT --finish`")
            printed(told.format(n=left))
    else:
        printed(_("no backups"))
    return 0 if all(sound.values()) else EXIT_REFUSED


def _left_over(path: Path) -> int:
    try:
        with Project.open(path, write=False) as project:
            return driven(redacting.left_over(project))
    except Refused:
        return 0  # damaged or gone: nobody can say what was redacted


def _document(one: Backup, *, sound: bool) -> dict[str, object]:
    return {"file": str(one.path), "sound": sound, **msgspec.structs.asdict(one)}


def _row(one: Backup, *, sound: bool) -> tuple[str, ...]:
    when = read_moment(one.when).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    told = _("sound") if sound else _("damaged")
    return when, keeping.reasons()[one.why], str(one.events), str(one.size), told, one_line(one.path)


@click.command(short_help=_("Make a project of a backup."))
@PROJECT
@click.option("--at", metavar=_("TIME"), default="", help=_("The last one not later than this: 2026-11-22 21:30."))
@_NEW
@click.pass_context
def restore(context: click.Context, project: Path, at: str, new: Path) -> None:
    """Copy a backup of PROJECT, the last one unless --at says another, to a new file; PROJECT stays as it is."""
    new = _place(context, new)
    try:
        chosen = keeping.latest_at(project, at)
    except Refused as refusal:
        raise refusal.at(file=str(project)) from None
    driven(keeping.restoring(chosen, new))
    printed(str(new))


@click.command(short_help=_("Make a sound project of a damaged one."))
@click.argument("damaged", type=PATH)
@_NEW
@click.pass_context
def rescue(context: click.Context, damaged: Path, new: Path) -> int:
    """Put the newest good backup of DAMAGED, its journal and its readable rows together in a new project.

    DAMAGED itself is only read. What came from where, and what is lost, is printed.
    """
    from annotator.services import rescuing  # noqa: PLC0415 - hardly ever wanted, and the other commands wait for it

    found = driven(rescuing.rescuing(damaged, _place(context, new), person=person(context)))
    printed(str(new))
    for line in rescuing.told_of(found):
        printed(f"  {line}")
    for line in found.lost:
        complained(f"{damaged}: {_('lost')}: {line}")
    for line in found.findings:
        complained(f"{new}: {line}")
    return 0 if found.sound and not found.missing and not found.lost else EXIT_REFUSED


def back_up_after(opened: Project, why: Why) -> None:
    """Take a backup after a bulk job or a redaction; where that fails say so, the job itself is done."""
    try:
        driven(keeping.back_up(opened, why))
    except Refused as refusal:
        complained(refusal)
