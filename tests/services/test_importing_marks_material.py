"""Marks of real people from public collections, where they are on this machine."""

import re
from html import unescape
from pathlib import Path
from statistics import mean

import pytest

from annotator.formats import webanno_tsv
from annotator.model.records import Annotator, Article, Mention
from annotator.services.agreement import AgreementFigure, agreement
from annotator.store.project import Project
from tests.conftest import MATERIAL
from tests.formats.making_marks import all_fit, read
from tests.services.test_importing import fingerprint, run
from tests.services.test_importing import project as project  # noqa: PLC0414 - a fixture

POLNEAR = MATERIAL / "polnear" / "multi-annotator"
WEBANNO = MATERIAL / "interop" / "webanno-tsv"
CURATION = MATERIAL / "interop" / "curation"
BRAT = MATERIAL / "interop" / "brat"


def files_of(folder: Path, kind: str) -> list[Path]:
    if not folder.is_dir():
        pytest.skip(f"the collection is not on this machine: ../shared/material/{folder.relative_to(MATERIAL)}")
    return sorted(folder.rglob(kind))


def figures_of(path: Path) -> list[AgreementFigure]:
    with Project.open(path, write=False) as opened:
        return agreement(opened)


def test_six_people_in_four_articles_agree_as_counted_by_hand(project: Path) -> None:
    files = files_of(POLNEAR / "attributions", "*.ann")
    report = run(project, *files, annotator_from="{name}_{annotator}.ann")
    assert [row.outcome for row in report.rows] == ["taken"] * 24
    with Project.open(project, write=False) as opened:
        assert opened.count(Article) == 4
        assert opened.count(Mention) == 322
        assert opened.count(Annotator) == 7
    figures = figures_of(project)
    pairs = [one for one in figures if len(one.pair) == 2]
    exact = [one.value for one in pairs if one.measure == "span_f1_exact" and one.scope == "all"]
    # Pooled over the articles; their mean over pairs and articles is 0.698, so about the 0.68 that is known of them.
    assert mean(value for value in exact if value is not None) == pytest.approx(0.6665, abs=0.0001)
    words = [one.value for one in figures if one.measure == "alpha_token" and len(one.pair) == 6 and one.scope == "all"]
    assert words == [pytest.approx(0.8578, abs=0.0001)]
    before = fingerprint(project)
    run(project, *files, annotator_from="{name}_{annotator}.ann")
    assert fingerprint(project) == before


def test_every_file_of_the_brat_collection_comes_in(project: Path) -> None:
    report = run(project, *files_of(BRAT, "*.ann"), dry_run=True)
    assert {row.outcome for row in report.rows} == {"taken"}


def test_webanno_texts_and_marks_are_those_of_the_same_documents_as_xmi() -> None:
    compared = 0
    for path in files_of(WEBANNO, "reference.tsv"):
        bundle, faults = read(webanno_tsv.READER, path)
        assert faults == []
        assert all_fit(bundle)
        xmi = path.with_suffix(".xmi")
        found = re.search(r'sofaString="([^"]*)"', xmi.read_text(encoding="utf-8")) if xmi.is_file() else None
        if found:
            # White space behind the last sentence is in no row.
            assert bundle.text == unescape(found[1]).rstrip(), path
            compared += 1
    assert compared > 30


@pytest.mark.parametrize(
    ("case", "exact"),
    [
        ("multipleStackedAnnotationsAreNotMergedTest", 0.8),
        ("relationLabelTest", 1.0),
        ("simpleRelGovStackedTest", 1.0),
        ("simpleRelTypeDiffTest", 1.0),
        ("simpleSpanDiffMultiFeatureTest", 1.0),
        ("simpleSpanDiffWithLabelStacking2Test", 1.0),
        ("simpleSpanDiffWithLabelTest", 1.0),
        ("simpleSpanNoDiffNoLabelTest", 1.0),
    ],
)
def test_two_users_mark_the_same_places(project: Path, case: str, exact: float) -> None:
    files = [one for one in files_of(CURATION / case, "*.tsv") if one.stem != "curator"]
    report = run(project, *files, annotator_from="{name}/{annotator}.tsv")
    assert [row.outcome for row in report.rows] == ["taken", "taken"]
    (found,) = (one for one in figures_of(project) if one.measure == "span_f1_exact" and one.scope == "all")
    assert found.value == pytest.approx(exact)
