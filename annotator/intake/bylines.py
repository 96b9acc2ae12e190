"""Reads bylines and agency datelines: who wrote it, for whom, from where."""

import re
from dataclasses import dataclass

from annotator.intake.dates import MONTH, find_date

_LONGEST_BYLINE = 160
_LONGEST_DATELINE = 110

# "By" and its like may stand before small letters ("By our reporter"); words that begin a sentence as well may not.
_SURE = re.compile(
    r"(?:written by|reporting by|words by|story by|posted by|by|author|authors|autor|autorin|autores|auteur"
    r"|autore|автор|авторы"
    r"|текст|text|words|reporter|redaktion|بقلم|كتب)(?:\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"(?:Von|VON|Par|PAR|Por|POR|Di|DI|De|Da|Door|Av|Af|Przez|От|С)\s+(?=\S)")
_NAME_TOKEN = re.compile(r"[^\W\d_a-zà-ÿа-я][\w.’'‑-]*|[^\W\d_]\.")
_SMALL_WORDS = """
and und et y e и й & de der den del della di da du dos van von zu al el la le bin ibn ter ten in
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_AND = re.compile(r"\s*(?:,|;|\s(?:and|und|et|y|e|и|i|en|och|og|&|و)\s)\s*")
_ROLE = re.compile(
    r"(?:staff|senior|chief|political|foreign)?\s*\b(?:writer|reporter|correspondent|editor|staff|contributor"
    r"|columnist|bureau"
    r"|redakteur\w*|korrespondent\w*|journaliste|корреспондент|обозреватель)\b|^(?:in|aus|à|en|from)\s",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*(?:[|•·/]|\s[–—-]\s)\s*")
_WHEN_WORDS = re.compile(
    r"(?:,?\s*\b(?:published|posted|updated|last updated|on|veröffentlicht|aktualisiert|am|publié|le|publicado"
    r"|el|pubblicato|il)\b:?)+$",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\(?(?:(?:additional )?reporting|writing|edited|editing) by [^.]{2,140}\)?\.?", re.IGNORECASE)

AGENCIES = (
    "Reuters|AP|Associated Press|AFP|UPI|dpa|epd|KNA|sid|APA|ANSA|EFE|TASS|ТАСС|РИА Новости|Интерфакс|Interfax"
    "|RIA Novosti|Xinhua"
    "|PAP|ANP|TT|NTB|Ritzau|Belga|Lusa|Europa Press|Anadolu|AA|DHA|PTI|ANI|IANS|Kyodo|Yonhap|Bloomberg|CNN|BBC"
    "|MTI|СИ|أ ف ب|رويترز|واس"
)
_AGENCY_RE = re.compile(rf"(?<!\w)(?:{AGENCIES})(?!\w)")
_OUTLET = re.compile(
    r"\b\w*(?:News|Times|Post|Press|Agency|Agence|Agentur|Media|Tribune|Herald|Gazette|Zeitung|Staff"
    r"|Новости)\b(?! Editor)"
)

_PLACE = r"[^\W\d_][\w.’' -]{1,40}"
_PLACES = rf"{_PLACE}(?:[,/]\s?{_PLACE}){{0,2}}"
_WHEN = rf"(?:,?\s+(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\.?\s+(?:de\s+)?{MONTH})(?:,?\s+\d{{4}})?)"
_DASH = r"\s?(?:[—–―]|--|[.]?-(?=\s)|:(?=\s))\s*"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACES}?)(?P<when>{_WHEN})?\.?(?P<agency>\s\((?P<name>[^()\d]{{2,30}})\))?\.?{_DASH}"
)
_SHORTEST_TOWN = 3
_AGENCY_AFTER = re.compile(rf"(?:{AGENCIES})\.\s+")


@dataclass(frozen=True, slots=True)
class Byline:
    """The people and organisations a byline names, as written, and the agency or outlet among them ("" for none)."""

    authors: tuple[str, ...]
    publisher: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """The part of a paragraph before its text: "RIVERTON, March 14 (Agency) —".

    Attributes:
        length: code points from the paragraph's start to the end of the dash.
        gap: code points from the paragraph's start to the first of its text, `length` and white space.
        agency: the agency that is named, "" for none.
    """

    length: int
    gap: int
    agency: str


def read_byline(line: str) -> Byline | None:
    """Return who a line names as its authors, or None where it is no byline."""
    if len(line) > _LONGEST_BYLINE:
        return None
    if _CREDIT.fullmatch(line):
        return Byline((), "")
    sure = _SURE.match(line)
    lead = sure or _UNSURE.match(line)
    if not lead:
        return None
    rest = line[lead.end() :]
    names, dated = _without_date(rest)
    if not names or not _looks_like_names(
        names, lenient=bool(sure) and (dated or lead[0].rstrip().endswith(":")), sure=bool(sure)
    ):
        return None
    return _byline(names)


def read_bare_byline(line: str) -> Byline | None:
    """Return who "Jane Doe | Agency" or "Jane Doe, Staff Writer" names; for places where a byline is due."""
    if len(line) > _LONGEST_BYLINE or line[-1] in ".!?:…":
        return None
    names, _dated = _without_date(line)
    words = names.split()
    if not 2 <= len(words) <= 12 or not _looks_like_names(names, lenient=False, sure=False):  # noqa: PLR2004 - of a name
        return None
    return _byline(names)


def read_dateline(start: str) -> Dateline | None:
    """Return the dateline that a paragraph begins with, if it has one; `start` is its first 200 code points or so."""
    head = start[:_LONGEST_DATELINE]
    match = _DATELINE.match(head)
    if not match:
        return None
    name = (match["name"] or "").strip()
    agency = bool(_AGENCY_RE.search(name) or _OUTLET.search(name))
    town = match["place"].split(",")[0].split("/")[0]
    capitals = town.isupper() and len(town) >= _SHORTEST_TOWN
    dated = bool(match["when"]) and (capitals or match["when"].startswith(","))
    # "SPEAKER: words" is a transcript, so a colon needs more behind the place than capitals.
    if not (agency or dated or (capitals and not match[0].rstrip().endswith(":"))):
        return None
    end = match.end()
    if not agency and (after := _AGENCY_AFTER.match(head, end)):
        end, name, agency = after.end(), after[0].rstrip(". "), True
    return Dateline(len(head[:end].rstrip()), end, name if agency else "")


def _without_date(names: str) -> tuple[str, bool]:
    """Return the words before the date (and its "Published on"), and whether there was one."""
    date = find_date(names, day_first=False)
    if not date:
        return names.strip(" ,;|"), False
    before = names[: date.start].rstrip(" ,;|•·–—-(")
    return _WHEN_WORDS.sub("", before).rstrip(" ,;|•·–—-("), True


def _looks_like_names(names: str, *, lenient: bool, sure: bool) -> bool:
    tokens = re.sub(r"[,;|•·/–—&()]", " ", names).split()
    if not 1 <= len(tokens) <= (14 if sure else 10) or (names[-1] in ".!?…" and not names.endswith(("Jr.", "Sr."))):
        return False
    if lenient or (tokens[0].lower() == tokens[0].upper()):  # scripts without capitals
        return len(tokens) <= 8  # noqa: PLR2004 - more words than that are a sentence
    named = sum(bool(_NAME_TOKEN.match(token)) for token in tokens)
    small = [token for token in tokens if not _NAME_TOKEN.match(token) and token.lower() not in _PARTICLES]
    roles = _ROLE.search(names)
    if sure:
        return named >= 1 and (bool(roles) or len(small) <= (1 if len(tokens) <= 4 else 0))  # noqa: PLR2004 - "bne News"
    return named >= 1 and (not small or bool(roles and "," in names)) and bool(_NAME_TOKEN.match(tokens[0]))


def _byline(names: str) -> Byline:
    publisher = ""
    authors: list[str] = []
    for number, part in enumerate(_CUT.split(names)):
        for found in _AND.split(re.sub(r"\([^)]*\)", "", part)):
            name = found.strip(" ,;")
            if not name or (_ROLE.search(name) and (authors or number)):
                continue
            outlet = bool(_AGENCY_RE.fullmatch(name) or _OUTLET.search(name))
            publisher = publisher or (name if outlet else "")
            if not (outlet and authors):
                authors.append(name)
        if (agency := _AGENCY_RE.search(part)) and not publisher:
            publisher = agency[0]
    return Byline(tuple(dict.fromkeys(authors)), publisher)
