"""Comments belong to who wrote them, threads to everybody; they lead to what they are about and travel with it."""

import json
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Comment
from annotator.services import annotating, commenting, linking, merging, viewing
from annotator.services.annotating import Marked
from annotator.services.commenting import Thread
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied, finished

Desk = tuple[Project, Marked]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A project of Ada's with a claim; Bo is known in it."""
    project = making.opened(making.new_project(tmp_path))
    with project.change("import") as change:
        version = making.put_article(change)
        change.put(making.BO)
    return project, annotating.mark(project, version.id, [(4, 9)], status="disputed")


def only(threads: list[Thread]) -> Thread:
    (one,) = threads
    return one


def test_a_thread_is_begun_answered_resolved_and_opened_again(desk: Desk) -> None:
    project, marked = desk
    with project:
        first = commenting.add(project, marked.mention_id, " Which mayor? ")
        project.work_as(making.BO.id)
        commenting.reply(project, first, "The one of Ødeby.")
        thread = only(commenting.threads_on(project, [marked.mention_id]))
        assert [(one.author, one.comment.text, one.mine) for one in thread.remarks] == [
            ("Ada", "Which mayor?", False),
            ("Bo", "The one of Ødeby.", True),
        ]
        commenting.settle(project, thread, resolved=True)
        thread = only(commenting.threads_on(project, [marked.mention_id]))
        assert thread.resolved
        assert commenting.all_threads(project, unresolved=True) == []
        assert project.get(Comment, first).text == "Which mayor?", "nobody's comment is rewritten"
        project.work_as(making.ADA.id)
        commenting.settle(project, thread, resolved=False)
        assert not only(commenting.all_threads(project)).resolved
        project.undo()
        assert only(commenting.all_threads(project)).resolved
        commenting.reply(project, thread.id, "No: of Harrow.")
        assert not only(commenting.all_threads(project)).resolved, "an answer opens it again"
        assert check(project).sound


def test_who_began_a_thread_alone_resolves_it_in_their_own_comment(desk: Desk) -> None:
    project, marked = desk
    with project:
        first = commenting.add(project, marked.claim_id, "Look again.")
        commenting.settle(project, only(commenting.all_threads(project)), resolved=True)
        assert project.get(Comment, first).resolved
        assert project.count(Comment) == 1
        commenting.settle(project, only(commenting.all_threads(project)), resolved=True)
        commenting.settle(project, only(commenting.all_threads(project)), resolved=False)
        assert not project.get(Comment, first).resolved


def test_only_the_author_edits_and_deletes_and_what_was_answered_stays(desk: Desk) -> None:
    project, marked = desk
    with project:
        first = commenting.add(project, marked.mention_id, "Which mayor?")
        project.work_as(making.BO.id)
        thread = only(commenting.all_threads(project))
        with pytest.raises(Refused, match="belongs to another"):
            commenting.edit(project, first, "Who?")
        with pytest.raises(Refused, match="belongs to another"):
            commenting.remove(project, thread, first)
        answer = commenting.reply(project, first, "Ødeby's")
        project.work_as(making.ADA.id)
        with pytest.raises(Refused, match="was answered"):
            commenting.remove(project, only(commenting.all_threads(project)), first)
        project.work_as(making.BO.id)
        commenting.edit(project, answer, "Ødeby’s.")
        commenting.remove(project, only(commenting.all_threads(project)), answer)
        project.work_as(making.ADA.id)
        commenting.remove(project, only(commenting.all_threads(project)), first)
        assert project.count(Comment) == 0
        with pytest.raises(Refused, match="needs words"):
            commenting.add(project, marked.mention_id, "  ")
        with pytest.raises(Refused):
            commenting.add(project, making.claim().id, "about nothing")


def test_a_thread_waits_for_whom_it_concerns_until_they_had_the_last_word(desk: Desk) -> None:
    project, marked = desk
    with project:
        project.work_as(making.BO.id)
        first = commenting.add(project, marked.mention_id, "Is this one claim or two?")
        assert commenting.all_threads(project, for_me=True) == [], "the last word is Bo's own"
        project.work_as(making.ADA.id)
        assert len(commenting.all_threads(project, for_me=True)) == 1, "it is about Ada's mention"
        commenting.reply(project, first, "One.")
        assert commenting.all_threads(project, for_me=True) == []
        project.work_as(making.BO.id)
        thread = only(commenting.all_threads(project, for_me=True))
        commenting.settle(project, thread, resolved=True)
        assert commenting.all_threads(project, for_me=True) == []


def test_two_names_of_one_person_wait_for_nothing_that_either_said(desk: Desk) -> None:
    project, marked = desk
    with project:
        merging.same_people(project, making.ADA.id, making.BO.id)
        project.work_as(making.BO.id)
        commenting.add(project, marked.mention_id, "Is this one claim or two?")
        project.work_as(making.ADA.id)
        assert commenting.all_threads(project, for_me=True) == []


def test_comments_are_counted_at_their_claim_and_lead_back_to_it(desk: Desk) -> None:
    project, marked = desk
    with project:
        evidence = linking.link_new_source(project, marked.claim_id, "The log", stance="supports")
        source = project.sources()[0].id
        (assessment,) = project.assessments_of([marked.claim_id])
        version_id = project.version_of_mention(marked.mention_id)
        for target in (marked.mention_id, marked.claim_id, evidence, assessment.id, source, version_id):
            commenting.add(project, target, f"about {target}")
        (row,) = viewing.claim_rows_of(project, [marked.mention_id])
        assert row.comments == 4, "the source and the article are nobody's claim"
        for thread in commenting.all_threads(project):
            place = commenting.where(project, thread)
            assert place.version_id == version_id
            assert place.mention_id == ("" if thread.target == version_id else marked.mention_id)


def test_comments_travel_with_the_dataset_and_with_a_merge(desk: Desk, tmp_path: Path) -> None:
    project, marked = desk
    with project:
        other = copied(project.path, "bo")
        first = commenting.add(project, marked.mention_id, "Which mayor?")
        with making.opened(other, making.BO) as bo, merging.colleagues_files(bo, [project.path]) as found:
            finished(merging.merge(bo, found))
            commenting.reply(bo, first, "Ødeby's")
            commenting.settle(bo, only(commenting.all_threads(bo)), resolved=True)
        with merging.colleagues_files(project, [other]) as found:
            finished(merging.merge(project, found))
        thread = only(commenting.all_threads(project))
        assert thread.resolved
        assert [one.author for one in thread.remarks] == ["Ada", "Bo"]
        finished(export_project(project, tmp_path / "out.jsonl"))
    line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert [one["text"] for one in line["comments"]] == ["Which mayor?", "Ødeby's"]
    with making.opened(making.new_project(tmp_path, "again")) as again:
        finished(import_files(again, [tmp_path / "out.jsonl"]))
        assert only(commenting.all_threads(again)) == thread
        finished(export_project(again, tmp_path / "again.jsonl"))
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()
