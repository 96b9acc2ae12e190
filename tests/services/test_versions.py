"""Choosing among versions that colleagues left: what is shown, what is offered, and that the choice travels."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.records import Claim, Mention
from annotator.services import merging, versions
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied, finished


def merge(path: Path, other: Path) -> None:
    with making.opened(path) as project, merging.colleagues_files(project, [other]) as found:
        finished(merging.merge(project, found))


def edit(path: Path, who: making.Annotator, change: Callable[[Claim], Claim]) -> None:
    with making.opened(path, who) as project, project.change("claim.text") as made:
        (claim,) = project.all(Claim)
        made.put(change(claim))


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Path, Path]:
    """Ada's project with a claim, and Bo's copy of it."""
    path = making.new_project(tmp_path, "ada")
    with making.opened(path) as project, project.change("import") as change:
        change.put(making.BO)
        making.put_mark(change, making.put_article(change))
    return path, copied(path, "bo")


def test_both_versions_are_offered_and_the_choice_is_what_holds_everywhere(desks: tuple[Path, Path]) -> None:
    ada, bo = desks
    edit(ada, making.ADA, lambda claim: replace(claim, text="Ada's words"))
    edit(bo, making.BO, lambda claim: replace(claim, text="Bo's words", type="causal"))
    merge(ada, bo)
    with making.opened(ada) as project:
        assert versions.count(project) == 1
        (one,) = versions.unsettled(project)
        # What only Bo changed is joined without a question.
        assert one.fields == ("text",)
        assert isinstance(one.record, Claim)
        assert one.record.type == "causal"
        (field,) = versions.fields_of(project, one)
        assert [(choice.author, choice.text, choice.shown) for choice in field.choices] == [
            ("Ada", "Ada's words", False),
            ("Bo", "Bo's words", True),
        ]
        versions.settle(project, one.record.id, {"text": 0})
        assert versions.unsettled(project) == []
        (claim,) = project.all(Claim)
        assert (claim.text, claim.type) == ("Ada's words", "causal")
        assert check(project).sound
    merge(bo, ada)
    with Project.open(bo, write=False) as project:
        (claim,) = project.all(Claim)
        assert (claim.text, versions.count(project)) == ("Ada's words", 0)


def test_choosing_what_is_shown_already_settles_too(desks: tuple[Path, Path]) -> None:
    ada, bo = desks
    edit(ada, making.ADA, lambda claim: replace(claim, text="Ada's words"))
    edit(bo, making.BO, lambda claim: replace(claim, text="Bo's words"))
    merge(ada, bo)
    with making.opened(ada) as project:
        (one,) = versions.unsettled(project)
        versions.settle(project, one.record.id, {})
        assert versions.count(project) == 0
        with pytest.raises(KeyError):
            versions.settle(project, one.record.id, {})
        (claim,) = project.all(Claim)
        assert claim.text == "Bo's words"


def test_what_is_anothers_own_is_settled_by_that_annotator(desks: tuple[Path, Path]) -> None:
    ada, _bo = desks
    second = copied(ada, "ada at home")
    for path, note in ((ada, "at the desk"), (second, "at home")):
        with making.opened(path) as project, project.change("mention.note") as change:
            (mention,) = project.all(Mention)
            change.put(replace(mention, note=note))
    merge(ada, second)
    with making.opened(ada, making.BO) as project:
        (one,) = versions.unsettled(project)
        assert not versions.mine(project, one)
        with pytest.raises(Refused):
            versions.settle(project, one.record.id, {"note": 0})
    with making.opened(ada) as project:
        (one,) = versions.unsettled(project)
        assert versions.mine(project, one)
        versions.settle(project, one.record.id, {"note": 0})
        (mention,) = project.all(Mention)
        assert mention.note == "at the desk"
