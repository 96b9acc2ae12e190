"""The journal: never older than the last mark, tolerant of torn lines, cut down by backups, never in a mark's way."""

import sys
from pathlib import Path

import pytest

from annotator.model.records import Claim, Mention
from annotator.store import backup, backup_files, journal
from annotator.store.journal import Line
from annotator.store.project import Project
from annotator.store.rescue import rescuing
from tests import making
from tests.store.test_backup import finished
from tests.store.test_killed import kills


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return making.new_project(tmp_path)


def lines_of(path: Path) -> list[Line]:
    (folder,) = backup_files.folders_of(path)
    return list(journal.read(folder / journal.NAME))


def claimed(project: Project, text: str = "said") -> Claim:
    claim = making.claim(text)
    with project.change("claim.new") as change:
        change.put(claim)
    return claim


def test_each_change_is_there_when_it_is_saved(path: Path) -> None:
    with making.opened(path) as project:
        for number in range(1, 4):
            claimed(project)
            assert len(lines_of(path)) == number
        project.undo()
        assert [line.change.name for line in lines_of(path)] == ["claim.new"] * 3 + ["undo"]


def test_what_changes_nothing_and_who_only_looks_leaves_no_line(path: Path) -> None:
    with Project.open(path, write=False) as project:
        assert project.count(Claim) == 0
    with making.opened(path) as project:
        with project.change("nothing"):
            pass
        with project.change("nothing new") as change:
            change.put(making.ADA)
    assert backup_files.folders_of(path) == []


def test_a_line_replays_its_change_with_its_texts_and_bytes(path: Path, tmp_path: Path) -> None:
    made = backup.take(path, "asked")
    with making.opened(path) as project, project.change("import") as change:
        mention = making.put_mark(change, making.put_article(change))
        sha256 = change.put_blob(b"\x00\xff bytes")
    path.write_bytes(b"gone")
    report = finished(rescuing(path, tmp_path / "new.annot", making.BO))
    assert (report.backup is not None, made.exists(), report.from_journal) == (True, True, 5)
    with Project.open(tmp_path / "new.annot", write=False) as project:
        assert project.find(Mention, mention.id) == mention
        assert project.text(mention.text_sha256) == making.TEXT
        assert project.blob(sha256) == b"\x00\xff bytes"


def test_a_newcomer_has_a_line_of_their_own(path: Path) -> None:
    with Project.open(path, write=True) as project:
        project.work_as(making.BO.id)
        project.introduce(making.BO)
        claimed(project)
    assert [line.change.name for line in lines_of(path)] == ["annotator.new", "claim.new"]


def test_a_bulk_change_is_left_to_the_backup_after_it(path: Path) -> None:
    with making.opened(path) as project:
        with project.change("import") as change:
            change.put_all(making.claim(str(n)) for n in range(journal.MOST_EVENTS + 1))
        with project.change("import") as change:
            change.put(making.claim())
            change.put_text("x" * (journal.MOST_BYTES + 1))
        claimed(project)
    assert [line.change.name for line in lines_of(path)] == ["claim.new"]


def test_a_torn_line_costs_itself_alone(path: Path) -> None:
    with making.opened(path) as project:
        claims = [claimed(project) for _ in range(2)]
    (folder,) = backup_files.folders_of(path)
    file = folder / journal.NAME
    whole = file.read_bytes()
    for cut in range(2, len(whole.splitlines()[1]), 97):
        file.write_bytes(whole[:-cut])
        assert len(lines_of(path)) == 1
    with making.opened(path) as project:
        claims.append(claimed(project))
    assert [line.events[0].object_id.hex() for line in lines_of(path)] == [
        claims[n].id.replace("-", "") for n in (0, 2)
    ]


def test_a_backup_cuts_it_down_to_what_it_does_not_hold(path: Path) -> None:
    with making.opened(path) as project, project.beside() as beside:
        claimed(project)
        steps = backup.taking(beside, "asked")
        while next(steps).what != "Checking the copy":
            pass
        later = claimed(project)
        finished(steps)
        (line,) = lines_of(path)
        assert line.events[0].object_id.hex() == later.id.replace("-", "")
        last = claimed(project)
        assert [line.events[0].object_id.hex() for line in lines_of(path)] == [
            one.id.replace("-", "") for one in (later, last)
        ]
        finished(backup.taking(project, "asked"))
        (folder,) = backup_files.folders_of(path)
        assert not (folder / journal.NAME).exists()


def test_a_backup_by_another_program_leaves_the_journal_alone(path: Path) -> None:
    with making.opened(path) as project:
        claimed(project)
        with Project.open(path, write=False) as reading:
            finished(backup.taking(reading, "asked"))
        backup.take(path, "migration")
        assert len(lines_of(path)) == 1


def test_where_it_cannot_be_written_the_mark_is_saved_all_the_same(path: Path, own_home: Path) -> None:
    (own_home / "backups").write_text("no folder", encoding="utf-8")
    with making.opened(path) as project:
        claim = claimed(project)
        assert project.journal_trouble is not None
        assert "the journal of changes cannot be written" in str(project.journal_trouble)
        assert "\n" not in str(project.journal_trouble)
    with Project.open(path, write=False) as project:
        assert project.find(Claim, claim.id) == claim


def test_a_place_that_is_there_again_is_written_again(path: Path, own_home: Path) -> None:
    (own_home / "backups").write_text("no folder", encoding="utf-8")
    with making.opened(path) as project:
        claimed(project)
        (own_home / "backups").unlink()
        claimed(project)
    assert len(lines_of(path)) == 1


def test_two_connections_of_a_program_write_whole_lines_into_one_file(path: Path) -> None:
    with making.opened(path) as project, project.beside() as beside:
        for _ in range(5):
            claimed(project)
            claimed(beside)
    assert len(lines_of(path)) == 10
    assert len({line.session.id for line in lines_of(path)}) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_what_was_acknowledged_before_a_kill_is_in_the_journal(path: Path) -> None:
    acknowledged = kills("write", path.parent, 6, seed=2)
    noted = {event.object_id.hex() for line in lines_of(path) for event in line.events}
    assert len(acknowledged) >= 6
    assert {one.replace("-", "") for one in acknowledged} <= noted
