"""What ten thousand articles can be narrowed by, read and combined, and words found in them, against plain SQLite."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator
from annotator.services import facets, searching, viewing
from annotator.services.importing import import_files
from annotator.store.project import Project
from benchmarks import dataset
from benchmarks.table import Measured, Run

ARTICLES = 10_000
SMALL = 1_000
REPEATS = 3
WORDS = ("minister", '"the council"', "the", "zzzz")
_WHO = Annotator(AnnotatorId("018cc251-f400-7000-8000-00000000be7c"), "Benchmark")
_FLOOR = (
    "SELECT version, claim FROM state_mention",
    "SELECT claim, status FROM state_assessment",
    "SELECT DISTINCT claim FROM state_evidence",
    "SELECT DISTINCT version, annotator FROM state_mention",
)


def measure(run: Run) -> list[Measured]:
    """Measure facets and search at 10,000 articles (1,000 when small)."""
    source, path = run.folder / "dataset.jsonl", run.folder / "project.annot"
    dataset.write(source, SMALL if run.small else ARTICLES)
    Project.create(path, name="narrowing", annotator=_WHO)
    with Project.open(path, write=True) as project:
        project.work_as(_WHO.id)
        for _progress in import_files(project, [source]):
            pass
    with Project.open(path, write=False) as project:
        return [*_narrowed(project), *_found(project)]


def _narrowed(project: Project) -> list[Measured]:
    rows = viewing.article_rows(project)
    found = facets.article_facets(project, rows)
    chosen = {facet.key: frozenset({facet.values[0].key}) for facet in found.shown}

    def count_every_chip() -> None:
        for facet in found.shown:
            found.facets.counts(facet.key, chosen)

    floor = _least(lambda: _plain(project.path))
    read = _least(lambda: facets.article_facets(project, rows))
    return [
        Measured("facets", read, floor, "s CPU", "plain reads of the same rows", "4x"),
        Measured("facet_chosen", 1000 * _least(count_every_chip), 1000 * floor, "ms CPU", "as above", "1 ms"),
    ]


def _found(project: Project) -> list[Measured]:
    for _progress in searching.indexing(project):
        pass
    longest = max(_least(lambda words=words: searching.find(project, words, limit=8)) for words in WORDS)
    nothing = _least(lambda: searching.find(project, "zzzz", limit=8))
    return [Measured("find_in_project", 1000 * longest, 1000 * nothing, "ms CPU", "a word that is nowhere", "100 ms")]


def _plain(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for sql in _FLOOR:
            connection.execute(sql).fetchall()


def _least(work: Callable[[], object]) -> float:
    times: list[float] = []
    for _time in range(REPEATS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)
