"""A full check of a large project against plain SQLite that checks the file and reads and hashes the same."""

import contextlib
import hashlib
import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from annotator.model.ids import AnnotatorId, new_id
from annotator.model.records import Annotator
from annotator.services.importing import import_files
from annotator.store.check import check
from annotator.store.project import Project
from benchmarks import dataset
from benchmarks.table import Measured, Run

ARTICLES = 10_000
SMALL = 1_000
REPEATS = 3

_EVENTS = (
    "SELECT event.*, object.id, object.kind, CAST(event.body AS BLOB) FROM event"
    " JOIN object ON object.n = event.object ORDER BY event.n"
)


def measure(run: Run) -> list[Measured]:
    """Measure the check of 10,000 articles with 250,000 mentions (a tenth when small)."""
    path = run.folder / "project.annot"
    _make(path, SMALL if run.small else ARTICLES)
    rounds = [(_apart("check", path), _apart("plain", path)) for _ in range(REPEATS)]
    ours, plain = (min(each) for each in zip(*rounds, strict=True))
    floor = "SQLite's own checks, reading every event, SHA-256 of body and header"
    return [Measured("check", ours, plain, "s CPU", floor, "20 s")]


def _make(path: Path, articles: int) -> None:
    data = path.with_suffix(".jsonl")
    dataset.write(data, articles)
    annotator = Annotator(AnnotatorId(new_id()), "Benchmark")
    Project.create(path, name="benchmark", annotator=annotator)
    with Project.open(path, write=True, who="benchmark") as project:
        project.work_as(annotator.id)
        for _progress in import_files(project, [data]):
            pass


def _apart(step: str, path: Path) -> float:
    """Run a step in a fresh process: nothing is warm from the one before."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.checking", step, str(path)], check=True, capture_output=True, text=True
    )
    return float(json.loads(done.stdout))


def _check(path: Path) -> float:
    with Project.open(path, write=False) as project:
        begun = time.process_time()
        report = check(project)
        spent = time.process_time() - begun
    if not report.sound:
        raise AssertionError(report.findings)
    return spent


def _plain(path: Path) -> float:
    begun = time.process_time()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA integrity_check").fetchall()
        connection.execute("PRAGMA foreign_key_check").fetchall()
        for table in ("text", "blob"):
            for (content,) in connection.execute(f"SELECT CAST(content AS BLOB) FROM {table}"):
                hashlib.sha256(content).digest()
        for row in connection.execute(_EVENTS):
            hashlib.sha256(row[9] + row[15]).digest()
            hashlib.sha256(b"".join((row[12], row[1], row[13], row[11]))).digest()
    return time.process_time() - begun


if __name__ == "__main__":
    print(json.dumps({"check": _check, "plain": _plain}[sys.argv[1]](Path(sys.argv[2]))))
