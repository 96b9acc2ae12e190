"""A sync client copies the live file: a copy opens complete, or is refused by name; it is never silently less."""

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Claim
from annotator.store.check import check
from annotator.store.project import Project
from tests import making

COPIES = 60

WRITER = """
import sys
from pathlib import Path
from tests import making
with making.opened(Path(sys.argv[1])) as project:
    print("ready", flush=True)
    while sys.stdin.readline():
        for number in range(3):
            with project.change("marks") as change:
                for _ in range(10):
                    change.put(making.claim("The bridge is safe. " * 80))
            print(project.count(making.Claim), flush=True)
"""


def copied(path: Path, to: Path, dice: random.Random) -> None:
    """Copy as sync clients do: piece by piece, the journal before or after the file, or not at all."""
    journal = path.with_name(f"{path.name}-journal")
    how = dice.choice(("file", "file, journal", "journal, file"))
    if how == "journal, file" and journal.exists():
        _piecewise(journal, to.with_name(f"{to.name}-journal"), dice)
    _piecewise(path, to, dice)
    if how == "file, journal" and journal.exists():
        _piecewise(journal, to.with_name(f"{to.name}-journal"), dice)


def _piecewise(source: Path, target: Path, dice: random.Random) -> None:
    try:
        with source.open("rb") as reading, target.open("wb") as writing:
            while piece := reading.read(dice.choice((512, 4096, 65536))):
                writing.write(piece)
    except FileNotFoundError:  # a journal that went meanwhile
        target.unlink(missing_ok=True)


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory, where there is one: syncing costs nothing there."""
    shared = Path("/dev/shm")  # noqa: S108 - see above
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as made:
        yield Path(made)


def test_a_copy_of_the_live_file_is_complete_or_refused(memory: Path) -> None:
    path = making.new_project(memory)
    dice = random.Random(9)  # noqa: S311 - sizes of pieces, no secret
    seen = Counter[str]()
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=making.ROOT,
    ) as writer:
        assert writer.stdin
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
        for number in range(COPIES):
            folder = memory / str(number)
            folder.mkdir()
            copy = folder / "copy.annot"
            before = _count(path)
            writer.stdin.write("\n")
            writer.stdin.flush()
            # Some way into the load: after none, one, two or all of its three commits.
            done = [int(writer.stdout.readline()) for _commit in range(number % 4)]
            copied(path, copy, dice)
            rest = [int(writer.stdout.readline()) for _commit in range(3 - number % 4)]
            least = done[-1] if done else before
            seen[_look(copy, least, (done + rest)[-1])] += 1
            shutil.rmtree(folder)
        writer.stdin.close()
    assert seen.total() == COPIES
    assert seen["complete"] >= COPIES // 4  # at least those that were made at rest
    with making.opened(path) as project:
        assert check(project).sound
        assert project.count(Claim) == COPIES * 30


def _count(path: Path) -> int:
    with Project.open(path, write=False) as project:
        return project.count(Claim)


def _look(copy: Path, least: int, most: int) -> str:
    """Open a copy: it holds what was saved when the copying began, or says that something is wrong."""
    try:
        with Project.open(copy, write=True) as project:
            if not check(project).sound:
                return "found by check"
            assert least <= project.count(Claim) <= most
            assert project.count(Claim) % 10 == 0
    except Refused:
        return "refused"
    return "complete"


@pytest.mark.parametrize("number", range(2))
def test_a_copy_at_rest_is_complete(tmp_path: Path, number: int) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        for _ in range(number + 1):
            with project.change("mark") as change:
                change.put(making.claim())
        shutil.copyfile(path, tmp_path / "copy.annot")
    with Project.open(tmp_path / "copy.annot", write=False) as project:
        assert project.count(Claim) == number + 1
        assert check(project).sound
