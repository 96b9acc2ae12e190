"""How a report words days, moments, addresses and statuses."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from annotator.formats.report.text import sayable
from annotator.i18n import _, noted
from annotator.model.moments import is_moment, read_moment
from annotator.model.span import Span
from annotator.model.status import DISAGREE, Status

_MONTHS: Final = (
    noted("January"),
    noted("February"),
    noted("March"),
    noted("April"),
    noted("May"),
    noted("June"),
    noted("July"),
    noted("August"),
    noted("September"),
    noted("October"),
    noted("November"),
    noted("December"),
)
_WEB: Final = re.compile(r"https?://[^\s<>\"'`\\^{}|]+", re.IGNORECASE)
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")

ICONS: Final = frozenset(
    {
        "alleged",
        "disputed",
        "confirmed",
        "refuted",
        "unverified",
        "unproven",
        "mixed",
        "not_checkable",
        "disagree",
        "none",
    }
)
"""The icons of statuses that a report has."""

TOKENS: Final = ICONS - {"disagree", "none"}
"""The colours of statuses that the theme files have."""

LINES: Final = frozenset({"solid", "dashed", "dotted", "dashdot", "longdash", "double", "zigzag", "wave"})


class Look(NamedTuple):
    """How a status is shown: never by its colour alone.

    Attributes:
        word: what it is called.
        icon: one of `ICONS`.
        token: one of `TOKENS`, or "none".
        line: one of `LINES`.
        definition: what it says, "" where nobody wrote that.
    """

    word: str
    icon: str
    token: str
    line: str
    definition: str = ""


class Looks:
    """How each status of a project is shown; the scheme is data, so nothing of it but words reaches the page."""

    def __init__(self, scheme: Sequence[Status]) -> None:
        self._looks = {one.key: _look(one) for one in scheme}

    def __getitem__(self, key: str) -> Look:
        """Return the look of a status; also of one that the scheme lacks."""
        known = self._looks.get(key)
        if known is not None:
            return known
        if not key:
            return Look(_("No status"), "none", "none", "dotted", _("Nobody has said what is held about it."))
        if key == DISAGREE:
            return Look(
                _("Annotators disagree"),
                "disagree",
                "none",
                "double",
                _("They hold different statuses, and nothing is decided."),
            )
        return Look(key, "none", "none", "solid")

    def __contains__(self, key: object) -> bool:
        return key in self._looks

    def keys(self) -> list[str]:
        """Return the scheme's statuses in its order."""
        return list(self._looks)


def _look(one: Status) -> Look:
    return Look(
        _(one.name) if one.name else one.key,
        one.icon if one.icon in ICONS else "none",
        one.token if one.token in TOKENS else "none",
        one.line if one.line in LINES else "solid",
        _(one.definition) if one.definition else "",
    )


def day(moment: str, precision: str = "day") -> str:
    """Return a written moment as a date, no more exact than it is known; "" for none."""
    if not is_moment(moment) or precision == "unknown":
        return ""
    when = read_moment(moment)
    if precision == "year":
        return str(when.year)
    month = _(_MONTHS[when.month - 1])
    if precision == "month":
        return _("{month} {year}").format(month=month, year=when.year)
    return _("{day} {month} {year}").format(day=when.day, month=month, year=when.year)


def instant(moment: str) -> str:
    """Return a written moment as day and minute, in UTC; "" for none."""
    if not is_moment(moment):
        return ""
    when = read_moment(moment)
    return _("{date}, {hour:02}:{minute:02} UTC").format(date=day(moment), hour=when.hour, minute=when.minute)


def web_address(url: str) -> str:
    """Return an address that may become a link, "" for anything but plain http and https without hidden characters."""
    if not _WEB.fullmatch(url) or sayable(url) != url:
        return ""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises for what is no number
    except ValueError:
        return ""
    return url if parts.hostname and "@" not in parts.netloc else ""


def language_tag(language: str) -> str:
    """Return a language as an attribute may name it, "" for what is no tag."""
    return language if _TAG.fullmatch(language) else ""


def on_one_line(text: str) -> str:
    """Return words without line breaks."""
    return " ".join(text.split())


def quoted(spans: Sequence[Span]) -> str:
    """Return the words of spans in the order of the text, on one line."""
    ordered = sorted(spans, key=lambda one: (one.start, one.end))
    return " … ".join(on_one_line(span.quote) for span in ordered)
