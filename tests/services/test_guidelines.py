"""Guidelines keep every version, and each mark names the one it was made under."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Assessment, Guideline, Mention
from annotator.services import annotating, guidelines, merging, relating
from annotator.store.check import check
from tests import making
from tests.store.merging.desks import copied, finished


def test_each_mark_names_the_version_it_was_made_under(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        before = annotating.mark(project, version.id, [(0, 3)], status="disputed")
        guidelines.write(project, "# Rules\n\nMark what can be checked.")
        first = annotating.mark(project, version.id, [(4, 9)], status="disputed")
        guidelines.write(project, "# Rules\n\nMark only what can be checked.")
        second = annotating.mark(project, version.id, [(13, 18)], status="alleged")
        (again,) = relating.mark_again(project, second.mention_id, [(20, 23)])

        def under(mention_id: str) -> str:
            return project.get(Mention, mention_id).guideline_version

        assert [under(one.mention_id) for one in (before, first, second)] == ["", "1", "2"]
        assert under(again) == "2"
        assert {one.claim_id: one.guideline_version for one in project.all(Assessment)} == {
            before.claim_id: "",
            first.claim_id: "1",
            second.claim_id: "2",
        }
        annotating.assess(project, first.claim_id, "confirmed")  # a slip put right: it is made under what holds now
        assert annotating.current_assessment(project, first.claim_id) is not None
        assert [one.guideline_version for one in project.assessments_of([first.claim_id])] == ["2"]
        assert check(project).sound


def test_versions_are_kept_the_latest_first_and_nothing_is_written_twice(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        assert guidelines.versions(project) == []
        assert guidelines.version_now(project) == ""
        guidelines.write(project, "one")
        guidelines.write(project, "two")
        assert guidelines.write(project, "two") is None
        assert [(one.guideline.number, one.guideline.text, one.author) for one in guidelines.versions(project)] == [
            (2, "two", "Ada"),
            (1, "one", "Ada"),
        ]
        project.undo()
        assert guidelines.version_now(project) == "1"
        with pytest.raises(Refused, match="need words"):
            guidelines.write(project, " \n")


def test_two_who_wrote_at_once_keep_both_versions(tmp_path: Path) -> None:
    ours = making.new_project(tmp_path)
    theirs = copied(ours, "bo")
    with making.opened(theirs, making.BO) as project:
        guidelines.write(project, "Bo's")
    with making.opened(ours) as project, merging.colleagues_files(project, [theirs]) as found:
        guidelines.write(project, "Ada's")
        finished(merging.merge(project, found))
        assert {one.text for one in project.all(Guideline)} == {"Ada's", "Bo's"}
        assert guidelines.number_now(project) == 1
        guidelines.write(project, "Both of us")
        assert guidelines.versions(project)[0].guideline.number == 2
        assert check(project).sound
