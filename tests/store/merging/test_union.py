"""The union of logs: nothing is lost, both versions are kept, fields are joined, and the order does not matter."""

from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import CommentId, SourceId, SpeakerId, new_id
from annotator.model.records import Article, Assessment, Claim, Comment, Mention, Source, Speaker, TextVersion
from annotator.store import rebuilding, tables
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied, log_of, merge_into, sound, state


class Pair(NamedTuple):
    ada: Project
    bo: Project
    version: TextVersion
    claim: Claim
    mention: Mention


@pytest.fixture
def pair(tmp_path: Path) -> Generator[Pair]:
    path = making.new_project(tmp_path, "ada")
    with making.opened(path) as project:
        with project.change("import") as change:
            change.put(making.BO)
            version = making.put_article(change)
            mention = making.put_mark(change, version)
        claim = project.get(Claim, mention.claim_id)
    with ExitStack() as stack:
        other = copied(path, "bo")
        yield Pair(
            stack.enter_context(making.opened(path)),
            stack.enter_context(making.opened(other, making.BO)),
            version,
            claim,
            mention,
        )


def exchange(pair: Pair) -> None:
    """Merge both ways until both have all, and assert that they agree."""
    merge_into(pair.ada, pair.bo)
    merge_into(pair.bo, pair.ada)
    assert log_of(pair.ada) == log_of(pair.bo)
    assert state(pair.ada) == state(pair.bo)
    for project in pair[:2]:
        rows = tables.rows_of(project.connection), rebuilding.joined_of(project.connection)
        assert rebuilding.rows_from_log(project.connection) == rows
        sound(project)


def conflicts(project: Project, object_id: str) -> str:
    row = project.connection.execute(
        "SELECT conflicts FROM joined WHERE n = ?", (project.number_of(object_id),)
    ).fetchone()
    return row[0] if row else ""


def test_marks_of_both_are_in_both_files(pair: Pair) -> None:
    with pair.ada.change("mark") as change:
        mine = making.put_mark(change, pair.version, 10, 14)
    with pair.bo.change("mark") as change:
        new = making.claim("Bo's")
        theirs = making.mention(new, pair.version, 20, 24, by=making.BO)
        change.put(new)
        change.put(theirs)
    exchange(pair)
    assert {one.id for one in pair.ada.all(Mention)} == {pair.mention.id, mine.id, theirs.id}


def test_merging_again_brings_nothing_and_changes_no_byte(pair: Pair) -> None:
    with pair.bo.change("claim") as change:
        change.put(making.claim())
    assert merge_into(pair.ada, pair.bo).count("new") == 1
    before = making.digest(pair.ada.path)
    tally = merge_into(pair.ada, pair.bo)
    assert (tally.count("new"), tally.count("known")) == (0, len(log_of(pair.ada)))
    assert making.digest(pair.ada.path) == before


def test_a_dry_run_counts_the_same_and_changes_no_byte(pair: Pair) -> None:
    with pair.bo.change("claim") as change:
        change.put(replace(pair.claim, text="Bo's words"))
        change.put(making.claim())
    with pair.ada.change("claim") as change:
        change.put(replace(pair.claim, text="Ada's words"))
    before = making.digest(pair.ada.path)
    dry = merge_into(pair.ada, pair.bo, dry=True)
    assert making.digest(pair.ada.path) == before
    tally = merge_into(pair.ada, pair.bo)
    assert tally == dry
    assert (tally.count("new"), tally.count("conflicting")) == (2, 1)
    assert tally.authors == sorted({making.ADA.id, making.BO.id})


def test_different_fields_are_joined_and_the_same_field_is_in_conflict(pair: Pair) -> None:
    with pair.ada.change("claim") as change:
        change.put(replace(pair.claim, type="number", language="en"))
    with pair.bo.change("claim") as change:
        change.put(replace(pair.claim, text="The bridge is not safe.", language="nn"))
    exchange(pair)
    shown = pair.ada.get(Claim, pair.claim.id)
    assert (shown.text, shown.type, shown.language) == ("The bridge is not safe.", "number", "nn")
    assert conflicts(pair.ada, pair.claim.id) == '["language"]'


def test_settling_is_an_edit_that_both_see(pair: Pair) -> None:
    with pair.ada.change("claim") as change:
        change.put(replace(pair.claim, text="Ada's words"))
    with pair.bo.change("claim") as change:
        change.put(replace(pair.claim, text="Bo's words"))
    exchange(pair)
    assert conflicts(pair.bo, pair.claim.id) == '["text"]'
    shown = pair.ada.get(Claim, pair.claim.id)
    with pair.ada.change("same") as change:
        change.put(shown)
    assert conflicts(pair.ada, pair.claim.id)
    with pair.ada.change("settled") as change:
        change.settle(shown)
    assert not conflicts(pair.ada, pair.claim.id)
    exchange(pair)
    assert not conflicts(pair.bo, pair.claim.id)
    assert pair.bo.get(Claim, pair.claim.id) == shown
    pair.ada.undo()
    assert pair.ada.get(Claim, pair.claim.id) == shown


def test_what_one_deletes_and_the_other_edits_stays(pair: Pair) -> None:
    source = Source(SourceId(new_id()), title="Minutes")
    with pair.ada.change("source") as change:
        change.put(source)
    exchange(pair)
    with pair.ada.change("remove") as change:
        change.delete(source)
    with pair.bo.change("edit") as change:
        change.put(replace(source, title="Minutes of May"))
    exchange(pair)
    assert pair.ada.get(Source, source.id).title == "Minutes of May"


def test_a_claim_that_one_deletes_and_the_other_marks_is_kept_until_the_mark_goes(pair: Pair) -> None:
    with pair.bo.change("mark") as change:
        theirs = making.mention(pair.claim, pair.version, 20, 24, by=making.BO)
        change.put(theirs)
    with pair.ada.change("remove") as change:
        change.delete(pair.mention)
        change.delete(pair.ada.all(Assessment)[0])
        change.delete(pair.claim)
    exchange(pair)
    assert pair.ada.get(Claim, pair.claim.id) == pair.claim
    assert conflicts(pair.ada, pair.claim.id) == '["deleted"]'
    assert [one.id for one in pair.ada.all(Mention)] == [theirs.id]
    with pair.bo.change("remove") as change:
        change.delete(theirs)
        change.delete(pair.claim)
    assert not pair.bo.all(Claim)
    pair.bo.undo()
    assert pair.bo.get(Claim, pair.claim.id) == pair.claim
    assert pair.bo.all(Mention) == [theirs]
    pair.bo.redo()
    exchange(pair)
    assert not pair.ada.all(Claim)
    assert not conflicts(pair.ada, pair.claim.id)


def test_an_article_that_one_deletes_and_the_other_marks_is_kept(pair: Pair) -> None:
    with pair.bo.change("mark") as change:
        new = making.claim("Bo's")
        theirs = making.mention(new, pair.version, 20, 24, by=making.BO)
        change.put(new)
        change.put(theirs)
    with pair.ada.change("remove") as change:
        change.delete(pair.mention)
        change.delete(pair.ada.all(Assessment)[0])
        change.delete(pair.claim)
        change.delete(pair.version)
        change.delete_object("article", pair.version.article_id)
    exchange(pair)
    assert [row.version for row in pair.ada.version_rows()] == [pair.version]
    with pair.bo.change("remove") as change:
        change.delete(theirs)
    exchange(pair)
    assert not pair.ada.version_rows()


def test_undo_stands_back_from_what_a_colleague_edited(pair: Pair) -> None:
    with pair.ada.change("claim") as change:
        change.put(replace(pair.claim, type="number"))
    with pair.bo.change("claim") as change:
        change.put(replace(pair.claim, text="Bo's words"))
    merge_into(pair.ada, pair.bo)
    with pytest.raises(Refused, match="was changed since"):
        pair.ada.undo()


def _allowing(_record: object, _annotator: str, _author: str) -> None:
    """An ownership rule that somebody took out."""


def test_nobody_edits_or_deletes_a_colleague_s_mark(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.invariants.check_ownership", _allowing)
    with pair.bo.change("claim") as change:
        change.put(making.claim("before"))
    with pair.bo.change("forged") as change:
        change.delete(pair.mention)
    with pair.bo.change("claim") as change:
        change.put(making.claim("after"))
    monkeypatch.undo()
    tally = merge_into(pair.ada, pair.bo)
    assert (tally.count("new"), tally.count("refused")) == (1, 2)
    (kept,) = tally.kept_out
    assert (kept.file, kept.author, kept.events) == ("bo.annot", making.BO.id, 2)
    assert "another annotator" in kept.why
    assert [one.text for one in pair.ada.all(Claim)] == [pair.claim.text, "before"]
    assert pair.ada.all(Mention) == [pair.mention]
    sound(pair.ada)


def test_a_comment_on_a_colleague_s_mark_comes_in(pair: Pair) -> None:
    with pair.bo.change("comment") as change:
        change.put(Comment(CommentId(new_id()), pair.mention.id, making.BO.id, "Is it?"))
    exchange(pair)
    assert [one.text for one in pair.ada.all(Comment)] == ["Is it?"]


def test_a_far_clock_is_named_and_does_not_carry_ours_along(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.settings.machine", lambda: "another")
    pair.bo.work_as(making.BO.id)
    monkeypatch.setattr("time.time_ns", lambda: 80 * 365 * 86_400 * 10**9)
    with pair.bo.change("claim") as change:
        change.put(replace(pair.claim, text="in 2050"))
    monkeypatch.undo()
    tally = merge_into(pair.ada, pair.bo)
    assert tally.far == {making.BO.id: 1}
    with pair.ada.change("claim") as change:
        change.put(making.claim())
    clocks = [clock for (clock,) in pair.ada.connection.execute("SELECT clock FROM change ORDER BY n")]
    assert clocks[-1] < clocks[-2]
    exchange(pair)


def test_events_in_my_name_of_another_machine_are_merged_and_named(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.settings.machine", lambda: "the laptop")
    pair.bo.work_as(making.ADA.id)
    with pair.bo.change("claim") as change:
        change.put(making.claim())
    monkeypatch.undo()
    tally = merge_into(pair.ada, pair.bo)
    assert tally.in_my_name == {"the laptop": 1}
    assert tally.count("new") == 1


def test_an_export_that_was_brought_in_again_does_not_take_an_edit_back(pair: Pair, tmp_path: Path) -> None:
    """Bo's file got Ada's mark by way of a dataset, as it was before Ada's edit."""
    other = making.new_project(tmp_path, "cleo")
    with making.opened(other, making.BO) as cleo:
        with pair.ada.change("note") as change:
            change.put(replace(pair.mention, note="mine"))
        with cleo.change("import") as change:
            change.put(making.BO)
            change.put_text(making.TEXT)
            change.put(pair.ada.get(Article, pair.version.article_id))
            change.put(pair.version)
            change.put(pair.claim)
            change.put(pair.mention)
        assert merge_into(pair.ada, cleo).count("refused") == 0
        assert pair.ada.get(Mention, pair.mention.id).note == "mine"
        merge_into(cleo, pair.ada)
        assert cleo.get(Mention, pair.mention.id).note == "mine"
        sound(cleo)


def test_speakers_and_their_marks_outlive_a_deletion(pair: Pair) -> None:
    speaker = Speaker(SpeakerId(new_id()), "The mayor")
    with pair.ada.change("speaker") as change:
        change.put(speaker)
    exchange(pair)
    with pair.bo.change("mark") as change:
        theirs = replace(making.mention(pair.claim, pair.version, 20, 24, by=making.BO), speaker_id=speaker.id)
        change.put(theirs)
    with pair.ada.change("remove") as change:
        change.delete(speaker)
    exchange(pair)
    assert pair.ada.get(Speaker, speaker.id) == speaker
