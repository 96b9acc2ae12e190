"""What a worker process does with the bytes of a snapshot: their text, and whether quotes stand in it.

Nothing here opens a file or asks the network for anything, whatever the bytes say (storage.md, S1).
"""

import re
from typing import Final, Literal

import msgspec

from annotator.errors import Refused
from annotator.intake.decoding import MAX_BYTES, decode
from annotator.model import media
from annotator.model.quoting import PrintedText

Outcome = Literal["text", "no text", "kind", "locked", "broken", "cut", "long"]
"""What became of it: all of its text; none in it; no kind that has text; a password; damage; not whole; too long."""

MOST: Final = 20_000_000
"""Code points of the longest text in which quotes are looked for."""

_PAGE: Final = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


class Extract(msgspec.Struct, frozen=True):
    """The text of a snapshot; "" unless the outcome is "text". `silent` counts pages that are pictures without text."""

    outcome: Outcome
    text: str = ""
    silent: int = 0


class Search(msgspec.Struct, frozen=True):
    """A text and the quotes to look for in it."""

    text: str
    quotes: tuple[str, ...]


class Spot(msgspec.Struct, frozen=True):
    """Whether a quote stands in a text, and on which page, 0 for a text without pages."""

    found: bool
    page: int = 0


def read(content: bytes) -> Extract:
    """Return the text of a snapshot's bytes, whole or not at all."""
    kind = media.media_type(content)
    if kind == media.PDF:
        return _read_pdf(content)
    if kind not in {media.HTML, media.TEXT, media.UNKNOWN}:
        return Extract("kind")
    if len(content) > MAX_BYTES:
        return Extract("long")
    try:
        return _extract(_text_of(content, kind))
    except Refused:
        return Extract("kind")


def search(asked: Search) -> tuple[Spot, ...]:
    """Look for quotes in a text."""
    text = PrintedText(asked.text)
    pages = [text.page_of(quote) for quote in asked.quotes]
    return tuple(Spot(page is not None, page or 0) for page in pages)


def _extract(text: str | None, silent: int = 0) -> Extract:
    if text is None:
        return Extract("cut")
    if not text.strip():
        return Extract("no text", silent=silent)
    return Extract("text", text, silent) if len(text) <= MOST else Extract("long")


def _text_of(content: bytes, kind: str) -> str | None:
    """Return the text of a page or a text file, None where it is not whole. Raises Refused for what is no text."""
    from annotator.intake import page_bytes  # noqa: PLC0415 - a PDF does without

    if page_bytes.is_archive(content):
        return _text_of_pages(list(page_bytes.archived_pages(content)))
    if kind == media.TEXT:
        text = decode(content, "").text
        return _text_of_pages([text]) if _PAGE.match(text) else text
    text = page_bytes.characters(content)
    return _text_of_pages([text]) if kind == media.HTML or text.lstrip().startswith("<") else text


def _text_of_pages(pages: list[str]) -> str | None:
    from annotator.intake.page_text import CutError, text_of_page  # noqa: PLC0415 - text files do without

    try:
        return "\n\n".join(map(text_of_page, pages))
    except CutError:
        return None


def _read_pdf(content: bytes) -> Extract:
    from annotator.intake.pdf_text import BrokenError, LockedError, text_of_pdf  # noqa: PLC0415 - pages do without

    try:
        found = text_of_pdf(content, MOST)
    except LockedError:
        return Extract("locked")
    except BrokenError:
        return Extract("broken")
    return _extract(found.text, found.silent)
