"""What views are given: of very many mentions the first at once, and all that follows by number."""

import random
from collections.abc import Generator
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.model.ids import MentionId, VersionId, new_id
from annotator.model.records import Assessment, Mention
from annotator.model.span import span_of
from annotator.services import viewing
from annotator.services.viewing import Later
from annotator.store import listing
from annotator.store.project import Project
from tests import making

TEXT = "Nobody said that. " * 40


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    with making.opened(making.new_project(tmp_path)) as one:
        yield one


def many(project: Project) -> VersionId:
    """Mark sixty places in any order, several of them at one place, some assessed again, by others or not at all."""
    draw = random.Random(7)  # noqa: S311 - no secret is made of it
    with project.change("many") as change:
        change.put(making.BO)
        version = making.put_article(change, TEXT)
        for number in range(60):
            claim = making.claim(f"claim {number}")
            start = draw.randrange(0, 600, 10)
            spans = (span_of(TEXT, start, start + draw.randint(1, 90)),)
            change.put(claim)
            change.put(
                Mention(MentionId(new_id()), claim.id, version.article_id, version.text_sha256, making.ADA.id, spans)
            )
            given = making.assessment(claim, draw.choice(["alleged", "disputed"]))
            if number % 5:
                change.put(given)
            if number % 3 == 0:
                change.put(making.assessment(claim, "confirmed", by=making.BO))
            if number % 4 == 0:
                change.put(_again(given, "confirmed", valid_from="2024-06-01T00:00:00Z"))
            if number % 7 == 0:
                change.put(_again(given, "disputed", valid_from="2999-01-01T00:00:00Z"))
            if number % 8 == 0:
                change.put(replace(_again(given, "disputed"), layer="adjudicated"))
    return version.id


def _again(before: Assessment, status: str, *, valid_from: str = "") -> Assessment:
    again = replace(before, id=making.assessment(making.claim()).id, status=status)
    return replace(again, valid_from=valid_from) if valid_from else again


def test_the_outline_tells_of_each_mention_what_its_row_will(project: Project) -> None:
    version_id = many(project)
    outline = listing.outline_of_version(project, version_id)
    rows = viewing.claim_rows(project, version_id)
    assert len(outline) == len(rows) == listing.count_of_version(project, version_id)
    assert [start for _, start, _ in outline] == [row.spans[0][0] for row in rows]
    for number, start, status in outline:
        (row,) = viewing.numbered_rows(project, [number])
        assert (row.spans[0][0], row.status) == (start, status)
    assert {row.status for row in rows} == {"", "alleged", "disputed", "confirmed"}


def test_a_page_in_parts_is_the_whole_page_in_its_order(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    version_id = many(project)
    monkeypatch.setattr(viewing, "FEW", 10)
    monkeypatch.setattr(viewing, "FIRST", (6, 60))
    whole = viewing.article_page(project, version_id)
    page = viewing.article_page(project, version_id, whole=False)
    assert whole.later == Later()
    assert whole.rows[: len(page.rows)] == page.rows
    assert len(page.rows) < 20
    assert [row.spans[0][0] for row in page.rows][-1] >= 50
    rows, later = list(page.rows), page.later
    while later.numbers:
        part, later = later.cut(7)
        rows += viewing.numbered_rows(project, part.numbers)
    assert tuple(rows) == whole.rows


def test_few_mentions_come_with_their_page(project: Project) -> None:
    version_id = many(project)
    assert viewing.article_page(project, version_id, whole=False) == viewing.article_page(project, version_id)


def test_a_part_never_ends_among_mentions_that_begin_at_one_place() -> None:
    later = Later((1, 2, 3, 4), (0, 5, 5, 9), ("a", "b", "c", "d"))
    assert later.cut(2) == (Later((1, 2, 3), (0, 5, 5), ("a", "b", "c")), Later((4,), (9,), ("d",)))
    assert later.cut(1)[0].numbers == (1,)
    assert later.cut(0) == (Later(), later)
    assert later.cut(9) == (later, Later())


def test_mentions_that_are_gone_are_left_out(project: Project) -> None:
    version_id = many(project)
    numbers = [number for number, _, _ in listing.outline_of_version(project, version_id)]
    (gone,) = viewing.numbered_rows(project, numbers[:1])
    with project.change("remove") as change:
        change.delete(project.get(Mention, gone.mention_id))
    assert len(viewing.numbered_rows(project, numbers)) == len(numbers) - 1
