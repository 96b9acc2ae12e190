"""Whether two annotators may be one person, by their names: who began on a second machine, or anew on the same one.

It is only ever offered: nobody but a person says that two are one.
"""

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import OSA

_SHORT: Final = 5
"""Letters below which every slip of the pen gives another name: Bo, Bob, Rob."""

_LONG: Final = 12
"""Letters from which on two slips are likely."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d+")


def may_be_one(a: str, b: str, *, one_machine: bool) -> bool:
    """Tell whether two names may be one person's.

    Names that are the same but for case, accents, order and signs, or nearly so, may be; who worked on one machine also
    with a name that the other shortens: a first name, initials, what one logs in with. Names that differ in a number
    ("annotator 1") are two people's.
    """
    if _DIGITS.findall(a) != _DIGITS.findall(b):
        return False
    first, second = _words(a), _words(b)
    if not first or not second:
        return " ".join(a.split()).casefold() == " ".join(b.split()).casefold()
    if sorted(first) == sorted(second) or _nearly(" ".join(first), " ".join(second)):
        return True
    return one_machine and (_shortens(first, second) or _shortens(second, first))


def _words(name: str) -> list[str]:
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return _LETTERS.findall(bare.casefold())


def _nearly(a: str, b: str) -> bool:
    """Tell whether two spellings differ by a slip: a letter more, less, another, or two changed about."""
    length = min(len(a), len(b))
    most = 0 if length < _SHORT else 1 if length < _LONG else 2
    return OSA.distance(a, b, score_cutoff=most) <= most


def _shortens(short: list[str], name: list[str]) -> bool:
    """Tell whether words are a shorter form of a name: some of it, initials for some, or all that in one word."""
    if len(short) == 1 and short[0] in _logins(name):
        return True
    left = list(name)
    for word in short:
        found = next((one for one in left if one == word or (len(word) == 1 and one[0] == word)), None)
        if found is None:
            return False
        left.remove(found)
    return any(len(word) > 1 for word in short)


def _logins(name: list[str]) -> set[str]:
    """Return the words that people with this name log in with; a single name is but itself."""
    if len(name) == 1:
        return set(name)
    first, last = name[0], name[-1]
    initials = "".join(word[0] for word in name)
    both = {first + last, last + first, first[0] + last, last + first[0], first + last[0]}
    return {"".join(name), initials, *both}
