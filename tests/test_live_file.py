"""No code of ours reads a live project file past SQLite: closing any descriptor of it would drop SQLite's locks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.services.exporting import export_project
from annotator.store import backup
from annotator.store.check import check
from annotator.store.file import gate
from annotator.store.project import Project
from tests import making

PACKAGE = making.ROOT / "annotator"

ALLOWED = {
    "assets.py": "a resource",
    "assist/lexicon.py": "a resource",
    "killable_child.py": "in a process of its own",
    "log_file.py": "the log",
    "settings.py": "the settings",
    "cli/ending.py": "/dev/null",
    "formats/brat/texts.py": "the text that annotations stand beside",
    "formats/webanno_tsv/reading.py": "what is imported",
    "gui/theme.py": "a resource",
    "services/backups.py": "a backup",
    "services/originals.py": "what is imported",
    "services/plain_text.py": "what is imported",
    "services/previewing.py": "what is imported",
    "services/snapshots.py": "what a person attaches, which is no open project; copies that are made to be looked at",
    "services/whole_files.py": "a new file",
    "store/backup.py": "a backup",
    "store/backup_files.py": "what stands beside the backups",
    "store/creating.py": "a file that has no name yet",
    "store/file.py": "the first bytes, only while nobody here has the file open",
    "store/foreign.py": "a private copy",
    "store/foreign_copy.py": "a colleague's file, in a process of its own",
    "store/foreign_worker.py": "in a process of its own",
    "store/journal.py": "the journal beside the backups",
    "store/lock.py": "the note beside the project",
    "store/opening.py": "a copy out of a read-only place, where no lock is held",
    "store/parcel.py": "a parcel",
    "store/placing.py": "a new file",
    "store/replacing.py": "a backup, before it takes the project's place",
    "store/rescue.py": "a damaged file, which nobody has open",
    "store/rewriting.py": "a backup",
    "store/salvage.py": "a damaged file, which nobody has open",
    "store/super_journal.py": "a journal, which carries no locks",
}
"""Every module that opens, copies or hashes a file by itself, and what that is; none of them is an open project."""


def calls(tree: ast.AST) -> set[str]:
    """Return the calls of a module that open, copy or hash files, each with its line."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id="open" as name):
                found.add(f"{name} in line {node.lineno}")
            case ast.Attribute(value=ast.Name(id="shutil"), attr=name) if name != "which":
                found.add(f"shutil.{name} in line {node.lineno}")
            case ast.Attribute(value=ast.Name(id="hashlib"), attr="file_digest"):
                found.add(f"hashlib.file_digest in line {node.lineno}")
            case ast.Attribute(value=ast.Name(id="Project" | "webbrowser" | "Image")):
                pass
            case ast.Attribute(attr="open" | "read_bytes" | "read_text" as name):
                found.add(f".{name} in line {node.lineno}")
            case _:
                pass
    return found


def test_only_these_modules_open_files_by_themselves() -> None:
    opening = {
        str(path.relative_to(PACKAGE)): sorted(found)
        for path in sorted(PACKAGE.rglob("*.py"))
        if (found := calls(ast.parse(path.read_text(encoding="utf-8"))))
    }
    unknown = {name: found for name, found in opening.items() if name not in ALLOWED}
    assert not unknown, "say in ALLOWED what these read, if it can never be an open project"


@pytest.mark.parametrize(
    "source",
    ["open('x')", "Path(p).open()", "p.read_bytes()", "shutil.copyfile(a, b)", "hashlib.file_digest(f, 'sha256')"],
)
def test_the_rule_sees(source: str) -> None:
    assert calls(ast.parse(source))


def locks(path: Path) -> int:
    """Return how many locks the system knows of on a file."""
    inode = f":{path.stat().st_ino} "
    return sum(inode in f"{line} " for line in Path("/proc/locks").read_text(encoding="ascii").splitlines())


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="the locks of Linux")
def test_whatever_is_done_beside_a_change_its_locks_stay(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        with project.change("import") as change:
            making.put_mark(change, making.put_article(change))
        with gate(project.connection, "story"):
            project.connection.execute("UPDATE session SET closed = NULL")
            held = locks(path)
            assert held >= 1, "SQLite holds a lock within a change"
            with Project.open(path, write=False) as other:
                assert check(other).sound
                for _step in export_project(other, tmp_path / "dataset.jsonl"):
                    pass
            assert project.quick_check().run() is None
            backup.take(path, "asked")
            assert locks(path) == held
            program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
            beside = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
            assert "database is locked" in beside.stderr
