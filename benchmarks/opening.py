"""A large project from start to the first paint, after a clean close and after a kill, against plain SQLite."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from annotator.model.ids import AnnotatorId, new_id
from annotator.model.records import Annotator, Mention
from annotator.services.importing import import_files
from annotator.services.projects import opened
from annotator.store.project import Project
from benchmarks import dataset
from benchmarks.table import Measured, Run
from benchmarks.window import cpu_to_shown, least_cpu

ARTICLES: Final = 10_000
"""With 25 mentions each."""

_MARKS: Final = 200

_KILLED: Final = """
import os, sys
from pathlib import Path
from annotator.services import annotating
from annotator.services.projects import opened
with opened(Path(sys.argv[1]), write=True, person="Bench") as project:
    version = project.version_rows()[0].version
    for number in range(int(sys.argv[2])):
        annotating.mark(project, version.id, [(number, number + 20)], status="disputed")
    os._exit(1)
"""

_PLAIN: Final = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA synchronous = EXTRA")
bodies = "SELECT CAST(event.body AS BLOB) FROM state_{} AS state JOIN event ON event.n = state.head"
for kind in ("project", "annotator", "article", "version"):
    connection.execute(bodies.format(kind)).fetchall()
first = connection.execute("SELECT n, text FROM state_version ORDER BY n LIMIT 1").fetchone()
connection.execute("SELECT content FROM text WHERE n = ?", first[1:]).fetchone()
connection.execute(bodies.format("mention") + " WHERE state.version = ?", first[:1]).fetchall()
if len(sys.argv) > 2:
    digests = "SELECT id, digest, salt, body, body_hash FROM event ORDER BY n DESC LIMIT ?"
    connection.execute(digests, (int(sys.argv[2]),)).fetchall()
print(time.process_time(), flush=True)
"""


def measure(run: Run) -> list[Measured]:
    """Measure the CPU seconds of a fresh process until the window is painted; all of Qt's start is in them."""
    os.environ["ANNOTATOR_HOME"] = str(run.folder / "home")
    path = _made(run)
    plain = least_cpu(_PLAIN, str(path))
    clean = Measured(
        "open_clean", cpu_to_shown(path), plain, "s CPU", "a process that reads the same rows with plain SQLite", "1 s"
    )
    subprocess.run([sys.executable, "-c", _KILLED, str(path), str(_MARKS)], check=False)
    with Project.open(path, write=True) as project:
        if not project.unclean:
            raise RuntimeError("the writer was not killed")
        events = 4 * _MARKS
    plain = least_cpu(_PLAIN, str(path), str(events))
    unclean = Measured(
        "open_unclean", cpu_to_shown(path), plain, "s CPU", "the same, and the last events with their digests", "3 s"
    )
    return [clean, unclean]


def _made(run: Run) -> Path:
    lines, path = run.folder / "dataset.jsonl", run.folder / "large.annot"
    dataset.write(lines, ARTICLES // 10 if run.small else ARTICLES)
    Project.create(path, name="Large", annotator=Annotator(AnnotatorId(new_id()), "Bench"))
    with opened(path, write=True, person="Bench") as project:
        for _progress in import_files(project, [lines]):
            pass
        print(f"  {project.count(Mention)} mentions, {path.stat().st_size / 1e6:.0f} MB")
    lines.unlink()
    return path
