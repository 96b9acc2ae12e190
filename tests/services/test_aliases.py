"""Letters for names: stable, shuffled from text to text, and gone with the decision."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.ids import AnnotatorId, VersionId
from annotator.services import commenting, deciding, review_cards, reviewing
from annotator.services.aliases import aliases, shuffled
from annotator.services.deciding import Why
from tests.making import ADA, BO
from tests.services.reviewers import CY, REVA, Reviewed, item_at

PEOPLE = st.sets(st.uuids().map(lambda one: AnnotatorId(str(one))), max_size=30)


@given(st.uuids(), PEOPLE)
def test_letters_are_everybodys_own_and_do_not_depend_on_the_order_of_people(
    version: object, people: set[AnnotatorId]
) -> None:
    text = VersionId(str(version))
    letters = aliases(text, people)
    assert letters == aliases(text, sorted(people))
    assert len(set(letters.values())) == len(people)
    assert list(letters) == shuffled(text, people)


def test_nobody_has_the_same_letter_everywhere() -> None:
    people = [ADA.id, BO.id, CY.id]
    dealt = {tuple(shuffled(VersionId(f"text {n}"), people)) for n in range(200)}
    assert len(dealt) == 6


def test_names_are_letters_until_the_decision_in_an_order_that_stays(tmp_path: Path) -> None:
    desk = Reviewed(tmp_path)
    desk.mark(ADA, "the bridge was safe", "confirmed")
    mark = desk.mark(BO, "the bridge was safe", "disputed")
    desk.mark(CY, "It will meet again next week")
    with desk.as_person(BO) as project:
        commenting.add(project, mark, "Is it?")
    with desk.as_person(REVA) as project:
        project.letters = True
        item = item_at(reviewing.build(project), "the bridge")
        card = review_cards.card_of(project, item)
        assert [one.name for one in card.people] == ["A", "B", "C"]
        letters = {one.id: one.name for one in card.people}
        assert card.threads[0].remarks[0].author == letters[BO.id]
        deciding.reject(project, card, why=Why("no"))
        item = item_at(reviewing.build(project), "the bridge")
        known = review_cards.card_of(project, item)
        assert [one.id for one in known.people] == [one.id for one in card.people]
        assert {one.name for one in known.people} == {ADA.name, BO.name, CY.name}
        project.letters = False
        plain = review_cards.card_of(project, item)
        assert [one.name for one in plain.people] == sorted(one.name for one in plain.people)
