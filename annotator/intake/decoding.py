"""Turns the bytes of a text file into characters, or says why they are none."""

import codecs
import re
from dataclasses import dataclass

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.text import normalise

MAX_BYTES = 50_000_000

# Bidi controls and zero-width characters: they are kept, but a person should know that they are there.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP picture"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"OggS", "a sound"),
    (b"ID3", "a sound"),
)
_KINDS_OF_TEXT = {"a PDF document", "an RTF document"}  # they may do without a single control byte
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint presentation (PPTX)"),
    (b"opendocument.text", "an OpenDocument text (ODT)"),
    (b"application/epub", "an e-book (EPUB)"),
)

# ESC belongs to ISO-2022 encodings; tab, line feed, form feed and carriage return to any text.
_CONTROL_BYTES = bytes(set(range(32)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_HIGH = bytes(range(0x80, 0x100))
# Any bytes of an even number are UTF-16, and UTF-7 is ASCII: they count where a BOM or NULs speak for them.
_NOT_WITHOUT_A_SIGN = ["utf_7", "utf_8", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]
_USUAL = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r", "koi8_u",
    "cp874", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949", "iso8859_2", "iso8859_15",
]  # fmt: skip
"""What text files are in. Of a few accents the others explain as much: by them, “no” becomes ônoö."""
_PREFERRED = "cp1252"
_CLOSE = 0.05  # how much worse Windows-1252, the commonest by far, may fit and is still taken
_NEVER_ALONE = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFE, 0xFF))
"""Bytes that Windows-1252 lacks, or has for letters that no text has without others: in plain ASCII they are damage."""
_LOOK_AT = 1 << 16  # bytes that are looked at to tell text from something else
_SAMPLE = 1 << 16  # bytes that the encoding is guessed from


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's normalised text and what became of its bytes.

    Attributes:
        text: the text in its final form.
        encoding: Python's name of the encoding that was read, "utf-8" also with a BOM.
        replaced: characters that became U+FFFD because they cannot be stored.
        invisible: bidi controls and zero-width characters, which are kept.
    """

    text: str
    encoding: str
    replaced: int
    invisible: int


def decode(data: bytes, file: str) -> Decoded:
    """Return the characters of a text file.

    UTF-8 is tried first, then the UTF-32 and UTF-16 BOMs, then UTF-16 without one, then what charset-normalizer finds.

    Raises:
        Refused: too large, empty, no text, or not decodable; with the file, and the line where it is known.
    """
    if len(data) > MAX_BYTES:
        what = _("the file has {size} MB, the most is {most} MB").format(
            size=-(-len(data) // 1_000_000), most=MAX_BYTES // 1_000_000
        )
        raise Refused(what, do=_("split it into articles"), file=file)
    raw, encoding = _decoded(data, file)
    normalised = normalise(raw)
    if not normalised.text or normalised.text.isspace():
        what = _("the file is empty") if not data else _("the file holds nothing but white space")
        raise Refused(what, do=_("choose a file with an article in it"), file=file)
    return Decoded(normalised.text, encoding, normalised.replaced, count_invisible(normalised.text))


def count_invisible(text: str) -> int:
    """Return how many bidi controls, zero-width characters and soft hyphens the text has."""
    return 0 if text.isascii() else sum(1 for _match in _INVISIBLE.finditer(text))


def _decoded(data: bytes, file: str) -> tuple[str, str]:
    _refuse_known_kinds(data, file)
    encoding = _unicode_encoding(data)
    if encoding == "utf-8":
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            _refuse_broken_utf8(data, error, file)
        else:
            _refuse_binary(data, file)
            return text, encoding
        _refuse_binary(data, file)
        return _by_charset_normalizer(data, file)
    try:
        return data.decode(encoding, "surrogatepass"), encoding
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, encoding, file) from None


def _unicode_encoding(data: bytes) -> str:
    """Return the encoding that a BOM or a pattern of NULs tells, else "utf-8"."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[: _LOOK_AT & ~1]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # ASCII letters in UTF-16 have a NUL as every second byte; other files have NULs on both sides or none.
    if odd * 3 > half and even * 50 <= half:
        return "utf-16-le"
    if even * 3 > half and odd * 50 <= half:
        return "utf-16-be"
    return "utf-8"


def _refuse_known_kinds(data: bytes, file: str) -> None:
    kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if data.startswith(b"PK\x03\x04"):
        kind = next((kind for part, kind in _ZIP_KINDS if part in data), "a ZIP archive")
    if data[4:8] == b"ftyp":
        kind = "a film or sound (MP4)"
    # A text may begin with "GIF8" or "RIFF" as a word; a picture has bytes that no text has.
    if kind and (kind in _KINDS_OF_TEXT or _control_bytes(data)):
        what = _("this is {kind}, not a text").format(kind=kind)
        raise Refused(what, do=_("save it as plain text, or paste its text"), file=file)


def _control_bytes(data: bytes) -> int:
    sample = data[:_LOOK_AT]
    return len(sample) - len(sample.translate(None, _CONTROL_BYTES))


def _refuse_binary(data: bytes, file: str) -> None:
    controls = _control_bytes(data)
    # A stray NUL or two in a text are replaced and counted; more of them are another kind of file.
    if controls * 50 > min(len(data), _LOOK_AT) and controls > 2:  # noqa: PLR2004 - "a stray one or two"
        raise Refused(
            _("this is no text: it is full of control bytes"), do=_("choose a text file, or paste its text"), file=file
        )


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> None:
    """Refuse UTF-8 with a few broken bytes: guessing another encoding would garble every other character of it."""
    text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    good = sum(1 for _match in re.finditer("[^\x00-\x7f\ufffd]", text))
    # Legacy text has a valid sequence by accident only: hardly ever where most bytes are ASCII.
    if (good >= 3 and broken * 4 <= good) or (good and broken <= good and _is_ascii(data, 80)):  # noqa: PLR2004 - as said
        raise _undecodable(data, error.start, "utf-8", file) from None


def _undecodable(data: bytes, offset: int, encoding: str, file: str) -> Refused:
    what = _("byte {value} at offset {offset} is not {encoding}").format(
        value=f"0x{data[offset]:02x}", offset=offset, encoding=encoding.upper()
    )
    line = data.count(b"\n", 0, offset) + 1
    return Refused(what, do=_("correct that place, or save the file as UTF-8"), file=file, line=line)


def _by_charset_normalizer(data: bytes, file: str) -> tuple[str, str]:
    first = next(offset for offset, byte in enumerate(data) if byte >= 0x80)  # noqa: PLR2004 - ASCII ends there
    if not data.translate(None, bytes(range(0x80)) + _NEVER_ALONE):
        raise _undecodable(data, first, "utf-8", file)
    start = max(0, min(first - _SAMPLE // 2, len(data) - _SAMPLE))
    sample = data[start : start + _SAMPLE]
    encoding = _likely(sample, among=_USUAL) or _likely(sample, but=_NOT_WITHOUT_A_SIGN)
    if encoding in {"", "ascii", "utf_8"}:
        raise _undecodable(data, first, "utf-8", file)
    try:
        return data.decode(encoding), encoding.replace("_", "-")
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, encoding.replace("_", "-"), file) from None


def _likely(sample: bytes, *, among: list[str] | None = None, but: list[str] | None = None) -> str:
    """Return the encoding that fits best, Windows-1252 where it fits about as well; "" for none.

    Which language a text is in says something of its encoding only where it has more than a few letters beyond ASCII.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - loaded only for the few files that need it

    few = _is_ascii(sample, 97)
    matches = from_bytes(sample, cp_isolation=among, cp_exclusion=but)
    best = matches.best()
    if best is None:
        return ""
    for match in matches:
        close = match.chaos <= best.chaos + _CLOSE and (few or match.coherence >= best.coherence - _CLOSE)
        if close and _PREFERRED in match.could_be_from_charset:
            return _PREFERRED
    return best.encoding


def _is_ascii(data: bytes, percent: int) -> bool:
    """Tell whether more than so many of a hundred bytes are ASCII."""
    return len(data.translate(None, _HIGH)) * 100 > len(data) * percent
