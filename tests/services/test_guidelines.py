"""Guidelines keep every version, and each mark names the one it was made under."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.model.guideline_names import read, spelled
from annotator.model.ids import AnnotatorId, new_id
from annotator.model.records import Annotator, Assessment, Guideline, Mention
from annotator.services import annotating, guidelines, merging, relating
from annotator.store.check import check
from tests import making
from tests.store.merging.desks import copied, finished, merge_into


def test_each_mark_names_the_version_it_was_made_under(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        before = annotating.mark(project, version.id, [(0, 3)], status="disputed")
        guidelines.write(project, "# Rules\n\nMark what can be checked.")
        one = guidelines.version_now(project)
        first = annotating.mark(project, version.id, [(4, 9)], status="disputed")
        guidelines.write(project, "# Rules\n\nMark only what can be checked.")
        two = guidelines.version_now(project)
        assert (read(one)[0], read(two)[0]) == (1, 2)
        second = annotating.mark(project, version.id, [(13, 18)], status="alleged")
        (again,) = relating.mark_again(project, second.mention_id, [(20, 23)])

        def under(mention_id: str) -> str:
            return project.get(Mention, mention_id).guideline_version

        assert [under(one.mention_id) for one in (before, first, second)] == ["", one, two]
        assert under(again) == two
        assert {one.claim_id: one.guideline_version for one in project.all(Assessment)} == {
            before.claim_id: "",
            first.claim_id: one,
            second.claim_id: two,
        }
        annotating.assess(project, first.claim_id, "confirmed")  # a slip put right: it is made under what holds now
        assert annotating.current_assessment(project, first.claim_id) is not None
        assert [one.guideline_version for one in project.assessments_of([first.claim_id])] == [two]
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
        assert read(guidelines.version_now(project))[0] == 1
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


def test_after_a_merge_each_mark_still_names_the_version_of_its_own_file(tmp_path: Path) -> None:
    ours = making.new_project(tmp_path)
    with making.opened(ours) as project, project.change("import") as change:
        version = making.put_article(change)
        change.put(making.BO)
    theirs = copied(ours, "bo")
    marks: dict[str, annotating.Marked] = {}
    for path, person, place in ((theirs, making.BO, (4, 9)), (ours, making.ADA, (13, 18))):
        with making.opened(path, person) as project:
            guidelines.write(project, f"{person.name}'s")
            marks[person.name] = annotating.mark(project, version.id, [place], status="disputed")
    with making.opened(ours) as project, merging.colleagues_files(project, [theirs]) as found:
        finished(merging.merge(project, found))
        every = guidelines.versions(project)
        assert [(one.guideline.number, one.shared) for one in every] == [(1, True), (1, True)]
        told: dict[str, str] = {}
        for name, mark in marks.items():
            made = guidelines.made_under(project, project.get(Mention, mark.mention_id).guideline_version)
            told[name] = made.then.guideline.text if made and made.then else every[0].guideline.text
        assert told == {"Ada": "Ada's", "Bo": "Bo's"}
        # What earlier releases wrote, and other programs, says a number alone: then several are meant.
        plain = guidelines.made_under(project, "1")
        assert plain is not None
        assert (plain.then, plain.several) == (None, 2)
        strange = guidelines.made_under(project, "house rules")
        assert strange is not None
        assert (strange.then, strange.several) == (None, 0)
        assert check(project).sound


def test_a_number_alone_is_the_version_where_one_has_it(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        guidelines.write(project, "one")
        assert guidelines.made_under(project, "1") is None
        guidelines.write(project, "two")
        made = guidelines.made_under(project, "1")
        assert made is not None
        assert made.then is not None
        assert made.then.guideline.text == "one"
        assert guidelines.made_under(project, "2") is None
        assert guidelines.made_under(project, "") is not None


@settings(max_examples=15, deadline=None)
@given(
    wrote=st.lists(st.lists(st.sampled_from(["a", "b", "c"]), max_size=3), min_size=2, max_size=3),
    orders=st.lists(st.permutations(range(3)), min_size=2, max_size=2),
)
def test_whoever_merges_whom_first_everybody_has_the_same_rules(
    tmp_path_factory: pytest.TempPathFactory, wrote: list[list[str]], orders: list[list[int]]
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    first = making.new_project(folder)
    paths = [copied(first, f"person{number}") for number in range(len(wrote))]
    for path, texts in zip(paths, wrote, strict=True):
        with making.opened(path, Annotator(AnnotatorId(new_id()), path.stem)) as project:
            for text in texts:
                guidelines.write(project, f"{path.stem} {text}")
    found: list[tuple[object, ...]] = []
    said = [""]
    for number, order in enumerate(orders):
        mine = copied(first, f"merged{number}")
        with making.opened(mine) as project:
            for place in order:
                if place < len(paths):
                    with making.opened(paths[place]) as other:
                        merge_into(project, other)
            every = guidelines.versions(project)
            said = [spelled(one.guideline.number, one.guideline.id) for one in every] or [""]
            made = [guidelines.made_under(project, one) for one in said]
            found.append((guidelines.version_now(project), every, made))
            assert len(set(said)) == len(said)
            assert check(project).sound
    assert found[0] == found[1]
    assert said[0] == found[0][0]
