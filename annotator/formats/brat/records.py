"""The records of a brat file, line by line: spans and events read, the others counted, what is none of them refused."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from annotator.errors import Refused
from annotator.formats.filed import Range
from annotator.i18n import _

_RECORD: Final = re.compile(r"(?:[TREAMN#]\d+|\*)\t")
_TEXT_BOUND: Final = re.compile(r"(T\d+)\t(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)(?:\t(.*))?", re.DOTALL)
_EVENT: Final = re.compile(r"(E\d+)\t([^\s:]+):(T\d+)((?: +[^\s:]+:[TE]\d+)*)\s*")
_NOTE: Final = re.compile(r"(#\d+)\t(\S+) (\S+)(?:\t(.*))?", re.DOTALL)
_OTHER: Final = re.compile(r"(?:[RAMN]\d+|\*)\t\S+ \S.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TextBound:
    """A labelled span, `T`: its ranges as the file counts, and the words it says are there."""

    line: int
    id: str
    label: str
    ranges: tuple[Range, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event, `E`: its trigger, and (role, id) of what takes part in it."""

    line: int
    id: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Records:
    """What a brat file holds.

    Attributes:
        spans: the labelled spans by their id.
        events: the events in the order of the file.
        notes: annotators' notes by the id of what they are about.
        others: how many records of each other kind there are, by their letter.
        faults: what is wrong, each with its line.
        joined: lines that a line break had cut in two.
    """

    spans: dict[str, TextBound] = field(default_factory=dict[str, TextBound])
    events: list[Event] = field(default_factory=list[Event])
    notes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    others: Counter[str] = field(default_factory=Counter[str])
    faults: list[Refused] = field(default_factory=list[Refused])
    joined: list[int] = field(default_factory=list[int])


def parse(content: str) -> Records:
    """Return the records of a file; a line that begins no record is the rest of the one before it."""
    records = Records()
    seen: set[str] = set()
    for number, line, parts in _lines(content):
        own = line.partition("\t")[0]
        try:
            if not _RECORD.match(line):
                raise Refused(_("this is no record of brat"), do=_("export the file again"))  # noqa: TRY301 - one place refuses
            if own in seen:
                raise Refused(_("the id {id} stands twice").format(id=own), do=_("export the file again"))  # noqa: TRY301 - see above
            _take(records, number, line)
            if own != "*":
                seen.add(own)
            if parts > 1:
                records.joined.append(number)
        except Refused as refusal:
            records.faults.append(Refused(refusal.what, do=refusal.do, line=number))
    return records


def _lines(content: str) -> Iterator[tuple[int, str, int]]:
    """Yield records with the number of their first line and of how many lines they are."""
    number, parts = 0, list[str]()
    for n, line in enumerate(content.split("\n"), 1):
        line = line.removesuffix("\r")  # noqa: PLW2901 - the line without its end
        if _RECORD.match(line) or not parts:
            if parts:
                yield number, " ".join(parts), len(parts)
            number, parts = n, [line] if line.strip() else []
        elif line.strip():
            parts.append(line)
    if parts:
        yield number, " ".join(parts), len(parts)


def _take(records: Records, number: int, line: str) -> None:
    if found := _TEXT_BOUND.fullmatch(line):
        ranges = tuple(_range(one) for one in found[3].split(";"))
        records.spans[found[1]] = TextBound(number, found[1], found[2], ranges, found[4] or "")
    elif found := _EVENT.fullmatch(line):
        arguments = tuple(_argument(one) for one in found[4].split())
        records.events.append(Event(number, found[1], found[3], arguments))
    elif (found := _NOTE.fullmatch(line)) and found[2] == "AnnotatorNotes":
        records.notes.setdefault(found[3], []).append((found[4] or "").strip())
    elif found or (line[0] not in "TE#" and _OTHER.fullmatch(line)):
        records.others[line[0]] += 1
    else:
        what = _("the record {id} is not as brat writes it").format(id=line.partition("\t")[0])
        raise Refused(what, do=_("export the file again"))


def _range(told: str) -> Range:
    start, end = told.split(" ")
    return int(start), int(end)


def _argument(told: str) -> tuple[str, str]:
    role, _colon, target = told.partition(":")
    return role, target
