"""`annotator stats` and `annotator check`: look into a project without changing a byte of it."""

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from annotator.cli.opening import PROJECT, reading
from annotator.cli.printing import complained, one_line, printed, printed_json, table
from annotator.errors import EXIT_REFUSED
from annotator.i18n import _, ngettext
from annotator.model.status import DISAGREE, Status
from annotator.services import projects
from annotator.store import check as checking


@click.command(short_help=_("Count what is in a project."))
@PROJECT
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def stats(context: click.Context, project: Path, *, as_json: bool) -> None:
    """Count the articles, claims, mentions, sources and evidence of PROJECT, and its claims by the desk's status."""
    with reading(context, project) as opened:
        counts = projects.counts(opened)
        statuses = projects.statuses_known(opened)
    if as_json:
        printed_json(msgspec.structs.asdict(counts))
        return
    rows = [
        (_("articles"), counts.articles),
        (_("claims"), counts.claims),
        *(("  " + _name(key, statuses.get(key)), n) for key, n in _in_order(counts.by_status, list(statuses))),
        (_("mentions"), counts.mentions),
        (_("sources"), counts.sources),
        (_("evidence"), counts.evidence),
    ]
    printed(table([(name, str(n)) for name, n in rows]))


def _in_order(by_status: dict[str, int], offered: list[str]) -> list[tuple[str, int]]:
    known = {key: n for n, key in enumerate(offered)}
    return sorted(by_status.items(), key=lambda one: (known.get(one[0], len(known)), one[0]))


def _name(key: str, status: Status | None) -> str:
    if status:
        return _(status.name).lower()
    return {DISAGREE: _("the annotators disagree"), "": _("not assessed")}.get(key, key)


@click.command(short_help=_("Check that a project is sound."))
@PROJECT
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def check(context: click.Context, project: Path, *, as_json: bool) -> int:
    """Check PROJECT: the file, every digest, that tables and log agree, that every quote is its text."""
    with reading(context, project) as opened:
        report = checking.check(opened)
    for finding in report.findings:
        complained(f"{project}: {finding}")
    if as_json:
        tallies = [dataclasses.asdict(tally) for tally in report.tallies]
        found = {"sound": report.sound, "checked": report.checked, "findings": report.findings, "sessions": tallies}
        printed_json(found)
    else:
        printed(table([(name, str(n)) for name, n in report.checked.items()]))
        if report.tallies:
            printed("\n" + table(_tally_rows(report.tallies)))
        n = len(report.findings)
        printed(_("sound") if report.sound else ngettext("{n} finding", "{n} findings", n))
    return 0 if report.sound else EXIT_REFUSED


def _tally_rows(tallies: Sequence[checking.Tally]) -> list[tuple[str, ...]]:
    """Return the events by author and session as lines of a table: an author's sessions under the author."""
    rows: list[tuple[str, ...]] = [
        (_("events by author and session"), _("sound"), _("withheld"), _("missing"), _("altered"))
    ]
    by_author: dict[str, list[checking.Tally]] = {}
    for tally in tallies:
        by_author.setdefault(tally.author_id, []).append(tally)
    for author, own in by_author.items():
        rows.append((one_line(own[0].name or author or _("somebody unknown")), *_sums(own)))
        rows += [("  " + one_line(f"{one.session_id} {one.machine}"), *_sums([one])) for one in own]
    return rows


def _sums(some: Sequence[checking.Tally]) -> Iterator[str]:
    for name in ("sound", "withheld", "missing", "altered"):
        yield str(sum(getattr(one, name) for one in some))
