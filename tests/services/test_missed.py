"""What nobody marked and the review finds: a record of its own, told to all who read the text, and taken back."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.changes import changes_of
from annotator.model.records import Annotator, Assessment, Claim, Mention, Review
from annotator.model.review.outcomes import adopted
from annotator.services import assigning, blind, commenting, deciding, fates, missed, reviewing
from annotator.services.deciding import Why
from annotator.services.review_cards import card_of
from annotator.store.check import check
from annotator.store.project import Project
from tests.making import ADA, BO, put_article
from tests.services.reviewers import CY, REVA, TEXT, Reviewed, adjudicated, card_at, item_at, words_of

WORDS = "Nobody was hurt"
START = TEXT.index(WORDS)
END = START + len(WORDS)


@pytest.fixture
def desk(tmp_path: Path) -> Reviewed:
    desk = Reviewed(tmp_path)
    desk.mark(ADA, "the bridge was safe", "confirmed")
    desk.mark(BO, "the bridge was safe", "disputed")
    return desk


def everything(project: Project) -> list[object]:
    return [*project.all(Mention), *project.all(Claim), *project.all(Assessment), *project.all(Review)]


def test_it_is_an_adjudicated_mark_with_a_review_of_the_text(desk: Reviewed) -> None:
    with desk.as_person() as project:
        missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="the beam")
        (made,) = adjudicated(project)
        assert (words_of(made), made.annotator_id) == (WORDS, REVA.id)
        assert project.desk_status_of(made.claim_id) == "alleged"
        (review,) = project.reviews_of([desk.version.id])
        assert (review.decision, review.proposal, review.reason) == ("missing", made.id, "the beam")
        assert review.spans == made.spans
        assert len(reviewing.build(project).items) == 1  # it is no vote, and nothing to decide
        assert card_at(project, "the bridge was safe").missed == ((((START, END),), "alleged"),)
        assert check(project).sound


def became(project: Project, who: Annotator) -> list[str]:
    return [one.became for one in fates.fates_of(project, who.id)]


def test_all_who_had_the_text_are_named_and_nobody_else(desk: Reviewed) -> None:
    with desk.as_person() as project:
        made = missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="the beam")
        for who in (ADA, BO):
            found = fates.fates_of(project, who.id)
            assert [one.became for one in found] == ["pending", "missing"]
            assert (found[1].mention_id, found[1].words, found[1].by) == (made, WORDS, REVA.name)
            assert found[1].reason == "the beam"
            (named,) = project.reviews_of([who.id])
            assert (named.decision, named.proposal, named.version_id) == ("missing", made, desk.version.id)
        assert became(project, REVA) == []
        assert became(project, CY) == []
    desk.mark(CY, "Engineers disagree")
    with desk.as_person() as project:
        assert became(project, CY) == ["pending"]  # who comes to the text later did not have it


def test_who_finished_their_pass_without_a_mark_had_the_text(desk: Reviewed) -> None:
    with desk.as_person(CY) as project:
        blind.set_blind(project, blind=True)
        blind.finish(project, desk.version.id)
    with desk.as_person() as project:
        missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="")
        assert became(project, CY) == ["missing"]
        card = card_at(project, "the bridge was safe")
        assert [one.name for one in card.people] == ["Ada", "Bo", "Cy"]
        assert card.item.difference.missing == {CY.id}
        deciding.decide(project, card, adopted(card.votes, ADA.id))
        assert became(project, CY) == ["missing", "missing"]
        assert became(project, BO) == ["change", "missing"]


def test_that_a_pass_is_finished_renews_the_queue(desk: Reviewed) -> None:
    with desk.as_person(CY) as project:
        queue = reviewing.build(project)
        blind.finish(project, desk.version.id)
        (finished,) = project.reviews_of([desk.version.id])
        again = reviewing.renewed(project, queue, changes_of([("review", finished.id)]))
        assert [one.readers for one in again.items] == [{ADA.id, BO.id, CY.id}]


def test_of_a_card_who_left_it_out_is_named_with_the_reason(desk: Reviewed) -> None:
    desk.mark(ADA, WORDS)
    with desk.as_person() as project:
        card = card_at(project, WORDS)
        deciding.decide(project, card, adopted(card.votes, ADA.id), why=Why("it is a claim", "slip", "sure"))
        assert became(project, ADA) == ["pending", "accept"]
        assert not project.reviews_of([ADA.id])
        mine = fates.fates_of(project, BO.id)[-1]
        assert (mine.became, mine.words, mine.reason, mine.cause) == ("missing", WORDS, "it is a claim", "slip")
        assert (mine.by, mine.status_now) == (REVA.name, "alleged")
        deciding.explain(project, card_at(project, WORDS), Why("of course it is", "", "fairly"))
        assert fates.fates_of(project, BO.id)[-1].reason == "of course it is"
        commenting.add(project, mine.mention_id, "Do you agree?")
        assert fates.fates_of(project, BO.id)[-1].asked == "Do you agree?"
        assert check(project).sound
        deciding.reject(project, card_at(project, WORDS), why=Why("an opinion"))
        assert became(project, BO) == ["pending"]
        assert not project.reviews_of([BO.id])
        project.undo()
        assert became(project, BO) == ["pending", "missing"]


def test_a_second_reviewers_no_takes_it_from_them(desk: Reviewed) -> None:
    desk.mark(ADA, WORDS)
    with desk.as_person() as project:
        card = card_at(project, WORDS)
        deciding.decide(project, card, adopted(card.votes, ADA.id))
    with desk.as_person(CY) as project:
        deciding.reject(project, card_at(project, WORDS), why=Why("an opinion"))
        assert became(project, BO) == ["pending"]


def test_what_they_mark_since_they_miss_no_more(desk: Reviewed) -> None:
    with desk.as_person() as project:
        missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="")
    desk.mark(BO, "was hurt")
    with desk.as_person() as project:
        assert became(project, BO) == ["pending", "pending"]
        assert became(project, ADA) == ["pending", "missing"]


def test_a_record_that_names_nobody_means_all_who_had_the_text(desk: Reviewed) -> None:
    with desk.as_person() as project:
        missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="as before")
        with project.change("as of old") as change:
            for who in (ADA, BO):
                for one in project.reviews_of([who.id]):
                    change.delete(one)
        assert became(project, ADA) == ["pending", "missing"]
        assert fates.fates_of(project, BO.id)[-1].reason == "as before"
        assert became(project, CY) == []


def test_before_their_pass_is_finished_nobody_is_told_what_they_missed(desk: Reviewed) -> None:
    with desk.as_person() as project:
        missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="the beam")
        blind.set_blind(project, blind=True)
    with desk.as_person(BO) as project:
        project.draw_veil(blind.veil_of(project))
        assert became(project, BO) == ["pending"]
        assert project.reviews_of([BO.id]) == []
        blind.finish(project, desk.version.id)
        project.draw_veil(blind.veil_of(project))
        assert became(project, BO) == ["pending", "missing"]


def test_a_copy_of_other_articles_says_nothing_of_what_is_missing_here(desk: Reviewed, tmp_path: Path) -> None:
    with desk.as_person() as project:
        with project.change("import") as change:
            other = put_article(change, "Another story.\n")
        missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="zebra crossing")
        copy = tmp_path / "copy.annot"
        for _progress in assigning.assign(project, copy, to=BO.name, articles=[other.article_id]):
            pass
    assert b"zebra crossing" not in copy.read_bytes()
    with Project.open(copy, write=False) as project:
        assert project.reviews_of([BO.id, ADA.id]) == []


def test_where_somebody_marked_the_words_there_is_a_card_to_decide(desk: Reviewed) -> None:
    start = TEXT.index("bridge was safe")
    with desk.as_person() as project, pytest.raises(Refused, match="somebody marked"):
        missed.say_missed(project, desk.version.id, start, start + 6, status="alleged", reason="")


def test_it_is_taken_back_by_its_maker_alone_and_undone(desk: Reviewed) -> None:
    with desk.as_person() as project:
        before = everything(project)
        missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="")
        with_it = everything(project)
        project.undo()
        assert everything(project) == before
        project.redo()
    with desk.as_person(BO) as project:
        assert missed.take_back(project, desk.version.id, START, END) == 0
    with desk.as_person() as project:
        assert missed.take_back(project, desk.version.id, 0, 5) == 0
        assert missed.take_back(project, desk.version.id, START + 2, START + 3) == 1
        assert everything(project) == before
        project.undo()
        assert everything(project) == with_it
        assert card_of(project, item_at(reviewing.build(project), "the bridge was safe")).missed
