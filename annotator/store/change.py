"""One change: what it puts and deletes, collected first and written at once by the gate."""

from collections.abc import Iterable, Mapping

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.changes import Changes, changes_of
from annotator.model.ids import ChangeId, Sha256, new_id
from annotator.model.records import Record
from annotator.store import blobs


def changed_since(kind: str, object_id: str) -> Refused:
    """Return the refusal to undo something that was changed by another hand."""
    return Refused(
        _("the {kind} {id} was changed since").format(kind=kind, id=object_id),
        do=_("see its history"),
    )


class Change:
    """Collects the puts and deletes of one gesture; nothing is written before the gate closes.

    Putting or deleting an object a second time replaces what the first call said.
    """

    def __init__(self, name: str, *, joins: ChangeId | None = None, undoes: ChangeId | None = None) -> None:
        self.id = ChangeId(new_id())
        self.name = name
        self.joins = joins
        self.undoes = undoes
        self.records: dict[str, Record] = {}
        self.deletions: dict[str, str] = {}
        self.texts: dict[str, str | bytes] = {}
        self.blobs: dict[str, str | bytes] = {}
        self.arriving = False
        """Whether it brings records from elsewhere whose ids nobody here knows; undo passes it by (architecture.md)."""
        self.heads: dict[str, int] = {}
        """Which event the gate must find as an object's only head, where that matters."""
        self.settled: set[str] = set()
        """Objects of which a person chose among several versions: even what is shown already is written then."""
        self.redactions: dict[str, str] = {}
        """Objects of which every body goes for good, with the reason; they are among the deletions too."""

    def put(self, record: Record) -> None:
        """Make or replace a record."""
        self.deletions.pop(record.id, None)
        self.records[record.id] = record

    def settle(self, record: Record) -> None:
        """Put a record as what holds from now on, whichever of several versions of it was shown."""
        self.put(record)
        self.settled.add(record.id)

    def put_all(self, records: Iterable[Record]) -> None:
        """Make or replace many records."""
        self.put_by_id({record.id: record for record in records})

    def put_by_id(self, records: Mapping[str, Record]) -> None:
        """Make or replace many records, given by their ids."""
        self.records |= records
        for object_id in self.deletions.keys() & records.keys():
            del self.deletions[object_id]

    def delete(self, record: Record) -> None:
        """Delete a record; the log keeps what it was."""
        self.delete_object(record.kind, record.id)

    def delete_object(self, kind: str, object_id: str) -> None:
        """Delete a record by its kind and id."""
        self.records.pop(object_id, None)
        self.deletions[object_id] = kind

    def redact(self, kind: str, object_id: str, reason: str) -> None:
        """Take a record out of the log for good, by its kind and id; the reason stays."""
        self.delete_object(kind, object_id)
        self.redactions[object_id] = reason

    def put_text(self, text: str) -> Sha256:
        """Keep an immutable text; return the SHA-256 of its UTF-8."""
        sha256 = blobs.sha256_of(text.encode())
        self.texts[sha256] = text
        return sha256

    def put_blob(self, content: bytes) -> Sha256:
        """Keep the bytes of a snapshot; return their SHA-256."""
        sha256 = blobs.sha256_of(content)
        self.blobs[sha256] = content
        return sha256

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.records or self.deletions or self.texts or self.blobs)

    @property
    def touched(self) -> Changes:
        """The objects it puts and deletes; too many to name where they arrive."""
        if self.arriving:
            return Changes(whole=True, arrived=True)
        puts = ((record.kind, object_id) for object_id, record in self.records.items())
        return changes_of((*puts, *((kind, object_id) for object_id, kind in self.deletions.items())))
