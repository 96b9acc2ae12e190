"""Small files of foreign tools about texts of our own, and what a reader makes of them."""

from io import BytesIO
from pathlib import Path

from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.formats.table import Reader
from annotator.formats.whose import Whose
from annotator.model.records import Mention

TEXT = "🚀 Mayor said taxes fell 10%.\n“Not so,” Ida Holm told the council, “they rose.”\n"
"""Its first claim is 13-27 in code points, 14-28 in UTF-16 units."""

Read = tuple[Bundle, list[tuple[int, str]]]


def brat_files(folder: Path, marks: str, text: str | bytes = TEXT, name: str = "taxes") -> Path:
    """Write a text and its marks; return the path of the marks."""
    (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    path = folder / f"{name}.ann"
    path.write_bytes(marks.encode())
    return path


def read(reader: Reader, path: Path, pattern: str = "") -> Read:
    """Return what a file holds and (line, what) of each fault in it."""
    assert reader.read_by is not None
    rows = list(reader.read_by(BytesIO(path.read_bytes()), str(path), Whose(pattern)))
    bundle = rows[0].content
    assert isinstance(bundle, Bundle)
    faults = [(row.line, row.content.what) for row in rows[1:] if isinstance(row.content, Refused)]
    assert len(faults) == len(rows) - 1
    return bundle, faults


def places(mentions: tuple[Mention, ...]) -> list[list[tuple[int, int]]]:
    """Return the ranges of each mention."""
    return [[(span.start, span.end) for span in one.spans] for one in mentions]


def all_fit(bundle: Bundle) -> bool:
    """Tell whether every span covers its quote in the text."""
    return all(span.fits(bundle.text) for one in bundle.mentions for span in (*one.spans, *one.cue, *one.speaker_spans))
