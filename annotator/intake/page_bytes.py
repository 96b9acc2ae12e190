"""The characters of a saved page: out of the bytes of an HTML file, or of the parts of a web archive (MHTML)."""

import re
from collections.abc import Iterator
from typing import Final

from annotator.intake.decoding import decode

_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)
_HEAD: Final = 8192
"""Bytes at the start in which a page says how it is encoded."""

_MEANT: Final = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "windows-874": "cp874", "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman",
}  # fmt: skip
"""What pages mean by these names (WHATWG Encoding Standard, section 4.2): mostly a larger set than they say."""

_NO_CHARSETS: Final = re.compile(r"utf-?7|utf-?16|utf-?32|unicode", re.IGNORECASE)
"""Names that a page whose declaration could be read as ASCII does not mean."""


def characters(content: bytes, charset: str = "") -> str:
    """Return the characters of a page.

    A byte order mark tells the encoding, then the bytes themselves where they are UTF-8 with letters beyond ASCII,
    then what is said outside of the page (`charset`), then what the page declares; else it is guessed as of text files.

    Raises Refused for what is no text.
    """
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    declared = _DECLARED.search(content, 0, _HEAD)
    for name in (charset, declared[1].decode("ascii") if declared else ""):
        encoding = _MEANT.get(name.lower(), name)
        if encoding and not _is_utf8(content) and not _NO_CHARSETS.fullmatch(encoding):
            try:
                return content.decode(encoding, "replace")
            except LookupError:
                continue
    return decode(content, "").text


def _is_utf8(content: bytes) -> bool:
    """Tell whether bytes are UTF-8 for certain: with letters beyond ASCII, which are it hardly ever by chance."""
    if content.isascii():
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_archive(content: bytes) -> bool:
    """Tell whether bytes are a web archive, as browsers save "a page in one file"."""
    head = content[:4096].lower()
    return b"multipart/related" in head and b"mime-version:" in head and not head.lstrip().startswith(b"<")


def archived_pages(content: bytes) -> Iterator[str]:
    """Yield the characters of the pages in a web archive: the page itself, then those of its frames."""
    from email import message_from_bytes, policy  # noqa: PLC0415 - archives are few

    for part in message_from_bytes(content, policy=policy.compat32).walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                yield characters(body, str(part.get_content_charset() or ""))
