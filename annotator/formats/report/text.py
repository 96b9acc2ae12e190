"""An article's text cut for a report: paragraphs of segments, each with the marks that lie over it.

The characters of all pieces, one after the other, are the text: nothing is added, left out or moved.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from annotator.model import invisible
from annotator.model.lanes import Lanes
from annotator.model.records import Zone

LANES: Final = 6
"""Lines that are told apart under the words; marks in further lanes are drawn in the last."""

FOLDED: Final = 4
"""Lines of boilerplate from which on they are folded, if nothing is marked in them."""

_UNSAYABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
"""Characters that no HTML file may hold, not even as a reference."""

_DOT: Final = "\u00b7"
_KEPT: Final = "\u061c\u200c\u200d\u200e\u200f"
"""What a script needs: marked where it stands astray, and in effect all the same."""


class Line(NamedTuple):
    """A mark to draw: which entry's, where, in which lane (from 0), and the status that says how."""

    number: int
    lane: int
    status: str
    rejected: bool


class Piece(NamedTuple):
    """Some characters of a segment.

    Attributes:
        text: the characters; "" for one that no HTML file can hold.
        sign: what is shown in the place of a character that nobody sees, else "".
        name: what such a character is called.
        code: the code point of one that cannot be held, else 0.
        alone: whether it must not turn what stands around it.
    """

    text: str
    sign: str = ""
    name: str = ""
    code: int = 0
    alone: bool = False


class End(NamedTuple):
    """The number of an entry behind words of its mention; `first` is the first such place in the text."""

    number: int
    first: bool


class Segment(NamedTuple):
    """Characters over which the same marks lie.

    Attributes:
        pieces: the characters.
        lines: the marks.
        ends: the numbers that stand behind the characters.
        through: the marks that go on behind those numbers.
    """

    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    ends: tuple[End, ...]
    through: tuple[Line, ...]


class Paragraph(NamedTuple):
    """One line of the text, with its line feed; `depth` is how many lanes are under it at most."""

    zone: str
    blank: bool
    depth: int
    segments: tuple[Segment, ...]


class Block(NamedTuple):
    """Paragraphs one after the other; `folded` is how many lines are folded away, 0 for none."""

    folded: int
    paragraphs: tuple[Paragraph, ...]


class Drawn(NamedTuple):
    """What is drawn for one entry: its spans, the status that says how, and whether a review rejected it."""

    number: int
    spans: tuple[tuple[int, int], ...]
    status: str
    rejected: bool = False


def blocks_of(text: str, zones: Iterable[Zone], drawn: Sequence[Drawn]) -> list[Block]:
    """Return the text of an article in blocks; all places are code points."""
    bounds = _bounds(text)
    kinds = _kinds(text, bounds, zones)
    cuts = _Cuts(text, bounds, drawn)
    paragraphs = [
        Paragraph(kind, not text[start:end].strip(), *cuts.of_line(end))
        for (start, end), kind in zip(bounds, kinds, strict=True)
    ]
    return list(_folded(paragraphs))


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return characters in pieces: those that nobody sees each by itself, with a sign for the eye."""
    places = {*invisible.places(text), *(found.start() for found in _UNSAYABLE.finditer(text))}
    if not places:
        return (Piece(text),)
    found: list[Piece] = []
    done = 0
    for place in sorted(places):
        if place > done:
            found.append(Piece(text[done:place]))
        found.append(_sign(text[place]))
        done = place + 1
    return (*found, Piece(text[done:])) if done < len(text) else tuple(found)


def sayable(text: str) -> str:
    """Return a text as a page can hold and show it: nothing in it hides, turns its surroundings, or is forbidden."""
    shown = invisible.visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    return shown if shown.isascii() and "\0" not in shown else _UNSAYABLE.sub("\ufffd", shown)


def _sign(char: str) -> Piece:
    shown = invisible.visible(char)
    if _UNSAYABLE.match(char):
        return Piece("", shown if shown != char else "\ufffd", invisible.name(char), ord(char), alone=True)
    # A joiner or a mark of direction has no visible form of its own, and takes effect where it stands.
    return Piece(char, _DOT if shown == char else shown, invisible.name(char), alone=char not in _KEPT)


def _bounds(text: str) -> list[tuple[int, int]]:
    """Return from where to where each line reaches, its line feed included."""
    bounds: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        bounds.append((start, end))
        start = end
    return bounds


def _kinds(text: str, bounds: Sequence[tuple[int, int]], zones: Iterable[Zone]) -> list[str]:
    """Return what each line is: the zone that covers most of it; a line without words is what surrounds it."""
    starts = [start for start, _ in bounds]
    most = [0] * len(bounds)
    kinds = [""] * len(bounds)
    for zone in sorted(zones, key=lambda one: (one.start, one.end)):
        for place in range(max(0, bisect_right(starts, zone.start) - 1), len(bounds)):
            start, end = bounds[place]
            if start >= zone.end:
                break
            covered = len(text[max(start, zone.start) : min(end, zone.end)].strip())
            if covered > most[place]:
                most[place], kinds[place] = covered, zone.zone
    return kinds


class _Cuts:
    """Where a text is cut: at the bounds of everything that is drawn."""

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]], drawn: Sequence[Drawn]) -> None:
        self._text = text
        lanes = Lanes((str(place), one.spans) for place, one in enumerate(drawn))
        self._lines = [
            Line(one.number, min(lanes.lane_of(str(place)), LANES - 1), one.status, one.rejected)
            for place, one in enumerate(drawn)
        ]
        self._begin: defaultdict[int, list[int]] = defaultdict(list)
        self._end: defaultdict[int, list[int]] = defaultdict(list)
        self._numbers: defaultdict[int, set[int]] = defaultdict(set)
        for place, one in enumerate(drawn):
            for start, end in one.spans:
                self._begin[start].append(place)
                self._end[end].append(place)
                self._numbers[self._last(start, end)].add(one.number)
        self._places = sorted({*self._begin, *self._end, *self._numbers, *(start for start, _ in bounds), len(text)})
        self._next = 0
        self._active: dict[int, int] = {}
        self._numbered: set[int] = set()

    def _last(self, start: int, end: int) -> int:
        """Return where the number of a span stands: behind its last word, in that word's line."""
        words = self._text[start:end].rstrip()
        return start + len(words) if words else min(end, start + 1)

    def of_line(self, end: int) -> tuple[int, tuple[Segment, ...]]:
        """Return how many lanes a line that ends here needs, and its segments; lines are asked for in their order."""
        found: list[Segment] = []
        depth = 0
        while self._next < len(self._places) and self._places[self._next] < end:
            place = self._places[self._next]
            self._next += 1
            self._pass(place)
            upto = min(self._places[self._next], end)
            lines = self._sorted(self._active)
            depth = max(depth, *(line.lane + 1 for line in lines), 0)
            numbers = sorted(self._numbers.get(upto, ()))
            ends = tuple(End(one, one not in self._numbered) for one in numbers)
            self._numbered.update(numbers)
            through = self._sorted(self._beyond(upto)) if ends else ()
            found.append(Segment(pieces_of(self._text[place:upto]), lines, ends, through))
        return depth, tuple(found)

    def _sorted(self, places: Iterable[int]) -> tuple[Line, ...]:
        return tuple(sorted({self._lines[one] for one in places}, key=lambda one: (one.lane, one.number)))

    def _beyond(self, place: int) -> Iterator[int]:
        """Yield which of the marks that lie over what is before a place lie over what follows, too."""
        ending = Counter(self._end.get(place, ()))
        return (one for one, spans in self._active.items() if spans > ending[one])

    def _pass(self, place: int) -> None:
        """Take up what begins at a place, and leave what ends there: a mark may have spans that overlap or touch."""
        for one in self._end.get(place, ()):
            self._active[one] -= 1
            if not self._active[one]:
                del self._active[one]
        for one in self._begin.get(place, ()):
            self._active[one] = self._active.get(one, 0) + 1


def _folded(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    """Yield the paragraphs, long boilerplate without marks in blocks of its own."""
    waiting: list[Paragraph] = []
    run: list[Paragraph] = []

    def flush() -> Iterator[Block]:
        lines = sum(not one.blank for one in run)
        if lines >= FOLDED:
            if waiting:
                yield Block(0, tuple(waiting))
                waiting.clear()
            yield Block(lines, tuple(run))
        else:
            waiting.extend(run)
        run.clear()

    for one in paragraphs:
        if not one.depth and (one.zone == "boilerplate" or (run and one.blank)):
            run.append(one)
            continue
        yield from flush()
        waiting.append(one)
    yield from flush()
    if waiting:
        yield Block(0, tuple(waiting))
