"""Clusters: marks of one text that overlap, transitively, by at least one code point; of any number of annotators."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from annotator.model.ids import AnnotatorId, ClaimId, MentionId

Spans = tuple[tuple[int, int], ...]
"""The content spans of a mention, `[start, end)` in code points."""

Said = frozenset[tuple[str, str]]
"""What sources say about a claim as one annotator reads them: (source id, stance)."""

NOTHING_SAID: Said = frozenset()


class Vote(msgspec.Struct, frozen=True, gc=False):
    """One annotator's mark with what they hold about its claim.

    Attributes:
        who: the annotator; a person who has several ids is the one that speaks for them.
        status: their own current status of the claim, "" for none.
        speaker: the id that speaks for the speaker they name, "" for none.
        said: their own evidence.
        label: what kind of claim they say it is, "" for none: labels of other programs' marks.
    """

    mention_id: MentionId
    claim_id: ClaimId
    who: AnnotatorId
    spans: Spans
    status: str = ""
    speaker: str = ""
    said: Said = NOTHING_SAID
    label: str = ""

    @property
    def start(self) -> int:
        """Its first code point."""
        return self.spans[0][0]


class Cluster(NamedTuple):
    """Marks that overlap, by place, and from where to where they reach in the text."""

    votes: tuple[Vote, ...]
    start: int
    end: int


def clusters(votes: Iterable[Vote]) -> list[Cluster]:
    """Return the clusters of the marks of one text, by place.

    Two marks are in one cluster if they share a code point, or each is in one with a third. A mark of several spans
    ties together what its spans touch. Half-open ranges that only touch share nothing.
    """
    marks = [vote for vote in votes if vote.spans]
    pieces = sorted((start, end, number) for number, vote in enumerate(marks) for start, end in vote.spans)
    parent = list(range(len(marks)))
    reach, last = -1, -1
    for start, end, number in pieces:
        if start < reach:
            _join(parent, last, number)
        reach, last = max(reach, end), number
    together: dict[int, list[Vote]] = {}
    for number, vote in enumerate(marks):
        together.setdefault(_root(parent, number), []).append(vote)
    found = [_cluster(some) for some in together.values()]
    return sorted(found, key=lambda one: (one.start, one.end, one.votes[0].mention_id))


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], one: int, other: int) -> None:
    first, second = _root(parent, one), _root(parent, other)
    if first != second:
        parent[second] = first


def _cluster(votes: Sequence[Vote]) -> Cluster:
    if len(votes) == 1 and len(votes[0].spans) == 1:
        return Cluster((votes[0],), *votes[0].spans[0])
    ordered = tuple(sorted(votes, key=lambda vote: (vote.spans, vote.mention_id)))
    start = min(span[0] for vote in votes for span in vote.spans)
    return Cluster(ordered, start, max(span[1] for vote in votes for span in vote.spans))


# Boundaries


def ranges_of(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return the same code points as ranges that neither overlap nor touch, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def union(marks: Iterable[Spans]) -> Spans:
    """Return the code points that any of the marks covers, as ranges in order."""
    return ranges_of(span for spans in marks for span in spans)


def intersection(marks: Sequence[Spans]) -> Spans:
    """Return the code points that each of the marks covers, as ranges in order; () where there are none."""
    if not marks:
        return ()
    common = ranges_of(marks[0])
    for spans in marks[1:]:
        other = ranges_of(spans)
        common = tuple(
            (max(a[0], b[0]), min(a[1], b[1])) for a in common for b in other if max(a[0], b[0]) < min(a[1], b[1])
        )
    return common


def covered(spans: Spans) -> int:
    """Return how many code points ranges that do not overlap cover."""
    return sum(end - start for start, end in spans)
