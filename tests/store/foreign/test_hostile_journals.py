"""Hostile things beside a project file, and files that change while they are copied."""

import os
import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.records import Claim
from annotator.store import foreign_copy
from annotator.store.foreign_answers import FaultError, Question
from annotator.store.project import Project
from annotator.store.super_journal import journal_of
from tests import making
from tests.store.foreign.forging import Desk
from tests.store.merging import desks

posix = pytest.mark.skipif(os.name != "posix", reason="files of these kinds are Unix's")


SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")


def test_files_of_wal_mode_beside_it_are_not_looked_at(desk: Desk) -> None:
    path = desks.copied(desk.theirs, "hostile")
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).write_bytes(b"\x37\x7f\x06\x82" + os.urandom(40_000))
    assert desk.outcome(path) == "merged"
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink()


@pytest.fixture
def cut_short(desk: Desk) -> Path:
    """A file in the middle of a change, with the journal that takes it back."""
    path = desks.copied(desk.theirs, "hostile")
    copy = path.with_name("cut-short.annot")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_spill = ON")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE event SET body = body || 'x'")
        connection.execute("UPDATE text SET content = content || 'x'")
        for end in ("", "-journal"):
            shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        connection.execute("ROLLBACK")
    assert copy.read_bytes() != desk.theirs.read_bytes()
    return copy


def test_a_change_cut_short_is_taken_back_in_the_copy_alone(desk: Desk, cut_short: Path) -> None:
    before = making.digest(cut_short), making.digest(journal_of(cut_short))
    assert desk.outcome(cut_short) == "merged"
    assert (making.digest(cut_short), making.digest(journal_of(cut_short))) == before
    journal_of(cut_short).unlink()
    assert desk.outcome(cut_short) != "merged"


def naming(journal: Path, other: Path) -> None:
    """Write the name of another file into a journal, as SQLite does for a change to several databases."""
    name = str(other).encode()
    checksum = sum(byte if byte < 128 else byte - 256 for byte in name) & 0xFFFFFFFF
    locked_page = struct.pack(">I", (1 << 30) // 4096 + 1)
    with journal.open("ab") as stream:
        stream.write(locked_page + name + struct.pack(">II", len(name), checksum) + SUPER_JOURNAL)


def test_a_journal_that_names_another_file_never_reaches_it(desk: Desk, cut_short: Path) -> None:
    # SQLite reads the file that a journal names, and deletes it when it is done.
    canary = desk.folder / "somebody's work.txt"
    canary.write_bytes(b"years of it")
    naming(journal_of(cut_short), canary)
    assert "the journal beside it names another file" in desk.outcome(cut_short)
    for write in (False, True):
        with pytest.raises(Refused, match="the journal beside it names another file"):
            Project.open(cut_short, write=write)
    assert canary.exists()
    # It would have: this is what the refusal is for.
    with closing(sqlite3.connect(cut_short)) as connection:
        connection.execute("SELECT count(*) FROM event").fetchone()
    assert not canary.exists()


@pytest.mark.parametrize("name", ["noise", "another page size", "pages without end", "a WAL flag", "a shorter file"])
def test_a_hostile_journal_is_refused_or_does_no_harm(desk: Desk, cut_short: Path, name: str) -> None:
    journal = journal_of(cut_short)
    content = bytearray(journal.read_bytes())
    if name == "noise":
        content[512:] = os.urandom(len(content) - 512)
    elif name == "another page size":
        content[24:28] = struct.pack(">I", 65_536)
    elif name == "pages without end":
        content[8:12] = b"\xff\xff\xff\xff"
        content[16:20] = struct.pack(">I", 1 << 31)
    elif name == "a shorter file":
        content[16:20] = struct.pack(">I", 1)
    else:
        page = bytearray(desk.theirs.read_bytes()[:4096])
        page[18:20] = b"\x02\x02"
        nonce = struct.unpack(">I", content[12:16])[0]
        checksum = (nonce + sum(page[place] for place in range(4096 - 200, 0, -200))) & 0xFFFFFFFF
        content[8:12] = struct.pack(">I", 1)
        content[512:] = struct.pack(">I", 1) + page + struct.pack(">I", checksum)
    journal.write_bytes(content)
    refusal = desk.outcome(cut_short)
    assert refusal != "merged"
    if name == "a WAL flag":
        assert "WAL journal mode" in refusal
    journal.unlink()


@posix
def test_a_journal_that_is_no_file_is_not_waited_for(desk: Desk) -> None:
    path = desks.copied(desk.theirs, "hostile")
    journal = journal_of(path)
    os.mkfifo(journal)
    assert desk.outcome(path) == "merged"
    journal.unlink()
    journal.symlink_to("/dev/zero")
    assert desk.outcome(path) == "merged"
    journal.unlink()
    journal.mkdir()
    assert desk.outcome(path) == "merged"
    journal.rmdir()
    journal.symlink_to(path)
    assert desk.outcome(path)
    journal.unlink()


def question(path: Path) -> Question:
    return Question(os.fsencode(path), os.fsencode(path.parent), 60.0)


def test_a_file_that_changes_while_it_is_copied_is_copied_again(desk: Desk) -> None:
    path, target = desks.copied(desk.theirs, "hostile"), desk.folder / "target"
    writes = 1

    def meanwhile() -> None:
        nonlocal writes
        if writes:
            writes -= 1
            with making.opened(path) as project, project.change("claim.text") as change:
                change.put(replace(project.all(Claim)[0], text="Meanwhile."))

    foreign_copy.copy(question(path), target, meanwhile)
    assert target.read_bytes() == path.read_bytes()


def test_a_change_that_ends_while_its_file_is_copied_is_no_reason_to_refuse_it(desk: Desk, cut_short: Path) -> None:
    target = desk.folder / "target"

    def meanwhile() -> None:
        if journal_of(cut_short).exists():
            shutil.copyfile(desk.theirs, cut_short)
            journal_of(cut_short).unlink()

    foreign_copy.copy(question(cut_short), target, meanwhile)
    assert target.read_bytes() == desk.theirs.read_bytes()
    assert not journal_of(target).exists()


def test_a_file_that_does_not_stop_changing_is_refused(desk: Desk) -> None:
    path, target = desks.copied(desk.theirs, "hostile"), desk.folder / "target"

    def meanwhile() -> None:
        with path.open("ab") as stream:
            stream.write(b"more")

    with pytest.raises(FaultError) as caught:
        foreign_copy.copy(question(path), target, meanwhile)
    assert caught.value.reason == "changing"
