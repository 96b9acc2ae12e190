"""The kinds of block that a text version is made of, and which of its paragraphs have a number."""

import re
from collections.abc import Iterable
from typing import Final, Literal, get_args

from annotator.model.span import Range

ZoneKind = Literal["headline", "standfirst", "byline", "dateline", "body", "caption", "correction_note", "boilerplate"]
KINDS: Final[tuple[ZoneKind, ...]] = get_args(ZoneKind)

NOT_NUMBERED: Final = frozenset(KINDS) - {"body"}

_LINE: Final = re.compile("[^\n]+")


def numbered(text: str, zones: Iterable[tuple[str, int, int]]) -> list[Range]:
    """Return the paragraphs that have a number, the first being 1: each line that is no headline, caption and the like.

    `zones` are (kind, start, end). Blank lines have none.
    """
    apart = iter(sorted((start, end) for kind, start, end in zones if kind in NOT_NUMBERED and end > start))
    found: list[Range] = []
    zone = next(apart, None)
    for line in _LINE.finditer(text):
        start, end = line.span()
        while zone is not None and zone[1] <= start:
            zone = next(apart, None)
        # A zone that begins with the line's own break belongs to the line.
        if zone is None or end < zone[0]:
            found.append((start, end))
    return found
