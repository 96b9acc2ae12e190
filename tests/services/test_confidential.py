"""Confidential sources do not leave the project by accident: not in datasets, not in colleagues' copies."""

from collections.abc import Generator
from pathlib import Path

import msgspec
import pytest

from annotator.model.ids import SourceId, new_id
from annotator.model.records import Comment, Evidence, Source
from annotator.services import annotating, assigning, linking, merging, snapshots, sourcing
from annotator.services.exporting import ExportReport, export_project
from annotator.services.importing import import_files
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import finished

SECRETS = (
    "nurse.example",
    "The night nurse",
    "Ward Seven",
    "she counted nine",
    "third bed",
    "Ask nobody else",
    "p. 44",
)


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    """A claim with an open and a confidential source, the latter with everything that could name it."""
    with making.opened(making.new_project(tmp_path)) as made:
        with made.change("import") as change:
            version = making.put_article(change)
        claim = annotating.mark(made, version.id, [(4, 9)], status="disputed").claim_id
        linking.link_new_source(made, claim, "https://city.example/letter", stance="refutes")
        nurse = Source(
            SourceId(new_id()),
            url="https://nurse.example/",
            title="The night nurse",
            publisher="Ward Seven",
            medium="interview",
            confidential=True,
        )
        with made.change("source.edit") as change:
            change.put(nurse)
        evidence = linking.link_source(made, claim, nurse.id, stance="supports")
        linking.edit_evidence(made, evidence, quote="she counted nine", locator="p. 44", note="third bed")
        sourcing.note(made, nurse.id, "Ask nobody else")
        (tmp_path / "nurse.txt").write_text("she counted nine, the night nurse of Ward Seven")
        snapshots.attach(made, nurse.id, tmp_path / "nurse.txt")
        yield made


def nurse_of(project: Project) -> Source:
    return next(one for one in project.sources() if one.confidential)


def exported(project: Project, path: Path, *, with_confidential: bool = False) -> ExportReport:
    return finished(export_project(project, path, with_confidential=with_confidential))


def test_a_dataset_says_that_there_is_one_and_nothing_that_names_it(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    report = exported(project, out)
    line = out.read_text(encoding="utf-8")
    assert [word for word in SECRETS if word.lower() in line.lower()] == []
    document = msgspec.json.decode(line)
    (secret,) = [one for one in document["sources"] if one["confidential"]]
    assert (secret["title"], secret["medium"], secret["snapshot_sha256"]) == ("(confidential)", "interview", "")
    every = [one for claim in document["claims"] for one in claim["evidence"]]
    (evidence,) = [one for one in every if one["source_id"] == secret["id"]]
    assert (evidence["stance"], evidence["quote"]) == ("supports", "")
    assert any("1 confidential source" in one for one in report.losses)
    assert "city.example" in line


def test_who_asks_for_it_gets_the_whole_and_nothing_is_told_as_lost(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    report = exported(project, out, with_confidential=True)
    line = out.read_text(encoding="utf-8")
    assert [word for word in SECRETS if word not in line] == []
    assert not any("confidential" in one for one in report.losses)


def test_such_a_dataset_can_be_imported_and_comes_out_the_same(project: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    exported(project, first)
    with making.opened(making.new_project(tmp_path, "again")) as again:
        report = finished(import_files(again, [first]))
        assert report.sound
        exported(again, second)
        assert check(again).sound
    assert second.read_bytes() == first.read_bytes()


def test_a_link_to_an_open_source_would_name_it_too(project: Project, tmp_path: Path) -> None:
    other = next(one for one in project.sources() if not one.confidential)
    link = sourcing.join(project, nurse_of(project).id, other.id)
    exported(project, tmp_path / "out.jsonl")
    assert link not in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("blind", [True, False])
def test_a_colleagues_copy_withholds_it_and_loses_nothing_in_the_merge(
    project: Project, tmp_path: Path, *, blind: bool
) -> None:
    nurse, copy = nurse_of(project), tmp_path / "copy.annot"
    made = finished(assigning.assign(project, copy, to="Bo", blind=blind))
    assert made.withheld["source"] >= 1
    content = copy.read_bytes().lower()
    assert [word for word in SECRETS if word.lower().encode() in content] == []
    with making.opened(copy, making.BO) as theirs:
        theirs.introduce(making.BO)
        assert theirs.find(Source, nurse.id) is None
        assert check(theirs).sound
        version = theirs.version_rows()[0].version
        annotating.mark(theirs, version.id, [(13, 18)], status="alleged")
    with merging.colleagues_files(project, [copy]) as found:
        finished(merging.merge(project, found))
    assert nurse_of(project) == nurse
    assert len(project.all(Evidence)) == 2
    assert [one.text for one in project.all(Comment)] == ["Ask nobody else"]
    assert check(project).sound


def test_a_copy_holds_it_for_who_asks_and_for_whose_own_it_is(project: Project, tmp_path: Path) -> None:
    whole, own = tmp_path / "whole.annot", tmp_path / "own.annot"
    finished(assigning.assign(project, whole, to="Bo", with_confidential=True))
    with Project.open(whole, write=False) as theirs:
        assert nurse_of(theirs).title == "The night nurse"
    finished(assigning.assign(project, own, to="Ada"))
    with Project.open(own, write=False) as theirs:
        assert nurse_of(theirs).title == "The night nurse"
        assert len(theirs.all(Evidence)) == 2
