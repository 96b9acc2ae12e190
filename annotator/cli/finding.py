"""`annotator find` and `annotator index`: what in a project has these words."""

from pathlib import Path
from typing import cast

import click
import msgspec

from annotator.cli.opening import PROJECT, reading
from annotator.cli.printing import one_line, printed, printed_json
from annotator.cli.progress import driven
from annotator.i18n import _
from annotator.services import searching
from annotator.services.searching import FoundKind, Hit
from annotator.services.telling import kind_name

_WORD_OF = {"article": "version", "claim": "claim", "mention": "mention", "source": "source", "speaker": "speaker"}


@click.command(short_help=_("Find words in a project."))
@PROJECT
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(_WORD_OF)), help=_("Only these; all without."))
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help=_("So many of each kind."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def find(
    context: click.Context, project: Path, words: tuple[str, ...], kinds: tuple[str, ...], limit: int, *, as_json: bool
) -> None:
    """Find articles, claims, marked words with their notes, sources and speakers of PROJECT that have all the WORDS.

    "Words in quotation marks" stand together; the last word may be the beginning of one.
    """
    wanted = cast("list[FoundKind]", [_WORD_OF[one] for one in kinds] or list(searching.KINDS))
    with reading(context, project) as opened:
        if searching.is_behind(opened):
            driven(searching.indexing(opened))
        hits = searching.find(opened, " ".join(words), kinds=wanted, limit=limit)
    if as_json:
        printed_json(msgspec.to_builtins(hits))
    elif hits:
        printed("\n".join(_line(hit) for hit in hits))
    else:
        printed(_("not found"))


def _line(hit: Hit) -> str:
    around = f"{hit.before}[{hit.match}]{hit.after}" if hit.match else hit.title
    return one_line(f"{kind_name('article' if hit.kind == 'version' else hit.kind)}  {hit.id}  {around}")


@click.command(short_help=_("Make the search index of a project anew, or up to date."))
@PROJECT
@click.option("--rebuild", is_flag=True, help=_("From the beginning."))
@click.pass_context
def index(context: click.Context, project: Path, *, rebuild: bool) -> None:
    """Bring the index by which words of PROJECT are found up to date; it is beside the settings, not in PROJECT."""
    with reading(context, project) as opened:
        driven(searching.indexing(opened, anew=rebuild))
