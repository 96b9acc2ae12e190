"""Cuts the surroundings of a mention into words, sentences and paragraphs, and finds the cue words in them.

The only file here that speaks to spaCy; everything else works on its tokens.
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from annotator.assist import quotes
from annotator.assist.lexicon import Lexicon, Phrase, Verb

_ENDS = frozenset(".?!…")
_LOOK_AHEAD = 4
_LONGEST_NAME = 4
_FURTHEST_WORD = 40
_WORD_BEFORE = re.compile(r"(\w+)\s\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark, in code points of the whole text; `sentence` and `paragraph` count within the window."""

    text: str
    lower: str
    start: int
    end: int
    sentence: int
    paragraph: int
    quoted: bool
    word: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue form found at the tokens `[first, end)`; exactly one of verb and phrase is set, or neither for a hedge."""

    first: int
    end: int
    verb: Verb | None
    phrase: Phrase | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands around a mention: tokens (spaces left out), cue forms in order, quotations by start."""

    tokens: list[Token]
    hits: list[Hit]
    quotations: list[quotes.Quoted]


class _Word(NamedTuple):
    text: str
    at: int
    starts: bool
    space: bool


class Reader:
    """Reads windows of text in one language: spaCy's tokenizer and sentencizer, and the lexicon's forms.

    Loading imports spaCy (seconds), so make it on a worker. Not for two threads at once.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        import spacy  # noqa: PLC0415 - costs seconds, and most commands never need it
        from spacy.matcher import PhraseMatcher  # noqa: PLC0415

        self._nlp: Any = spacy.blank(lexicon.language)
        self._nlp.add_pipe("sentencizer")
        self._matcher: Any = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._forms: set[str] = set()
        self._named = lexicon.outlet_nouns | lexicon.organisation_nouns
        self._meaning: dict[int, tuple[Verb | None, Phrase | None]] = {}
        for verb in lexicon.cues:
            self._forms.update(verb.forms)
            self._learn(f"verb {verb.lemma} {verb.group}", verb.forms, verb, None)
        for phrase in lexicon.phrases:
            texts = {phrase.text, phrase.text.replace("'", "’")}
            self._learn(f"phrase {phrase.text}", tuple(sorted(texts)), None, phrase)

    def _learn(self, key: str, forms: tuple[str, ...], verb: Verb | None, phrase: Phrase | None) -> None:
        self._matcher.add(key, [self._nlp.make_doc(form) for form in forms])
        self._meaning[int(self._nlp.vocab.strings[key])] = (verb, phrase)

    def read(self, text: str, low: int, high: int) -> Reading:
        """Read `text[low:high]`; every position in the answer counts code points of the whole text."""
        # spaCy hashes UTF-8, which lone surrogates have none of; one character takes the place of one.
        window = text[low:high].encode("utf-8", "replace").decode("utf-8")
        doc: Any = self._nlp(window)
        quotations = [
            quotation
            for start, end in paragraphs(text, low, high)
            for quotation in quotes.quoted(text, start, end)
            if not self._is_name(text, quotation)
        ]
        # An array and slices: spaCy's Token objects would cost more than the reading.
        rows = cast("list[list[int]]", doc.to_array(["IDX", "LENGTH", "SENT_START", "IS_SPACE"]).tolist())
        words = [_Word(window[at : at + length], at, start == 1, bool(space)) for at, length, start, space in rows]
        tokens, place = self._tokens(words, low, quotations)
        return Reading(tokens, self._hits(doc, place), quotations)

    def _is_name(self, text: str, quotation: quotes.Quoted) -> bool:
        """Tell the magazine “Spiegel” from what somebody says."""
        words = text[quotation.start : quotation.end].strip("".join(quotes.MARKS)).split()
        if not quotation.closed or not 0 < len(words) <= _LONGEST_NAME or not words[0][0].isupper():
            return False
        before = _WORD_BEFORE.findall(text, max(0, quotation.start - _FURTHEST_WORD), quotation.start)
        return bool(before) and before[0].lower() in self._named and words[-1][-1].isalnum()

    def _hits(self, doc: Any, place: list[int]) -> list[Hit]:
        matches = sorted(cast("list[tuple[int, int, int]]", self._matcher(doc)), key=lambda m: (m[1] - m[2], m[1]))
        taken: set[int] = set()
        hits: list[Hit] = []
        for key, first, end in matches:  # the longest first: "went on to say" before "say"
            if not taken.isdisjoint(range(first, end)):
                continue
            taken.update(range(first, end))
            verb, phrase = self._meaning[key]
            hits.append(Hit(place[first], place[end - 1] + 1, verb, phrase))
        return sorted(hits, key=lambda hit: hit.first)

    def _tokens(self, words: list[_Word], low: int, quotations: list[quotes.Quoted]) -> tuple[list[Token], list[int]]:
        """Return the tokens without spaces, and for each of spaCy's words the index of its token (or the next)."""
        tokens: list[Token] = []
        place: list[int] = []
        sentence = paragraph = quote = 0
        for index, word in enumerate(words):
            place.append(len(tokens))
            shown = word.text
            if word.space:
                if "\n" in shown and tokens:
                    paragraph, sentence = paragraph + 1, sentence + 1
                continue
            start = low + word.at
            if word.starts and tokens and tokens[-1].paragraph == paragraph:
                sentence += self._starts_sentence(words, index, tokens)
            while quote < len(quotations) and quotations[quote].end <= start:
                quote += 1
            inside = quote < len(quotations) and quotations[quote].start <= start
            is_word = shown.isalnum() or any(map(str.isalnum, shown))
            token = Token(
                shown,
                shown.lower(),
                start,
                start + len(shown),
                sentence,
                paragraph,
                inside,
                is_word,
                shown[0].isupper(),
            )
            tokens.append(token)
        return tokens, place

    def _starts_sentence(self, words: list[_Word], index: int, tokens: list[Token]) -> bool:
        if words[index].text[0].islower():
            return False  # "…?" he asked
        before = tokens[-1].text
        if before in quotes.MARKS and len(tokens) > 1 and tokens[-2].text in "?!":
            following = [word.text.lower() for word in words[index : index + _LOOK_AHEAD]]
            return self._forms.isdisjoint(following)  # "…?" Smith asked
        # An initial ends no sentence: "Mary J. Blige".
        return not (before == "." and len(tokens) > 1 and len(tokens[-2].text) == 1 and tokens[-2].capital)


def paragraphs(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Return the non-empty lines of `text[low:high]` as ranges of the whole text."""
    found: list[tuple[int, int]] = []
    at = low
    for line in text[low:high].split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found
