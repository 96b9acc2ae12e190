"""Says what a speaker found is called, which tokens carry the name, and what kind of speaker it is."""

from dataclasses import dataclass

from annotator.assist.lexicon import Lexicon
from annotator.assist.noun_phrases import Group, NounPhrases
from annotator.assist.reading import Token
from annotator.model.records import SpeakerKind

_POSSESSIVE = frozenset({"'s", "’s"})
_SHORTEST_ACRONYM = 2
_NOBODY = frozenset({"nobody", "none", "niemand", "keiner", "personne", "nadie", "ninguno", "никто"})


@dataclass(frozen=True, slots=True)
class Named:
    """The tokens `[first, end)` that carry a name, and the kind of who bears it."""

    first: int
    end: int
    kind: SpeakerKind


def named(group: Group, tokens: list[Token], phrases: NounPhrases, lexicon: Lexicon) -> Named | None:
    """Return the name inside a noun phrase: a person's without title, an organisation's without article."""
    first = group.first
    if tokens[first].lower in _NOBODY:
        return None
    while first < group.end and (tokens[first].lower in lexicon.determiners or not tokens[first].word):
        if _heads(first, group.end, tokens, lexicon):
            break
        first += 1
    if first >= group.end:
        if tokens[group.first].word:
            return Named(group.first, group.end, "anonymous")
        return None
    head = max(group.head, first + 1)
    maker = _maker(Group(first, head, group.end), tokens, phrases, lexicon)
    if maker is not None:
        return maker
    person = _person(first, head, tokens, phrases, lexicon)
    if person is not None:
        return Named(*person, "person")
    kind = _kind(Group(first, head, group.end), tokens, phrases, lexicon)
    return Named(_with_quantity(first, group, tokens, lexicon), group.end, kind)


def _heads(at: int, end: int, tokens: list[Token], lexicon: Lexicon) -> bool:
    """Say whether a number is no determiner but what the phrase is about: "one of the men", "two-thirds of them"."""
    behind = tokens[at + 1] if at + 1 < end else None
    return behind is not None and tokens[at].word and (behind.lower in lexicon.of or behind.text == "-")


def _with_quantity(first: int, group: Group, tokens: list[Token], lexicon: Lexicon) -> int:
    """Return where an unnamed speaker begins who is told from others by number.

    "two people", "a few officials", "one of the men": the little words may stand before the phrase.
    """

    def beside(at: int) -> str:
        return tokens[at].lower if at >= 0 and tokens[at].sentence == tokens[first].sentence else ""

    if beside(group.first - 1) in lexicon.of and beside(group.first - 2) in lexicon.determiners:
        return group.first - 2
    while beside(first - 1) in lexicon.quantities:
        first -= 1
    return (
        first - 1 if beside(first) in lexicon.article_quantities and beside(first - 1) in lexicon.determiners else first
    )


def _maker(group: Group, tokens: list[Token], phrases: NounPhrases, lexicon: Lexicon) -> Named | None:
    """`The video shown by state TV`: who published speaks through it."""
    if not any(phrases.noun(i, lexicon.document_nouns) for i in range(group.first, group.head)):
        return None
    if group.head >= group.end or tokens[group.head].lower not in lexicon.by:
        return None
    first = group.head + 1
    if first >= group.end or tokens[group.head - 1].lower not in lexicon.participle_links:
        return None
    return named(Group(first, group.end, group.end), tokens, phrases, lexicon)


def _person(
    first: int, head: int, tokens: list[Token], phrases: NounPhrases, lexicon: Lexicon
) -> tuple[int, int] | None:
    """Return the person's name in the head of a phrase: what follows the last title, or the whole run of capitals."""
    start = first
    titled = False
    for i in range(first, head):
        if phrases.noun(i, lexicon.titles):
            start, titled = i + 1, True
        elif tokens[i].lower in _POSSESSIVE and i < head - 1:
            start = i + 1
    if start >= head:
        return None
    while start < head and not phrases.name(start):
        start += 1
    if start >= head or not all(_name_part(i, tokens, phrases, lexicon) for i in range(start, head)):
        return None
    last = head
    while last > start and not tokens[last - 1].word:
        last -= 1
    if _collective(start, last, tokens, phrases, lexicon):
        return None
    if not titled and any(tokens[i].text.islower() and tokens[i].word for i in range(first, start)):
        # "longtime pollster Pat Caddell" has a title; "the city Lagos" is nobody.
        return (start, last) if last - start > 1 else None
    return start, last


def _name_part(at: int, tokens: list[Token], phrases: NounPhrases, lexicon: Lexicon) -> bool:
    return phrases.name(at) or tokens[at].lower in lexicon.particles or not tokens[at].word


def _collective(first: int, end: int, tokens: list[Token], phrases: NounPhrases, lexicon: Lexicon) -> bool:
    """Say whether the capitals are an organisation's, an outlet's or a people's and nobody's own."""
    nouns = lexicon.organisation_nouns | lexicon.outlet_nouns | lexicon.document_nouns | lexicon.person_nouns
    if any(phrases.noun(i, nouns) for i in range(first, end)):
        return True
    if end - first == 1:
        return _acronym(tokens[first]) or tokens[first].lower in lexicon.not_names
    return False


def _acronym(token: Token) -> bool:
    letters = token.text.replace(".", "").replace("-", "")
    return len(letters) >= _SHORTEST_ACRONYM and letters.isupper() and letters.isalpha()


def _kind(group: Group, tokens: list[Token], phrases: NounPhrases, lexicon: Lexicon) -> SpeakerKind:
    last = group.head - 1
    by_list: tuple[tuple[SpeakerKind, frozenset[str]], ...] = (
        ("anonymous", lexicon.person_nouns | lexicon.titles),
        ("document", lexicon.document_nouns),
        ("outlet", lexicon.outlet_nouns),
        ("organisation", lexicon.organisation_nouns),
    )
    for places in (range(last, last - 1, -1), range(last, group.first - 1, -1)):
        for at in places:
            for kind, nouns in by_list:
                if phrases.noun(at, nouns):
                    return kind
    if any(_acronym(tokens[i]) or phrases.name(i) for i in range(group.first, group.head)):
        return "organisation"
    return "anonymous"


def person_names(
    tokens: list[Token], first: int, end: int, phrases: NounPhrases, lexicon: Lexicon
) -> list[tuple[int, int]]:
    """Return the runs of two or more capitals in `[first, end)` that are likely somebody's name, in order."""
    found: list[tuple[int, int]] = []
    at = first
    while at < end:
        if not phrases.name(at):
            at += 1
            continue
        stop = at
        while stop < end and (
            phrases.name(stop) or (stop + 1 < end and tokens[stop].text == "-" and phrases.name(stop + 1))
        ):
            stop += 1
        person = _person(at, stop, tokens, phrases, lexicon)
        titled = person is not None and person[0] > at
        if person is not None and (person[1] - person[0] > 1 or titled):
            found.append(person)
        at = max(stop, at + 1)
    return found
