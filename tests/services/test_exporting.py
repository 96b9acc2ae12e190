"""An export is whole or not there, holds what stands with its articles, and says what it does not hold."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import CommentId, EvidenceId, LinkId, MentionId, ReviewId, SourceId, SpeakerId, new_id
from annotator.model.records import Claim, Comment, Evidence, Link, Mention, Review, Source, Speaker
from annotator.services.exporting import export_project, losses
from annotator.services.importing import import_files
from annotator.store.project import Project
from tests import making
from tests.services.test_round_trip import ended, exported, put_all


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = making.new_project(tmp_path)
    with making.opened(path) as opened, opened.change("all") as change:
        for number in range(3):
            making.put_mark(change, making.put_article(change, f"{making.TEXT}{number}"))
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(one) for one in path.read_bytes().splitlines()]


def test_an_export_changes_no_byte_of_the_project_and_leaves_one_file(project: Path, tmp_path: Path) -> None:
    before = project.read_bytes()
    folder = tmp_path / "out"
    folder.mkdir()
    report = exported(project, folder / "dataset.jsonl")
    assert project.read_bytes() == before
    assert [one.name for one in folder.iterdir()] == ["dataset.jsonl"]
    assert (report.lines, report.size) == (3, (folder / "dataset.jsonl").stat().st_size)
    assert report.losses == ()


def test_a_project_without_articles_gives_an_empty_file(tmp_path: Path) -> None:
    report = exported(making.new_project(tmp_path), tmp_path / "dataset.jsonl")
    assert report.lines == 0
    assert (tmp_path / "dataset.jsonl").read_bytes() == b""


def test_a_cancelled_export_leaves_the_earlier_file(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.services.exporting.STEP", 1)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "dataset.jsonl").write_text("earlier")
    with Project.open(project, write=False) as opened:
        steps = export_project(opened, folder / "dataset.jsonl")
        next(steps)
        steps.close()
    assert (folder / "dataset.jsonl").read_text() == "earlier"
    assert len(list(folder.iterdir())) == 1


def test_a_full_disk_leaves_the_earlier_file(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "dataset.jsonl").write_text("earlier")
    monkeypatch.setattr(os, "fsync", full)
    with Project.open(project, write=False) as opened, pytest.raises(Refused, match="disk is full"):
        ended(export_project(opened, folder / "dataset.jsonl"))
    assert (folder / "dataset.jsonl").read_text() == "earlier"
    assert len(list(folder.iterdir())) == 1


def test_places_that_must_not_be_overwritten_are_refused(project: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to(project)
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    before = project.read_bytes()
    places = [project, link, pipe, tmp_path, tmp_path / "none" / "a.jsonl", tmp_path / "b.annot"]
    with Project.open(project, write=False) as opened:
        for place in places:
            with pytest.raises(Refused) as refusal:
                ended(export_project(opened, place))
            assert refusal.value.do
    assert project.read_bytes() == before
    assert link.is_symlink()


def test_the_file_has_the_rights_of_any_new_file(project: Path, tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    exported(project, tmp_path / "dataset.jsonl")
    assert (tmp_path / "dataset.jsonl").stat().st_mode == ordinary.stat().st_mode


def test_a_source_brings_those_that_it_repeats(project: Path, tmp_path: Path) -> None:
    with making.opened(project) as opened, opened.change("link") as change:
        agency = Source(SourceId(new_id()), title="Agency")
        wire = Source(SourceId(new_id()), title="Wire", derived_from=agency.id)
        page = Source(SourceId(new_id()), title="Page", derived_from=wire.id)
        claim = opened.all(Claim)[0]
        for one in (agency, wire, page):
            change.put(one)
        change.put(Evidence(EvidenceId(new_id()), claim.id, page.id, making.ADA.id, "supports"))
    exported(project, tmp_path / "dataset.jsonl")
    named = [{source["title"] for source in line["sources"]} for line in lines(tmp_path / "dataset.jsonl")]
    assert sorted(named, key=len) == [set(), set(), {"Agency", "Wire", "Page"}]


def test_a_link_between_articles_stands_where_both_ends_are_known(project: Path, tmp_path: Path) -> None:
    with making.opened(project) as opened, opened.change("link") as change:
        first, _second, third = opened.all(Claim)
        change.put(Link(LinkId(new_id()), "contradicts", third.id, first.id, making.ADA.id))
    report = exported(project, tmp_path / "dataset.jsonl")
    assert report.losses == ()
    assert [len(line["links"]) for line in lines(tmp_path / "dataset.jsonl")] == [0, 0, 1]
    second = making.new_project(tmp_path, "second")
    with making.opened(second) as opened:
        assert ended(import_files(opened, [tmp_path / "dataset.jsonl"])).sound
        assert opened.count(Link) == 1


def test_a_reply_to_what_was_deleted_and_a_source_that_repeats_it_stand_by_themselves(
    project: Path, tmp_path: Path
) -> None:
    with making.opened(project) as opened:
        claim = opened.all(Claim)[0]
        asked = Comment(CommentId(new_id()), claim.id, making.ADA.id, "Where?")
        answer = Comment(CommentId(new_id()), claim.id, making.ADA.id, "There.", asked.id)
        wire = Source(SourceId(new_id()), title="Wire")
        page = Source(SourceId(new_id()), title="Page", derived_from=wire.id)
        with opened.change("all") as change:
            evidence = Evidence(EvidenceId(new_id()), claim.id, page.id, making.ADA.id, "supports")
            put_all(change, (), (asked, answer, wire, page, evidence))
        with opened.change("remove") as change:
            change.delete(asked)
            change.delete(wire)
    report = exported(project, tmp_path / "dataset.jsonl")
    assert report.losses == ("2 replies or repeating sources name ones that were deleted; the names are left out.",)
    second = making.new_project(tmp_path, "second")
    with making.opened(second) as opened:
        assert ended(import_files(opened, [tmp_path / "dataset.jsonl"])).sound
    exported(second, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "dataset.jsonl").read_bytes()


def test_who_made_nothing_is_left_out_and_said(project: Path, tmp_path: Path) -> None:
    people = [replace(making.BO, id=new_id(), name=name) for name in ("Idle", "Reviewer", "Commenter", "Linker")]
    _idle, reviewer, commenter, linker = people
    with making.opened(project) as opened:
        first, second, _third = opened.all(Claim)
        with opened.change("all") as change:
            put_all(change, (), people)
            change.put(Review(ReviewId(new_id()), opened.all(Mention)[0].id, reviewer.id, "accept"))
            change.put(Comment(CommentId(new_id()), first.id, commenter.id, "Well."))
            change.put(Link(LinkId(new_id()), "same", first.id, second.id, linker.id))
    report = exported(project, tmp_path / "dataset.jsonl")
    assert report.losses == ("1 annotator who made nothing is left out.",)
    named = {one["name"] for line in lines(tmp_path / "dataset.jsonl") for one in line["annotators"]}
    assert named == {"Ada", "Reviewer", "Commenter", "Linker"}


def test_what_no_line_holds_is_said(project: Path, tmp_path: Path) -> None:
    with making.opened(project) as opened, opened.change("more") as change:
        loose = making.claim("Nobody said this.")
        change.put(loose)
        change.put(Speaker(SpeakerId(new_id()), "Nobody"))
        change.put(Source(SourceId(new_id())))
        change.put(Comment(CommentId(new_id()), loose.id, making.ADA.id, "Where is it said?"))
        mention = opened.all(Mention)[0]
        change.put(replace(mention, within=MentionId(new_id())))
    with Project.open(project, write=False) as opened:
        assert len(losses(opened)) == 3
    report = exported(project, tmp_path / "dataset.jsonl")
    assert len(report.losses) == 5
    assert all(line["mentions"][0]["within"] == "" for line in lines(tmp_path / "dataset.jsonl"))
