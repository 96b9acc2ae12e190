"""A WebAnno TSV file to one person's marks: every span of a span layer, labelled by its layer and values."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from annotator.errors import Refused
from annotator.formats.filed import FiledText, Utf16Offsets, utf8_content
from annotator.formats.marks import Mark, bundle_of
from annotator.formats.table import Found
from annotator.formats.webanno_tsv.rows import Document, Layer, Row, parse, unescaped
from annotator.formats.whose import Whose
from annotator.i18n import _, ngettext
from annotator.model.span import span_of
from annotator.model.text import normalise, sha256_of

NAME: Final = "WebAnno"
LARGEST: Final = 256 << 20
_BEGINS: Final = b"#FORMAT=WebAnno TSV "
_BOM: Final = b"\xef\xbb\xbf"
_ITEM: Final = re.compile(r"(?:[^|\\]|\\.)+", re.DOTALL)
_NUMBERED: Final = re.compile(r"(.*?)(?<!\\)\[(\d{1,9})\]", re.DOTALL)
_ROLE: Final = "ROLE_"
_BASE: Final = "BT_"
_LINES: Final = 8
"""Lines that are named where some marks are left out."""


def recognises(head: bytes) -> bool:
    """Tell whether a file begins like one of WebAnno's, of whatever version."""
    return head.removeprefix(_BOM).startswith(_BEGINS)


def read_file(stream: BinaryIO, file: str) -> Iterator[Found]:
    """Yield a file's marks, whoever made them."""
    return read_by(stream, file, Whose())


def read_by(stream: BinaryIO, file: str, whose: Whose) -> Iterator[Found]:
    """Yield a file's marks as one bundle, and a refusal for each row or mark of it that is not sound.

    Raises Refused for what is wrong with the file as a whole, OSError where the disk refuses.
    """
    person = whose.person(file)
    document = parse(utf8_content(stream, LARGEST))
    text = FiledText.of(document.text)
    if not text.text.strip():
        raise Refused(_("it holds no text"), do=_("export the document again"))
    whose.check_text(person, file, file, sha256_of(text.text), partial(_text_of, file))
    units = _placed(document)
    marks = [_mark(one, text) for one in units if one.start < one.end]
    points = sorted({one.line for one in units if one.start == one.end})
    told = _losses(document, sum(one.start == one.end for one in units), points)
    yield Found(0, bundle_of(text.text, marks, person, NAME, told))
    for fault in sorted(document.faults, key=lambda one: one.line):
        yield Found(fault.line, fault)


def _text_of(file: str) -> str:
    with Path(file).open("rb") as stream:
        return normalise(parse(utf8_content(stream, LARGEST)).text).text


@dataclass(slots=True)
class _Unit:
    """A mark of a layer as its rows are read: `start` and `end` in code points of the file's text."""

    line: int
    label: str
    start: int
    end: int


def _placed(document: Document) -> list[_Unit]:
    """Return the marks of every span layer that are sound, points between two characters too; else a fault."""
    offsets = Utf16Offsets(document.text)
    units: dict[tuple[str, ...], _Unit] = {}
    broken: set[tuple[str, ...]] = set()
    for row in document.rows:
        place = _verified(row, document.text, offsets)
        if isinstance(place, Refused):
            document.faults.append(place)
        for key, label in _units_of(row, document.layers):
            if isinstance(place, Refused):
                broken.add(key)
            elif key in units:
                # A mark of several tokens is all that lies between the first and the last.
                units[key].start = min(units[key].start, place[0])
                units[key].end = max(units[key].end, place[1])
            else:
                units[key] = _Unit(row.line, label, *place)
    for key in broken:
        units.pop(key, None)
    return list(units.values())


def _verified(row: Row, text: str, offsets: Utf16Offsets) -> tuple[int, int] | Refused:
    try:
        start, end = offsets.code_point(row.start), offsets.code_point(row.end)
    except ValueError:
        start = end = -1
    if start < 0 or text[start:end] != row.token:
        what = _("{id} is “{token}”, but the text has something else at {start} to {end}")
        told = what.format(id=row.id, token=row.token[:40], start=row.start, end=row.end)
        return Refused(told, do=_("count offsets in UTF-16 units, as WebAnno does"), line=row.line)
    return start, end


def _units_of(row: Row, layers: Sequence[Layer]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield a key and the label of every mark of a span layer that the row is part of."""
    column = 0
    for number, layer in enumerate(layers):
        cells = row.cells[column : column + len(layer.columns)]
        column += len(layer.columns)
        if layer.kind != "SP" or all(cell == "_" for cell in cells):
            continue
        values = [
            [] if _is_target(layer, n) else [_numbered(one) for one in _items(cell)] for n, cell in enumerate(cells)
        ]
        for nth in range(max(1, *map(len, values))):
            own = [of_cell[nth] if nth < len(of_cell) else ("_", "") for of_cell in values]
            unit = next((one for _value, one in own if one), "")
            key = (str(number), unit) if unit else (str(number), row.id, str(nth))
            yield key, _label(layer, [value for value, _unit in own])


def _items(cell: str) -> list[str]:
    return _ITEM.findall(cell)


def _numbered(item: str) -> tuple[str, str]:
    found = _NUMBERED.fullmatch(item)
    return (found[1], found[2]) if found else (item, "")


def _is_target(layer: Layer, column: int) -> bool:
    """Tell whether a column says what the role of the column before it is played by."""
    return column > 0 and layer.columns[column - 1].startswith(_ROLE)


def _label(layer: Layer, values: Sequence[str]) -> str:
    said = [
        unescaped(value)
        for n, value in enumerate(values)
        if value not in {"_", "*", ""} and not layer.columns[n].startswith(_ROLE)
    ]
    return f"{layer.name}: {' / '.join(said)}" if said else layer.name


def _mark(unit: _Unit, text: FiledText) -> Mark:
    ((start, end),) = text.ranges([(unit.start, unit.end)])
    return Mark((span_of(text.text, start, end),), unit.label)


def _points_told(points: int) -> str:
    return ngettext(
        "{n} mark between two characters is left out: a mention has words.",
        "{n} marks between two characters are left out: a mention has words.",
        points,
    )


def _losses(document: Document, points: int, lines: Sequence[int]) -> tuple[str, ...]:
    """Say what stays behind, and what of the text the file does not have; `lines` are where the points stand."""
    counts: Counter[str] = Counter()
    for row in document.rows:
        column = 0
        for layer in document.layers:
            cells = row.cells[column : column + len(layer.columns)]
            column += len(layer.columns)
            if layer.kind != "SP":
                counts[layer.kind] += len(_items(cells[-1])) if cells[-1] != "_" else 0
            for n, cell in enumerate(cells):
                if layer.kind == "SP" and _is_target(layer, n) and cell != "_":
                    counts["slot"] += sum(one != "*" for item in _items(cell) for one in item.split(";"))
    filled = document.filled
    shown = ", ".join(map(str, lines[:_LINES])) + (" …" if len(lines) > _LINES else "")
    told = (
        (points, _("{told} Line {lines}.").format(told=_points_told(points), lines=shown)),
        (counts["RL"], ngettext("{n} relation is left out.", "{n} relations are left out.", counts["RL"])),
        (counts["CH"], ngettext("{n} link of a chain is left out.", "{n} links of chains are left out.", counts["CH"])),
        (counts["slot"], ngettext("{n} role is left out.", "{n} roles are left out.", counts["slot"])),
        (
            filled,
            ngettext(
                "{n} character outside the sentences is not in the file and stands as white space.",
                "{n} characters outside the sentences are not in the file and stand as white space.",
                filled,
            ),
        ),
    )
    return tuple(text for n, text in told if n)
