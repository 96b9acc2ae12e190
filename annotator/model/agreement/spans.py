"""Whether two annotators mark the same places: precision, recall and F1 by exact spans, by overlap, by token.

Source: C. J. van Rijsbergen, Information Retrieval (1979), chapter 7; for annotation G. Hripcsak and A. S. Rothschild,
"Agreement, the F-measure, and reliability in information retrieval", JAMIA 12 (2005): where nobody can say how many
places were not marked, F1 is what kappa tends to.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.model.agreement.marks import Mark, exact_pairs, overlapping_pairs


class Found(NamedTuple):
    """How many places (marks or tokens) both have, the first has, the second has; tallies of articles add up."""

    both: float
    first: float
    second: float

    @property
    def precision(self) -> float | None:
        """Of what the second has, how much the first has too; None where the second has nothing."""
        return self.both / self.second if self.second else None

    @property
    def recall(self) -> float | None:
        """Of what the first has, how much the second has too; None where the first has nothing."""
        return self.both / self.first if self.first else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two, the same whoever is first; None where neither has anything."""
        total = self.first + self.second
        return 2 * self.both / total if total else None


def exact(first: Sequence[Mark], second: Sequence[Mark]) -> Found:
    """Count marks whose spans are all the same."""
    return Found(len(exact_pairs(first, second)), len(first), len(second))


def overlapping(first: Sequence[Mark], second: Sequence[Mark]) -> Found:
    """Count marks that share at least a code point, one to one (`marks.overlapping_pairs`)."""
    return Found(len(overlapping_pairs(first, second)), len(first), len(second))


def tokens_of(marks: Iterable[Mark], words: Sequence[tuple[int, int]]) -> int:
    """Return which of the words (in text order) a mark touches, as a whole number with one bit a word."""
    starts, ends = [word[0] for word in words], [word[1] for word in words]
    covered = 0
    for mark in marks:
        for start, end in mark.spans:
            begin, after = bisect_right(ends, start), bisect_left(starts, end)
            if begin < after:
                covered |= ((1 << (after - begin)) - 1) << begin
    return covered


def by_token(first: int, second: int) -> Found:
    """Count the words that are marked, from what `tokens_of` returns."""
    return Found((first & second).bit_count(), first.bit_count(), second.bit_count())
