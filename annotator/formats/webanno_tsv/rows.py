"""A WebAnno TSV file line by line: its layers, its sentences, and the rows of its tokens; offsets in UTF-16 units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from annotator.errors import Refused
from annotator.formats.filed import Utf16Offsets, utf16_length
from annotator.i18n import _

_FORMAT: Final = re.compile(r"#FORMAT=WebAnno TSV (3\.\d+)\s*")
_LAYER: Final = re.compile(r"#T_(SP|RL|CH)=([^|]+)\|?(.*)")
_TOKEN: Final = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,12})-(\d{1,12})\t([^\t]*)(?:\t(.*))?")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_SPELLED: Final = {"t": "\t", "n": "\n", "r": "\r"}
_TEXT: Final = "#Text="
_WIDEST_GAP: Final = 100_000
"""Characters that may be missing between sentences: a wrong offset must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the file: `SP` spans, `RL` relations or `CH` chains.

    Attributes:
        kind: which of them.
        name: its type without the package.
        columns: the names of its columns in order: at least one.
    """

    kind: str
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A token or a part of one, and what stands in its columns; `start` and `end` in UTF-16 units of the document."""

    line: int
    id: str
    start: int
    end: int
    token: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class Document:
    """What a file holds.

    Attributes:
        text: the document as far as the file has it.
        layers: in the order of their columns.
        rows: those that are sound.
        faults: what is wrong, each with its line.
        filled: characters before and between sentences that the file does not have, a line feed each.
    """

    text: str = ""
    layers: list[Layer] = field(default_factory=list[Layer])
    rows: list[Row] = field(default_factory=list[Row])
    faults: list[Refused] = field(default_factory=list[Refused])
    filled: int = 0


def unescaped(text: str) -> str:
    r"""Return what a cell or a sentence says: `\t`, `\n` and `\r` are white space, `\` stands before what is itself."""
    return _ESCAPED.sub(lambda found: _SPELLED.get(found[1], found[1]), text)


def parse(content: str) -> Document:
    """Return what a file holds.

    Raises Refused, with its line, for what leaves no text to put marks into: another format, or a sentence whose
    tokens are not in it.
    """
    document = Document()
    head, _newline, _rest = content.partition("\n")
    if not _FORMAT.fullmatch(head):
        what = _("this is no WebAnno TSV 3 file")
        raise Refused(what, do=_("export the document as “WebAnno TSV v3.3”"), line=1)
    sentence: list[str] = []
    rows: list[Row] = []
    width = 0
    for number, line in _lines(content):
        if found := _LAYER.fullmatch(line):
            width += _declare(document, _layer(found), number, late=bool(document.rows or rows))
        elif line.startswith(_TEXT):
            if rows:
                _end_sentence(document, sentence, rows)
                sentence, rows = [], []
            sentence.append(unescaped(line.removeprefix(_TEXT)))
        elif line and not line.startswith("#"):
            row = _row(number, line, width)
            if isinstance(row, Row):
                rows.append(row)
            else:
                document.faults.append(row)
        elif not line and rows:
            _end_sentence(document, sentence, rows)
            sentence, rows = [], []
    if rows or sentence:
        _end_sentence(document, sentence, rows)
    return document


def _lines(content: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(content.split("\n"), 1):
        yield number, line.removesuffix("\r")


def _layer(found: re.Match[str]) -> Layer:
    return Layer(found[1], found[2].rpartition(".")[2], tuple(found[3].split("|")))


def _declare(document: Document, layer: Layer, number: int, *, late: bool) -> int:
    """Take a layer in and return how many columns it has; one that is `late` is a fault: rows before it have none."""
    if late:
        what = _("the layer {name} is declared below the first token").format(name=layer.name)
        document.faults.append(Refused(what, do=_("export the document again"), line=number))
        return 0
    document.layers.append(layer)
    return len(layer.columns)


def _row(number: int, line: str, width: int) -> Row | Refused:
    found = _TOKEN.fullmatch(line)
    if not found:
        return Refused(_("this is no row of WebAnno TSV"), do=_("export the document again"), line=number)
    # Each column ends with a tab.
    cells = tuple((found[5] or "").split("\t"))
    cells = cells[:-1] if cells[-1] == "" else cells
    if len(cells) != width:
        what = _("{id} has {n} columns, and the layers have {width}").format(id=found[1], n=len(cells), width=width)
        return Refused(what, do=_("export the document again"), line=number)
    return Row(number, found[1], int(found[2]), int(found[3]), unescaped(found[4]), cells)


def _end_sentence(document: Document, sentence: Sequence[str], rows: Sequence[Row]) -> None:
    """Put a sentence behind those before it, where its first token says."""
    text = "\n".join(sentence)
    behind = utf16_length(document.text)
    start = _start(text, rows) if rows else behind + bool(document.text)
    if start < behind:
        what = _("the sentence begins at {start}, within the one before it").format(start=start)
        raise Refused(what, do=_("export the document again"), line=rows[0].line)
    missing = start - behind
    if missing > _WIDEST_GAP:
        what = _("{n} characters before the sentence are missing").format(n=missing)
        raise Refused(what, do=_("export the document again"), line=rows[0].line)
    between = " " if not document.text else "\n"
    document.filled += missing if not document.text or missing > 1 else 0
    document.text += between * missing + text
    document.rows += rows


def _start(text: str, rows: Sequence[Row]) -> int:
    """Return where a sentence begins, by the first place of its first token that suits the others as well."""
    offsets = Utf16Offsets(text)
    first = next((row for row in rows if row.token), rows[0])
    places = [found.start() for found in re.finditer(re.escape(first.token), text)] if first.token else []
    starts = [first.start - utf16_length(text[:at]) for at in places]
    if not starts:
        what = _("the token “{token}” is not in its sentence").format(token=first.token[:40])
        raise Refused(what, do=_("export the document again"), line=first.line)
    return next((start for start in starts if all(_stands(row, start, text, offsets) for row in rows)), starts[0])


def _stands(row: Row, start: int, text: str, offsets: Utf16Offsets) -> bool:
    try:
        return text[offsets.code_point(row.start - start) : offsets.code_point(row.end - start)] == row.token
    except ValueError:
        return False
