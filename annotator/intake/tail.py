"""Finds where the article ends and the page's own matter begins, and links that stand in the middle of the article.

Every block speaks for the article or against it; the article ends where the sum is largest, at the first cue after it.
The weights lean towards keeping: a paragraph taken for a link costs a fact-checker more than the other way round.
"""

from collections.abc import Sequence

from annotator.intake.lines import Line

_AGAINST = {"heading": -3, "inline": -3, "site": -3, "time": -3, "": 0}
_REPEATED = -2
_RUNNING = 6  # a paragraph next to a paragraph: pages' own matter hardly ever has two
_LONG = 6
_ALONE = 2
_TEASER = -1
_LONG_PARAGRAPH = 300
_PARAGRAPH = 70
_HEADLINE_WORDS = 4
_LINKS_PER_CUE = 15
_MOST_LINKS_INLINE = 6


def boilerplate(text: str, lines: Sequence[Line], first: int) -> set[int]:
    """Return the numbers of the lines that are not the article, among those from number `first` on."""
    end = _end_of_article(text, lines, first)
    return _inline(text, lines, first, end) | set(range(end, len(lines)))


def _end_of_article(text: str, lines: Sequence[Line], first: int) -> int:
    total, best, article_end = 0, 0, first
    heading = -1
    for number in range(first, len(lines)):
        line = lines[number]
        if line.cue == "heading":
            heading = number
        elif _is_running(lines, number):
            heading = -1
        total += _weight(text, lines, number, heading)
        if total > best:
            best, article_end = total, number + 1
    return _first_cue(lines, article_end, first)


def _weight(text: str, lines: Sequence[Line], number: int, heading: int) -> int:
    line = lines[number]
    if line.cue or not line.sentence:
        return _AGAINST[line.cue] or (_REPEATED if line.repeated or line.weak else 0)
    if line.block.length >= _LONG_PARAGRAPH:
        return _LONG
    if _is_running(lines, number) or _follows_inline_link(lines, number):
        return _RUNNING
    if heading >= 0 and _is_headline(text, lines[number - 1]):
        return _RUNNING if _closes_the_article(lines, number, heading) else _TEASER
    return _ALONE


def _follows_inline_link(lines: Sequence[Line], number: int) -> bool:
    return number > 0 and lines[number - 1].cue == "inline" and lines[number].block.length >= _PARAGRAPH


def _closes_the_article(lines: Sequence[Line], number: int, heading: int) -> bool:
    """Return whether a paragraph under a heading and one link may be the article's last, not the link's teaser."""
    one_link = number - heading <= 2  # noqa: PLR2004 - heading, link, paragraph
    return one_link and number == len(lines) - 1 and lines[number].block.length >= _PARAGRAPH


def _is_running(lines: Sequence[Line], number: int) -> bool:
    return _is_paragraph(lines, number) and (_is_paragraph(lines, number - 1) or _is_paragraph(lines, number + 1))


def _is_paragraph(lines: Sequence[Line], number: int) -> bool:
    if not 0 <= number < len(lines):
        return False
    line = lines[number]
    return line.sentence and not line.cue and line.block.length >= _PARAGRAPH


def _is_headline(text: str, line: Line) -> bool:
    words = text[line.block.start : line.block.end].split(maxsplit=_HEADLINE_WORDS)
    return not line.sentence and not line.cue and len(words) >= _HEADLINE_WORDS


def _first_cue(lines: Sequence[Line], article_end: int, first: int) -> int:
    """Return where the page's own matter begins: at a cue, or at weak headings and repeated links just before it."""
    start = next((number for number in range(article_end, len(lines)) if lines[number].cue), len(lines))
    cues = sum(1 for line in lines[start:] if line.cue)
    if not cues or cues * _LINKS_PER_CUE < len(lines) - start:
        return len(lines)  # a lone cue before a long list or a poem
    while start > max(first, article_end) and (lines[start - 1].weak or lines[start - 1].repeated):
        start -= 1
    return start


def _inline(text: str, lines: Sequence[Line], first: int, end: int) -> set[int]:
    """Return the cues inside the article, each heading with the headlines that it lists."""
    found: set[int] = set()
    listing = 0
    for number in range(first, end):
        line = lines[number]
        if line.cue:
            found.add(number)
            listing = _MOST_LINKS_INLINE if line.cue == "heading" else 0
        elif listing and _is_headline(text, line):
            found.add(number)
            listing -= 1
        else:
            listing = 0
    return found
