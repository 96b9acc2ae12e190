"""Reads who published an article, when, and who wrote it, from its zones."""

import re
from dataclasses import dataclass

from annotator.i18n import _
from annotator.intake.dates import find_date
from annotator.intake.zones import Zoned

_LONGEST_TITLE = 90
_COPYRIGHT = re.compile(
    r"^\W{0,3}(?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?\s*)?(?P<name>[^\n.,|©]{2,60})",
    re.IGNORECASE | re.MULTILINE,
)
_URL_DATE = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")
_FOOT = 20_000  # code points at the end of the text where a copyright line may stand


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says about itself; "" (or no author) for what it does not say.

    Attributes:
        title: the headline; without one the name it came under, or its first words.
        published: `2022-01-11T00:00:00.000000Z`.
        published_precision: "instant", "day", "month", or "unknown" where nothing is published.
        notes: what a person should look at, as finished sentences.
    """

    title: str
    authors: tuple[str, ...]
    published: str
    published_precision: str
    publisher: str
    url: str
    notes: tuple[str, ...]


def read_metadata(text: str, zoned: Zoned, *, name: str) -> Metadata:
    """Return what the zones say about the article, and what is to be looked at."""
    head, notes = zoned.head, list[str]()
    title = head.title
    if not title:
        title = name or _first_words(text)
        notes.append(_("No headline was found; the title is “{title}”.").format(title=title))
    bylines = [*(said.byline for said in head.told if said.byline), *zoned.closing_bylines]
    published, precision = _published(zoned)
    if not published and any(said.date for said in head.told):
        notes.append(_("The date can be read with the day or the month first; please set it."))
    elif not published:
        notes.append(_("No publication date was found."))
    return Metadata(
        title=" ".join(title.rstrip(" ;").split()),
        authors=tuple(dict.fromkeys(author for byline in bylines for author in byline.authors)),
        published=published,
        published_precision=precision,
        publisher=_publisher(text, zoned),
        url=_url(zoned),
        notes=tuple(notes),
    )


def _url(zoned: Zoned) -> str:
    return next((said.url for said in zoned.head.told if said.url), "")


def _published(zoned: Zoned) -> tuple[str, str]:
    # The day it came out is asked for, so a change counts last; and a day is surer than a month, wherever it stands.
    dated = [said for said in zoned.head.told if said.date and said.date.value]
    dated.sort(key=lambda said: (said.date is not None and said.date.precision == "month", said.updated))
    date = dated[0].date if dated else None
    if not date and (in_url := _URL_DATE.search(_url(zoned))):
        date = find_date("-".join((in_url[1], in_url[2].zfill(2), in_url[3].zfill(2))), day_first=True)
    return (date.value, date.precision) if date else ("", "unknown")


def _publisher(text: str, zoned: Zoned) -> str:
    told = zoned.head.told
    stated = next((said.publisher for said in told if said.publisher), "")
    written = next((said.byline.publisher for said in told if said.byline and said.byline.publisher), "")
    if stated or written or zoned.agency:
        return stated or written or zoned.agency
    foot = next((zone.start for zone in reversed(zoned.zones) if zone.kind == "body"), 0)
    owner = _COPYRIGHT.search(text[max(foot, len(text) - _FOOT) :])
    return owner["name"].strip() if owner else ""


def _first_words(text: str) -> str:
    words = " ".join(text[: 4 * _LONGEST_TITLE].split())
    return words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
