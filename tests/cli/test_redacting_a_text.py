"""`annotator redact` with a text version: its words go everywhere, and stay away when colleagues still have them."""

import shutil
from pathlib import Path

from annotator import settings
from annotator.model.records import Mention, TextVersion
from annotator.services import annotating, projects
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
    assert command("merge", project, copy).code == 0
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
    assert command("redact", project, mention.id, "--reason", "a protected source").code == 0
    assert holding(project, settings.folder()) == []
    assert command("check", project).code == 0


def test_a_redaction_that_a_merge_brings_takes_the_text_and_names_the_backups(
    command: Command, project: Path, tmp_path: Path
) -> None:
    version = imported(command, project, tmp_path)
    copy = tmp_path / "copy" / "bo.annot"
    copy.parent.mkdir()
    shutil.copyfile(project, copy)
    assert command("--as", "Bo", "redact", copy, version.id, "--reason", "a protected source").code == 0
    ran = command("merge", project, copy)
    assert ran.code == 0
    assert version.id in ran.out
    assert holding(project) == []
    assert command("redact", project, version.id, "--reason", "as Bo did").code == 0
    assert holding(project, settings.folder()) == []
    assert command("check", project).code == 0
