"""Turns the bytes of a text file into characters, or says why they are none."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from annotator.errors import Refused
from annotator.i18n import _
from annotator.intake import single_byte
from annotator.model.invisible import places
from annotator.model.text import normalise

MAX_BYTES = 50_000_000

_HIRAGANA = re.compile("[\u3041-\u3096]")

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
_WITH_NULS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
# ISO-2022 is ASCII throughout; what changes the alphabet tells it.
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp_ext"), (b"\x1b$@", "iso2022_jp_ext"))
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

    First what a BOM, NULs or escapes tell of UTF-32, UTF-16 and ISO-2022, then UTF-8, then the old encodings of one
    byte a character by the letters they give, then what charset-normalizer finds.

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
    """Return how many characters the text has that nobody sees and that are shown marked (`model.invisible`)."""
    return len(places(text))


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
        return _old_encoding(data, file)
    try:
        errors = "surrogatepass" if encoding.startswith("utf") else "strict"
        return data.decode(encoding, errors), encoding.replace("_", "-")
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, encoding, file) from None


def _unicode_encoding(data: bytes) -> str:
    """Return the encoding that a BOM, NULs or escapes tell, else "utf-8"."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[: _LOOK_AT & ~3]
    if b"\x00" in start:
        return _with_nuls(start)
    return next((encoding for sign, encoding in _ESCAPES if sign in start), "utf-8")


def _with_nuls(sample: bytes) -> str:
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # ASCII letters in UTF-16 have a NUL as every second byte; other files have NULs on both sides or none.
    if odd * 3 > half and even * 50 <= half:
        return "utf-16-le"
    if even * 3 > half and odd * 50 <= half:
        return "utf-16-be"
    if not _is_binary(sample):
        return "utf-8"  # a stray NUL
    return next((encoding for encoding in _WITH_NULS if _reads_well(sample, encoding)), "utf-8")


def _reads_well(sample: bytes, encoding: str) -> bool:
    """Tell whether bytes with NULs are a text of any script: in a wrong order they give odd signs and no spaces."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    odd = sum(1 for character in text if unicodedata.category(character) in _NO_TEXT and character not in "\t\n\f\r")
    breaks = sum(map(text.count, " \n、。，"))
    return odd * 50 <= len(text) <= breaks * 50


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


def _is_binary(data: bytes) -> bool:
    controls = _control_bytes(data)
    # A stray NUL or two in a text are replaced and counted; more of them are another kind of file.
    return controls * 50 > min(len(data), _LOOK_AT) and controls > 2  # noqa: PLR2004 - "a stray one or two"


def _refuse_binary(data: bytes, file: str) -> None:
    if _is_binary(data):
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


def _old_encoding(data: bytes, file: str) -> tuple[str, str]:
    first = next(offset for offset, byte in enumerate(data) if byte >= 0x80)  # noqa: PLR2004 - ASCII ends there
    if not data.translate(None, bytes(range(0x80)) + _NEVER_ALONE):
        raise _undecodable(data, first, "utf-8", file)
    fit = single_byte.fitting(data, first)
    encoding = fit.encoding if fit else _by_charset_normalizer(data, first)
    name = encoding.replace("_", "-")
    if fit and fit.undefined >= 0:
        raise _undecodable(data, fit.undefined, name, file)
    if encoding in {"", "ascii", "utf_8"}:
        raise _undecodable(data, first, "utf-8", file)
    try:
        return data.decode(encoding), name
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, name, file) from None


def _by_charset_normalizer(data: bytes, around: int) -> str:
    start = max(0, min(around - _SAMPLE // 2, len(data) - _SAMPLE))
    sample = data[start : start + _SAMPLE]
    return _japanese(sample) or _likely(sample, among=_USUAL) or _likely(sample, but=_NOT_WITHOUT_A_SIGN)


def _japanese(sample: bytes) -> str:
    """Return which Japanese encoding gives a text with as many hiragana as Japanese has, "" for none.

    In a short text what charset-normalizer counts is too little to tell it from Korean.
    """
    for encoding in ("cp932", "euc_jp"):
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
        beyond = sum(1 for character in text if character > "\x7f")
        if len(_HIRAGANA.findall(text)) * 5 >= beyond and "\ufffd" not in text:
            return encoding
    return ""


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
