"""How far a figure may be off: percentile intervals from drawing texts anew.

Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; texts are drawn, not marks,
since marks of one text are not independent.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

DRAWS: Final = 200
_SEED: Final = 20_220_111
_LEVEL: Final = 0.95


class Interval(NamedTuple):
    """The middle 95 % of a figure over the draws."""

    low: float
    high: float


def interval(
    counts: Sequence[Mapping[str, float]], value: Callable[[Mapping[str, float]], float | None], draws: int = DRAWS
) -> Interval | None:
    """Return the interval of a figure; the same counts always give the same one.

    Args:
        counts: what was counted, text by text.
        value: the figure from summed counts.
        draws: how often the texts are drawn anew.

    Returns:
        None for fewer than two texts, or where more than one draw in twenty leaves the figure undefined.
    """
    if len(counts) < 2:  # noqa: PLR2004 - one text drawn anew is the same text
        return None
    import numpy as np  # noqa: PLC0415 - 0.1 s, and most commands do without it

    keys = sorted({key for one in counts for key in one})
    table = np.array([[one.get(key, 0.0) for key in keys] for one in counts])
    drawn = np.random.default_rng(_SEED).multinomial(len(counts), [1 / len(counts)] * len(counts), size=draws)
    found = [value(dict(zip(keys, row, strict=True))) for row in (drawn @ table).tolist()]
    sound = sorted(one for one in found if one is not None)
    if len(sound) < draws * _LEVEL:
        return None
    tail = (1 - _LEVEL) / 2
    low, high = np.quantile(sound, [tail, 1 - tail]).tolist()
    return Interval(low, high)
