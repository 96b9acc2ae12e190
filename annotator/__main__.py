"""Where the program starts: the commands of the command line, the window, and the demo, which needs both."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from annotator import settings
from annotator.cli import display
from annotator.cli.main import group, run
from annotator.cli.opening import person
from annotator.cli.printing import printed
from annotator.cli.progress import driven
from annotator.i18n import _
from annotator.services import demo as demonstration
from annotator.store.file import read_header


@group.command("open", short_help=_("Open the window (what is done without a command)."))
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help=_("Open the sample project."))
@click.pass_context
def open_(context: click.Context, project: Path | None, *, sample: bool) -> int:
    """Open the window, on PROJECT if one is named."""
    if project and sample:
        raise click.UsageError(_("--sample and a project are one too many"), context)
    if project:
        read_header(project)
    display.require_display()
    path = demonstration.open_sample(settings.folder()) if sample else project
    try:
        from annotator.gui import app  # noqa: PLC0415 - the other commands work where Qt is not
    except ImportError as error:
        raise display.missing_library(error) from error
    return app.run(path, person=person(context))


@group.command(short_help=_("Do the main job on the sample, without a display."))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("demo-out"), show_default=True, help=_("Where to write.")
)
@click.pass_context
def demo(context: click.Context, out: Path) -> None:
    """Import a sample article, mark claims of all three statuses, link sources, and write what comes of it.

    Writes project.annot, dataset.jsonl and window.png (a picture of the main window), and prints their paths.
    """
    done = driven(demonstration.main_job(out, person=person(context)))
    printed(str(done.project))
    printed(str(done.dataset))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    display.require_libraries("offscreen")
    try:
        from annotator.gui import picture  # noqa: PLC0415 - as above
    except ImportError as error:
        raise display.missing_library(error) from error
    picture.window_picture(done.project, done.picture, mention=done.mention_id)
    printed(str(done.picture))


group.default = "open"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
