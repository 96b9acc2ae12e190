"""What goes along with a redacted record, because it says nothing without it: an article's versions, zones and page."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.records import KINDS, TextVersion, Zone, version_id
from annotator.store.codec import read_body
from annotator.store.merging import withholding


class Part(NamedTuple):
    """A record that goes with another one: its row, its kind, its id."""

    number: int
    kind: str
    object_id: str


_NAME_SNAPSHOTS: Final = ("version", "snapshot", "source")

_NAMING: Final = (
    "SELECT object.n, kind, object.id, CAST(body AS BLOB) FROM event JOIN object ON object.n = event.object"
    " WHERE kind IN ('version', 'zone', 'snapshot') AND op = 'put' AND instr(body, ?)"
)


def along(connection: sqlite3.Connection, parts: Iterable[Part]) -> list[Part]:
    """Return what goes along with records, deleted ones too: whatever of it says something still.

    With an article go its text versions, with a version its zones, and the snapshot where nothing else names that.
    """
    given = list(parts)
    whole = [one for one in given if one.kind in {"article", "version"}]
    if not whole:
        return []
    names = [one.object_id for one in whole if one.kind == "article"]
    names += withholding.hashes_of(bodies(connection, [one.number for one in whole if one.kind == "version"]))
    own = {one.object_id for one in whole}
    rows = [row for one in names for row in connection.execute(_NAMING, (one,))]
    found = {Part(n, kind, ids.spelled(raw)) for n, kind, raw, body in rows if is_part_of(own, kind, body)}
    found -= set(given)
    gone = [one.number for one in (*given, *found)]
    hashes = withholding.hashes_of(bodies(connection, gone))
    pages = [row for one in hashes for row in connection.execute(_NAMING, (one,)) if row[1] == "snapshot"]
    for part in {Part(n, kind, ids.spelled(raw)) for n, kind, raw, _body in pages} - set(given):
        # Plain text and its page have one hash: whoever names the text does not keep the page.
        content = withholding.hashes_of(bodies(connection, [part.number]))
        if not any(others(connection, [part.number, *gone], one, _NAME_SNAPSHOTS) for one in content):
            found.add(part)
    return sorted(found)


def is_part_of(own: Collection[str], kind: str, body: bytes | None) -> bool:
    """Tell whether this is the body of a version of one of these articles, or of a zone of one or of a version."""
    if kind not in {"version", "zone"} or body is None:
        return False
    record = read_body(kind, body)
    if not isinstance(record, TextVersion | Zone):
        return False
    return record.article_id in own or version_id(record.article_id, record.text_sha256) in own


def bodies(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[bytes]:
    """Return everything that some objects ever said."""
    sql = "SELECT CAST(body AS BLOB) FROM event WHERE object = ? AND op = 'put' AND body IS NOT NULL"
    return [bytes(body) for number in numbers for (body,) in connection.execute(sql, (number,))]


def others(
    connection: sqlite3.Connection, numbers: Sequence[int], sha256: str, kinds: Sequence[str] = tuple(KINDS)
) -> list[str]:
    """Return the ids of the objects besides these whose bodies name a text or snapshot."""
    rows = connection.execute(
        "SELECT DISTINCT object.id FROM event JOIN object ON object.n = event.object"
        " WHERE instr(body, ?) AND object NOT IN (SELECT value FROM json_each(?))"
        " AND kind IN (SELECT value FROM json_each(?)) ORDER BY object.id",
        (sha256, msgspec.json.encode(numbers).decode(), msgspec.json.encode(kinds).decode()),
    )
    return [ids.spelled(raw) for (raw,) in rows]
