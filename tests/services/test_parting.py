"""Articles that are linked as one are shown apart again by anybody; a link that somebody made by hand is theirs."""

from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.errors import Refused
from annotator.model.ids import LinkId, new_id
from annotator.model.records import Link, TextVersion, same_link_id
from annotator.services.parting import part_articles
from annotator.store.classes import shown_rows
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied, merge_into, sound


class Two(NamedTuple):
    ada: Project
    bo: Project
    first: TextVersion
    second: TextVersion


@pytest.fixture
def two(tmp_path: Path) -> Generator[Two]:
    """Ada's project with one text in two articles, and Bo's copy of it."""
    path = making.new_project(tmp_path, "ada")
    with making.opened(path) as project, project.change("import") as change:
        change.put(making.BO)
        first, second = making.put_article(change), making.put_article(change)
    with making.opened(path) as ada, making.opened(copied(path, "bo"), making.BO) as bo:
        yield Two(ada, bo, first, second)


def link(two: Two, link_id: LinkId) -> None:
    """Let Bo link the two, and Ada hear of it."""
    a, b = sorted((two.first.article_id, two.second.article_id))
    with two.bo.change("merge.same") as change:
        change.put(Link(link_id, "same", a, b, making.BO.id))
    merge_into(two.ada, two.bo)
    assert len(shown_rows(two.ada)) == 1


def test_what_a_merge_linked_anybody_parts_and_every_file_follows(two: Two) -> None:
    link(two, same_link_id(two.first.article_id, two.second.article_id))
    assert part_articles(two.ada, two.first.id) == 1
    assert len(shown_rows(two.ada)) == 2
    tally = merge_into(two.bo, two.ada)
    assert not tally.kept_out
    assert len(shown_rows(two.bo)) == 2
    for project in two[:2]:
        sound(project)
    two.ada.undo()
    merge_into(two.bo, two.ada)
    assert len(shown_rows(two.bo)) == 1


def test_a_link_that_somebody_made_by_hand_is_theirs(two: Two) -> None:
    link(two, LinkId(new_id()))
    with pytest.raises(Refused, match="belongs to another"):
        part_articles(two.ada, two.first.id)
    assert part_articles(two.bo, two.first.id) == 1
    assert not merge_into(two.ada, two.bo).kept_out
    assert len(shown_rows(two.ada)) == 2
    with pytest.raises(Refused, match="no other one"):
        part_articles(two.ada, two.second.id)
