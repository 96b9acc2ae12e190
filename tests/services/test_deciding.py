"""Decisions of a reviewer: records beside the originals, which stay what they are; all of it can be undone."""

from pathlib import Path

import msgspec
import pytest

from annotator.errors import Refused
from annotator.formats import jsonl
from annotator.model.records import Annotator, Assessment, Comment, Evidence, Mention, Review
from annotator.model.review.clusters import union
from annotator.model.review.outcomes import adopted, answered, bounded, plurality
from annotator.services import accepting, annotating, commenting, deciding, missed, reviewing
from annotator.services.deciding import Why
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.store.check import check
from annotator.store.project import Project
from tests.making import ADA, BO, new_project
from tests.services.reviewers import (
    CY,
    LOG,
    REVA,
    TEXT,
    Reviewed,
    adjudicated,
    card_at,
    item_at,
    review_of,
    words_of,
)


@pytest.fixture
def desk(tmp_path: Path) -> Reviewed:
    made = Reviewed(tmp_path)
    first = made.mark(ADA, "the bridge was safe", "confirmed", speaker="The mayor")
    second = made.mark(BO, "said on Monday that the bridge was safe", "disputed")
    made.link(ADA, first, "supports")
    made.link(BO, second, "refutes")
    made.mark(ADA, "It is not", "alleged")
    made.mark(BO, "It is not", "alleged")
    made.mark(ADA, "a beam fell in March", "confirmed")
    made.mark(BO, "a beam fell in March", "confirmed")
    made.mark(BO, "The council had been told twice", "alleged")
    return made


def originals(project: Project) -> list[object]:
    own = [*project.all(Mention), *project.all(Assessment), *project.all(Evidence)]
    return [one for one in own if one.annotator_id != REVA.id]


def test_adopting_an_annotator_makes_an_adjudicated_mention_with_all_it_stands_on(desk: Reviewed) -> None:
    with desk.as_person() as project:
        before = originals(project)
        card = card_at(project, "the bridge")
        deciding.decide(project, card, adopted(card.votes, ADA.id), why=Why("the log says so", "slip", "sure"))
        (made,) = adjudicated(project)
        assert words_of(made) == "the bridge was safe"
        assert made.annotator_id == REVA.id
        assert set(made.based_on) == set(card.item.mention_ids)
        ada, bo = (next(one for one in card.votes if one.who == who.id) for who in (ADA, BO))
        assert review_of(project, ada.mention_id).decision == "accept"
        review = review_of(project, bo.mention_id)
        assert (review.decision, review.proposal) == ("change", made.id)
        assert (review.reason, review.cause, review.confidence) == ("the log says so", "slip", "sure")
        assert [span.quote for span in review.spans] == ["the bridge was safe"]
        assert {project.desk_status_of(one.claim_id) for one in card.votes} == {"confirmed"}
        held = card.held[bo.mention_id]
        assert held.assessment is not None
        assert review_of(project, held.assessment.id).decision == "change"
        assert review_of(project, held.evidence[0].id).decision == "reject"
        mine = [one for one in project.evidence_of([made.claim_id]) if one.annotator_id == REVA.id]
        assert [(one.source_id, one.stance) for one in mine] == [(LOG.id, "supports")]
        assert originals(project) == before
        assert card_at(project, "the bridge").item.state == "decided"


def test_one_question_alone_takes_another_annotators_answer(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        outcome = answered(adopted(card.votes, ADA.id), card.votes, BO.id, "status")
        deciding.decide(project, card, outcome)
        (made,) = adjudicated(project)
        assert words_of(made) == "the bridge was safe"
        assert project.desk_status_of(made.claim_id) == "disputed"
        again = card_at(project, "the bridge")
        assert again.decided is not None
        assert again.decided.outcome == outcome
        deciding.decide(project, again, answered(again.decided.outcome, again.votes, BO.id, "boundaries"))
        (moved,) = adjudicated(project)
        assert moved.id == made.id
        assert words_of(moved) == "said on Monday that the bridge was safe"
        assert project.desk_status_of(moved.claim_id) == "disputed"


def test_what_the_words_of_all_have_in_common_and_what_they_cover_together(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        wide = bounded(plurality(card.votes), card.votes, union)
        narrow = bounded(plurality(card.votes), card.votes)
        assert [TEXT[a:b] for a, b in wide[0].spans] == ["said on Monday that the bridge was safe"]
        assert [TEXT[a:b] for a, b in narrow[0].spans] == ["the bridge was safe"]


def test_no_claim_takes_a_reason_and_leaves_nothing_adjudicated(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        with pytest.raises(Refused, match="reason"):
            deciding.reject(project, card, why=Why(" "))
        deciding.reject(project, card_at(project, "the bridge"), why=Why("no claim", "guideline_gap"))
        assert adjudicated(project) == []
        assert [one.decision for one in project.reviews_of(card.item.mention_ids)] == ["reject", "reject"]
        assert {project.desk_status_of(one.claim_id) for one in card.votes} == {"confirmed", "disputed"}
        assert not [one for one in project.all(Evidence) if one.annotator_id == REVA.id]
        assert card_at(project, "the bridge").item.rejected


def test_every_decision_is_one_undo_step(desk: Reviewed) -> None:
    with desk.as_person() as project:
        before = [*project.all(Mention), *project.all(Assessment), *project.all(Evidence), *project.all(Review)]
        card = card_at(project, "the bridge")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        deciding.reject(project, card_at(project, "the bridge"), why=Why("no claim"))
        deciding.explain(project, card_at(project, "the bridge"), Why("an opinion", "edge_case", "unsure"))
        assert review_of(project, card.votes[0].mention_id).reason == "an opinion"
        project.undo()
        assert review_of(project, card.votes[0].mention_id).reason == "no claim"
        project.undo()
        assert len(adjudicated(project)) == 1
        project.undo()
        after = [*project.all(Mention), *project.all(Assessment), *project.all(Evidence), *project.all(Review)]
        assert after == before


def test_all_that_is_unanimous_is_accepted_in_one_step_and_nothing_else(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "It is not")
        deciding.reject(project, card, why=Why("only a quotation"))
        rejected = project.reviews_of(card.item.mention_ids)
        assert accepting.accept_unanimous(project, reviewing.build(project).items) == 1
        assert [words_of(one) for one in adjudicated(project)] == ["a beam fell in March"]
        assert project.reviews_of(card.item.mention_ids) == rejected
        assert accepting.accept_unanimous(project, reviewing.build(project).items) == 0
        assert card_at(project, "the bridge").item.state == "pending"
        project.undo()
        assert adjudicated(project) == []


def test_a_second_reviewer_leaves_what_the_first_decided(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        (first,) = adjudicated(project)
    with desk.as_person(CY) as project:
        again = card_at(project, "the bridge")
        deciding.decide(project, again, adopted(again.votes, BO.id))
        assert project.get(Mention, first.id) == first
        assert len(adjudicated(project)) == 2
        shown = card_at(project, "the bridge").decided
        assert shown is not None
        assert shown.by == CY.name
        assert shown.outcome == adopted(again.votes, BO.id)


def test_who_reviews_what_they_marked_themselves_keeps_it(desk: Reviewed) -> None:
    with desk.as_person(ADA) as project:
        before = [one for one in project.all(Evidence) if one.annotator_id == ADA.id]
        card = card_at(project, "the bridge")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        deciding.reject(project, card_at(project, "the bridge"), why=Why("on second thoughts no claim"))
        assert [one for one in project.all(Evidence) if one.annotator_id == ADA.id] == before
        assert len(project.all(Mention)) == 7


def test_an_annotator_who_cut_it_in_two_gets_two_marks(desk: Reviewed) -> None:
    desk.mark(CY, "Nobody was hurt", "alleged")
    desk.mark(CY, "when a beam fell in March. The council had been told", "alleged")
    desk.mark(REVA, "Nobody was hurt when a beam", "alleged")
    with desk.as_person() as project:
        card = card_at(project, "Nobody")
        assert len(card.votes) == 6
        deciding.decide(project, card, adopted(card.votes, CY.id))
        assert len(adjudicated(project)) == 2
        deciding.decide(project, card_at(project, "Nobody"), adopted(card.votes, REVA.id))
        assert len(adjudicated(project)) == 1


def test_marks_within_marks_keep_a_status_and_an_outer_mark_each(tmp_path: Path) -> None:
    desk = Reviewed(tmp_path)
    outer, inner = "Traffic was moved to the ferry", "moved to the ferry"
    for who in (ADA, BO):
        first = desk.mark(who, outer, "alleged")
        with desk.as_person(who) as project:
            start = TEXT.index(inner)
            places = [(start, start + len(inner))]
            annotating.mark(project, desk.version.id, places, status="disputed", within=first)
    with desk.as_person() as project:
        queue = reviewing.build(project)
        assert accepting.accept_unanimous(project, queue.items) == 1
        made = {words_of(one): one for one in adjudicated(project)}
        assert made.keys() == {outer, inner}
        assert made[inner].within == made[outer].id
        marks = {one.id: words_of(one) for one in project.all(Mention) if one.layer == "annotation"}
        reviews = {one.target: one for one in project.all(Review) if one.target in marks}
        assert {one.decision for one in reviews.values()} == {"accept"}
        assert {(words, reviews[one].proposal) for one, words in marks.items()} == {
            (words, made[words].id) for words in (outer, inner)
        }
        statuses = {words_of(one): project.desk_status_of(one.claim_id) for one in project.all(Mention)}
        assert statuses == {outer: "alleged", inner: "disputed"}
        card = card_at(project, outer)
        drafts = plurality(card.votes)
        assert [one.status for one in drafts] == ["alleged", "disputed"]
        assert bounded(drafts, card.votes) == drafts
        assert bounded(drafts, card.votes, union) == drafts
        assert answered(drafts, card.votes, BO.id, "status") == drafts
        assert item_at(reviewing.build(project), outer).state == "decided"
        assert check(project).sound


def test_a_mark_within_a_mark_is_nothing_where_only_the_outer_one_is_taken(tmp_path: Path) -> None:
    desk = Reviewed(tmp_path)
    outer, inner = "Traffic was moved to the ferry", "moved to the ferry"
    marks = {words: desk.mark(ADA, words, status) for words, status in ((outer, "alleged"), (inner, "disputed"))}
    desk.mark(BO, f"{outer}.", "confirmed")
    with desk.as_person() as project:
        card = card_at(project, outer)
        deciding.decide(project, card, adopted(card.votes, BO.id))
        decisions = {words: review_of(project, one).decision for words, one in marks.items()}
        assert decisions == {outer: "change", inner: "reject"}
        claims = {words: project.get(Mention, one).claim_id for words, one in marks.items()}
        assert project.desk_status_of(claims[outer]) == "confirmed"
        held = project.assessments_of([claims[inner]])
        assert [(one.annotator_id, one.status) for one in held] == [(ADA.id, "disputed")]
        assert item_at(reviewing.build(project), outer).state == "decided"
        assert check(project).sound


def test_why_it_was_no_claim_is_not_why_it_is_one(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        deciding.reject(project, card, why=Why("a figure of speech", "edge_case"))
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        found = project.reviews_of(card.item.mention_ids)
        assert {(one.reason, one.cause) for one in found} == {("", "")}
        deciding.explain(project, card, Why("the log says so"))
        deciding.decide(project, card, bounded(adopted(card.votes, ADA.id), card.votes, union))
        assert {one.reason for one in project.reviews_of(card.item.mention_ids)} == {"the log says so"}


def test_what_was_decided_is_exported_and_comes_back(desk: Reviewed, tmp_path: Path) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        deciding.decide(project, card, adopted(card.votes, ADA.id), why=Why("the log", "ambiguous_text", "fairly"))
        commenting.add(project, card.votes[0].mention_id, "Why disputed?")
        deciding.reject(project, card_at(project, "The council"), why=Why("no claim"))
        start = TEXT.index("Traffic was moved")
        missed.say_missed(project, desk.version.id, start, start + 17, status="alleged", reason="all missed it")
        assert check(project).sound
        out = tmp_path / "out.jsonl"
        for _progress in export_project(project, out, writer=jsonl.WRITER):
            pass
        reviews = sorted(project.all(Review), key=lambda one: one.id)
        marks = sorted(project.all(Mention), key=lambda one: one.id)
        counts = project.status_counts()
    (tmp_path / "again").mkdir()
    other = new_project(tmp_path / "again")
    with Project.open(other, write=True, who="Ada") as project:
        project.work_as(ADA.id)
        for _progress in import_files(project, [out]):
            pass
        assert sorted(project.all(Review), key=lambda one: one.id) == reviews
        assert sorted(project.all(Mention), key=lambda one: one.id) == marks
        assert [one.text for one in project.all(Comment)] == ["Why disputed?"]
        assert project.status_counts() == counts
        assert item_at(reviewing.build(project), "the bridge").state == "decided"
        again = tmp_path / "again.jsonl"
        for _progress in export_project(project, again, writer=jsonl.WRITER):
            pass
    assert again.read_bytes() == out.read_bytes()


def test_the_decided_status_is_the_desks_whatever_comes_later(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        deciding.decide(project, card, adopted(card.votes, BO.id))
    with desk.as_person(ADA) as project:
        own = next(one for one in card.votes if one.who == ADA.id)
        annotating.assess(project, own.claim_id, "alleged")
        assert project.desk_status_of(own.claim_id) == "disputed"


def test_what_is_asked_about_a_mark_stands_on_its_card(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        asked = commenting.add(project, card.votes[0].mention_id, "Which log?")
    with desk.as_person(BO) as project:
        commenting.reply(project, asked, "The gate log")
        (thread,) = card_at(project, "the bridge").threads
        assert [one.comment.text for one in thread.remarks] == ["Which log?", "The gate log"]


def test_the_context_is_two_sentences_on_each_side(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "It is not")
        shown = card.text[card.start : card.end]
        assert "The mayor said" in shown
        assert "Traffic was moved" in shown
        assert card.start <= card.item.cluster.start
        assert {one.name for one in card.people} == {"Ada", "Bo"}
        assert isinstance(card.people[0], Annotator)


def test_the_context_reaches_as_far_as_what_was_decided(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge")
        (draft,) = adopted(card.votes, ADA.id)
        end = TEXT.index("next week") + len("next week")
        assert card.end < end
        deciding.decide(project, card, (msgspec.structs.replace(draft, spans=((draft.spans[0][0], end),)),))
        again = card_at(project, "the bridge")
        assert again.end >= end
        assert again.decided is not None
        assert again.decided.outcome[0].spans[0][1] == end
