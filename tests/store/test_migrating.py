"""A migration that is killed or fails at any statement leaves the old file or the new one, and a backup before it."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import Refused
from annotator.model.records import KINDS, Record
from annotator.store import backup, schema
from annotator.store.check import check
from annotator.store.project import Project
from tests import making

FILES = making.ROOT / "tests" / "fixtures" / "projects"
OLD = FILES / "schema-1.annot"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows")


def version_of(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64])


def records_of(project: Project) -> dict[str, Record]:
    return {one.id: one for kind in KINDS.values() for one in project.all(kind)}


@pytest.fixture(scope="module")
def expected() -> dict[str, Record]:
    with Project.open(OLD, write=False) as project:
        return records_of(project)


def rounds(folder: Path, how: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.migrated", OLD, folder, how],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        cwd=making.ROOT,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == found[0]["of"] > 100
    return found


@pytest.mark.parametrize("how", ["kill", "fail"])
def test_old_or_new_and_never_between(tmp_path: Path, expected: dict[str, Record], how: str) -> None:
    opened = 0
    for one in rounds(tmp_path, how):
        path = tmp_path / str(one["statement"]) / "story.annot"
        assert backup.backups_of(path), "no backup was made first"
        cut_short = path.with_name("story.annot-journal").exists()
        if how == "fail":
            assert not cut_short
        if one["said"] and one["said"][-1] == "opened":  # a statement so short that nothing can fail it
            assert version_of(path) == schema.VERSION
            opened += 1
        elif not cut_short:
            assert path.read_bytes() == OLD.read_bytes()
        assert version_of(path) in {1, schema.VERSION}
        if one["statement"] % 5 == 0:
            with Project.open(path, write=False) as project:
                assert records_of(project) == expected
        if one["statement"] % 15 == 0:
            with making.opened(path) as project:
                assert records_of(project) == expected
                assert check(project).sound
            assert version_of(path) == schema.VERSION
    assert opened <= 10


def test_without_a_backup_nothing_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise Refused("no backup was made: the disk is full")

    path = tmp_path / "story.annot"
    shutil.copyfile(OLD, path)
    monkeypatch.setattr(backup, "take", full)
    with pytest.raises(Refused, match="no backup was made"):
        making.opened(path)
    assert path.read_bytes() == OLD.read_bytes()


def test_the_backup_is_the_old_file_s_content(tmp_path: Path) -> None:
    path = tmp_path / "story.annot"
    shutil.copyfile(OLD, path)
    making.opened(path).close()
    (kept,) = backup.backups_of(path)
    assert kept.why == "migration"
    connection = sqlite3.connect(kept.path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert schema.differences(connection, 1) == []
    connection.close()
