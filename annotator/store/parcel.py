"""A parcel: the log of a project as a plain stream of typed rows, the only form in which a colleague's file comes in.

A frame is one letter for the kind of its rows, four bytes for its length (big-endian), and a MessagePack array of rows.
Sessions come first, then texts, snapshots, changes, and events in the order of their log. The last frame counts them: a
parcel cut short is noticed.
"""

import sqlite3
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Final, Literal, TypeVar

import msgspec

MAX_TEXT: Final = 64 << 20
"""Bytes of a text, or of a body, that a parcel takes at most."""

MAX_BLOB: Final = 128 << 20
"""Bytes of a snapshot that a parcel takes at most."""

LONGEST_NAME: Final = 1_000
"""Code points in the name of a change, a machine or a program."""

LATEST_CLOCK: Final = 1 << 62
"""Clocks stay below (the year 4199): whatever comes after still fits into SQLite's integers."""

LAST_SEQ: Final = 1 << 40
"""No session has more events."""

_MAGIC: Final = b"annotator parcel 1\n"
_HEAD: Final = struct.Struct(">cI")
_LONGEST_FRAME: Final = MAX_BLOB + (1 << 20)
_ROWS: Final = 2_000
_BYTES: Final = 4 << 20
"""A frame ends after so many rows or bytes, whichever come first."""

Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
IdOrEmpty = Annotated[bytes, msgspec.Meta(max_length=16)]
Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Clock = Annotated[int, msgspec.Meta(gt=0, lt=LATEST_CLOCK)]
Seq = Annotated[int, msgspec.Meta(gt=0, le=LAST_SEQ)]
Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]


class Row(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """A row of a parcel."""


class SessionRow(Row, frozen=True):
    """A file opened for writing once; `opened` and `closed` are hybrid clocks."""

    id: Id
    annotator: Id
    machine: Name
    program: Name
    opened: Clock
    closed: Clock | None


class ChangeRow(Row, frozen=True):
    """What the events of one change share; `joins` and `undoes` are ids of changes, or empty."""

    id: Id
    session_id: Id
    author: Id
    name: Name
    joins: IdOrEmpty
    undoes: IdOrEmpty
    clock: Clock
    first_seq: Seq
    last_seq: Seq

    def __post_init__(self) -> None:
        """Refuse parts of ids."""
        if len(self.joins) % 16 or len(self.undoes) % 16:
            raise ValueError("a part of an id")


class EventRow(Row, frozen=True):
    """An event; `previous` holds the 16-byte ids of the events it follows, salt and body are None where withheld."""

    id: Id
    session_id: Id
    seq: Seq
    clock: Clock
    object_id: Id
    kind: str
    op: Literal["put", "delete"]
    previous: bytes
    change_id: Id
    salt: Id | None
    body: Annotated[bytes, msgspec.Meta(max_length=MAX_TEXT)] | None
    body_hash: Hash
    digest: Hash

    def __post_init__(self) -> None:
        """Refuse parts of ids."""
        if len(self.previous) % 16:
            raise ValueError("a part of an id")


class TextRow(Row, frozen=True):
    """A text and the SHA-256 of its UTF-8."""

    sha256: Hash
    content: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class BlobRow(Row, frozen=True):
    """The bytes of a snapshot and their SHA-256."""

    sha256: Hash
    content: Annotated[bytes, msgspec.Meta(max_length=MAX_BLOB)]


R = TypeVar("R", bound=Row)

_MARKS: Final[dict[type[Row], bytes]] = {
    SessionRow: b"s",
    TextRow: b"t",
    BlobRow: b"b",
    ChangeRow: b"c",
    EventRow: b"e",
}
_END: Final = b"."
_KNOWN: Final = frozenset((*_MARKS.values(), _END))

SELECT: Final[dict[type[Row], str]] = {
    SessionRow: "SELECT id, annotator, machine, program, opened, closed FROM session ORDER BY n",
    TextRow: "SELECT sha256, content FROM text ORDER BY n",
    BlobRow: "SELECT sha256, content FROM blob ORDER BY n",
    ChangeRow: (
        "SELECT change.id, session.id, author, name, joins, undoes, clock, first_seq, last_seq"
        " FROM change CROSS JOIN session ON session.n = change.session ORDER BY change.n"
    ),
    EventRow: (
        "SELECT event.id, session.id, seq, event.clock, object.id, kind, op, previous, change.id, salt,"
        " CAST(body AS BLOB), body_hash, digest FROM event CROSS JOIN object ON object.n = event.object"
        " CROSS JOIN session ON session.n = event.session CROSS JOIN change ON change.n = event.change ORDER BY event.n"
    ),
}
"""For each kind of row, what reads it from a project with the columns in their order; kinds in the parcel's order."""

_LARGE: Final[dict[type[Row], int | None]] = {TextRow: 1, BlobRow: 1, EventRow: 10}
"""The one column of a row that may be large."""


def batches(connection: sqlite3.Connection, kind: type[Row]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a kind as a project has them, as many at a time as fit into one frame."""
    large = _LARGE.get(kind)
    batch: list[tuple[Any, ...]] = []
    size = 0
    for row in connection.execute(SELECT[kind]):
        batch.append(row)
        if large is not None:
            content = row[large]
            size += len(content) if isinstance(content, (str, bytes)) else 0
        if len(batch) == _ROWS or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class ParcelWriter:
    """Writes a parcel frame by frame; without `finish` it is one cut short."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._encode = msgspec.msgpack.Encoder().encode
        self._counts: Counter[str] = Counter()
        stream.write(_MAGIC)

    def write(self, kind: type[Row], rows: Sequence[Row | tuple[Any, ...]]) -> None:
        """Write rows of one kind, or tuples of their columns, as one frame."""
        self._counts[_MARKS[kind].decode()] += len(rows)
        self._frame(_MARKS[kind], self._encode(rows))

    def _frame(self, mark: bytes, content: bytes) -> None:
        self._stream.write(_HEAD.pack(mark, len(content)))
        self._stream.write(content)

    def finish(self) -> None:
        """Write the last frame."""
        self._frame(_END, self._encode(dict(self._counts)))


def write_parcel(connection: sqlite3.Connection, stream: BinaryIO) -> None:
    """Write the log of a project of our own; nothing in it is checked."""
    writer = ParcelWriter(stream)
    for kind in SELECT:
        for batch in batches(connection, kind):
            writer.write(kind, batch)
    writer.finish()


class Parcel:
    """Reads a parcel, as often as asked and a frame at a time: memory does not grow with it.

    Everything read raises ValueError (`msgspec.MsgspecError` is one) where the parcel is cut short or a row is not of
    the types, lengths and ranges above.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def sessions(self) -> Iterator[SessionRow]:
        """Yield the sessions."""
        return self._rows(SessionRow)

    def changes(self) -> Iterator[ChangeRow]:
        """Yield the changes."""
        return self._rows(ChangeRow)

    def events(self) -> Iterator[EventRow]:
        """Yield the events in the order of the log they come from."""
        return self._rows(EventRow)

    def event_batches(self) -> Iterator[list[EventRow]]:
        """Yield the events, some thousand at a time."""
        return self._batches(EventRow)

    def texts(self) -> Iterator[TextRow]:
        """Yield the texts, one in memory at a time."""
        return self._rows(TextRow)

    def blobs(self) -> Iterator[BlobRow]:
        """Yield the snapshots, one in memory at a time."""
        return self._rows(BlobRow)

    def _rows(self, kind: type[R]) -> Iterator[R]:
        for batch in self._batches(kind):
            yield from batch

    def _batches(self, kind: type[R]) -> Iterator[list[R]]:
        decoder = msgspec.msgpack.Decoder(list[kind], strict=True)
        wanted = _MARKS[kind]
        found = 0
        with self.path.open("rb") as stream:
            for mark, length in _frames(stream):
                if mark == wanted:
                    rows = decoder.decode(_exactly(stream, length))
                    found += len(rows)
                    yield rows
                elif mark == _END:
                    counts = msgspec.msgpack.decode(_exactly(stream, length), type=dict[str, int], strict=True)
                    if counts.get(wanted.decode(), 0) != found:
                        raise ValueError("a parcel has other rows than it says")
                else:
                    stream.seek(length, 1)


def _frames(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield (kind, length) of each frame, the last one included; the reader goes past it."""
    if stream.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("not a parcel")
    mark = b""
    while mark != _END:
        mark, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
        if mark not in _KNOWN or length > _LONGEST_FRAME:
            raise ValueError("a parcel has a frame that is none")
        yield mark, length


def _exactly(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) != length:
        raise ValueError("a parcel is cut short")
    return content
