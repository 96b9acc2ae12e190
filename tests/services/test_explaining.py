"""A status has a reason and a date; both complete the assessment that one key made."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Assessment
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
