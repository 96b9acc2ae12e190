"""Krippendorff's alpha for unitised text: where annotators cut a continuum into units of their own.

Two formulations. `alpha_1995`: K. Krippendorff, "On the reliability of unitizing continuous data", Sociological
Methodology 25 (1995), 47-76; worked example in "Measuring the reliability of qualitative text analysis data", Quality
and Quantity 38 (2004), 787-800. `Tally.alpha`: K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher, "On the
reliability of unitizing textual continua: further developments", Quality and Quantity 50 (2016), 2347-2364, equations 1
to 5: intersections of units and gaps, where gaps have no structure of their own. It corrects the former one for more
than two annotators, and is the one that the program reports.

One annotator's units never overlap in these formulas: `units` joins marks of one category that touch or overlap.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

GAP = None
"""The category of what nobody marked."""


class Unit(NamedTuple):
    """`[start, end)` with a category."""

    start: int
    end: int
    category: str = ""


def units(spans: Iterable[tuple[int, int]], category: str = "") -> list[Unit]:
    """Return the parts of the text that spans cover, in order; spans that overlap or touch are one unit."""
    joined: list[Unit] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1].end:
            joined[-1] = Unit(joined[-1].start, max(end, joined[-1].end), category)
        elif start < end:
            joined.append(Unit(start, end, category))
    return joined


def cut(marked: Iterable[Unit]) -> list[Unit]:
    """Return units of several categories in order and without overlaps: a unit ends where the next one begins.

    Units that begin at the same place are taken longest last, so that the shorter ones are lost to it.
    """
    found: list[Unit] = []
    for unit in sorted(marked):
        while found and found[-1].end > unit.start:
            last = found.pop()
            if last.start < unit.start:
                found.append(Unit(last.start, unit.start, last.category))
                break
        found.append(unit)
    return found


class Tally(NamedTuple):
    """What the 2016 formulation needs of one or more texts; those of texts add up with `+` of `added`.

    `total` is annotators times length; `agreed` and `margins` are lengths by category (None: the gaps); `squares` are
    the sums that a unit contributes by being compared with itself.
    """

    total: float
    agreed: Mapping[str | None, float]
    margins: Mapping[str | None, float]
    squares: Mapping[str | None, float]

    def alpha(self) -> float | None:
        """Return u-alpha; None where there is no text, or only one category ever and everywhere."""
        own = sum(self.squares.values())
        if self.total**2 <= own:
            return None
        agreeing = sum(margin * margin - self.squares.get(category, 0.0) for category, margin in self.margins.items())
        expected = self.total - self.total * agreeing / (self.total**2 - own)
        observed = self.total - sum(self.agreed.values())
        # What is left of a difference of equal sums is no disagreement.
        return 1 - observed / expected if expected > 1e-9 * self.total else None


class Cover(NamedTuple):
    """One annotator's units of one text, by category: which code points (as bits), how many, and their squares."""

    bits: Mapping[str, int]
    whole: int
    lengths: Mapping[str, int]
    squares: Mapping[str, int]


def cover(own: Iterable[Unit]) -> Cover:
    """Return what one annotator's units cover; they must not overlap."""
    bits: dict[str, int] = {}
    lengths: dict[str, int] = {}
    squares: dict[str, int] = {}
    for unit in own:
        length = unit.end - unit.start
        bits[unit.category] = bits.get(unit.category, 0) | ((1 << length) - 1) << unit.start
        lengths[unit.category] = lengths.get(unit.category, 0) + length
        squares[unit.category] = squares.get(unit.category, 0) + length**2
    whole = 0
    for part in bits.values():
        whole |= part
    return Cover(bits, whole, lengths, squares)


def tally(length: int, annotators: Sequence[Cover]) -> Tally:
    """Return the tally of one text.

    Args:
        length: of the text in code points.
        annotators: what each annotator covers, two or more.
    """
    pairs = len(annotators) - 1
    agreed: defaultdict[str | None, float] = defaultdict(float)
    margins: defaultdict[str | None, float] = defaultdict(float)
    squares: defaultdict[str | None, float] = defaultdict(float)
    for own in annotators:
        for category, covered in own.lengths.items():
            margins[category] += covered
            squares[category] += own.squares[category]
        gaps = length - own.whole.bit_count()
        margins[GAP] += gaps
        squares[GAP] += gaps
    for first, second in combinations(annotators, 2):
        for category, bits in first.bits.items():
            agreed[category] += 2 * (bits & second.bits.get(category, 0)).bit_count() / pairs
        agreed[GAP] += 2 * (length - (first.whole | second.whole).bit_count()) / pairs
    return Tally(float(len(annotators) * length), agreed, margins, squares)


def added(tallies: Iterable[Tally]) -> Tally:
    """Return the tally of several texts."""
    total = 0.0
    sums: tuple[defaultdict[str | None, float], ...] = (defaultdict(float), defaultdict(float), defaultdict(float))
    for one in tallies:
        total += one.total
        for into, part in zip(sums, one[1:], strict=True):
            for category, value in part.items():
                into[category] += value
    return Tally(total, *sums)


class Disagreement(NamedTuple):
    """Observed and expected disagreement of one category, as the paper of 2004 tabulates them."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        """One minus their ratio; None where nothing could disagree."""
        return 1 - self.observed / self.expected if self.expected else None


def alpha_1995(length: int, annotators: Sequence[Sequence[Unit]]) -> tuple[float | None, dict[str, Disagreement]]:
    """Return alpha over all categories and the disagreement within each, in the formulation of 1995.

    Args:
        length: of the continuum, which begins at 0.
        annotators: the units of each annotator, two or more; those of one category in order and without overlaps.
    """
    categories = sorted({unit.category for own in annotators for unit in own})
    found = {one: _disagreement(length, [_of(own, one) for own in annotators]) for one in categories}
    observed = sum(one.observed for one in found.values())
    expected = sum(one.expected for one in found.values())
    return (1 - observed / expected if expected else None), found


def _of(own: Sequence[Unit], category: str) -> list[Unit]:
    return [unit for unit in own if unit.category == category]


def _disagreement(length: int, annotators: Sequence[Sequence[Unit]]) -> Disagreement:
    count = len(annotators)
    gaps = [_gaps(length, own) for own in annotators]
    observed = 0.0
    for i, own in enumerate(annotators):
        for j, others in enumerate(annotators):
            if i != j:
                observed += _differences(own, others, gaps[j])
    observed /= count * (count - 1) * length**2
    return Disagreement(observed, _expected(length, annotators, gaps))


def _differences(own: Sequence[Unit], others: Sequence[Unit], gaps: Sequence[Unit]) -> float:
    """Return the squared differences of one annotator's units to another's units, and twice to gaps that hold them.

    Twice, since the sum over both orders of annotators meets the gap once as the first and once as the second section.
    """
    total = 0.0
    for unit in own:
        for other in others:
            if unit.start < other.end and other.start < unit.end:
                total += (unit.start - other.start) ** 2 + (unit.end - other.end) ** 2
        for gap in gaps:
            if gap.start <= unit.start and unit.end <= gap.end:
                total += 2 * (unit.end - unit.start) ** 2
    return total


def _expected(length: int, annotators: Sequence[Sequence[Unit]], gaps: Sequence[Sequence[Unit]]) -> float:
    lengths = [unit.end - unit.start for own in annotators for unit in own]
    free = [gap.end - gap.start for own in gaps for gap in own]
    total = 0.0
    for one in lengths:
        total += (len(lengths) - 1) / 3 * (2 * one**3 - 3 * one**2 + one)
        total += one**2 * sum(gap - one + 1 for gap in free if gap >= one)
    whole = len(annotators) * length
    pairs = whole * (whole - 1) - sum(one * (one - 1) for one in lengths)
    return 2 / length * total / pairs if pairs else 0.0


def _gaps(length: int, own: Sequence[Unit]) -> list[Unit]:
    found: list[Unit] = []
    end = 0
    for unit in own:
        if unit.start > end:
            found.append(Unit(end, unit.start))
        end = unit.end
    if end < length:
        found.append(Unit(end, length))
    return found
