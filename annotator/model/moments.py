"""Points in time as the dataset writes them: `2022-01-10T15:00:00.000000Z` and how much of it is known."""

import re
from datetime import UTC, datetime
from typing import Final, Literal

Precision = Literal["", "instant", "day", "month", "year", "unknown"]

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def written(moment: datetime) -> str:
    """Return an aware moment in UTC with microseconds.

    Second-precision timestamps are changed by loaders of datasets (model.md, section 5); microseconds stay.
    """
    # Not strftime: on Linux it writes the year 999 with three digits, and written moments sort as text.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def now() -> str:
    """Return the present moment as written."""
    return written(datetime.now(UTC))


def is_moment(text: str) -> bool:
    """Tell whether the text is a moment as written here, and a day that exists."""
    return _MOMENT.fullmatch(text) is not None and _exists(text)


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_moment(text: str) -> datetime:
    """Return the aware moment of a written one.

    Raises ValueError for any other text.
    """
    if _MOMENT.fullmatch(text) is None:
        raise ValueError(f"not a moment: {text!r}")
    return datetime.fromisoformat(text)


def from_date(text: str) -> tuple[str, Precision]:
    """Return the moment and precision of `2022`, `2022-01` or `2022-01-11`.

    Raises ValueError for any other text and for days that do not exist.
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a date: {text!r}")
    year, month, day = found.groups()
    precision: Precision = "day" if day else "month" if month else "year"
    return written(datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)), precision
