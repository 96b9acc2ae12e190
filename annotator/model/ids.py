"""Ids: UUIDv7 written once, and ids derived from what they stand for."""

import hashlib
import os
import re
import struct
import threading
import time
from collections.abc import Sequence
from typing import Final, NewType

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
_CANONICAL_LINES: Final = re.compile(rf"{_CANONICAL.pattern}(?:\n{_CANONICAL.pattern})*")
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
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    value = int.from_bytes(digest[:16])
    value = value & ~(0xF << 76) | (0x8 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return spelled(value.to_bytes(16))


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
    joined = "\n".join(spellings)
    # A line feed within a spelling would add to their number.
    if spellings and not (_CANONICAL_LINES.fullmatch(joined) and joined.count("\n") == len(spellings) - 1):
        for spelling in spellings:
            raw(spelling)
    run = bytes.fromhex(joined.replace("-", "").replace("\n", ""))
    return [run[begin : begin + RAW_LENGTH] for begin in range(0, len(run), RAW_LENGTH)]


def is_id(text: str) -> bool:
    """Tell whether the text is an id in canonical spelling (lower case, with hyphens)."""
    return _CANONICAL.fullmatch(text) is not None


def is_sha256(text: str) -> bool:
    """Tell whether the text is a SHA-256 in lower-case hexadecimal digits."""
    return _SHA256.fullmatch(text) is not None
