"""The text of a PDF by PDFium, page by page: what its text layer says, in the order of the file and by columns."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any, Final, NamedTuple

from annotator.model.quoting import PAGE_END

_PASSWORD, _SECURITY = 4, 5
_EVERYWHERE: Final = (-1e6, 1e6, 1e6, -1e6)
"""Left, top, right, bottom in points, of more than any page."""

_LINE_HYPHEN: Final = re.compile("[\x02\ufffe]")
"""What PDFium writes for a hyphen at a line's end, and leaves the line's end out."""

_GAP: Final = 6.0
"""Points of white between two columns at the least; a space of the largest text is narrower."""

_ROWS: Final = 4
"""So many lines that go on behind such a gap at one place make two columns of them."""


class LockedError(Exception):
    """The file asks for a password."""


class BrokenError(Exception):
    """PDFium makes nothing of the file."""


class PdfText(NamedTuple):
    """What a PDF says; `silent` pages show something and have no text in them: they are pictures of pages."""

    text: str
    silent: int


class Run(NamedTuple):
    """Text in one line, in points from the page's lower left."""

    left: float
    top: float
    right: float
    bottom: float


def text_of_pdf(content: bytes, most: int) -> PdfText:
    """Return the text of a PDF, pages divided by form feeds; stops behind `most` code points.

    Raises LockedError or BrokenError.
    """
    c = _pdfium()
    document = c.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        raise LockedError if c.FPDF_GetLastError() in {_PASSWORD, _SECURITY} else BrokenError
    pages: list[str] = []
    silent = length = 0
    for number in range(c.FPDF_GetPageCount(document)):
        page = c.FPDF_LoadPage(document, number)
        text = _text_of_page(c, page) if page else ""
        silent += not text.strip() and bool(page) and c.FPDFPage_CountObjects(page) > 0
        if page:
            c.FPDF_ClosePage(page)
        pages.append(text)
        length += len(text)
        if length > most:
            break
    c.FPDF_CloseDocument(document)
    if not pages:
        raise BrokenError
    return PdfText(PAGE_END.join(pages), silent)


@cache
def _pdfium() -> Any:  # ctypes has no types
    c = import_module("pypdfium2_raw")
    # No folder to look for fonts in: nothing of this machine has to do with what a file says.
    folders = (ctypes.c_char_p * 1)(None)
    paths = ctypes.cast(folders, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    c.FPDF_InitLibraryWithConfig(ctypes.byref(c.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths)))
    return c


def _text_of_page(c: Any, page: Any) -> str:
    layer = c.FPDFText_LoadPage(page)
    if not layer:
        return ""
    found = [_within(c, layer, _EVERYWHERE)]
    columns = columns_of(list(_runs(c, layer)))
    if len(columns) > 1:
        # The file says both columns line by line: a second time as one reads them.
        found += [_within(c, layer, (left, _EVERYWHERE[1], right, _EVERYWHERE[3])) for left, right in columns]
    c.FPDFText_ClosePage(layer)
    return "\n\n".join(found)


def _within(c: Any, layer: Any, place: tuple[float, float, float, float]) -> str:
    units = c.FPDFText_GetBoundedText(layer, *place, None, 0)
    if units <= 0:
        return ""
    buffer = (ctypes.c_ushort * units)()
    c.FPDFText_GetBoundedText(layer, *place, buffer, units)
    text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
    text = _LINE_HYPHEN.sub("-\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace(PAGE_END, " ").replace("\0", "")


def _runs(c: Any, layer: Any) -> Iterator[Run]:
    left, top, right, bottom = (ctypes.c_double() for _side in range(4))
    for number in range(c.FPDFText_CountRects(layer, 0, -1)):
        c.FPDFText_GetRect(layer, number, left, top, right, bottom)
        yield Run(left.value, top.value, right.value, bottom.value)


def columns_of(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """Return the columns, `(left, right)` in points, of a page whose runs jump from one to the next in each line.

    A page that is written column by column has one: its lines do not jump, however it looks.
    """
    gaps = [
        (one.right, after.left)
        for one, after in pairwise(runs)
        if after.left - one.right >= _GAP and min(one.top, after.top) - max(one.bottom, after.bottom) > 0
    ]
    left, edges = _EVERYWHERE[0], list[float]()
    for begin, end in sorted(gaps, key=lambda gap: gap[1]):
        place = end - 1.0
        through = [gap for gap in gaps if gap[0] <= place <= gap[1]]
        across = sum(1 for run in runs if run.left < place < run.right)
        if begin >= left and len(through) >= _ROWS and across * 4 <= len(through):
            edges.append(place)
            left = place
    bounds = [_EVERYWHERE[0], *edges, _EVERYWHERE[2]]
    return list(pairwise(bounds))
