"""The queue of a review: what is in it, in which order, and that only what a change touched is read again."""

from pathlib import Path

import pytest

from annotator.model.changes import Changes
from annotator.model.ids import LinkId, new_id
from annotator.model.records import Article, Link, TextVersion, version_id
from annotator.model.review.outcomes import adopted
from annotator.services import annotating, deciding, linking, reviewing
from annotator.services.deciding import Why
from annotator.services.reviewing import Queue
from annotator.store.project import Project
from tests.making import ADA, BO
from tests.services.reviewers import CY, TEXT, Reviewed, card_at, item_at


@pytest.fixture
def desk(tmp_path: Path) -> Reviewed:
    made = Reviewed(tmp_path)
    made.mark(ADA, "the bridge was safe", "confirmed")
    made.mark(BO, "the bridge was safe", "disputed")
    made.mark(ADA, "It is not", "alleged")
    made.mark(BO, "“It is not.”", "alleged")
    made.mark(ADA, "a beam fell in March", "confirmed")
    made.mark(BO, "a beam fell in March", "confirmed")
    made.mark(BO, "The council had been told twice", "alleged")
    return made


def kinds(queue: Queue) -> list[str]:
    return [one.difference.kind for one in queue.items]


def same(one: Queue, other: Queue) -> bool:
    return [(i.mention_ids, i.state, i.difference) for i in one.items] == [
        (i.mention_ids, i.state, i.difference) for i in other.items
    ]


def test_the_worst_agreement_comes_first(desk: Reviewed) -> None:
    queue = desk.queue()
    assert kinds(queue) == ["status", "claim", "boundaries", ""]
    assert queue.items[0].difference.opposed
    assert {one.state for one in queue.items} == {"pending"}
    assert queue.people == {ADA.id, BO.id}
    assert queue.texts == 1


def test_only_what_several_agree_on_is_unanimous(desk: Reviewed, tmp_path: Path) -> None:
    assert [one.unanimous for one in desk.queue().items] == [False, False, False, True]
    (tmp_path / "alone").mkdir()
    alone = Reviewed(tmp_path / "alone")
    alone.mark(ADA, "It is not")
    assert not alone.queue().items[0].unanimous


def test_articles_that_are_the_same_are_one_text(desk: Reviewed) -> None:
    with desk.as_person(CY) as project:
        article = Article(desk.version.article_id.replace("0", "f", 1), publisher="Again")  # pyright: ignore[reportArgumentType] - an id
        with project.change("import") as change:
            change.put(article)
            sha = change.put_text(TEXT)
            version = TextVersion(version_id(article.id, sha), article.id, sha)
            change.put(version)
        start = TEXT.index("It is not")
        annotating.mark(project, version.id, [(start, start + 9)], status="alleged")
        assert len(reviewing.build(project).items) == 5
        with project.change("merge.same") as change:
            change.put(Link(LinkId(new_id()), "same", article.id, desk.version.article_id, CY.id))
        joined = reviewing.build(project)
        assert len(joined.items) == 4
        assert len(item_at(joined, "It is not").cluster.votes) == 3
        assert item_at(joined, "It is not").readers == {ADA.id, BO.id, CY.id}


def test_a_person_with_two_ids_votes_once(desk: Reviewed) -> None:
    with desk.as_person(ADA) as project:
        with project.change("people.same") as change:
            change.put(Link(LinkId(new_id()), "same", ADA.id, BO.id, ADA.id))
        queue = reviewing.build(project)
        assert queue.people == {min(ADA.id, BO.id)}
        assert not any(one.unanimous for one in queue.items)


def test_after_each_change_the_queue_is_as_if_it_were_built_anew(desk: Reviewed) -> None:
    with desk.as_person() as project:
        queue = reviewing.build(project)
        told: list[Changes] = []
        project.subscribe(told.append)

        def check() -> None:
            nonlocal queue
            changes = told[0]
            for one in told[1:]:
                changes |= one
            told.clear()
            queue = reviewing.renewed(project, queue, changes)
            assert same(queue, reviewing.build(project))

        card = card_at(project, "the bridge was safe")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        check()
        deciding.reject(project, card_at(project, "It is not"), why=Why("a quotation alone"))
        check()
        project.undo()
        check()
        project.undo()
        check()
        project.redo()
        check()
        annotating.mark(project, desk.version.id, [(40, 60)], status="alleged")
        check()
        project.undo()
        check()


def test_what_was_decided_is_never_pending_again(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "the bridge was safe")
        deciding.decide(project, card, adopted(card.votes, BO.id))
        assert card_at(project, "the bridge was safe").item.state == "decided"
    desk.mark(CY, "the bridge was safe", "confirmed")
    item = item_at(desk.queue(), "the bridge was safe")
    assert item.state == "changed"
    assert item.fresh


def test_a_mark_that_moved_since_is_told(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "It is not")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
    with desk.as_person(ADA) as project:
        annotating.move_mention(project, card.votes[1].mention_id, [(110, 130)])
    item = item_at(desk.queue(), "It is not")
    assert (item.state, item.fresh) == ("changed", False)


def test_a_status_that_changed_since_is_told(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "It is not")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
    with desk.as_person(BO) as project:
        own = next(one for one in card.votes if one.who == BO.id)
        annotating.assess(project, own.claim_id, "confirmed")
    assert item_at(desk.queue(), "It is not").state == "changed"


def test_evidence_that_was_linked_since_is_told_and_to_what_is_no_claim_it_does_not_matter(desk: Reviewed) -> None:
    with desk.as_person() as project:
        card = card_at(project, "It is not")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        other = card_at(project, "The council")
        deciding.reject(project, other, why=Why("no claim"))
    desk.link(BO, next(one for one in card.votes if one.who == BO.id).mention_id, "refutes")
    desk.link(BO, other.votes[0].mention_id, "refutes")
    queue = desk.queue()
    assert item_at(queue, "It is not").state == "changed"
    assert item_at(queue, "The council").state == "decided"
    assert item_at(queue, "The council").rejected


def test_what_was_deleted_since_is_told_until_it_is_decided_anew(desk: Reviewed) -> None:
    with desk.as_person(BO) as project:
        mark = next(vote.mention_id for vote in card_at(project, "It is not").votes if vote.who == BO.id)
    desk.link(BO, mark, "refutes")
    with desk.as_person() as project:
        card = card_at(project, "It is not")
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        assert item_at(reviewing.build(project), "It is not").state == "decided"
    with desk.as_person(BO) as project:
        queue, told = reviewing.build(project), list[Changes]()
        project.subscribe(told.append)
        (linked,) = card.held[mark].evidence
        linking.unlink(project, linked.id)
        queue = reviewing.renewed(project, queue, told.pop())
        assert item_at(queue, "It is not").state == "changed"
        assert same(queue, reviewing.build(project))
        held = card.held[mark].assessment
        assert held is not None
        project.undo()
        queue = reviewing.renewed(project, queue, told.pop())
        assert (
            item_at(queue, "It is not").state == "changed"
        )  # it is the same again, in an event the decision never saw
        with project.change("assessment.reason") as change:
            change.delete(held)
        assert item_at(reviewing.build(project), "It is not").state == "changed"
    with desk.as_person() as project:
        deciding.decide(project, card_at(project, "It is not"), adopted(card.votes, ADA.id))
        assert item_at(reviewing.build(project), "It is not").state == "decided"
        project.undo()
        assert item_at(reviewing.build(project), "It is not").state == "changed"


def test_building_as_a_job_gives_the_same_queue(desk: Reviewed) -> None:
    with Project.open(desk.path, write=False) as project:
        steps = reviewing.building(project)
        queue = None
        while queue is None:
            try:
                next(steps)
            except StopIteration as end:
                queue = end.value
        assert same(queue, reviewing.build(project))
