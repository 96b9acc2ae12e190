"""The records that a decision about a cluster makes, changes and takes back: for the change that collects them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from msgspec.structs import replace

from annotator.model.agreement.marks import shared
from annotator.model.ids import AnnotatorId, AssessmentId, ClaimId, MentionId, ReviewId, new_id
from annotator.model.moments import now
from annotator.model.records import (
    Article,
    Assessment,
    Claim,
    Decision,
    Evidence,
    Mention,
    Review,
    version_id,
)
from annotator.model.review.clusters import Spans, Vote
from annotator.model.review.outcomes import (
    Draft,
    Outcome,
    basis,
    becoming,
    changes,
    verdict,
)
from annotator.model.span import Span, span_of
from annotator.services import missed
from annotator.services.review_cards import Card, Held
from annotator.services.since import held_since
from annotator.services.taken_over import TakenOver
from annotator.store.change import Change
from annotator.store.classes import classes_of
from annotator.store.decided import gone_targets, shown_events
from annotator.store.project import Project


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


class Writing:
    """Writes one decision."""

    def __init__(self, project: Project, change: Change, card: Card, why: Why) -> None:
        self._project = project
        self._change = change
        self._card = card
        self._why = why
        self._me = project.annotator_id
        self._moment = now()
        self._reviewed: set[str] = set()
        attached = [one.id for held in card.held.values() for one in _attached(held)]
        targets = [*card.item.mention_ids, *attached, *dict.fromkeys(vote.claim_id for vote in card.votes)]
        self._own = {one.target: one for one in project.reviews_of(targets) if one.reviewer_id == self._me}
        linked = {one.proposal for one in self._own.values()} - set(attached)
        self._sources = TakenOver(project, change, card, linked)
        self._before = self._read_before()
        self._events = shown_events(project, "mention", card.item.mention_ids)
        self._events |= shown_events(
            project, "assessment", [held.assessment.id for held in card.held.values() if held.assessment]
        )
        self._events |= shown_events(
            project, "evidence", [one.id for held in card.held.values() for one in held.evidence]
        )
        if any(vote.label for vote in card.votes):
            self._events |= shown_events(project, "claim", [vote.claim_id for vote in card.votes])

    def write(self, outcome: Outcome) -> None:
        """Put everything that the decision makes, and take back what an earlier one made and this one does not."""
        became = becoming(self._card.votes, outcome)
        made = self._mentions(outcome, became)
        said = [self._sources.linked(draft, mention) for draft, mention in zip(outcome, made, strict=True)]
        held = [self._status(place, outcome, made, became) for place in range(len(outcome))]
        self._forget_what_is_gone()
        self._withdraw(made, [one for each in said for one in each.values()], held)
        for vote, place in zip(self._card.votes, became, strict=True):
            if place < 0:
                self._review(vote, None, None)
            else:
                self._review(vote, outcome[place], made[place])
                self._review_attached(vote, outcome[place], said[place], held[place])
                self._review_label(vote, outcome[place], made[place])
        for name, one in self._sources.models.items():
            if name not in self._reviewed:  # its mark became nothing, but what its annotator linked did
                self._put_review(name, "accept", one.id)
        self._name_missing(outcome, made)

    def _forget_what_is_gone(self) -> None:
        """Take back this person's reviews of what annotators deleted since: the decision is about what is there now."""
        if not self._own:
            return  # nothing was decided here: whoever decides thousands does not look for each
        own = {(held.mention.claim_id, held.mention.annotator_id) for held in self._card.held.values()}
        for one in gone_targets(self._project):
            if one.reviewer_id == self._me and (one.claim_id, one.annotator_id) in own:
                self._change.delete_object(Review.kind, one.review_id)

    def _read_before(self) -> list[Mention]:
        """Return the mentions that this person's earlier decision made here."""
        proposals = dict.fromkeys(self._own[one].proposal for one in self._card.item.mention_ids if one in self._own)
        found = self._project.by_ids(Mention, [one for one in proposals if one])
        return [one for one in found.values() if one.annotator_id == self._me and one.layer == "adjudicated"]

    def _mentions(self, outcome: Outcome, became: Sequence[int]) -> list[Mention]:
        made: list[Mention] = []
        names = [one.id for one in self._before[: len(outcome)]]
        names += [MentionId(new_id()) for _ in outcome[len(names) :]]
        for place, draft in enumerate(outcome):
            model = self._card.held[draft.like].mention
            known = self._before[place] if place < len(self._before) else None
            one = replace(
                model,
                id=names[place],
                within=self._within(model, place, became, names),
                claim_id=self._claim(draft, known),
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

    def _within(self, model: Mention, place: int, became: Sequence[int], names: Sequence[MentionId]) -> str:
        """Return the decided mark that the one at a place is reported in: what became of the mark that its model is."""
        marks = zip(self._card.votes, became, strict=True)
        where = next((each for vote, each in marks if vote.mention_id == model.within), None)
        if where is None:
            return model.within
        return names[where] if where not in {-1, place} else ""

    def _claim(self, draft: Draft, known: Mention | None) -> ClaimId:
        """Return the claim of a mark: that of the one it is like; of a kind that nobody said, the decision's own."""
        votes = {vote.mention_id: vote for vote in self._card.votes}
        model = votes[draft.like]
        alike = [model, *(one for one in basis(draft, self._card.votes) if one.mention_id != draft.like)]
        found = next((one.claim_id for one in alike if one.label == draft.label), None)
        if found is not None:
            return found
        own = known.claim_id if known and self._is_own(known.claim_id) else ClaimId(new_id())
        before = self._project.find(Claim, own)
        claim = replace(before or self._project.get(Claim, model.claim_id), id=own, type=draft.label)
        if claim != before:
            self._change.put(claim)
        return own

    def _is_own(self, claim_id: ClaimId) -> bool:
        """Tell whether this person's decisions alone have made marks of a claim."""
        marks = self._project.mentions_of_claims([claim_id])
        return all(one.layer == "adjudicated" and one.annotator_id == self._me for one in marks)

    def _spans(self, spans: Spans) -> tuple[Span, ...]:
        return tuple(span_of(self._card.text, start, end) for start, end in spans)

    def _status(
        self, place: int, outcome: Outcome, mentions: Sequence[Mention], became: Sequence[int]
    ) -> dict[ClaimId, Assessment]:
        """Assess the claim of every mark that became this one: the desk holds it about all of them.

        The claim of another mark of the outcome is that one's: of nested marks each has its own status.
        """
        made: dict[ClaimId, Assessment] = {}
        draft, mention = outcome[place], mentions[place]
        if not draft.status:
            return made
        marks = zip(self._card.votes, became, strict=True)
        votes = [vote for vote, each in marks if each == place] or basis(draft, self._card.votes)
        claims = dict.fromkeys([mention.claim_id, *(vote.claim_id for vote in votes)])
        for other in {one.claim_id for one in mentions} - {mention.claim_id}:
            claims.pop(other, None)
        seen = [held.assessment for vote in votes if (held := self._card.held[vote.mention_id]).assessment]
        model = next((one for one in seen if one and one.status == draft.status), None)
        article = self._project.find(Article, mention.article_id)
        published = held_since(article) if article else ("", "")
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

    def _known_assessment(self, claim: ClaimId) -> Assessment | None:
        pending = [one for one in self._change.records.values() if isinstance(one, Assessment)]
        stored = self._project.assessments_of([claim])
        mine = [
            one
            for one in (*stored, *pending)
            if one.claim_id == claim and one.annotator_id == self._me and one.layer == "adjudicated"
        ]
        return mine[-1] if mine else None

    def _withdraw(
        self, made: Sequence[Mention], said: Sequence[Evidence], held: Sequence[dict[ClaimId, Assessment]]
    ) -> None:
        """Take back what an earlier decision of this person made here and this one does not."""
        kept = {one.id for one in (*made, *said)} | {one.id for each in held for one in each.values()}
        # Who reviews may have marked, too: what is theirs as an annotator is an original like any other.
        kept |= {one.id for each in self._card.held.values() for one in _attached(each)}
        gone = [one for one in self._before if one.id not in kept]
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
        self._withdraw_claims({one.claim_id for one in self._before} - {one.claim_id for one in made}, kept)

    def _withdraw_claims(self, claim_ids: set[ClaimId], kept: AbstractSet[str]) -> None:
        """Take back the claims that an earlier decision made for kinds that nobody said, with what it held of them.

        What is kept stands on another claim now.
        """
        here = {one.id for one in self._before}
        for name in sorted(claim_ids - {vote.claim_id for vote in self._card.votes}):
            marks = self._project.mentions_of_claims([name])
            held = [*self._project.assessments_of([name]), *self._project.evidence_of([name])]
            claim = self._project.find(Claim, name)
            if claim is None or not here.issuperset(one.id for one in marks):
                continue
            if all(one.annotator_id == self._me for one in held):
                for one in (*(each for each in held if each.id not in kept), claim):
                    self._change.delete(one)

    def _elsewhere(self, gone: Sequence[Mention]) -> list[Mention]:
        """The marks that this person's decisions about other clusters made of the same claims."""
        here = {one.id for one in (*gone, *self._before)}
        found = self._project.mentions_of_claims(held.mention.claim_id for held in self._card.held.values())
        return [
            one for one in found if one.layer == "adjudicated" and one.annotator_id == self._me and one.id not in here
        ]

    def _review(self, vote: Vote, draft: Draft | None, became: Mention | None) -> None:
        mention = self._card.held[vote.mention_id].mention
        moved = draft is not None and "boundaries" in changes(vote, draft)
        before = self._own.get(mention.id)
        turned = before is not None and (before.decision == "reject") != (became is None)
        # Why it was no claim says nothing about what it is now.
        why = self._why if turned else _completed(self._why, before)
        self._change.put(
            Review(
                before.id if before else ReviewId(new_id()),
                mention.id,
                self._me,
                verdict(vote, draft),
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
        held: dict[ClaimId, Assessment],
    ) -> None:
        """Review what the mark stands on: its annotator's assessment and evidence."""
        own = self._card.held[vote.mention_id]
        if own.assessment:
            status = held.get(own.mention.claim_id)
            same = own.assessment.status == draft.status
            self._put_review(own.assessment.id, "accept" if same else "change", status.id if status else "")
        for one in own.evidence:
            key = (self._sources.speaking(one), one.stance)
            self._put_review(one.id, "accept" if key in said else "reject", said[key].id if key in said else "")

    def _review_label(self, vote: Vote, draft: Draft, made: Mention) -> None:
        """Review what kind of claim it is said to be, where anybody says so: what was seen of it is remembered."""
        if any(one.label for one in self._card.votes) or draft.label:
            same = vote.label == draft.label
            self._put_review(vote.claim_id, "accept" if same else "change", made.claim_id)

    def _name_missing(self, outcome: Outcome, made: Sequence[Mention]) -> None:
        """Say of whom a mark is missing: of all who had the text and marked nothing of what was decided."""
        people = classes_of(self._project, "annotator")
        readers = self._card.item.readers - {AnnotatorId(people.get(self._me, self._me))}
        wanted: list[Review] = []
        for draft, mention in zip(outcome, made, strict=True):
            marked = {vote.who for vote in self._card.votes if shared(vote.spans, draft.spans)}
            wanted += missed.naming(mention, readers - marked, self._me, reason=self._why.reason, at=self._moment)
        names = [missed.naming_id(one.id, who, self._me) for one in self._before for who in readers]
        before = self._project.by_ids(Review, names) if names else {}
        for one in wanted:
            why = _completed(self._why, before.pop(one.id, None))
            self._change.put(replace(one, reason=why.reason, cause=why.cause, confidence=why.confidence, note=why.note))
        for one in before.values():
            self._change.delete(one)

    def _put_review(self, target: str, decision: Decision, proposal: str) -> None:
        before = self._own.get(target)
        self._reviewed.add(target)
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
