"""What the paths of files of marks may say about whose they are: for a person to choose from."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from annotator.errors import Refused
from annotator.formats.whose import Person, Whose
from annotator.services.originals import READERS, Original

PATTERNS: Final = ("{annotator}/{name}.*", "{name}_{annotator}.*", "{name}/{annotator}.*")


class Reading(NamedTuple):
    """What a pattern finds in all paths: the people, each once, in the order of the files."""

    pattern: str
    people: tuple[str, ...]


def readings_of(originals: Sequence[Original]) -> list[Reading]:
    """Return the patterns that fit all files of marks, the likeliest first; [] where no file is one of marks.

    Likeliest is what gives many texts to the same few people: that is why files come together.
    """
    suffixes = {suffix for reader in READERS if reader.read_by for suffix in reader.suffixes}
    paths = [one.absolute() for one in originals if isinstance(one, Path) and one.suffix.lower() in suffixes]
    found: list[tuple[float, Reading]] = []
    for pattern in PATTERNS if paths else ():
        try:
            persons = [Whose(pattern).person(str(path)) for path in paths]
        except Refused:
            continue
        people = tuple(dict.fromkeys(one.annotator for one in persons))
        found.append((-_shared(persons) / len(people), Reading(pattern, people)))
    return [reading for _rank, reading in sorted(found, key=lambda pair: pair[0])]


def _shared(persons: Sequence[Person]) -> int:
    """Return how many files are about a text that another file is about as well."""
    texts = Counter((one.where, one.name) for one in persons)
    return sum(often for often in texts.values() if often > 1)
