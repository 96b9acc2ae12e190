"""`annotator open` and `annotator demo`: the two commands that need a window, which others give to them."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from annotator.cli.opening import PATH, person
from annotator.cli.printing import printed
from annotator.cli.progress import driven
from annotator.i18n import _
from annotator.services import demo as demonstration


class Windows(NamedTuple):
    """What the command line asks of the window, without knowing it.

    Attributes:
        opened: shows it, on a project or the sample if wanted, in this person's name; returns the exit code.
        drawn: draws it on a project into a PNG file, with this mention active.
    """

    opened: Callable[[Path | None, str, bool], int]
    drawn: Callable[[Path, Path, str], None]


@click.command("open", short_help=_("Open the window (what is done without a command)."))
@click.argument("project", required=False, type=PATH)
@click.option("--sample", is_flag=True, help=_("Open the sample project."))
@click.pass_context
def open_(context: click.Context, project: Path | None, *, sample: bool) -> int:
    """Open the window, on PROJECT if one is named."""
    if project and sample:
        raise click.UsageError(_("--sample and a project are one too many"), context)
    return context.ensure_object(Windows).opened(project, person(context), sample)


@click.command(short_help=_("Do the main job on the sample, without a display."))
@click.option("--out", type=PATH, default=Path("demo-out"), show_default=True, help=_("Where to write."))
@click.pass_context
def demo(context: click.Context, out: Path) -> None:
    """Import a sample article, mark claims of all three statuses, link sources, and write what comes of it.

    Writes project.annot, dataset.jsonl, report.html (to read and print) and window.png (a picture of the main window),
    and prints their paths.
    """
    done = driven(demonstration.main_job(out, person=person(context)))
    printed(str(done.project))
    printed(str(done.dataset))
    printed(str(done.report))
    context.ensure_object(Windows).drawn(done.project, done.picture, done.mention_id)
    printed(str(done.picture))
