"""Agreement beyond chance where everybody judges the same things: Cohen's and Fleiss' kappa.

Sources: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
37-46; J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971), 378-382.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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


def fleiss(ratings: Sequence[Mapping[str, int]]) -> float | None:
    """Return Fleiss' kappa; None where undefined.

    Args:
        ratings: for each thing how many annotators said what; every thing must have equally many ratings, two or more.

    Raises:
        ValueError: some thing has another number of ratings than the first.
    """
    if not ratings:
        return None
    raters = sum(ratings[0].values())
    if any(sum(one.values()) != raters for one in ratings):
        raise ValueError("Fleiss' kappa needs equally many ratings of everything")
    if raters < 2:  # noqa: PLR2004 - agreement takes two
        return None
    said: Counter[str] = Counter()
    agreeing = 0.0
    for one in ratings:
        said.update(one)
        agreeing += (sum(count * count for count in one.values()) - raters) / (raters * (raters - 1))
    total = len(ratings) * raters
    expected = sum((count / total) ** 2 for count in said.values())
    return None if expected >= 1 else (agreeing / len(ratings) - expected) / (1 - expected)
