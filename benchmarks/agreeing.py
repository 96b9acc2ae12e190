"""Agreement of six annotators over a thousand articles, against reading the marks and pairing equal ones plainly."""

import os
import random
import sqlite3
import time
from collections import defaultdict
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import orjson

from annotator.model.ids import AnnotatorId, ArticleId, AssessmentId, ClaimId, MentionId, Sha256, new_id
from annotator.model.moments import now
from annotator.model.records import Annotator, Article, Assessment, Claim, Mention, TextVersion, version_id
from annotator.model.span import span_of
from annotator.services.agreement import agreement
from annotator.store.change import Change
from annotator.store.project import Project
from benchmarks.material import STATUSES, long_text, marks_for
from benchmarks.table import Measured, Run

ARTICLES: Final = 1000
ANNOTATORS: Final = 6
WORDS: Final = 600
MENTIONS: Final = 25
"""Of each annotator in each article."""

REPEATS: Final = 3
_AT_ONCE: Final = 20

_SAME: Final = 0.6
"""How many of an annotator's places are those that everybody sees; of the others most overlap one of them."""

_STATUS_SAME: Final = 0.8

_PLAIN: Final = """
SELECT state.version, state.annotator, event.body, (
    SELECT assessment.status FROM state_assessment AS assessment
    WHERE assessment.claim = state.claim AND assessment.annotator = state.annotator LIMIT 1
) FROM state_mention AS state JOIN event ON event.n = state.head ORDER BY state.n
"""


def measure(run: Run) -> list[Measured]:
    """Measure every figure of the report, those of each article and the intervals included."""
    os.environ["ANNOTATOR_HOME"] = str(run.folder / "home")
    path = run.folder / "agreement.annot"
    _make(path, ARTICLES // 10 if run.small else ARTICLES)
    ours: list[float] = []
    plain: list[float] = []
    with Project.open(path, write=False) as project:
        print(f"  {project.count(Mention)} mentions, {path.stat().st_size / 1e6:.0f} MB")
    for _ in range(REPEATS):
        begun = time.process_time()
        with Project.open(path, write=False) as project:
            figures = agreement(project)
        ours.append(time.process_time() - begun)
        begun = time.process_time()
        paired = _plainly_paired(path)
        plain.append(time.process_time() - begun)
        found = [one.value for one in figures if one.measure == "span_f1_exact" and one.scope == "all"]
        if len(found) != len(paired):
            raise AssertionError("not every two were compared")
    floor_is = "the same rows by plain SQLite and orjson, equal spans of every two counted as sets"
    return [Measured("agreement", min(ours), min(plain), "s CPU", floor_is, "10 s")]


def _make(path: Path, articles: int) -> None:
    """Make a project in which everybody has marked every article."""
    people = [Annotator(AnnotatorId(new_id()), f"Checker {n}") for n in range(ANNOTATORS)]
    Project.create(path, name="Agreement", annotator=people[0])
    rng = random.Random(1)
    with Project.open(path, write=True) as project:
        # Nobody's work is lost here: what is measured comes later.
        project.connection.execute("PRAGMA synchronous = OFF")
        project.work_as(people[0].id)
        for first in range(0, articles, _AT_ONCE):
            with project.change("import") as change:
                for one in people[1:] if not first else ():
                    change.put(one)
                for number in range(first, first + _AT_ONCE):
                    _put_article(change, people, number, rng)


def _put_article(change: Change, people: list[Annotator], number: int, rng: random.Random) -> None:
    text = long_text(WORDS, seed=number)
    sha256 = Sha256(change.put_text(text))
    article = Article(ArticleId(new_id()), publisher="Bench", language="en")
    change.put(article)
    change.put(TextVersion(version_id(article.id, sha256), article.id, sha256, title="Bench"))
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter in " \n")]
    for person in people:
        for place in marks_for(text, MENTIONS, seed=number):
            start, end, status = place
            if rng.random() > _SAME:
                start = rng.choice([at for at in starts if start - 40 <= at < end])
            if rng.random() > _STATUS_SAME:
                status = rng.choice(STATUSES)
            claim = Claim(ClaimId(new_id()), text[start:end])
            span = span_of(text, start, end)
            change.put(claim)
            change.put(Mention(MentionId(new_id()), claim.id, article.id, sha256, person.id, (span,), created_at=now()))
            change.put(Assessment(AssessmentId(new_id()), claim.id, person.id, status, recorded_at=now()))


def _plainly_paired(path: Path) -> list[float]:
    """Return the F1 of equal spans of every two annotators."""
    marked: defaultdict[int, defaultdict[int, set[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(set))
    with closing(sqlite3.connect(path)) as connection:
        for version, annotator, body, _status in connection.execute(_PLAIN):
            spans = tuple((span["start"], span["end"]) for span in orjson.loads(body)["spans"])
            marked[version][annotator].add(spans)
    people = sorted({one for own in marked.values() for one in own})
    found: list[float] = []
    for first, second in combinations(people, 2):
        both = sum(len(own[first] & own[second]) for own in marked.values())
        total = sum(len(own[first]) + len(own[second]) for own in marked.values())
        found.append(2 * both / total)
    return found
