"""What a merge brings, or would bring: counts by author, and everything that a person should be told by name."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from annotator.model.records import Annotator, Link

Outcome = Literal["new", "known", "conflicting", "refused", "missing"]
"""What became of an event.

`new` and `known` ones are in the project. `conflicting` ones are among the new: another one changed the same field
without knowing of them. `missing` ones are not in the file, or follow what is not in it; they come in with it later.
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """Events that did not come in: whose they are, from which file, why, and how many."""

    file: str
    author: str
    why: str
    events: int
    outcome: Literal["refused", "missing"]


class Redacted(NamedTuple):
    """A record that a colleague took out of the project for good: its kind, its id, and who did."""

    kind: str
    object_id: str
    author: str


@dataclass(slots=True)
class Tally:
    """What became of the events of some files.

    Attributes:
        outcomes: events by (annotator id, outcome).
        kept_out: what was refused or is missing, with the reason.
        in_my_name: new events in the name of the person at work that another machine wrote, by that machine's name.
        far: new events whose clock is more than a day ahead, by annotator id.
        filled: bodies that were withheld until now.
        texts: how many texts and snapshots are new.
        names: the names of the annotators, by id.
        redacted: what colleagues took out for good; backups of this machine may hold it still.
        same_articles: links that join articles which two people brought in apart.
        same_people: pairs of annotators who may be one person; nobody but a person says so.
    """

    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter[tuple[str, Outcome]])
    kept_out: list[Kept] = field(default_factory=list[Kept])
    in_my_name: Counter[str] = field(default_factory=Counter[str])
    far: Counter[str] = field(default_factory=Counter[str])
    filled: int = 0
    texts: int = 0
    names: dict[str, str] = field(default_factory=dict[str, str])
    redacted: list[Redacted] = field(default_factory=list[Redacted])
    same_articles: list[Link] = field(default_factory=list[Link])
    same_people: list[tuple[Annotator, Annotator]] = field(default_factory=list[tuple[Annotator, Annotator]])

    def count(self, outcome: Outcome) -> int:
        """Return how many events had this outcome."""
        return sum(n for (_author, one), n in self.outcomes.items() if one == outcome)

    @property
    def authors(self) -> list[str]:
        """The ids of those whose events were looked at."""
        return sorted({author for author, _outcome in self.outcomes})

    def keep_out(self, kept: Kept) -> None:
        """Count what did not come in, together with what was kept out for the same reason."""
        self.outcomes[kept.author, kept.outcome] += kept.events
        for place, one in enumerate(self.kept_out):
            if (one.file, one.author, one.why, one.outcome) == (kept.file, kept.author, kept.why, kept.outcome):
                self.kept_out[place] = Kept(one.file, one.author, one.why, one.events + kept.events, one.outcome)
                return
        self.kept_out.append(kept)
