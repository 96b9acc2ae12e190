"""Merge cases of another program, two users and what its curator's strategy made of them, where they are here.

Matched: what all agree on here is what was merged there, by place and label. Its relations are none of ours.
"""

from pathlib import Path

import pytest

from annotator.model.records import Claim, Mention
from annotator.services import accepting, reviewing
from annotator.store.project import Project
from tests import making
from tests.services.test_importing import project as project  # noqa: PLC0414 - a fixture
from tests.services.test_importing import run
from tests.services.test_importing_marks_material import CURATION, files_of

Marked = list[tuple[int, int, str]]


def marked(project: Project, layer: str) -> Marked:
    return sorted(
        (span.start, span.end, project.get(Claim, one.claim_id).type)
        for one in project.all(Mention)
        if one.layer == layer
        for span in one.spans
    )


def merged(project: Path, case: str) -> tuple[Marked, Marked]:
    """Return what accepting all that is unanimous makes of the two users' marks, and what the curator's file has."""
    files = files_of(CURATION / case, "*.tsv")
    users = [one for one in files if one.stem != "curator"]
    run(project, *users, annotator_from="{name}/{annotator}.tsv")
    with making.opened(project) as opened:
        accepting.accept_unanimous(opened, reviewing.build(opened).items)
        ours = marked(opened, "adjudicated")
    expected = making.new_project(project.parent, "curated")
    run(expected, *(one for one in files if one not in users), annotator_from="{name}/{annotator}.tsv")
    with making.opened(expected) as opened:
        return ours, marked(opened, "annotation")


@pytest.mark.parametrize(
    "case",
    [
        "multipleStackedAnnotationsAreNotMergedTest",
        "simpleRelTypeDiffTest",
        "simpleSpanDiffMultiFeatureTest",
        "simpleSpanDiffWithLabelStacking2Test",
        "simpleSpanDiffWithLabelTest",
        "simpleSpanNoDiffNoLabelTest",
    ],
)
def test_what_all_agree_on_is_what_was_merged(project: Path, case: str) -> None:
    ours, expected = merged(project, case)
    assert ours == expected


def test_a_layer_that_was_not_curated_is_merged_here_as_well(project: Path) -> None:
    ours, expected = merged(project, "relationLabelTest")
    assert [one for one in ours if not one[2].startswith("Lemma")] == expected
    assert len(ours) == 2 * len(expected)  # both users have the same lemmas


def test_two_equal_marks_of_both_users_on_one_place_are_agreed_on_here_and_left_open_there(project: Path) -> None:
    ours, expected = merged(project, "simpleRelGovStackedTest")
    stacked = (12, 17, "Multivalspan: C / D")
    assert [one for one in ours if one != stacked] == expected
    assert ours.count(stacked) == 2
