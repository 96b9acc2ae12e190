"""What a project already knows of records that arrive, asked for many at once."""

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from annotator.model import ids
from annotator.store.references import asked


class Acquaintance(NamedTuple):
    """An id that the project knows: the kind of its object, and whether it is there (else it was deleted)."""

    kind: str
    live: bool


class Arriving:
    """Looks up ids and earlier contents for an import; never changes a byte."""

    _connection: sqlite3.Connection

    def acquainted(self, object_ids: Collection[str]) -> dict[str, Acquaintance]:
        """Return those ids that the project knows, those of deleted objects among them."""
        sql = "SELECT id, n, kind FROM object WHERE id IN ({marks})"
        found = list(asked(self._connection, sql, ids.raws(list(object_ids))))
        numbers: dict[str, list[int]] = {}
        for _raw, number, kind in found:
            numbers.setdefault(kind, []).append(number)
        live = {
            number
            for kind, some in numbers.items()
            for (number,) in asked(self._connection, f"SELECT n FROM state_{kind} WHERE n IN ({{marks}})", some)
        }
        return {ids.spelled(raw): Acquaintance(kind, number in live) for raw, number, kind in found}

    def bodies_logged(self, object_ids: Collection[str]) -> dict[str, list[bytes | None]]:
        """Return every content that these objects ever had, as canonical JSON; None for a withheld one."""
        sql = (
            "SELECT object.id, CAST(event.body AS BLOB) FROM object JOIN event ON event.object = object.n"
            " WHERE event.op = 'put' AND object.id IN ({marks})"
        )
        bodies: dict[str, list[bytes | None]] = {}
        for raw, body in asked(self._connection, sql, ids.raws(list(object_ids))):
            bodies.setdefault(ids.spelled(raw), []).append(body)
        return bodies
