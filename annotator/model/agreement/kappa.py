"""Agreement beyond chance where everybody judges the same things: Cohen's and Fleiss' kappa.

Sources: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
37-46; J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971), 378-382.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Confusion = Counter[tuple[str, str]]
"""How often the first annotator said one thing where the second said another; those of articles add up."""


def confusion(judged: Iterable[tuple[str, str]]) -> Confusion:
    """Return the confusion matrix of (first, second) judgements."""
    return Counter(judged)


def cohen(matrix: Mapping[tuple[str, str], float]) -> float | None:
    """Return Cohen's kappa; None where there is nothing, or where chance alone would give full agreement."""
    total = sum(matrix.values())
    if not total:
        return None
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in matrix.items():
        first[one] += count  # pyright: ignore[reportArgumentType] - a resampled matrix has weights
        second[other] += count  # pyright: ignore[reportArgumentType] - as above
    expected = sum(first[one] * second[one] for one in first) / total**2
    observed = sum(count for (one, other), count in matrix.items() if one == other) / total
    return None if expected >= 1 else (observed - expected) / (1 - expected)


class Rated(NamedTuple):
    """What Fleiss' kappa needs of things that equally many people judged; those of articles add up.

    `things` counts them, `agreeing` sums the share of agreeing pairs of each, `said` the share of each judgement.
    """

    things: float
    agreeing: float
    said: Mapping[str, float]


def rated(ratings: Sequence[Mapping[str, int]]) -> Rated:
    """Return what things were judged, each given as how many people said what.

    Raises:
        ValueError: some thing has another number of ratings than the first.
    """
    raters = sum(ratings[0].values()) if ratings else 0
    if any(sum(one.values()) != raters for one in ratings):
        raise ValueError("Fleiss' kappa needs equally many ratings of everything")
    if raters < 2:  # noqa: PLR2004 - agreement takes two
        return Rated(0, 0, {})
    said: dict[str, float] = {}
    agreeing = 0.0
    for one in ratings:
        for status, count in one.items():
            said[status] = said.get(status, 0.0) + count / raters
        agreeing += (sum(count * count for count in one.values()) - raters) / (raters * (raters - 1))
    return Rated(len(ratings), agreeing, said)


def fleiss_of(found: Rated) -> float | None:
    """Return Fleiss' kappa; None where there is nothing, or where chance alone would give full agreement."""
    if not found.things:
        return None
    expected = sum((share / found.things) ** 2 for share in found.said.values())
    # Shares of one judgement add up to one, but for rounding.
    return None if expected > 1 - 1e-12 else (found.agreeing / found.things - expected) / (1 - expected)


def fleiss(ratings: Sequence[Mapping[str, int]]) -> float | None:
    """Return Fleiss' kappa of things, each given as how many people said what; raises like `rated`."""
    return fleiss_of(rated(ratings))
