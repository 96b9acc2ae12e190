"""Reads the word lists of a language: reporting verbs, titles, little words. A person may edit the files."""

from functools import lru_cache

import msgspec

from annotator import assets
from annotator.model.records import PresentedAs

GROUPS = ("assert", "allege", "deny", "confirm", "doubt", "retract")

_SHORTEST_ADVERB = 5  # "only" is listed, "fly" is none

# How an article presents a claim whose cue is of this group (model.md, "presented as").
PRESENTED_AS: dict[str, PresentedAs] = {
    "assert": "attributed",
    "allege": "attributed",
    "deny": "denied",
    "confirm": "attributed",
    "doubt": "hedged",
    "retract": "denied",
}


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reporting verb with its inflected forms.

    Attributes:
        noun_forms: forms that are nouns as well ("report", "state").
        addressee: what follows is who was told or accused, never who speaks ("tell", "accuse").
        weak: the verb reports only now and then ("see", "call"); others are preferred.
    """

    lemma: str
    group: str
    forms: tuple[str, ...]
    noun_forms: tuple[str, ...] = ()
    addressee: bool = False
    weak: bool = False


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fixed phrase and the side on which its speaker stands: `before` or `after`."""

    text: str
    group: str
    speaker: str


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of one language, all in lower case; an empty list switches off what it is for.

    Attributes:
        not_adverbs: words that only end like adverbs ("family").
        oblique: articles that begin no subject (German "dem").
        nouns_capitalised: capitals mark nouns and not names (German).
        verb_first: the speaker may follow the verb anywhere, not only behind a quotation or a comma.
        quantities: determiners that say how many, and stay with an unnamed speaker ("two officials").
        article_quantities: those whose article stays as well ("a few", "a dozen").
        told: articles that begin who was told behind a name (German "dem").
        told_or_owner: those that begin a genitive as well (German "der").
        audiences: nouns of those who are told, outlets apart.
        epithets: what follows such an article within a name ("Karl der Große").
        feminine_suffixes: endings of nouns whose "der" is no nominative ("der Zeitung").
    """

    language: str
    version: int
    cues: tuple[Verb, ...]
    phrases: tuple[Phrase, ...]
    hedges: frozenset[str]
    pronouns: dict[str, frozenset[str]]
    relatives: frozenset[str]
    determiners: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    adverb_suffixes: tuple[str, ...]
    conjunctions: frozenset[str]
    boundaries: frozenset[str]
    prepositions: frozenset[str]
    participle_links: frozenset[str]
    by: frozenset[str]
    of: frozenset[str]
    infinitive: frozenset[str]
    gerund: tuple[str, ...]
    participles: frozenset[str]
    perfect: frozenset[str]
    conditionals: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    person_nouns: frozenset[str]
    organisation_nouns: frozenset[str]
    outlet_nouns: frozenset[str]
    document_nouns: frozenset[str]
    media_nouns: frozenset[str]
    times: frozenset[str]
    not_names: frozenset[str]
    passive: frozenset[str]
    not_adverbs: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    nouns_capitalised: bool = False
    verb_first: bool = False
    quantities: frozenset[str] = frozenset()
    article_quantities: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    told_or_owner: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    epithets: frozenset[str] = frozenset()
    feminine_suffixes: tuple[str, ...] = ()

    def is_adverb(self, lower: str) -> bool:
        """Say whether the word may stand between a speaker and the verb."""
        ends_so = len(lower) >= _SHORTEST_ADVERB and lower.endswith(self.adverb_suffixes)
        return lower in self.adverbs or (ends_so and lower not in self.not_adverbs)


def base_language(language: str) -> str:
    """Return `en` for `en`, `en-GB` and `EN_us`; "" for no language."""
    return language.strip().lower().replace("_", "-").split("-")[0]


@lru_cache(maxsize=16)
def read(language: str) -> Lexicon | None:
    """Return the word lists of a language, None where there is no file for it."""
    base = base_language(language)
    path = assets.path("lexicon", f"cues.{base}.json")
    if not (base.isascii() and base.isalpha() and path.is_file()):
        return None
    return msgspec.json.decode(path.read_bytes(), type=Lexicon)
