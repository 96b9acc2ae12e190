"""`annotator verify`: whether the files that are kept with sources and articles are still what they were."""

from pathlib import Path

import click
import msgspec

from annotator.cli.opening import PROJECT, reading
from annotator.cli.printing import one_line, printed, printed_json
from annotator.cli.progress import driven
from annotator.errors import EXIT_REFUSED
from annotator.i18n import _, ngettext
from annotator.services import snapshots
from annotator.services.snapshots import Held
from annotator.services.telling import kind_name


@click.command(short_help=_("Check that the files kept with sources are what they were."))
@PROJECT
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def verify(context: click.Context, project: Path, *, as_json: bool) -> int:
    """Read every snapshot that a source or an article of PROJECT names, and say which are missing or altered.

    A snapshot is missing where only its SHA-256 is known: a dataset brings that along, and not the bytes.
    """
    with reading(context, project) as opened:
        held = driven(snapshots.verifying(opened))
    bad = [one for one in held if one.state != "intact"]
    if as_json:
        printed_json({"intact": not bad, "snapshots": msgspec.to_builtins(held)})
    else:
        for one in bad:
            printed(_line(one))
        n = len({one.sha256 for one in held if one.state == "intact"})
        printed(ngettext("{n} snapshot is intact", "{n} snapshots are intact", n))
    return EXIT_REFUSED if bad else 0


def _line(one: Held) -> str:
    told = {"missing": _("missing"), "altered": _("altered")}.get(one.state, one.state)
    kind = kind_name("source" if one.kind == "source" else "version")
    return one_line(f"{told} {one.sha256} {kind} {one.id} {one.title}")
