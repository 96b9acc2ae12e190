"""History tells who did what when, and leads back: to an earlier version, and to before a change of any session."""

import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import SpeakerId, new_id
from annotator.model.records import Assessment, Claim, Mention, Speaker, TextVersion
from annotator.services import annotating, history, redacting, viewing
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.store.check import check
from annotator.store.project import Project
from tests import making


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project in which Ada marked a claim, worded it anew, and left."""
    made = making.new_project(tmp_path)
    with making.opened(made) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        with project.change("mark.disputed") as change:
            place = making.put_mark(change, version)
        annotating.edit_claim(project, place.claim_id, text="The bridge was safe.")
    return made


def exported(project: Project, path: Path) -> tuple[str, ...]:
    """Export and return what is told to be missing."""
    export = export_project(project, path)
    while True:
        try:
            next(export)
        except StopIteration as end:
            return end.value.losses


def claim_of(project: Project) -> Claim:
    return project.all(Claim)[0]


def test_a_record_is_told_field_by_field_with_names(path: Path) -> None:
    with making.opened(path, making.BO) as project:
        with project.change("annotator.new") as change:
            change.put(making.BO)
        annotating.edit_claim(project, claim_of(project).id, text="The bridge held.")
        told = history.deeds_of(project, claim_of(project).id)
        assert [(one.author, one.what) for one in told] == [
            ("Ada", "Mark as disputed"),
            ("Ada", "Word the claim"),
            ("Bo", "Word the claim"),
        ]
        assert told[-1].edits == (history.Edit("text", "The bridge was safe.", "The bridge held."),)
        assessment = history.deeds_of(project, project.all(Assessment)[0].id)
        assert {(one.field, one.after) for one in assessment[0].edits} >= {
            ("status", "Disputed"),
            ("claim", "The bridge held."),
            ("annotator", "Ada"),
        }
        with pytest.raises(Refused, match="no record with the id"):
            history.deeds_of(project, new_id())
        with pytest.raises(Refused, match="no record with the id"):
            history.deeds_of(project, "nonsense")


def test_points_in_time_are_told_as_a_person_writes_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC-3")  # three hours ahead, as this notation has it
    time.tzset()
    with making.opened(path) as project:
        first = project.all(Assessment)[0]
        for moment in ("2024-03-12T00:00:00.000000Z", "2024-03-12T22:30:00.000000Z"):
            with project.change("edit") as change:
                change.put(replace(first, valid_from=moment))
        (edit,) = history.deeds_of(project, first.id)[-1].edits
    monkeypatch.undo()
    time.tzset()
    assert (edit.before, edit.after) == ("2024-03-12", "2024-03-13 01:30")


def test_the_project_is_told_change_by_change_a_page_at_a_time(path: Path) -> None:
    with making.opened(path) as project:
        for number in range(5):
            annotating.edit_claim(project, claim_of(project).id, text=str(number))
        entire = history.changes(project)
        assert [one.what for one in entire[:3]] == ["New project", "Import", "Mark as disputed"]
        paged: list[history.Entry] = []
        while page := history.changes(project, limit=3, before=paged[0].place if paged else None):
            paged = [*page, *paged]
        assert [one.change_id for one in paged] == [one.change_id for one in entire]
        assert history.changes(project, author_id=making.BO.id) == []
        assert len(history.changes(project, author_id=making.ADA.id)) == len(entire)


def test_it_can_be_asked_about_an_article_or_a_claim(path: Path) -> None:
    with making.opened(path) as project:
        with project.change("import") as change:
            other = making.put_article(change, "Another story.")
        version = project.versions_of(project.all(Mention)[0].article_id)[0]
        about_article = [one.what for one in history.changes(project, about=version.article_id)]
        assert about_article == ["Import", "Mark as disputed", "Word the claim"]
        about_claim = [one.what for one in history.changes(project, about=claim_of(project).id)]
        assert about_claim == ["Mark as disputed", "Word the claim"]
        assert [one.what for one in history.changes(project, about=other.article_id)] == ["Import"]
        assert history.changes(project, about=new_id()) == []


def test_an_undo_is_told_with_what_it_took_back(path: Path) -> None:
    with making.opened(path) as project:
        annotating.edit_claim(project, claim_of(project).id, text="Once more.")
        project.undo()
        project.redo()
        assert [one.what for one in history.changes(project)][-3:] == [
            "Word the claim",
            "Undone: Word the claim",
            "Done again: Word the claim",
        ]


def test_yesterdays_change_can_be_taken_back_and_that_undone(path: Path) -> None:
    with making.opened(path) as project:
        worded = history.changes(project)[-1]
        assert history.revert(project, worded.change_id)
        assert claim_of(project).text == "The bridge is safe."
        assert project.undo_name == "revert"
        project.undo()
        assert claim_of(project).text == "The bridge was safe."
        project.redo()
        assert check(project).sound
    with making.opened(path) as project:
        # It is what it was before that change, so nothing bars the change before it.
        marked = next(one for one in history.changes(project) if one.what == "Mark as disputed")
        assert history.revert(project, marked.change_id)
        assert not project.all(Claim)
        assert not project.all(Mention)
        assert check(project).sound


def test_what_was_changed_since_is_not_taken_back(path: Path) -> None:
    with making.opened(path, making.BO) as project:
        with project.change("annotator.new") as change:
            change.put(making.BO)
        worded = next(one for one in history.changes(project) if one.what == "Word the claim")
        annotating.edit_claim(project, claim_of(project).id, text="Bo's words.")
        with pytest.raises(Refused, match="was changed since"):
            history.revert(project, worded.change_id)
        marked = next(one for one in history.changes(project) if one.what == "Mark as disputed")
        with pytest.raises(Refused, match="was changed since"):
            history.revert(project, marked.change_id)
        imported = next(one for one in history.changes(project) if one.what == "Import")
        with pytest.raises(Refused, match="cannot be taken back"):
            history.revert(project, imported.change_id)
        with pytest.raises(Refused, match="no change with the id"):
            history.revert(project, new_id())


def test_any_earlier_version_is_put_back_as_a_new_change(path: Path) -> None:
    with making.opened(path) as project:
        object_id = claim_of(project).id
        for text in ("two", "three"):
            annotating.edit_claim(project, object_id, text=text)
        told = history.deeds_of(project, object_id)
        assert history.put_back(project, told[1], seen=told[-1].event_id)
        assert claim_of(project).text == "The bridge was safe."
        assert not history.put_back(project, told[1])
        with pytest.raises(Refused, match="was changed since"):
            history.put_back(project, told[0], seen=told[-1].event_id)
        assert history.deeds_of(project, object_id)[-1].what == "Put back an earlier version"
        project.undo()
        assert claim_of(project).text == "three"


def test_what_was_deleted_is_put_back_and_what_is_somebody_elses_is_not(path: Path) -> None:
    with making.opened(path) as project:
        mention = project.all(Mention)[0]
        annotating.remove_mention(project, mention.id)
        told = history.deeds_of(project, mention.id)
        with pytest.raises(Refused, match="was gone"):
            history.put_back(project, told[-1])
        if not project.all(Claim):
            history.put_back(project, history.deeds_of(project, mention.claim_id)[0])
        assert history.put_back(project, told[0])
        assert [one.id for one in project.all(Mention)] == [mention.id]
        annotating.edit_mention(project, mention.id, note="a note")
    with making.opened(path, making.BO) as project, pytest.raises(Refused, match="belongs to another"):
        history.put_back(project, history.deeds_of(project, mention.id)[0])


def test_what_is_redacted_is_told_as_such_and_never_put_back(path: Path) -> None:
    with making.opened(path) as project:
        object_id = claim_of(project).id
        redacting.redact(project, object_id, "a court order")
        told = history.deeds_of(project, object_id)
        assert [one.note for one in told] == [
            "Withheld: what it said is not in this file",
            "Withheld: what it said is not in this file",
            "Redacted: a court order",
        ]
        with pytest.raises(Refused, match="is withheld"):
            history.put_back(project, told[0])
        assert "court order" not in history.changes(project)[-1].about
        assert all(one.event_id for one in history.deeds_of(project, project.all(Mention)[0].id))


def test_an_export_leaves_out_what_is_withheld_and_says_so(path: Path, tmp_path: Path) -> None:
    with making.opened(path) as project:
        with project.change("mark.disputed") as change:
            making.put_mark(change, project.all(TextVersion)[0], 10, 12)
        first = project.all(Mention)[0]
        redacting.redact(project, first.claim_id, "a court order")
        losses = exported(project, tmp_path / "out.jsonl")
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert "The bridge was safe." not in written
    assert first.claim_id not in written
    assert losses == ("2 mentions, assessments or pieces of evidence name what is withheld here; they are left out.",)
    with making.opened(making.new_project(tmp_path, "again")) as other:
        for _progress in import_files(other, [tmp_path / "out.jsonl"]):
            pass
        assert len(other.all(Mention)) == 1


def test_without_its_article_or_its_speaker_the_rest_is_exported(path: Path, tmp_path: Path) -> None:
    with making.opened(path) as project:
        mention = project.all(Mention)[0]
        other = Speaker(SpeakerId(new_id()), "The mayor")
        with project.change("speaker.set") as change:
            change.put(other)
            change.put(replace(mention, speaker_id=other.id))
        with project.change("import") as change:
            lonely = making.put_article(change, "Another story.")
        redacting.redact(project, other.id, "a court order")
        with project.change("redact") as change:
            change.redact("article", lonely.article_id, "a court order, when articles left their texts behind")
        assert check(project).sound, check(project).findings
        losses = exported(project, tmp_path / "out.jsonl")
        assert [one.split(":")[0] for one in losses] == [
            "1 mention names a speaker who is withheld here; the name is left out.",
            "1 text is left out",
        ]
        rows = viewing.claim_rows(project, project.version_rows()[0].version.id)
        assert [one.speaker for one in rows] == [viewing.withheld_words()]
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").count("\n") == 1
