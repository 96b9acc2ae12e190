"""The numbered claims of one article in a report: what several people marked there as one thing is one of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from annotator.formats.bundle import Bundle
from annotator.model.agreement.marks import length, shared
from annotator.model.ids import AnnotatorId, ClaimId
from annotator.model.records import Assessment, Claim, Mention, Review
from annotator.model.sameness import classes
from annotator.model.status import current_by, desk_status

Spans = tuple[tuple[int, int], ...]

_HALF: Final = 0.5
"""So much of what two people's marks cover together both must cover, for them to have marked the same thing."""

_by_time: Final = attrgetter("at", "id")


class Entry(NamedTuple):
    """One numbered claim of an article.

    Attributes:
        number: from 1, in the order of the text.
        claims: the claim that speaks for all first; several where people marked one thing each for themselves.
        marks: the annotators' own mentions, by place.
        decided: the adjudicated mentions.
        status: what the desk holds at the moment of the report: a key of the scheme, "" or `DISAGREE`.
        own: the status that holds of each claim, annotator and layer.
        rejected: whether a review found of every mark that there is no claim.
    """

    number: int
    claims: tuple[Claim, ...]
    marks: tuple[Mention, ...]
    decided: tuple[Mention, ...]
    status: str
    own: dict[tuple[ClaimId, AnnotatorId, str], Assessment]
    rejected: bool

    @property
    def key(self) -> str:
        """The id of the claim that speaks for it."""
        return self.claims[0].id

    @property
    def shown(self) -> tuple[Mention, ...]:
        """The mentions that are drawn in the text: what was decided, else what was marked."""
        return self.decided or self.marks

    @property
    def needs_second(self) -> bool:
        """Whether its status waits for a second person."""
        return any(one.needs_second_check for one in self.claims)

    def status_of(self, mention: Mention) -> str:
        """Return what a mention's annotator holds about its claim, "" for nothing."""
        held = self.own.get((mention.claim_id, mention.annotator_id, mention.layer))
        return held.status if held else ""


class _Group:
    """Mentions that are one entry, while it is put together."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=_place)
        self.shown = [one for one in self.mentions if one.layer == "adjudicated"] or self.mentions
        self.spans = spans_of(self.shown[0])
        self.end = max(end for one in self.mentions for _, end in spans_of(one))
        self.people = {one.annotator_id for one in self.mentions if one.layer == "annotation"}

    def take(self, other: "_Group") -> None:
        self.mentions = sorted((*self.mentions, *other.mentions), key=_place)
        self.end = max(self.end, other.end)
        self.people |= other.people


def spans_of(mention: Mention) -> Spans:
    """Return the content spans of a mention, in order."""
    return tuple(sorted((span.start, span.end) for span in mention.spans))


def entries_of(bundle: Bundle, moment: str) -> list[Entry]:
    """Return the numbered claims of an article version, in the order of its text, with the statuses of a moment.

    Together are the mentions of one claim, what a review decided on and what it came to, and marks of different
    people that cover mostly the same: of what two marks cover together both must cover half.
    """
    claims = {one.id: one for one in bundle.claims}
    assessed: defaultdict[ClaimId, list[Assessment]] = defaultdict(list)
    for one in bundle.assessments:
        assessed[one.claim_id].append(one)
    last: dict[str, Review] = {}
    for one in sorted(bundle.reviews, key=_by_time):
        last[one.target] = one
    mentions = [one for one in bundle.mentions if one.claim_id in claims]
    types: dict[str, str] = {one.id: claims[one.claim_id].type for one in mentions}
    groups = _joined([_Group(some) for some in _tied(mentions)], types)
    return [_entry(number, group, claims, assessed, last, moment) for number, group in enumerate(groups, 1)]


def _place(one: Mention) -> tuple[Spans, str]:
    return spans_of(one), one.id


def _tied(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions that belong together whatever they cover: of one claim, or by a decision."""
    here = {one.id for one in mentions}
    pairs: list[tuple[str, str]] = []
    for one in mentions:
        pairs.append((one.id, one.claim_id))
        if one.layer == "adjudicated":
            pairs += [(one.id, other) for other in here.intersection(one.based_on)]
    first = classes(pairs)
    together: defaultdict[str, list[Mention]] = defaultdict(list)
    for one in mentions:
        together[first[one.id]].append(one)
    return list(together.values())


def _joined(groups: Sequence[_Group], types: dict[str, str]) -> list[_Group]:
    """Join what different people marked at one place, and put all in the order of the text."""
    kept: list[_Group] = []
    reaching: list[_Group] = []
    for group in sorted(groups, key=lambda one: (one.spans, one.mentions[0].id)):
        start = group.spans[0][0]
        reaching = [one for one in reaching if one.end > start]
        fitting = [one for one in reaching if _may_take(one, group, types)]
        best = max(fitting, key=lambda one: _alike(one.spans, group.spans), default=None)
        if best is not None and _alike(best.spans, group.spans) >= _HALF:
            best.take(group)
        else:
            kept.append(group)
            reaching.append(group)
    return kept


def _may_take(one: _Group, other: _Group, types: dict[str, str]) -> bool:
    """Tell whether they can be one thing: of different people, of one kind, and not two decisions."""
    return (
        not one.people & other.people
        and types[one.mentions[0].id] == types[other.mentions[0].id]
        and not any(each.layer == "adjudicated" for each in other.mentions)
    )


def _alike(first: Spans, second: Spans) -> float:
    common = shared(first, second)
    return common / (length(first) + length(second) - common) if common else 0.0


def _entry(
    number: int,
    group: _Group,
    claims: dict[ClaimId, Claim],
    assessed: dict[ClaimId, list[Assessment]],
    last: dict[str, Review],
    moment: str,
) -> Entry:
    marks = tuple(one for one in group.mentions if one.layer == "annotation")
    decided = tuple(one for one in group.mentions if one.layer == "adjudicated")
    own_claims = dict.fromkeys(one.claim_id for one in (*decided, *marks))
    own = current_by(
        (
            ((one.claim_id, one.annotator_id, one.layer), one)
            for claim_id in own_claims
            for one in assessed.get(claim_id, ())
        ),
        moment,
    )
    return Entry(
        number,
        tuple(claims[one] for one in own_claims),
        marks,
        decided,
        desk_status(
            [one.status for (_c, _a, layer), one in own.items() if layer == "adjudicated"],
            [one.status for (_c, _a, layer), one in own.items() if layer == "annotation"],
        ),
        own,
        not decided and all(one.id in last and last[one.id].decision == "reject" for one in marks),
    )


def annotators_of(entries: Iterable[Entry]) -> dict[AnnotatorId, int]:
    """Return how many mentions each annotator marked."""
    counts: defaultdict[AnnotatorId, int] = defaultdict(int)
    for entry in entries:
        for one in entry.marks:
            counts[one.annotator_id] += 1
    return dict(counts)
