"""`annotator redact` with a text version: its words go everywhere, and stay away when colleagues still have them."""

import shutil
from pathlib import Path

import pytest

from annotator import settings
from annotator.model.records import Article, Mention, TextVersion, Zone
from annotator.services import annotating, projects
from annotator.store import backup_files
from annotator.store.project import Project
from tests.cli.running import Command

WORDS = "the caller from pier nine"


def imported(command: Command, project: Path, tmp_path: Path) -> TextVersion:
    text = tmp_path / "text.txt"
    text.write_text(f"A headline\n\nIt was {WORDS} who said so.\n\nAnother paragraph of it.\n")
    assert command("import", project, text).code == 0
    text.unlink()
    with Project.open(project, write=False) as opened:
        return opened.all(TextVersion)[0]


def holding(*folders: Path) -> list[Path]:
    """Return the files that have a byte of the words."""
    found = [one for folder in folders for one in ([folder] if folder.is_file() else folder.rglob("*"))]
    return [one for one in found if one.is_file() and WORDS.encode() in one.read_bytes()]


def test_a_text_goes_with_its_version_its_zones_and_its_snapshot(
    command: Command, project: Path, tmp_path: Path
) -> None:
    version = imported(command, project, tmp_path)
    copy = tmp_path / "copy" / "bo.annot"
    copy.parent.mkdir()
    shutil.copyfile(project, copy)
    assert holding(project, settings.folder())
    ran = command("redact", project, version.id, "--reason", "a protected source", "--json")
    assert (ran.code, ran.document["texts"], ran.document["snapshots"]) == (0, 1, 1)
    assert ran.document["along"]["snapshot"] == 1
    assert ran.document["kept_by"] == []
    assert holding(project, settings.folder()) == []
    assert command("check", project).code == 0
    merged = command("merge", project, copy, "--json")
    assert (merged.code, merged.document["filled"]) == (0, 0)
    assert holding(project, settings.folder()) == []
    assert command("check", project).code == 0


def test_a_text_that_a_mention_quotes_stays_until_that_is_redacted_too(
    command: Command, project: Path, tmp_path: Path
) -> None:
    version = imported(command, project, tmp_path)
    with projects.opened(project, write=True) as opened:
        annotating.mark(opened, version.id, [(0, 10)], status="alleged")
        (mention,) = opened.all(Mention)
    ran = command("redact", project, version.id, "--reason", "a protected source")
    assert ran.code == 0
    assert mention.id in ran.out
    assert holding(project)
    # The mention stands in an article that is shown no more: the dataset says that it lacks it.
    exported = command("export", project, "-f", "jsonl", "-o", tmp_path / "out.jsonl")
    assert "1 mention, assessment or piece of evidence names what is withheld here" in exported.out + exported.err
    assert command("redact", project, mention.id, "--reason", "a protected source").code == 0
    assert holding(project, settings.folder()) == []
    assert command("check", project).code == 0


def test_an_article_goes_with_its_texts_their_zones_and_its_page(
    command: Command, project: Path, tmp_path: Path
) -> None:
    version = imported(command, project, tmp_path)
    said = command("redact", project, version.article_id, "--reason", "a court", "--dry-run", "--json").document
    assert (said["texts"], said["snapshots"], said["along"]["version"]) == (1, 1, 1)
    assert holding(project)
    ran = command("redact", project, version.article_id, "--reason", "a court")
    assert ran.code == 0
    assert "gone: 1 × text version" in ran.out
    assert "gone: 1 text of an article" in ran.out
    assert holding(project, settings.folder()) == []
    assert command("check", project).code == 0
    with Project.open(project, write=False) as opened:
        assert opened.all(Article) == opened.all(TextVersion) == opened.all(Zone) == []


def test_the_last_backup_is_from_after_a_redaction_and_sound(command: Command, project: Path, tmp_path: Path) -> None:
    version = imported(command, project, tmp_path)
    assert command("redact", project, version.id, "--reason", "a protected source").code == 0
    listed = command("backups", project, "--json")
    assert listed.code == 0
    assert [one["why"] for one in listed.document] == ["redaction", "import"]
    assert all(one["sound"] for one in listed.document)
    new = tmp_path / "restored.annot"
    assert command("restore", project, "-o", new).code == 0
    assert command("check", new).code == 0


def test_a_damaged_backup_gets_no_new_good_name(command: Command, project: Path, tmp_path: Path) -> None:
    version = imported(command, project, tmp_path)
    (kept,) = backup_files.backups_of(project)
    content = bytearray(kept.path.read_bytes())
    content[-1] ^= 1
    kept.path.chmod(0o600)
    kept.path.write_bytes(content)
    ran = command("redact", project, version.id, "--reason", "a protected source", "--json")
    assert (ran.code, ran.document["backups"], ran.document["removed"]) == (0, 0, 1)
    assert not kept.path.exists()


def test_a_redaction_that_a_merge_brings_is_finished_by_one_word(
    command: Command, project: Path, tmp_path: Path
) -> None:
    version = imported(command, project, tmp_path)
    copy = bo_redacts(command, project, tmp_path, version.article_id)
    ran = command("merge", project, copy)
    assert ran.code == 0
    assert version.article_id in ran.out
    assert "--finish" in ran.out
    assert holding(project) == []
    assert holding(settings.folder())
    left = command("redact", project, "--finish", "--dry-run", "--json")
    # The backup after the import and the journal's line of it, and the copy from before the merge.
    assert (left.code, left.document["left_over"]) == (0, len(holding(settings.folder() / "backups")))
    assert "redact" in command("backups", project).out
    assert command("redact", project, "--finish").code == 0
    assert holding(project, settings.folder()) == []
    assert command("redact", project, "--finish", "--dry-run", "--json").document["left_over"] == 0
    assert "redact" not in command("backups", project).out
    assert command("check", project).code == 0
    assert command("backups", project).code == 0


def test_a_merge_takes_what_was_redacted_out_of_backups_where_it_is_told_to(
    command: Command, project: Path, tmp_path: Path
) -> None:
    version = imported(command, project, tmp_path)
    copy = bo_redacts(command, project, tmp_path, version.id)
    ran = command("merge", project, copy, "--take-out", "--json")
    assert ran.code == 0
    assert ran.document["taken_out"]["backups"] >= 1
    assert holding(project, settings.folder()) == []


def test_an_id_needs_a_reason_and_finishing_takes_neither(command: Command, project: Path) -> None:
    for wrong in ((), ("x",), ("--finish", "x"), ("--finish", "--reason", "x")):
        assert command("redact", project, *wrong).code == 2


def bo_redacts(command: Command, project: Path, tmp_path: Path, object_id: str) -> Path:
    """Let Bo redact a record in a copy on another machine."""
    copy = tmp_path / "copy" / "bo.annot"
    copy.parent.mkdir()
    shutil.copyfile(project, copy)
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("ANNOTATOR_HOME", str(tmp_path / "bo's home"))
        assert command("--as", "Bo", "redact", copy, object_id, "--reason", "a protected source").code == 0
    return copy
