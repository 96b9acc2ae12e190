"""`annotator export`: write the dataset, or a report to read."""

from pathlib import Path

import click

from annotator.cli.opening import PATH, PROJECT, reading
from annotator.cli.printing import complained, printed
from annotator.cli.progress import driven
from annotator.formats import WRITERS
from annotator.i18n import _
from annotator.services import exporting

_FORMATS = click.Choice([one.name for one in WRITERS])


@click.command(short_help=_("Write the dataset, or a report to read."))
@PROJECT
@click.option("-f", "--format", "form", required=True, type=_FORMATS, help=_("What to write."))
@click.option(
    "-o",
    "--output",
    "path",
    required=True,
    type=PATH,
    help=_("The file to write; one that is there is replaced."),
)
@click.option("--with-confidential", is_flag=True, help=_("Also what names confidential sources."))
@click.pass_context
def export(context: click.Context, project: Path, form: str, path: Path, *, with_confidential: bool) -> None:
    """Write every article of PROJECT with everything marked in it: a dataset, or a report to read and print.

    Of confidential sources only that they are there is written, and how they speak to a claim.
    """
    if path == Path("-"):
        told = _("an export is written to a file, as a whole or not at all: name one (./- for a file called -)")
        raise click.UsageError(told, context)
    writer = exporting.writer_called(form)
    with reading(context, project) as opened:
        report = driven(exporting.export_project(opened, path, writer=writer, with_confidential=with_confidential))
    for loss in report.losses:
        complained(f"{path}: {loss}")
    printed(str(path))
