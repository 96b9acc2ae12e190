"""What a project already knows of records that arrive, asked for many at once."""

from collections.abc import Collection
from typing import NamedTuple

import msgspec

from annotator.model import ids
from annotator.store import bulk, references
from annotator.store.seeing import Seeing


class Acquaintance(NamedTuple):
    """An id that the project knows: the kind of its object, and whether it is there (else it was deleted)."""

    kind: str
    live: bool


class Arriving(Seeing):
    """Looks up ids and earlier contents for an import; never changes a byte."""

    def acquainted(self, object_ids: Collection[str]) -> dict[str, Acquaintance]:
        """Return those ids that the project knows, those of deleted objects among them."""
        names = list(object_ids)
        found = list(bulk.known_objects(self._connection, ids.raws(names)))
        numbers: dict[str, list[int]] = {}
        for _index, number, kind in found:
            numbers.setdefault(kind, []).append(number)
        live = {number for kind, some in numbers.items() for number in references.live(self._connection, kind, some)}
        return {names[index]: Acquaintance(kind, number in live) for index, number, kind in found}

    def bodies_logged(self, object_ids: Collection[str]) -> dict[str, list[bytes | None]]:
        """Return every content that these objects ever had, as canonical JSON; None for a withheld one."""
        names = list(object_ids)
        by_number = {number: names[index] for index, number, _ in bulk.known_objects(self._connection, ids.raws(names))}
        sql = (
            "SELECT event.object, CAST(event.body AS BLOB) FROM json_each(?) AS asked"
            " CROSS JOIN event ON event.object = asked.value WHERE event.op = 'put'"
        )
        bodies: dict[str, list[bytes | None]] = {}
        for number, body in self._connection.execute(sql, (msgspec.json.encode(list(by_number)).decode(),)):
            bodies.setdefault(by_number[number], []).append(body)
        return bodies
