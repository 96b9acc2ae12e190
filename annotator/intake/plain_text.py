"""Plain text, from a file or the clipboard, to what an article version is made of."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from annotator.errors import Refused
from annotator.i18n import _, ngettext
from annotator.intake.decoding import count_invisible, decode
from annotator.intake.language import guess
from annotator.intake.metadata import read_metadata
from annotator.intake.zones import FoundZone, find_zones
from annotator.model.text import normalise

_UNICODE = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as read from plain text; "" stands for what the text does not say.

    Attributes:
        text: the normalised text; all offsets count its code points.
        title: the headline, else the name it came under, else its first words.
        authors: as the byline writes them.
        published: `2022-01-11T00:00:00.000000Z`.
        published_precision: "instant", "day", "month" or "unknown".
        publisher: outlet or agency, where the text names it.
        language: ISO 639-1 code.
        url: the article's address, where the text gives it.
        zones: sorted, without overlaps; set by rule.
        encoding: what the bytes were read as, "" for text that came as characters.
        replaced: characters that could not be stored and became U+FFFD.
        invisible: bidi controls, zero-width characters and soft hyphens, which are kept.
        notes: what a person should look at, as finished sentences.
        byte_notes: those of them that tell what became of the bytes.
    """

    text: str
    title: str
    authors: tuple[str, ...]
    published: str
    published_precision: str
    publisher: str
    language: str
    url: str
    zones: tuple[FoundZone, ...]
    encoding: str
    replaced: int
    invisible: int
    notes: tuple[str, ...]
    byte_notes: tuple[str, ...]


def read_text(text: str, *, name: str = "") -> Reading:
    """Return the article in a text, such as a pasted one.

    Args:
        text: the characters; they are normalised here.
        name: the title to take where the text has no headline.

    Raises:
        Refused: nothing but white space.
    """
    normalised = normalise(text)
    if not normalised.text or normalised.text.isspace():
        raise Refused(_("the text is empty"), do=_("paste or choose the text of an article"), file=name)
    return _reading(normalised.text, name, replaced=normalised.replaced, invisible=count_invisible(normalised.text))


def read_bytes(data: bytes, *, file: str) -> Reading:
    """Return the article in the bytes of a text file.

    Args:
        data: all bytes of the file.
        file: its path, for messages; its name is the title where the text has no headline.

    Raises:
        Refused: the file is too large, empty, no text or not decodable.
    """
    decoded = decode(data, file)
    reading = _reading(decoded.text, PurePath(file).stem, replaced=decoded.replaced, invisible=decoded.invisible)
    reading = replace(reading, encoding=decoded.encoding)
    if decoded.encoding in _UNICODE:
        return reading
    note = _("The file was read as {encoding}; check that accents and quotation marks are right.")
    told = (note.format(encoding=decoded.encoding),)
    return replace(reading, notes=reading.notes + told, byte_notes=reading.byte_notes + told)


def _reading(text: str, name: str, *, replaced: int, invisible: int) -> Reading:
    language = guess(text)
    # English is written on both sides of the question whether 3/4/2022 is in March or in April.
    zoned = find_zones(text, day_first=language not in {"", "en"})
    said = read_metadata(text, zoned, name=name)
    notes: list[str] = []
    if replaced:
        one = "{n} character cannot be stored and was replaced by U+FFFD."
        notes.append(ngettext(one, "{n} characters cannot be stored and were replaced by U+FFFD.", replaced))
    if invisible:
        one = "{n} invisible character (writing direction or zero width) is in the text."
        notes.append(
            ngettext(one, "{n} invisible characters (writing direction or zero width) are in the text.", invisible)
        )
    return Reading(
        text=text,
        title=said.title,
        authors=said.authors,
        published=said.published,
        published_precision=said.published_precision,
        publisher=said.publisher,
        language=language,
        url=said.url,
        zones=zoned.zones,
        encoding="",
        replaced=replaced,
        invisible=invisible,
        notes=(*said.notes, *notes),
        byte_notes=tuple(notes),
    )
