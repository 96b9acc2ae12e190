"""What the template of a report is given: finished words, looks and anchors."""

from typing import NamedTuple

from annotator.formats.report.survey import Place, Row
from annotator.formats.report.text import Block
from annotator.formats.report.words import Look, Looks


class Verdict(NamedTuple):
    """What a review made of one record.

    Attributes:
        pattern: how it is worded, with the places of `decision`, `who` and `name`.
        word: the decision.
        who: of whom something is missing.
        by: who decided.
        why: said here where no decision of the claim says it.
    """

    anchor: str
    pattern: str
    word: str
    who: str
    by: str
    at: str
    why: str
    note: str
    proposal: str


class Why(NamedTuple):
    """A decision about a claim: by whom, when and why."""

    anchor: str
    word: str
    by: str
    at: str
    reason: str
    cause: str
    confidence: str
    note: str


class Mark(NamedTuple):
    """A mention: who marked which words, and what they hold."""

    anchor: str
    who: str
    adjudicated: bool
    quote: str
    look: Look
    claim: str
    speaker: str
    speaker_kind: str
    suggested: bool
    speaker_words: str
    cue: str
    presented: str
    within: tuple[int, str] | None
    note: str
    verdicts: tuple[Verdict, ...]


class Held(NamedTuple):
    """One assessment."""

    anchor: str
    look: Look
    since: str
    who: str
    adjudicated: bool
    now: bool
    reason: str
    recorded: str
    claim: str
    verdicts: tuple[Verdict, ...]


class Origin(NamedTuple):
    """A source as a piece of evidence names it."""

    title: str
    publisher: str
    published: str
    retrieved: str
    medium: str
    url: str
    href: str
    archived: str
    archived_href: str
    primary: bool
    repeats: str
    kept: bool
    confidential: bool
    article: Row | None


class Proof(NamedTuple):
    """A piece of evidence."""

    anchor: str
    stance: str
    icon: str
    token: str
    source: Origin
    quote: str
    passage: str
    locator: str
    note: str
    who: str
    claim: str
    verdicts: tuple[Verdict, ...]


class Tie(NamedTuple):
    """A link to another record: what the two have to do with each other, and where the other one stands."""

    word: str
    place: Place
    by: str
    note: str
    here: bool


class Said(NamedTuple):
    """One remark of a thread."""

    anchor: str
    who: str
    at: str
    text: str
    resolved: bool


class Talk(NamedTuple):
    """A thread."""

    anchor: str
    about: str
    resolved: bool
    remarks: tuple[Said, ...]


class Shown(NamedTuple):
    """A numbered claim."""

    anchor: str
    back: str
    number: int
    look: Look
    text: str
    type: str
    date: str
    second: bool
    rejected: bool
    whys: tuple[Why, ...]
    marks: tuple[Mark, ...]
    missed: tuple[Verdict, ...]
    history: tuple[Held, ...]
    evidence: tuple[Proof, ...]
    ties: tuple[Tie, ...]
    talks: tuple[Talk, ...]


class Page(NamedTuple):
    """An article version."""

    anchor: str
    number: int
    title: str
    version: int
    publisher: str
    published: str
    authors: tuple[str, ...]
    url: str
    href: str
    lang: str
    retrieved: str
    people: tuple[tuple[str, int], ...]
    blocks: tuple[Block, ...]
    looks: Looks
    claims: tuple[Shown, ...]
    verdicts: tuple[tuple[str, Verdict], ...]
    ties: tuple[Tie, ...]
    talks: tuple[Talk, ...]

    def claim(self, number: int) -> Shown:
        """Return the claim of a number."""
        return self.claims[number - 1]
