"""Tells what an article begins in a language with cases: who was told ("der Zeitung"), or whose ("der Polizei")."""

from typing import Protocol

from annotator.assist.lexicon import Lexicon
from annotator.assist.quotes import MARKS
from annotator.assist.reading import Token


class Words(Protocol):
    """What is known of single tokens."""

    def name(self, at: int) -> bool:
        """Say whether the token looks like part of a name."""
        ...

    def noun(self, at: int, words: frozenset[str]) -> bool:
        """Say whether the token is one of these nouns."""
        ...


class Articles:
    """Reads the articles of one list of tokens; where the lexicon lists none, they begin nothing."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, words: Words) -> None:
        self._tokens = tokens
        self._lex = lexicon
        self._words = words

    def owns(self, at: int) -> bool:
        """Say whether an article begins a genitive behind what somebody is: "Sprecher der Polizei"."""
        kinds = self._lex.titles | self._lex.person_nouns | self._lex.organisation_nouns | self._lex.document_nouns
        return self._tokens[at].lower in self._lex.told_or_owner and self._words.noun(at - 1, kinds)

    def address(self, at: int, first: int) -> bool:
        """Say whether an article behind a name begins who was told: "sagte Ann Lee der Zeitung", and no genitive.

        `first`, before `at`, is where the phrase begins. Behind "ein Sprecher" the article begins a genitive, and
        behind that one ("der Polizei") only before somebody who listens.
        """
        lex, tokens = self._lex, self._tokens
        article, before = tokens[at].lower, tokens[at - 1].lower
        if before in lex.particles or before in lex.prepositions:
            return False
        if article in lex.told or article not in lex.told_or_owner:
            return article in lex.told
        if at + 1 < len(tokens) and tokens[at + 1].lower in lex.epithets:
            return False
        kinds = lex.titles | lex.person_nouns | lex.organisation_nouns | lex.outlet_nouns | lex.document_nouns
        capitals = at
        while capitals > first and self._words.name(capitals - 1):
            capitals -= 1
        if at - capitals > 1 and not self._words.noun(at - 1, kinds):
            return True
        owned = any(tokens[k].lower in lex.told_or_owner for k in range(first + 1, at))
        unnamed = tokens[first].lower in lex.determiners or self._words.noun(at - 1, kinds)
        return self._listens(at + 1) and (owned or not unnamed)

    def _listens(self, at: int) -> bool:
        """Say whether the noun that follows an article is one of those whom people tell things."""
        lex, ceiling = self._lex, min(len(self._tokens), at + 3)
        for k in range(at, ceiling):
            if self._tokens[k].text in MARKS or self._words.noun(k, lex.outlet_nouns | lex.audiences):
                return True
            if not self._tokens[k].word:
                break
        return False

    def told(self, first: int, head: int) -> bool:
        """Say whether a phrase whose noun ends before `head` can only be who was told: "Dem Spiegel sagte …"."""
        article, noun = self._tokens[first].lower, self._tokens[head - 1].lower
        if head - first < 2:  # noqa: PLR2004 - an article and a noun
            return False
        return article in self._lex.told or (
            article in self._lex.told_or_owner and noun.endswith(self._lex.feminine_suffixes)
        )
