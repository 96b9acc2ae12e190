"""Asking a project: what is found, in which order, and what is not there."""

from collections import Counter
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.model.ids import AssessmentId, ClaimId, GuidelineId, Sha256, SourceId, VersionId, new_id
from annotator.model.records import Annotator, Assessment, Claim, Comment, Evidence, Guideline, Mention, Source
from annotator.store import listing
from annotator.store.project import Project
from tests import making


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    with making.opened(making.new_project(tmp_path)) as one:
        yield one


def test_what_is_not_there_is_not_found(project: Project) -> None:
    for wanted in (new_id(), "", "7", "not an id", making.ADA.id.upper()):
        assert project.find(Claim, wanted) is None
        assert project.find_any(wanted) is None
        assert project.history(wanted) == []
        assert project.mentions_of_claims([ClaimId(wanted)]) == []
        assert project.by_ids(Claim, [wanted]) == {}
        assert project.mentions_of(VersionId(wanted)) == []
        assert project.status_counts_of(VersionId(wanted)) == {}
        with pytest.raises(KeyError):
            project.get(Claim, wanted)
        with pytest.raises(KeyError):
            project.text(Sha256(wanted))
        with pytest.raises(KeyError):
            project.blob(Sha256(wanted))
    assert project.find(Claim, making.ADA.id) is None


def test_thousands_of_records_are_found_at_once_as_they_were_made(project: Project) -> None:
    with project.change("bulk") as change:
        version = making.put_article(change)
        claims = [making.claim(str(number)) for number in range(2_500)]
        mentions = [making.mention(one, version, 4, 9) for one in reversed(claims)]
        for one in (*claims, *mentions):
            change.put(one)
    assert list(project.by_ids(Claim, [one.id for one in claims]).values()) == claims
    assert project.mentions_of_claims([one.id for one in claims]) == mentions
    assert project.mentions_of(version.id) == mentions
    assert project.all(Claim) == claims


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 5), st.integers(1, 7))
def test_sources_come_last_linked_first_and_then_last_made_first(linked: list[int], gone: int, limit: int) -> None:
    with TemporaryDirectory() as folder, making.opened(making.new_project(Path(folder))) as project:
        sources = [Source(SourceId(new_id()), url=f"https://example.org/{number}") for number in range(6)]
        one = making.claim()
        links = [making.evidence(one, sources[number]) for number in linked]
        with project.change("link") as change:
            for record in (one, *sources, *links):
                change.put(record)
        if gone not in linked:
            with project.change("remove") as change:
                change.delete(sources[gone])
        left = project.all(Source)
        last = {link.source_id: place for place, link in enumerate(project.all(Evidence))}
        expected = sorted(left, key=lambda source: (last.get(source.id, -1), left.index(source)), reverse=True)
        assert project.sources_last_linked_first(limit) == expected[:limit]
        uses = Counter(link.source_id for link in links)
        assert project.source_uses() == uses
        asked = [source.id for source in sources[:3]]
        assert project.source_uses(asked) == {key: uses[key] for key in asked if key in uses}


def test_a_deleted_record_is_found_only_in_its_history(project: Project) -> None:
    claim = making.claim()
    with project.change("new") as change:
        change.put(claim)
    with project.change("remove") as change:
        change.delete(claim)
    assert project.find(Claim, claim.id) is None
    assert project.find_any(claim.id) == claim
    assert [(one.op, one.record, one.author_id) for one in project.history(claim.id)] == [
        ("put", claim, making.ADA.id),
        ("delete", None, making.ADA.id),
    ]


def test_people_are_looked_up_by_id_and_else_by_name(project: Project) -> None:
    namesake = Annotator(making.BO.id, "Ada")
    with project.change("people") as change:
        change.put(namesake)
    assert project.annotators_called("Ada") == [making.ADA, namesake]
    assert project.annotators_called(namesake.id) == [namesake]
    assert project.annotators_called("Cleo") == []


def test_current_is_the_last_assessment_that_is_valid_by_now(project: Project) -> None:
    with project.change("import") as change:
        version = making.put_article(change)
        mention = making.put_mark(change, version)
        claim = making.claim("never assessed")
        change.put(claim)
    first = project.all(Assessment)[0]
    later = replace(first, id=AssessmentId(new_id()), status="confirmed", valid_from="2024-06-01T00:00:00.000000Z")
    future = replace(first, id=AssessmentId(new_id()), status="alleged", valid_from="2999-01-01T00:00:00.000000Z")
    with project.change("assess") as change:
        change.put(later)
        change.put(future)
    assert project.status_counts() == {"confirmed": 1, "": 1}
    assert project.statuses_of_mentions(project.mentions_of(version.id)) == {mention.id: "confirmed"}
    assert project.status_counts_of(version.id) == {"confirmed": 1}
    with project.change("people") as change:
        change.put(making.BO)
    project.work_as(making.BO.id)
    with project.change("assess") as change:
        change.put(replace(later, id=AssessmentId(new_id()), annotator_id=making.BO.id, status="disputed"))
    assert project.status_counts() == {"disagree": 1, "": 1}
    with project.change("adjudicate") as change:
        decided = replace(later, id=AssessmentId(new_id()), annotator_id=making.BO.id, layer="adjudicated")
        change.put(decided)
    assert project.status_counts() == {"confirmed": 1, "": 1}


def test_another_connection_s_write_is_noticed(project: Project) -> None:
    before = project.file_version
    other = project.beside()
    assert project.file_version == before
    with other.change("new") as change:
        change.put(making.claim())
    assert project.file_version != before
    other.close()


def test_comments_outlive_what_they_are_on(project: Project) -> None:
    from annotator.model.ids import CommentId  # noqa: PLC0415 - beside its only use

    with project.change("import") as change:
        mention = making.put_mark(change, making.put_article(change))
        comment = Comment(CommentId(new_id()), mention.id, making.ADA.id, "Really?")
        change.put(comment)
    with project.change("remove") as change:
        change.delete(mention)
    with project.change("resolve") as change:
        change.put(replace(comment, resolved=True))
    assert [one.resolved for one in project.comments_on([mention.id])] == [True]
    assert project.count(Mention) == 0


@pytest.mark.parametrize("guidelines", [0, 2])
def test_the_guidelines_that_hold_are_found_without_going_through_the_objects(
    project: Project, guidelines: int
) -> None:
    with project.change("guideline") as change:
        for number in range(1, guidelines + 1):
            change.put(Guideline(GuidelineId(new_id()), number, "Mark what is said."))
    steps: list[int] = []
    for _ in range(2):
        with project.change("claims") as change:
            for number in range(500):
                change.put(Claim(ClaimId(new_id()), f"Claim {number}"))
        found: list[None] = []
        project.connection.set_progress_handler(lambda seen=found: seen.append(None), 1)
        assert listing.latest_guideline(project)[0] == guidelines
        project.connection.set_progress_handler(None, 1)
        steps.append(len(found))
    assert steps[0] == steps[1] > 0, "SQLite's steps, among 500 objects and among 1,000"
