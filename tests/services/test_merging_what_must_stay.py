"""A merge never takes a project's card or redacts a person, whatever a colleague's file says."""

import shutil
from pathlib import Path
from typing import Literal

import pytest

from annotator import settings
from annotator.model.records import Annotator, ProjectCard
from annotator.services import merging
from annotator.store import backup, writing
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import finished


@pytest.mark.parametrize(("kind", "how"), [("project", "delete"), ("project", "redact"), ("annotator", "redact")])
def test_the_card_and_the_people_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Literal["project", "annotator"], how: str
) -> None:
    path = making.new_project(tmp_path)
    other = tmp_path / "copy.annot"
    shutil.copyfile(path, other)
    with monkeypatch.context() as theirs, making.opened(other, making.BO) as project, project.change("evil") as change:
        theirs.setattr(writing, "NEVER_DELETED", frozenset[str]())  # a program whose gate lets everything through
        theirs.setattr(writing, "NEVER_REDACTED", frozenset[str]())
        victim = project.all(ProjectCard)[0].id if kind == "project" else making.ADA.id
        if how == "redact":
            change.redact(kind, victim, "evil")
        else:
            change.delete_object(kind, victim)
    with making.opened(path) as project:
        with merging.colleagues_files(project, [other]) as arrivals:
            report: merging.MergeReport = finished(merging.merge(project, arrivals))
        assert report.survey.tally.count("refused") > 0
        assert "cannot do without" in report.survey.tally.kept_out[0].why
        assert project.find(Annotator, making.ADA.id) == making.ADA
        assert len(project.all(ProjectCard)) == 1
        assert check(project).sound


def test_who_only_looks_is_told_what_was_written_in_their_name(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    other = tmp_path / "copy.annot"
    shutil.copyfile(path, other)
    settings.change(machine_id="00000001")
    with making.opened(other) as project, project.change("claim") as change:
        change.put(making.claim())
    settings.change(machine_id="00000002", annotator_id=making.ADA.id)
    with Project.open(path, write=False) as project, merging.colleagues_files(project, [other]) as arrivals:
        survey: merging.Survey = finished(merging.survey(project, arrivals))
    assert sum(survey.tally.in_my_name.values()) == 1


def test_after_a_merge_was_taken_back_backups_go_on(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    other = tmp_path / "copy.annot"
    shutil.copyfile(path, other)
    with making.opened(other, making.BO) as project, project.change("claim") as change:
        change.put(making.claim())
    with making.opened(path) as project, merging.colleagues_files(project, [other]) as arrivals:
        report: merging.MergeReport = finished(merging.merge(project, arrivals))
    backup.take(path, "interval")
    merging.take_back(path, report)
    with making.opened(path) as project, project.change("claim") as change:
        change.put(making.claim())
    assert backup.take(path, "interval").is_file()
