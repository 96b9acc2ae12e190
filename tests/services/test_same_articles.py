"""One article brought in by two: one page with the marks of both, one text to compare, two lines in a dataset."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.model.ids import AnnotatorId, LinkId, new_id
from annotator.model.records import Annotator, Link, Mention, TextVersion
from annotator.services import viewing
from annotator.services.agreement import ALL, agreement
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.services.viewing import ArticlePage, ClaimRow
from annotator.store import listing
from annotator.store.project import Project
from tests.making import ADA, BO, TEXT, assessment, claim, mention, new_project, opened, put_article
from tests.store.merging.desks import finished


class Pair:
    """A project with an article twice, in which Ada marks the first and Bo the second."""

    def __init__(self, project: Project) -> None:
        self.project = project
        with project.change("import") as change:
            change.put(BO)
            self.first, self.second = put_article(change), put_article(change)

    def mark(self, start: int, end: int, *, by: Annotator, status: str = "disputed", there: bool = False) -> Mention:
        said = claim()
        made = mention(said, self.second if there else self.first, start, end, by=by)
        self.project.work_as(by.id)
        with self.project.change("claim") as change:
            change.put(said)
            change.put(made)
            change.put(assessment(said, status, by=by))
        return made

    def join(self, a: str = "", b: str = "") -> Link:
        self.project.work_as(ADA.id)
        link = Link(LinkId(new_id()), "same", a or self.first.article_id, b or self.second.article_id, ADA.id)
        with self.project.change("link") as change:
            change.put(link)
        return link

    def page(self, version: TextVersion, *, whole: bool = True) -> ArticlePage:
        return viewing.article_page(self.project, version.id, whole=whole)


@pytest.fixture
def pair(tmp_path: Path) -> Generator[Pair]:
    with opened(new_project(tmp_path)) as project:
        yield Pair(project)


def marks(rows: tuple[ClaimRow, ...]) -> list[str]:
    return [row.mention_id for row in rows]


def test_either_page_shows_the_marks_of_both_until_the_link_goes(pair: Pair) -> None:
    ada, bo = pair.mark(4, 9, by=ADA), pair.mark(0, 3, by=BO, there=True)
    assert marks(pair.page(pair.first).rows) == [ada.id]
    link = pair.join()
    for shown, other in ((pair.first, pair.second), (pair.second, pair.first)):
        page = pair.page(shown)
        assert page.version.id == shown.id
        assert page.versions == (shown.id, other.id)
        assert marks(page.rows) == [bo.id, ada.id]
    assert pair.project.get(Mention, bo.id).article_id == pair.second.article_id
    with pair.project.change("apart") as change:
        change.delete(link)
    assert marks(pair.page(pair.first).rows) == [ada.id]
    assert marks(pair.page(pair.second).rows) == [bo.id]


def test_a_page_of_both_is_read_in_parts_in_its_order(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    for start in range(0, 40, 2):
        pair.mark(start, start + 5, by=ADA)
        pair.mark(start, start + 7, by=BO, there=True)
    pair.join()
    monkeypatch.setattr(viewing, "FEW", 10)
    monkeypatch.setattr(viewing, "FIRST", (6, 10))
    whole, page = pair.page(pair.second), pair.page(pair.second, whole=False)
    assert listing.count_of_version(pair.project, *page.versions) == len(whole.rows) == 40
    rows, later = list(page.rows), page.later
    assert later.numbers
    while later.numbers:
        part, later = later.cut(7)
        rows += viewing.numbered_rows(pair.project, part.numbers)
    assert tuple(rows) == whole.rows


def test_how_many_queries_a_page_takes_does_not_depend_on_its_marks(pair: Pair) -> None:
    def queries() -> int:
        asked: list[str] = []
        pair.project.connection.set_trace_callback(asked.append)
        pair.page(pair.first)
        pair.project.connection.set_trace_callback(None)
        return len(asked)

    pair.mark(0, 3, by=ADA)
    alone = queries()
    pair.join()
    pair.mark(4, 9, by=BO, there=True)
    together = queries()
    for start in range(20):
        pair.mark(start, start + 3, by=BO, there=True)
    assert queries() == together == alone + 1  # the number of the other version


def test_one_text_of_one_article_is_compared_as_one(pair: Pair) -> None:
    pair.mark(4, 9, by=ADA)
    pair.mark(4, 9, by=BO, there=True)
    assert agreed(pair) == {("Ada", "Bo"): None}
    pair.join()
    assert agreed(pair) == {("Ada", "Bo"): 1.0}
    scopes = {one.scope for one in agreement(pair.project)}
    assert scopes == {ALL, pair.first.article_id}


def test_who_is_linked_same_is_one_person_in_agreement(pair: Pair) -> None:
    twin = replace(ADA, id=AnnotatorId(new_id()), name="Ada at home")
    with pair.project.change("annotator.new") as change:
        change.put(twin)
    pair.mark(4, 9, by=twin)
    pair.mark(4, 9, by=BO)
    pair.mark(0, 3, by=ADA)
    assert set(agreed(pair)) >= {("Ada", "Ada at home"), ("Bo", "Ada at home")}
    pair.join(ADA.id, twin.id)
    assert agreed(pair) == {("Ada", "Bo"): pytest.approx(2 / 3)}


def agreed(pair: Pair) -> dict[tuple[str, ...], float | None]:
    found = agreement(pair.project)
    return {one.pair: one.value for one in found if (one.measure, one.scope) == ("span_f1_exact", ALL)}


def test_a_dataset_keeps_a_line_for_each_and_the_round_trip_loses_nothing(pair: Pair, tmp_path: Path) -> None:
    pair.mark(4, 9, by=ADA)
    pair.mark(0, 3, by=BO, there=True)
    link = pair.join()
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    finished(export_project(pair.project, first))
    lines = [json.loads(line) for line in first.read_text(encoding="utf-8").splitlines()]
    assert [line["article_id"] for line in lines] == sorted([pair.first.article_id, pair.second.article_id])
    assert [len(line["mentions"]) for line in lines] == [1, 1]
    assert {line["text"] for line in lines} == {TEXT}
    assert link.id in {one["id"] for line in lines for one in line["links"]}
    with opened(new_project(tmp_path, "again")) as again:
        assert finished(import_files(again, [first])).sound
        finished(export_project(again, second))
        assert len(viewing.article_rows(again)) == len(viewing.article_rows(pair.project)) == 1
        page = viewing.article_page(again, viewing.article_rows(again)[0].version.id)
        assert marks(page.rows) == marks(pair.page(pair.first).rows)
    assert second.read_bytes() == first.read_bytes()
