"""What stands behind the figures adds up to them, and every mark of it is found."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.agreement.marks import Mark
from annotator.model.ids import ArticleId, MentionId, Sha256
from annotator.services import disagreeing
from annotator.services.agreement import ALL
from annotator.services.disagreeing import Comparison, Exclusions
from annotator.services.jobs import finished
from annotator.store.comparing import Compared, ComparedText
from annotator.store.project import Project
from tests.making import ADA, BO, new_project
from tests.services.test_agreement import CY, Made

WHO = (ADA.id, BO.id)
MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(0, 20).flatmap(lambda start: st.integers(1, 6).map(lambda size: ((start, start + size),))),
        st.sampled_from(("", "alleged", "disputed")),
    ),
    max_size=6,
)


@pytest.fixture
def project(tmp_path: Path) -> Made:
    return Made(new_project(tmp_path))


def compared(made: Made) -> Comparison:
    with Project.open(made.path, write=False) as opened:
        return finished(disagreeing.comparing(opened))


def test_what_is_behind_each_figure(project: Made) -> None:
    project.mark(ADA, "zero", "one", "alleged")
    project.mark(BO, "zero", "one", "disputed")
    project.mark(ADA, "four", "five")
    project.mark(BO, "five", "six")
    project.mark(BO, "nine", "nine")
    project.mark(CY, "eight", "eight", text=1)
    comparison = compared(project)
    assert WHO in comparison.pairs
    assert comparison.left_out == Exclusions(alone=1, alone_marks=1, unmarked=0, without_status=0)

    def kinds(behind: disagreeing.Behind) -> list[str]:
        return [one.kind for one in disagreeing.differences(comparison, WHO, behind)]

    assert kinds("places") == ["bounds", "only"]
    assert kinds("overlap") == ["only"]
    assert kinds("status_exact") == ["status"]
    assert kinds("everything") == ["status", "bounds", "only"]
    (only,) = disagreeing.differences(comparison, WHO, "overlap")
    assert only.first is None
    assert only.second is not None
    assert only.second.annotator_id == BO.id
    (article,) = disagreeing.articles_of(comparison, WHO)
    assert len(list(disagreeing.differences(comparison, WHO, "places", scope=article))) == 2
    assert disagreeing.confusion(comparison, WHO, exact=True) == {("alleged", "disputed"): 1}
    (cell,) = disagreeing.differences(comparison, WHO, "status_overlap", statuses=("alleged", "disputed"))
    assert cell.kind == "status"
    (agreed,) = disagreeing.differences(comparison, WHO, "status_overlap", statuses=("alleged", "alleged"))
    assert agreed.kind == "agree"


def test_what_is_missing_of_who_finished_a_text_is_behind_the_figure(project: Made) -> None:
    project.mark(BO, "zero", "one", text=0)
    project.mark(ADA, "four", "five", text=1)
    project.finish(BO, text=1)
    comparison = compared(project)
    assert comparison.left_out == Exclusions(alone=1, alone_marks=1, unmarked=0, without_status=0)
    (only,) = disagreeing.differences(comparison, WHO, "places")
    assert (only.kind, only.second) == ("only", None)
    assert only.first is not None
    assert only.first.annotator_id == ADA.id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MARKS, MARKS)
def test_differences_and_agreements_add_up_to_the_marks(first: list[Mark], second: list[Mark]) -> None:
    mentions = [
        Compared(MentionId(f"{who}{n}"), who, one.spans, one.status)
        for who, some in zip(WHO, (first, second), strict=True)
        for n, one in enumerate(some)
    ]
    text = ComparedText(ArticleId("a"), Sha256("00"), tuple(mentions))
    comparison = Comparison({}, {}, (text,), {}, {}, Exclusions(0, 0, 0, 0))
    found = list(disagreeing.differences(comparison, WHO, "overlap"))
    pairs = 0
    if first and second:
        lonely = Counter("first" if one.first else "second" for one in found)
        pairs = len(first) - lonely["first"]
        assert pairs == len(second) - lonely["second"]
    else:
        assert found == [], "of who marked nothing, nobody can say whether they read it"
    for exact in (True, False):
        behind: disagreeing.Behind = "status_exact" if exact else "status_overlap"
        counts = disagreeing.confusion(comparison, WHO, exact=exact)
        cells = {cell: len(list(disagreeing.differences(comparison, WHO, behind, statuses=cell))) for cell in counts}
        assert cells == counts
        differing = sum(n for (one, other), n in counts.items() if one != other)
        assert len(list(disagreeing.differences(comparison, WHO, behind))) == differing
        assert sum(counts.values()) <= max(pairs, len(first))


def test_every_figure_names_whose_it_is(project: Made) -> None:
    for who in (ADA, BO, CY):
        project.mark(who, "zero", "one")
    comparison = compared(project)
    assert comparison.pairs[0] == tuple(sorted((ADA.id, BO.id, CY.id)))
    assert len(comparison.pairs) == 4
    for who in comparison.pairs:
        figures = disagreeing.figures_of(comparison, who)
        assert figures
        assert {one.scope for one in figures} == {ALL}


def test_the_matrices_of_the_job_are_those_counted_from_the_texts(project: Made) -> None:
    for who, status in ((ADA, "alleged"), (BO, "disputed"), (CY, "alleged")):
        project.mark(who, "zero", "one", status)
        project.mark(who, "four", "five" if who is ADA else "six", "disputed" if who is CY else "alleged", text=1)
    comparison = compared(project)
    plain = msgspec.structs.replace(comparison, matrices=None)
    assert comparison.matrices
    for who in (*comparison.pairs, WHO[::-1]):
        for exact in (True, False):
            counted = disagreeing.confusion(plain, who, exact=exact)
            assert counted
            assert disagreeing.confusion(comparison, who, exact=exact) == counted
