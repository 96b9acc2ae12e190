"""Read-only files, folders and media, full disks, and changes that a crash cut short there."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.store.check import check
from annotator.store.project import Project
from tests import making

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rights and mounts of Linux")

NOBODY = 65534

PRELUDE = f"""
import os, sys, warnings
from pathlib import Path
from annotator.errors import Refused
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
import sqlite_utils
path = Path(sys.argv[1])
if os.geteuid() == 0 and len(sys.argv) < 3:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
def refused(write):
    try:
        Project.open(path, write=write).close()
    except Refused as error:
        print(error)
    else:
        print("opened")
"""


def run(script: str, path: Path, *command: str) -> list[str]:
    """Run a script as somebody whom rights bind; return the lines it prints."""
    done = subprocess.run(
        [*command, sys.executable, "-c", PRELUDE + script, path, *(["as I am"] if command else [])],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=making.ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def folder() -> Generator[Path]:
    """A folder that everybody may look into."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def path(folder: Path) -> Path:
    made = making.new_project(folder)
    with making.opened(made) as project, project.change("import") as change:
        making.put_mark(change, making.put_article(change))
    return made


def set_rights(path: Path, *, folder: bool, file: bool) -> None:
    for one in path.parent.iterdir():
        one.chmod(0o666 if file else 0o444)
    path.parent.chmod(0o777 if folder else 0o555)


@pytest.mark.parametrize(
    ("folder_takes_writes", "file_takes_writes", "told"),
    [
        (True, False, "the file is read-only; copy it to a place you may write"),
        (False, True, "the folder is read-only; copy the project to a place you may write"),
        (False, False, "the folder is read-only; copy the project to a place you may write"),
    ],
)
def test_a_read_only_place_opens_for_reading_and_refuses_to_write(
    path: Path, told: str, *, folder_takes_writes: bool, file_takes_writes: bool
) -> None:
    before = making.digest(path)
    set_rights(path, folder=folder_takes_writes, file=file_takes_writes)
    lines = run(
        "refused(True)\nwith Project.open(path, write=False) as project: print(check(project).findings)",
        path,
    )
    assert lines == [f"{path}: {told}", "()"]
    assert making.digest(path) == before
    assert [one.name for one in path.parent.iterdir()] == ["story.annot"]


def test_a_file_that_may_not_be_read_and_a_folder_that_takes_no_new_project(path: Path) -> None:
    path.chmod(0)
    path.parent.chmod(0o555)
    lines = run(
        "refused(False)\n"
        "try: Project.create(path.with_name('new.annot'), name='x', annotator=making.ADA)\n"
        "except Refused as error: print(error)",
        path,
    )
    assert lines == [
        f"{path}: the file may not be read; ask its owner for read access",
        f"{path.with_name('new.annot')}: the system does not permit it; ask for access, or choose another place",
    ]


def cut_short(path: Path) -> None:
    """Leave a change half-written in a file, with the journal that takes it back."""
    program = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 2')\n"
        "c.execute('BEGIN')\n"
        "c.execute('UPDATE event SET digest = zeroblob(32)')\n"
        "c.executemany('INSERT INTO text (sha256, content) VALUES (randomblob(32), ?)', [('x' * 3000,)] * 300)\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, path], check=False)
    assert path.with_name("story.annot-journal").stat().st_size > 512


def test_a_change_that_was_cut_short_is_taken_back_on_opening(path: Path) -> None:
    cut_short(path)
    with Project.open(path, write=False) as project:
        assert check(project).sound
    assert [one.name for one in path.parent.iterdir()] == ["story.annot"]


def test_the_same_in_a_read_only_folder_is_read_from_a_copy(path: Path) -> None:
    cut_short(path)
    journal = path.with_name("story.annot-journal")
    before = making.digest(path), making.digest(journal)
    set_rights(path, folder=False, file=False)
    lines = run(
        "import tempfile\n"
        "with Project.open(path, write=False) as project:\n"
        "    print(check(project).findings, project.path == path, check(project.beside()).findings)\n"
        "    print(len(list(Path(tempfile.gettempdir()).glob('annotator-*/story.annot'))))\n"
        "print(len(list(Path(tempfile.gettempdir()).glob('annotator-*/story.annot'))))\n"
        "refused(True)",
        path,
    )
    assert lines[0] == "() True ()"
    assert int(lines[1]) == int(lines[2]) + 1
    assert lines[3:] == [f"{path}: the folder is read-only; copy the project to a place you may write"]
    assert (making.digest(path), making.digest(journal)) == before


def test_a_cut_short_change_in_a_read_only_file_names_the_journal_to_a_writer(path: Path) -> None:
    cut_short(path)
    set_rights(path, folder=True, file=False)
    told = "the last change was cut short and cannot be taken back in a read-only place"
    do = "copy the file together with its -journal to a place you may write"
    assert run("refused(True)", path) == [f"{path}: {told}; {do}"]


FULL = """
folder = path / "disk"
folder.mkdir()
import subprocess
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder], check=True)
story = making.new_project(folder)
project = making.opened(story)
with project.change("import") as change:
    version = making.put_article(change)
filler = folder / "filler"
with filler.open("wb", buffering=0) as stream:
    try:
        while stream.write(b"x" * 4096):
            pass
    except OSError:
        pass
before = making.digest(story)
for attempt in range(2):
    try:
        with project.change("big") as change:
            change.put_blob(os.urandom(200_000))
            making.put_mark(change, version)
    except Refused as error:
        print(error)
    print(making.digest(story) == before, sorted(one.name for one in folder.iterdir() if one.suffix == ".annot"))
try:
    Project.create(folder / "new.annot", name="x", annotator=making.ADA)
except Refused as error:
    print(error)
print((folder / "new.annot").exists(), project.undo_name, check(project).findings)
filler.unlink()
with project.change("big") as change:
    making.put_mark(change, version)
print(project.undo_name, check(project).findings)
project.close()
"""


def mounting() -> tuple[str, ...]:
    """Return the command under which a small disk can be mounted; skip the test where that is not allowed."""
    unshared = ("unshare", "-Urm")
    if subprocess.run([*unshared, "true"], capture_output=True, check=False).returncode == 0:
        return unshared
    if os.geteuid() != 0:
        pytest.skip("no small disk can be mounted here: unshare -Urm is not allowed")
    return ("unshare", "-m")


def test_a_full_disk_refuses_the_change_and_keeps_the_work(folder: Path) -> None:
    lines = run(FULL, folder, *mounting())
    story, new = folder / "disk" / "story.annot", folder / "disk" / "new.annot"
    refused = f"{story}: not saved: the disk is full; free some space and try again"
    assert lines == [
        refused,
        "True ['story.annot']",
        refused,
        "True ['story.annot']",
        f"{new}: the disk is full; free some space and try again",
        "False import ()",
        "big ()",
    ]


READ_ONLY_MEDIUM = """
disk = path / "stick"
disk.mkdir()
import subprocess
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], check=True)
story = making.new_project(disk)
with making.opened(story) as project, project.change("import") as change:
    making.put_mark(change, making.put_article(change))
before = making.digest(story)
subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
path = story
refused(True)
with Project.open(story, write=False) as project:
    print(check(project).findings, project.quick_check().run(), project.status_counts())
print(making.digest(story) == before, [one.name for one in disk.iterdir()])
"""


def test_a_read_only_medium_opens_for_reading_and_no_byte_changes(folder: Path) -> None:
    lines = run(READ_ONLY_MEDIUM, folder, *mounting())
    told = "the folder is read-only; copy the project to a place you may write"
    assert lines == [
        f"{folder / 'stick' / 'story.annot'}: {told}",
        "() None {'disputed': 1}",
        "True ['story.annot']",
    ]


def test_refusals_of_the_system_are_one_line() -> None:
    with pytest.raises(Refused) as told:
        Project.open(Path("/proc/self/mem"), write=False)
    assert "\n" not in str(told.value)
