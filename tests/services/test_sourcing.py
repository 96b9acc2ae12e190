"""A source: edited, joined with its twins, noted on, taken out; and all of it undone."""

from collections.abc import Generator
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.ids import SourceId, new_id
from annotator.model.records import Comment, Source
from annotator.services import annotating, linking, sourcing
from annotator.store.check import check
from annotator.store.project import Project
from tests import making


class Shelf:
    """A project with a claim and three sources, the first of them linked to it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        with project.change("import") as change:
            self.version = making.put_article(change)
        self.claim = annotating.mark(project, self.version.id, [(4, 9)], status="disputed")
        self.letter = self.put(title="The auditor's letter to the council", url="https://city.example/letter")
        self.copy = self.put(
            title="Auditor's letter, to the council", url="http://www.city.example/letter/?utm_source=x"
        )
        self.register = self.put(title="The state register of grants")
        linking.link_source(project, self.claim.claim_id, self.letter, stance="refutes")

    def put(self, **values: str) -> SourceId:
        source = Source(SourceId(new_id()), **values)  # pyright: ignore[reportArgumentType] - only strings here
        with self.project.change("source.edit") as change:
            change.put(source)
        return source.id

    def detail(self, source_id: SourceId) -> sourcing.SourceDetail:
        return sourcing.source_detail(self.project, source_id)


@pytest.fixture
def shelf(tmp_path: Path) -> Generator[Shelf]:
    with making.opened(making.new_project(tmp_path)) as project:
        yield Shelf(project)
        assert check(project).sound


def test_a_source_is_edited_field_by_field_and_undone(shelf: Shelf) -> None:
    project = shelf.project
    sourcing.edit_source(project, shelf.letter, publisher="  City  Auditor ", published="2026-03", primary=True)
    sourcing.edit_source(project, shelf.letter, retrieved="2026-03-10", medium="pdf", confidential=True)
    source = shelf.detail(shelf.letter).source
    assert (source.publisher, source.published, source.published_precision) == (
        "City Auditor",
        "2026-03-01T00:00:00.000000Z",
        "month",
    )
    assert (source.primary, source.confidential, source.medium) == (True, True, "pdf")
    assert source.retrieved_at == "2026-03-10T00:00:00.000000Z"
    sourcing.edit_source(project, shelf.letter, published="")
    assert shelf.detail(shelf.letter).source.published_precision == ""
    project.undo()
    project.undo()
    project.undo()
    assert shelf.detail(shelf.letter).source == Source(
        shelf.letter, title="The auditor's letter to the council", url="https://city.example/letter"
    )


def test_what_is_no_date_and_a_source_without_a_name_are_refused(shelf: Shelf) -> None:
    with pytest.raises(Refused, match="is no date"):
        sourcing.edit_source(shelf.project, shelf.letter, published="last spring")
    with pytest.raises(Refused, match="title or an address"):
        sourcing.edit_source(shelf.project, shelf.register, title="  ")


def test_a_source_repeats_another_but_never_itself(shelf: Shelf) -> None:
    project = shelf.project
    sourcing.edit_source(project, shelf.copy, derived_from=shelf.letter)
    sourcing.edit_source(project, shelf.register, derived_from=shelf.copy)
    with pytest.raises(Refused, match="cannot repeat itself"):
        sourcing.edit_source(project, shelf.letter, derived_from=shelf.register)
    origin = shelf.detail(shelf.copy).origin
    assert origin is not None
    assert origin.id == shelf.letter
    sourcing.edit_source(project, shelf.copy, derived_from="")
    assert shelf.detail(shelf.copy).origin is None


def test_twins_are_offered_and_only_a_person_joins_them(shelf: Shelf) -> None:
    project = shelf.project
    detail = shelf.detail(shelf.letter)
    assert [one.id for one in detail.offered] == [shelf.copy]
    assert detail.twins == ()
    link = sourcing.join(project, shelf.letter, shelf.copy)
    assert sourcing.join(project, shelf.copy, shelf.letter) == link
    (twin,) = shelf.detail(shelf.copy).twins
    assert (twin.source.id, twin.link_id, twin.mine) == (shelf.letter, link, True)
    assert [one.claim_id for one in shelf.detail(shelf.copy).uses] == [shelf.claim.claim_id]
    assert shelf.detail(shelf.copy).offered == ()
    sourcing.part(project, link)
    assert shelf.detail(shelf.copy).twins == ()
    assert shelf.detail(shelf.copy).uses == ()
    project.undo()
    assert len(shelf.detail(shelf.copy).twins) == 1
    with pytest.raises(Refused, match="one and the same"):
        sourcing.join(project, shelf.copy, shelf.copy)


def test_a_third_source_of_a_class_has_no_link_to_take_away(shelf: Shelf) -> None:
    sourcing.join(shelf.project, shelf.letter, shelf.copy)
    sourcing.join(shelf.project, shelf.copy, shelf.register)
    twins = {one.source.id: one.link_id for one in shelf.detail(shelf.letter).twins}
    assert set(twins) == {shelf.copy, shelf.register}
    assert twins[shelf.register] == ""


def test_short_titles_are_not_offered(shelf: Shelf) -> None:
    one, other = shelf.put(title="Memo"), shelf.put(title="Memo.")
    assert shelf.detail(one).offered == ()
    assert shelf.detail(other).offered == ()


def test_where_it_is_used(shelf: Shelf) -> None:
    (use,) = shelf.detail(shelf.letter).uses
    assert (use.claim, use.status, use.evidence.stance, use.annotator) == ("mayor", "disputed", "refutes", "Ada")


def test_a_note_is_a_remark_of_ones_own(shelf: Shelf) -> None:
    project = shelf.project
    sourcing.note(project, shelf.letter, "  Ask for the annex. ")
    sourcing.note(project, shelf.letter, "Asked for the annex.")
    (remark,) = shelf.detail(shelf.letter).remarks
    assert (remark.text, remark.mine, remark.annotator) == ("Asked for the annex.", True, "Ada")
    project.work_as(making.BO.id)
    project.introduce(making.BO)
    sourcing.note(project, shelf.letter, "I have it.")
    assert [(one.text, one.mine) for one in shelf.detail(shelf.letter).remarks] == [
        ("Asked for the annex.", False),
        ("I have it.", True),
    ]
    sourcing.note(project, shelf.letter, "")
    assert len(shelf.detail(shelf.letter).remarks) == 1


def test_only_a_source_that_nobody_uses_goes(shelf: Shelf) -> None:
    project = shelf.project
    sourcing.join(project, shelf.copy, shelf.register)
    sourcing.note(project, shelf.copy, "A copy.")
    sourcing.edit_source(project, shelf.register, derived_from=shelf.copy)
    with pytest.raises(Refused, match="still names"):
        sourcing.remove_source(project, shelf.letter)
    sourcing.remove_source(project, shelf.copy)
    assert project.find(Source, shelf.copy) is None
    assert project.all(Comment) == []
    assert shelf.detail(shelf.register).source.derived_from == ""
    project.undo()
    assert shelf.detail(shelf.register).source.derived_from == shelf.copy
    assert len(shelf.detail(shelf.copy).remarks) == 1
