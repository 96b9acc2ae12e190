"""Finds the reporting verb and the speaker of a claim that a person has just marked.

Importing this costs nothing; making the first finder of a language imports spaCy (seconds), so do it on a worker.
"""

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from annotator.assist.attributions import Attribution, Attributions
from annotator.assist.lexicon import PRESENTED_AS, Lexicon, base_language, read
from annotator.assist.naming import named
from annotator.assist.pronouns import Passage
from annotator.assist.reading import Reader, Token
from annotator.assist.relations import Claim, best
from annotator.model.records import PresentedAs, SpeakerKind

WINDOW = 1_500  # code points looked at on either side of a claim
_PARAGRAPHS_BEFORE = 3
_LONGEST_CLAIM = 4_000


@dataclass(frozen=True, slots=True)
class FoundSpeaker:
    """Who makes a claim, as the article has it: a suggestion, never a finding.

    Attributes:
        name: the speaker's name without article or title; the spaces of a name broken over lines become one.
            For a pronoun it is the name the pronoun stands for.
        speaker: where the text names the speaker, `[start, end)` in code points of the whole text.
        cue: where the reporting verb or phrase stands, the same way.
        group: `assert`, `allege`, `deny`, `confirm`, `doubt` or `retract`.
        presented_as: `attributed`, `denied` or `hedged` (model.md).
        kind: `person`, `organisation`, `anonymous`, `document` or `outlet`.
        rule: which rule found it, so that acceptance can be counted by rule.
    """

    name: str
    speaker: tuple[int, int]
    cue: tuple[int, int]
    group: str
    presented_as: PresentedAs
    kind: SpeakerKind
    rule: str


class SpeakerFinder:
    """Finds speakers in texts of one language; a language without word lists finds none.

    May be used from several threads at once.
    """

    def __init__(self, language: str) -> None:
        self._lexicon = read(language)
        self._reader = Reader(self._lexicon) if self._lexicon is not None else None
        self._lock = Lock()

    def find(self, text: str, start: int, end: int) -> FoundSpeaker | None:
        """Return the speaker of the claim `text[start:end]` (code points), None where the text names none.

        Looks at the claim's paragraphs and three before, no more than `WINDOW` code points on either side.
        Positions outside the text are brought inside.
        """
        start, end = max(0, start), min(len(text), end)
        if self._lexicon is None or self._reader is None or start >= end or not text[start:end].strip():
            return None
        end = min(end, start + _LONGEST_CLAIM)
        low, high = _window(text, start, end)
        with self._lock:  # spaCy's vocabulary grows as it reads
            reading = self._reader.read(text, low, high)
        claim = Claim.at(start, end, reading)
        if claim is None:
            return None
        attributions = Attributions(reading.tokens, reading.hits, self._lexicon)
        every = attributions.all()
        chosen = best(claim, every, reading)
        return chosen and _describe(chosen, every, attributions, reading.tokens, text, claim, self._lexicon)


@lru_cache(maxsize=8)
def _made(language: str) -> SpeakerFinder:
    return SpeakerFinder(language)


_making = Lock()


def finder(language: str) -> SpeakerFinder:
    """Return the finder of a language (`en`, `de-AT`), made once; from any thread, best first from a worker."""
    with _making:
        return _made(base_language(language))


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the claim's paragraphs and three before, within `WINDOW`; a longer paragraph is cut at a space."""
    low = start
    for _ in range(_PARAGRAPHS_BEFORE + 1):
        line = text.rfind("\n", max(0, start - WINDOW), low)
        while line > 0 and text[line - 1].isspace():
            line -= 1
        if line <= 0:
            line = max(0, start - WINDOW)
            space = text.find(" ", line, start)
            low = 0 if line == 0 else space + 1 if space >= 0 else line
            break
        low = line
    line = text.find("\n", end, end + WINDOW)
    if line >= 0:
        return low, line
    high = min(len(text), end + WINDOW)
    space = text.rfind(" ", end, high)
    return low, space if space >= 0 and high < len(text) else high


def _describe(
    chosen: Attribution,
    every: list[Attribution],
    attributions: Attributions,
    tokens: list[Token],
    text: str,
    claim: Claim,
    lexicon: Lexicon,
) -> FoundSpeaker | None:
    group, phrases, rule = chosen.speaker, attributions.phrases, chosen.rule
    first, end = group.first, group.end
    if phrases.pronoun(first) and end == first + 1:
        who = Passage(tokens, every, phrases, lexicon).antecedent(first)
        rule += ", pronoun"
    else:
        who = named(group, tokens, phrases, lexicon)
        if who is not None:
            first, end = who.first, who.end
    if who is None:
        return None
    return FoundSpeaker(
        name=" ".join(text[tokens[who.first].start : tokens[who.end - 1].end].split()),
        speaker=(tokens[first].start, tokens[end - 1].end),
        cue=(tokens[chosen.first].start, tokens[chosen.end - 1].end),
        group=chosen.group,
        presented_as="hedged" if claim.hedged(tokens, lexicon) else PRESENTED_AS[chosen.group],
        kind=who.kind,
        rule=rule,
    )
