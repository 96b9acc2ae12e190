"""`annotator set`: what an existing project is called, who checks what, and whether work is blind."""

from pathlib import Path

import pytest

from annotator.services import blind, projects, second_check, steps
from annotator.store.project import Project
from tests.cli.running import Command

HOLDS = {"name": "project", "statuses": ["alleged", "disputed", "confirmed"], "second_check": [], "blind": False}


def test_without_options_it_says_what_holds_and_changes_no_byte(command: Command, project: Path) -> None:
    before = project.read_bytes()
    assert command("set", project, "--json").document == {**HOLDS, "name": project.stem}
    told = command("set", project).out.splitlines()
    assert told[1:] == ["statuses: alleged, disputed, confirmed", "second person for: none", "blind: no"]
    assert project.read_bytes() == before


def test_all_of_it_is_one_change_that_the_window_can_undo(command: Command, project: Path) -> None:
    given = ("--name", " Desk  of May ", "--scheme", "extended", "--second-check", "refuted, confirmed", "--blind")
    ran = command("set", project, *given, "--json")
    assert ran.code == 0
    assert (ran.document["name"], ran.document["blind"]) == ("Desk of May", True)
    assert ran.document["second_check"] == ["confirmed", "refuted"]
    assert len(ran.document["statuses"]) == 8
    changes = command("history", project, "--json").document["changes"]
    assert changes[-1]["what"] == steps.title_of("project.properties")
    with projects.opened(project, write=True) as opened:
        assert (blind.is_blind(opened), second_check.required(opened)) == (True, ("confirmed", "refuted"))


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (("--second-check", "default"), "project.second_check"),
        (("--blind",), "project.blind"),
        (("--name", "Other"), "project.properties"),
        (("--name", "Other", "--blind"), "project.properties"),
    ],
)
def test_history_names_what_was_changed(command: Command, project: Path, given: tuple[str, ...], step: str) -> None:
    assert command("set", project, *given).code == 0
    assert command("history", project, "--json").document["changes"][-1]["what"] == steps.title_of(step)
    before = project.read_bytes()
    assert command("set", project, *given).code == 0
    with Project.open(project, write=False) as opened:
        events = opened.connection.execute("SELECT count(*) FROM event").fetchone()[0]
    after = project.read_bytes()
    assert command("set", project, *given).code == 0
    with Project.open(project, write=False) as opened:
        assert opened.connection.execute("SELECT count(*) FROM event").fetchone()[0] == events
    assert before == after, "what holds already is written once"


def test_it_is_taken_back_as_it_was_given(command: Command, project: Path) -> None:
    assert command("set", project, "--second-check", "default", "--blind").code == 0
    ran = command("set", project, "--second-check", "none", "--no-blind", "--json")
    assert ran.document == {**HOLDS, "name": project.stem}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--name", " "), "a project needs a name"),
        (("--second-check", "confirmed,proven"), "the project has no status proven"),
        (("--second-check", "refuted"), "the project has no status refuted"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_nothing_is_changed(
    command: Command, project: Path, given: tuple[str, ...], told: str
) -> None:
    before = project.read_bytes()
    ran = command("set", project, "--blind", *given)
    assert ran.code == 1
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert project.read_bytes() == before


def test_statuses_are_not_taken_away(command: Command, project: Path) -> None:
    assert command("set", project, "--scheme", "extended").code == 0
    ran = command("set", project, "--scheme", "default")
    assert (ran.code, "statuses cannot be taken from a project" in ran.err) == (1, True)
