"""What happened, as the log tells it: to a record event by event, and to the project change by change."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, ChangeId
from annotator.model.records import Record
from annotator.store import heads
from annotator.store.clock import clock_seconds
from annotator.store.codec import read_body
from annotator.store.looking_up import marks, parts

_SHOWN: Final = 6
"""Records of a change that are read to tell what it was about."""


class Happening(msgspec.Struct, frozen=True):
    """One event of a record.

    Attributes:
        at: seconds since 1970.
        author_id: who.
        change_id: the change that it is part of.
        change: that change's name.
        undoes: the change that it takes back, "" for none.
        op: "put" or "delete".
        kind: of the record.
        object_id: the record's id.
        event_id: the event's own.
        record: what the record was from then on; None for a deletion and where it is withheld.
        before: what it was until then; None where it was not there, and where that is withheld.
        withheld: whether what it became is withheld.
        reason: why it was redacted, "" where it was not.
    """

    at: float
    author_id: AnnotatorId
    change_id: ChangeId
    change: str
    undoes: ChangeId | None
    op: str
    kind: str
    object_id: str
    event_id: str
    record: Record | None
    before: Record | None
    withheld: bool
    reason: str


class Touched(NamedTuple):
    """How many records of a kind a change put or deleted."""

    kind: str
    op: str
    records: int


class Change(msgspec.Struct, frozen=True):
    """One change of the project; `place` orders changes, and names a place to go on from."""

    place: tuple[int, bytes]
    at: float
    change_id: ChangeId
    author_id: AnnotatorId
    name: str
    undoes: ChangeId | None
    touched: tuple[Touched, ...]
    first: tuple[Happening, ...]


_EVENT: Final = (
    "SELECT event.clock, change.author, change.id, change.name, change.undoes, event.op, object.kind, object.id,"
    " event.id, event.previous, event.salt IS NULL AND event.body IS NULL, CAST(event.body AS BLOB)"
    " FROM event JOIN object ON object.n = event.object JOIN change ON change.n = event.change"
)


def of_records(connection: sqlite3.Connection, object_ids: Sequence[str]) -> list[Happening]:
    """Return what happened to some records, first to last; nothing to one that is not there."""
    keys = [ids.raw(one) for one in dict.fromkeys(object_ids) if ids.is_id(one)]
    found: list[tuple[object, ...]] = []
    for part in parts(keys):
        found += connection.execute(f"{_EVENT} WHERE object.id IN ({marks(part)})", part)
    # By clock and id, as everybody sees it who has these events, in whatever order they came.
    return [_happening(connection, row) for row in sorted(found, key=lambda row: (row[0], row[8]))]


def event(connection: sqlite3.Connection, event_id: str) -> Happening | None:
    """Return one event, None where the log has none of that id."""
    if not ids.is_id(event_id):
        return None
    row = connection.execute(f"{_EVENT} WHERE event.id = ?", (ids.raw(event_id),)).fetchone()
    return _happening(connection, row) if row else None


def _happening(connection: sqlite3.Connection, row: tuple[object, ...]) -> Happening:
    found = _Row._make(row)
    put = found.op == "put"
    return Happening(
        clock_seconds(found.clock),
        AnnotatorId(ids.spelled(found.author)),
        ChangeId(ids.spelled(found.change_id)),
        found.change,
        ChangeId(ids.spelled(found.undoes)) if found.undoes else None,
        found.op,
        found.kind,
        ids.spelled(found.object_id),
        ids.spelled(found.event_id),
        read_body(found.kind, found.body) if put and found.body is not None else None,
        _before(connection, found.previous),
        bool(found.withheld) and put,
        "" if put or found.body is None else msgspec.json.decode(found.body, type=dict[str, str]).get("redaction", ""),
    )


class _Row(NamedTuple):
    clock: int
    author: bytes
    change_id: bytes
    change: str
    undoes: bytes
    op: str
    kind: str
    object_id: bytes
    event_id: bytes
    previous: bytes
    withheld: int
    body: bytes | None


def _before(connection: sqlite3.Connection, previous: bytes) -> Record | None:
    """Return what the last event that was followed said; of several heads, that is the one which was shown."""
    row = connection.execute(
        "SELECT object.kind, CAST(event.body AS BLOB) FROM event JOIN object ON object.n = event.object"
        " WHERE event.id = ? AND op = 'put' AND body IS NOT NULL",
        (previous[-ids.RAW_LENGTH :],),
    ).fetchone()
    return read_body(row[0], row[1]) if row else None


def shown_event(connection: sqlite3.Connection, object_id: str) -> str:
    """Return the id of the last head of a record by clock and id, "" for a record that is not there."""
    row = connection.execute("SELECT n FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
    tips = heads.heads(heads.nodes_of(connection, row[0])) if row else []
    return ids.spelled(tips[-1].id) if tips else ""


# Changes


def changes(
    connection: sqlite3.Connection,
    *,
    limit: int,
    before: tuple[int, bytes] | None = None,
    author_id: str = "",
    about: Collection[str] | None = None,
) -> list[Change]:
    """Return the last changes of the project, first to last.

    Args:
        connection: of the project.
        limit: how many at most.
        before: only those before this place.
        author_id: only those of this annotator; "" for anybody's.
        about: only those that touched one of these records, by id; None for all.
    """
    conditions, values = ["1"], list[object]()
    if before is not None:
        conditions.append("(clock, id) < (?, ?)")
        values += before
    if author_id:
        conditions.append("author = ?")
        values.append(ids.raw(author_id) if ids.is_id(author_id) else b"")
    if about is not None:
        conditions.append(
            "n IN (SELECT change FROM event WHERE object IN (SELECT n FROM object"
            " WHERE id IN (SELECT unhex_(value) FROM json_each(?))))"
        )
        connection.create_function("unhex_", 1, bytes.fromhex, deterministic=True)
        values.append(msgspec.json.encode([ids.raw(one).hex() for one in about if ids.is_id(one)]).decode())
    rows = connection.execute(
        f"SELECT n, clock, id, author, name, undoes FROM change WHERE {' AND '.join(conditions)}"
        " ORDER BY clock DESC, id DESC LIMIT ?",
        (*values, limit),
    ).fetchall()
    return [_change(connection, row) for row in reversed(rows)]


def _change(connection: sqlite3.Connection, row: tuple[int, int, bytes, bytes, str, bytes]) -> Change:
    number, clock, change_id, author, name, undoes = row
    extent = "event.session = (SELECT session FROM change WHERE n = ?1) AND event.seq BETWEEN"
    own = f"{extent} (SELECT first_seq FROM change WHERE n = ?1) AND (SELECT last_seq FROM change WHERE n = ?1)"
    touched = connection.execute(
        f"SELECT kind, op, count(*) FROM event JOIN object ON object.n = event.object WHERE {own} GROUP BY 1, 2",
        (number,),
    ).fetchall()
    first = connection.execute(f"{_EVENT} WHERE {own} ORDER BY event.seq LIMIT {_SHOWN}", (number,)).fetchall()
    return Change(
        (clock, change_id),
        clock_seconds(clock),
        ChangeId(ids.spelled(change_id)),
        AnnotatorId(ids.spelled(author)),
        name,
        ChangeId(ids.spelled(undoes)) if undoes else None,
        tuple(map(Touched._make, touched)),
        tuple(_happening(connection, one) for one in first),
    )


def place_of(connection: sqlite3.Connection, change_id: str) -> tuple[int, bytes] | None:
    """Return the place of a change in the history, None where there is none of that id."""
    raw = ids.raw(change_id) if ids.is_id(change_id) else b""
    return connection.execute("SELECT clock, id FROM change WHERE id = ?", (raw,)).fetchone()


def undone_names(connection: sqlite3.Connection, change_id: str) -> Iterator[str]:
    """Yield the name of a change, then of the change that it takes back, and so on."""
    raw = ids.raw(change_id)
    while raw:
        row = connection.execute("SELECT name, undoes FROM change WHERE id = ?", (raw,)).fetchone()
        if row is None:
            return
        yield row[0]
        raw = row[1]


def objects_about(connection: sqlite3.Connection, object_id: str) -> list[str]:
    """Return the ids of a record and of all that hang on it: an article's marks, a claim's mentions and evidence."""
    if not ids.is_id(object_id):
        return []
    row = connection.execute("SELECT n FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
    if row is None:
        return []
    found = connection.execute(_ABOUT, {"n": row[0]}).fetchall()
    return [ids.spelled(raw) for (raw,) in found]


_ABOUT: Final = """
WITH versions (n) AS (SELECT n FROM state_version WHERE article = :n OR n = :n),
mentions (n, claim) AS (
    SELECT n, claim FROM state_mention WHERE n = :n OR claim = :n OR version IN (SELECT n FROM versions)
),
claims (n) AS (SELECT claim FROM mentions UNION SELECT :n)
SELECT id FROM object WHERE n IN (
    SELECT :n UNION SELECT n FROM versions UNION SELECT n FROM mentions UNION SELECT n FROM claims
    UNION SELECT n FROM state_zone WHERE version IN (SELECT n FROM versions)
    UNION SELECT n FROM state_assessment WHERE claim IN (SELECT n FROM claims)
    UNION SELECT n FROM state_evidence WHERE claim IN (SELECT n FROM claims)
    UNION SELECT n FROM state_review WHERE target IN (SELECT n FROM mentions)
    UNION SELECT n FROM state_comment WHERE target IN (SELECT n FROM claims UNION SELECT n FROM mentions)
)
"""
