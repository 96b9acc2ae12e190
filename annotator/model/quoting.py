"""Whether a quote stands in a text: words that somebody copied or typed from a page that was set by somebody else.

Both are brought into one plain form, in which a quote is simply a part of the text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import accumulate, islice, pairwise, product
from typing import Final, NamedTuple

from annotator.model.finding import ALIKE, INVISIBLE, MARKS, plain_letters

PAGE_END: Final = "\f"
"""What stands between two pages of a text that has pages."""

_LEFT_OUT: Final = re.compile(r"[\[(]?(?:…|\.\.\.+)[\])]?")
"""What stands in a quote for words that are left out."""

_LETTER: Final = r"[^\W\d_]"
_SOFT_AT_END: Final = re.compile("\u00ad(?=[^\\S\n]*\n)")
_DIVIDED: Final = re.compile(rf"(?<={_LETTER})-\s*(?={_LETTER})")
"""A hyphen within a word: at a line's end it is the printer's or the word's own, and nobody can tell."""

_DASH_AT_END: Final = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)")
_UNSPACED: Final = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_UNSPACED_BREAK: Final = re.compile(rf"(?<={_UNSPACED})\s+(?={_UNSPACED})")
_SPACES: Final = re.compile(r"\s+")

_FURNITURE: Final = 2
"""So many lines at the foot of a page and at the head of the next may stand between the halves of a quote."""

_REACH: Final = 1_500
"""Code points of a quote on either side of a page's end."""

_MOST_PAGES: Final = 5_000
"""So many ends of pages are looked over."""


@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(letter): base for letter, base in plain_letters().items()}
    table |= dict.fromkeys(map(ord, re.findall(f"[{MARKS}{INVISIBLE}]", "".join(map(chr, range(0x10000))))))
    single, double, dashes = ALIKE
    return table | dict.fromkeys(map(ord, single + double), '"') | dict.fromkeys(map(ord, dashes), "-")


def plain(text: str) -> str:
    """Return a text in the form in which quotes are compared.

    Without capitals, accents, ligatures and what nobody sees; all quotation marks are one, for within a quotation
    others are written, and so are dashes; white space is one space; no hyphen stands within a word, or divides one.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _SOFT_AT_END.sub("-", text))
    text = text.casefold().translate(_table())
    if "-" in text:
        text = _DASH_AT_END.sub("-", _DIVIDED.sub("", text))
    if not text.isascii():
        text = _UNSPACED_BREAK.sub("", text)
    return _SPACES.sub(" ", text).strip()


def parts_of(quote: str) -> tuple[str, ...]:
    """Return the plain parts of a quote: "…" and "[...]" leave out what is between them."""
    return tuple(part for part in map(plain, _LEFT_OUT.split(quote)) if part)


class _Found(NamedTuple):
    """A part of a quote: where it ends in the plain text, and on which page it begins, 1 for the first."""

    end: int
    page: int


class PrintedText:
    """A text in which quotes are looked for; form feeds end its pages."""

    def __init__(self, text: str) -> None:
        self._pages = text.split(PAGE_END)
        texts = [plain(page) for page in self._pages]
        self._whole = " ".join(texts)
        self._begins = list(accumulate((len(one) + 1 for one in texts), initial=0))[:-1]

    def page_of(self, quote: str) -> int | None:
        """Return on which page a quote begins, 0 for a text without pages; None where it does not stand there.

        Of a quote that leaves something out the parts must stand one behind the other. Quotation marks around the whole
        may be those of who quotes. A page may end within the quote, with its foot and the next one's head there.
        """
        parts = parts_of(quote)
        page = self._page_of(parts)
        if page is None and parts and parts[0][0] == parts[-1][-1] == '"':
            page = self._page_of(parts_of(quote.strip()[1:-1]))
        return page

    def _page_of(self, parts: tuple[str, ...]) -> int | None:
        page, at = 0, 0
        for part in parts:
            found = self._find(part, at)
            if found is None:
                return None
            page, at = page or found.page, found.end
        return (page if len(self._pages) > 1 else 0) if parts else None

    def _find(self, part: str, at: int) -> _Found | None:
        begin = self._whole.find(part, at)
        if begin >= 0:
            return _Found(begin + len(part), bisect_right(self._begins, begin))
        over = (page for page, joint in self._joints if self._begins[page] > at and part in joint)
        page = next(over, 0)
        return _Found(self._begins[page], page) if page else None

    @cached_property
    def _joints(self) -> list[tuple[int, str]]:
        """The plain text around each end of a page, without some lines of foot and head, with the page's number."""
        pages = islice(enumerate(pairwise(self._pages), 1), _MOST_PAGES)
        return [
            (number, plain(f"{above[-_REACH:]}\n{below[:_REACH]}"))
            for number, (page, after) in pages
            for above, below in product(_without_foot(page), _without_head(after))
        ]


def _without_foot(page: str) -> Iterator[str]:
    """Yield a page, and the same without its last lines."""
    for _line in range(_FURNITURE + 1):
        page = page.rstrip()
        yield page
        page = page[: page.rfind("\n") + 1]


def _without_head(page: str) -> Iterator[str]:
    """Yield a page, and the same without its first lines."""
    for _line in range(_FURNITURE + 1):
        page = page.lstrip()
        yield page
        _first, _end, page = page.partition("\n")
