"""The sources of a decision: whose words and places they have, and that they are told from the reviewer's own."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.model.ids import ClaimId
from annotator.model.records import Annotator, Evidence, Mention
from annotator.model.review.outcomes import adopted, answered, plurality
from annotator.services import deciding, linking, reviewing
from annotator.services.deciding import Why
from annotator.store.check import check
from annotator.store.project import Project
from tests.making import ADA, BO
from tests.services.reviewers import CY, LOG, REVA, Reviewed, adjudicated, card_at, item_at, review_of

WORDS = "the bridge was safe"


@pytest.fixture
def desk(tmp_path: Path) -> Reviewed:
    desk = Reviewed(tmp_path)
    for who, quote, locator in ((ADA, "gates open", "p. 1"), (BO, "all clear", "p. 2")):
        desk.link(who, desk.mark(who, WORDS, "confirmed"), "supports")
        with desk.as_person(who) as project:
            (own,) = evidence_by(project, who)
            with project.change("evidence.edit") as change:
                change.put(replace(own, quote=quote, locator=locator, note=f"by {who.name}"))
    return desk


def evidence_by(project: Project, who: Annotator) -> list[Evidence]:
    return [one for one in project.all(Evidence) if one.annotator_id == who.id]


def said(project: Project) -> list[tuple[str, str, str, str]]:
    (made,) = adjudicated(project)
    mine = [one for one in project.evidence_of([made.claim_id]) if one.annotator_id == REVA.id]
    return [(one.stance, one.quote, one.locator, one.note) for one in mine]


def test_the_question_of_sources_takes_over_an_annotators_words_and_places(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, WORDS)
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        assert said(project) == [("supports", "gates open", "p. 1", "by Ada")]
        (first,) = evidence_by(project, REVA)
        again = card_at(project, WORDS)
        assert again.decided is not None
        outcome = answered(again.decided.outcome, again.votes, BO.id, "evidence")
        deciding.decide(project, again, outcome)
        assert said(project) == [("supports", "all clear", "p. 2", "by Bo")]
        assert [one.id for one in evidence_by(project, REVA)] == [first.id]
        once_more = card_at(project, WORDS)
        assert once_more.decided is not None
        assert once_more.decided.outcome == outcome
        for who in (ADA, BO):
            (own,) = evidence_by(project, who)
            review = review_of(project, own.id)
            assert (review.decision, review.proposal) == ("accept", first.id)
        assert check(project).sound
        project.undo()
        assert said(project) == [("supports", "gates open", "p. 1", "by Ada")]


def test_another_stance_is_another_link(desk: Reviewed) -> None:
    with desk.as_person(BO) as project, project.change("evidence.edit") as change:
        (own,) = evidence_by(project, BO)
        change.put(replace(own, stance="refutes"))
    with desk.as_person() as project:
        card = card_at(project, WORDS)
        assert set(card.item.difference.of) == {"evidence"}
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        again = card_at(project, WORDS)
        assert again.decided is not None
        deciding.decide(project, again, answered(again.decided.outcome, again.votes, BO.id, "evidence"))
        assert said(project) == [("refutes", "all clear", "p. 2", "by Bo")]


def test_speakers_are_compared_as_boundaries_and_statuses_are(tmp_path: Path) -> None:
    desk = Reviewed(tmp_path)
    desk.mark(ADA, WORDS, speaker="The mayor")
    desk.mark(BO, WORDS, speaker="The engineers")
    assert set(item_at(desk.queue(), WORDS).difference.of) == {"speaker"}


def test_what_the_reviewer_linked_themselves_is_neither_the_decisions_nor_taken_back(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, WORDS)
        ada = next(one for one in card.votes if one.who == ADA.id)
        linking.link_source(project, ClaimId(ada.claim_id), LOG.id, stance="context")
        (own,) = evidence_by(project, REVA)
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        again = card_at(project, WORDS)
        assert again.decided is not None
        assert {stance for draft in again.decided.outcome for _source, stance in draft.said} == {"supports"}
        deciding.reject(project, again, why=Why("an opinion"))
        assert evidence_by(project, REVA) == [own]


def test_what_a_decision_links_is_no_vote_of_the_reviewer_who_marked_too(desk: Reviewed) -> None:
    desk.mark(CY, WORDS, "confirmed")
    with desk.as_person(CY) as project:
        card = card_at(project, WORDS)
        outcome = answered(adopted(card.votes, CY.id), card.votes, BO.id, "evidence")
        deciding.decide(project, card, outcome)
        (made,) = adjudicated(project)
        assert made.claim_id == project.get(Mention, outcome[0].like).claim_id
        item = item_at(reviewing.build(project), WORDS)
        assert {len(one.said) for one in item.cluster.votes if one.who == CY.id} == {0}
        assert item.state == "decided"
        again = card_at(project, WORDS)
        assert not again.held[outcome[0].like].evidence
        assert again.decided is not None
        assert again.decided.outcome == outcome


def test_what_most_say_of_sources_has_the_words_of_one_of_them(desk: Reviewed) -> None:
    desk.mark(CY, WORDS, "confirmed")
    with desk.as_person() as project:
        card = card_at(project, WORDS)
        ordered = sorted(card.votes, key=lambda one: one.who != CY.id)
        (draft,) = plurality(ordered)
        assert draft.like == next(one.mention_id for one in card.votes if one.who == CY.id)
        deciding.decide(project, card, (draft,))
        ((_stance, quote, _locator, _note),) = said(project)
        assert quote in {"gates open", "all clear"}
