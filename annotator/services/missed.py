"""What the reviewer finds and nobody marked: an adjudicated mark of its own, and a review that says who missed it.

That is everybody who marked something in the text: the review is one of the text version, with the words' places.
"""

from collections.abc import Iterable
from typing import NamedTuple

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import AssessmentId, ClaimId, MentionId, ReviewId, VersionId, new_id
from annotator.model.moments import now
from annotator.model.records import Article, Assessment, Claim, Mention, Review, TextVersion
from annotator.model.span import span_of
from annotator.services.guidelines import version_now
from annotator.store.classes import versions_together
from annotator.store.project import Project


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


def say_missed(project: Project, version_id: VersionId, start: int, end: int, *, status: str, reason: str) -> MentionId:
    """Say that the words [start, end), in code points, are a claim that everybody missed; one undo step.

    Raises Refused where somebody marked some of them, KeyError where the version is gone, ValueError for places
    outside its text.
    """
    version = project.get(TextVersion, version_id)
    span = span_of(project.text(version.text_sha256), start, end)
    for one in versions_together(project, version_id):
        for mention in project.mentions_of(one):
            if any(start < other.end and other.start < end for other in mention.spans):
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
        article.published,
        article.published_precision,
        moment,
        reason,
        guideline_version=guideline,
    )
    review = Review(
        ReviewId(new_id()),
        version_id,
        me,
        "missing",
        proposal=mention.id,
        version_id=version_id,
        spans=(span,),
        reason=reason,
        at=moment,
    )
    with project.change("review.missing") as change:
        change.put_all((claim, mention, held, review))
    return mention.id


def take_back(project: Project, version_id: VersionId, start: int, end: int) -> int:
    """Take back what this person found missed at some words; return how many marks that were."""
    own = [
        one
        for one in missed_in(project, [version_id])
        if one.review.reviewer_id == project.annotator_id
        and any(start < span.end and span.start < end for span in one.mention.spans)
    ]
    if own:
        with project.change("review.missing_back") as change:
            for review, mention in own:
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
