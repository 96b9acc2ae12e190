"""What a format is to the rest of the program: a row with its name, its suffixes and its functions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.formats.frame import Frame
from annotator.formats.whose import Whose


class Found(NamedTuple):
    """One row of a file: the line it begins on (from 1, 0 for a file that is one row) and what it holds."""

    line: int
    content: Bundle | Refused


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of one format are read.

    Attributes:
        name: what `--format` takes.
        title: what a person reads, in English; the caller translates it.
        suffixes: endings of file names, lower case with their dot; the first is the usual one.
        read: yields the rows of an open file, one at a time; a row that is not sound is a refusal with its place.
            The second argument is the file's name for messages. Raises OSError where the disk does.
        recognises: tells from a file's first bytes whether it is of this format.
        read_by: for formats that keep one person's marks in a file: reads like `read`, with what says whose they are.
        text_beside: for formats that keep the text in a file of its own: returns that file, None where there is none.
        may_be_empty: whether a file without a byte says something: that there is no mark in its text.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[BinaryIO, str], Iterator[Found]]
    recognises: Callable[[bytes], bool]
    read_by: Callable[[BinaryIO, str, Whose], Iterator[Found]] | None = None
    text_beside: Callable[[Path, Whose], Path | None] | None = None
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """How files of one format are written.

    Attributes:
        name: what `-f` takes.
        title: what a person reads, in English; the caller translates it.
        suffixes: endings of file names, the first is the usual one.
        encode: yields one piece of bytes for each bundle, to be written one after the other.
        losses: what the format cannot hold, as English sentences; () for a format that holds everything.
        encode_framed: for formats that say something of the whole project first: writes like `encode`, with what
            stands around the bundles. Walks them twice, the first time to know what is in them: meanwhile it yields
            an empty piece for each.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    encode: Callable[[Iterable[Bundle]], Iterator[bytes]]
    losses: tuple[str, ...] = ()
    encode_framed: Callable[[Iterable[Bundle], Frame], Iterator[bytes]] | None = None

    @property
    def is_for_reading(self) -> bool:
        """Whether a person reads what is written, and no program."""
        return self.encode_framed is not None
