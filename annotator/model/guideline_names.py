"""How a mark names the version of the guidelines it was made under: `7-0f3a9c51d2e8`, number and end of the id.

Two people who write at once, each in their own file, give their versions one number; the end of the id tells which is
meant after the files are one. Marks of earlier releases, and other programs' data, say the number alone.
"""

import re
from typing import Final

from annotator.model.ids import GuidelineId

_SPELLED: Final = re.compile(r"([1-9]\d{0,8})(?:-([0-9a-f]{12}))?")


def spelled(number: int, guideline_id: GuidelineId) -> str:
    """Return how a mark names a version."""
    return f"{number}-{ending(guideline_id)}"


def ending(guideline_id: GuidelineId) -> str:
    """Return the end of a version's id: 48 bits that were drawn for it alone."""
    return guideline_id.rpartition("-")[2]


def read(said: str) -> tuple[int, str]:
    """Return the number and the end of the id that a mark names, "" where it says the number alone.

    (0, "") where it says nothing, or something that is not ours.
    """
    found = _SPELLED.fullmatch(said)
    return (int(found[1]), found[2] or "") if found else (0, "")
