"""Points in time as a person reads them: the day as the source knows it, the hour in the person's own zone."""

from datetime import datetime

from PySide6.QtCore import QDate, QTime

from annotator.model.moments import is_moment, read_moment


def day_text(moment: str, precision: str, *, short: bool = False) -> str:
    """Return a written moment as a date, no more exact than it is known; "" for none."""
    if not is_moment(moment):
        return ""
    when = read_moment(moment)
    date = QDate(when.year, when.month, when.day)
    if precision == "year":
        return str(when.year)
    if precision == "month":
        return _written(date, "MMMM yyyy")
    return _written(date, "d MMM" if short else "d MMMM yyyy")


def date_text(moment: str, precision: str) -> str:
    """Return a written moment as it is typed, `2022`, `2022-01` or `2022-01-10`; "" for none."""
    digits = {"year": 4, "month": 7}.get(precision, 10)
    return moment[:digits] if is_moment(moment) else ""


def since_text(moment: str, precision: str) -> str:
    """Return since when a status holds, as it is typed: of an instant the day here, and the time that was typed."""
    if precision != "instant" or not is_moment(moment):
        return date_text(moment, precision)
    when = read_moment(moment).astimezone()
    # To the microsecond it is when a key was pressed: of that the day says enough.
    day = when.date().isoformat()
    return day if when.second or when.microsecond else f"{day} {when:%H:%M}"


def local_text(seconds: float) -> str:
    """Return seconds since 1970 as day and minute in this machine's zone."""
    when = datetime.fromtimestamp(seconds).astimezone()
    return f"{_written(QDate(when.year, when.month, when.day), 'd MMM')} {clock_text(seconds)[:5]}"


def _written(date: QDate, form: str) -> str:
    from PySide6.QtCore import QLocale  # noqa: PLC0415 - 8 ms, mostly for the names of its languages

    return QLocale().toString(date, form)


def clock_text(seconds: float) -> str:
    """Return seconds since 1970 as the time of day in this machine's zone, `11:42:07`."""
    when = datetime.fromtimestamp(seconds).astimezone()
    return QTime(when.hour, when.minute, when.second).toString("HH:mm:ss")
