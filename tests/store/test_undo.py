"""Undo and redo from the log: bodies come back, one gesture is one step, and nobody's work is undone but one's own."""

import contextlib
from collections.abc import Generator
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.changes import Changes
from annotator.model.records import Assessment, Claim, Mention, TextVersion
from annotator.store.project import Project
from annotator.store.undo import Step, Steps, reversal
from tests import making


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    with making.opened(making.new_project(tmp_path)) as one:
        yield one


@pytest.fixture
def version(project: Project) -> TextVersion:
    with project.change("import") as change:
        return making.put_article(change)


def test_undo_puts_back_the_body_that_was_replaced(project: Project) -> None:
    first = making.claim("first words")
    with project.change("claim.new") as change:
        change.put(first)
    with project.change("claim.text") as change:
        change.put(replace(first, text="second words"))
    assert project.undo().ids("claim") == {first.id}
    assert project.get(Claim, first.id) == first
    project.redo()
    assert project.get(Claim, first.id).text == "second words"


def test_many_edits_of_one_thing_are_undone_one_after_another_and_redone(project: Project) -> None:
    claim = making.claim("0")
    for number in range(5):
        with project.change(f"edit {number}") as change:
            change.put(replace(claim, text=str(number)))
    for _ in range(2):
        for number in reversed(range(4)):
            project.undo()
            assert project.get(Claim, claim.id).text == str(number)
        project.undo()
        assert not project.all(Claim)
        for number in range(5):
            assert project.redo_name == f"edit {number}"
            project.redo()
            assert project.get(Claim, claim.id).text == str(number)
    with contextlib.closing(project.beside()) as other, other.change("edit") as change:
        change.put(replace(claim, text="4 of another"))
    with pytest.raises(Refused, match="was changed since"):
        project.undo()


def test_a_step_that_cancels_itself_does_not_bar_the_steps_before(project: Project) -> None:
    claim = making.claim("before")
    with project.change("new") as change:
        change.put(claim)
    with project.change("there") as there:
        there.put(replace(claim, text="after"))
    with project.change("and back", joins=there.id) as back:
        back.put(claim)
    assert project.undo() == Changes()
    project.undo()
    assert not project.all(Claim)
    project.redo()
    project.redo()
    assert (project.get(Claim, claim.id), project.redo_name, project.undo_name) == (claim, "", "there")


def test_undo_brings_back_what_was_deleted(project: Project, version: TextVersion) -> None:
    with project.change("mark") as change:
        place = making.put_mark(change, version)
    claim = project.get(Claim, place.claim_id)
    with project.change("remove") as change:
        change.delete(place)
        change.delete(project.all(Assessment)[0])
        change.delete(claim)
    assert not project.all(Claim)
    project.undo()
    assert (project.all(Mention), project.all(Claim)) == ([place], [claim])
    assert [one.op for one in project.history(place.id)] == ["put", "delete", "put"]


def test_changes_that_join_are_one_step_under_the_first_name(project: Project, version: TextVersion) -> None:
    with project.change("mark") as mark:
        place = making.put_mark(mark, version)
    with project.change("speaker.suggest", joins=mark.id) as second:
        second.put(replace(place, note="suggested"))
    with project.change("speaker.suggest", joins=second.id) as third:
        third.put(replace(place, note="suggested better"))
    assert project.undo_name == "mark"
    project.undo()
    assert not project.all(Mention)
    assert (project.undo_name, project.redo_name) == ("import", "mark")
    project.redo()
    assert project.get(Mention, place.id).note == "suggested better"


def test_a_late_change_joining_a_step_that_is_not_the_last_is_its_own(project: Project, version: TextVersion) -> None:
    with project.change("mark") as mark:
        place = making.put_mark(mark, version)
    with project.change("claim.new") as change:
        change.put(making.claim())
    with project.change("speaker.suggest", joins=mark.id) as change:
        change.put(replace(place, note="late"))
    assert project.undo_name == "speaker.suggest"
    for _ in range(3):
        project.undo()
    assert not project.all(Claim)


def test_what_was_made_and_deleted_in_one_step_leaves_nothing_to_undo(project: Project) -> None:
    made = making.claim()
    with project.change("new") as change:
        change.put(made)
    with project.change("remove", joins=change.id) as last:
        last.delete(made)
    assert project.undo() == Changes()
    assert project.redo_name == "new"
    assert project.redo() == Changes()


def test_undo_refuses_what_another_session_changed_since(project: Project) -> None:
    claim = making.claim()
    with project.change("claim.new") as change:
        change.put(claim)
    with contextlib.closing(project.beside()) as other, other.change("claim.text") as change:
        change.put(replace(claim, text="of another hand"))
    with pytest.raises(Refused, match=f"the claim {claim.id} was changed since"):
        project.undo()
    assert project.get(Claim, claim.id).text == "of another hand"
    assert project.undo_name == "claim.new"


def test_undo_looks_again_inside_the_write(project: Project) -> None:
    """Another session that comes between the look and the write is not written over."""
    claim = making.claim()
    with project.change("claim.new") as change:
        change.put(claim)
    back = reversal(project.connection, Step((change.id,), "claim.new"), Steps()).change
    with contextlib.closing(project.beside()) as other, other.change("claim.text") as edit:
        edit.put(replace(claim, text="in between"))
    with pytest.raises(Refused, match="was changed since"):
        project._write(back)  # pyright: ignore[reportPrivateUsage] - the moment between look and write
    assert project.get(Claim, claim.id).text == "in between"


def test_undo_refuses_to_take_away_what_another_session_names(project: Project, version: TextVersion) -> None:
    claim = making.claim()
    with project.change("claim.new") as change:
        change.put(claim)
    with contextlib.closing(project.beside()) as other, other.change("mark") as change:
        change.put(making.mention(claim, version, 4, 9))
    with pytest.raises(Refused, match="still names the claim"):
        project.undo()
    assert project.get(Claim, claim.id) == claim


def test_listeners_hear_of_a_change_when_its_step_can_be_undone(project: Project) -> None:
    heard: list[tuple[str, str]] = []
    project.subscribe(lambda _: heard.append((project.undo_name, project.redo_name)))
    with project.change("claim.new") as change:
        change.put(making.claim())
    project.undo()
    project.redo()
    assert heard == [("claim.new", ""), ("", "claim.new"), ("claim.new", "")]


def test_do_undo_and_redo_tell_the_same_objects(project: Project, version: TextVersion) -> None:
    heard: list[Changes] = []
    project.subscribe(heard.append)
    with project.change("mark") as change:
        making.put_mark(change, version)
    project.undo()
    project.redo()
    assert heard[0] == heard[1] == heard[2]
    assert heard[0].touches("mention")
    assert not heard[0].touches("source")


def test_a_listener_that_fails_does_not_lose_the_step(project: Project) -> None:
    def broken(_: Changes) -> None:
        raise ZeroDivisionError

    project.subscribe(broken)
    with pytest.raises(ZeroDivisionError), project.change("claim.new") as change:
        change.put(making.claim())
    assert project.undo_name == "claim.new"
    assert project.count(Claim) == 1


def test_another_person_at_work_has_nothing_to_undo(project: Project) -> None:
    with project.change("people") as change:
        change.put(making.BO)
    project.work_as(making.BO.id)
    assert project.undo_name == ""
    assert project.undo() == Changes()


def test_a_new_change_ends_redo_but_a_suggestion_that_joins_does_not(project: Project, version: TextVersion) -> None:
    with project.change("mark") as mark:
        place = making.put_mark(mark, version)
    with project.change("claim.new") as change:
        change.put(making.claim())
    project.undo()
    with project.change("suggest", joins=mark.id) as change:
        change.put(replace(place, note="found"))
    assert project.redo_name == "claim.new"
    with project.change("claim.new") as change:
        change.put(making.claim())
    assert project.redo_name == ""
