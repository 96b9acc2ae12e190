"""A step of many changes is taken back one by one beside the window's session, and is its step none the less."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.ids import ChangeId
from annotator.model.records import Claim
from annotator.services.stepping import stepping
from annotator.store.check import check
from annotator.store.project import Project
from annotator.store.undo import Step
from tests.making import claim, new_project, opened

WORDS = ("one", "two", "three")


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    """A project in whose window a job has written three changes, after one of the person's own."""
    with opened(new_project(tmp_path)) as project:
        with project.change("before") as change:
            change.put(claim("before"))
        written: list[ChangeId] = []
        with beside(project) as job:
            for words in WORDS:
                with job.change("many", joins=written[0] if written else None) as change:
                    change.put(claim(words))
                written.append(change.id)
        project.take_step(written, "many")
        yield project


@contextmanager
def beside(project: Project) -> Generator[Project]:
    other = project.beside()
    try:
        other.stand_in(project.lent_steps())
        yield other
    finally:
        other.close()


def step_of(project: Project, *, redo: bool = False) -> Step:
    step = project.next_step(redo=redo)
    assert step is not None
    return step


def claims(project: Project) -> list[str]:
    return sorted(one.text for one in project.all(Claim))


def moved(project: Project, *, redo: bool = False, most: int = 3) -> None:
    """Take the step back as the window's job does; `most` changes of it, then it is stopped."""
    step, written = step_of(project, redo=redo), list[ChangeId]()
    with beside(project) as job:
        steps = stepping(job, step.changes, written)
        for _number in range(most):
            next(steps)
        steps.close()
    project.moved_by_a_job(step, written, redo=redo)


def test_it_goes_back_and_forth_as_one_step(project: Project) -> None:
    everything = claims(project)
    for _round in range(2):
        moved(project)
        assert claims(project) == ["before"]
        assert (project.undo_name, project.redo_name) == ("before", "many")
        moved(project, redo=True)
        assert claims(project) == everything
        assert (project.undo_name, project.redo_name) == ("many", "")
    assert check(project).sound


def test_back_by_a_job_is_forth_at_once_and_the_other_way_round(project: Project) -> None:
    everything = claims(project)
    moved(project)
    project.redo()
    assert claims(project) == everything
    project.undo()
    moved(project, redo=True, most=1)  # undo at once is one change
    assert claims(project) == everything
    project.undo()
    project.undo()
    assert claims(project) == []


def test_where_it_is_stopped_the_rest_stays_the_step(project: Project) -> None:
    moved(project, most=1)
    assert claims(project) == ["before", "one", "two"]
    assert len(step_of(project).changes) == 2
    moved(project, most=2)
    assert claims(project) == ["before"]
    assert project.undo_name == "before"
    project.redo()
    project.redo()
    assert claims(project) == ["before", *sorted(WORDS)]


def test_what_is_done_meanwhile_stays_the_last_step(project: Project) -> None:
    step, written = step_of(project), list[ChangeId]()
    with beside(project) as job:
        for _progress in stepping(job, step.changes, written):
            pass
    with project.change("meanwhile") as change:
        change.put(claim("meanwhile"))
    project.moved_by_a_job(step, written, redo=False)
    assert (project.undo_name, project.redo_name) == ("meanwhile", "")
    project.undo()
    assert claims(project) == ["before"]
    project.undo()
    assert claims(project) == []


def test_what_was_changed_and_put_back_here_is_no_change_by_another_hand(project: Project) -> None:
    one = next(found for found in project.all(Claim) if found.text == "two")
    with project.change("edit") as change:
        change.put(Claim(one.id, "zwei"))
    project.undo()
    moved(project)
    assert claims(project) == ["before"]


def test_what_another_hand_changed_is_refused(project: Project) -> None:
    one = next(found for found in project.all(Claim) if found.text == "two")
    other = project.beside()
    with other.change("edit") as change:
        change.put(Claim(one.id, "zwei"))
    other.close()
    with beside(project) as job, pytest.raises(Refused, match="changed"):
        for _progress in stepping(job, step_of(project).changes, []):
            pass
