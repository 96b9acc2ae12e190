"""Reads the top of an article: what stands before the first paragraph, line by line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.intake.bylines import read_bare_byline
from annotator.intake.lines import Line
from annotator.intake.top_lines import TopLine, read_top_line
from annotator.model.zones import ZoneKind

_WINDOW = 16  # blocks that the top is looked for in
_LONGEST_TITLE = 220
_LONGEST_TITLE_WITH_STOP = 110
_LONGEST_STANDFIRST = 350
_LONGEST_KICKER = 28
_MOST_BEFORE_BYLINE = 3

_SENTENCE_BREAK = re.compile(r"(?<=[^\W\d_]{3})[.!?…]['\"”’»)]?\s+\S")  # not the stop of an initial or of "vs."
_STOPS = (".", "…", "。", "،", ",", ";")


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of the text says.

    Attributes:
        kinds: the zone kind of each line of the top, in order; the lines below are not the top's any more.
        title: the headline's words, "" for none.
        told: what lines of the top say by their words, in order.
    """

    kinds: tuple[ZoneKind, ...]
    title: str
    told: tuple[TopLine, ...]


@dataclass(frozen=True, slots=True)
class _Top:
    """The first lines: their words ("" for a paragraph), what they say, and the numbers of those that say nothing."""

    lines: Sequence[Line]
    words: Sequence[str]
    told: Mapping[int, TopLine]
    plain: Sequence[int]


def read_head(text: str, lines: Sequence[Line], *, day_first: bool) -> Head:
    """Return what the first lines are; a text that starts with its first paragraph has an empty head."""
    top = _look(text, lines, day_first=day_first)
    number, title = _title(top)
    kinds = _places(top, number, title)
    return Head(tuple(kinds), title, tuple(top.told[place] for place in range(len(kinds)) if place in top.told))


def _look(text: str, lines: Sequence[Line], *, day_first: bool) -> _Top:
    words: list[str] = []
    told: dict[int, TopLine] = {}
    plain: list[int] = []
    for number, line in enumerate(lines[:_WINDOW]):
        if line.block.length > _LONGEST_STANDFIRST:
            break
        words.append(text[line.block.start : line.block.end])
        if said := read_top_line(text, line, day_first=day_first, titled=bool(plain)):
            told[number] = said
        else:
            plain.append(number)
    for number in plain[1:]:
        # A bare name over a date line is the author; the first line is not: "Man Bites Dog" is a headline.
        below = told.get(number + 1)
        if below and below.kind == "dateline" and (byline := read_bare_byline(words[number])):
            told[number] = TopLine("byline", byline=byline)
    plain = [number for number in plain if number not in told]
    return _Top(lines, words, told, plain)


def _title(top: _Top) -> tuple[int, str]:
    """Return number and words of the headline, (-1, "") for none: labelled, standing twice, or the first likely one."""
    for number, said in top.told.items():
        if said.title:
            return number, said.title
    first = top.plain[:2]
    for number in first:
        if len(top.words[number]) >= _LONGEST_KICKER and _stands_twice(top, number):
            return number, top.words[number]
    if len(first) > 1 and _is_kicker(top, *first):
        first = first[1:]
    if first and _looks_like_title(top, first[0]):
        return first[0], top.words[first[0]]
    return -1, ""


def _stands_twice(top: _Top, number: int) -> bool:
    """Return whether a line next to it repeats it, perhaps with something before: "date 2022-01-11 A headline"."""
    words = top.words[number]
    if len(words) > _LONGEST_TITLE or any(top.lines[above].sentence for above in top.plain if above < number):
        return False
    near = (place for place in range(number - 2, number + 3) if 0 <= place < len(top.words) and place != number)
    return any(top.words[place].endswith(words) for place in near)


def _looks_like_title(top: _Top, number: int) -> bool:
    words, after = top.words[number], top.lines[number + 1 : number + 4]
    if len(words) > _LONGEST_TITLE or not after or words[0] in "-*•–—(" or words[-1] in ":,":
        return False
    if not words.endswith(_STOPS):
        # Poems and lists have short lines too, but then what follows is as short and close by.
        told = any(place in top.told for place in range(number + 1, number + 4))
        return told or any(line.block.after_blank for line in after[:2]) or after[0].block.length > len(words)
    longest = max(line.block.length for line in after)
    apart = after[0].block.after_blank or words.endswith(";")
    short = len(words) <= _LONGEST_TITLE_WITH_STOP and 2 * longest > 3 * len(words)
    return apart and short and not _SENTENCE_BREAK.search(words)


def _is_kicker(top: _Top, number: int, after: int) -> bool:
    """Return whether a word or two over the headline name the section: "World", "Politics > Europe"."""
    words, headline = top.words[number], top.words[after]
    one_thing = len(words.split()) <= 2 or words.isupper() or any(sign in words for sign in ">/|»›")  # noqa: PLR2004
    short = len(words) <= _LONGEST_KICKER and one_thing
    long = len(headline.split()) >= 5 and not headline.endswith(_STOPS)  # noqa: PLR2004 - a headline's words
    return short and long and after == number + 1 < len(top.lines) - 1


def _places(top: _Top, title: int, title_words: str) -> list[ZoneKind]:
    """Give the lines around headline and byline their kinds, up to the first that is the article's body."""
    last = _last_told(top, title)
    kinds: list[ZoneKind] = []
    for number in range(len(top.words)):
        kind = _kind(top, number, title, last, title_words, kinds)
        if not kind:
            break
        kinds.append(kind)
    return kinds


def _last_told(top: _Top, title: int) -> int:
    """Return the number of the last byline or date line of the top, or of the headline."""
    most = _MOST_BEFORE_BYLINE if title >= 0 else 0
    last = title
    for number, said in top.told.items():
        # A byline belongs to the top only where no more than a standfirst stands before it.
        between = sum(title < plain < number for plain in top.plain)
        if said.kind in {"byline", "dateline"} and number > title and between <= most:
            last = number
    return last


def _kind(
    top: _Top, number: int, title: int, last: int, title_words: str, above: Sequence[ZoneKind]
) -> ZoneKind | None:
    if number == title:
        return "headline"
    if said := top.told.get(number):
        return "boilerplate" if said.kind == "headline" else said.kind
    if number < title or top.words[number] == title_words:
        return "boilerplate"
    if number < last or (title >= 0 and _is_standfirst(top, number, title, above)):
        return "standfirst"
    return None


def _is_standfirst(top: _Top, number: int, title: int, above: Sequence[ZoneKind]) -> bool:
    """Return whether the first line after the headline, with no byline below, sums the article up."""
    if number + 1 >= len(top.lines) or any(kind in {"standfirst", "byline"} for kind in above[title:]):
        return False
    words, line, after = top.words[number], top.lines[number], top.lines[number + 1]
    if number == title + 1 and not line.block.after_blank and after.block.after_blank:
        return True
    bare = not words.endswith((*_STOPS, ":", "!", "?")) and len(words.split()) >= 5  # noqa: PLR2004 - no subheading
    return bare and words[0] not in "-*•–—" and not line.sentence and after.sentence
