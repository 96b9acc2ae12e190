"""Small PDFs as a test needs them: lines of text at places of a page, and pages without any."""

from collections.abc import Iterable, Sequence

Line = tuple[int, int, str]
"""Points from the left, points from below, and the words."""

PICTURE = b"40 40 500 700 re f"
"""A page that shows something and says nothing, as a scanned one."""


def lines(*words: str, left: int = 60, top: int = 780) -> list[Line]:
    """Return lines of text one below the other."""
    return [(left, top - 14 * number, line) for number, line in enumerate(words)]


def side_by_side(left: Iterable[Line], right: Iterable[Line]) -> list[Line]:
    """Return two columns in the order in which some programs write them: line by line across both."""
    return [line for pair in zip(left, right, strict=True) for line in pair]


def page(text: Iterable[Line]) -> bytes:
    """Return what draws lines of text."""
    shown = (b"1 0 0 1 %d %d Tm (%s) Tj" % (x, y, _escaped(words)) for x, y, words in text)
    return b"BT /F1 11 Tf " + b" ".join(shown) + b" ET"


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def pdf(*pages: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of these pages, written as the standard says; `trailer` holds more entries of its end."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, drawn in enumerate(pages):
        font = b"/Resources << /Font << /F1 3 0 R >> >>"
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s /Contents %d 0 R >>" % (font, 5 + 2 * number)
        )
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _numbered(parts, trailer)


def _numbered(parts: Sequence[bytes], trailer: bytes) -> bytes:
    written, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, trailer, len(written))
    return written + head + table + end


def locked() -> bytes:
    """Return a PDF that asks for a password: nobody knows the one that these keys were made of."""
    keys = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    return pdf(page(lines("Nobody reads this")), trailer=keys)
