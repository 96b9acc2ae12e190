"""A brat file to one person's marks: attributions with speaker and cue where it has them, else every labelled span."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from annotator.errors import Refused
from annotator.formats.brat.placing import placed
from annotator.formats.brat.records import Event, Records, TextBound, parse
from annotator.formats.brat.texts import LARGEST, read_text, text_beside
from annotator.formats.filed import FiledText, utf8_content
from annotator.formats.marks import Mark, bundle_of
from annotator.formats.table import Found
from annotator.formats.whose import Whose
from annotator.i18n import _, ngettext
from annotator.model.span import Span
from annotator.model.text import sha256_of

NAME: Final = "brat"
_BEGINS: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:T\d+\t\S+ \d+ \d+|[EAMR]\d+\t\S+ ?[:TE]|#\d+\t\S+ [TERAM]\d+\t)")
_NUMBER: Final = re.compile(r"\d+$")
_CONTENT: Final = "content"
_CUE: Final = "cue"
_SOURCE: Final = "source"

Places = Mapping[str, tuple[Span, ...]]


def recognises(head: bytes) -> bool:
    """Tell whether a file begins like a brat file: with a span, an event, a relation, an attribute or a note."""
    return _BEGINS.match(head) is not None


def read_file(stream: BinaryIO, file: str) -> Iterator[Found]:
    """Yield a file's marks, whoever made them."""
    return read_by(stream, file, Whose())


def read_by(stream: BinaryIO, file: str, whose: Whose) -> Iterator[Found]:
    """Yield a file's marks as one bundle, and a refusal for each record of it that is not sound.

    Raises Refused for what is wrong with the file as a whole, OSError where the disk refuses.
    """
    person = whose.person(file)
    path = text_beside(Path(file), whose)
    if path is None:
        what = _("there is no text {name}.txt beside it").format(name=person.name or Path(file).stem)
        raise Refused(what, do=_("put the text that was marked there"))
    records = parse(utf8_content(stream, LARGEST))
    text = read_text(path)
    whose.check_text(person, file, str(path), sha256_of(text.text), lambda: read_text(path).text)
    marks, notes = _marks(records, text)
    yield Found(0, bundle_of(text.text, marks, person, NAME, notes))
    for fault in sorted(records.faults, key=lambda one: one.line):
        yield Found(fault.line, fault)


def _marks(records: Records, text: FiledText) -> tuple[list[Mark], tuple[str, ...]]:
    places = placed(records, text)
    reported, used, left = _attributions(records, places)
    if not reported and not any(_part(one.label) == _CONTENT for one in records.spans.values()):
        marks = [_plain(records, one, places[one.id], one.label) for one in records.spans.values() if one.id in places]
        return marks, _losses(records, Counter(), len(records.events))
    alone = [one for one in records.spans.values() if one.id in places and one.id not in used]
    contents = [_plain(records, one, places[one.id], "") for one in alone if _part(one.label) == _CONTENT]
    others = Counter(one.label for one in alone if _part(one.label) != _CONTENT)
    return [*reported, *contents], _losses(records, others, left)


def _plain(records: Records, one: TextBound, spans: tuple[Span, ...], label: str) -> Mark:
    return Mark(spans, label, note=_note(records, one.id))


def _attributions(records: Records, places: Places) -> tuple[list[Mark], set[str], int]:
    """Return events that have a content as marks, the ids of the spans they are made of, and how many are none."""
    marks: list[Mark] = []
    used: set[str] = set()
    left = 0
    for event in records.events:
        if not any(_part(role) == _CONTENT for role, _target in event.arguments):
            left += 1
            continue
        names = [event.trigger, *(target for _role, target in event.arguments)]
        missing = next((one for one in names if one not in places), "")
        if missing:
            what = _("{id} names {missing}, which is refused, no span, or not in the file")
            told = what.format(id=event.id, missing=missing)
            records.faults.append(Refused(told, do=_("export the file again"), line=event.line))
            continue
        used.update(names)
        marks.append(_attribution(records, event, places))
    return marks, used, left


def _attribution(records: Records, event: Event, places: Places) -> Mark:
    parts: dict[str, list[Span]] = {}
    for role, target in event.arguments:
        parts.setdefault(_part(role), []).extend(places[target])
    ids = (event.id, event.trigger, *(target for _role, target in event.arguments))
    notes = dict.fromkeys(note for one in ids if (note := _note(records, one)))
    return Mark(
        _once(parts[_CONTENT]),
        cue=_once(parts.get(_CUE) or places[event.trigger]),
        speaker_spans=_once(parts.get(_SOURCE, [])),
        reported=True,
        note="\n".join(notes),
    )


def _once(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))


def _part(role: str) -> str:
    """Return a role or label without its number and in small letters: brat numbers what there is more than one of."""
    return _NUMBER.sub("", role).lower()


def _note(records: Records, own: str) -> str:
    return "\n".join(records.notes.get(own, ()))


def _losses(records: Records, labels: Counter[str], events: int) -> tuple[str, ...]:
    """Say what stays behind."""
    kinds = records.others
    relations, attributes = kinds["R"] + kinds["*"], kinds["A"] + kinds["M"]
    references, notes = kinds["N"], kinds["#"]
    counted = (
        (events, ngettext("{n} event of another kind is left out.", "{n} events of other kinds are left out.", events)),
        (relations, ngettext("{n} relation is left out.", "{n} relations are left out.", relations)),
        (attributes, ngettext("{n} attribute is left out.", "{n} attributes are left out.", attributes)),
        (references, ngettext("{n} reference is left out.", "{n} references are left out.", references)),
        (notes, ngettext("{n} note of a program is left out.", "{n} notes of programs are left out.", notes)),
    )
    told = [text for n, text in counted if n]
    one = "{n} span “{{label}}” stands in no attribution and is left out."
    many = "{n} spans “{{label}}” stand in no attribution and are left out."
    told += [ngettext(one, many, n).replace("{label}", label) for label, n in sorted(labels.items())]
    told += [_("Line {line} was cut in two and is read as one.").format(line=line) for line in records.joined]
    return tuple(told)
