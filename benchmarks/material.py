"""Made-up material for measuring: long texts and marks over them, the same for the same seed."""

import random
import re
from typing import NamedTuple

_WORDS: tuple[str, ...] = tuple(
    re.findall(
        r"\w+",
        """
        the a of in on to and that for with by from after before council auditor ministry harbour river pipe register
        invoice water school hospital budget contract resident mayor deputy spokesperson committee review letter report
        said told denied confirmed replaced counted promised published rejected measured delayed expected northern
        local federal annual public second thirty hundred million percent programme schedule street laboratory
        """,
    )
)

_OVERLAPPING = 6
"""Every how-many-th mark overlaps the one before."""

STATUSES = ("alleged", "disputed", "confirmed")


class Place(NamedTuple):
    """A marked range [start, end) in code points, with the key of a status."""

    start: int
    end: int
    status: str


def long_text(words: int, seed: int = 1) -> str:
    """Return an article of exactly that many words: a headline, then paragraphs of 30 to 120, one a line."""
    rng = random.Random(seed)
    lines = [" ".join(rng.choice(_WORDS) for _ in range(min(10, words))).capitalize()]
    left = words - min(10, words)
    while left:
        length = min(left, rng.randint(30, 120))
        lines.append(_paragraph(rng, length))
        left -= length
    return "\n".join(lines)


def _paragraph(rng: random.Random, length: int) -> str:
    words = [rng.choice(_WORDS) for _ in range(length)]
    for at in range(rng.randint(8, 20), length, rng.randint(9, 22)):
        words[at - 1] += "."
        words[at] = words[at].capitalize()
    return " ".join(words).capitalize() + "."


def marks_for(text: str, n: int, seed: int = 2) -> tuple[Place, ...]:
    """Return n places of 3 to 25 words spread over the text; about every sixth overlaps the one before."""
    rng = random.Random(seed)
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter in " \n")]
    places: list[Place] = []
    for i in range(n):
        first = min(int(i * len(starts) / n), len(starts) - 1)
        if i % _OVERLAPPING == _OVERLAPPING - 1:
            first = max(0, first - rng.randint(2, 12))
        last = min(first + rng.randint(3, 25), len(starts) - 1)
        end = starts[last] - 1 if last > first else len(text)
        places.append(Place(starts[first], end, STATUSES[rng.randrange(len(STATUSES))]))
    return tuple(places)
