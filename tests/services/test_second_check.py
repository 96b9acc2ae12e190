"""Four eyes: a listed status waits for a second person, says so everywhere, and no file made before is different."""

import json
import shutil
from pathlib import Path

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import LinkId, ReviewId, VersionId, new_id
from annotator.model.moments import now
from annotator.model.records import Link, Review
from annotator.model.status import SCHEMES
from annotator.services import annotating, assigning, facets, merging, relating, second_check, viewing
from annotator.services.annotating import Marked
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.services.projects import new_project
from annotator.store.check import check
from annotator.store.codec import body_of
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied, finished

Desk = tuple[Project, Marked]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A project that asks for a second person, with a claim that Ada has confirmed."""
    project = making.opened(making.new_project(tmp_path))
    with project.change("import") as change:
        version = making.put_article(change)
        change.put(making.BO)
    second_check.require(project, second_check.usual(project.card.scheme))
    return project, annotating.mark(project, version.id, [(4, 9)], status="confirmed")


def waits(project: Project, marked: Marked) -> bool:
    (row,) = viewing.claim_rows_of(project, [marked.mention_id])
    assert row.needs_second == viewing.claim_detail(project, marked.mention_id).needs_second
    return row.needs_second


def accept(project: Project, target: str) -> None:
    with project.change("review") as change:
        change.put(Review(ReviewId(new_id()), target, project.annotator_id, "accept", at=now()))


def test_a_second_person_with_the_same_status_is_enough(desk: Desk) -> None:
    project, marked = desk
    with project:
        assert waits(project, marked)
        project.work_as(making.BO.id)
        annotating.assess(project, marked.claim_id, "disputed")
        assert waits(project, marked), "another status is no second voice for this one"
        annotating.assess(project, marked.claim_id, "confirmed")
        assert not waits(project, marked)
        project.undo()
        assert waits(project, marked)


def test_an_acceptance_by_somebody_else_is_enough_until_the_status_is_given_anew(desk: Desk) -> None:
    project, marked = desk
    with project:
        accept(project, marked.mention_id)
        assert waits(project, marked), "nobody accepts their own"
        project.work_as(making.BO.id)
        accept(project, marked.mention_id)
        assert not waits(project, marked)
        project.work_as(making.ADA.id)
        annotating.assess(project, marked.claim_id, "alleged")
        assert not waits(project, marked), "that one asks for nobody"
        annotating.assess(project, marked.claim_id, "confirmed")
        assert waits(project, marked), "what Bo accepted was the earlier one"
        project.work_as(making.BO.id)
        (assessment,) = project.assessments_of([marked.claim_id])
        accept(project, assessment.id)
        assert not waits(project, marked)


def test_one_person_with_two_ids_is_no_second_person(desk: Desk) -> None:
    project, marked = desk
    with project:
        project.work_as(making.BO.id)
        annotating.assess(project, marked.claim_id, "confirmed")
        assert not waits(project, marked)
        with project.change("people.same") as change:
            change.put(Link(LinkId(new_id()), "same", making.ADA.id, making.BO.id, making.BO.id))
        assert waits(project, marked)


def test_what_was_decided_counts_before_what_annotators_hold(desk: Desk) -> None:
    project, marked = desk
    with project:
        project.work_as(making.BO.id)
        (ada,) = project.assessments_of([marked.claim_id])
        decided = replace(ada, id=making.assessment(making.claim()).id, annotator_id=making.BO.id, layer="adjudicated")
        with project.change("adjudicated") as change:
            change.put(decided)
        assert not waits(project, marked), "Ada and the adjudicator are two"
        with project.change("adjudicated") as change:
            change.put(replace(decided, status="disputed"))
        assert not waits(project, marked), "the desk does not hold it for confirmed"


def test_it_is_exported_and_read_back_and_exported_the_same(desk: Desk, tmp_path: Path) -> None:
    project, _marked = desk
    out, again_out = tmp_path / "out.jsonl", tmp_path / "again.jsonl"
    with project:
        finished(export_project(project, out))
        assert [one["needs_second_check"] for one in json.loads(out.read_text(encoding="utf-8"))["claims"]] == [True]
        report = finished(import_files(project, [out]))
        assert report.sound, "what an export works out is no other content"
    with making.opened(making.new_project(tmp_path, "again")) as again:
        finished(import_files(again, [out]))
        finished(export_project(again, again_out))
        (row,) = viewing.claim_rows(again, again.version_rows()[0].version.id)
        assert row.needs_second, "it says so of itself, where nobody asks"
        second_check.require(again, [])
        (row,) = viewing.claim_rows(again, again.version_rows()[0].version.id)
        assert row.needs_second, "it was off and is off: nobody has said anything"
    assert again_out.read_bytes() == out.read_bytes()


def test_a_project_in_which_nobody_asked_is_byte_for_byte_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.annot"
    shutil.copyfile(making.ROOT / "tests" / "fixtures" / "projects" / "schema-2.annot", path)
    with Project.open(path, write=False) as project:
        assert project.card.second_check is UNSET
        assert b"second_check" not in body_of(project.card)
        assert second_check.required(project) is None
        assert check(project).sound


def test_the_setting_is_merged_field_by_field(desk: Desk) -> None:
    project, marked = desk
    with project:
        second_check.require(project, [])
        other = copied(project.path, "bo")
        with making.opened(other, making.BO) as bo:
            second_check.require(bo, ["confirmed"])
        with project.change("project.name") as change:
            change.put(replace(project.card, name="Another name"))
        with merging.colleagues_files(project, [other]) as found:
            finished(merging.merge(project, found))
        assert (project.card.name, project.card.second_check) == ("Another name", ("confirmed",))
        assert waits(project, marked)
        assert check(project).sound


def test_old_and_new_cards_are_joined(tmp_path: Path) -> None:
    ours = making.new_project(tmp_path)
    theirs = copied(ours, "bo")
    with making.opened(theirs, making.BO) as bo:
        second_check.require(bo, ["confirmed"])
    with making.opened(ours) as project, merging.colleagues_files(project, [theirs]) as found:
        with project.change("project.name") as change:
            change.put(replace(project.card, name="Another name"))
        finished(merging.merge(project, found))
        assert (project.card.name, project.card.second_check) == ("Another name", ("confirmed",))
        assert check(project).sound


def test_statuses_are_named_by_key(tmp_path: Path) -> None:
    scheme = SCHEMES["extended"]
    assert second_check.read_statuses(scheme, "default") == ("confirmed", "refuted")
    assert second_check.read_statuses(scheme, " mixed, Confirmed ") == ("confirmed", "mixed")
    assert second_check.read_statuses(scheme, "none") == second_check.read_statuses(scheme, "") == ()
    with pytest.raises(Refused, match="no status refuted"):
        second_check.read_statuses(SCHEMES["default"], "refuted")
    new_project(tmp_path / "new.annot", second_check=("confirmed",), blind=True)
    with Project.open(tmp_path / "new.annot", write=False) as project:
        assert second_check.required(project) == ("confirmed",)
        assert project.card.blind is True


def test_claims_that_are_one_have_their_second_person_in_common(desk: Desk) -> None:
    project, marked = desk
    with project:
        version = VersionId(project.version_of_mention(marked.mention_id))
        project.work_as(making.BO.id)
        # Who works blind marks the same words with a claim of their own.
        other = annotating.mark(project, version, [(4, 9)], status="disputed")
        link = relating.relate(project, marked.claim_id, other.claim_id, "same")
        assert waits(project, marked)
        assert not waits(project, other), "that status asks for nobody"
        annotating.assess(project, other.claim_id, "confirmed")
        assert not waits(project, marked)
        assert not waits(project, other)
        relating.part(project, link)
        assert waits(project, marked)
        assert waits(project, other)


def test_the_second_person_comes_with_a_merge_and_with_a_blind_copy(desk: Desk, tmp_path: Path) -> None:
    project, marked = desk
    with project:
        plain = copied(project.path, "bo")
        blind = tmp_path / "blind.annot"
        finished(assigning.assign(project, blind, to="Bo", blind=True))
        version = project.version_of_mention(marked.mention_id)
    with making.opened(blind, making.BO) as bo:
        assert second_check.required(bo) == ("confirmed",)
        own = annotating.mark(bo, VersionId(version), [(4, 9)], status="confirmed")
        assert waits(bo, own), "Bo is the first one, as far as the copy knows"
    with making.opened(plain, making.BO) as bo:
        annotating.assess(bo, marked.claim_id, "disputed")
    with making.opened(project.path) as ours:
        for path in (plain, blind):
            with merging.colleagues_files(ours, [path]) as found:
                finished(merging.merge(ours, found))
        assert waits(ours, marked), "Bo disagrees, and Bo's own claim is another one"
        relating.relate(ours, marked.claim_id, own.claim_id, "same")
        assert not waits(ours, marked)
        assert not waits(ours, own)
        annotating.assess(ours, marked.claim_id, "alleged")
        assert waits(ours, own), "the first one does not hold it any more"
        assert check(ours).sound


def test_articles_can_be_narrowed_to_those_that_wait(desk: Desk) -> None:
    project, marked = desk
    with project:
        with project.change("import") as change:
            making.put_article(change, "Nothing is marked here.\n")

        def waiting() -> dict[str, int]:
            found = facets.article_facets(project, viewing.article_rows(project))
            shown = {one.key: one for one in found.shown}
            return (
                {value.title: found.facets.counts("second", {})[value.key] for value in shown["second"].values}
                if ("second" in shown)
                else {}
            )

        assert waiting() == {"Needs a second check": 1}
        project.work_as(making.BO.id)
        annotating.assess(project, marked.claim_id, "confirmed")
        assert waiting() == {}
