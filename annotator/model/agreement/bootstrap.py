"""How far a figure may be off: percentile intervals from drawing texts anew.

Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; texts are drawn, not marks,
since marks of one text are not independent.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Table = NDArray[float64]

DRAWS: Final = 200
_SEED: Final = 20_220_111
_LEVEL: Final = 0.95


class Interval(NamedTuple):
    """The middle 95 % of a figure over the draws."""

    low: float
    high: float


def drawn(counts: Sequence[Mapping[str, float]], draws: int = DRAWS) -> list[dict[str, float]]:
    """Return the summed counts of texts that were drawn anew, as often as `draws` says; the same ones each time.

    Of fewer than two texts there is nothing to draw: then it is [].
    """
    if len(counts) < 2:  # noqa: PLR2004 - one text drawn anew is the same text
        return []
    import numpy as np  # noqa: PLC0415 - 0.1 s, and most commands do without it

    keys = sorted({key for one in counts for key in one})
    table = np.array([[one.get(key, 0.0) for one in counts] for key in keys])
    table = table.reshape(len(keys), len(counts))  # where nothing was counted, NumPy sees no second dimension
    # Not `@`: BLAS sets every core spinning for tables as small as these.
    sums = np.einsum("dt,kt->dk", _times(len(counts), draws), table)
    return [dict(zip(keys, row, strict=True)) for row in sums.tolist()]


@lru_cache(maxsize=4)
def _times(texts: int, draws: int) -> "Table":
    """Return how often each draw has each text."""
    import numpy as np  # noqa: PLC0415 - as above

    return np.random.default_rng(_SEED).multinomial(texts, [1 / texts] * texts, size=draws).astype(float)


def interval(
    sums: Sequence[Mapping[str, float]], value: Callable[[Mapping[str, float]], float | None]
) -> Interval | None:
    """Return the interval of a figure.

    Args:
        sums: what `drawn` returns.
        value: the figure from summed counts.

    Returns:
        None where nothing was drawn, or where more than one draw in twenty leaves the figure undefined.
    """
    sound = sorted(found for one in sums if (found := value(one)) is not None)
    if not sums or len(sound) < len(sums) * _LEVEL:
        return None
    tail = (1 - _LEVEL) / 2
    return Interval(_quantile(sound, tail), _quantile(sound, 1 - tail))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile of ordered values, between two of them in proportion."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
