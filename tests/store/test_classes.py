"""What `same` links make one in a project file: classes, versions together, and one row in the list."""

from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.ids import LinkId, new_id
from annotator.model.records import Article, Link, TextVersion
from annotator.store.classes import classes_of, rows_since, shown_rows, versions_together
from annotator.store.project import Project
from tests.making import ADA, new_project, opened, put_article, put_mark

OTHER = "Another text.\n"


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    with opened(new_project(tmp_path)) as made:
        yield made


def put(project: Project, *texts: str) -> list[TextVersion]:
    with project.change("import") as change:
        return [put_article(change, *([text] if text else [])) for text in texts]


def join(project: Project, *pairs: tuple[str, str], kind: str = "same") -> list[Link]:
    assert kind in {"same", "contradicts"}
    links = [Link(LinkId(new_id()), "same" if kind == "same" else "contradicts", a, b, ADA.id) for a, b in pairs]
    with project.change("link") as change:
        for link in links:
            change.put(link)
    return links


def shown(project: Project) -> list[tuple[str, tuple[str, ...]]]:
    return [(row.version.id, row.also) for row in shown_rows(project)]


def test_what_arrived_follows_the_rows_that_are_known(project: Project) -> None:
    assert rows_since(project, []) is None
    put(project, "", OTHER)
    before = shown_rows(project)
    assert rows_since(project, before) == []
    put(project, "A third text.\n", "A fourth text.\n")
    later = rows_since(project, before)
    assert later is not None
    assert [*before, *later] == shown_rows(project)


def test_all_rows_are_to_be_read_where_more_is_other_than_what_follows(project: Project) -> None:
    first, second = put(project, "", OTHER)
    before = shown_rows(project)
    with project.change("remove") as change:
        change.delete(first)
    after = shown_rows(project)
    assert rows_since(project, before) is None
    project.undo()
    assert rows_since(project, after) is None
    (link,) = join(project, (first.article_id, second.article_id))
    assert rows_since(project, before) is None
    with project.change("unlink") as change:
        change.delete(link)
    assert rows_since(project, shown_rows(project)) == []
    alike = put(project, "", "")
    (link,) = join(project, (alike[0].article_id, alike[1].article_id))
    together = shown_rows(project)
    with project.change("unlink") as change:
        change.delete(link)
    assert rows_since(project, together) is None


def test_articles_of_one_class_and_one_text_are_one_row_and_two_again_without_the_link(project: Project) -> None:
    first, second, third = put(project, "", "", OTHER)
    apart = [(first.id, ()), (second.id, ()), (third.id, ())]
    assert shown(project) == apart
    assert versions_together(project, second.id) == (second.id,)
    (link, _) = join(project, (second.article_id, first.article_id), (third.article_id, first.article_id))
    assert set(classes_of(project, "article").values()) == {first.article_id}
    assert shown(project) == [(first.id, (second.id,)), (third.id, ())]
    assert versions_together(project, first.id) == (first.id, second.id)
    assert versions_together(project, second.id) == (second.id, first.id)
    assert versions_together(project, third.id) == (third.id,)
    with project.change("apart") as change:
        change.delete(link)
    assert shown(project) == apart
    project.undo()
    assert shown(project) == [(first.id, (second.id,)), (third.id, ())]
    assert project.count(Article) == 3


def test_other_links_and_other_texts_join_nothing(project: Project) -> None:
    first, second, third = put(project, "", "", OTHER)
    join(project, (first.article_id, second.article_id), kind="contradicts")
    join(project, (second.article_id, third.article_id))
    assert [row.also for row in shown_rows(project)] == [(), (), ()]
    assert versions_together(project, first.id) == (first.id,)


def test_what_is_gone_joins_nothing(project: Project) -> None:
    first, second = put(project, "", "")
    join(project, (first.article_id, second.article_id))
    with project.change("delete") as change:
        change.delete(second)
        change.delete(project.get(Article, second.article_id))
    assert shown(project) == [(first.id, ())]
    assert versions_together(project, first.id) == (first.id,)
    assert versions_together(project, second.id) == ()
    assert classes_of(project, "article") == {}


def test_claims_of_a_row_are_counted_over_all_its_versions(project: Project) -> None:
    first, second = put(project, "", "")
    join(project, (first.article_id, second.article_id))
    with project.change("claim") as change:
        put_mark(change, first)
        put_mark(change, second, 20, 29)
    (row,) = shown_rows(project)
    assert project.status_counts_of(row.version.id, *row.also) == {"disputed": 2}
    assert project.status_counts_of(row.version.id) == {"disputed": 1}


@settings(max_examples=25, deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6))
def test_walking_from_one_article_finds_its_class(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("classes")
    with opened(new_project(folder)) as project:
        versions = put(project, *[""] * 6)
        join(project, *((versions[a].article_id, versions[b].article_id) for a, b in pairs if a != b))
        speaks = classes_of(project, "article")
        for one in versions:
            mine = speaks.get(one.article_id, one.article_id)
            wanted = {each.id for each in versions if speaks.get(each.article_id, each.article_id) == mine}
            assert set(versions_together(project, one.id)) == wanted
            assert versions_together(project, one.id)[0] == one.id
