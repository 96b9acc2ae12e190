"""A colleague's copy: it holds no byte of what is withheld, is sound, and merges back with nothing missing."""

from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import AnnotatorId, CommentId, LinkId, ReviewId, SourceId, is_id, new_id
from annotator.model.records import (
    Annotator,
    Article,
    Claim,
    Comment,
    Evidence,
    Link,
    Mention,
    Review,
    Snapshot,
    Source,
    TextVersion,
    snapshot_id,
)
from annotator.services import annotating, assigning, linking, merging
from annotator.services.assigning import Assigned
from annotator.services.people import SeveralAnnotators
from annotator.store import tables
from annotator.store.check import check
from annotator.store.project import Project
from annotator.store.rebuilding import joined_of, rows_from_log
from tests import making
from tests.store.merging.desks import copied, finished

_FIRST = "The mayor said the bridge was safe. Engineers disagree, and say it is not safe at all.\n"
_SECOND = "A jazz pianist was shown on television. Viewers recognised him at once, they wrote.\n"


def _put_article(project: Project, text: str, title: str, url: str) -> TextVersion:
    with project.change("import") as change:
        version = making.put_article(change, text)
        version = replace(version, title=title)
        change.put(replace(project_article(change, version), url=url))
        change.put(version)
    return version


def project_article(change: Any, version: TextVersion) -> Article:
    found = change.records[version.article_id]
    assert isinstance(found, Article)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Ada's project with two articles, on which Ada and Bo marked, with everything that marks bring along."""
    made = making.new_project(tmp_path, "ada")
    with making.opened(made) as project:
        with project.change("people") as change:
            change.put(making.BO)
        one = _put_article(project, _FIRST, "The bridge", "https://example.org/bridge")
        _put_article(project, _SECOND, "The pianist", "https://example.org/pianist")
        secret = annotating.mark(project, one.id, [(15, 34)], status="disputed")
        annotating.edit_claim(project, secret.claim_id, text="adas-first-words of the claim")
        annotating.edit_claim(project, secret.claim_id, text="adas-later-words of the claim")
        annotating.edit_mention(project, secret.mention_id, note="adas-note-on-the-mark")
        annotating.set_speaker(project, secret.mention_id, name="adas-own-speaker")
        linking.link_new_source(project, secret.claim_id, "https://example.org/adas-own-source", stance="refutes")
        removed = annotating.mark(project, one.id, [(36, 54)], status="alleged")
        annotating.edit_mention(project, removed.mention_id, note="adas-removed-note")
        annotating.remove_mention(project, removed.mention_id)
    with making.opened(made, making.BO) as project:
        own = annotating.mark(project, one.id, [(36, 54)], status="confirmed")
        annotating.edit_mention(project, own.mention_id, note="bos-note")
        annotating.set_speaker(project, own.mention_id, name="bos-speaker")
        linking.link_new_source(project, own.claim_id, "https://example.org/bos-source", stance="supports")
        (claim_id, mention_id) = own.claim_id, own.mention_id
    with making.opened(made) as project, project.change("remarks") as change:
        change.put(Review(ReviewId(new_id()), mention_id, making.ADA.id, "reject", reason="adas-review-reason"))
        change.put(Comment(CommentId(new_id()), claim_id, making.ADA.id, "adas-comment-text"))
        change.put(
            Link(LinkId(new_id()), "contradicts", claim_id, secret.claim_id, making.ADA.id, note="adas-link-note")
        )
        sha256 = change.put_blob(b"adas-snapshot-bytes of a page")
        change.put(Snapshot(snapshot_id(sha256), sha256, original_url="https://example.org/adas-snapshot-url"))
        (source,) = (one for one in project.all(Source) if "adas" in one.url)
        first = Source(SourceId(new_id()), title="adas-agency-report", snapshot_sha256=sha256)
        change.put(first)
        change.put(replace(source, derived_from=first.id))
    return made


ADAS = (
    "adas-first-words",
    "adas-later-words",
    "adas-note-on-the-mark",
    "adas-own-speaker",
    "adas-own-source",
    "adas-removed-note",
    "adas-review-reason",
    "adas-comment-text",
    "adas-link-note",
    "adas-snapshot-bytes",
    "adas-snapshot-url",
    "adas-agency-report",
)


def assign(path: Path, name: str, **how: Any) -> Assigned:
    with Project.open(path, write=False) as project:
        made: Assigned = finished(assigning.assign(project, path.with_name(name), **how))
    return made


def merged(path: Path, other: Path) -> merging.MergeReport:
    with making.opened(path) as project, merging.colleagues_files(project, [other]) as found:
        report: merging.MergeReport = finished(merging.merge(project, found))
        assert check(project).sound
    return report


def assert_sound(path: Path) -> None:
    with Project.open(path, write=False) as project:
        report = check(project)
        assert report.sound, report.findings
        assert rows_from_log(project.connection) == (tables.rows_of(project.connection), joined_of(project.connection))


def test_a_blind_copy_holds_no_byte_of_what_others_marked(path: Path) -> None:
    content = path.read_bytes()
    before = making.digest(path)
    made = assign(path, "bo.annot", to="Bo", blind=True)
    assert making.digest(path) == before
    copy = made.path.read_bytes()
    for words in ADAS:
        assert words.encode() in content, words
        assert words.encode() not in copy, words
    for words in ("bos-note", "bos-speaker", "bos-source", "The bridge", _SECOND):
        assert words.encode() in copy, words
    assert_sound(made.path)
    assert made.annotator_id == making.BO.id
    assert made.articles == 2


def test_every_string_that_only_withheld_records_hold_is_gone(path: Path) -> None:
    made = assign(path, "bo.annot", to="Bo", blind=True)
    kept, gone = set[str](), set[str]()
    with Project.open(path, write=False) as source, Project.open(made.path, write=False) as copy:
        withheld = {row[0] for row in copy.connection.execute("SELECT id FROM event WHERE salt IS NULL")}
        for event, body in source.connection.execute("SELECT id, body FROM event WHERE body IS NOT NULL"):
            (gone if event in withheld else kept).update(_strings(msgspec.json.decode(body)))
    only = {words for words in gone - kept if len(words) > 8 and words not in _FIRST}
    assert len(only) > 10
    content = made.path.read_bytes()
    assert [words for words in only if words.encode() in content] == []


def _strings(value: object) -> set[str]:
    if isinstance(value, dict):
        return set[str]().union(*(_strings(one) for one in cast("dict[str, object]", value).values()))
    if isinstance(value, list):
        return set[str]().union(*(_strings(one) for one in cast("list[object]", value)))
    # An id stands in the header of its events, which stay; a date may be anybody's.
    return {value} if isinstance(value, str) and not is_id(value) and not value.startswith("20") else set()


def test_work_in_a_blind_copy_merges_back_with_nothing_missing(path: Path) -> None:
    made = assign(path, "bo.annot", to="Bo", blind=True)
    with making.opened(made.path, making.BO) as project:
        (version,) = (row.version for row in project.version_rows() if row.version.title == "The pianist")
        annotating.mark(project, version.id, [(0, 38)], status="confirmed")
        assert check(project).sound
    report = merged(path, made.path)
    tally = report.survey.tally
    assert report.survey.sound
    assert (tally.count("missing"), tally.count("refused"), tally.filled) == (0, 0, 0)
    with Project.open(path, write=False) as project:
        assert len(project.all(Mention)) == 3
        for words in ("adas-later-words of the claim", "A jazz pianist was shown on television"):
            assert words in {one.text for one in project.all(Claim)}, words


def test_what_was_withheld_comes_when_the_project_is_merged_into_the_copy(path: Path) -> None:
    made = assign(path, "bo.annot", to="Bo", blind=True)
    plain = copied(path, "plain")
    with making.opened(made.path, making.BO) as project, merging.colleagues_files(project, [plain]) as found:
        finished(merging.merge(project, found))
    assert_sound(made.path)
    content = made.path.read_bytes()
    assert all(words.encode() in content for words in ADAS)


def test_an_assigned_article_comes_alone(path: Path) -> None:
    made = assign(path, "bo.annot", to="Bo", articles=["https://www.example.org/pianist/"])
    assert_sound(made.path)
    assert made.articles == 1
    content = made.path.read_bytes()
    for words in ("The mayor", "The bridge", "adas-later-words", "adas-own-speaker", "adas-agency-report"):
        assert words.encode() not in content, words
    with Project.open(made.path, write=False) as project:
        assert [row.version.title for row in project.version_rows()] == ["The pianist"]
        # What Bo held of a claim stays Bo's to see, wherever it was marked.
        assert {one.annotator_id for one in project.all(Evidence)} == {making.BO.id}
    assert merged(path, made.path).survey.tally.count("missing") == 0


def test_whom_the_project_does_not_know_sees_nobodys_marks(path: Path) -> None:
    made = assign(path, "new.annot", to="Cleo", blind=True)
    assert made.annotator_id == ""
    assert_sound(made.path)
    content = made.path.read_bytes()
    assert [words for words in (*ADAS, "bos-note", "bos-speaker", "bos-source") if words.encode() in content] == []


def test_one_person_under_two_ids_keeps_the_marks_of_both(path: Path) -> None:
    second = Annotator(AnnotatorId(making.BO.id[:-1] + "f"), "Bo at home")
    with making.opened(path) as project, project.change("people") as change:
        change.put(second)
    with making.opened(path) as project:
        merging.same_people(project, making.BO.id, second.id)
    made = assign(path, "bo.annot", to="Bo at home", blind=True)
    assert b"bos-note" in made.path.read_bytes()


def test_two_people_of_one_name_are_asked_apart(path: Path) -> None:
    with making.opened(path) as project, project.change("people") as change:
        change.put(Annotator(AnnotatorId(making.BO.id[:-1] + "f"), "Bo"))
    with pytest.raises(SeveralAnnotators):
        assign(path, "bo.annot", to="Bo")
    assert not path.with_name("bo.annot").exists()


def test_an_article_that_is_not_there_or_not_alone_is_refused(path: Path) -> None:
    with pytest.raises(Refused, match="no article “The tunnel”"):
        assign(path, "bo.annot", to="Bo", articles=["The tunnel"])
    with making.opened(path) as project:
        _put_article(project, "Another text of that name.\n", "The bridge", "https://example.org/other")
    with pytest.raises(Refused, match="several articles"):
        assign(path, "bo.annot", to="Bo", articles=["the bridge"])
    assert [one.name for one in path.parent.iterdir() if one.suffix != ".lock"] == ["ada.annot"]


def test_a_file_that_is_there_stays(path: Path) -> None:
    path.with_name("bo.annot").write_text("mine")
    with pytest.raises(Refused, match="already"):
        assign(path, "bo.annot", to="Bo")
    assert path.with_name("bo.annot").read_text() == "mine"


@settings(max_examples=25, deadline=None)
@given(
    marks=st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.integers(0, 2), st.booleans()), max_size=8),
    blind=st.booleans(),
    chosen=st.sampled_from([(), (0,), (1,), (0, 1)]),
)
def test_any_copy_is_sound_and_merges_back(
    tmp_path_factory: pytest.TempPathFactory,
    marks: list[tuple[str, int, int, bool]],
    blind: bool,  # noqa: FBT001 - hypothesis gives it
    chosen: tuple[int, ...],
) -> None:
    """Claims, sources and speakers are shared between marks at will; who sees what follows from the marks alone."""
    made = making.new_project(tmp_path_factory.mktemp("any"), "ada")
    people = {"a": making.ADA, "b": making.BO}
    with making.opened(made) as project:
        with project.change("people") as change:
            change.put(making.BO)
        versions = [
            _put_article(project, text, text[:9], f"https://example.org/{n}")
            for n, text in enumerate((_FIRST, _SECOND))
        ]
    for number, (who, claim, place, linked) in enumerate(marks):
        with making.opened(made, people[who]) as project, project.change("mark") as change:
            claims = {one.text: one for one in project.all(Claim)}
            of = claims.get(f"claim-{claim}") or making.claim(f"claim-{claim}")
            version = versions[claim % 2]
            text = (_FIRST, _SECOND)[claim % 2]
            one = making.mention(of, version, place * 5, place * 5 + 9, text=text, by=people[who])
            for record in (of, replace(one, note=f"note-{who}-{number}"), making.assessment(of, by=people[who])):
                change.put(record)
            if linked:
                source = Source(SourceId(new_id()), title=f"source-{who}-{number}")
                change.put(source)
                change.put(making.evidence(of, source, by=people[who]))
    how = {"articles": [versions[n].article_id for n in chosen]} if chosen else {}
    copy = assign(made, "bo.annot", to="Bo", blind=blind, **how)
    assert_sound(copy.path)
    content = copy.path.read_bytes()
    for number, (who, claim, _place, linked) in enumerate(marks):
        seen = (who == "b" or not blind) and (not chosen or claim % 2 in chosen)
        assert (f"note-{who}-{number}".encode() in content) is seen
        if linked and not seen and who == "a":
            assert f"source-{who}-{number}".encode() not in content or not blind
    assert merged(made, copy.path).survey.sound
