"""Finds the noun phrase that ends or begins at a token, by word lists and capitals, without parts of speech."""

from dataclasses import dataclass

from annotator.assist.articles import Articles
from annotator.assist.lexicon import Lexicon
from annotator.assist.quotes import MARKS
from annotator.assist.reading import Token

_LONGEST = 16
_JOINED = frozenset({"-", "–", "'s", "’s", "'", "’", "&", ".", "/"})
_DASHES = frozenset({"—", "–", "--", "-"})


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase, the tokens `[first, end)`; `head` ends its part before the first preposition."""

    first: int
    head: int
    end: int


class NounPhrases:
    """Reads noun phrases off one list of tokens."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lex = lexicon
        self._pronouns = frozenset[str]().union(*lexicon.pronouns.values())
        self.articles = Articles(tokens, lexicon, self)
        lex = lexicon
        self._small = (
            lex.determiners | lex.prepositions | lex.boundaries | lex.conjunctions | lex.adverbs | lex.auxiliaries
        )

    # -- what a token is

    def pronoun(self, at: int) -> bool:
        """Say whether a pronoun stands there that may be who speaks."""
        return self._tokens[at].lower in self._pronouns

    def name(self, at: int) -> bool:
        """Say whether the token looks like part of a name."""
        token = self._tokens[at]
        if not token.word or not token.capital or self.pronoun(at):
            return False
        return not (self._starts(at) and token.lower in self._small)

    def _starts(self, at: int) -> bool:
        """Say whether the token begins a sentence (or a quotation in it)."""
        if at == 0 or self._tokens[at - 1].sentence != self._tokens[at].sentence:
            return True
        return not self._tokens[at - 1].word

    def noun(self, at: int, words: frozenset[str]) -> bool:
        """Say whether the token is one of these nouns (or, in German, ends like one)."""
        lower = self._tokens[at].lower
        if lower in words:
            return True
        if self._lex.nouns_capitalised:
            return any(len(word) > 4 and lower.endswith(word) for word in words)  # noqa: PLR2004 - a short ending says nothing
        return False

    def _stops(self, at: int, floor: int) -> bool:
        token = self._tokens[at]
        if at < floor or token.quoted:
            return True
        if token.lower in _JOINED or token.text in MARKS:
            return False  # marks that quote nothing stand around a name: the magazine “Spiegel”
        return not token.word or token.lower in self._lex.boundaries or token.lower in self._lex.relatives

    # -- ending at a token

    def before(self, at: int, floor: int, depth: int = 0) -> Group | None:
        """Return the noun phrase that ends with the token `at` (a comma after an apposition included).

        Nothing left of `floor` belongs to it; adverbs, dates and "in an interview" at its end are passed over.
        """
        at = self._skip_adverbials(at, floor)
        if at < floor or depth > 3:  # noqa: PLR2004 - deeper nesting than three commas is no longer one phrase
            return None
        token = self._tokens[at]
        if token.lower in self._lex.relatives:
            comma = at - 1 >= floor and self._tokens[at - 1].text == ","
            return self._ending(at - 1 - comma, floor)
        if token.text in {",", ")"} or token.text in _DASHES:
            return self._before_apposition(at, floor, depth)
        if self._stops(at, floor):
            return None
        return self._ending(at, floor)

    def _before_apposition(self, at: int, floor: int, depth: int) -> Group | None:
        """`X, title, said` and `title of the Y, X, said`: the names win over the description."""
        closer = self._tokens[at].text
        openers = {"("} if closer == ")" else {closer}
        k = at - 1
        while k >= floor and self._tokens[k].text not in openers and not self._tokens[k].quoted:
            k -= 1
        if k < floor or self._tokens[k].text not in openers:
            # No mark opens it: ", X said" is not this; "X, said" is the phrase alone.
            return self.before(at - 1, floor, depth + 1) if closer == "," and depth == 0 else None
        inner = self._ending(at - 1, k + 1) if at - 1 > k else None
        outer = self.before(k - 1, floor, depth + 1)
        named_inside = closer == "," and inner is not None and inner.first == k + 1 and self._all_names(inner)
        if named_inside and (outer is None or self._described(outer)):
            return inner
        return outer or (inner if closer == "," else None)

    def _all_names(self, group: Group) -> bool:
        return all(
            self.name(i) or self._tokens[i].lower in self._lex.particles | _JOINED
            for i in range(group.first, group.end)
        )

    def _described(self, group: Group) -> bool:
        """Say whether the phrase says what somebody is and not who: a title with no name behind it."""
        if self.noun(group.head - 1, self._lex.titles | self._lex.person_nouns):
            return True
        return not any(self.name(i) for i in range(group.first, group.head))

    def _skip_adverbials(self, at: int, floor: int) -> int:
        while at >= floor:
            shorter = self._without_adverbial(at, floor)
            if shorter == at:
                break
            at = shorter
        return at

    def _without_adverbial(self, at: int, floor: int) -> int:
        token, lex = self._tokens[at], self._lex
        if lex.is_adverb(token.lower) or token.lower in lex.auxiliaries or token.lower in lex.negations:
            return at - 1
        if token.lower in lex.times or token.text.isdigit():
            k = at
            while k > floor and (self._tokens[k].lower in lex.times or self._tokens[k].text.isdigit()):
                k -= 1
            if self._tokens[k].lower in lex.prepositions or self._tokens[k].lower in lex.determiners:
                return k - 1
            return k if k < at and self._tokens[at].lower in lex.times else at
        if token.lower in lex.media_nouns:
            for k in range(at - 1, max(floor, at - 6), -1):
                if (
                    self._tokens[k].lower in lex.prepositions
                    and k > floor
                    and self._tokens[k].lower not in lex.by | {"of", "for"}
                ):
                    return k - 1
                if self.name(k) or not self._tokens[k].word:
                    break
        return at

    def _ending(self, at: int, floor: int) -> Group | None:
        if at < floor or self._stops(at, floor) or not (self._tokens[at].word or self._tokens[at].text in MARKS):
            return None
        if self.pronoun(at):
            return Group(at, at + 1, at + 1)
        first = self._chunk_start(at, floor)
        head = at + 1
        while first > floor and self.articles.owns(first):
            head, first = first, self._chunk_start(first - 1, floor)
        while first - 2 >= floor and self._tokens[first - 1].lower in self._lex.prepositions:
            if self._stops(first - 2, floor) or at - first > _LONGEST or self.pronoun(first - 2):
                break
            if self._lex.is_adverb(self._tokens[first - 2].lower):
                break
            head, first = first - 1, self._chunk_start(first - 2, floor)
        if self._lex.verb_first and first > floor and self._tokens[first - 1].lower in self._lex.prepositions:
            return None  # "In Berlin sagte …": the subject follows
        # A preposition that nothing precedes belongs to no phrase: "In Paris officials".
        while first < at and self._leads_nothing(first):
            first += 1
        head = max(head, first + 1)
        return Group(first, head, at + 1)

    def _leads_nothing(self, at: int) -> bool:
        token = self._tokens[at]
        return not token.word or token.lower in self._lex.prepositions | self._lex.conjunctions | _JOINED

    def _chunk_start(self, at: int, floor: int) -> int:
        """Return where the piece without prepositions begins that ends at `at`."""
        lex = self._lex
        first = at
        while first > floor and at - first < _LONGEST:
            if self._tokens[first].lower in lex.determiners and not self._possessed(first):
                break
            previous = self._tokens[first - 1]
            if previous.lower in lex.prepositions or self._stops(first - 1, floor) or self.pronoun(first - 1):
                break
            if previous.lower in lex.conjunctions and not self._pairs(first - 1, floor):
                break
            if previous.lower in lex.auxiliaries and previous.lower not in _JOINED:
                break
            if lex.is_adverb(previous.lower) and not self.name(first - 1):
                break
            first -= 1
        return first

    def _possessed(self, at: int) -> bool:
        return at > 0 and self._tokens[at - 1].lower in {"'s", "’s", "all", "both"}

    def _pairs(self, at: int, floor: int) -> bool:
        """Say whether an "and" joins two of a kind: two names, or two bare nouns."""
        if at - 1 < floor or at + 1 >= len(self._tokens) or not self._tokens[at - 1].word:
            return False
        return self.name(at - 1) and self.name(at + 1)

    # -- beginning at a token

    def after(self, at: int, ceiling: int) -> Group | None:
        """Return the noun phrase that begins with the token `at`; nothing from `ceiling` on belongs to it."""
        if at >= ceiling or self._tokens[at].quoted or not self._tokens[at].word:
            return None
        if self.pronoun(at) and not self._before_noun(at, ceiling):
            return Group(at, at + 1, at + 1)
        if self._tokens[at].lower in self._lex.times:
            return None
        end = self._chunk_end(at, ceiling)
        if all(self._tokens[i].lower in self._lex.determiners - self._lex.person_nouns for i in range(at, end)):
            return None
        head = end
        while end + 1 < ceiling and self._tokens[end].lower in self._lex.prepositions and end - at < _LONGEST:
            further = self._chunk_end(end + 1, ceiling)
            if (
                further == end + 1
                or self._tokens[end + 1].lower in self._lex.times
                or self._tokens[end + 1].text.isdigit()
            ):
                break
            # "of" binds always, other prepositions only to a description or before a name.
            if not (self._binds(end) or self.name(end + 1) or self._tokens[end + 1].lower in self._lex.determiners):
                break
            if self._names_person(head) and not (self._binds(end) and self.name(end + 1)):
                break  # "accused by Ann Lee of …"
            end = further
        named = self._named_behind(Group(at, head, end), ceiling)
        return named or Group(at, head, end)

    def _before_noun(self, at: int, ceiling: int) -> bool:
        """Tell "wrote one mother" from "wrote one"."""
        if self._tokens[at].lower not in self._lex.determiners or at + 1 >= ceiling:
            return False
        behind = self._tokens[at + 1]
        return behind.word and not behind.quoted and behind.lower not in self._small | self._lex.times

    def _binds(self, at: int) -> bool:
        return self._tokens[at].lower in self._lex.of

    def _names_person(self, end: int) -> bool:
        return self.name(end - 1) and not self.noun(end - 1, self._lex.titles | self._lex.organisation_nouns)

    def _named_behind(self, group: Group, ceiling: int) -> Group | None:
        """`said a spokesman for the ministry, Ann Lee`: the name behind the comma."""
        comma = group.end
        if comma + 1 >= ceiling or self._tokens[comma].text != "," or not self._described(group):
            return None
        if not self.noun(group.head - 1, self._lex.titles | self._lex.person_nouns):
            return None
        end = comma + 1
        while end < ceiling and (
            self.name(end) or (self._tokens[end].lower in self._lex.particles and end > comma + 1)
        ):
            end += 1
        return Group(comma + 1, end, end) if end > comma + 2 else None

    def _chunk_end(self, at: int, ceiling: int) -> int:
        lex = self._lex
        end = at
        seen_name = False
        while end < ceiling and end - at < _LONGEST and not self._stops(end, at):
            token = self._tokens[end]
            if token.lower in lex.prepositions or token.lower in lex.auxiliaries - _JOINED:
                break
            if end > at and (self.pronoun(end) or self.articles.address(end, at)):
                break
            if token.lower in lex.conjunctions and not (end > at and self._pairs(end, at)):
                break
            in_name = seen_name and token.lower in lex.particles
            if token.lower in lex.determiners and end > at and not self._possessed(end) and not in_name:
                break
            if end > at and lex.is_adverb(token.lower) and not self.name(end):
                break
            if seen_name and not self._continues_name(end, ceiling):
                break
            if token.lower in lex.times and end > at:
                break
            seen_name = seen_name or self.name(end)
            end += 1
        while end > at and not self._tokens[end - 1].word and self._tokens[end - 1].lower in _JOINED:
            end -= 1
        return end

    def _continues_name(self, at: int, ceiling: int) -> bool:
        """Say whether a name goes on: capitals, `de`, `'s`, or a title that another name follows."""
        token = self._tokens[at]
        if self.name(at) or token.lower in _JOINED or token.text in MARKS or token.text.isdigit():
            return True
        if token.lower in self._lex.particles or token.lower in self._lex.conjunctions:
            return at + 1 < ceiling and self.name(at + 1)
        kinds = self._lex.titles | self._lex.organisation_nouns | self._lex.outlet_nouns | self._lex.document_nouns
        if self.noun(at, kinds | self._lex.person_nouns):
            return True
        return (
            any(self.noun(k, kinds) for k in range(at + 1, min(at + 3, ceiling)))
            and self._tokens[at - 1].lower in _JOINED
        )
