"""What kind of file some bytes are, by the bytes themselves, and which kinds may be handed to another program."""

import re
from typing import Final

UNKNOWN: Final = "application/octet-stream"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"

_HEAD: Final = 1024
"""Bytes at the start in which a kind shows."""

_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""What stands in no text (ESC does: terminals colour with it)."""

_BEGINS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
)

SUFFIX_OF: Final[dict[str, str]] = {
    PDF: ".pdf",
    "audio/flac": ".flac",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    TEXT: ".txt",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
}
"""The kinds that may be opened, with the ending that a copy gets: never the ending that somebody gave the file.

Not among them is what fetches or runs things when it is opened: web pages, drawings in SVG, office documents, archives.
"""


def media_type(content: bytes) -> str:
    """Return the media type of a file's bytes; `UNKNOWN` for what is not recognised."""
    head = content[:_HEAD]
    found = next((kind for begin, kind in _BEGINS if head.startswith(begin)), "")
    if found:
        return found
    if b"%PDF-" in head:
        return PDF
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
    return _of_text(content, head)


def _of_text(content: bytes, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start or b"multipart/related" in start:
        return HTML
    text = None if start[:1] == b"<" else text_of(content)
    return UNKNOWN if text is None or _CONTROL.search(text) else TEXT


def text_of(content: bytes) -> str | None:
    """Return the text of bytes that are plain UTF-8 or UTF-16 with its mark, None for anything else."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
