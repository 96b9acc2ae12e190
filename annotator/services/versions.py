"""Settling what colleagues left in several versions: a person chooses, and the choice is a change like any other."""

from collections.abc import Mapping
from typing import cast

import msgspec

from annotator.i18n import _
from annotator.model.records import Annotator, Record, owner_of
from annotator.store import versions
from annotator.store.project import Project
from annotator.store.versions import Unsettled

__all__ = ["Choice", "Disputed", "Unsettled", "count", "fields_of", "kind_title", "mine", "settle", "unsettled"]


class Choice(msgspec.Struct, frozen=True):
    """What one version says in one field.

    Attributes:
        author: the annotator's name.
        at: when it was written, seconds since 1970.
        text: the value as a person reads it, "" for nothing.
        shown: whether it is what the project shows at present.
    """

    author: str
    at: float
    text: str
    shown: bool


class Disputed(msgspec.Struct, frozen=True):
    """A field on which the versions of a record differ: what each one says."""

    field: str
    title: str
    choices: tuple[Choice, ...]


def count(project: Project) -> int:
    """Return how many records have several versions."""
    return versions.unsettled_count(project)


def unsettled(project: Project) -> list[Unsettled]:
    """Return the records that have several versions, as they were made."""
    return versions.unsettled(project)


def mine(project: Project, one: Unsettled) -> bool:
    """Tell whether the person at work may settle it: what is an annotator's own settles that annotator."""
    return owner_of(one.record) in {"", project.annotator_id}


def fields_of(project: Project, one: Unsettled) -> list[Disputed]:
    """Return each field on which the versions differ, with what each version says."""
    people = project.by_ids(Annotator, [version.author_id for version in one.versions])
    found: list[Disputed] = []
    for field in one.fields:
        choices = tuple(
            Choice(
                author.name if (author := people.get(version.author_id)) else version.author_id,
                version.at,
                _told(project, version.record, field),
                _told(project, version.record, field) == _told(project, one.record, field),
            )
            for version in one.versions
        )
        found.append(Disputed(field, _title(field), choices))
    return found


def settle(project: Project, record_id: str, chosen: Mapping[str, int]) -> None:
    """Write what holds from now on; the versions stay in the record's history.

    Args:
        project: the open project.
        record_id: the record's id.
        chosen: for each field the place of the version whose value holds; a field that is not named stays as shown.

    Raises:
        KeyError: the record is settled already.
        Refused: the record is another annotator's own, or the project takes no changes.
    """
    one = next((each for each in versions.unsettled(project) if each.record.id == record_id), None)
    if one is None:
        raise KeyError(record_id)
    record = one.record
    for field, place in chosen.items():
        record = versions.with_fields_of(record, one.versions[place].record, (field,))
    with project.change("versions.settled") as change:
        change.settle(record)


def _told(project: Project, record: Record, field: str) -> str:
    value = cast("dict[str, object]", msgspec.to_builtins(record)).get(field, "")
    named = project.find_any(value) if field.endswith("_id") and isinstance(value, str) else None
    if named is not None:
        return str(getattr(named, "name", "") or getattr(named, "text", "") or value)
    return _as_text(value)


def _as_text(value: object) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case list():
            return "; ".join(_as_text(one) for one in cast("list[object]", value))
        case dict():
            fields = cast("dict[str, object]", value)
            # A span shows its quote, a status its name.
            return str(fields.get("quote") or fields.get("name") or "")
        case _:
            return str(value)


def kind_title(kind: str) -> str:
    """Return what a person calls a kind of record."""
    titles = {
        "project": _("The project"),
        "annotator": _("An annotator"),
        "article": _("An article"),
        "version": _("A text version"),
        "zone": _("A part of a text"),
        "speaker": _("A speaker"),
        "claim": _("A claim"),
        "mention": _("A mention"),
        "assessment": _("An assessment"),
        "source": _("A source"),
        "evidence": _("Evidence"),
        "review": _("A review"),
        "comment": _("A comment"),
        "guideline": _("A guideline"),
        "link": _("A link"),
    }
    return titles.get(kind, kind)


def _title(field: str) -> str:
    """Return what a person calls a field."""
    titles = {
        "text": _("Words"),
        "name": _("Name"),
        "title": _("Title"),
        "url": _("Address"),
        "publisher": _("Publisher"),
        "published": _("Published"),
        "authors": _("Authors"),
        "language": _("Language"),
        "note": _("Note"),
        "status": _("Status"),
        "stance": _("Stance"),
        "quote": _("Quote"),
        "locator": _("Where in the source"),
        "spans": _("Marked words"),
        "speaker_id": _("Speaker"),
        "presented_as": _("Presented as"),
        "aliases": _("Other names"),
        "speaker_kind": _("Kind"),
        "claim_date": _("Claim date"),
        "medium": _("Medium"),
        "primary": _("Primary source"),
        "scheme": _("Statuses"),
        "deleted": _("Deleted, though something names it"),
    }
    return titles.get(field, field.replace("_", " ").capitalize())
