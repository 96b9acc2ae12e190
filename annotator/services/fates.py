"""What became of an annotator's marks: accepted, changed or rejected, why, and what was asked about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypedDict

import msgspec

from annotator.i18n import _
from annotator.model.ids import AnnotatorId, MentionId, VersionId
from annotator.model.records import Mention, Review, version_id
from annotator.model.sameness import together
from annotator.model.wording import decision_word
from annotator.services import commenting
from annotator.services.commenting import Thread
from annotator.services.missed import missed_by
from annotator.services.signatures import Signatures
from annotator.services.viewing import withheld_words
from annotator.store.classes import classes_of
from annotator.store.project import Project
from annotator.store.whose_marks import marks_of

PART: Final = 150
"""Marks that are read at a time."""

Became = Literal["pending", "accept", "change", "reject", "missing"]
"""`missing`: the review found a claim where this person, who had the text, marked nothing."""


class Fate(msgspec.Struct, frozen=True):
    """One mark and what became of it.

    Attributes:
        words: the marked words.
        now: the words of the adjudicated mention, where its boundaries are others; else "".
        status: what its annotator held; `status_now` is what was decided, each "" for none.
        why: reason, cause and confidence of the decision.
        remarks: how many remarks there are about it; `asked` is the last of an open thread, "" for none.
    """

    mention_id: MentionId
    version_id: VersionId
    words: str
    became: Became
    now: str = ""
    status: str = ""
    status_now: str = ""
    by: str = ""
    reason: str = ""
    cause: str = ""
    confidence: str = ""
    at: str = ""
    remarks: int = 0
    asked: str = ""


def fates_of(project: Project, annotator_id: AnnotatorId) -> list[Fate]:
    """Return what became of a person's marks, in the order in which they were made; with all ids of that person."""
    return [fate for part in in_parts(project, annotator_id) for fate in part]


def in_parts(project: Project, annotator_id: AnnotatorId) -> Iterator[list[Fate]]:
    """Yield what became of a person's marks, `PART` at a time, so that the first are there at once.

    What the person missed comes with the last of them. Nothing is held open between two parts; of what changes
    meanwhile, a part shows what holds when it is read.
    """
    people = classes_of(project, "annotator")
    own = people.get(annotator_id, annotator_id)
    marks = marks_of(project, sorted(together(people, [annotator_id])))
    names = Signatures(project)
    texts: dict[VersionId, None] = {}
    for begin in range(0, max(1, len(marks)), PART):
        part = marks[begin : begin + PART]
        there = project.by_ids(Mention, part)
        found = [there[one] for one in part if one in there]
        texts |= dict.fromkeys(version_id(mark.article_id, mark.text_sha256) for mark in found)
        last = begin + PART >= len(marks)
        yield [*_fates(project, found, names), *(_missing(project, own, texts, names) if last else ())]


def _fates(project: Project, marks: list[Mention], names: Signatures) -> Iterator[Fate]:
    last: dict[str, Review] = {}
    for one in sorted(project.reviews_of(mark.id for mark in marks), key=lambda one: (one.at, one.id)):
        last[one.target] = one
    made = project.by_ids(Mention, [one.proposal for one in last.values() if one.proposal])
    statuses = project.statuses_of_mentions([*marks, *made.values()])
    threads: defaultdict[str, list[commenting.Thread]] = defaultdict(list)
    for thread in commenting.threads_on(project, [one.id for one in marks]):
        threads[thread.target].append(thread)
    for mark in marks:
        review, mine = last.get(mark.id), threads[mark.id]
        fate = Fate(
            mark.id,
            version_id(mark.article_id, mark.text_sha256),
            _words(mark),
            "pending",
            status=statuses.get(mark.id, ""),
            **_talk(mine),
        )
        if review is not None:
            became = made.get(review.proposal)
            fate = msgspec.structs.replace(
                fate,
                became=review.decision if review.decision != "missing" else "pending",
                now=_words(became) if became and became.spans != mark.spans else "",
                status_now=statuses.get(became.id, "") if became else "",
                by=names.name(review.reviewer_id) or withheld_words(),
                reason=review.reason,
                cause=review.cause,
                confidence=review.confidence,
                at=review.at,
            )
        yield fate


def _missing(project: Project, who: str, texts: Iterable[VersionId], names: Signatures) -> Iterator[Fate]:
    """Yield what a person missed, by when that was said; `texts` are those in which they marked something."""
    missed = missed_by(project, AnnotatorId(who), texts)
    statuses = project.statuses_of_mentions([one.mention for one in missed])
    threads = commenting.threads_on(project, [one.mention.id for one in missed])
    for review, mention in missed:
        yield Fate(
            mention.id,
            version_id(mention.article_id, mention.text_sha256),
            _words(mention),
            "missing",
            status_now=statuses.get(mention.id, ""),
            by=names.name(review.reviewer_id) or withheld_words(),
            reason=review.reason,
            cause=review.cause,
            confidence=review.confidence,
            at=review.at,
            **_talk([one for one in threads if one.target == mention.id]),
        )


class _Talk(TypedDict):
    remarks: int
    asked: str


def _talk(threads: Sequence[Thread]) -> _Talk:
    """Return how much was said about a mark, and the last that is open."""
    asked = next((one.remarks[-1].comment.text for one in threads if not one.resolved), "")
    return {"remarks": sum(len(one.remarks) for one in threads), "asked": asked}


def _words(mention: Mention) -> str:
    return " … ".join(" ".join(span.quote.split()) for span in mention.spans)


class Gap(msgspec.Struct, frozen=True):
    """A decision that the guidelines did not settle: one line a place."""

    mention_id: MentionId
    version_id: VersionId
    words: str
    reason: str
    by: str
    at: str


def guideline_gaps(project: Project) -> list[Gap]:
    """Return the decisions whose cause is a gap in the guidelines, the latest first; one for each place."""
    reviews = [one for one in project.all(Review) if one.cause == "guideline_gap"]
    marks = project.by_ids(Mention, [one.target for one in reviews])
    names = Signatures(project)
    found: dict[tuple[str, str], Gap] = {}
    for one in sorted(reviews, key=lambda one: (one.at, one.id), reverse=True):
        mark = marks.get(one.target)
        # The marks of one cluster are decided at one moment: one line says it for all.
        key = one.reviewer_id, one.at
        if mark is not None and key not in found:
            found[key] = Gap(
                mark.id,
                version_id(mark.article_id, mark.text_sha256),
                _words(mark),
                one.reason,
                names.name(one.reviewer_id) or withheld_words(),
                one.at,
            )
    return list(found.values())


def counted(fates: Iterable[Fate]) -> dict[Became, int]:
    """Return how many marks became what."""
    counts: dict[Became, int] = {"accept": 0, "change": 0, "reject": 0, "pending": 0, "missing": 0}
    for one in fates:
        counts[one.became] += 1
    return counts


def became_name(became: Became) -> str:
    """Return what became of a mark, in a word."""
    return _("not decided") if became == "pending" else decision_word(became)
