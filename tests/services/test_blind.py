"""Blind work in one file: nothing of others' marks comes through before one's own pass is finished."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.ids import MentionId, ReviewId, new_id
from annotator.model.records import Assessment, Claim, Comment, Evidence, Mention, Review, Source, Speaker
from annotator.services import (
    annotating,
    blind,
    commenting,
    history,
    linking,
    merging,
    relating,
    searching,
    viewing,
)
from annotator.services.annotating import Marked
from annotator.services.jobs import finished
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied

CANARY = "Sekret"


class Desk:
    """A blind project: Bo has marked, named, sourced and remarked; Ada has one mark of her own."""

    def __init__(self, folder: Path) -> None:
        self.project = making.opened(making.new_project(folder))
        with self.project.change("import") as change:
            self.version = making.put_article(change)
            change.put(making.BO)
        self.project.work_as(making.BO.id)
        self.theirs = self.marked(13, 18, "disputed")
        annotating.edit_claim(self.project, self.theirs.claim_id, text=f"{CANARY} claim")
        annotating.set_speaker(self.project, self.theirs.mention_id, name=f"{CANARY} speaker")
        linking.link_new_source(self.project, self.theirs.claim_id, f"{CANARY} source", stance="refutes")
        commenting.add(self.project, self.theirs.mention_id, f"{CANARY} comment")
        self.project.work_as(making.ADA.id)
        self.own = self.marked(4, 9, "alleged")
        blind.set_blind(self.project, blind=True)
        self.look()

    def marked(self, start: int, end: int, status: str) -> Marked:
        return annotating.mark(self.project, self.version.id, [(start, end)], status=status)

    def look(self) -> None:
        """Hide or show, as the window does after each change."""
        self.project.draw_veil(blind.veil_of(self.project))

    def shown(self) -> str:
        """Return everything that the services tell of the project, as one text."""
        project = self.project
        told: list[object] = [viewing.article_page(project, self.version.id), project.status_counts()]
        told += [project.status_counts_of(self.version.id), viewing.article_rows(project)]
        told += [project.all(kind) for kind in (Mention, Claim, Assessment, Evidence, Comment, Source, Speaker)]
        told += [linking.recent_sources(project), project.speakers(), project.source_uses(), project.speaker_uses()]
        told += [commenting.all_threads(project), commenting.open_on(project), history.changes(project)]
        told += [searching.find(project, CANARY), relating.alike(project, "claim", but=self.own.claim_id, limit=9)]
        told += [viewing.claim_detail(project, one.mention_id) for one in viewing.claim_rows(project, self.version.id)]
        return repr(told)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_nothing_of_others_comes_through_until_the_pass_is_finished(desk: Desk) -> None:
    with desk.project as project:
        finished(searching.indexing(project))
        told = desk.shown()
        assert CANARY not in told
        assert desk.theirs.mention_id not in told
        assert desk.theirs.claim_id not in told
        assert project.status_counts_of(desk.version.id) == {"alleged": 1}
        with pytest.raises(KeyError):
            viewing.claim_detail(project, MentionId(desk.theirs.mention_id))
        assert blind.hides_anything(project)
        assert not blind.is_finished(project, desk.version.id)
        blind.finish(project, desk.version.id)
        desk.look()
        told = desk.shown()
        for words in ("claim", "speaker", "source", "comment"):
            assert f"{CANARY} {words}" in told
        assert not blind.hides_anything(project)
        project.undo()
        desk.look()
        assert CANARY not in desk.shown()
        project.draw_veil(None)
        assert check(project).sound


def test_remarks_and_decisions_about_anything_show_where_the_pass_is_finished(desk: Desk) -> None:
    with desk.project as project:
        project.draw_veil(None)
        with project.change("import") as change:
            hidden = making.put_article(change, "Another text\n\nThe ferry is late, they say.\n")
        project.work_as(making.BO.id)
        kept = _talked_about(project, desk)
        commenting.add(project, making.ADA.id, f"{CANARY} about a person")
        commenting.add(project, hidden.article_id, f"{CANARY} about the other article")
        project.work_as(making.ADA.id)
        desk.look()
        assert not any(one.author_id == making.BO.id for one in project.all(Comment))
        assert not project.all(Review)
        blind.finish(project, desk.version.id)
        desk.look()
        told = {one.text for one in project.all(Comment)}
        assert told == {f"{CANARY} comment", *kept}
        assert {one.reason for one in project.all(Review)} >= {"of the evidence", "of the status"}
        blind.finish(project, hidden.id)
        desk.look()
        assert len(project.all(Comment)) == len(told) + 2, "nothing is hidden any more"
        assert {one.author_id for one in history.changes(project)} == {making.ADA.id, making.BO.id}


def _talked_about(project: Project, desk: Desk) -> set[str]:
    """Let whoever is at work decide about their own mark's status and evidence, and remark on all that hangs on it."""
    (evidence,) = project.evidence_of([desk.theirs.claim_id])
    (status,) = project.assessments_of([desk.theirs.claim_id])
    about = {"evidence": evidence.id, "status": status.id, "source": evidence.source_id}
    reviews = [
        Review(ReviewId(new_id()), target, project.annotator_id, "reject", reason=f"of the {name}")
        for name, target in (("evidence", evidence.id), ("status", status.id))
    ]
    with project.change("review") as change:
        change.put_all(reviews)
    about |= {"speaker": project.get(Mention, desk.theirs.mention_id).speaker_id, "review": reviews[0].id}
    about |= {"article": desk.version.article_id, "version": desk.version.id}
    for name, target in about.items():
        commenting.add(project, target, f"{CANARY} about the {name}")
    return {f"{CANARY} about the {name}" for name in about}


def test_what_is_hidden_is_kept_by_every_change(desk: Desk) -> None:
    with desk.project as project:
        before = {one.mention_id for one in viewing.claim_rows(project, desk.version.id)}
        assert before == {desk.own.mention_id}
        annotating.assess(project, desk.own.claim_id, "disputed")
        another = desk.marked(20, 23, "alleged")
        annotating.remove_mention(project, another.mention_id)
        project.undo()
        project.redo()
        assert CANARY not in desk.shown(), "a change lifts the veil only while it is written"
        project.draw_veil(None)
        assert project.get(Claim, desk.theirs.claim_id).text == f"{CANARY} claim"
        assert check(project).sound


def test_a_claim_that_others_use_is_not_removed_though_it_seems_unused(desk: Desk) -> None:
    with desk.project as project:
        project.draw_veil(None)
        project.work_as(making.BO.id)
        relating.attach(project, desk.theirs.mention_id, desk.own.claim_id)
        project.work_as(making.ADA.id)
        desk.look()
        with pytest.raises(Refused):
            annotating.remove_mention(project, desk.own.mention_id)
        project.draw_veil(None)
        assert check(project).sound


def test_that_a_pass_is_finished_merges_and_is_each_ones_own(desk: Desk) -> None:
    with desk.project as project:
        other = copied(project.path, "bo")
        with making.opened(other, making.BO) as bo:
            bo.draw_veil(blind.veil_of(bo))
            assert {one.mention_id for one in viewing.claim_rows(bo, desk.version.id)} == {desk.theirs.mention_id}
            blind.finish(bo, desk.version.id)
        with merging.colleagues_files(project, [other]) as found:
            finished(merging.merge(project, found))
        desk.look()
        assert not blind.is_finished(project, desk.version.id), "Bo has finished, Ada has not"
        assert CANARY not in desk.shown()
        blind.finish(project, desk.version.id)
        blind.finish(project, desk.version.id)
        desk.look()
        project.draw_veil(None)
        assert project.count(Review) == 2
        blind.take_up(project, desk.version.id)
        assert project.count(Review) == 1


def test_a_project_that_is_not_blind_hides_nothing(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        assert blind.veil_of(project) is None
        assert not blind.is_blind(project)
        assert project.veil is None
