"""R10: from a damaged file, its newest good backup and its journal comes a sound project with every mark of any of them."""

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from annotator.errors import Refused
from annotator.model.records import Claim, Mention
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
            first = {_mark(project, versions[n % ARTICLES], n) for n in range(MARKS)}
            backup.take(project, "asked")
            second = {_mark(project, versions[n % ARTICLES], n) for n in range(MARKS)}
        yield World(path, path.read_bytes(), frozenset(first), frozenset(second), folder / "home")


def _mark(project: Project, version: object, number: int) -> str:
    del number
    with project.change("mark.disputed") as change:
        return making.put_mark(change, version).id  # pyright: ignore[reportArgumentType]


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
    marks: set[str] = set()
    texts: set[str] = set()
    try:
        with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            for number in range(1, 2 * ARTICLES):
                for sha256, content in _rows(connection, "SELECT sha256, content FROM text WHERE n = ?", number):
                    if isinstance(content, bytes) and hashlib.sha256(content).digest() == sha256:
                        texts.add(sha256.hex())
            for number in range(1, 10 * MARKS):
                for salt, body, hashed in _rows(
                    connection, "SELECT salt, body, body_hash FROM event WHERE n = ?", number
                ):
                    if isinstance(salt, bytes) and isinstance(body, bytes):
                        if hashlib.sha256(salt + body).digest() == hashed and b'"spans"' in body:
                            record = msgspec.json.decode(body)
                            if record.get("text_sha256") in texts and "claim_id" in record:
                                marks.add(str(record["id"]))
    except sqlite3.Error:
        pass  # the schema cannot be read: SQLite reads nothing
    return marks


def _rows(connection: sqlite3.Connection, sql: str, number: int) -> list[tuple[bytes, ...]]:
    try:
        return connection.execute(sql, (number,)).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):  # SQLite quotes damaged names, and Python cannot read them
        return []


def check_rescue(world: World, tmp_path: Path, dice: random.Random, *, backups: bool, noted: bool) -> str:
    damaged = dice.choice(DAMAGE)(world.content, dice)
    path = world.path
    path.write_bytes(damaged)
    (folder,) = backup_files.folders_of(path)
    away = folder.with_name("away")
    folder.rename(away)
    if backups or noted:
        shutil.copytree(away, folder)
        if not noted:
            (folder / journal.NAME).unlink()
        if not backups:
            for one in backup_files.backups_in(folder):
                backup_files.remove(one)
    wanted = readable_marks(path)
    if backups:
        wanted |= world.in_backup
    if noted and backups:
        wanted |= world.in_journal
    new = tmp_path / f"new-{dice.random()}.annot"
    try:
        report = rescued(path, new)
    except Refused as refusal:
        assert "nothing to rescue" in str(refusal)
        assert not wanted
        assert not new.exists()
        report = None
    else:
        with Project.open(new, write=False) as project:
            found = check(project)
            assert found.sound, found.findings
            there = {mention.id for mention in project.all(Mention)}
            assert wanted <= there, (len(wanted - there), report)
            assert project.card.name
        assert report.sound
        new.unlink()
    assert path.read_bytes() == damaged, "the damaged file is as it was"
    shutil.rmtree(folder, ignore_errors=True)
    away.rename(folder)
    assert {one.name for one in path.parent.iterdir()} <= {path.name, "home"}
    return "refused" if report is None else "rescued"


@pytest.mark.parametrize(
    ("seed", "mutations"), [*((seed, 20) for seed in range(5)), pytest.param(99, 1000, marks=pytest.mark.long)]
)
def test_every_mark_of_any_copy_is_rescued(world: World, tmp_path: Path, seed: int, mutations: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - damage that comes again, no secret
    for number in range(mutations):
        check_rescue(world, tmp_path, dice, backups=number % 4 < 2, noted=number % 2 == 0)
