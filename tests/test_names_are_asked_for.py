"""Nobody reads annotators' names but `services.signatures`, and those few who tell of no mark by them."""

import re
from pathlib import Path

import annotator

FOLDER = Path(annotator.__file__).parent
READS = re.compile(r"\b(?:all|find|get|by_ids)\(\s*Annotator\b")

ALLOWED = {
    "services/signatures.py": "it is the one place",
    "services/review_cards.py": "takes the records, with the names that signatures gives",
    "services/facets.py": "takes the ids",
    "services/agreement.py": "the figures of the command line have names",
    "services/assigning.py": "to whom a copy goes",
    "services/merging.py": "says which two are one person",
    "services/missed.py": "takes the ids",
    "services/gathering.py": "what is exported has names",
    "gui/history/card.py": "takes the ids",
    "gui/assigning/flow.py": "to whom a copy goes",
}


def test_names_of_annotators_are_read_in_one_place() -> None:
    found = {
        path.relative_to(FOLDER).as_posix()
        for layer in ("services", "gui")
        for path in (FOLDER / layer).rglob("*.py")
        if READS.search(path.read_text(encoding="utf-8"))
    }
    assert found == ALLOWED.keys()
