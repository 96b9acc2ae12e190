"""Settling what colleagues left in several versions: a person chooses, and the choice is a change like any other."""

from collections.abc import Mapping
from typing import Any

import msgspec

from annotator.i18n import _
from annotator.model.records import Record, guard_of
from annotator.services.signatures import Signatures
from annotator.services.telling import Names, field_name
from annotator.store import versions
from annotator.store.joining import DELETED
from annotator.store.project import Project
from annotator.store.versions import Unsettled

__all__ = ["Choice", "Disputed", "Unsettled", "count", "fields_of", "mine", "settle", "unsettled"]


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
    return guard_of(one.record) in {"", project.annotator_id}


def fields_of(project: Project, one: Unsettled) -> list[Disputed]:
    """Return each field on which the versions differ, with what each version says."""
    called = Signatures(project).about(one.record.id)
    names = Names(project)
    shown = _values(one.record)
    found: list[Disputed] = []
    for field in one.fields:
        choices = tuple(
            Choice(
                called(version.author_id) or version.author_id,
                version.at,
                names.value(field, _values(version.record).get(field, "")),
                _values(version.record).get(field) == shown.get(field),
            )
            for version in one.versions
        )
        title = _("Deleted, though something names it") if field == DELETED else field_name(field).capitalize()
        found.append(Disputed(field, title, choices))
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


def _values(record: Record) -> dict[str, Any]:
    return msgspec.to_builtins(record)
