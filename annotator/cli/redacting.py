"""`annotator redact`: take a record's words out of a project for good."""

from pathlib import Path
from typing import Final

import click
import msgspec

from annotator.cli.keeping import back_up_after
from annotator.cli.opening import PROJECT, reading, writing
from annotator.cli.printing import one_line, printed, printed_json
from annotator.cli.progress import driven
from annotator.i18n import _, ngettext
from annotator.services import redacting
from annotator.services.redacting import Redaction
from annotator.services.telling import kind_name

_NAMED: Final = 10
"""So many ids are printed; `--json` has them all."""


@click.command(short_help=_("Take a record's words out of a project for good."))
@PROJECT
@click.argument("object_id", metavar="ID", default="")
@click.option("--reason", default="", help=_("Why; it stays in the project and travels with it."))
@click.option(
    "--finish", is_flag=True, help=_("Without ID: take what colleagues redacted out of backups and journal, too.")
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would go; no byte is changed."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def redact(
    context: click.Context, project: Path, object_id: str, reason: str, *, finish: bool, dry_run: bool, as_json: bool
) -> None:
    """Take every version of the record ID out of PROJECT, out of its backups and its journal on this machine.

    With an article go its texts, their zones and the page. Nothing brings it back. That it was there, when, by whom and
    why it went stays in the log.
    """
    if finish == bool(object_id) or finish == bool(reason):
        raise click.UsageError(_("redact takes an ID and --reason, or --finish alone"), context)
    if finish:
        _finish(context, project, dry_run=dry_run, as_json=as_json)
        return
    if dry_run:
        with reading(context, project) as opened:
            found = redacting.survey(opened, object_id)
    else:
        with writing(context, project) as opened:
            found = redacting.redact(opened, object_id, reason)
            back_up_after(opened, "redaction")
    if as_json:
        printed_json({"dry_run": dry_run, **msgspec.to_builtins(found)})
    else:
        printed("\n".join(one_line(line) for line in _lines(found, dry_run=dry_run)))


def _finish(context: click.Context, project: Path, *, dry_run: bool, as_json: bool) -> None:
    if dry_run:
        with reading(context, project) as opened:
            left = driven(redacting.left_over(opened))
        document, line = {"left_over": left}, _("{n} backups and journals have something that was redacted")
        line = line.format(n=left)
    else:
        with writing(context, project) as opened:
            done = driven(redacting.finishing(opened))
        document, line = msgspec.to_builtins(done), redacting.told_of(done)
    if as_json:
        printed_json({"dry_run": dry_run, **document})
    else:
        printed(line)


def _lines(found: Redaction, *, dry_run: bool) -> list[str]:
    what = _("would go") if dry_run else _("gone")
    versions = ngettext("{n} version", "{n} versions", found.events)
    lines = [f"{what}: {versions}, {kind_name(found.kind)} {found.object_id}"]
    if found.texts:
        lines.append(f"{what}: " + ngettext("{n} text of an article", "{n} texts of articles", found.texts))
    if found.snapshots:
        lines.append(f"{what}: " + ngettext("{n} snapshot", "{n} snapshots", found.snapshots))
    lines += [f"{what}: {n} × {kind_name(kind)}" for kind, n in found.along.items()]
    if found.kept_by:
        some = ", ".join(found.kept_by[:_NAMED])
        told = _("its text or snapshot stays until what else names it is redacted too: {ids}")
        lines.append(told.format(ids=f"{some} …" if len(found.kept_by) > _NAMED else some))
    lines += [
        _("stays, and names what is withheld: {n} × {kind}").format(n=n, kind=kind_name(kind))
        for kind, n in found.named.items()
    ]
    if found.backups:
        anew = _("to be written anew, where it is in them") if dry_run else _("written anew")
        lines.append(ngettext("{n} backup", "{n} backups", found.backups) + f" {anew}")
    if found.removed:
        lines.append(ngettext("{n} damaged backup removed", "{n} damaged backups removed", found.removed))
    lines += [
        _(
            "not reached: the copy of {name} on {machine}; merging this project takes it there,"
            " and `annotator redact --finish` there takes it out of their backups"
        ).format(name=one.name or one.annotator_id, machine=one.machine)
        for one in found.elsewhere
    ]
    lines.append(_("not reached: exports, and copies of the file made by hand"))
    return lines
