"""`annotator new`: make a project."""

from pathlib import Path

import click

from annotator.cli.opening import PROJECT, person
from annotator.cli.printing import printed
from annotator.i18n import _
from annotator.model.status import SCHEMES
from annotator.services import projects, second_check


@click.command("new", short_help=_("Make a project."))
@PROJECT
@click.option(
    "--scheme",
    type=click.Choice(list(SCHEMES)),
    default="default",
    show_default=True,
    help=_("Which statuses it offers."),
)
@click.option(
    "--second-check",
    "second",
    default="",
    metavar=_("STATUSES"),
    help=_("Which statuses need a second person, with commas between; `default` for confirmed and refuted."),
)
@click.option(
    "--blind", is_flag=True, help=_("In the window, hide others' marks until one's own pass of an article is finished.")
)
@click.option("--name", default="", help=_("What it is called; the file's name unless given."))
@click.pass_context
def new(context: click.Context, project: Path, scheme: str, second: str, name: str, *, blind: bool) -> None:
    """Make the project file PROJECT, usually NAME.annot."""
    asked = second_check.read_statuses(SCHEMES[scheme], second)
    projects.new_project(
        project, name=name.strip(), scheme=scheme, person=person(context), second_check=asked, blind=blind
    )
    printed(str(project))
