"""What a check finds: one line each, and never more lines than a person reads."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

SHOWN: Final = 20
"""Findings of one subject that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many events one author wrote in one session, by what a check found of them.

    `author_id` and `session_id` are ids, `name` is the author's ("" where the project does not say), `machine` where
    the session was. Withheld are events whose body is not in this file, missing are holes in the session's count,
    altered are events that are not what was written.
    """

    author_id: str
    name: str
    session_id: str
    machine: str
    sound: int
    withheld: int
    missing: int
    altered: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked (how many of what) and what is unsound, one line each; no findings: the project is sound."""

    checked: dict[str, int]
    findings: tuple[str, ...]
    tallies: tuple[Tally, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


Whose = tuple[bytes, int]
"""An author's id, and the row of a session."""


class Findings:
    """Collects counts and findings of a check."""

    def __init__(self) -> None:
        self.checked: Counter[str] = Counter()
        self._lines: list[str] = []
        self._by_subject: Counter[str] = Counter()
        self.tallies: tuple[Tally, ...] = ()
        self.events: Counter[Whose] = Counter()
        self.withheld: Counter[Whose] = Counter()
        self.missing: Counter[Whose] = Counter()
        self.altered: Counter[Whose] = Counter()

    def add(self, subject: str, line: str) -> None:
        """Note a finding; `subject` is what such findings are counted under."""
        self._by_subject[subject] += 1
        if self._by_subject[subject] <= SHOWN:
            self._lines.append(f"{subject}: {' '.join(line.split())}")

    def has(self, subject: str) -> bool:
        """Tell whether anything was found under a subject."""
        return self._by_subject[subject] > 0

    def report(self) -> Report:
        """Return the report."""
        more = [f"{subject}: and {n - SHOWN} more" for subject, n in self._by_subject.items() if n > SHOWN]
        return Report(dict(self.checked), (*self._lines, *more), self.tallies)
