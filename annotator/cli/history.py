"""`annotator history`: who did what when, to a record or to the whole project."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
import msgspec

from annotator.cli.opening import PROJECT, reading
from annotator.cli.printing import one_line, printed, printed_json
from annotator.i18n import _, ngettext
from annotator.services import history as telling
from annotator.services.history import Deed, Entry

_EDITS_SHOWN = 8


@click.command(short_help=_("Tell who did what when."))
@PROJECT
@click.argument("object_id", metavar="[ID]", default="")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help=_("So many changes at most."))
@click.option("--before", metavar="CHANGE", default="", help=_("Only changes before this one, to page back."))
@click.option("--all", "related", is_flag=True, help=_("With ID: also what hangs on it, such as a claim's evidence."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def history(
    context: click.Context, project: Path, object_id: str, limit: int, before: str, *, related: bool, as_json: bool
) -> None:
    """Tell who did what when to the record ID of PROJECT, or without ID the project's changes, the latest last."""
    with reading(context, project) as opened:
        if object_id and not opened.number_of(object_id):
            raise telling.unknown(object_id)
        if object_id and not related:
            deeds = telling.deeds_of(opened, object_id)
            entries: list[Entry] = []
        else:
            deeds = []
            entries = telling.changes(
                opened, limit=limit, before=telling.place_of(opened, before) if before else None, about=object_id
            )
    if as_json:
        printed_json({"versions": [_as_json(one) for one in deeds]} if deeds else {"changes": _changes_json(entries)})
    elif deeds:
        printed("\n".join(one_line_each(_deed_lines(deeds))))
    else:
        printed("\n".join(one_line_each(_entry_lines(entries, limit))))


def one_line_each(lines: Sequence[str]) -> list[str]:
    """Return lines in which nothing commands the terminal; how far they are indented stays."""
    return [" " * (len(line) - len(line.lstrip(" "))) + one_line(line) for line in lines]


def _when(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().isoformat(" ", "seconds")


def _deed_lines(deeds: Sequence[Deed]) -> list[str]:
    lines: list[str] = []
    for one in deeds:
        lines.append(f"{_when(one.at)}  {one.author or one.author_id}  {one.what}")
        if one.note:
            lines.append(f"    {one.note}")
        for edit in one.edits[:_EDITS_SHOWN]:
            if edit.before:
                told = _("{field}: {before} → {after}").format(
                    field=edit.field, before=edit.before, after=edit.after or _("nothing")
                )
            else:
                told = _("{field}: {after}").format(field=edit.field, after=edit.after)
            lines.append(f"    {told}")
        if more := len(one.edits) - _EDITS_SHOWN:
            lines += [f"    {ngettext('{n} more field', '{n} more fields', more)}"] if more > 0 else []
    return lines


def _entry_lines(entries: Sequence[Entry], limit: int) -> list[str]:
    lines: list[str] = []
    if len(entries) == limit:
        lines.append(_("earlier ones: --before {change}").format(change=entries[0].change_id))
    for one in entries:
        about = f": {one.about}" if one.about else ""
        lines.append(f"{_when(one.at)}  {one.author or one.author_id}  {one.what}{about}")
    return lines or [_("nothing has happened")]


def _as_json(deed: Deed) -> dict[str, object]:
    return {**msgspec.to_builtins(deed), "at": _when(deed.at)}


def _changes_json(entries: Sequence[Entry]) -> list[dict[str, object]]:
    return [
        {
            "at": _when(one.at),
            "change_id": one.change_id,
            "author": one.author,
            "author_id": one.author_id,
            "what": one.what,
            "about": one.about,
            "records": [{"kind": deed.kind, "id": deed.object_id} for deed in one.deeds],
        }
        for one in entries
    ]
