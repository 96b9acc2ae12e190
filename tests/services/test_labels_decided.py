"""What kind of claim a decision comes to, also one that nobody said; who says another kind later is told as changed."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.model.changes import changes_of
from annotator.model.ids import MentionId
from annotator.model.records import Claim, Mention, Review
from annotator.model.review.outcomes import Draft, adopted, labelled
from annotator.services import deciding, merging, reviewing
from annotator.services.deciding import Why
from annotator.services.review_cards import Card
from annotator.store.check import check
from annotator.store.project import Project
from tests.making import ADA, BO
from tests.services.reviewers import REVA, Reviewed, adjudicated, card_at, item_at, review_of
from tests.store.merging.desks import copied, finished

WORDS = "the bridge was safe"


@pytest.fixture
def desk(tmp_path: Path) -> Reviewed:
    desk = Reviewed(tmp_path)
    for who, label in ((ADA, "Statement"), (BO, "Promise")):
        made = desk.mark(who, WORDS, "confirmed")
        with desk.as_person(who) as project:
            label_of(project, made, label)
    return desk


def label_of(project: Project, mention_id: MentionId, label: str) -> None:
    claim = project.get(Claim, project.get(Mention, mention_id).claim_id)
    with project.change("claim.edit") as change:
        change.put(replace(claim, type=label))


def first(project: Project) -> tuple[Card, Draft]:
    card = card_at(project, WORDS)
    return card, adopted(card.votes, ADA.id)[0]


def state(project: Project) -> str:
    return item_at(reviewing.build(project), WORDS).state


def everything(project: Project) -> list[object]:
    return [*project.all(Mention), *project.all(Claim), *project.all(Review)]


def test_a_kind_that_nobody_said_is_a_claim_of_the_decisions_own(desk: Reviewed) -> None:
    with desk.as_person() as project:
        before = everything(project)
        card, draft = first(project)
        deciding.decide(project, card, (labelled(draft, card.votes, "Forecast"),))
        (made,) = adjudicated(project)
        assert made.claim_id not in {one.claim_id for one in card.votes}
        claim = project.get(Claim, made.claim_id)
        assert (claim.type, claim.text) == ("Forecast", WORDS)
        assert project.desk_status_of(claim.id) == "confirmed"
        assert {project.get(Claim, one.claim_id).type for one in card.votes} == {"Statement", "Promise"}
        assert {review_of(project, one.mention_id).decision for one in card.votes} == {"change"}
        again = card_at(project, WORDS)
        assert again.decided is not None
        assert [one.label for one in again.decided.outcome] == ["Forecast"]
        deciding.decide(project, again, (labelled(again.decided.outcome[0], card.votes, "Rumour"),))
        assert adjudicated(project)[0].claim_id == made.claim_id
        assert project.get(Claim, claim.id).type == "Rumour"
        assert check(project).sound
        project.undo()
        project.undo()
        assert everything(project) == before


def test_back_to_a_kind_that_somebody_said_takes_theirs_and_leaves_no_claim_behind(desk: Reviewed) -> None:
    with desk.as_person() as project:
        claims = len(project.all(Claim))
        card, draft = first(project)
        deciding.decide(project, card, (labelled(draft, card.votes, "Forecast"),))
        card, draft = first(project)
        deciding.decide(project, card, (labelled(draft, card.votes, "Promise"),))
        (made,) = adjudicated(project)
        bo = next(one for one in card.votes if one.who == BO.id)
        assert made.claim_id == bo.claim_id
        assert len(project.all(Claim)) == claims
        assert review_of(project, bo.mention_id).decision == "accept"
        deciding.decide(project, card, (labelled(draft, card.votes, "Forecast"),))
        deciding.reject(project, card_at(project, WORDS), why=Why("an opinion"))
        assert len(project.all(Claim)) == claims
        assert check(project).sound


def test_back_to_a_kind_that_somebody_said_keeps_what_was_linked(desk: Reviewed) -> None:
    with desk.as_person() as project:
        ada = next(one for one in card_at(project, WORDS).votes if one.who == ADA.id)
    desk.link(ADA, ada.mention_id, "supports")
    with desk.as_person() as project:
        card, draft = first(project)
        deciding.decide(project, card, (labelled(draft, card.votes, "Forecast"),))
        deciding.decide(project, card, (draft,))
        again = card_at(project, WORDS)
        assert again.decided is not None
        assert [one.said for one in again.decided.outcome] == [draft.said]
        assert check(project).sound


def test_who_says_another_kind_later_has_changed_it_since(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card, draft = first(project)
        deciding.decide(project, card, (draft,))
        queue = reviewing.build(project)
        bo = next(one for one in card.votes if one.who == BO.id)
        claim = project.get(Claim, bo.claim_id)
        with project.change("claim.edit") as change:
            change.put(replace(claim, text="In other words: the bridge was safe"))
        assert state(project) == "decided"  # how it is worded is no question of the review
        label_of(project, bo.mention_id, "Rumour")
        assert (
            item_at(reviewing.renewed(project, queue, changes_of([("claim", bo.claim_id)])), WORDS).state == "changed"
        )
        assert state(project) == "changed"
        label_of(project, bo.mention_id, "Promise")
        assert state(project) == "decided"
        label_of(project, bo.mention_id, "")
        assert state(project) == "changed"
        deciding.decide(project, card_at(project, WORDS), (draft,))
        assert state(project) == "decided"


def test_a_kind_said_first_after_the_decision_is_changed_since(tmp_path: Path) -> None:
    desk = Reviewed(tmp_path)
    marks = [desk.mark(who, WORDS) for who in (ADA, BO)]
    with desk.as_person() as project:
        card, draft = first(project)
        deciding.decide(project, card, (draft,))
        assert not project.reviews_of([one.claim_id for one in card.votes])  # of no kind nothing need be remembered
        label_of(project, marks[1], "Rumour")
        assert state(project) == "changed"


def test_what_was_changed_while_it_was_decided_elsewhere_was_not_seen(desk: Reviewed) -> None:
    copy = copied(desk.path, "copy")
    with desk.as_person(BO) as project:
        bo = next(one for one in project.all(Mention) if one.annotator_id == BO.id)
        with project.change("claim.edit") as change:
            change.put(replace(project.get(Claim, bo.claim_id), type="Rumour"))
    with Project.open(copy, write=True, who=REVA.name) as project:
        project.work_as(REVA.id)
        card, draft = first(project)
        deciding.decide(project, card, (draft,))
    with desk.as_person() as project:
        with merging.colleagues_files(project, [copy]) as found:
            finished(found.checking())
            finished(merging.merge(project, found))
        assert state(project) == "changed"
