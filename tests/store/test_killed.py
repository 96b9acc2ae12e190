"""Killed writers: nothing acknowledged is lost, the lock is free at once, nothing half-made is left."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.records import Claim
from annotator.store.check import check
from annotator.store.project import Project
from tests import making

SCRIPT = Path(__file__).with_name("killed_writer.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows")


def kills(mode: str, folder: Path, count: int, seed: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, SCRIPT, mode, folder, str(count), str(seed)],
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    rounds: list[list[str]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rounds) == count
    return [one for acknowledged in rounds for one in acknowledged]


@pytest.mark.parametrize("count", [20, pytest.param(500, marks=pytest.mark.long)])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, count: int) -> None:
    path = making.new_project(tmp_path)
    acknowledged = kills("write", tmp_path, count, seed=count)
    assert len(acknowledged) >= count
    with making.opened(path) as project:
        assert project.unclean  # which asks nothing of anybody
        there = {claim.id for claim in project.all(Claim)}
        assert set(acknowledged) <= there
        assert len(there) - len(acknowledged) <= count  # at most the one change a kill came upon
        report = check(project)
        assert report.sound, report.findings


def test_making_a_project_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    acknowledged = kills("create", tmp_path, 20, seed=1)
    left = {one.name for one in tmp_path.iterdir()}
    assert set(acknowledged) <= left
    assert {Path(name).suffix for name in left} == {".annot"}
    for name in left:
        with Project.open(tmp_path / name, write=False) as project:
            assert project.card.name == "made"


HOLDER = """
import sys
from pathlib import Path
from annotator.store.project import Project
project = Project.open(Path(sys.argv[1]), write=True, who="Cleo of the desk")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_is_told_who_writes_and_a_kill_frees_the_lock(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    before = making.digest(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(
            Refused, match=r"story\.annot: Cleo of the desk \(since 20.*, on .+\) is writing to it"
        ) as told:
            Project.open(path, write=True)
        assert "\n" not in str(told.value)
        with Project.open(path, write=False) as reader:
            assert reader.card.name == "story"
        holder.kill()
        holder.wait()
        assert path.with_name("story.annot.lock").exists()
        making.opened(path).close()
    assert making.digest(path) == before
    assert [one.name for one in tmp_path.iterdir()] == ["story.annot"]
