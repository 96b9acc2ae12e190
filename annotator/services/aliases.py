"""Letters in place of annotators' names while something about a text is undecided: who said it is not to count.

The letters are dealt anew for each text, so that nobody is known by theirs, and are the same at each sight of it.
"""

from collections.abc import Iterable

from annotator.model.ids import AnnotatorId, VersionId, derived_id

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def shuffled(version_id: VersionId, people: Iterable[AnnotatorId]) -> list[AnnotatorId]:
    """Return people in an order that depends on them and on the text alone, and tells nothing about either."""
    return sorted(people, key=lambda one: derived_id("alias", version_id, one))


def aliases(version_id: VersionId, people: Iterable[AnnotatorId]) -> dict[str, str]:
    """Return what each person is called in a text: a letter; whoever comes after the last letter is a number."""
    order = shuffled(version_id, people)
    return {one: _LETTERS[place] if place < len(_LETTERS) else f"{place + 1}" for place, one in enumerate(order)}
