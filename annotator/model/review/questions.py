"""The questions that a cluster asks, how far its annotators differ on each, and which clusters come first.

A difference is a number from 0.0 (all say the same) to 1.0 (no two do): the share of pairs of annotators who differ;
for boundaries the share of the marked code points that not everybody marked.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final, Literal, cast

import msgspec

from annotator.model.ids import AnnotatorId
from annotator.model.review.clusters import Cluster, Spans, Vote, covered, intersection, union

Question = Literal["claim", "boundaries", "label", "status", "speaker", "evidence"]

QUESTIONS: Final[tuple[Question, ...]] = ("claim", "boundaries", "label", "status", "speaker", "evidence")
"""Is it a claim? From where to where? Of what kind? What is its status, who says it, what speaks for and against it?"""

OPPOSED: Final = (frozenset({"confirmed"}), frozenset({"disputed", "refuted"}))
"""Statuses that cannot both hold: where they meet, a person has to look first."""

_WEIGHTS: Final[dict[Question, float]] = {
    "status": 4.0,
    "claim": 2.0,
    "label": 1.0,
    "speaker": 1.0,
    "evidence": 1.0,
    "boundaries": 0.9,
}
"""What a difference counts in the order of the queue: what a claim is held to be before where it ends."""

_FIRST: Final = 100.0
"""More than all differences together can count."""


class Difference(msgspec.Struct, frozen=True, gc=False):
    """How far the annotators of a cluster differ.

    Attributes:
        of: the difference on each question on which they differ at all.
        opposed: some hold what others exclude (`OPPOSED`).
        missing: annotators who marked something in the text, but nothing here.
        severity: what the queue is ordered by, the highest first; 0.0 where nobody differs. Opposed statuses come
            before everything else.
    """

    of: Mapping[Question, float]
    opposed: bool = False
    missing: frozenset[AnnotatorId] = frozenset()
    severity: float = 0.0

    @property
    def unanimous(self) -> bool:
        """Whether all of them say the same about everything."""
        return not self.of

    @property
    def kind(self) -> Question | Literal[""]:
        """The question that stands for the cluster in a list: the weightiest, "" where nobody differs.

        A difference of boundaries is told only where there is no other.
        """
        for question in ("status", "claim", "label", "speaker", "evidence", "boundaries"):
            if question in self.of:
                return question
        return ""


_NONE: Final = Difference({})


def by_annotator(votes: Iterable[Vote]) -> dict[AnnotatorId, list[Vote]]:
    """Return each annotator's marks, by place."""
    own: dict[AnnotatorId, list[Vote]] = {}
    for vote in votes:
        own.setdefault(vote.who, []).append(vote)
    return own


def difference(cluster: Cluster, readers: frozenset[AnnotatorId]) -> Difference:
    """Return how far the annotators of a cluster differ; `readers` are all who marked something in the text.

    An annotator with several marks in the cluster says all that these say, in their order.
    """
    votes = cluster.votes
    own = by_annotator(votes)
    missing = readers - own.keys() if len(own) < len(readers) else frozenset[AnnotatorId]()
    if not missing and _all_same(votes) and len(own) == len(votes):
        return _NONE
    found: dict[Question, float] = {}
    if missing:
        found["claim"] = _pairs_apart([len(own), len(missing)])
    if len(own) > 1:
        _compare(votes, list(own.values()), found)
    return _judged(found, missing, opposed=_opposed(votes)) if found else _NONE


def _judged(found: dict[Question, float], missing: frozenset[AnnotatorId], *, opposed: bool) -> Difference:
    weighed = sum(_WEIGHTS[question] * amount for question, amount in found.items())
    return Difference(found, opposed, missing, weighed + (_FIRST if opposed else 0.0))


def _all_same(votes: Sequence[Vote]) -> bool:
    first = votes[0]
    spans, status, speaker, said, label = first.spans, first.status, first.speaker, first.said, first.label
    return all(
        one.spans == spans
        and one.status == status
        and one.speaker == speaker
        and one.said == said
        and one.label == label
        for one in votes[1:]
    )


def _compare(votes: Sequence[Vote], own: Sequence[Sequence[Vote]], found: dict[Question, float]) -> None:
    """Note in `found` how far they differ; `own` are each one's of the votes."""
    spans = [[vote.spans for vote in one] for one in own]
    if any(one != spans[0] for one in spans):
        found["boundaries"] = _boundaries([one[0] if len(one) == 1 else union(one) for one in spans])
    for question, answer in _ANSWERS.items():
        first = answer(votes[0])
        # Where all marks say the same, some may have more of them: that is a difference of boundaries alone.
        if any(answer(vote) != first for vote in votes):
            values = [tuple(answer(vote) for vote in one) for one in own]
            if question == "label":  # of marks of the same words none is the first
                values = [tuple(sorted(cast("tuple[str, ...]", one))) for one in values]
            if any(one != values[0] for one in values):
                found[question] = _pairs_apart(list(Counter(values).values()))


_ANSWERS: Final[Mapping[Question, Callable[[Vote], Hashable]]] = {
    "label": attrgetter("label"),
    "status": attrgetter("status"),
    "speaker": attrgetter("speaker"),
    "evidence": attrgetter("said"),
}


def _boundaries(marked: Sequence[Spans]) -> float:
    """Return the share of what any of them marked that not all did; `marked` is of one cluster."""
    if all(len(spans) == 1 for spans in marked):
        starts, ends = [spans[0][0] for spans in marked], [spans[0][1] for spans in marked]
        shared, whole = max(0, min(ends) - max(starts)), max(ends) - min(starts)  # they overlap, so there is no gap
    else:
        shared, whole = covered(intersection(marked)), covered(union(marked))
    # The same words, marked as one here and as two there, differ a little, too.
    return max(1.0 - shared / whole, 0.01)


def _pairs_apart(groups: Sequence[int]) -> float:
    """Return the share of pairs that are not in one group."""
    total = sum(groups)
    same = sum(size * (size - 1) for size in groups)
    return 1.0 - same / (total * (total - 1))


def _opposed(votes: Sequence[Vote]) -> bool:
    held = {vote.status for vote in votes}
    return not held.isdisjoint(OPPOSED[0]) and not held.isdisjoint(OPPOSED[1])
