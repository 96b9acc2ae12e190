"""Merging ten colleagues' files of 20,000 events each, against plain inserts of the same events and a plain backup."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from annotator.formats import jsonl
from annotator.model.ids import AnnotatorId, AssessmentId, ClaimId, MentionId, new_id
from annotator.model.records import Annotator, Assessment, Claim, Mention
from annotator.model.span import span_of
from annotator.services import merging
from annotator.services.importing import import_files
from annotator.store.project import Project
from benchmarks import dataset
from benchmarks.floors import BATCH
from benchmarks.table import Measured, Run

FILES: Final = 10
EVENTS: Final = 20_000
SMALL: Final = 2_000
REPEATS: Final = 3
"""Figure and floor are measured by turns; each is the best of so many."""

_MARKED: Final = 0.5
"""How many of the events come from single marks; the others from an import."""

_PER_ARTICLE: Final = 105
_COLUMNS: Final = "n, id, session, seq, clock, object, op, previous, change, salt, body, body_hash, digest"


def measure(run: Run) -> list[Measured]:
    """Measure a merge of ten files of 20,000 events (2,000 when small), the checking of the files included."""
    events = SMALL if run.small else EVENTS
    _make_files(run.folder, events)
    rounds = [{step: _apart(step, run.folder) for step in ("merge", "plain")} for _ in range(REPEATS)]
    merged, plain = ([one[step] for one in rounds] for step in ("merge", "plain"))
    if merged[0]["new"] < FILES * events:
        raise AssertionError("not everything was merged")
    floor = min(one["seconds"] for one in plain)
    floor_is = "plain inserts of the same events and one Connection.backup()"
    return [
        Measured("merge", min(one["seconds"] for one in merged), floor, "s CPU", floor_is, "5x"),
        Measured("merge_memory", min(one["megabytes"] for one in merged), plain[0]["megabytes"], "MB", floor_is),
    ]


def _make_files(folder: Path, events: int) -> None:
    """Make a project and ten copies in which a colleague each has worked."""
    own = folder / "own.annot"
    ada = Annotator(AnnotatorId(new_id()), "Ada")
    Project.create(own, name="bench", annotator=ada)
    for number in range(FILES):
        path = folder / f"colleague-{number}.annot"
        shutil.copyfile(own, path)
        colleague = Annotator(AnnotatorId(new_id()), f"Colleague {number}")
        source = folder / "dataset.jsonl"
        _write(source, int(events * (1 - _MARKED)) // _PER_ARTICLE + 1, number)
        with Project.open(path, write=True) as project:
            # Nobody's work is lost here: what is measured comes later.
            project.connection.execute("PRAGMA synchronous = OFF")
            project.work_as(colleague.id)
            project.introduce(colleague)
            for _ in import_files(project, [source]):
                pass
            _mark(project, colleague, int(events * _MARKED) // 3 + 1)


def _write(path: Path, articles: int, seed: int) -> None:
    with path.open("wb") as stream:
        stream.writelines(jsonl.WRITER.encode(dataset.Dataset(articles, seed=seed + 1).bundles()))


def _mark(project: Project, who: Annotator, marks: int) -> None:
    """Make single marks, a change each, over all articles."""
    versions = [row.version for row in project.version_rows()]
    for number in range(marks):
        version = versions[number % len(versions)]
        text = project.text(version.text_sha256)
        claim = Claim(ClaimId(new_id()), f"What is said in place {number}.", language="en")
        span = span_of(text, number % 900, number % 900 + 40)
        place = Mention(MentionId(new_id()), claim.id, version.article_id, version.text_sha256, who.id, (span,))
        with project.change("mark.disputed") as change:
            change.put(claim)
            change.put(place)
            change.put(Assessment(AssessmentId(new_id()), claim.id, who.id, "disputed"))
        if number % 10 == 0:
            with project.change("mention.note") as change:
                change.put(replace(place, note="looked at again"))


def _apart(step: str, folder: Path) -> dict[str, float]:
    """Run a step in a fresh process: its memory is its own, and nothing is warm from the one before."""
    home = {**os.environ, "ANNOTATOR_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "benchmarks.merging", step, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=home)
    return json.loads(done.stdout)


def _merge(folder: Path) -> dict[str, float]:
    path = folder / "merged.annot"
    shutil.copyfile(folder / "own.annot", path)
    shutil.rmtree(folder / "home", ignore_errors=True)
    others = sorted(folder.glob("colleague-*.annot"))
    with Project.open(path, write=True) as project:
        project.work_as(project.all(Annotator)[0].id)
        begun = _seconds()
        with merging.colleagues_files(project, others) as arrivals:
            report = _finished(merging.merge(project, arrivals))
        seconds = _seconds() - begun
    return {"seconds": seconds, "new": report.survey.tally.count("new")}


def _finished(job: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def _plain(folder: Path) -> dict[str, float]:
    """Insert the events of the merged project into a table like its own, and back that project up."""
    with closing(sqlite3.connect(folder / "merged.annot")) as source:
        rows = source.execute(f"SELECT {_COLUMNS} FROM event").fetchall()
        (table,) = source.execute("SELECT sql FROM sqlite_schema WHERE name = 'event'").fetchone()
        (index,) = source.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_object'").fetchone()
        plain = folder / "plain.sqlite"
        plain.unlink(missing_ok=True)
        with closing(sqlite3.connect(plain)) as target, closing(sqlite3.connect(folder / "copy.annot")) as copy:
            target.execute(table)
            target.execute(index)
            begun = _seconds()
            for at in range(0, len(rows), BATCH):
                marks = ", ".join("?" * len(rows[0]))
                target.executemany(f"INSERT INTO event ({_COLUMNS}) VALUES ({marks})", rows[at : at + BATCH])
                target.commit()
            source.backup(copy)
            return {"seconds": _seconds() - begun}


def _seconds() -> float:
    """CPU seconds of this process and of those it has waited for."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


if __name__ == "__main__":
    found = {"merge": _merge, "plain": _plain}[sys.argv[1]](Path(sys.argv[2]))
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps(found))
