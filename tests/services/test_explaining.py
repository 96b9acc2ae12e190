"""A status has a reason and a date; both complete the assessment that one key made."""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.records import Article, Assessment
from annotator.services import annotating
from annotator.store.check import check
from tests import making


@pytest.mark.parametrize(
    ("typed", "moment", "precision"),
    [
        ("2022", "2022-01-01T00:00:00.000000Z", "year"),
        (" 2022-01 ", "2022-01-01T00:00:00.000000Z", "month"),
        ("2022-01-10", "2022-01-10T00:00:00.000000Z", "day"),
        ("2022-01-10T15:00:00+00:00", "2022-01-10T15:00:00.000000Z", "instant"),
        ("", "", ""),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_was_typed(tmp_path: Path, typed: str, moment: str, precision: str) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        marked = annotating.mark(project, version.id, [(4, 9)], status="disputed")
        (assessment,) = project.all(Assessment)
        annotating.explain_assessment(project, assessment.id, since=typed)
        annotating.explain_assessment(project, assessment.id, reason=" He withdrew it. ")
        (explained,) = project.all(Assessment)
        assert (explained.valid_from, explained.valid_from_precision) == (moment, precision)
        assert (explained.id, explained.reason, explained.status) == (assessment.id, "He withdrew it.", "disputed")
        assert annotating.current_assessment(project, marked.claim_id) == explained
        assert check(project).sound
        project.undo()
        if typed:  # it had no date before
            project.undo()
        assert project.all(Assessment) == [assessment]


@pytest.mark.parametrize("typed", ["yesterday", "2022-13", "10.1.2022", "2022-01-10 25:00", "0000"])
def test_what_is_no_date_is_refused_and_nothing_changes(tmp_path: Path, typed: str) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        annotating.mark(project, version.id, [(4, 9)], status="disputed")
        (assessment,) = project.all(Assessment)
        with pytest.raises(Refused, match="no date"):
            annotating.explain_assessment(project, assessment.id, since=typed)
        assert project.all(Assessment) == [assessment]


@pytest.fixture
def far_east() -> Iterator[None]:
    """A machine where the day begins before it does where days are counted."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "East-14"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_a_status_is_not_said_to_begin_later(tmp_path: Path, far_east: None) -> None:
    del far_east
    with making.opened(making.new_project(tmp_path)) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        annotating.mark(project, version.id, [(4, 9)], status="disputed")
        (assessment,) = project.all(Assessment)
        tomorrow = (datetime.now().astimezone() + timedelta(days=1)).date().isoformat()
        for typed in ("2262", "2262-01-12", tomorrow, f"{tomorrow} 15:00"):
            with pytest.raises(Refused, match="still to come"):
                annotating.explain_assessment(project, assessment.id, since=typed)
        assert project.all(Assessment) == [assessment]


@pytest.mark.parametrize("digits", [4, 7, 10])
def test_the_day_that_has_begun_here_is_no_later_one(tmp_path: Path, far_east: None, digits: int) -> None:
    del far_east
    with making.opened(making.new_project(tmp_path)) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        marked = annotating.mark(project, version.id, [(4, 9)], status="disputed")
        (assessment,) = project.all(Assessment)
        today = datetime.now().astimezone().date().isoformat()[:digits]
        annotating.explain_assessment(project, assessment.id, since=today)
        held = annotating.current_assessment(project, marked.claim_id)
        assert held is not None
        assert held.status == "disputed"
        assert held.valid_from


def test_a_mark_in_tomorrows_paper_has_its_status_now(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        article = project.get(Article, version.article_id)
        with project.change("import") as change:
            change.put(replace(article, published="2262-01-12T00:00:00.000000Z", published_precision="day"))
        marked = annotating.mark(project, version.id, [(4, 9)], status="disputed")
        held = annotating.current_assessment(project, marked.claim_id)
        assert held is not None
        assert (held.status, held.valid_from_precision) == ("disputed", "instant")
