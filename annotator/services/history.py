"""History as a person reads it: who did what when, field by field and with names; and going back to what was."""

from typing import Any, Final

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.records import Annotator
from annotator.services.folding import title_of_change
from annotator.services.telling import Names, field_name, kind_name
from annotator.store import happenings, reverting
from annotator.store.happenings import Change, Happening
from annotator.store.project import Project

__all__ = ["Deed", "Edit", "Entry", "changes", "deeds_of", "latest_event", "put_back", "revert"]

_ALWAYS_NEW: Final = frozenset({"id", "updated_at", "created_at", "recorded_at", "text_sha256"})
"""Fields that say nothing to a person that the line does not say already."""


class Edit(msgspec.Struct, frozen=True):
    """A field that changed, its name and both values in words; "" where it was or is empty."""

    field: str
    before: str
    after: str


class Deed(msgspec.Struct, frozen=True):
    """One event of a record, in words.

    Attributes:
        at: seconds since 1970.
        author: who; "" where the project does not know the name.
        what: what was done, for example "Mark as disputed".
        change_id: the change it is part of.
        event_id: the event's own id, by which its version is put back.
        kind: of the record.
        object_id: the record's id.
        about: which record, in a few words.
        edits: what changed, field by field; all fields where it is new.
        version: whether there is a version to put back: it is neither gone nor withheld.
        note: why nothing is shown: withheld, or redacted with the reason; "" otherwise.
    """

    at: float
    author: str
    author_id: str
    what: str
    change_id: str
    event_id: str
    kind: str
    object_id: str
    about: str
    edits: tuple[Edit, ...]
    version: bool
    note: str


class Entry(msgspec.Struct, frozen=True):
    """One change of the project, in words; `place` names it to go on from, `about` what it touched.

    `revertible` tells whether a change of this kind can be taken back at all, `name` is what the log calls it.
    """

    place: tuple[int, bytes]
    at: float
    author: str
    author_id: str
    what: str
    change_id: str
    about: str
    deeds: tuple[Deed, ...]
    revertible: bool
    name: str = ""


def unknown(object_id: str) -> Refused:
    """Return the refusal of an id that no record of the project has."""
    what = _("the project has no record with the id {id}").format(id=object_id)
    return Refused(what, do=_("copy the id from an export or from the history without an id"))


def deeds_of(project: Project, object_id: str) -> list[Deed]:
    """Return what happened to a record, first to last.

    Raises Refused where the project has no such record.
    """
    found = happenings.of_records(project.connection, [object_id])
    if not found:
        raise unknown(object_id)
    names = Names(project)
    return [_deed(project, one, names) for one in found]


def changes(
    project: Project,
    *,
    limit: int = 50,
    before: tuple[int, bytes] | None = None,
    author_id: str = "",
    about: str = "",
) -> list[Entry]:
    """Return the last changes of the project, first to last, as many as `limit`.

    Args:
        project: to read.
        limit: how many at most.
        before: only those before the entry of this place.
        author_id: only those of this annotator.
        about: only those that touched this record or what hangs on it (an article's marks, a claim's evidence).
    """
    objects = happenings.objects_about(project.connection, about) if about else None
    found = happenings.changes(project.connection, limit=limit, before=before, author_id=author_id, about=objects)
    names = Names(project)
    entries = [_entry(project, one, names) for one in found]
    veil = project.veil
    return entries if veil is None else [_veiled(one) for one in entries if one.author_id in veil.names]


def _veiled(entry: Entry) -> Entry:
    """Return one's own change as it may be shown while others' marks are hidden: an import may have brought some."""
    return msgspec.structs.replace(entry, deeds=(), about="") if entry.name == "import" else entry


def place_of(project: Project, change_id: str) -> tuple[int, bytes]:
    """Return the place of a change; raises Refused where the project has none of that id."""
    found = happenings.place_of(project.connection, change_id)
    if found is None:
        raise Refused(_("the project has no change with the id {id}").format(id=change_id), do=_("see its history"))
    return found


def _entry(project: Project, change: Change, names: Names) -> Entry:
    deeds = tuple(_deed(project, one, names) for one in change.first)
    return Entry(
        change.place,
        change.at,
        names.person(change.author_id),
        change.author_id,
        title_of_change(project, change.change_id, change.name),
        change.change_id,
        _touched(change, deeds),
        deeds,
        change.name not in reverting.NOT_REVERTED,
        change.name,
    )


def _touched(change: Change, deeds: tuple[Deed, ...]) -> str:
    """Say what a change was about: the words of its most telling record, or counts where there are many."""
    total = sum(one.records for one in change.touched)
    if total <= len(deeds):
        for kind in _TELLING:
            for deed in deeds:
                if deed.kind == kind and deed.about:
                    return deed.about
    order = {kind: place for place, kind in enumerate(_COUNTED)}
    touched = sorted(change.touched, key=lambda one: order.get(one.kind, len(order)))
    counts = [_("{n} × {kind}").format(n=one.records, kind=kind_name(one.kind)) for one in touched]
    return ", ".join(counts)


_TELLING = (
    "claim",
    "mention",
    "source",
    "evidence",
    "assessment",
    "speaker",
    "comment",
    "review",
    "article",
    "version",
)
"""Kinds by how well their words tell what a change was about."""

_COUNTED: Final = ("article", "mention", "claim", "assessment", "evidence", "source", "speaker")
"""Kinds in the order in which a large change counts them; the others follow."""


def _deed(project: Project, one: Happening, names: Names) -> Deed:
    known = one.record or one.before
    note = ""
    if one.reason:
        note = _("Redacted: {reason}").format(reason=one.reason)
    elif one.withheld:
        note = _("Withheld: what it said is not in this file")
    return Deed(
        one.at,
        names.person(one.author_id),
        one.author_id,
        title_of_change(project, one.change_id, one.change),
        one.change_id,
        one.event_id,
        one.kind,
        one.object_id,
        names.of(known) if known else "",
        _edits(one, names),
        one.record is not None,
        note,
    )


def _edits(one: Happening, names: Names) -> tuple[Edit, ...]:
    if one.record is None or (isinstance(one.record, Annotator) and names.is_hidden(one.record.id)):
        return ()
    after: dict[str, Any] = msgspec.to_builtins(one.record)
    before: dict[str, Any] = msgspec.to_builtins(one.before) if one.before else {}
    edits: list[Edit] = []
    for field, value in after.items():
        if field in _ALWAYS_NEW or value == before.get(field, "" if not before else value):
            continue
        was, now = names.value(field, before.get(field)), names.value(field, value)
        if was != now:
            edits.append(Edit(field_name(field), was, now))
    return tuple(edits)


def latest_event(project: Project, object_id: str) -> str:
    """Return the id of the event that a record shows, "" where it has none."""
    return happenings.shown_event(project.connection, object_id)


def put_back(project: Project, deed: Deed, *, seen: str = "") -> bool:
    """Make a record again what it was after a deed, as a new change; False where it is that already.

    `seen` is the last event of the record that the person has seen. Raises Refused as `reverting.put_back` says.
    """
    return reverting.put_back(project, deed.event_id, seen=seen)


def revert(project: Project, change_id: str) -> bool:
    """Take back a change of whatever session, as a new change; False where nothing was left of it.

    Raises Refused as `reverting.revert` says.
    """
    return reverting.revert(project, change_id)
