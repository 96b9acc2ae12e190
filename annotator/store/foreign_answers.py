"""What the worker that reads a colleague's file is asked, and what it answers.

It refuses by the name of a reason, not by a sentence: sentences are made, in the person's language, by who asked.
"""

from typing import Annotated, Final, Literal

import msgspec

Reason = Literal[
    "absent",
    "folder",
    "device",
    "own",
    "rights",
    "system",
    "empty",
    "not sqlite",
    "other program",
    "newer",
    "schema number",
    "encoding",
    "wal",
    "journal",
    "changing",
    "too large",
    "no space",
    "end missing",
    "damaged",
    "schema",
    "too long",
    "late",
    "row",
    "not utf-8",
    "orphan row",
    "id",
    "text hash",
    "text form",
    "blob hash",
    "extent",
    "change",
    "digest",
    "kind",
    "withheld half",
    "body hash",
    "body",
    "body id",
    "form",
    "place",
    "quote",
    "previous",
    "circle",
    "named",
    "no project",
]
"""Why a file is refused."""

_SHOWN: Final = 120


class Question(msgspec.Struct, frozen=True):
    """Which file to read, and a folder of its own for the worker to write into. Paths as the system has them.

    `own` is the device and inode of the project it is to be merged into.
    """

    path: bytes
    folder: bytes
    seconds: float
    own: tuple[int, int] | None = None


class Rejected(msgspec.Struct, frozen=True):
    """The file is refused; `shown` says which record, table or number it is about."""

    reason: Reason
    shown: str = ""


class Summary(msgspec.Struct, frozen=True):
    """What was found in a file that is sound.

    Attributes:
        project_id: 16 bytes; where projects were merged, the smallest one speaks for all.
        project_name: as the file has it last, "" where that is withheld.
        schema_version: of the file.
        sessions: how many there are; likewise `events`.
        withheld: events without body and salt.
        missing: events that sessions and changes say there are, or that others follow, and that are not there.
        astray: records or texts that are named and not there; 0 unless something is withheld or missing.
    """

    project_id: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    project_name: str
    schema_version: int
    sessions: int
    events: int
    withheld: int
    missing: int
    astray: int


class Verdict(msgspec.Struct, frozen=True):
    """Either what was found or why the file is refused."""

    summary: Summary | None = None
    rejected: Rejected | None = None


class FaultError(Exception):
    """Something in the file for which it is refused."""

    def __init__(self, reason: Reason, shown: object = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.shown = str(shown)[:_SHOWN].encode("ascii", "backslashreplace").decode()
