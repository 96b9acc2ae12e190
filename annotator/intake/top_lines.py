"""What one line at the top of an article says by its words alone: a label, an address, a byline, a date."""

import re
from dataclasses import dataclass

from annotator.intake.bylines import Byline, read_bare_byline, read_byline
from annotator.intake.dates import FoundDate, find_date
from annotator.intake.lines import Line, is_caption, is_correction
from annotator.model.zones import ZoneKind

_LONGEST_DATE_LINE = 100
_LONGEST_VALUE = 80
_FEW_WORDS = 6
_SHORT = 12

_LABEL = re.compile(
    r"(?P<label>title|headline|date|published(?: (?:on|at|date))?|publication date|pubdate|updated|author|authors"
    r"|byline|source|publisher|outlet|url|link|language|section|category|titel|datum|autor|quelle|titre|auteur|título"
    r"|fecha|fuente)(?:\s*[:=]\s*|\t|\s+(?=\d{4}-\d\d-\d\d))(?P<value>\S.*)",
    re.IGNORECASE,
)
_TITLES = frozenset({"title", "headline", "titel", "titre", "título"})
_AUTHORS = frozenset({"author", "authors", "byline", "autor", "auteur"})
_PUBLISHERS = frozenset({"publisher", "outlet", "source", "quelle", "fuente"})
_URL = re.compile(r"https?://\S+")
_UPDATED = re.compile(
    r"\b(?:updated|modified|aktualisiert|mis à jour|actualizado|atualizado|aggiornato|обновлено|تحديث)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TopLine:
    """What a line says; "" and None stand for what it does not say.

    Attributes:
        kind: the zone kind that its words tell.
        title: the headline, of a line such as "Title: ...".
        byline: the authors it names.
        date: the date it is about.
        updated: whether that is the date of a change.
        publisher: of a line such as "Source: ...".
        url: the address it gives.
    """

    kind: ZoneKind
    title: str = ""
    byline: Byline | None = None
    date: FoundDate | None = None
    updated: bool = False
    publisher: str = ""
    url: str = ""


def read_top_line(text: str, line: Line, *, day_first: bool, titled: bool) -> TopLine | None:
    """Return what a short line says by its words, or None where only its place can tell.

    Args:
        text: the whole text.
        line: the line in it.
        day_first: how dates such as "3/4/2022" are read.
        titled: whether something that may be a headline stands above, so that a bare name may be a byline.
    """
    words = text[line.block.start : line.block.end]
    if (label := _LABEL.fullmatch(words)) and (
        labelled := _labelled(label["label"].lower(), label["value"].strip(), day_first=day_first)
    ):
        return labelled
    if _URL.fullmatch(words):
        return TopLine("boilerplate", url=words)
    return _dated(words, day_first=day_first, titled=titled) or _told_apart(text, line)


def _labelled(label: str, value: str, *, day_first: bool) -> TopLine | None:
    if label in _TITLES:
        return TopLine("headline", title=value)
    address = _URL.search(value)
    url = address[0] if address else ""
    date = find_date(value, day_first=day_first)
    if date:
        kind: ZoneKind = "dateline" if _is_date_line(value, date) else "boilerplate"
        return TopLine(kind, date=date, updated=label == "updated", url=url)
    # "Source: minister will resign" is a headline, not a label.
    if len(value) > _LONGEST_VALUE or (not url and len(value.split()) > _FEW_WORDS):
        return None
    if label in _AUTHORS:
        return TopLine("byline", byline=read_byline(f"Author: {value}") or Byline((value,), ""))
    return TopLine("boilerplate", url=url, publisher="" if url or label not in _PUBLISHERS else value)


def _dated(words: str, *, day_first: bool, titled: bool) -> TopLine | None:
    """Return the line as a byline or as a line that is little more than a date."""
    date = find_date(words, day_first=day_first) if len(words) <= _LONGEST_DATE_LINE else None
    updated = bool(date and _UPDATED.search(words[: date.start]))
    byline = read_byline(words)
    if not byline and titled and (date or "," in words or "|" in words):
        byline = read_bare_byline(words)
    if byline and (byline.authors or titled):
        return TopLine("byline", byline=byline, date=date, updated=updated)
    return TopLine("dateline", date=date, updated=updated) if date and _is_date_line(words, date) else None


def _told_apart(text: str, line: Line) -> TopLine | None:
    if is_correction(text, line.block):
        return TopLine("correction_note")
    if is_caption(text, line.block):
        return TopLine("caption")
    return TopLine("boilerplate") if line.cue else None


def _is_date_line(words: str, date: FoundDate) -> bool:
    """Return whether little more than a date stands there: "Published Tuesday, 11 January 2022, 10:30"."""
    rest = f"{words[: date.start]} {words[date.end :]}".strip()
    sentence = rest.endswith(".") and len(rest) > _SHORT
    return not sentence and len(re.findall(r"[^\W\d_]+", rest)) <= _FEW_WORDS
