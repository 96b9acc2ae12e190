"""Bodies of events: canonical JSON of a record, and back with every type checked."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, TypeVar

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.hashing import sha256
from annotator.model.records import KINDS, Record

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_encoder: Final = msgspec.json.Encoder()


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Record]:
    return msgspec.json.Decoder(KINDS[kind], strict=True)


def body_of(record: Record) -> bytes:
    """Return the canonical JSON of a record: its fields in their order, no spaces, UTF-8.

    Raises Refused for half a character (a lone surrogate): UTF-8 has none.
    """
    try:
        return _encoder.encode(record)
    except UnicodeEncodeError:
        what = _("the {kind} {id} holds half a character").format(kind=record.kind, id=record.id)
        raise Refused(what, do=_("leave that character out")) from None


def bodies_of(records: Sequence[Record]) -> list[bytes]:
    """Return the canonical JSON of each of many records; raises like `body_of`."""
    try:
        # A line feed within a string is escaped: there is one after each record and nowhere else.
        return _encoder.encode_lines(records).split(b"\n")[:-1]
    except UnicodeEncodeError:
        return [body_of(record) for record in records]


def read_body(kind: str, body: bytes | str) -> Record:
    """Return the record of a body.

    Raises Refused where the body is not what this kind of record looks like.
    """
    try:
        return _decoder(kind).decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        what = _("a {kind} in the log is not readable: {error}").format(kind=kind, error=error)
        raise Refused(what, do=_("restore a backup")) from None


def read(record: type[R], body: bytes | str) -> R:
    """Return the record of a body, of the type that was asked for."""
    found = read_body(record.kind, body)
    if not isinstance(found, record):
        raise TypeError(f"{record.kind} decodes to {type(found).__name__}")
    return found


def read_run(kind: str, bodies: Sequence[bytes]) -> list[Record] | None:
    """Return the records of many bodies; None unless all are in canonical form.

    They are one run of lines: as many records written back must give the same run, so no line feed is in any of them.
    """
    run = b"\n".join((*bodies, b""))
    try:
        records = _decoder(kind).decode_lines(run)
        same = len(records) == len(bodies) and _encoder.encode_lines(records) == run
    except (KeyError, ValueError, RecursionError):
        return None
    return records if same else None


def body_hash(salt: bytes, body: bytes) -> bytes:
    """Return SHA-256(salt, body): what a withheld body still proves (architecture.md, section 2)."""
    return sha256()(salt + body).digest()


def decoded(decoder: "msgspec.json.Decoder[list[T]]", bodies: Iterable[bytes]) -> list[T]:
    """Return what many bodies say: one call for all, as a call for each would cost more than the decoding."""
    return decoder.decode(b"[" + b",".join(bodies) + b"]")
