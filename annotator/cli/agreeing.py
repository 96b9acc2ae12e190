"""`annotator agreement`: how far the annotators of a project agree."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from annotator.cli.opening import PROJECT, reading
from annotator.cli.printing import complained, one_line, printed, printed_json, table
from annotator.i18n import _
from annotator.model.agreement.measures import MEASURES
from annotator.services.agreement import ALL, AgreementFigure
from annotator.services.agreement import agreement as figures_of


@click.command(short_help=_("Say how far the annotators agree."))
@PROJECT
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document: every figure, unrounded."))
@click.pass_context
def agreement(context: click.Context, project: Path, *, as_json: bool) -> None:
    """Say how far the annotators of PROJECT agree on places and statuses, two by two and all together.

    A text counts for annotators who all marked something in it, or said that their pass of it is finished; in the
    alphas of all together two of them are enough. With --json every article's figures are listed too.
    """
    with reading(context, project) as opened:
        figures = figures_of(opened, by_article=as_json)
    if as_json:
        printed_json([msgspec.to_builtins(figure) for figure in figures])
        return
    if not figures:
        complained(_("{file}: fewer than two annotators marked anything").format(file=project))
        return
    groups: defaultdict[tuple[str, ...], list[AgreementFigure]] = defaultdict(list)
    for figure in figures:
        if figure.scope == ALL:
            groups[figure.pair].append(figure)
    printed("\n\n".join(_told(pair, own) for pair, own in groups.items()))


def _told(pair: tuple[str, ...], own: Sequence[AgreementFigure]) -> str:
    titles = {measure.name: measure.title for measure in MEASURES}
    head = (one_line(" – ".join(pair)), "", "n")
    return table([head, *((f"  {_(titles[one.measure])}", _value(one), f"{one.n:.0f}") for one in own)])


def _value(figure: AgreementFigure) -> str:
    if figure.value is None:
        return _("undefined: {why}").format(why=_(figure.note))
    spread = "" if figure.low is None or figure.high is None else f" ({figure.low:.3f} to {figure.high:.3f})"
    return f"{figure.value:.3f}{spread}"
