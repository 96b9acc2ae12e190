"""What an annotator missed: a review of the annotator that names the adjudicated mark which is missing of them.

Only who had the text can miss something in it: who marked something there, or finished their pass of it. What nobody
marked is an adjudicated mark of its own with a review of the text version, which has the words' places, besides.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import (
    AnnotatorId,
    AssessmentId,
    ClaimId,
    MentionId,
    ReviewId,
    VersionId,
    derived_id,
    new_id,
)
from annotator.model.moments import now
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Mention,
    Review,
    TextVersion,
    version_id,
)
from annotator.model.review.passes import ends_pass
from annotator.model.sameness import together
from annotator.model.span import span_of
from annotator.services.guidelines import version_now
from annotator.services.since import held_since
from annotator.store.classes import classes_of, versions_together
from annotator.store.project import Project


def had(project: Project, version_id: VersionId) -> frozenset[AnnotatorId]:
    """Return who had a text: everybody who marked something in it or finished their pass of it, each by one id."""
    people = classes_of(project, "annotator")
    versions = versions_together(project, version_id)
    found: set[AnnotatorId] = {
        one.annotator_id for each in versions for one in project.mentions_of(each) if one.layer == "annotation"
    }
    reviews = project.reviews_of(versions)
    found |= {one.reviewer_id for one in reviews if ends_pass(one)}
    return frozenset(AnnotatorId(people.get(one, one)) for one in found)


def naming_id(mention_id: str, who: str, reviewer: str) -> ReviewId:
    """Return the id of a reviewer's review that says that an annotator's mark is missing where a decided mention is."""
    return ReviewId(derived_id("missing", mention_id, who, reviewer))


def naming(
    mention: Mention, people: Iterable[AnnotatorId], reviewer: AnnotatorId, *, reason: str, at: str
) -> list[Review]:
    """Return the reviews that name whose mark is missing where a decided mention is: one for each of them."""
    text = version_id(mention.article_id, mention.text_sha256)
    return [
        Review(
            naming_id(mention.id, who, reviewer),
            who,
            reviewer,
            "missing",
            proposal=mention.id,
            version_id=text,
            reason=reason,
            at=at,
        )
        for who in sorted(people)
    ]


class Missed(NamedTuple):
    """Words that nobody marked, as the review found them."""

    review: Review
    mention: Mention


def missed_in(project: Project, version_ids: Iterable[VersionId]) -> list[Missed]:
    """Return what was found to be missed in text versions, by place."""
    reviews = [one for one in project.reviews_of(version_ids) if one.decision == "missing"]
    made = project.by_ids(Mention, [one.proposal for one in reviews])
    found = [Missed(one, made[one.proposal]) for one in reviews if one.proposal in made]
    return sorted(found, key=lambda one: (one.mention.spans[0].start, one.mention.id))


def missed_by(project: Project, who: AnnotatorId, texts: Iterable[VersionId]) -> list[Missed]:
    """Return what a person missed, in the order in which it was said; `texts` are those in which they marked something.

    What they have marked since is no more missed, and neither is what was decided to be no claim later. A review from
    before annotators were named means all who had the text.
    """
    people = classes_of(project, "annotator")
    named = [one for one in project.reviews_of(together(people, [who])) if one.decision == "missing"]
    made = project.by_ids(Mention, [one.proposal for one in named])
    found = [Missed(one, made[one.proposal]) for one in named if one.proposal in made]
    found += _of_all(project, who, texts)
    rejected = _rejected(project, [one.mention for one in found])
    last: dict[tuple[VersionId, int], Missed] = {}

    @cache
    def own_in(text: VersionId) -> tuple[VersionId, list[Mention]]:
        versions = versions_together(project, text)
        marks = [mark for each in versions for mark in project.mentions_of(each) if mark.layer == "annotation"]
        return min(versions), [mark for mark in marks if people.get(mark.annotator_id, mark.annotator_id) == who]

    for one in sorted(found, key=lambda one: (one.review.at, one.review.id)):
        first, own = own_in(version_id(one.mention.article_id, one.mention.text_sha256))
        if rejected.get(one.mention.id, "") <= one.review.at and not any(_meet(mark, one.mention) for mark in own):
            last[first, one.mention.spans[0].start] = one  # of two reviewers' it is the later one's
    return list(last.values())


def _of_all(project: Project, who: AnnotatorId, marked: Iterable[VersionId]) -> list[Missed]:
    """Return what nobody marked by reviews that name nobody, in the texts that a person had."""
    texts = set(marked)
    people = classes_of(project, "annotator")
    for one in project.reviews_of([one.id for one in project.all(TextVersion)]):
        if ends_pass(one) and people.get(one.reviewer_id, one.reviewer_id) == who:
            texts.add(VersionId(one.target))
    found = missed_in(project, {version for one in texts for version in versions_together(project, one)})
    everybody = [one.id for one in project.all(Annotator)]
    names = [[naming_id(one.mention.id, name, one.review.reviewer_id) for name in everybody] for one in found]
    there = project.by_ids(Review, chain.from_iterable(names))
    return [one for one, some in zip(found, names, strict=True) if there.keys().isdisjoint(some)]


def _rejected(project: Project, mentions: Sequence[Mention]) -> dict[MentionId, str]:
    """Return when the marks that decided mentions are based on were rejected by another hand, by the mention's id."""
    reviews = project.reviews_of({one for mention in mentions for one in mention.based_on})
    at = {one.target: one.at for one in reviews if one.decision == "reject"}
    times = {mention.id: [at[one] for one in mention.based_on if one in at] for mention in mentions}
    return {
        mention.id: min(times[mention.id])
        for mention in mentions
        if mention.based_on and len(times[mention.id]) == len(mention.based_on)
    }


def _meet(one: Mention, other: Mention) -> bool:
    return any(a.overlaps(b) for a in one.spans for b in other.spans)


def say_missed(project: Project, text_id: VersionId, start: int, end: int, *, status: str, reason: str) -> MentionId:
    """Say that the words [start, end), in code points, are a claim that all who had the text missed; one undo step.

    Raises Refused where somebody marked some of them, KeyError where the version is gone, ValueError for places
    outside its text.
    """
    version = project.get(TextVersion, text_id)
    span = span_of(project.text(version.text_sha256), start, end)
    for one in versions_together(project, text_id):
        for mention in project.mentions_of(one):
            if any(map(span.overlaps, mention.spans)):
                raise Refused(_("somebody marked some of these words"), do=_("decide the card that they are on"))
    article, moment, me = project.get(Article, version.article_id), now(), project.annotator_id
    claim = Claim(
        ClaimId(new_id()),
        span.quote,
        language=article.language,
        claim_date=article.published,
        claim_date_precision=article.published_precision,
    )
    guideline = version_now(project)
    mention = Mention(
        MentionId(new_id()),
        claim.id,
        article.id,
        version.text_sha256,
        me,
        (span,),
        layer="adjudicated",
        guideline_version=guideline,
        created_at=moment,
        updated_at=moment,
    )
    held = Assessment(
        AssessmentId(new_id()),
        claim.id,
        me,
        status,
        "adjudicated",
        *held_since(article),
        moment,
        reason,
        guideline_version=guideline,
    )
    review = Review(
        ReviewId(new_id()),
        text_id,
        me,
        "missing",
        proposal=mention.id,
        version_id=text_id,
        spans=(span,),
        reason=reason,
        at=moment,
    )
    with project.change("review.missing") as change:
        change.put_all((claim, mention, held, review))
        people = had(project, text_id) - {classes_of(project, "annotator").get(me, me)}
        change.put_all(naming(mention, people, me, reason=reason, at=moment))
    return mention.id


def take_back(project: Project, text_id: VersionId, start: int, end: int) -> int:
    """Take back what this person found missed at some words; return how many marks that were."""
    own = [
        one
        for one in missed_in(project, [text_id])
        if one.review.reviewer_id == project.annotator_id
        and any(start < span.end and span.start < end for span in one.mention.spans)
    ]
    if own:
        people = [one.id for one in project.all(Annotator)]
        with project.change("review.missing_back") as change:
            for review, mention in own:
                names = [naming_id(mention.id, who, project.annotator_id) for who in people]
                for one in project.by_ids(Review, names).values():
                    change.delete(one)
                change.delete(review)
                change.delete(mention)
                for held in project.assessments_of([mention.claim_id]):
                    if held.annotator_id == project.annotator_id and held.layer == "adjudicated":
                        change.delete(held)
                others = [one for one in project.mentions_of_claims([mention.claim_id]) if one.id != mention.id]
                claim = project.find(Claim, mention.claim_id)
                if claim is not None and not others and not project.evidence_of([claim.id]):
                    change.delete(claim)
    return len(own)
