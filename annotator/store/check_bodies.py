"""What each event of a log says: hashes of bodies, their types and form, and quotes that are their text."""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple, cast

from annotator.errors import Refused
from annotator.model import ids
from annotator.model.records import Mention, Record, Review, TextVersion
from annotator.store import blobs, invariants
from annotator.store.check_chunk import Chunk
from annotator.store.codec import body_hash, body_of, read_body, read_run
from annotator.store.findings import Findings

_TEXTS: Final = 16
"""Texts that are kept for the mentions to come: those of one article come one after another."""

_PLACED: Final[dict[str, tuple[Callable[[Any], Sequence[object]], ...]]] = {
    "mention": (attrgetter("spans"), attrgetter("cue"), attrgetter("speaker_spans")),
    "evidence": (attrgetter("spans"),),
    "review": (attrgetter("spans"),),
    "zone": (),
}
"""Kinds with places in a text, and what gives those that have quotes of it."""

_sha256: Final = hashlib.sha256


class Puts(NamedTuple):
    """Events of one kind that put a readable record, column by column."""

    kind: str
    numbers: Sequence[int]
    heads: Sequence[int]
    records: Sequence[Record]


class Bodies:
    """Checks what events say."""

    def __init__(self, connection: sqlite3.Connection, findings: Findings) -> None:
        self._connection = connection
        self._findings = findings
        self._text = lru_cache(maxsize=_TEXTS)(self._read_text)

    def check(self, chunk: Chunk) -> Iterator[Puts]:
        """Check the bodies of events; yield what they put, kind by kind."""
        _check_hashes(chunk)
        by_kind: defaultdict[str, list[int]] = defaultdict(list)
        for index, (kind, op, body) in enumerate(
            zip(chunk.events.kind, chunk.events.op, chunk.events.body, strict=True)
        ):
            if body is not None and op == "put":
                by_kind[kind].append(index)
        for kind, indices in by_kind.items():
            puts = self._puts(chunk, kind, indices)
            if puts.records:
                yield puts

    def _puts(self, chunk: Chunk, kind: str, indices: Sequence[int]) -> Puts:
        events = chunk.events
        bodies = [cast("bytes", events.body[index]) for index in indices]
        records = read_run(kind, bodies)
        if records is None or not _are_of([events.object_id[index] for index in indices], records):
            indices, records = _one_by_one(chunk, kind, indices)
        self._check_quotes(kind, records)
        return Puts(kind, [events.number[index] for index in indices], [events.n[index] for index in indices], records)

    # Quotes

    def _check_quotes(self, kind: str, records: Sequence[Record]) -> None:
        if kind not in _PLACED:
            return
        self._findings.checked["quotes"] += sum(sum(map(len, map(spans, records))) for spans in _PLACED[kind])
        if kind != "review":
            try:
                invariants.check_all_places(kind, records, self._text)
            except (Refused, KeyError):
                pass  # some are wrong: which ones, the rest tells
            else:
                return
        for record in records:
            self._check_places(record)

    def _check_places(self, record: Record) -> None:
        try:
            invariants.check_places(record, self._text)
            if record.kind == "review":
                self._check_review(cast("Review", record))
        except Refused as error:
            self._findings.add("quotes", error.what)
        except KeyError as error:
            self._findings.add("quotes", f"the {record.kind} {record.id} names the text {error}, which is not there")

    def _check_review(self, review: Review) -> None:
        """Check the quotes of a review, which names its version by id or text, or means that of its target."""
        row = self._connection.execute(
            "SELECT object.kind, CAST(event.body AS BLOB) FROM object JOIN event ON event.object = object.n"
            " WHERE object.id = ? AND event.body IS NOT NULL AND event.op = 'put' ORDER BY event.n DESC LIMIT 1",
            (ids.raw(name) if ids.is_id(name := review.version_id or review.target) else b"",),
        ).fetchone()
        about = read_body(*row) if row else None
        sha256 = about.text_sha256 if isinstance(about, (TextVersion, Mention)) else name
        # Of a version that is not in the project, or withheld, nobody can tell.
        known = "SELECT 1 FROM text WHERE sha256 = ?"
        if ids.is_sha256(sha256) and self._connection.execute(known, (bytes.fromhex(sha256),)).fetchone():
            for span in review.spans:
                invariants.check_span(span, self._text(sha256), f"the review {review.id}")

    def _read_text(self, sha256: str) -> str:
        return blobs.text(self._connection, sha256)


def _check_hashes(chunk: Chunk) -> None:
    """Hold each body against the hash that its digest covers: all at once, as they are sound."""
    events = chunk.events
    if None not in events.salt and None not in events.body:
        salted = cast("Iterator[tuple[bytes, bytes]]", zip(events.salt, events.body, strict=True))
        if [_sha256(b"".join(one)).digest() for one in salted] == list(events.body_hash):
            return
    rows = zip(events.op, events.salt, events.body, events.body_hash, strict=True)
    for index, (op, salt, body, hashed) in enumerate(rows):
        if salt is None and body is None:
            chunk.withheld(index)
            continue
        if salt is None or body_hash(salt, body or b"") != hashed:
            chunk.told(index, "its body is not the one that was written")
        if body is None and op == "put":
            chunk.told(index, "its body is missing")


def _are_of(object_ids: list[bytes], records: Sequence[Record]) -> bool:
    try:
        return ids.raws([record.id for record in records]) == object_ids
    except ValueError:
        return False


def _one_by_one(chunk: Chunk, kind: str, indices: Sequence[int]) -> tuple[list[int], list[Record]]:
    """Tell which events put what is not readable, or not in form; return the readable ones."""
    readable: list[int] = []
    records: list[Record] = []
    for index in indices:
        body = chunk.events.body[index] or b""
        try:
            record = read_body(kind, body)
        except Refused as error:
            chunk.told(index, error.what)
            continue
        except KeyError:
            chunk.told(index, "this kind of record is unknown")
            continue
        if ids.spelled(chunk.events.object_id[index]) != record.id or body_of(record) != body:
            chunk.told(index, "its body is not in the form in which this program writes it")
        readable.append(index)
        records.append(record)
    return readable, records
