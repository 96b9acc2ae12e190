"""The kinds of block that a text version is made of."""

from typing import Final, Literal, get_args

ZoneKind = Literal["headline", "standfirst", "byline", "dateline", "body", "caption", "correction_note", "boilerplate"]
KINDS: Final[tuple[ZoneKind, ...]] = get_args(ZoneKind)
