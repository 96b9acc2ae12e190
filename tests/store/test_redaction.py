"""Redaction: no byte of a redacted body is left in file, journal or backups, and the log stays whole."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator import settings
from annotator.errors import Refused
from annotator.model.ids import SourceId, new_id
from annotator.model.records import Claim, Mention, Source, TextVersion
from annotator.services import redacting
from annotator.store import backup, backup_files, redaction, taking_out
from annotator.store.check import check
from annotator.store.file import gate
from annotator.store.project import Project
from tests import making

WORDS = "the whistle-blower of pier nine"
LATER = "the caller from the harbour office"
REASON = "a protected source"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project with a secret claim, edited, marked and assessed, in a backup, the journal, and large enough."""
    made = making.new_project(tmp_path)
    with making.opened(made) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        for number in range(60):
            with project.change("fill") as change:
                change.put(making.claim(f"{number} " + "filler " * 300))
        with project.change("mark") as change:
            place = making.put_mark(change, version)
        claim = project.get(Claim, place.claim_id)
        with project.change("claim.text") as change:
            change.put(replace(claim, text=WORDS + " x" * 3000))
        backup.take(project, "asked")
        with project.change("claim.text") as change:
            change.put(replace(claim, text=LATER))
    return made


def secret_id(path: Path) -> str:
    with Project.open(path, write=False) as project:
        return project.all(Mention)[0].claim_id


def everywhere(path: Path) -> bytes:
    """Return every byte that this machine keeps of a project: its folder, and the program's own."""
    found = [one for folder in (path.parent, settings.folder()) for one in folder.rglob("*") if one.is_file()]
    return b"\n".join(one.read_bytes() for one in sorted(set(found)))


def test_no_byte_of_a_redacted_body_is_left_anywhere_on_this_machine(path: Path) -> None:
    before = everywhere(path)
    assert WORDS.encode() in before
    assert LATER.encode() in before
    object_id = secret_id(path)
    with making.opened(path) as project:
        found = redacting.redact(project, object_id, REASON)
        assert project.find(Claim, object_id) is None
        assert check(project).sound, check(project).findings
    assert (found.kind, found.events, found.backups) == ("claim", 3, 1)
    assert found.named == {"mention": 1, "assessment": 1}
    after = everywhere(path)
    assert WORDS.encode() not in after
    assert LATER.encode() not in after
    assert REASON.encode() in after


def test_the_log_stays_whole_and_counts_what_is_withheld(path: Path) -> None:
    with making.opened(path) as project:
        events = check(project).checked["events"]
        redacting.redact(project, secret_id(path), REASON)
        report = check(project)
        assert report.sound, report.findings
        assert report.checked["events"] == events + 1
        assert sum(one.withheld for one in report.tallies) == 3
        assert sum(one.missing for one in report.tallies) == 0


def test_backups_are_sound_after_it_and_do_not_show_the_record(path: Path) -> None:
    object_id = secret_id(path)
    with making.opened(path) as project:
        redacting.redact(project, object_id, REASON)
    (kept,) = backup_files.backups_of(path)
    assert backup_is_whole(kept)
    with Project.open(kept.path, write=False) as project:
        assert check(project).sound, check(project).findings
        assert project.find(Claim, object_id) is None
        assert len(project.all(Mention)) == 1


def backup_is_whole(kept: backup.Backup) -> bool:
    steps = backup.verifying(kept)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return bool(end.value)


def test_looking_first_changes_no_byte(path: Path) -> None:
    before = everywhere(path)
    with Project.open(path, write=False) as project:
        found = redacting.survey(project, secret_id(path))
    assert (found.events, found.named) == (3, {"mention": 1, "assessment": 1})
    assert everywhere(path) == before


def test_a_text_goes_with_the_last_record_that_names_it(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        with project.change("import") as change:
            version = making.put_article(change, WORDS)
            other = making.put_article(change)
            change.put_blob(b"a page")
        with project.change("mark") as change:
            making.put_mark(change, other)
        found = redacting.redact(project, version.id, REASON)
        assert (found.texts, found.snapshots) == (1, 0)
        kept = redacting.redact(project, other.id, REASON)
        assert (kept.texts, kept.named["mention"]) == (0, 1)
        assert check(project).sound, check(project).findings
        assert project.all(TextVersion) == []
    after = everywhere(path)
    assert WORDS.encode() not in after
    assert making.TEXT.encode() in after  # a mention's quote is held against it


def test_nobody_redacts_what_is_somebody_elses(path: Path) -> None:
    with Project.open(path, write=False) as project:
        mention = project.all(Mention)[0]
    before = everywhere(path)
    with making.opened(path, making.BO) as project:
        with pytest.raises(Refused, match="belongs to another"):
            redacting.redact(project, mention.id, REASON)
        with pytest.raises(Refused, match="no record with the id"):
            redacting.redact(project, new_id(), REASON)
        with pytest.raises(Refused, match="needs a reason"):
            redacting.redact(project, mention.id, "  ")
        with pytest.raises(Refused, match="cannot be redacted"):
            redacting.redact(project, making.ADA.id, REASON)
    assert everywhere(path) == before


def test_a_redaction_cannot_be_undone_and_what_was_before_it_neither(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        source = Source(SourceId(new_id()), title=WORDS)
        with project.change("source.new") as change:
            change.put(source)
        redacting.redact(project, source.id, REASON)
        assert project.undo_name == "source.new"
        with pytest.raises(Refused, match="was changed since"):
            project.undo()
        assert project.find_any(source.id) is None
        assert redacting.redact(project, source.id, REASON).events == 0


def test_withheld_bodies_leave_the_rest_readable_and_the_chain_whole(path: Path) -> None:
    object_id = secret_id(path)
    with making.opened(path) as project:
        number = project.number_of(object_id)
        with gate(project.connection, str(path)):
            rows = project.connection.execute("SELECT n FROM event WHERE object = ?", (number,)).fetchall()
            redaction.withhold(project.connection, [n for (n,) in rows])
            project.connection.execute("DELETE FROM state_claim WHERE n = ?", (number,))
        report = check(project)
        assert report.sound, report.findings
        assert report.checked["withheld bodies"] == 3
        assert [one.claim_id for one in project.all(Mention)] == [object_id]
        assert [one.record for one in project.history(object_id)] == [None, None, None]


def test_other_machines_are_named(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE session SET machine = 'elsewhere' WHERE n = 1")
    connection.commit()
    connection.close()
    with Project.open(path, write=False) as project:
        found = redacting.survey(project, secret_id(path))
    assert [(one.name, one.machine) for one in found.elsewhere] == [("Ada", "elsewhere")]


def dirty(path: Path) -> None:
    """Leave the words in pages that nothing uses any more, as a program does that does not delete securely."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA secure_delete = 0")
    connection.execute("INSERT INTO text (sha256, content) VALUES (zeroblob(32), ?)", (f"{WORDS} " * 1000,))
    connection.execute("DELETE FROM text WHERE sha256 = zeroblob(32)")
    connection.close()
    assert WORDS.encode() in path.read_bytes()


def test_no_page_that_nothing_uses_keeps_the_words(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project, project.change("claim") as change:
        claim = making.claim(WORDS)
        change.put(claim)
    copy = tmp_path / "copy.annot"
    shutil.copyfile(path, copy)
    dirty(copy)
    taking_out.take_out(copy, taking_out.Redacted(frozenset([claim.id]), frozenset()))
    assert WORDS.encode() not in copy.read_bytes()
    dirty(path)
    with making.opened(path) as project:
        redacting.redact(project, claim.id, REASON)
    assert WORDS.encode() not in path.read_bytes()


def test_who_only_reads_takes_nothing_out(path: Path) -> None:
    with making.opened(path) as project, project.change("redact") as change:
        change.redact("claim", secret_id(path), REASON)
    before = everywhere(path)
    with Project.open(path, write=False) as project:
        with pytest.raises(Refused, match="for reading only"):
            list(redacting.finishing(project))
        assert list(redacting.left_over(project))
    assert everywhere(path) == before
