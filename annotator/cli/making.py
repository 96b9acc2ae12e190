"""`annotator new` and `annotator set`: make a project, and say later how its people work together."""

from pathlib import Path

import click

from annotator.cli.opening import PROJECT, person, reading, writing
from annotator.cli.printing import one_line, printed, printed_json
from annotator.i18n import _
from annotator.model.status import SCHEMES
from annotator.services import blind as blind_work
from annotator.services import projects, second_check
from annotator.store.project import Project


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


@click.command("set", short_help=_("Say what a project is called, who checks what, and whether work is blind."))
@PROJECT
@click.option("--name", default=None, help=_("What it is called."))
@click.option(
    "--scheme", type=click.Choice(list(SCHEMES)), default=None, help=_("A larger set of statuses; none is taken away.")
)
@click.option(
    "--second-check",
    "second",
    default=None,
    metavar=_("STATUSES"),
    help=_("Which statuses need a second person, with commas between; `default` or `none`."),
)
@click.option(
    "--blind/--no-blind",
    default=None,
    help=_("In the window, hide others' marks until one's own pass of an article is finished, or not."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def set_(
    context: click.Context,
    project: Path,
    name: str | None,
    scheme: str | None,
    second: str | None,
    *,
    blind: bool | None,
    as_json: bool,
) -> None:
    """Change what is given of PROJECT, as one change that the window can undo, and print what holds then.

    Without options nothing is changed.
    """
    if name is None and scheme is None and second is None and blind is None:
        with reading(context, project) as opened:
            _print(opened, as_json=as_json)
        return
    with writing(context, project) as opened:
        projects.check_properties(opened, name=name, scheme=scheme or "")
        offered = projects.scheme_with(opened, scheme or "")
        asked = None if second is None else second_check.read_statuses(offered, second)
        projects.change_properties(opened, name=name, scheme=scheme or "", second_check=asked, blind=blind)
        _print(opened, as_json=as_json)


def _print(project: Project, *, as_json: bool) -> None:
    name, statuses = projects.name_of(project), [status.key for status in projects.scheme_of(project)]
    second, blind = list(second_check.required(project) or ()), blind_work.is_blind(project)
    if as_json:
        printed_json({"name": name, "statuses": statuses, "second_check": second, "blind": blind})
        return
    for title, value in (
        (_("name"), name),
        (_("statuses"), ", ".join(statuses)),
        (_("second person for"), ", ".join(second) or _("none")),
        (_("blind"), _("yes") if blind else _("no")),
    ):
        printed(one_line(f"{title}: {value}"))
