"""Ids: UUIDv7 written once, and ids derived from what they stand for."""

import os
import re
import struct
import threading
import time
from binascii import hexlify, unhexlify
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Final, NewType

from annotator.model.hashing import sha256

ArticleId = NewType("ArticleId", str)
AnnotatorId = NewType("AnnotatorId", str)
VersionId = NewType("VersionId", str)
ZoneId = NewType("ZoneId", str)
ClaimId = NewType("ClaimId", str)
MentionId = NewType("MentionId", str)
AssessmentId = NewType("AssessmentId", str)
SpeakerId = NewType("SpeakerId", str)
SourceId = NewType("SourceId", str)
EvidenceId = NewType("EvidenceId", str)
SnapshotId = NewType("SnapshotId", str)
ReviewId = NewType("ReviewId", str)
CommentId = NewType("CommentId", str)
GuidelineId = NewType("GuidelineId", str)
LinkId = NewType("LinkId", str)
ProjectId = NewType("ProjectId", str)
ChangeId = NewType("ChangeId", str)
Sha256 = NewType("Sha256", str)
"""64 lower-case hexadecimal digits."""

RAW_LENGTH: Final = 16
_HALVES: Final = struct.Struct(">QQ")
_CANONICAL: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HYPHENS: Final = (8, 13, 18, 23)
_SPELLED: Final = 37
"""Characters of a spelling and of the line feed between it and the next one."""

_VARIANT: Final = {digit: "89ab"[int(digit, 16) & 0b11] for digit in "0123456789abcdef"}
"""The digit that has the variant's two bits, for each that a hash may have in its place."""

_MANY: Final = struct.Struct(f"{RAW_LENGTH}s" * 100)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class _Clock:
    """Gives each id of this process a later time part than the one before, so that ids sort as they were made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def ticks(self, count: int) -> int:
        """Return the first of `count` ticks of 1/4096 ms, none given out before."""
        with self._lock:
            first = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
            self._last = first + count - 1
            return first


_clock = _Clock()


def new_raw_ids(count: int) -> list[bytes]:
    """Return new UUIDv7 values of 16 bytes, ascending.

    RFC 9562, section 5.7, with the sub-millisecond time in rand_a (method 3 of section 6.2).
    """
    first = _clock.ticks(count)
    noise = struct.unpack(f">{count}Q", os.urandom(8 * count))
    pack = _HALVES.pack
    return [
        pack(tick >> 12 << 16 | 0x7000 | tick & 0xFFF, tail & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
        for tick, tail in enumerate(noise, first)
    ]


def new_id() -> str:
    """Return a new UUIDv7 in its canonical spelling."""
    return spelled(new_raw_ids(1)[0])


def derived_id(*parts: str) -> str:
    """Return the id of something that is known by its parts: the same parts give the same id everywhere.

    RFC 9562, section 5.8 (UUIDv8): the first 122 free bits of SHA-256 over the parts.
    """
    digits = sha256()("\x1f".join(parts).encode()).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-{_VARIANT[digits[16]]}{digits[17:20]}-{digits[20:32]}"


def is_derived(object_id: str) -> bool:
    """Tell whether an id in canonical spelling was derived from parts: a UUIDv8."""
    return object_id[14] == "8"


def spelled(raw: bytes) -> str:
    """Return the canonical spelling of an id of 16 bytes."""
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def raw(spelling: str) -> bytes:
    """Return the 16 bytes of an id in canonical spelling.

    Raises ValueError for any other text: two spellings of one id would be two ids to whoever compares strings.
    """
    if not _CANONICAL.fullmatch(spelling):
        raise ValueError(f"not an id: {spelling!r}")
    return bytes.fromhex(spelling.replace("-", ""))


def raws(spellings: Sequence[str]) -> list[bytes]:
    """Return the 16 bytes of each of many ids in canonical spelling: `raw` for thousands at once.

    Raises ValueError where any of them is another text.
    """
    run = _run_of(spellings)
    if run is None:
        return [raw(spelling) for spelling in spellings]
    whole = len(run) - len(run) % _MANY.size
    rest = [run[begin : begin + RAW_LENGTH] for begin in range(whole, len(run), RAW_LENGTH)]
    return [*chain.from_iterable(_MANY.iter_unpack(run[:whole])), *rest]


def are_ids(spellings: Collection[str]) -> bool:
    """Tell whether each text is an id in canonical spelling: `is_id` for many at once."""
    return _run_of(spellings) is not None


def _run_of(spellings: Collection[str]) -> bytes | None:
    """Return the bytes of canonical spellings one after the other, None where any is another text.

    All are looked at together, a tenth of the time that a regular expression takes: whatever is no digit is taken out
    and must have stood in the places of hyphens and line feeds, and the digits must be those that the bytes have.
    """
    many = len(spellings)
    text = "\n".join(spellings)
    if len(text) != many * _SPELLED - (many > 0) or not text.isascii():
        return None
    line = text.encode()
    digits = line.translate(None, b"-\n")
    marks = dict.fromkeys(_HYPHENS, b"-" * many) | {_SPELLED - 1: b"\n" * (many - 1)}
    if len(digits) != 2 * RAW_LENGTH * many or any(line[place::_SPELLED] != mark for place, mark in marks.items()):
        return None
    try:
        run = unhexlify(digits)
    except ValueError:
        return None
    return run if hexlify(run) == digits else None


def is_id(text: str) -> bool:
    """Tell whether the text is an id in canonical spelling (lower case, with hyphens)."""
    return _CANONICAL.fullmatch(text) is not None


def is_sha256(text: str) -> bool:
    """Tell whether the text is a SHA-256 in lower-case hexadecimal digits."""
    return _SHA256.fullmatch(text) is not None
