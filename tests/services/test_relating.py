"""Claims that are one, that contradict each other, that are said again; and taking all of that back."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Assessment, Claim, Evidence, Link, Mention, Source
from annotator.services import annotating, linking, merging, relating, searching
from annotator.services.annotating import Marked
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied, finished

Desk = tuple[Project, Marked, Marked]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A project with two claims of Ada's."""
    project = making.opened(making.new_project(tmp_path))
    with project.change("import") as change:
        version = making.put_article(change)
    first = annotating.mark(project, version.id, [(4, 9)], status="disputed")
    second = annotating.mark(project, version.id, [(13, 18)], status="alleged")
    return project, first, second


def test_two_claims_are_joined_once_and_parted_again(desk: Desk) -> None:
    project, first, second = desk
    with project:
        link = relating.relate(project, first.claim_id, second.claim_id, "same")
        assert relating.relate(project, second.claim_id, first.claim_id, "same") == link
        (one,) = relating.related(project, second.claim_id)
        assert (one.relation, one.claim.id, one.mine) == ("same", first.claim_id, True)
        with pytest.raises(Refused, match="one and the same"):
            relating.relate(project, first.claim_id, second.claim_id, "contradicts")
        relating.part(project, link)
        assert relating.related(project, first.claim_id) == []
        project.undo()
        assert len(relating.related(project, first.claim_id)) == 1
        assert check(project).sound


def test_what_contradicts_is_not_the_same(desk: Desk) -> None:
    project, first, second = desk
    with project:
        relating.relate(project, first.claim_id, second.claim_id, "contradicts")
        with pytest.raises(Refused, match="linked otherwise"):
            relating.relate(project, first.claim_id, second.claim_id, "same")
        with pytest.raises(Refused, match="one and the same"):
            relating.relate(project, first.claim_id, first.claim_id, "same")


def test_only_who_made_a_link_takes_it_away(desk: Desk) -> None:
    project, first, second = desk
    with project:
        link = relating.relate(project, first.claim_id, second.claim_id, "same")
        with project.change("people") as change:
            change.put(making.BO)
        project.work_as(making.BO.id)
        assert [one.mine for one in relating.related(project, first.claim_id)] == [False]
        with pytest.raises(Refused):
            relating.part(project, link)


def test_sources_of_a_claim_that_goes_are_linked_to_the_known_one(desk: Desk) -> None:
    project, first, second = desk
    with project:
        linking.link_new_source(project, first.claim_id, "Gate log", stance="supports")
        (both,) = project.all(Source)
        linking.link_source(project, second.claim_id, both.id, stance="refutes")
        own = linking.link_new_source(project, second.claim_id, "Letter", stance="refutes")
        linking.edit_evidence(project, own, quote="It was shut.", locator="p. 3")
        before = project.all(Evidence)
        relating.attach(project, second.mention_id, first.claim_id)
        linked = {
            (project.get(Source, one.source_id).title, one.stance, one.quote, one.locator)
            for one in project.evidence_of([first.claim_id])
        }
        assert linked == {("Gate log", "supports", "", ""), ("Letter", "refutes", "It was shut.", "p. 3")}
        assert len(project.all(Evidence)) == len(linked)
        assert check(project).sound
        project.undo()
        assert sorted(project.all(Evidence), key=lambda one: one.id) == sorted(before, key=lambda one: one.id)


def test_a_claim_that_others_still_need_keeps_its_sources(desk: Desk) -> None:
    project, first, second = desk
    with project:
        linking.link_new_source(project, second.claim_id, "Letter", stance="refutes")
        relating.mark_again(project, second.mention_id, [(20, 24)])
        relating.attach(project, second.mention_id, first.claim_id)
        assert [one.claim_id for one in project.all(Evidence)] == [second.claim_id]


def test_a_mention_of_a_known_claim_takes_its_own_claim_away(desk: Desk) -> None:
    project, first, second = desk
    with project:
        relating.attach(project, second.mention_id, first.claim_id)
        assert [one.id for one in project.all(Claim)] == [first.claim_id]
        assert {one.claim_id for one in project.all(Mention)} == {first.claim_id}
        # What was held of the known claim stays; a second opinion is not made of it.
        assert [one.status for one in project.all(Assessment)] == ["disputed"]
        assert check(project).sound
        project.undo()
        assert len(project.all(Claim)) == 2
        assert check(project).sound


def test_a_mention_is_split_off_with_its_words_and_status(desk: Desk) -> None:
    project, first, second = desk
    with project:
        with pytest.raises(Refused, match="nothing to split"):
            relating.split(project, first.mention_id)
        relating.attach(project, second.mention_id, first.claim_id)
        made = relating.split(project, second.mention_id)
        assert project.get(Claim, made).text == making.TEXT[13:18]
        assert project.get(Mention, second.mention_id).claim_id == made
        assert project.statuses_of_mentions(project.all(Mention))[second.mention_id] == "disputed"
        assert check(project).sound


def test_links_of_claims_travel_with_the_dataset_and_with_a_merge(desk: Desk, tmp_path: Path) -> None:
    project, first, second = desk
    with project:
        plain = copied(project.path, "bo")
        link = relating.relate(project, first.claim_id, second.claim_id, "contradicts")
        for _progress in export_project(project, tmp_path / "out.jsonl"):
            pass
    with making.opened(making.new_project(tmp_path, "again")) as again:
        for _progress in import_files(again, [tmp_path / "out.jsonl"]):
            pass
        assert [(one.id, one.link) for one in again.all(Link)] == [(link, "contradicts")]
    with making.opened(plain, making.BO) as bo, merging.colleagues_files(bo, [project.path]) as found:
        finished(merging.merge(bo, found))
        assert [one.id for one in bo.all(Link)] == [link]


def test_the_most_similar_claim_comes_first(desk: Desk) -> None:
    project, first, second = desk
    with project:
        annotating.edit_claim(project, first.claim_id, text="The man on television was hired from abroad")
        annotating.edit_claim(project, second.claim_id, text="A man was hired")
        with project.change("claims") as change:
            best = making.claim("The man shown on television was a hired foreign fighter")
            change.put(best)
            change.put(making.claim("The bridge is safe"))
        finished(searching.indexing(project))
        found = relating.alike(project, "a man on television was a hired fighter", but=first.claim_id, limit=3)
        assert [one.id for one in found][:1] == [best.id]
        assert "The bridge is safe" not in {one.text for one in found}
