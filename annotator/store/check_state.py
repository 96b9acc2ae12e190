"""Holding the state tables against the log: every row is what its object's events say, and no row is one too many."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Generator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Final, cast

import msgspec

from annotator.errors import Refused
from annotator.model import ids
from annotator.model.records import Record
from annotator.store import heads, rebuilding, references, tables
from annotator.store.check_bodies import Puts
from annotator.store.columns import Columns
from annotator.store.findings import Findings
from annotator.store.heads import Node
from annotator.store.schema import STATE_COLUMNS

_KEPT: Final = 50_000
"""Numbers of objects, and of texts, that are kept for the records to come."""

_AMONG: Final = {
    kind: f"SELECT * FROM state_{kind} WHERE n IN (SELECT value FROM json_each(?))" for kind in STATE_COLUMNS
}
_BETWEEN: Final = {kind: f"SELECT * FROM state_{kind} WHERE n BETWEEN ? AND ?" for kind in STATE_COLUMNS}
_DENSE: Final = 4
"""So many times more rows may be read than are wanted: one after the other they come faster than each by itself."""

_NAMED: Final = (*references.NAMED_BY, "")
"""Kinds that thousands of records name; "" for any of them."""

_JOINED: Final = "SELECT n, body, conflicts FROM joined WHERE n IN (SELECT value FROM json_each(?))"
_NODES: Final = (
    "SELECT event.object, kind, clock, event.id, event.n, op, previous FROM event"
    " JOIN object ON object.n = event.object"
    " WHERE event.object IN (SELECT value FROM json_each(?)) ORDER BY event.object"
)
_SEVERAL: Final = 1_000
"""Objects with several events that are looked at between two moments in which a writer may commit."""

_id: Final = attrgetter("id")
_encode: Final = msgspec.json.Encoder().encode


class RowCheck:
    """What is known of the tables on the way along the log."""

    def __init__(self, connection: sqlite3.Connection, findings: Findings) -> None:
        self._connection = connection
        self._findings = findings
        self._stored = tables.stored_in(connection)
        self._older = self._columns = Columns(self._look_up, self._stored)
        self._matched: Counter[str] = Counter()
        self._version = self._data_version()
        self._some_joined = connection.execute("SELECT 1 FROM joined").fetchone() is not None

    def check(self, puts: Sequence[Puts]) -> None:
        """Hold the rows of the objects of these events, and what each event put, against each other."""
        self._remember(puts)
        for some in puts:
            self._check_kind(some)

    def _remember(self, puts: Sequence[Puts]) -> None:
        """Keep the numbers of these objects: what names them comes soon after."""
        if sum(len(self._columns.numbers(kind)) for kind in _NAMED) > _KEPT:
            # What is named again and again is taken over from the older half, and so never forgotten.
            self._older, self._columns = self._columns, Columns(self._look_up, self._stored)
        for kind, numbers, _heads, records in puts:
            if kind in _NAMED:
                self._columns.numbers(kind).update(zip(map(_id, records), numbers, strict=True))

    def _number(self, kind: str, object_id: str) -> int:
        return self._columns.numbers(kind)[object_id]

    def _look_up(self, kind: str, object_id: str) -> int:
        number = self._older.numbers(kind).get(object_id)
        if number is None:
            row = self._connection.execute("SELECT n FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
            if row is None:
                raise KeyError(object_id)
            number = int(row[0])
        return number

    def _check_kind(self, puts: Puts) -> None:
        found = self._rows(puts.kind, puts.numbers)
        # As an import left them, they stand in the same order, and one comparison says that all are right.
        if not self._some_joined and self._wanted(puts) == found:
            self._matched[puts.kind] += len(found)
            return
        rows = {cast("int", row[0]): row for row in found}
        joined = self._joined(rows)
        elsewhere: list[tuple[int, Record]] = []
        for number, head, record in zip(puts.numbers, puts.heads, puts.records, strict=True):
            row = rows.get(number)
            if row is None or row[1] != head:
                elsewhere.append((number, record))
            elif number not in joined:
                self._check_row(puts.kind, row, record)
        self._matched[puts.kind] += len(puts.numbers) - len(elsewhere)
        self._check_elsewhere(puts.kind, elsewhere)

    def _wanted(self, puts: Puts) -> list[tuple[object, ...]] | None:
        """Return the rows of these events as if no others followed; None where one names what is not there."""
        with contextlib.suppress(KeyError, ValueError):
            return list(self._columns.rows(*puts))
        return None

    def _check_row(self, kind: str, row: tuple[object, ...], record: Record) -> None:
        try:
            if row[2:] != tables.ROW_OF[kind](record, self._number, self._stored):
                self._differs(kind, record.id)
        except (KeyError, ValueError) as error:
            self._findings.add("tables", f"the {kind} {record.id} names {error}, which is not there")

    def _rows(self, kind: str, numbers: Sequence[int]) -> list[tuple[object, ...]]:
        """Return the rows of these objects, and perhaps some more."""
        first, last = min(numbers), max(numbers)
        if last - first < _DENSE * len(numbers):
            found = self._connection.execute(_BETWEEN[kind], (first, last))
        else:
            found = self._connection.execute(_AMONG[kind], (_encode(numbers).decode(),))
        return found.fetchall()

    def _joined(self, rows: Collection[int]) -> set[int]:
        """Return those of the objects that show what several events say together."""
        if not self._some_joined:
            return set()
        asked = (_encode(list(rows)).decode(),)
        return {number for number, *_rest in self._connection.execute(_JOINED, asked)}

    def _check_elsewhere(self, kind: str, some: Sequence[tuple[int, Record]]) -> None:
        """An object's row names another event: right only where the object has one."""
        numbers = _encode([number for number, _ in some]).decode()
        several = {
            number
            for (number,) in self._connection.execute(
                "SELECT object FROM event WHERE object IN (SELECT value FROM json_each(?))"
                " GROUP BY object HAVING count(*) > 1",
                (numbers,),
            )
        }
        for number, record in some:
            if number not in several:
                self._differs(kind, record.id)

    def _differs(self, kind: str, object_id: str) -> None:
        self._findings.add("tables", f"the row of the {kind} {object_id} is not what the log says")

    # What only the end of the log tells

    def finish(self) -> None:
        """Check the objects with several events, and that no row is one too many."""
        for kind in STATE_COLUMNS:
            plural = "evidence" if kind == "evidence" else f"{kind}s"
            count = int(self._connection.execute(f"SELECT count(*) FROM state_{kind}").fetchone()[0])
            self._findings.checked[plural] = count
            # Where every row was met on the way, there is none too many; a writer beside may have moved some.
            if count != self._matched[kind] or self._version != self._data_version():
                self._check_strays(kind)
        self._check_several()
        for place, count in references.astray(self._connection).items():
            self._findings.add("tables", f"{count} rows of {place} name something that is deleted or of another kind")
        if not self._findings.checked["projects"]:
            self._findings.add("tables", "the project has no name and no status scheme")

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _check_strays(self, kind: str) -> None:
        rows = self._connection.execute(
            f"SELECT state.n FROM state_{kind} AS state LEFT JOIN event ON event.n = state.head"
            " LEFT JOIN object ON object.n = state.n"
            " WHERE event.op IS NOT 'put' OR event.object IS NOT state.n OR object.kind IS NOT ? OR event.body IS NULL",
            (kind,),
        )
        for (number,) in rows.fetchall():
            self._findings.add("tables", f"row {number} of state_{kind} is not in the log")

    def _check_several(self) -> None:
        """Hold the rows of the objects with several events against what those say together."""
        some = self._connection.execute("SELECT count(*) > count(DISTINCT object) FROM event").fetchone()[0]
        last = 0
        while some and (numbers := self._several_after(last)):
            last = numbers[-1]
            asked = (_encode(numbers).decode(),)
            with one_moment(self._connection):
                joined = {number: tuple(row) for number, *row in self._connection.execute(_JOINED, asked)}
                nodes = self._connection.execute(_NODES, asked)
                for (number, kind), of_object in groupby(nodes.fetchall(), key=itemgetter(0, 1)):
                    tips = heads.heads(sorted(Node._make(one[2:7]) for one in of_object))
                    self._check_object(number, kind, tips, joined.get(number))
        strays = "SELECT n FROM joined WHERE n NOT IN (SELECT object FROM event GROUP BY object HAVING count(*) > 1)"
        for (number,) in self._connection.execute(strays).fetchall():
            self._findings.add("tables", f"row {number} of joined is not in the log")

    def _several_after(self, number: int) -> list[int]:
        sql = "SELECT object FROM event WHERE object > ? GROUP BY object HAVING count(*) > 1 ORDER BY object LIMIT ?"
        return [found for (found,) in self._connection.execute(sql, (number, _SEVERAL))]

    def _check_object(self, number: int, kind: str, tips: Sequence[Node], joined: tuple[object, ...] | None) -> None:
        if kind not in STATE_COLUMNS:
            return
        row = tables.row_of(self._connection, kind, number)
        if len(tips) == 1 and not joined and (row[1] if row else 0) == self._told_by(tips[0]):
            return  # what the row says was held against that event's body on the way
        try:
            wanted = rebuilding.wanted(self._connection, number, kind, self._number, self._stored)
            there = wanted.row == row and (wanted.joined[1:] if wanted.joined else None) == joined
        except (Refused, KeyError, ValueError):
            there = False  # told where the event stands that says so
        if not there:
            raw = self._connection.execute("SELECT id FROM object WHERE n = ?", (number,)).fetchone()[0]
            self._differs(kind, ids.spelled(raw))

    def _told_by(self, head: Node) -> int:
        """Return the event that a row names where this is the only head: 0 for no row."""
        if head.op == "delete":
            return 0
        sql = "SELECT body IS NOT NULL FROM event WHERE n = ?"
        return head.n if self._connection.execute(sql, (head.n,)).fetchone()[0] else 0


@contextlib.contextmanager
def one_moment(connection: sqlite3.Connection) -> Generator[None]:
    """Read as of one moment, with a short transaction: whoever writes beside waits for it."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        # Only read; where the file is damaged, SQLite may refuse even this, and has said so before.
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
