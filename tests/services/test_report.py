"""The report of a whole project: everything that the dataset has, nothing confidential, stopped without a trace."""

import json
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotator.formats import jsonl, report
from annotator.model.ids import EvidenceId, SourceId, new_id
from annotator.model.records import Evidence, Source
from annotator.services import annotating, blind, commenting, linking, relating, sourcing
from annotator.services.exporting import ExportReport, export_project
from annotator.store.project import Project
from tests import making
from tests.formats.reading_reports import Report, attribute
from tests.services.test_round_trip import MEMORY, Desk, desks, ended, put_all


def exported(project: Project, path: Path, *, with_confidential: bool = False) -> tuple[Report, ExportReport]:
    told = ended(export_project(project, path, writer=report.WRITER, with_confidential=with_confidential))
    return Report(path.read_bytes()), told


@settings(max_examples=40)
@given(desks())
def test_a_report_holds_every_record_that_the_dataset_holds_once_in_its_article(desk: Desk) -> None:
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        path = making.new_project(folder)
        with making.opened(path) as project, project.change("all") as change:
            put_all(change, [text for _version, text in desk.versions], desk.records())
        with Project.open(path, write=False) as project:
            ended(export_project(project, folder / "all.jsonl", writer=jsonl.WRITER, with_confidential=True))
            page, told = exported(project, folder / "all.html", with_confidential=True)
        lines = [json.loads(line) for line in (folder / "all.jsonl").read_bytes().splitlines()]
    finally:
        shutil.rmtree(folder)
    assert told.lines == len(lines)
    assert len(set(page.ids)) == len(page.ids)
    assert set(page.jumps) <= set(page.ids)
    articles = page.elements(lambda node: node.name == "article")
    for line, article in zip(lines, articles, strict=True):
        ids = [attribute(node, "id") for node in page.elements(below=article)]
        held = [one for claim in line["claims"] for one in claim["assessments"]]
        proofs = [one for claim in line["claims"] for one in claim["evidence"]]
        kinds = zip("msrqe", (line["mentions"], held, line["reviews"], line["comments"], proofs), strict=True)
        for letter, records in kinds:
            there = sorted(one[2:38] for one in ids if one.startswith(f"{letter}-"))
            assert there == sorted(one["id"] for one in records), letter
        assert page.article_text(article) == line["text"]


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    """A claim with a source, and one with a source that is not to be named."""
    with making.opened(making.new_project(tmp_path)) as made:
        with made.change("import") as change:
            version = making.put_article(change)
        claim = annotating.mark(made, version.id, [(4, 9)], status="disputed").claim_id
        linking.link_new_source(made, claim, "https://city.example/letter", stance="refutes")
        nurse = Source(SourceId(new_id()), "https://nurse.example/", "The night nurse", confidential=True)
        with made.change("source.edit") as change:
            change.put(nurse)
            change.put(Evidence(EvidenceId(new_id()), claim, nurse.id, making.ADA.id, "supports", "she counted nine"))
        sourcing.note(made, nurse.id, "Ask nobody else")
        yield made


SECRETS = ("nurse.example", "The night nurse", "she counted nine", "Ask nobody else")


def test_what_is_confidential_is_named_only_where_it_is_asked_for(project: Project, tmp_path: Path) -> None:
    page, told = exported(project, tmp_path / "out.html")
    shown = page.text()
    assert [one for one in SECRETS if one in shown] == []
    assert "1 confidential source is not named here" in shown
    assert "confidential source" in page.text(page.of_class("proof")[-1])
    assert any("confidential" in one for one in told.losses)
    page, told = exported(project, tmp_path / "out.html", with_confidential=True)
    shown = page.text()
    assert [one for one in SECRETS if one not in shown] == []
    assert "1 confidential source is named in this report: it is not for passing on." in shown
    assert not any("confidential" in one for one in told.losses)


def test_the_first_thing_told_is_that_a_report_cannot_be_brought_in_again(project: Project, tmp_path: Path) -> None:
    _page, told = exported(project, tmp_path / "out.html")
    assert told.losses[0].startswith("A report is for reading")
    assert told.lines == 1
    assert told.size == (tmp_path / "out.html").stat().st_size


def test_a_report_that_is_stopped_leaves_the_earlier_one(project: Project, tmp_path: Path) -> None:
    with project.change("import") as change:
        for number in range(60):
            making.put_article(change, f"{number} is a number.\n")
    path = tmp_path / "out.html"
    path.write_text("the earlier one", encoding="utf-8")
    steps = export_project(project, path, writer=report.WRITER)
    first, second = next(steps), next(steps)  # while everything is looked through, then while it is written
    assert (first.done, first.total) == (50, 122)
    assert second.done == 100
    steps.close()
    assert path.read_text(encoding="utf-8") == "the earlier one"
    assert sorted(one.name for one in tmp_path.iterdir() if "out" in one.name) == ["out.html"]


def test_a_contradiction_is_told_in_the_article_that_comes_first_too(project: Project, tmp_path: Path) -> None:
    with project.change("import") as change:
        other = making.put_article(change, "Nothing is safe, said the mayor.\n")
    first = annotating.mark(project, other.id, [(0, 15)], status="alleged").claim_id
    second = project.all(Evidence)[0].claim_id
    relating.relate(project, first, second, "contradicts")
    page, _told = exported(project, tmp_path / "out.html")
    ties = [" ".join(page.text(one).split()) for one in page.of_class("tie")]
    assert [one.partition(":")[0] for one in ties] == [
        "Contradicts article 2, claim 1",
        "Contradicts article 1, claim 1",
    ]


def test_blind_work_sees_only_its_own_marks(project: Project, tmp_path: Path) -> None:
    version = project.version_rows()[0].version.id
    project.introduce(making.BO)
    project.work_as(making.BO.id)
    annotating.mark(project, version, [(13, 18)], status="alleged")
    commenting.add(project, version, "Bo alone says so.")
    project.work_as(making.ADA.id)
    assert "Bo alone" in exported(project, tmp_path / "out.html")[0].text()
    blind.set_blind(project, blind=True)
    project.draw_veil(blind.veil_of(project))
    page, _told = exported(project, tmp_path / "out.html")
    assert "Bo" not in page.text()
