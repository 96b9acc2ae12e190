"""`annotator merge`: bring colleagues' project files into a project."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, get_args

import click
import msgspec

from annotator.cli.opening import PATH, PROJECT, reading, writing
from annotator.cli.printing import complained, one_line, printed, printed_json, table
from annotator.cli.progress import driven
from annotator.errors import EXIT_REFUSED, Refused
from annotator.i18n import _
from annotator.model.ids import AnnotatorId
from annotator.services import merging, redacting
from annotator.services.merging import MergeReport, Outcome

_OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)


@click.command(short_help=_("Bring colleagues' project files into a project."))
@PROJECT
@click.argument("others", nargs=-1, required=True, type=PATH, metavar=_("OTHER..."))
@click.option("--dry-run", is_flag=True, help=_("Change nothing, only say what would be done."))
@click.option("--same", "pairs", multiple=True, metavar="A=B", help=_("These two annotators (ids) are one person."))
@click.option(
    "--take-out", is_flag=True, help=_("Take what colleagues redacted out of this machine's backups and journal, too.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def merge(
    context: click.Context,
    project: Path,
    others: Sequence[Path],
    pairs: Sequence[str],
    *,
    dry_run: bool,
    take_out: bool,
    as_json: bool,
) -> int:
    """Bring what colleagues did in their copies, OTHER, into PROJECT; their files stay as they are.

    Everything is checked first, then a backup is taken, then all comes in at once. Nothing is lost: where two changed
    the same words, both versions are kept. Merging again, in whatever order, gives the same.
    """
    people = [_pair(context, one) for one in pairs]
    with reading(context, project) if dry_run else writing(context, project) as opened:
        with merging.colleagues_files(opened, others) as arrivals:
            if dry_run:
                report = MergeReport(driven(merging.survey(opened, arrivals)), None, "")
            else:
                report = driven(merging.merge(opened, arrivals))
        survey = report.survey
        taken = driven(redacting.finishing(opened)) if take_out and not dry_run else None
        unknown = [one for pair in people for one in pair if one not in survey.tally.names]
        if not dry_run and not unknown:
            for a, b in people:
                merging.same_people(opened, a, b)
    if as_json:
        printed_json({**_document(report, dry_run=dry_run), "taken_out": msgspec.to_builtins(taken)})
    else:
        _print(report, dry_run=dry_run)
        if taken:
            printed(redacting.told_of(taken))
        elif survey.tally.redacted:
            printed(_("`annotator redact PROJECT --finish` takes what was redacted out of backups and journal, too"))
    for line in merging.refused_lines(survey):
        complained(line)
    for one in unknown:
        complained(Refused(_("there is no annotator {id}, nobody was linked").format(id=one), file=str(project)))
    return 0 if survey.sound and not unknown else EXIT_REFUSED


def _pair(context: click.Context, text: str) -> tuple[AnnotatorId, AnnotatorId]:
    a, equals, b = text.partition("=")
    if not (a and equals and b) or a == b:
        raise click.UsageError(_("--same takes two ids: A=B"), context)
    return AnnotatorId(a), AnnotatorId(b)


def _document(report: MergeReport, *, dry_run: bool) -> dict[str, object]:
    survey = report.survey
    tally = survey.tally
    return {
        "dry_run": dry_run,
        **{outcome: tally.count(outcome) for outcome in _OUTCOMES},
        "filled": tally.filled,
        "authors": [
            {
                "id": author,
                "name": tally.names.get(author, ""),
                **{outcome: tally.outcomes[author, outcome] for outcome in _OUTCOMES},
            }
            for author in tally.authors
        ],
        "kept_out": [
            {"file": one.file, "author": one.author, "outcome": one.outcome, "why": one.why, "events": one.events}
            for one in tally.kept_out
        ],
        "files_refused": [str(refusal) for refusal in survey.refusals],
        "other_projects": list(survey.other_projects),
        "in_my_name": dict(tally.in_my_name),
        "clocks_ahead": dict(tally.far),
        "redacted": [one._asdict() for one in tally.redacted],
        "same_articles": [[link.a, link.b] for link in tally.same_articles],
        "same_people_offered": [[a.id, b.id] for a, b in tally.same_people],
        "backup": str(report.backup.path) if report.backup else "",
    }


def _print(report: MergeReport, *, dry_run: bool) -> None:
    tally = report.survey.tally
    head = ("", _("new"), _("known"), _("conflicting"), _("refused"), _("missing"))
    rows = [
        (one_line(tally.names.get(author) or author), *(str(tally.outcomes[author, one]) for one in _OUTCOMES))
        for author in tally.authors
    ]
    printed(table([head, *rows]))
    for line in merging.notes(report.survey):
        printed(one_line(line))
    if report.backup:
        printed(_("the project as it was: {file}").format(file=report.backup.path))
    if dry_run:
        printed(_("Nothing was changed: this was a dry run."))
