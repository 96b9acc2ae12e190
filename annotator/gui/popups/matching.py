"""Finds by typing: which entries match a few letters best, and where the letters stand in a title."""

import importlib
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

_FUZZY_FROM: Final = 4
"""With fewer letters every title would be almost right."""

_ALMOST: Final = 80
"""How alike, of 100, the letters and the best part of a title must be (rapidfuzz, partial ratio)."""

_ENOUGH: Final = 8
"""With so many exact matches nobody made a slip."""

_SHORT_ONES: Final = 50
"""So many titles that are too short are looked past."""


class Entry(NamedTuple):
    """What is searched of one thing, folded: its title, and everything with it."""

    key: str
    title: str
    everything: str


def fold(text: str) -> str:
    """Return a text as it is compared: without case and accents, Ødeby's ø being a letter of its own."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    return "".join(one for one in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(one))


def entry(key: str, title: str, *others: str) -> Entry:
    """Return the entry of a thing with that title and other words."""
    folded = " ".join(fold(title).split())
    return Entry(key, folded, " ".join((folded, *(fold(one) for one in others if one))))


def prepare() -> None:
    """Load what finds slips of the finger, before the person makes one."""
    importlib.import_module("rapidfuzz.process")


class Index:
    """Entries in an order of their own, ready to be asked again with every letter."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._keys = [one.key for one in entries]
        self._titles = [one.title for one in entries]
        self._spaced = [f" {one.title}" for one in entries]
        self._everything = [one.everything for one in entries]
        self._asked: tuple[str, list[int]] = ("", list(range(len(entries))))

    def find(self, query: str, *, limit: int, fuzzy: bool = True) -> list[str]:
        """Return the keys of the best matches, best first; entries equally good keep their order.

        Better is: the title begins so; words of the title begin so; the title has it; any other words have it; and
        with `fuzzy`, where few have it exactly, titles that almost have it.
        """
        words = fold(query).split()
        if not words:
            return self._keys[:limit]
        whole = " ".join(words)
        found = self._best(self._with_all(words, whole), words, whole, limit)
        if fuzzy and len(found) < min(limit, _ENOUGH) and len(whole) >= _FUZZY_FROM:
            found += self._almost(whole, set(found), limit - len(found))
        return [self._keys[place] for place in found]

    def _with_all(self, words: Sequence[str], whole: str) -> list[int]:
        """Return where all the words are; a longer query is asked only where the shorter one was found."""
        before, places = self._asked
        if not whole.startswith(before):
            places = range(len(self._keys))
        everything = self._everything
        for word in words:
            places = [place for place in places if word in everything[place]]
        self._asked = (whole, list(places))
        return self._asked[1]

    def _best(self, places: Sequence[int], words: Sequence[str], whole: str, limit: int) -> list[int]:
        ranked: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])
        starts = [f" {word}" for word in words]
        for place in places:
            title = self._spaced[place]
            if title.startswith(whole, 1):
                ranked[0].append(place)
                if len(ranked[0]) == limit:
                    break
            elif all(start in title for start in starts):
                ranked[1].append(place)
            else:
                ranked[2 if all(word in title for word in words) else 3].append(place)
        return [place for rank in ranked for place in rank][:limit]

    def _almost(self, whole: str, known: set[int], limit: int) -> list[int]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - opening a project should not wait for it

        scorer, most = fuzz.partial_ratio, limit + len(known) + _SHORT_ONES
        best = process.extract(whole, self._titles, scorer=scorer, score_cutoff=_ALMOST, limit=most, processor=None)
        # A title shorter than the query would be its own "best part" whatever it says.
        long = [place for title, _score, place in best if len(title) >= len(whole) - 1 and place not in known]
        return long[:limit]


def hits(title: str, query: str) -> tuple[tuple[int, int], ...]:
    """Return where a title has the words of the query: half-open ranges in code points, in order, not overlapping."""
    text, origins = _folded_letters(title)
    marked: set[int] = set()
    for word in fold(query).split():
        spaced = f" {text}".find(f" {word}")
        start = spaced if spaced >= 0 else text.find(word)
        if start >= 0:
            marked.update(origins[start : start + len(word)])
    ranges: list[tuple[int, int]] = []
    for place in sorted(marked):
        if ranges and ranges[-1][1] == place:
            ranges[-1] = (ranges[-1][0], place + 1)
        else:
            ranges.append((place, place + 1))
    return tuple(ranges)


def _folded_letters(title: str) -> tuple[str, Sequence[int]]:
    """Return the folded title, and for each of its letters the place it comes from."""
    if title.isascii():
        return title.lower(), range(len(title))
    folded: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(title):
        for one in fold(letter):
            folded.append(one)
            origins.append(place)
    return "".join(folded), origins
