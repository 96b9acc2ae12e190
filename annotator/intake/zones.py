"""Tells what each block of a text is: headline, byline, body, boilerplate... by rules, without changing the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.intake.blocks import split
from annotator.intake.bylines import Byline, read_byline, read_dateline
from annotator.intake.head import Head, read_head
from annotator.intake.lines import Line, is_caption, is_correction, look_at
from annotator.intake.tail import boilerplate
from annotator.model.zones import ZoneKind

_FIRST_PARAGRAPHS = 3  # where a dateline may stand
_CREDITS = 3  # blocks at the end of the article where a byline may stand; above them it may be a subheading
_LOOK_AT = 200


@dataclass(frozen=True, slots=True)
class FoundZone:
    """What one block of a text is by rule: `[start, end)` in code points, without white space around it."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Zoned:
    """The zones of a text, sorted and without overlaps, and what was read on the way.

    Attributes:
        zones: every character that is not white space is in one of them.
        head: what the top of the text says.
        closing_bylines: bylines that stand under the article.
        agency: the agency of its dateline, "" for none.
    """

    zones: tuple[FoundZone, ...]
    head: Head
    closing_bylines: tuple[Byline, ...]
    agency: str


def find_zones(text: str, *, day_first: bool) -> Zoned:
    """Return the zones of a normalised text.

    Args:
        text: the text; it is only looked at.
        day_first: whether a date such as "3/4/2022" is surely the third of April.
    """
    lines = look_at(text, split(text))
    head = read_head(text, lines, day_first=day_first)
    first = len(head.kinds)
    page = boilerplate(text, lines, first)
    below: Iterator[ZoneKind] = (
        _kind(text, lines[number], inside=number not in page) for number in range(first, len(lines))
    )
    kinds: list[ZoneKind] = [*head.kinds, *below]
    closing = _closing_bylines(text, lines, kinds, first)
    agencies: list[str] = []
    zones = tuple(_zones(text, lines, kinds, agencies))
    return Zoned(zones, head, closing, next((agency for agency in agencies if agency), ""))


def _kind(text: str, line: Line, *, inside: bool) -> ZoneKind:
    if is_correction(text, line.block):
        return "correction_note"
    if not inside:
        return "boilerplate"
    return "caption" if is_caption(text, line.block) else "body"


def _closing_bylines(text: str, lines: Sequence[Line], kinds: list[ZoneKind], first: int) -> tuple[Byline, ...]:
    """Mark the bylines among the last lines of the body, and return what they say."""
    found: list[Byline] = []
    body = [number for number in range(first, len(kinds)) if kinds[number] == "body"]
    for number in body[1:][-_CREDITS:]:
        block = lines[number].block
        byline = read_byline(text[block.start : block.end]) if block.length <= _LOOK_AT else None
        if byline:
            kinds[number] = "byline"
            found.append(byline)
    return tuple(found)


def _zones(text: str, lines: Sequence[Line], kinds: Sequence[ZoneKind], agencies: list[str]) -> Iterator[FoundZone]:
    """Yield the zone of each block; a paragraph that begins with a dateline is two."""
    paragraphs = 0
    for line, kind in zip(lines, kinds, strict=True):
        block = line.block
        start = block.start
        if kind == "body" and paragraphs < _FIRST_PARAGRAPHS:
            paragraphs += 1
            dateline = None if agencies else read_dateline(text[start : min(block.end, start + _LOOK_AT)])
            if dateline and start + dateline.gap < block.end:
                agencies.append(dateline.agency)
                yield FoundZone("dateline", start, start + dateline.length)
                start += dateline.gap
        yield FoundZone(kind, start, block.end)
