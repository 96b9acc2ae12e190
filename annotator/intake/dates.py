"""Finds written dates in short lines: "January 11, 2022", "11. Januar 2022", "11 января 2022 г.", "2022-01-11"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

Precision = Literal["instant", "day", "month", "unknown"]

# One row a month: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Ukrainian, Turkish,
# Arabic (of the Gulf, the Levant and the Maghreb).
_MONTH_WORDS = """
january jan januar jänner janvier enero ene gennaio gen janeiro januari stycznia styczeń января январь янв \
січня ocak يناير كانون_الثاني جانفي
february feb februar février févr febrero febbraio febbr fevereiro fev februari lutego luty февраля февраль фев \
лютого şubat فبراير شباط فيفري
march mar märz mär mars marzo março maart marca marzec марта март мар березня mart مارس آذار
april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель апр квітня nisan أبريل ابريل نيسان أفريل
may mai mayo maggio mag maio mei maja maj мая май травня mayıs مايو أيار ماي
june jun juni juin junio giugno giu junho czerwca czerwiec июня июнь июн червня haziran يونيو حزيران جوان
july jul juli juillet juil julio luglio lug julho lipca lipiec июля июль июл липня temmuz يوليو تموز جويلية
august aug août agosto ago augustus sierpnia sierpień августа август авг серпня ağustos أغسطس آب أوت
september sep sept septembre septiembre settembre sett setembro set września wrzesień сентября сентябрь сен \
сент вересня eylül سبتمبر أيلول
october oct oktober okt octobre octubre ottobre ott outubro out października październik октября октябрь окт \
жовтня ekim أكتوبر تشرين_الأول
november nov novembre noviembre novembro listopada listopad ноября ноябрь ноя листопада kasım نوفمبر تشرين_الثاني
december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień декабря декабрь дек \
грудня aralık ديسمبر كانون_الأول
"""
MONTHS = {
    word.replace("_", " "): number
    for number, row in enumerate(_MONTH_WORDS.strip().splitlines(), start=1)
    for word in row.split()
}
MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\b\.?"

_ZONE = r"(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}\b)"
_ISO = re.compile(
    rf"(?<!\d)(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?!\d)"
    rf"(?:(?:T|\s)(?P<h>\d{{2}}):(?P<min>\d{{2}})(?::(?P<s>\d{{2}})(?:\.\d{{1,9}})?)?\s?{_ZONE}?)?"
)
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|\.)?\s+(?:de\s+|of\s+)?(?P<m>{MONTH}),?\s+(?:de\s+|del\s+"
    rf"|of\s+)?(?P<y>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)", re.IGNORECASE
)
_MONTH_ONLY = re.compile(
    rf"(?<!\w)(?<!\d\s)(?<!\d\.\s)(?P<m>{MONTH}),?\s+(?:de\s+)?(?P<y>\d{{4}})(?!\d)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>\d{4})(?:[/.]|年\s?)(?P<m>\d{1,2})(?:[/.]|月\s?)(?P<d>\d{1,2})(?!\d)日?")
_NUMBERS = re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)")
_CLOCK = re.compile(
    rf",?\s*(?:at|um|à|a las|alle|às|в|-|–|\||•)?\s*(?P<h>\d{{1,2}})[:.](?P<min>\d{{2}})(?::\d{{2}})?\s*"
    rf"(?P<half>[ap]\.?m\.?)?\s*{_ZONE}",
    re.IGNORECASE,
)

_FIRST_YEAR = 1500  # before it there was no press; and numbers such as 1234 are seldom years
_LAST_YEAR = 2200
_MONTHS_A_YEAR = 12
_NOON = 12


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A written date.

    Attributes:
        start: code points from the line's start.
        end: half-open.
        value: its point in time, in UTC, as the dataset writes it; "" where it can be read in two ways.
        precision: how much is known; "unknown" where it can be read in two ways.
    """

    start: int
    end: int
    value: str
    precision: Precision


def stamp(moment: datetime) -> str:
    """Return the point in time as the dataset writes it: `2022-01-11T00:00:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def find_date(line: str, *, day_first: bool) -> FoundDate | None:
    """Return the first full date of a line, else the first month with a year.

    Args:
        line: a short text; callers cut long ones.
        day_first: whether "3/4/2022" is surely the third of April; if not, it is found, but has no value.
    """
    full = min(_full_dates(line, day_first=day_first), key=lambda date: (date.start, -date.end), default=None)
    return full or _month_only(line)


def _full_dates(line: str, *, day_first: bool) -> Iterator[FoundDate]:
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY, _YEAR_FIRST):
        for match in pattern.finditer(line):
            month = match["m"]
            number = MONTHS[_bare(month)] if not month.isdecimal() else int(month)
            if found := _found(line, match, (int(match["y"]), number, int(match["d"]))):
                yield found
                break
    for match in _NUMBERS.finditer(line):
        first, second = int(match["a"]), int(match["b"])
        unsure = match["sep"] == "/" and not day_first and max(first, second) <= _MONTHS_A_YEAR and first != second
        day, month = (second, first) if second > _MONTHS_A_YEAR else (first, second)
        if found := _found(line, match, (int(match["y"]), month, day)):
            yield FoundDate(found.start, found.end, "", "unknown") if unsure else found
            break


def _month_only(line: str) -> FoundDate | None:
    for match in _MONTH_ONLY.finditer(line):
        if _FIRST_YEAR <= int(match["y"]) <= _LAST_YEAR:
            first = datetime(int(match["y"]), MONTHS[_bare(match["m"])], 1, tzinfo=UTC)
            return FoundDate(match.start(), match.end(), stamp(first), "month")
    return None


def _bare(month: str) -> str:
    return month.rstrip(".").lower().replace("i̇", "i")


def _found(line: str, match: re.Match[str], day: tuple[int, int, int]) -> FoundDate | None:
    """Return the date of the match, with the time of day behind it where it names its time zone."""
    if not _FIRST_YEAR <= day[0] <= _LAST_YEAR:
        return None
    try:
        moment = datetime(*day, tzinfo=UTC)
    except ValueError:  # the 31st of February is a typing error, not a date
        return None
    clock = match if match.re is _ISO and match["h"] and match["zone"] else _CLOCK.match(line, match.end())
    at = _at(moment, clock) if clock else None
    if clock and at:
        return FoundDate(match.start(), clock.end(), stamp(at), "instant")
    return FoundDate(match.start(), match.end(), stamp(moment), "day")


def _at(day: datetime, clock: re.Match[str]) -> datetime | None:
    hour, zone = int(clock["h"]), clock["zone"].upper()
    half = (clock.groupdict().get("half") or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    try:
        shift = timedelta(0)
        if zone[0] in "+-":
            shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
        second = int(clock.groupdict().get("s") or 0)
        return day.replace(hour=hour, minute=int(clock["min"]), second=second, tzinfo=timezone(shift))
    except (ValueError, OverflowError):
        return None
