"""Accepting much at once: in batches, as one undo step, and stopped in the middle."""

from pathlib import Path

import pytest

from annotator.model.ids import ChangeId, MentionId
from annotator.services import accepting, annotating, reviewing
from annotator.services.reviewing import Queue
from annotator.store.check import check
from annotator.store.project import Project
from tests.making import ADA, BO, put_article
from tests.services.reviewers import REVA, Reviewed, adjudicated

TEXT = "".join(f"Nobody said number {number:02d} aloud. " for number in range(60))


@pytest.fixture
def desk(tmp_path: Path) -> Reviewed:
    """Sixty places on which two people agree."""
    desk = Reviewed(tmp_path)
    with desk.as_person(ADA) as project, project.change("import") as change:
        version = put_article(change, TEXT)
    for who in (ADA, BO):
        with desk.as_person(who) as project:
            for place in range(0, len(TEXT), 30):
                annotating.mark(project, version.id, [(place, place + 29)], status="alleged")
    return desk


def undecided(queue: Queue) -> int:
    return sum(one.state == "pending" for one in queue.items)


def test_all_batches_are_one_step(desk: Reviewed) -> None:
    with desk.as_person(REVA) as project:
        before = undecided(reviewing.build(project))
        assert accepting.accept_unanimous(project, reviewing.build(project).items) == before > 50
        assert undecided(reviewing.build(project)) == 0
        project.undo()
        assert adjudicated(project) == []
        project.redo()
        assert len(adjudicated(project)) == before
        assert check(project).sound


def test_what_a_job_beside_wrote_until_it_was_stopped_is_one_step_here(desk: Reviewed) -> None:
    with desk.as_person(REVA) as project:
        items, written = reviewing.build(project).items, list[ChangeId]()
        beside = project.beside()
        steps = accepting.accepting(beside, items, written)
        assert next(steps).done < next(steps).done < len(items)
        steps.close()
        beside.close()
        half = len(adjudicated(project))
        assert 0 < half < len(items)
        project.take_step([], accepting.STEP)
        assert project.undo_name == ""
        project.take_step(written, accepting.STEP)
        assert project.undo_name == accepting.STEP
        project.undo()
        assert adjudicated(project) == []
        project.redo()
        assert len(adjudicated(project)) == half


def test_what_somebody_decided_since_the_queue_was_built_is_left(desk: Reviewed) -> None:
    with desk.as_person(REVA) as project:
        old = reviewing.build(project).items
        accepting.accept_unanimous(project, old[:1])
        made = _reviews(project, old[0].mention_ids)
        assert accepting.accept_unanimous(project, old) == len(old) - 1
        assert _reviews(project, old[0].mention_ids) == made


def _reviews(project: Project, ids: list[MentionId]) -> list[object]:
    return list(project.reviews_of(ids))
