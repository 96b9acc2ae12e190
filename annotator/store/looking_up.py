"""Records by id, by kind, and by what they name: the ways every other reading goes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from annotator.model import ids
from annotator.model.records import Record
from annotator.store import joining
from annotator.store.codec import read, read_body
from annotator.store.seeing import Seeing
from annotator.store.tables import BODY, SHOWN

R = TypeVar("R", bound=Record)
V = TypeVar("V")

_CHUNK: Final = 900
"""Values that are asked for at a time: SQLite takes no more than some thousands."""


def parts(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """Yield values, so many at a time as one query takes."""
    for begin in range(0, len(values), _CHUNK):
        yield values[begin : begin + _CHUNK]


def marks(values: Sequence[object]) -> str:
    """Return a place holder for each value."""
    return ",".join("?" * len(values))


class LookingUp(Seeing):
    """Reads records through their heads; never changes a byte."""

    def number_of(self, object_id: str) -> int:
        """Return an object's row number, 0 for none."""
        if not ids.is_id(object_id):
            return 0
        row = self._connection.execute("SELECT n FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
        return int(row[0]) if row else 0

    def find(self, record: type[R], object_id: str) -> R | None:
        """Return a record, None where the project has none of that kind and id (or it is deleted)."""
        if not ids.is_id(object_id):
            return None
        found = self._connection.execute(
            f"SELECT {BODY} FROM object JOIN state_{record.kind} AS state ON state.n = object.n"
            f" {SHOWN} WHERE object.id = ?",
            (ids.raw(object_id),),
        ).fetchone()
        return read(record, found[0]) if found else None

    def get(self, record: type[R], object_id: str) -> R:
        """Return a record; raises KeyError where the project has none."""
        found = self.find(record, object_id)
        if found is None:
            raise KeyError(object_id)
        return found

    def find_any(self, object_id: str) -> Record | None:
        """Return a record of whatever kind, as it was last put, also where it is deleted; None where there is none."""
        if not ids.is_id(object_id):
            return None
        row = self._connection.execute("SELECT n, kind FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
        body = joining.shown(self._connection, *row).body if row else None
        return read_body(row[1], body) if body is not None else None

    def all(self, record: type[R]) -> list[R]:
        """Return every record of a kind, as they were made."""
        return list(self._where(record, "1", ()))

    def count(self, record: type[Record]) -> int:
        """Return how many records of a kind there are."""
        return int(self._connection.execute(f"SELECT count(*) FROM state_{record.kind}").fetchone()[0])

    def by_ids(self, record: type[R], wanted: Iterable[str]) -> dict[str, R]:
        """Return those records of a kind that the project has, by id."""
        keys = [ids.raw(one) for one in dict.fromkeys(wanted) if ids.is_id(one)]
        found: dict[str, R] = {}
        for part in parts(keys):
            for body in self._bodies(
                f"SELECT {BODY} FROM object JOIN state_{record.kind} AS state ON state.n = object.n"
                f" {SHOWN} WHERE object.id IN ({marks(part)})",
                part,
            ):
                one = read(record, body)
                found[one.id] = one
        return found

    def _bodies(self, sql: str, values: Sequence[object]) -> Iterator[bytes]:
        for (body,) in self._connection.execute(sql, values):
            yield body

    def _where(
        self, record: type[R], condition: str, values: Sequence[object], *, order: str = " ORDER BY state.n"
    ) -> Iterator[R]:
        sql = f"SELECT {BODY} FROM state_{record.kind} AS state {SHOWN} WHERE {condition}{order}"
        for body in self._bodies(sql, values):
            yield read(record, body)

    def _of(self, record: type[R], column: str, object_ids: Iterable[str]) -> list[R]:
        """Return the records whose state column names one of the objects."""
        keys = [ids.raw(one) for one in dict.fromkeys(object_ids) if ids.is_id(one)]
        found: list[tuple[int, bytes]] = []
        for part in parts(keys):
            found += self._connection.execute(
                f"SELECT state.n, {BODY} FROM state_{record.kind} AS state {SHOWN}"
                f" WHERE state.{column} IN (SELECT n FROM object WHERE id IN ({marks(part)}))",
                part,
            )
        # As they were made, over all parts together.
        return [read(record, body) for _, body in sorted(found)]
