"""A project whose bytes were damaged is told in one line by every command, and no reading command touches it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import assets
from annotator.store.project import Project
from tests.cli.making_lines import article_line, written_lines
from tests.cli.running import Command


def _flipped(whole: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(whole)
    for _ in range(50):
        damaged[chance.randrange(100, len(damaged))] ^= chance.randrange(1, 256)
    return bytes(damaged)


def _schema_flipped(whole: bytes, chance: random.Random) -> bytes:
    """SQLite quotes its schema in messages, and cannot always be read itself then."""
    damaged = bytearray(whole)
    damaged[whole.index(b"CREATE TABLE") + chance.randrange(100)] |= 0x80
    return bytes(damaged)


def _zeroed(whole: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(4096, len(whole) - 8192)
    return whole[:begin] + bytes(8192) + whole[begin + 8192 :]


def _cut(whole: bytes, chance: random.Random) -> bytes:
    return whole[: chance.randrange(100, len(whole))]


@pytest.fixture
def whole(command: Command, project: Path) -> bytes:
    assert command("import", project, assets.path("sample", "sample.jsonl")).code == 0
    return project.read_bytes()


@pytest.mark.parametrize("damage", [_flipped, _schema_flipped, _zeroed, _cut])
def test_damage_is_told_and_not_touched(
    damage: Callable[[bytes, random.Random], bytes], command: Command, project: Path, whole: bytes, tmp_path: Path
) -> None:
    file = written_lines(tmp_path / "some.jsonl", article_line(1))
    for seed in range(6):
        damaged = damage(whole, random.Random(seed))  # noqa: S311 - damage that comes again, no secret
        project.write_bytes(damaged)
        for words in (["stats", project], ["check", project], ["import", project, file, "--dry-run"]):
            ran = command(*words)
            assert ran.code in {0, 1}, ran.err
            assert ran.code == 0 or str(project) in ran.err, "the file is named"
        assert project.read_bytes() == damaged


@pytest.mark.parametrize("error", [KeyError("018e"), IndexError("out of range"), ValueError("no such day")])
def test_what_comes_out_of_damaged_pages_is_damage_and_of_sound_ones_a_bug(
    error: Exception, command: Command, project: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_project: Project) -> None:
        raise error

    monkeypatch.setattr("annotator.services.projects.counts", failing)
    assert command("stats", project).code == 70
    damaged = bytearray(whole)
    # The cells of a leaf of a table, where its rows begin: SQLite reads the other pages without noticing.
    at = next(n for n in range(len(whole) - 4096, 0, -4096) if whole[n] == 13)
    damaged[at + 8 : at + 10] = b"\x00\x01"
    project.write_bytes(damaged)
    ran = command("stats", project)
    assert ran.code == 1
    assert ran.err.startswith(f"annotator: {project}: the file is damaged; `annotator rescue ")
    assert project.read_bytes() == damaged
