"""The kinds of block that a text version is made of."""

from typing import Literal, get_args

ZoneKind = Literal["headline", "standfirst", "byline", "dateline", "body", "caption", "correction_note", "boilerplate"]

ZONE_KINDS: tuple[ZoneKind, ...] = get_args(ZoneKind)
