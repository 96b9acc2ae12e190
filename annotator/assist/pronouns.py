"""Finds the name that a pronoun who speaks stands for, and keeps silent where it could be several."""

from dataclasses import dataclass

from annotator.assist.attributions import Attribution
from annotator.assist.lexicon import Lexicon
from annotator.assist.naming import Named, named, person_names
from annotator.assist.noun_phrases import NounPhrases
from annotator.assist.reading import Token

_FURTHEST = 3  # paragraphs back, where those between name nobody
_THINGS = frozenset({"organisation", "outlet", "document"})


@dataclass(frozen=True, slots=True)
class Passage:
    """What a pronoun may refer back to: the tokens and attributions of the surroundings."""

    tokens: list[Token]
    attributions: list[Attribution]
    phrases: NounPhrases
    lexicon: Lexicon

    def antecedent(self, at: int) -> Named | None:
        """Return the last person (for "it": thing) named before the pronoun at `at`, None unless only one fits."""
        pronoun = self.tokens[at].lower
        person = pronoun in self.lexicon.pronouns.get("person", ())
        if not person and pronoun not in self.lexicon.pronouns.get("thing", ()):
            return None
        end, here = at, self.tokens[at].paragraph
        for paragraph in range(here, max(-1, here - _FURTHEST), -1):
            start = end
            while start > 0 and self.tokens[start - 1].paragraph == paragraph:
                start -= 1
            candidates = self._people(start, end) if person else self._things(start, end)
            if candidates:
                return self._only(candidates)
            end = start
        return None

    def _people(self, start: int, end: int) -> list[Named]:
        # A passage that tells of several people but lets one speak means that one.
        speakers = [who for who in self._speakers(start, end) if who.kind == "person"]
        if speakers:
            return speakers
        runs = person_names(self.tokens, start, end, self.phrases, self.lexicon)
        found = [Named(*run, "person") for run in runs if not self._elsewhere(run[0])]
        return found + [who for who in self._subjects(start, end) if who.kind == "person" and self._known(who)]

    def _things(self, start: int, end: int) -> list[Named]:
        found = self._speakers(start, end) + self._subjects(start, end)
        return [who for who in found if who.kind in _THINGS]

    def _speakers(self, start: int, end: int) -> list[Named]:
        groups = [one.speaker for one in self.attributions]
        inside = [g for g in groups if start <= g.first and g.end <= end and not self.phrases.pronoun(g.first)]
        names = [named(group, self.tokens, self.phrases, self.lexicon) for group in inside]
        return [who for who in names if who is not None]

    def _subjects(self, start: int, end: int) -> list[Named]:
        """Return what sentences begin with: "Ruzakhunov was released …"."""
        found: list[Named] = []
        for at in range(start, end):
            begins = at == 0 or self.tokens[at - 1].sentence != self.tokens[at].sentence
            if not begins or self.tokens[at].quoted or self.phrases.pronoun(at):
                continue
            group = self.phrases.after(at, end)
            who = group and named(group, self.tokens, self.phrases, self.lexicon)
            if who is not None:
                found.append(who)
        return found

    def _elsewhere(self, at: int) -> bool:
        """Say whether the capitals are a place's or a thing's: "in San Remo", "the Golden Gate"."""
        before = self.tokens[at - 1].lower if at > 0 else ""
        return before in {"in", "at", "the", "a", "an", "near"} or (
            at > 1 and before == "," and self.tokens[at - 2].capital
        )

    def _known(self, who: Named) -> bool:
        """Say whether a word that may owe its capital to the sentence's start is written so elsewhere."""
        if who.end - who.first > 1:
            return True
        word = self.tokens[who.first].text
        return any(t.text == word and not self._first(i) for i, t in enumerate(self.tokens))

    def _first(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].sentence != self.tokens[at].sentence

    def _only(self, candidates: list[Named]) -> Named | None:
        """Return the fullest name if all share the last word, which one person's names do."""
        if len({self.tokens[one.end - 1].lower for one in candidates}) != 1:
            return None
        return max(candidates, key=lambda one: (one.end - one.first, one.first))
