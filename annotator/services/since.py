"""Since when a status holds: as an article's date says by itself, and as a person types it."""

import contextlib
from datetime import UTC, datetime
from typing import Final

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.moments import Precision, from_date, now, written
from annotator.model.records import Article

_DAY: Final = 10
"""Letters of a written moment that are its day."""


def held_since(article: Article) -> tuple[str, Precision]:
    """Return since when a status of an article's claim holds: the article's date, of tomorrow's paper this moment.

    A status that began only later would be none yet, and nobody would see that the words were marked.
    """
    moment = now()
    return (moment, "instant") if article.published > moment else (article.published, article.published_precision)


def read_since(text: str) -> tuple[str, Precision]:
    """Return the moment and precision of a date, or of a date with a time of this machine's zone; "" for "".

    A day that has begun here, but not yet where the day is counted, is this moment.

    Raises Refused for any other text, and for what is still to come: no status would hold until then.
    """
    text = text.strip()
    if not text:
        return "", ""
    try:
        moment, precision = _read_date(text)
    except (ValueError, OverflowError):
        raise Refused(
            _("{text} is no date").format(text=text), do=_("write it as 2022, 2022-01, 2022-01-10 or 2022-01-10 15:00")
        ) from None
    present = now()
    if moment <= present:
        return moment, precision
    if precision != "instant" and moment[:_DAY] <= datetime.now().astimezone().date().isoformat():
        return present, "instant"
    raise Refused(_("{text} is still to come").format(text=text), do=_("write since when the status holds"))


def _read_date(text: str) -> tuple[str, Precision]:
    with contextlib.suppress(ValueError):
        return from_date(text)
    return written(datetime.fromisoformat(text).astimezone(UTC)), "instant"
