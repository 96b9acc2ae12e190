"""A project whose bytes were damaged is told in one line by every command, and no reading command touches it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import assets
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
