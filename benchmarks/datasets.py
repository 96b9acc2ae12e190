"""Import and export of a dataset against plain SQLite, each in a process of its own."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.store.project import Project
from benchmarks import dataset
from benchmarks.floors import PlainImport, plain_export
from benchmarks.table import Measured, Run

ARTICLES = 10_000
SMALL = 1_000
_WHO = Annotator(AnnotatorId("018cc251-f400-7000-8000-00000000be7c"), "Benchmark")
REPEATS = 3
"""Figure and floor are measured by turns; each is the best of so many: what the neighbours take is no part of it."""


def measure(run: Run) -> list[Measured]:
    """Measure import, file size, export and its memory at 10,000 articles (1,000 when small)."""
    source = run.folder / "dataset.jsonl"
    dataset.write(source, SMALL if run.small else ARTICLES)
    rounds = [{step: _apart(step, run.folder) for step in _STEPS} for _ in range(REPEATS)]
    if (run.folder / "out.jsonl").read_bytes() != source.read_bytes():
        raise AssertionError("the export is not what was imported")
    imported, exported = _least(rounds, "import", "seconds"), _least(rounds, "export", "seconds")
    size = (run.folder / "project.annot").stat().st_size / 1e6
    inserts = "plain inserts of every record, rows ready made"
    import_of_the_file = "the same, with reading the file by orjson and making the rows"
    dumps = "plain reads with orjson dumps"
    memory = {step: _least(rounds, step, "megabytes") for step in _STEPS}
    return [
        Measured("import", imported, _least(rounds, "plain-import", "inserting"), "s CPU", inserts, "4x"),
        Measured("import_of_file", imported, _least(rounds, "plain-import", "seconds"), "s CPU", import_of_the_file),
        Measured("import_memory", memory["import"], memory["plain-import"], "MB", inserts),
        Measured("project_size", size, source.stat().st_size / 1e6, "MB", "the JSONL", "1.6x"),
        Measured("export", exported, _least(rounds, "plain-export", "seconds"), "s CPU", dumps, "2.5x"),
        Measured("export_memory", memory["export"], memory["plain-export"], "MB", dumps, "200 MB"),
    ]


def _least(rounds: list[dict[str, dict[str, float]]], step: str, key: str) -> float:
    return min(one[step][key] for one in rounds)


def _apart(step: str, folder: Path) -> dict[str, float]:
    """Run a step in a fresh process: its memory is its own, and nothing is warm from the one before."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.datasets", step, str(folder)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def _new(folder: Path) -> dict[str, float]:
    """Make the project that is imported into: in a program of its own, as `annotator new` is one.

    What makes a schema loads sqlite-utils and with it NumPy, whose threads would still be busy during the import.
    """
    path = folder / "project.annot"
    path.unlink(missing_ok=True)
    Project.create(path, name="benchmark", annotator=_WHO)
    return {}


def _import(folder: Path) -> dict[str, float]:
    with Project.open(folder / "project.annot", write=True, who="benchmark") as project:
        project.work_as(_WHO.id)
        begun = time.process_time()
        for _progress in import_files(project, [folder / "dataset.jsonl"]):
            pass
        return {"seconds": time.process_time() - begun}


def _plain_import(folder: Path) -> dict[str, float]:
    path = folder / "plain.db"
    path.unlink(missing_ok=True)
    plain = PlainImport(path)
    begun = time.process_time()
    plain.run(folder / "dataset.jsonl")
    seconds = time.process_time() - begun
    plain.close()
    return {"seconds": seconds, "inserting": plain.inserting, "records": plain.records}


def _export(folder: Path) -> dict[str, float]:
    with Project.open(folder / "project.annot", write=False) as project:
        begun = time.process_time()
        for _progress in export_project(project, folder / "out.jsonl"):
            pass
        return {"seconds": time.process_time() - begun}


def _plain_export(folder: Path) -> dict[str, float]:
    begun = time.process_time()
    plain_export(folder / "plain.db", folder / "plain.jsonl")
    return {"seconds": time.process_time() - begun}


def _peak_megabytes() -> float:
    """Return the peak of this program; `ru_maxrss` alone has that of the process that started it as well."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peak = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return (peak[0] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


_STEPS: dict[str, Callable[[Path], dict[str, float]]] = {
    "new": _new,
    "import": _import,
    "plain-import": _plain_import,
    "export": _export,
    "plain-export": _plain_export,
}


if __name__ == "__main__":
    result = _STEPS[sys.argv[1]](Path(sys.argv[2]))
    result["megabytes"] = _peak_megabytes()
    print(json.dumps(result))
