"""Krippendorff's alpha for nominal judgements, where not everybody judges everything.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C and D: coincidences within
units, each weighted by one less than the judgements of its unit; a unit with fewer than two judgements says nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

Coincidences = dict[tuple[str, str], float]
"""How often two values meet in a unit, weighted; both orders stand in it, and those of articles add up."""


def coincidences(units: Iterable[Mapping[str, int]]) -> Coincidences:
    """Return the coincidences of units, each given as how many annotators said what."""
    found: Coincidences = {}
    for unit in units:
        judged = sum(unit.values())
        if judged < 2:  # noqa: PLR2004 - a coincidence takes two
            continue
        for one, times in unit.items():
            for other, others in unit.items():
                weight = times * (others - (one == other)) / (judged - 1)
                if weight:
                    found[one, other] = found.get((one, other), 0.0) + weight
    return found


def alpha(found: Mapping[tuple[str, str], float]) -> float | None:
    """Return alpha; None where there is nothing to pair, or where only one value was ever used."""
    margins: Counter[str] = Counter()
    for (one, _other), weight in found.items():
        margins[one] += weight  # pyright: ignore[reportArgumentType] - weights are fractions
    total = float(sum(margins.values()))
    if total <= 1:
        return None
    observed = sum(weight for (one, other), weight in found.items() if one != other)
    expected = (total**2 - sum(float(margin) ** 2 for margin in margins.values())) / (total - 1)
    return 1 - observed / expected if expected else None
