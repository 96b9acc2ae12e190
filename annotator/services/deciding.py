"""A reviewer's decisions about clusters: adjudicated records beside the originals, which never change."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import AssessmentId, EvidenceId, MentionId, ReviewId, SourceId, new_id
from annotator.model.moments import now
from annotator.model.records import (
    Article,
    Assessment,
    Decision,
    Evidence,
    Mention,
    Review,
    Stance,
    version_id,
)
from annotator.model.review.clusters import Spans, Vote
from annotator.model.review.outcomes import (
    Draft,
    Outcome,
    basis,
    changes,
    match,
    verdict,
)
from annotator.model.span import Span, span_of
from annotator.services.review_cards import Card, Held
from annotator.store.change import Change
from annotator.store.classes import classes_of
from annotator.store.project import Project
from annotator.store.reviewing import gone_targets, shown_events


class Why(NamedTuple):
    """Why it was decided so; what is "" stays as an earlier decision of the same person has it.

    Attributes:
        cause: what made the annotators differ (`outcomes.CAUSES`).
        confidence: how sure the reviewer is (`outcomes.CONFIDENCES`).
    """

    reason: str = ""
    cause: str = ""
    confidence: str = ""
    note: str = ""


_NO_WHY = Why()


def decide(project: Project, card: Card, outcome: Outcome, *, why: Why = _NO_WHY, step: str = "adopt") -> None:
    """Decide what a cluster comes to, in the name of the person at work and as one undo step.

    Each mark of the outcome becomes a mention of layer `adjudicated` with its assessment and evidence, and each
    original a review. A decision that the same person made before is replaced; what others decided stays.

    Raises Refused where the project takes no writes, ValueError for places outside the text.
    """
    with project.change(f"review.{step}") as change:
        write(project, change, card, outcome, why)


def reject(project: Project, card: Card, *, why: Why) -> None:
    """Decide that there is no claim here; raises Refused without a reason."""
    if not why.reason.strip():
        raise Refused(_("to reject a mark takes a reason"), do=_("write why it is no claim"))
    decide(project, card, (), why=why, step="reject")


def explain(project: Project, card: Card, why: Why) -> None:
    """Say why it was decided so, after the decision; raises Refused where nothing is decided by this person."""
    own = [one for one in project.reviews_of(card.item.mention_ids) if one.reviewer_id == project.annotator_id]
    if not own:
        raise Refused(_("nothing is decided here yet"), do=_("decide first, then say why"))
    with project.change("review.explain") as change:
        for one in own:
            change.put(
                replace(one, reason=why.reason, cause=why.cause, confidence=why.confidence, note=why.note, at=now())
            )


def write(project: Project, change: Change, card: Card, outcome: Outcome, why: Why) -> None:
    """Put what a decision makes into a change that is being collected: for those that decide much in one step."""
    _Writing(project, change, card, why).write(outcome)


class _Writing:
    """Writes one decision."""

    def __init__(self, project: Project, change: Change, card: Card, why: Why) -> None:
        self._project = project
        self._change = change
        self._card = card
        self._why = why
        self._me = project.annotator_id
        self._moment = now()
        attached = [one.id for held in card.held.values() for one in _attached(held)]
        targets = [*card.item.mention_ids, *attached]
        self._own = {one.target: one for one in project.reviews_of(targets) if one.reviewer_id == self._me}
        self._events = shown_events(project, "mention", card.item.mention_ids)
        self._events |= shown_events(
            project, "assessment", [held.assessment.id for held in card.held.values() if held.assessment]
        )
        self._events |= shown_events(
            project, "evidence", [one.id for held in card.held.values() for one in held.evidence]
        )
        self._sources = classes_of(project, "source")

    def write(self, outcome: Outcome) -> None:
        made = self._mentions(outcome)
        said = [self._said(draft, mention) for draft, mention in zip(outcome, made, strict=True)]
        held = [self._status(draft, mention) for draft, mention in zip(outcome, made, strict=True)]
        self._forget_what_is_gone()
        self._withdraw(made, [one for each in said for one in each.values()], held)
        for vote in self._card.votes:
            place = match(vote, outcome)
            self._review(vote, outcome, made[place] if place >= 0 else None)
            if place >= 0:
                self._review_attached(vote, outcome[place], said[place], held[place])

    def _forget_what_is_gone(self) -> None:
        """Take back this person's reviews of what annotators deleted since: the decision is about what is there now."""
        if not self._own:
            return  # nothing was decided here: whoever decides thousands does not look for each
        own = {(held.mention.claim_id, held.mention.annotator_id) for held in self._card.held.values()}
        for one in gone_targets(self._project):
            if one.reviewer_id == self._me and (one.claim_id, one.annotator_id) in own:
                self._change.delete_object(Review.kind, one.review_id)

    def _before(self) -> list[Mention]:
        """The mentions that this person's earlier decision made here."""
        proposals = dict.fromkeys(self._own[one].proposal for one in self._card.item.mention_ids if one in self._own)
        found = self._project.by_ids(Mention, [one for one in proposals if one])
        return [one for one in found.values() if one.annotator_id == self._me and one.layer == "adjudicated"]

    def _mentions(self, outcome: Outcome) -> list[Mention]:
        before = self._before()
        made: list[Mention] = []
        for place, draft in enumerate(outcome):
            model = self._card.held[draft.like].mention
            known = before[place] if place < len(before) else None
            one = replace(
                model,
                id=known.id if known else MentionId(new_id()),
                annotator_id=self._me,
                spans=self._spans(draft.spans),
                layer="adjudicated",
                speaker_id=draft.speaker,
                speaker_accepted=bool(draft.speaker),
                origin="person",
                based_on=tuple(sorted(vote.mention_id for vote in basis(draft, self._card.votes))),
                created_at=known.created_at if known else self._moment,
                updated_at=self._moment,
            )
            self._change.put(one)
            made.append(one)
        return made

    def _spans(self, spans: Spans) -> tuple[Span, ...]:
        return tuple(span_of(self._card.text, start, end) for start, end in spans)

    def _status(self, draft: Draft, mention: Mention) -> dict[str, Assessment]:
        """Assess the claim of every mark that this one is based on: the desk holds it about all of them."""
        made: dict[str, Assessment] = {}
        if not draft.status:
            return made
        votes = basis(draft, self._card.votes)
        claims = dict.fromkeys([mention.claim_id, *(vote.claim_id for vote in votes)])
        seen = [held.assessment for vote in votes if (held := self._card.held[vote.mention_id]).assessment]
        model = next((one for one in seen if one and one.status == draft.status), None)
        article = self._project.find(Article, mention.article_id)
        published = (article.published, article.published_precision) if article else ("", "")
        since, precision = (model.valid_from, model.valid_from_precision) if model else published
        for claim in claims:
            known = self._known_assessment(claim)
            one = Assessment(
                known.id if known else AssessmentId(new_id()),
                claim,
                self._me,
                draft.status,
                "adjudicated",
                since,
                precision,
                self._moment,
                self._why.reason or (known.reason if known else ""),
                tuple(sorted({one.id for one in seen if one})),
                model.guideline_version if model else "",
            )
            self._change.put(one)
            made[claim] = one
        return made

    def _known_assessment(self, claim: str) -> Assessment | None:
        pending = [one for one in self._change.records.values() if isinstance(one, Assessment)]
        stored = self._project.assessments_of([self._card.held[self._vote_of(claim).mention_id].mention.claim_id])
        mine = [
            one
            for one in (*stored, *pending)
            if one.claim_id == claim and one.annotator_id == self._me and one.layer == "adjudicated"
        ]
        return mine[-1] if mine else None

    def _vote_of(self, claim: str) -> Vote:
        return next((vote for vote in self._card.votes if vote.claim_id == claim), self._card.votes[0])

    def _said(self, draft: Draft, mention: Mention) -> dict[tuple[str, str], Evidence]:
        """Link the sources that are to be linked to the claim, with the words and places that an annotator gave."""
        known = {
            (self._speaking(one), one.stance): one
            for one in self._project.evidence_of([mention.claim_id])
            if one.annotator_id == self._me
        }
        made: dict[tuple[str, str], Evidence] = {}
        for key in sorted(draft.said):
            model = self._model(key, draft)
            if key in known:
                made[key] = known[key]
                continue
            source, stance = key
            one = (
                replace(model, id=EvidenceId(new_id()), claim_id=mention.claim_id, annotator_id=self._me)
                if model
                else Evidence(
                    EvidenceId(new_id()), mention.claim_id, SourceId(source), self._me, cast("Stance", stance)
                )
            )
            self._change.put(one)
            made[key] = one
        return made

    def _model(self, key: tuple[str, str], draft: Draft) -> Evidence | None:
        first = self._card.held.get(draft.like)
        everything = [
            *(first.evidence if first else ()),
            *(e for held in self._card.held.values() for e in held.evidence),
        ]
        return next((one for one in everything if (self._speaking(one), one.stance) == key), None)

    def _speaking(self, one: Evidence) -> str:
        return self._sources.get(one.source_id, one.source_id)

    def _withdraw(
        self, made: Sequence[Mention], said: Sequence[Evidence], held: Sequence[dict[str, Assessment]]
    ) -> None:
        """Take back what an earlier decision of this person made here and this one does not."""
        kept = {one.id for one in (*made, *said)} | {one.id for each in held for one in each.values()}
        # Who reviews may have marked, too: what is theirs as an annotator is an original like any other.
        kept |= {one.id for each in self._card.held.values() for one in _attached(each)}
        gone = [one for one in self._before() if one.id not in kept]
        claims = {one.claim_id for one in self._elsewhere(gone)}
        proposals = {one.proposal for one in self._own.values() if one.proposal and one.proposal not in kept}
        attached: list[Mention | Assessment | Evidence] = [
            *gone,
            *self._project.by_ids(Assessment, proposals).values(),
            *self._project.by_ids(Evidence, proposals).values(),
        ]
        for one in attached:
            needed = not isinstance(one, Mention) and one.claim_id in claims
            if one.annotator_id == self._me and not needed:
                self._change.delete(one)

    def _elsewhere(self, gone: Sequence[Mention]) -> list[Mention]:
        """The marks that this person's decisions about other clusters made of the same claims."""
        here = {one.id for one in (*gone, *self._before())}
        found = self._project.mentions_of_claims(held.mention.claim_id for held in self._card.held.values())
        return [
            one for one in found if one.layer == "adjudicated" and one.annotator_id == self._me and one.id not in here
        ]

    def _review(self, vote: Vote, outcome: Outcome, became: Mention | None) -> None:
        mention = self._card.held[vote.mention_id].mention
        draft = outcome[match(vote, outcome)] if became else None
        moved = draft is not None and "boundaries" in changes(vote, draft)
        before = self._own.get(mention.id)
        why = _completed(self._why, before)
        self._change.put(
            Review(
                before.id if before else ReviewId(new_id()),
                mention.id,
                self._me,
                verdict(vote, outcome),
                self._events.get(mention.id, ""),
                became.id if became else "",
                version_id(mention.article_id, mention.text_sha256) if moved else "",
                self._spans(draft.spans) if draft and moved else (),
                why.reason,
                why.cause,
                why.confidence,
                why.note,
                self._moment,
            )
        )

    def _review_attached(
        self,
        vote: Vote,
        draft: Draft,
        said: dict[tuple[str, str], Evidence],
        held: dict[str, Assessment],
    ) -> None:
        """Review what the mark stands on: its annotator's assessment and evidence."""
        own = self._card.held[vote.mention_id]
        if own.assessment:
            status = held.get(own.mention.claim_id)
            same = own.assessment.status == draft.status
            self._put_review(own.assessment.id, "accept" if same else "change", status.id if status else "")
        for one in own.evidence:
            key = (self._speaking(one), one.stance)
            self._put_review(one.id, "accept" if key in said else "reject", said[key].id if key in said else "")

    def _put_review(self, target: str, decision: Decision, proposal: str) -> None:
        before = self._own.get(target)
        self._change.put(
            Review(
                before.id if before else ReviewId(new_id()),
                target,
                self._me,
                decision,
                self._events.get(target, ""),
                proposal,
                at=self._moment,
            )
        )


def _completed(why: Why, before: Review | None) -> Why:
    if before is None:
        return why
    return Why(
        why.reason or before.reason,
        why.cause or before.cause,
        why.confidence or before.confidence,
        why.note or before.note,
    )


def _attached(held: Held) -> list[Assessment | Evidence]:
    return [*([held.assessment] if held.assessment else []), *held.evidence]
