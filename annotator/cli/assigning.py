"""`annotator assign`: a copy of a project for a colleague, to be merged back."""

from pathlib import Path

import click
import msgspec

from annotator.cli.opening import PATH, PROJECT, reading
from annotator.cli.printing import one_line, printed, printed_json
from annotator.cli.progress import driven
from annotator.i18n import _, ngettext
from annotator.services import assigning
from annotator.services.assigning import Assigned
from annotator.services.telling import kind_name


@click.command(short_help=_("Write a copy of a project for a colleague."))
@PROJECT
@click.option("--to", required=True, metavar=_("NAME-OR-ID"), help=_("Whom it is for; their own marks stay in it."))
@click.option(
    "--articles",
    multiple=True,
    metavar=_("ID-OR-ADDRESS-OR-TITLE"),
    help=_("Only these articles; may be given several times. Without it: all."),
)
@click.option("--blind", is_flag=True, help=_("Leave out what others marked, and what only their marks use."))
@click.option("--with-confidential", is_flag=True, help=_("Also confidential sources that are not their own."))
@click.option("-o", "--output", "new", required=True, type=PATH, help=_("The new file; none may be there yet."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def assign(
    context: click.Context,
    project: Path,
    to: str,
    articles: tuple[str, ...],
    new: Path,
    *,
    blind: bool,
    with_confidential: bool,
    as_json: bool,
) -> None:
    """Write a copy of PROJECT with texts, guidelines and statuses, in which a colleague marks on their own.

    `annotator merge` brings it back: what was left out here is not missed there. PROJECT itself is only read.
    """
    if new == Path("-"):
        raise click.UsageError(_("a project is a file: name one (./- for a file called -)"), context)
    with reading(context, project) as opened:
        made = driven(
            assigning.assign(opened, new, to=to, articles=articles, blind=blind, with_confidential=with_confidential)
        )
    if as_json:
        printed_json(msgspec.to_builtins(made, enc_hook=str))
    else:
        printed(str(made.path))
        printed("\n".join(f"  {one_line(line)}" for line in _lines(made)))


def _lines(made: Assigned) -> list[str]:
    lines = [ngettext("{n} article", "{n} articles", made.articles)]
    if not made.annotator_id:
        lines.append(_("{name} has not worked in this project yet").format(name=made.to))
    lines += [_("left out: {n} × {kind}").format(n=n, kind=kind_name(kind)) for kind, n in made.withheld.items()]
    if made.contents:
        lines.append(_("left out: {n} texts and snapshots").format(n=made.contents))
    if made.blind:
        lines.append(_("who marked when, and how often, can still be seen in its history"))
    return lines
