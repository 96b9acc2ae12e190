"""Weighs which of the attributions around a claim is the one that reports it."""

from dataclasses import dataclass
from itertools import pairwise

from annotator.assist.attributions import Attribution
from annotator.assist.lexicon import Lexicon
from annotator.assist.quotes import Quoted
from annotator.assist.reading import Reading, Token

# Costs: smaller is likelier. Tuned on annotated news; only their order matters.
_NEXT_TO_QUOTATION = 0.3
_SENTENCE_BEFORE = 0.6  # "Smith denied it. “No gate was moved,” Jones said": the quotation is rather Jones's
_STEP_BEFORE = 0.15  # a word between "said" and the claim
_STEP_AFTER = 0.3  # a word between the claim and "X said"
_INSIDE = 2.0
_OTHER_SENTENCE = 4.0
_OTHER_PARAGRAPH = 9.0
_FURTHEST_PARAGRAPH = 2
_TOO_FAR = 16.0
_ADVERSATIVE = frozenset({
    "but", "while", "whereas", "although", "though", "and",  # English
    "aber", "doch", "während", "wohingegen", "und",
    "mais", "tandis", "alors", "et",
    "pero", "mientras", "aunque", "y",
    "но", "а", "хотя", "и", "тогда",
})  # fmt: skip
"""Words that begin another clause behind a comma, in all languages: none of them means something else there."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The words of a claim, tokens `[first, end)`, and the quotation it stands in."""

    first: int
    end: int
    quotation: Quoted | None

    @classmethod
    def at(cls, start: int, end: int, reading: Reading) -> "Claim | None":
        """Return the claim at these code points; None if no word is in it."""
        words = [i for i, t in enumerate(reading.tokens) if t.word and t.start < end and t.end > start]
        if not words:
            return None
        first, last = words[0], words[-1]
        around = [
            q
            for q in reading.quotations
            if q.start <= reading.tokens[first].start and reading.tokens[last].end <= q.end
        ]
        return cls(first, last + 1, around[0] if around else None)

    def hedged(self, tokens: list[Token], lexicon: Lexicon) -> bool:
        """Say whether a word such as "reportedly" stands in the claim's sentence, outside quotation marks."""
        sentences = {tokens[self.first].sentence, tokens[self.end - 1].sentence}
        low = self.first
        while low > 0 and tokens[low - 1].sentence in sentences:
            low -= 1
        return any(t.lower in lexicon.hedges and not t.quoted for t in tokens[low : self.end])


def best(claim: Claim, attributions: list[Attribution], reading: Reading) -> Attribution | None:
    """Return the attribution that most likely reports the claim, None where all are too far."""
    chosen: Attribution | None = None
    least = _TOO_FAR
    for one in attributions:
        cost = _cost(claim, one, reading)
        if cost is not None and cost + one.penalty < least:
            chosen, least = one, cost + one.penalty
    return chosen


def _cost(claim: Claim, one: Attribution, reading: Reading) -> float | None:
    tokens = reading.tokens
    inside = claim.first <= one.first and one.end <= claim.end
    if not inside and one.speaker.first < claim.end and claim.first < one.speaker.end:
        return None  # the claim is about its "speaker"
    if claim.quotation is not None and not inside:
        near = _beside(claim, claim.quotation, one, tokens)
        if near is not None:
            return near
    same_paragraph = tokens[one.first].paragraph == tokens[claim.first].paragraph
    if tokens[one.first].sentence in range(tokens[claim.first].sentence, tokens[claim.end - 1].sentence + 1):
        return _INSIDE if inside else _in_sentence(claim, one, tokens)
    if claim.quotation is None:
        return None  # what stands in a sentence of its own is the outlet's own voice
    if same_paragraph:
        away = abs(tokens[one.first].sentence - tokens[claim.first].sentence)
        return _OTHER_SENTENCE + away + (1.0 if one.first > claim.first else 0.0)
    return _in_paragraph_before(claim, one, tokens)


def _beside(claim: Claim, quotation: Quoted, one: Attribution, tokens: list[Token]) -> float | None:
    """Return the cost of an attribution that stands directly at the claim's quotation, None for any other."""
    if _adjoins(quotation, one, tokens):
        return _NEXT_TO_QUOTATION + (_SENTENCE_BEFORE if _ended_before(claim, one, tokens) else 0.0)
    words = _words_led_on(quotation, one, tokens)
    return None if words is None else _NEXT_TO_QUOTATION + _STEP_BEFORE * words


def _ended_before(claim: Claim, one: Attribution, tokens: list[Token]) -> bool:
    """Say whether the attribution is a sentence of its own before the claim's, with no colon that leads on."""
    if one.first >= claim.first or tokens[one.high - 1].sentence == tokens[claim.first].sentence:
        return False
    return all(token.text != ":" for token in tokens[one.high : claim.first])


def _words_between(low: int, high: int, tokens: list[Token]) -> int:
    return sum(token.word for token in tokens[low:high])


def _adjoins(quotation: Quoted, one: Attribution, tokens: list[Token]) -> bool:
    """Say whether only marks (or `that`) stand between the quotation and the attribution, either side."""
    low, high = tokens[one.low], tokens[one.high - 1]
    if low.paragraph != high.paragraph:
        return False
    if low.start >= quotation.end:
        k = one.low - 1
        while k >= 0 and not tokens[k].word and tokens[k].start >= quotation.end:
            k -= 1
        return k >= 0 and tokens[k].start < quotation.end and tokens[k].paragraph == low.paragraph
    if high.end <= quotation.start:
        k = one.high
        while k < len(tokens) and tokens[k].start < quotation.start and not tokens[k].word:
            k += 1
        return k < len(tokens) and tokens[k].start >= quotation.start and tokens[k].paragraph == high.paragraph
    return False


def _words_led_on(quotation: Quoted, one: Attribution, tokens: list[Token]) -> int | None:
    """Return how many words stand between an attribution and the colon before the quotation, None without one.

    "He says in the video: “…”"
    """
    if tokens[one.high - 1].end > quotation.start:
        return None
    words = 0
    last = ""
    for token in tokens[one.high :]:
        if token.start >= quotation.start:
            break
        if token.sentence != tokens[one.first].sentence:
            return None
        words += token.word
        last = token.text
    return words if last == ":" else None


def _another_clause(claim: Claim, one: Attribution, tokens: list[Token]) -> bool:
    """Say whether a semicolon, or a comma with a conjunction, parts what follows from the claim.

    "It cost a million, while the council said it was three times as much": the council says the other thing.
    """
    return any(
        token.text == ";" or (token.text == "," and following.lower in _ADVERSATIVE)
        for token, following in pairwise(tokens[claim.end : one.low + 1])
    )


def _in_sentence(claim: Claim, one: Attribution, tokens: list[Token]) -> float | None:
    if one.high <= claim.first:
        return _STEP_BEFORE * _words_between(one.high, claim.first, tokens)
    if one.low >= claim.end:
        if claim.quotation is None and _another_clause(claim, one, tokens):
            return None
        words = _words_between(claim.end, one.low, tokens)
        return 0.1 if words == 0 else 1.0 + _STEP_AFTER * words
    return _INSIDE  # the claim stands between speaker and cue, or is broken by them


def _in_paragraph_before(claim: Claim, one: Attribution, tokens: list[Token]) -> float | None:
    """A paragraph that is all quotation goes on with the speaker of the one before."""
    paragraph = tokens[claim.first].paragraph
    away = paragraph - tokens[one.first].paragraph
    if not 0 < away <= _FURTHEST_PARAGRAPH:
        return None
    start = claim.first
    while start > 0 and tokens[start - 1].paragraph == paragraph:
        start -= 1
    if not tokens[start].quoted:
        return None
    introduced = away == 1 and tokens[start - 1].text == ":"
    later = start - one.first  # the last attribution of the paragraph before is likelier
    return (_OTHER_SENTENCE if introduced else _OTHER_PARAGRAPH) + away + min(later, 100) / 100
