"""What a check finds: one line each, and never more lines than a person reads."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

SHOWN: Final = 20
"""Findings of one subject that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked (how many of what) and what is unsound, one line each; no findings: the project is sound."""

    checked: dict[str, int]
    findings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


class Findings:
    """Collects counts and findings of a check."""

    def __init__(self) -> None:
        self.checked: Counter[str] = Counter()
        self._lines: list[str] = []
        self._by_subject: Counter[str] = Counter()

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
        return Report(dict(self.checked), (*self._lines, *more))
