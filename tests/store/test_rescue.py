"""R10: of a damaged file, its newest good backup and its journal comes a sound project with every mark of any."""

import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from annotator.errors import Refused
from annotator.model.records import Claim, Mention, TextVersion
from annotator.store import backup, backup_files, journal
from annotator.store.check import check
from annotator.store.project import Project
from annotator.store.rescue import Rescued, rescuing
from tests import making

T = TypeVar("T")

ARTICLES = 12
MARKS = 30


@dataclass(frozen=True)
class World:
    """A project with a backup from its middle and a journal of what came after; marks by the id of their mention."""

    path: Path
    content: bytes
    in_backup: frozenset[str]
    in_journal: frozenset[str]
    home: Path


def finished(steps: Generator[object, None, T]) -> T:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def rescued(path: Path, new: Path) -> Rescued:
    return finished(rescuing(path, new, making.BO))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generator[World]:
    """The world as it was made; each test works on a copy."""
    folder = tmp_path_factory.mktemp("world")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_HOME", str(folder / "home"))
        path = making.new_project(folder)
        with making.opened(path) as project:
            with project.change("import") as change:
                versions = [
                    making.put_article(change, making.TEXT + f"Number {n}. " + "More words. " * 700)
                    for n in range(ARTICLES)
                ]
            first = {_mark(project, versions[n % ARTICLES]) for n in range(MARKS)}
            backup.take(project, "asked")
            second = {_mark(project, versions[n % ARTICLES]) for n in range(MARKS)}
        yield World(path, path.read_bytes(), frozenset(first), frozenset(second), folder / "home")


def _mark(project: Project, version: TextVersion) -> str:
    with project.change("mark.disputed") as change:
        return making.put_mark(change, version).id


@pytest.fixture
def world(made: World, own_home: Path) -> World:
    """The world, its backups and journal copied for one test."""
    shutil.copytree(made.home / "backups", own_home / "backups")
    made.path.write_bytes(made.content)
    return made


# Damage


def flipped(whole: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(whole)
    for _ in range(dice.choice((1, 20, 400))):
        damaged[dice.randrange(len(damaged))] ^= dice.randrange(1, 256)
    return bytes(damaged)


def zeroed(whole: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(whole)
    for _ in range(dice.randint(1, 8)):
        begin = dice.randrange(0, len(damaged), 512)
        length = min(dice.choice((512, 4096, 16384)), len(damaged) - begin)
        damaged[begin : begin + length] = bytes(length)
    return bytes(damaged)


def cut(whole: bytes, dice: random.Random) -> bytes:
    return whole[: dice.randrange(1, len(whole))]


def headless(whole: bytes, dice: random.Random) -> bytes:
    length = dice.choice((1, 100, 4096, 40960))
    return dice.randbytes(length) + whole[length:]


def shuffled(whole: bytes, dice: random.Random) -> bytes:
    blocks = [whole[at : at + 4096] for at in range(0, len(whole), 4096)]
    one, other = dice.randrange(len(blocks)), dice.randrange(len(blocks))
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return b"".join(blocks)


DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, zeroed, cut, headless, shuffled)


def readable_marks(damaged: Path) -> set[str]:
    """The marks that SQLite itself still reads, each event and text proved by its hash."""
    with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.text_factory = bytes
        texts = {sha.hex() for sha, text in _each(connection, "SELECT sha256, content FROM text") if proved(text, sha)}
        bodies = [
            body
            for body, salt, hashed in _each(connection, "SELECT body, salt, body_hash FROM event")
            if isinstance(salt, bytes) and isinstance(body, bytes) and proved(salt + body, hashed)
        ]
    records: list[dict[str, Any]] = [msgspec.json.decode(body) for body in bodies]
    return {one["id"] for one in records if "spans" in one and "claim_id" in one and one["text_sha256"] in texts}


def proved(content: object, sha256: object) -> bool:
    return isinstance(content, bytes) and hashlib.sha256(content).digest() == sha256


def _each(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    return [row for number in range(1, 10 * MARKS) for row in _rows(connection, f"{sql} WHERE n = ?", number)]


def _rows(connection: sqlite3.Connection, sql: str, number: int) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(sql, (number,)).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):  # SQLite quotes damaged names, and Python cannot read them
        return []


def check_rescue(world: World, tmp_path: Path, dice: random.Random, *, backups: bool, noted: bool) -> Rescued | None:
    damaged = dice.choice(DAMAGE)(world.content, dice)
    world.path.write_bytes(damaged)
    (folder,) = backup_files.folders_of(world.path)
    away = shutil.copytree(folder, folder.with_name("away"))
    if not noted:
        (folder / journal.NAME).unlink()
    for one in backup_files.backups_in(folder) if not backups else ():
        backup_files.remove(one)
    wanted = readable_marks(world.path)
    wanted |= world.in_backup if backups else set()
    wanted |= world.in_journal if backups and noted else set()
    new = tmp_path / f"new-{dice.random()}.annot"
    report = rescued_or_none(world.path, new)
    if report is None:
        assert not wanted
        assert not new.exists()
    else:
        assert report.sound, report.findings
        assert_marks(new, wanted)
    assert world.path.read_bytes() == damaged, "the damaged file is as it was"
    assert {one.name for one in world.path.parent.iterdir()} <= {world.path.name, "home"}
    shutil.rmtree(folder)
    away.rename(folder)
    return report


def rescued_or_none(path: Path, new: Path) -> Rescued | None:
    try:
        return rescued(path, new)
    except Refused:
        return None


def assert_marks(new: Path, wanted: set[str]) -> None:
    with Project.open(new, write=False) as project:
        found = check(project)
        assert found.sound, found.findings
        assert wanted <= {mention.id for mention in project.all(Mention)}
        assert project.card.name
    new.unlink()


@pytest.mark.parametrize(
    ("seed", "mutations"), [*((seed, 20) for seed in range(5)), pytest.param(99, 1000, marks=pytest.mark.long)]
)
def test_every_mark_of_any_copy_is_rescued(world: World, tmp_path: Path, seed: int, mutations: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - damage that comes again, no secret
    for number in range(mutations):
        check_rescue(world, tmp_path, dice, backups=number % 4 < 2, noted=number % 2 == 0)


def test_every_kind_of_damage_leaves_something_to_prove(world: World, tmp_path: Path) -> None:
    """Without backup and journal, rows alone: most damages leave most marks, so the test above tests something."""
    dice = random.Random(7)  # noqa: S311 - as above
    reports = [check_rescue(world, tmp_path, dice, backups=False, noted=False) for _ in range(20)]
    there = [one for one in reports if one]
    assert len(there) > 10
    assert sum(one.from_rows for one in there) > 500
    assert any(one.retold for one in there), "some have lost what came before"
    assert any(one.missing or one.lost for one in there), "and say so"


def test_nothing_to_rescue_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "noise.annot"
    path.write_bytes(b"not a project at all" * 1000)
    with pytest.raises(Refused, match="nothing to rescue"):
        rescued(path, tmp_path / "new.annot")
    with pytest.raises(Refused, match="No such file"):
        rescued(tmp_path / "gone.annot", tmp_path / "new.annot")
    assert [one.name for one in tmp_path.iterdir()] == ["noise.annot"]


def test_a_rescue_never_writes_over_a_file(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    before = making.digest(path)
    with pytest.raises(Refused, match="there is a file already"):
        rescued(path, path)
    assert making.digest(path) == before


def test_an_open_project_is_not_read_beside_sqlite(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path), pytest.raises(Refused, match="the project is open; close it first"):
        rescued(path, tmp_path / "new.annot")


def test_without_its_file_a_project_comes_back_from_backup_and_journal(world: World, tmp_path: Path) -> None:
    world.path.write_bytes(b"")
    report = rescued(world.path, tmp_path / "new.annot")
    assert report.from_rows == report.retold == report.missing == 0
    assert not report.lost
    assert (report.from_journal, report.from_backup > 0) == (3 * MARKS, True)
    assert_marks(tmp_path / "new.annot", {*world.in_backup, *world.in_journal})


def test_a_damaged_backup_is_passed_over(world: World, tmp_path: Path) -> None:
    (one,) = backup.backups_of(world.path)
    one.path.chmod(0o600)
    content = bytearray(one.path.read_bytes())
    content[5000] ^= 1
    one.path.write_bytes(content)
    report = rescued(world.path, tmp_path / "new.annot")
    assert report.backup is None
    assert report.from_rows + report.from_journal == report.from_backup + 2 + 2 * ARTICLES + 6 * MARKS
    assert_marks(tmp_path / "new.annot", {*world.in_backup, *world.in_journal})


def test_a_backup_of_an_older_schema_is_rescued_into_the_current_one(tmp_path: Path) -> None:
    path = tmp_path / "old.annot"
    shutil.copyfile(making.ROOT / "tests" / "fixtures" / "projects" / "schema-1.annot", path)
    made = backup.take(path, "migration")
    path.write_bytes(b"gone")
    report = rescued(path, tmp_path / "new.annot")
    assert report.backup is not None
    assert report.backup.path == made
    assert report.backup.schema_version == 1
    assert report.sound
    with Project.open(tmp_path / "new.annot", write=False) as project:
        assert check(project).sound
        assert project.count(Mention) > 0


def test_a_change_that_was_cut_short_is_taken_back_in_a_copy(tmp_path: Path) -> None:
    """A hot journal beside the damaged file: what was never committed does not come back, and both files stay."""
    path = making.new_project(tmp_path)
    with making.opened(path) as project, project.change("import") as change:
        version = making.put_article(change)
    with making.opened(path) as project:
        _mark(project, version)
    script = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA cache_size = 1')\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "connection.execute('UPDATE text SET content = upper(content)')\n"
        "connection.execute('CREATE TABLE filler AS SELECT zeroblob(9000) FROM event a, event b')\n"
        "os._exit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, path], check=False).returncode == 7
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert before.keys() == {"story.annot", "story.annot-journal"}
    assert b"BRIDGE WAS SAFE" in before["story.annot"]
    report = rescued(path, tmp_path / "new.annot")
    assert report.sound
    assert (report.missing, report.lost) == (0, ())
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    with Project.open(tmp_path / "new.annot", write=False) as project:
        assert [project.text(one.text_sha256) for one in project.all(Mention)] == [making.TEXT]


@pytest.mark.parametrize(("kept_of_file", "journal_is_there"), [(1.0, True), (1.0, False), (0.3, True)])
def test_what_was_redacted_stays_so_where_a_backup_still_has_it(
    tmp_path: Path, kept_of_file: float, *, journal_is_there: bool
) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        with project.change("claim") as change:
            claim = making.claim("The caller from pier nine said so.")
            change.put(claim)
        backup.take(project, "asked")
        # As a merge brings it: this machine's backup has the words until somebody takes them out.
        with project.change("redact") as change:
            change.redact("claim", claim.id, "a court")
    (kept,) = backup.backups_of(path)
    assert claim.text.encode() in kept.path.read_bytes()
    if not journal_is_there:
        (kept.path.parent / journal.NAME).unlink()
    whole = path.read_bytes()
    path.write_bytes(whole[: round(len(whole) * kept_of_file)])
    new = tmp_path / "new.annot"
    assert rescued(path, new).sound
    assert claim.text.encode() not in new.read_bytes()
    with Project.open(new, write=False) as project:
        assert project.all(Claim) == []


def test_a_redaction_behind_a_hole_is_told_anew(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        with project.change("claim") as change:
            claim = making.claim("The caller from pier nine said so.")
            change.put(claim)
        backup.take(project, "asked")
        with project.change("claim") as change:
            change.put(making.claim("the hole"))
        with project.change("redact") as change:
            change.redact("claim", claim.id, "a court")
    (kept,) = backup.backups_of(path)
    lines = list(journal.read(kept.path.parent / journal.NAME))
    journal.journal_in(kept.path.parent).rewrite(lambda line: None if line.change.name == "claim" else line)
    assert [one.change.name for one in lines] == ["claim", "redact"]
    path.write_bytes(b"")
    new = tmp_path / "new.annot"
    rescued(path, new)
    assert claim.text.encode() not in new.read_bytes()
    with Project.open(new, write=False) as project:
        assert project.all(Claim) == []
        assert check(project).sound


def test_check_tells_of_words_that_a_redaction_should_have_taken(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        with project.change("claim") as change:
            claim = making.claim("The caller from pier nine said so.")
            change.put(claim)
        event = project.connection.execute(
            "SELECT salt, CAST(body AS BLOB), event.n FROM event JOIN object ON object.n = object WHERE kind = 'claim'"
        ).fetchone()
        with project.change("redact") as change:
            change.redact("claim", claim.id, "a court")
        assert check(project).sound
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE event SET salt = ?, body = CAST(? AS TEXT) WHERE n = ?", event)
    with Project.open(path, write=False) as project:
        assert any("redacted" in str(one) for one in check(project).findings)
