"""Finds who speaks at each cue of a passage: `X said`, `said X`, `according to X`, `was accused by X`, `X's claim`."""

from dataclasses import dataclass

from annotator.assist.lexicon import Lexicon, Verb
from annotator.assist.noun_phrases import Group, NounPhrases
from annotator.assist.reading import Hit, Token

_POSSESSIVE = frozenset({"'s", "’s"})
_LONGEST_LABEL = 5
_FURTHEST_BY = 25
_DOUBTFUL = 2.5  # "would say", "did not say": only where nothing better stands near
_WEAK = 1.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue `[first, end)` in tokens with its speaker; `penalty` is what makes it less sure than its like."""

    first: int
    end: int
    group: str
    speaker: Group
    rule: str
    penalty: float = 0.0
    adjoining: bool = True

    @property
    def low(self) -> int:
        """Return the first token of cue and speaker together (of the cue alone if the speaker stands elsewhere)."""
        return min(self.first, self.speaker.first) if self.adjoining else self.first

    @property
    def high(self) -> int:
        """Return the end of cue and speaker together (of the cue alone if the speaker stands elsewhere)."""
        return max(self.end, self.speaker.end) if self.adjoining else self.end


class Attributions:
    """Reads the attributions off one list of tokens."""

    def __init__(self, tokens: list[Token], hits: list[Hit], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._hits = hits
        self._lex = lexicon
        self.phrases = NounPhrases(tokens, lexicon)

    def all(self) -> list[Attribution]:
        """Return every attribution of the passage, in the order of the cues."""
        found: list[Attribution] = []
        for hit in self._hits:
            if self._tokens[hit.first].quoted or self._in_name(hit):
                continue
            one = self._of_phrase(hit, found) if hit.phrase else self._of_verb(hit, found)
            if one is not None:
                found.append(one)
        return found + self._labels()

    def _in_name(self, hit: Hit) -> bool:
        """Tell "United States" from "states"."""
        at = hit.first
        return self.phrases.name(at) and at > self.floor(at) and self._tokens[at - 1].word

    # -- borders of the sentence

    def floor(self, at: int) -> int:
        """Return the first token of the sentence of `at`."""
        sentence = self._tokens[at].sentence
        while at > 0 and self._tokens[at - 1].sentence == sentence:
            at -= 1
        return at

    def _ceiling(self, at: int) -> int:
        sentence = self._tokens[at].sentence
        while at < len(self._tokens) and self._tokens[at].sentence == sentence:
            at += 1
        return at

    # -- phrases and verbs

    def _of_phrase(self, hit: Hit, found: list[Attribution]) -> Attribution | None:
        phrase = hit.phrase
        if phrase is None:
            return None
        if phrase.speaker == "after":
            speaker = self.phrases.after(hit.end, self._ceiling(hit.first))
            return speaker and Attribution(hit.first, hit.end, phrase.group, speaker, "cue phrase, then speaker")
        return self._with_subject(hit, phrase.group, _WEAK / 2, found)

    def _of_verb(self, hit: Hit, found: list[Attribution]) -> Attribution | None:
        verb, lex = hit.verb, self._lex
        if verb is None:
            return None
        form = self._tokens[hit.first].lower
        before, floor = hit.first - 1, self.floor(hit.first)
        if before >= floor and self._tokens[before].lower in _POSSESSIVE:
            return self._possessor(hit, verb, form, floor)
        if self._is_noun(hit, verb, form, floor):
            return None
        helpers = self._helpers(before, floor)
        if not self._gerund(form) and (helpers & lex.passive or self._participle(hit, verb, helpers)):
            return self._passive(hit, verb)
        penalty = _WEAK if verb.weak else 0.0
        if helpers & (lex.modals | lex.negations):
            penalty += _DOUBTFUL
        inverted = None if verb.addressee or self._gerund(form) else self._inverted(hit, verb, floor, penalty)
        return inverted or self._with_subject(hit, verb.group, penalty, found)

    def _is_noun(self, hit: Hit, verb: Verb, form: str, floor: int) -> bool:
        before = hit.first - 1
        determined = before >= floor and self._tokens[before].lower in self._lex.determiners
        plural = form in verb.noun_forms and form != verb.forms[0]
        if determined and (plural or not self._subject_pronoun(before)):
            return True  # "the report", "some reports"; but "some report that …"
        return form in verb.noun_forms and not self._is_verb(hit, verb, form, floor)

    def _participle(self, hit: Hit, verb: Verb, helpers: set[str]) -> bool:
        """Say whether "accused of", "rejected by", "seen in" has no speaker in front."""
        following = self._tokens[hit.end].lower if hit.end < len(self._tokens) else ""
        if following in self._lex.by or (verb.addressee and following in self._lex.of):
            return True
        return self._tokens[hit.first].lower in self._lex.participles and not helpers & self._lex.perfect

    def _subject_pronoun(self, at: int) -> bool:
        """Say whether "this", "some", "many" … stand for a speaker of their own and not before a noun."""
        return self._tokens[at].lower in self._lex.person_nouns

    def _helpers(self, at: int, floor: int) -> set[str]:
        """Return the auxiliaries, modals and negations directly before a verb, adverbs between them passed over."""
        lex = self._lex
        helpers: set[str] = set()
        while at >= floor:
            lower = self._tokens[at].lower
            if lower in lex.auxiliaries or lower in lex.modals or lower in lex.negations:
                helpers.add(lower)
            elif not lex.is_adverb(lower):
                break
            at -= 1
        return helpers

    def _is_verb(self, hit: Hit, verb: Verb, form: str, floor: int) -> bool:
        """Tell "she claims" and "critics report that" from "the claims" and "a report"."""
        tokens, lex = self._tokens, self._lex
        before = hit.first - 1
        while before >= floor and lex.is_adverb(tokens[before].lower):
            before -= 1
        if before < floor:
            return False
        previous = tokens[before]
        if self.phrases.pronoun(before) or previous.lower in lex.modals or previous.lower in lex.relatives:
            return True
        following = tokens[hit.end] if hit.end < len(tokens) else None
        clause = following is not None and (following.lower in lex.boundaries or following.quoted)
        if previous.text == "," or previous.quoted:
            return clause or self.phrases.after(hit.end, self._ceiling(hit.first)) is not None
        if self.phrases.name(before) and not clause:
            singular = form == verb.forms[0] and not previous.lower.endswith("s")
            if singular or (before > floor and tokens[before - 1].lower in lex.determiners):
                return False  # "Kazakh state television", "the TV report"
        if self.phrases.name(before) or previous.lower in lex.person_nouns or previous.lower in lex.document_nouns:
            return following is not None and (following.word or following.text in {":", ","} or following.quoted)
        return clause and previous.word and previous.lower not in lex.prepositions

    def _gerund(self, form: str) -> bool:
        return bool(self._lex.gerund) and form.endswith(self._lex.gerund)

    def _possessor(self, hit: Hit, verb: Verb, form: str, floor: int) -> Attribution | None:
        following = self._tokens[hit.end].lower if hit.end < len(self._tokens) else ""
        if form not in verb.noun_forms or following not in self._lex.boundaries | self._lex.of:
            return None
        speaker = self.phrases.before(hit.first - 2, floor)
        return speaker and Attribution(hit.first, hit.end, verb.group, speaker, "possessor of a noun", _WEAK)

    def _passive(self, hit: Hit, verb: Verb) -> Attribution | None:
        ceiling = self._ceiling(hit.first)
        for at in range(hit.end, min(ceiling, hit.end + _FURTHEST_BY)):
            if self._tokens[at].lower in self._lex.by:
                speaker = self.phrases.after(at + 1, ceiling)
                return speaker and Attribution(hit.first, hit.end, verb.group, speaker, "passive, by speaker")
            if self._tokens[at].quoted or self._tokens[at].lower in self._lex.boundaries | self._lex.auxiliaries:
                break  # "seen last week were not helped by …": another verb's
        return None

    def _inverted(self, hit: Hit, verb: Verb, floor: int, penalty: float) -> Attribution | None:
        ceiling = self._ceiling(hit.first)
        before = hit.first - 1
        while before >= floor and self._passable(before):
            before -= 1
        opened = before < floor or self._tokens[before].quoted or not self._tokens[before].word
        if not opened and not self._lex.verb_first:
            return None
        if not opened and self._subject(before, floor) is not None:
            return None
        start = hit.end
        while start < ceiling and self._lex.is_adverb(self._tokens[start].lower):
            start += 1
        if start < ceiling and self._tokens[start].lower in self._lex.oblique:
            return None
        speaker = self.phrases.after(start, ceiling)
        if speaker is None:
            return None
        behind = self._tokens[speaker.end] if speaker.end < ceiling else None
        quoted_before = before >= floor and self._tokens[before].quoted
        if (
            quoted_before
            or behind is None
            or not behind.word
            or behind.lower in self._lex.boundaries | self._lex.prepositions | self._lex.told | self._lex.told_or_owner
        ):
            return Attribution(hit.first, hit.end, verb.group, speaker, "verb, then speaker", penalty)
        return None

    def _with_subject(self, hit: Hit, group: str, penalty: float, found: list[Attribution]) -> Attribution | None:
        tokens, floor = self._tokens, self.floor(hit.first)
        before = hit.first - 1
        while before >= floor and self._passable(before):
            before -= 1
        if before >= floor and not self._dangling(before, hit):
            speaker = self._subject(before, floor)
            if speaker is not None:
                conditional = speaker.first > floor and tokens[speaker.first - 1].lower in self._lex.conditionals
                penalty += _DOUBTFUL if conditional else 0.0
                return Attribution(hit.first, hit.end, group, speaker, "speaker, then verb", penalty)
        return self._elsewhere(hit, group, penalty, floor, found)

    def _subject(self, before: int, floor: int) -> Group | None:
        """Return the phrase that ends before a verb, unless it is who was told."""
        found = self.phrases.before(before, floor)
        told = found is not None and self.phrases.articles.told(found.first, found.head)
        return None if told else found

    def _passable(self, at: int) -> bool:
        lower, lex = self._tokens[at].lower, self._lex
        return lower in lex.modals or lower in lex.negations or lower in lex.auxiliaries or lex.is_adverb(lower)

    def _dangling(self, before: int, hit: Hit) -> bool:
        """Say whether what stands before the verb is no subject: ", saying", "before adding", "and said"."""
        token = self._tokens[before]
        if token.lower in self._lex.conjunctions | self._lex.boundaries | self._lex.prepositions:
            return True
        if self._lex.infinitive and self._tokens[before + 1].lower in self._lex.infinitive:
            return True  # "refused to say", "able to tell"
        return token.text == "," and self._gerund(self._tokens[hit.first].lower)

    def _elsewhere(
        self, hit: Hit, group: str, penalty: float, floor: int, found: list[Attribution]
    ) -> Attribution | None:
        """Take the speaker of an earlier cue of the sentence, else what the sentence begins with."""
        for earlier in reversed(found):
            if earlier.first >= floor:
                return Attribution(
                    hit.first,
                    hit.end,
                    group,
                    earlier.speaker,
                    "as before in the sentence",
                    penalty + 0.5,
                    adjoining=False,
                )
        start = floor
        if self._tokens[start].lower in self._lex.prepositions or self._lex.is_adverb(self._tokens[start].lower):
            while start < hit.first and self._tokens[start].text != ",":
                start += 1
            start += 1
        speaker = self.phrases.after(start, hit.first) if start < hit.first else None
        return speaker and Attribution(
            hit.first, hit.end, group, speaker, "beginning of the sentence", penalty + _WEAK, adjoining=False
        )

    # -- headlines

    def _labels(self) -> list[Attribution]:
        """`Tashiev: …` at the start of a paragraph."""
        found: list[Attribution] = []
        paragraph = -1
        for at, token in enumerate(self._tokens):
            if token.paragraph == paragraph:
                continue
            paragraph = token.paragraph
            end = at
            while end < min(len(self._tokens), at + _LONGEST_LABEL) and self.phrases.name(end):
                end += 1
            if at < end < len(self._tokens) - 1 and self._tokens[end].text == ":":
                found.append(Attribution(end, end + 1, "assert", Group(at, end, end), "label"))
        return found
