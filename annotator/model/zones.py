"""The kinds of block that a text version is made of."""

from typing import Literal

ZoneKind = Literal["headline", "standfirst", "byline", "dateline", "body", "caption", "correction_note", "boilerplate"]
