"""`annotator import`: bring files into a project."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, get_args

import click

from annotator.cli.keeping import back_up_after
from annotator.cli.opening import PATH, PROJECT, reading, writing
from annotator.cli.printing import complained, one_line, printed, printed_json, table
from annotator.cli.progress import driven
from annotator.errors import EXIT_REFUSED
from annotator.i18n import _
from annotator.services.importing import ImportReport, Outcome, import_files
from annotator.services.originals import READERS

_OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)


@click.command("import", short_help=_("Bring files into a project."))
@PROJECT
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice([reader.name for reader in READERS]),
    help=_("What the files are; each is looked at unless given."),
)
@click.option(
    "--annotator-from",
    default="",
    metavar="PATTERN",
    help=_("Whose marks a file holds, by the end of its path: {annotator}/{name}.ann, {name}_{annotator}.ann …"),
)
@click.option("--dry-run", is_flag=True, help=_("Change nothing, only say what would be done."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def import_(
    context: click.Context,
    project: Path,
    files: Sequence[Path],
    form: str | None,
    annotator_from: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Bring FILES into PROJECT: articles as plain text, datasets as JSON lines, marks from brat or WebAnno.

    What the project knows already is left alone; a line that is not sound is refused, and the others come in.
    """
    with reading(context, project) if dry_run else writing(context, project) as opened:
        work = import_files(opened, files, format=form or "", dry_run=dry_run, annotator_from=annotator_from)
        report = driven(work)
        if report.records and not dry_run:
            back_up_after(opened, "import")
    if as_json:
        printed_json(_document(report))
    else:
        _print_table(report)
    for row in report.rows:
        if row.outcome in {"differs", "refused"}:
            complained(row)
        for note in row.notes:
            complained(f"{row.file}: {note}")
    return 0 if report.sound else EXIT_REFUSED


def _document(report: ImportReport) -> dict[str, object]:
    return {
        "dry_run": report.dry_run,
        **{outcome: report.count(outcome) for outcome in _OUTCOMES},
        "records": report.records,
        "rows": [row._asdict() for row in report.rows],
    }


def _print_table(report: ImportReport) -> None:
    counts: dict[str, dict[str, int]] = {}
    for row in report.rows:
        of_file = counts.setdefault(row.file, dict.fromkeys(_OUTCOMES, 0))
        of_file[row.outcome] += 1
    head = ("", _("taken"), _("known"), _("differs"), _("refused"))
    rows = [(one_line(file), *(str(of_file[outcome]) for outcome in _OUTCOMES)) for file, of_file in counts.items()]
    printed(table([head, *rows]))
    if report.dry_run:
        printed(_("Nothing was changed: this was a dry run."))
