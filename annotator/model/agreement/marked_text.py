"""One text with the marks of several annotators: what more than one measure needs of it is made once."""

from collections.abc import Sequence
from functools import cached_property

from annotator.model.agreement import spans, unitised
from annotator.model.agreement.marks import Mark, Pair, Placed, Spans, exactly_paired, overlapping_paired
from annotator.model.agreement.unitised import Cover, Unit, cover


class MarkedText:
    """One text with the marks of some annotators, in a fixed order; what several measures need is made once."""

    def __init__(self, length: int, words: Sequence[tuple[int, int]], own: Sequence[Sequence[Mark]]) -> None:
        """Take a text of `length` code points with its words and, for each annotator, the marks."""
        self.length = length
        self.own = own
        self._words = words

    @cached_property
    def tokens(self) -> list[int]:
        """For each annotator the words that are marked, as bits."""
        return [spans.tokens_of(marks, self._words) for marks in self.own]

    @property
    def words(self) -> int:
        """How many words the text has."""
        return len(self._words)

    @cached_property
    def covers(self) -> list[Cover]:
        """For each annotator what is marked."""
        return [cover(unitised.units(span for mark in marks for span in mark.spans)) for marks in self.own]

    @cached_property
    def status_covers(self) -> list[Cover]:
        """For each annotator what is marked with which status; a mark ends where a later one begins."""
        return [
            cover(unitised.cut(Unit(start, end, one.status) for one in marks if one.status for start, end in one.spans))
            for marks in self.own
        ]

    @cached_property
    def judged(self) -> list[dict[str, int]]:
        """How often each status was said of each set of spans that two annotators or more gave one.

        Of an annotator who marked the same words twice the first mark counts.
        """
        if len(self.own) == 2:  # noqa: PLR2004 - what two say is asked of every two
            first, second = self.statuses
            both = ((status, second[place]) for place, status in first.items() if place in second)
            return [{one: 2} if one == other else {one: 1, other: 1} for one, other in both]
        found: dict[Spans, dict[str, int]] = {}
        for statuses in self.statuses:
            for place, status in statuses.items():
                said = found.setdefault(place, {})
                said[status] = said.get(status, 0) + 1
        return [one for one in found.values() if sum(one.values()) > 1]

    @cached_property
    def statuses(self) -> list[dict[Spans, str]]:
        """For each annotator the status of each set of spans that has one."""
        return [{mark.spans: mark.status for mark in reversed(marks) if mark.status} for marks in self.own]

    @cached_property
    def placed(self) -> list[Placed]:
        """For each annotator the marks in order."""
        return [Placed(marks) for marks in self.own]

    @cached_property
    def exact(self) -> list[Pair]:
        """The exact pairs of the first two annotators."""
        return exactly_paired(self.placed[0], self.placed[1])

    @cached_property
    def overlapping(self) -> list[Pair]:
        """The overlapping pairs of the first two annotators."""
        return overlapping_paired(self.placed[0], self.placed[1])

    def only(self, places: Sequence[int]) -> "MarkedText":
        """Return the same text with the marks of some of these annotators."""
        chosen = MarkedText(self.length, self._words, [self.own[place] for place in places])
        chosen.tokens = [self.tokens[place] for place in places]
        chosen.covers = [self.covers[place] for place in places]
        chosen.status_covers = [self.status_covers[place] for place in places]
        chosen.placed = [self.placed[place] for place in places]
        chosen.statuses = [self.statuses[place] for place in places]
        return chosen
