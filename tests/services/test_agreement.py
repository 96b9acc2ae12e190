"""Agreement over a project: who is compared with whom, on which texts, and the same figures as by hand."""

import itertools
import math
from pathlib import Path

import krippendorff  # pyright: ignore[reportMissingTypeStubs]
import pytest
from msgspec.structs import replace

from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator, TextVersion
from annotator.services import annotating, blind
from annotator.services.agreement import ALL, AgreementFigure, agreement
from annotator.store.project import Project
from tests.making import ADA, BO, claim, mention, new_project, put_article

WORDS = "zero one two three four five six seven eight nine"
CY = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000c1"), "Cy")


@pytest.fixture
def project(tmp_path: Path) -> "Made":
    return Made(new_project(tmp_path))


class Made:
    """A project in which anybody marks words by their names."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.versions: list[TextVersion] = []
        with Project.open(path, write=True, who="Ada") as opened:
            opened.work_as(ADA.id)
            with opened.change("annotator.new") as change:
                change.put(BO)
                change.put(CY)
            for number in range(2):
                with opened.change("import") as change:
                    self.versions.append(put_article(change, f"{WORDS} {number}\n"))

    def mark(self, who: Annotator, first: str, last: str, status: str = "", text: int = 0) -> None:
        with Project.open(self.path, write=True, who=who.name) as opened:
            opened.work_as(who.id)
            start, end = WORDS.index(first), WORDS.index(last) + len(last)
            annotating.mark(opened, self.versions[text].id, [(start, end)], status=status or "alleged")

    def finish(self, who: Annotator, text: int) -> None:
        with Project.open(self.path, write=True, who=who.name) as opened:
            opened.work_as(who.id)
            blind.finish(opened, self.versions[text].id)

    def figures(self) -> list[AgreementFigure]:
        with Project.open(self.path, write=False) as opened:
            return agreement(opened)

    def value(self, measure: str, scope: str = ALL, pair: tuple[str, ...] = ("Ada", "Bo")) -> AgreementFigure:
        (found,) = (one for one in self.figures() if (one.measure, one.scope, one.pair) == (measure, scope, pair))
        return found


def test_places_are_compared_exactly_by_overlap_and_by_word(project: Made) -> None:
    project.mark(ADA, "zero", "one")
    project.mark(ADA, "four", "five")
    project.mark(BO, "zero", "one")
    project.mark(BO, "five", "six")
    project.mark(BO, "nine", "nine")
    exact = project.value("span_f1_exact")
    assert (exact.value, exact.n, exact.texts) == (pytest.approx(2 / 5), 5, 1)
    assert project.value("span_precision_exact").value == pytest.approx(1 / 3)
    assert project.value("span_recall_exact").value == pytest.approx(1 / 2)
    assert project.value("span_f1_overlap").value == pytest.approx(4 / 5)
    assert project.value("span_f1_token").value == pytest.approx(6 / 9)


def test_status_is_compared_on_marks_that_match(project: Made) -> None:
    for first, status, other in (
        ("zero", "alleged", "alleged"),
        ("two", "disputed", "confirmed"),
        ("four", "disputed", "disputed"),
    ):
        project.mark(ADA, first, first, status)
        project.mark(BO, first, first, other)
    kappa = project.value("status_kappa_exact")
    # Observed 2/3; by chance 1/9 + 2/9.
    assert kappa.value == pytest.approx((2 / 3 - 3 / 9) / (1 - 3 / 9))
    assert kappa.n == 3
    assert project.value("status_kappa_overlap").value == kappa.value


def test_what_is_undefined_says_why_and_has_no_value(project: Made) -> None:
    project.mark(ADA, "zero", "one")
    project.mark(BO, "four", "five")
    kappa = project.value("status_kappa_exact")
    assert kappa.value is None
    assert kappa.note
    assert kappa.n == 0
    assert project.value("span_f1_exact").value == 0


def test_a_text_counts_for_those_who_all_marked_it(project: Made) -> None:
    for number in range(2):
        project.mark(ADA, "zero", "one", text=number)
        project.mark(BO, "zero", "one", text=number)
    project.mark(CY, "zero", "one", text=1)
    assert project.value("span_f1_exact").texts == 2
    assert project.value("span_f1_exact", pair=("Ada", "Cy")).texts == 1
    everybody = ("Ada", "Bo", "Cy")
    assert project.value("u_alpha", pair=everybody).texts == 2, "who did not have a text is missing data"
    assert project.value("status_kappa_fleiss", pair=everybody).texts == 1, "Fleiss' kappa knows none"
    assert project.value("u_alpha", pair=everybody).value == pytest.approx(1)
    scopes = {one.scope for one in project.figures() if one.pair == ("Ada", "Bo")}
    assert scopes == {ALL, *(version.article_id for version in project.versions)}


def test_who_finished_a_text_and_marked_nothing_in_it_disagrees_with_those_who_did(project: Made) -> None:
    for who in (ADA, BO):
        project.mark(who, "zero", "one", text=0)
    project.mark(ADA, "zero", "one", text=1)
    assert project.value("span_f1_exact").value == 1, "nobody knows whether Bo read the second text"
    for who in (BO, CY):
        project.finish(who, text=1)
    found = project.value("span_f1_exact")
    assert (found.value, found.n, found.texts) == (pytest.approx(2 / 3), 3, 2)
    assert project.value("span_f1_exact", project.versions[1].article_id).value == 0
    assert project.value("alpha_token", project.versions[1].article_id).value == pytest.approx(1 - 21 * 2 / 40)
    assert {name for one in project.figures() for name in one.pair} == {"Ada", "Bo"}, "Cy is no annotator"


def test_two_who_worked_on_no_text_in_common_are_told_so(project: Made) -> None:
    project.mark(ADA, "zero", "one", text=0)
    project.mark(BO, "zero", "one", text=1)
    figures = project.figures()
    assert figures
    assert {(one.value, one.texts, one.note) for one in figures} == {(None, 0, "they worked on no text in common")}


def test_who_had_no_text_is_missing_data_in_the_alphas_of_all_together(project: Made) -> None:
    statuses = ["alleged", "disputed", "confirmed"]
    said = (
        {"zero": ("alleged", "alleged", ""), "two": ("disputed", "alleged", ""), "nine": ("alleged", "", "")},
        {"four": ("", "confirmed", "confirmed"), "six": ("", "alleged", "confirmed")},
    )
    for text, words in enumerate(said):
        for first, own in words.items():
            for who, status in zip((ADA, BO, CY), own, strict=True):
                if status:
                    project.mark(who, first, first, status, text=text)

    def alpha(rows: list[list[float]]) -> object:
        found: float = krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal")
        return pytest.approx(found)

    units = [own for words in said for own in words.values()]
    by_status = [[statuses.index(own[who]) if own[who] else math.nan for own in units] for who in range(3)]
    figures = {one.measure: one for one in project.figures() if len(one.pair) > 2 and one.scope == ALL}
    assert figures["alpha_nominal"].value == alpha(by_status)
    assert figures["alpha_nominal"].texts == 2
    had = ((0,), (0, 1), (1,))
    by_word = [
        [
            float(bool(said[text].get(word, ("", "", ""))[who])) if text in had[who] else math.nan
            for text in range(2)
            for word in (*WORDS.split(), str(text))
        ]
        for who in range(3)
    ]
    assert figures["alpha_token"].value == alpha(by_word)


def test_figures_over_all_articles_are_of_all_their_marks_and_have_an_interval(project: Made) -> None:
    project.mark(ADA, "zero", "one", text=0)
    project.mark(BO, "zero", "one", text=0)
    for first in ("zero", "two", "four"):
        project.mark(ADA, first, first, text=1)
    project.mark(BO, "six", "six", text=1)
    pooled = project.value("span_f1_exact")
    parts = [project.value("span_f1_exact", version.article_id).value for version in project.versions]
    assert parts == [1, 0]
    assert pooled.value == pytest.approx(2 / 6)
    assert (pooled.low, pooled.high) == (0, 1)
    assert project.figures() == project.figures()


def test_an_adjudicated_mark_and_a_single_annotator_count_for_nobody(project: Made) -> None:
    project.mark(ADA, "zero", "one")
    assert project.figures() == []
    with Project.open(project.path, write=True, who="Bo") as opened:
        opened.work_as(BO.id)
        with opened.change("adjudicate") as change:
            decided = claim()
            change.put(decided)
            own = mention(decided, project.versions[0], 0, 8, text=f"{WORDS} 0\n", by=BO)
            change.put(replace(own, layer="adjudicated"))
    assert project.figures() == []


def test_every_measure_is_reported_for_every_two(project: Made) -> None:
    for who in (ADA, BO, CY):
        project.mark(who, "zero", "one", "alleged")
        project.mark(who, "three", "four", "disputed")
    figures = [one for one in project.figures() if one.scope == ALL]
    for pair in itertools.combinations(("Ada", "Bo", "Cy"), 2):
        own = {one.measure: one for one in figures if one.pair == pair}
        assert {"span_f1_exact", "span_f1_overlap", "status_kappa_exact", "status_kappa_overlap"} <= own.keys()
        assert {"alpha_nominal", "u_alpha", "status_kappa_fleiss", "alpha_token", "u_alpha_status"} <= own.keys()
        assert all(one.value == pytest.approx(1) for one in own.values())
