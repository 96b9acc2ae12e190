"""What nobody marked and the review finds: a record of its own, told to all who read the text, and taken back."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Assessment, Claim, Mention, Review
from annotator.services import fates, missed, reviewing
from annotator.services.review_cards import card_of
from annotator.store.check import check
from annotator.store.project import Project
from tests.making import ADA, BO
from tests.services.reviewers import REVA, TEXT, Reviewed, adjudicated, card_at, item_at, words_of

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


def test_all_who_read_the_text_are_told(desk: Reviewed) -> None:
    with desk.as_person() as project:
        made = missed.say_missed(project, desk.version.id, START, END, status="alleged", reason="the beam")
        for who in (ADA, BO):
            found = fates.fates_of(project, who.id)
            assert [one.became for one in found] == ["pending", "missing"]
            assert (found[1].mention_id, found[1].words, found[1].by) == (made, WORDS, REVA.name)
        assert fates.fates_of(project, REVA.id) == []


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
