"""The review of a large project: six annotators over 1,000 articles, each with 25 marks of their own in each."""

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from msgspec.structs import replace

from annotator.model.changes import changes_of
from annotator.model.ids import AnnotatorId, AssessmentId, ChangeId, ClaimId, MentionId, new_id
from annotator.model.records import Annotator, Assessment, Claim, Mention, Record
from annotator.model.review.outcomes import adopted
from annotator.model.span import span_of
from annotator.services import accepting, deciding, fates, review_cards, reviewing
from annotator.services.importing import import_files
from annotator.store.project import Project
from benchmarks import dataset
from benchmarks.material import STATUSES
from benchmarks.table import Measured, Run

ARTICLES = 1_000
SMALL = 100
PEOPLE = 6
REPEATS = 3
CARDS = 50
MOST = 500
"""Clusters whose words the preview shows."""

_BODIES = "SELECT CAST(body AS BLOB) FROM state_{kind} AS state JOIN event ON event.n = state.head"


def measure(run: Run) -> list[Measured]:
    """Measure queue, card, decision, what became of marks, and accepting all that is unanimous (a tenth when small)."""
    path = run.folder / "project.annot"
    _make(path, SMALL if run.small else ARTICLES)
    rounds = [(_apart("queue", path), _apart("plain", path)) for _ in range(REPEATS)]
    queue, plain = (min(one[0] for one in each) for each in zip(*rounds, strict=True))
    cards, step = _apart("cards", path)
    first, whole = _apart("fates", path)
    accepted, every, turn, preview, undone = _apart("accept", path)
    floor = "reading and decoding every mention and assessment"
    return [
        Measured("review_queue", queue, plain, "s CPU", floor, "3 s"),
        Measured("review_card", cards * 1000, 0.0, "ms CPU", "", "50 ms"),
        Measured("review_decision", step * 1000, 0.0, "ms CPU", "deciding, and the queue after it", "50 ms"),
        Measured("review_fates_first", first * 1000, 0.0, "ms CPU", "what became of marks: the first rows", "1 s"),
        Measured("review_fates", whole, 0.0, "s CPU", "what became of all marks of one person", ""),
        Measured("accept_preview", preview * 1000, 0.0, "ms CPU", f"words of the {round(accepted)} that all agree on"),
        Measured("accept_unanimous", every, 0.0, "s CPU", "accepting them, in a job with bar and cancel"),
        Measured("accept_turn", turn * 1000, 0.0, "ms CPU", "the longest batch, for which others wait"),
        Measured("accept_undo", undone, 0.0, "s CPU", "taking them back as one step"),
    ]


def _make(path: Path, articles: int) -> None:
    data = path.with_suffix(".jsonl")
    dataset.write(data, articles)
    first = Annotator(AnnotatorId(new_id()), "Benchmark")
    Project.create(path, name="benchmark", annotator=first)
    with Project.open(path, write=True, who="benchmark") as project:
        project.work_as(first.id)
        for _progress in import_files(project, [data]):
            pass
        mentions = project.all(Mention)
        held = {one.claim_id: one for one in project.all(Assessment)}
        dice = random.Random(7)
        for number in range(1, PEOPLE):
            person = Annotator(AnnotatorId(new_id()), f"Person {number}")
            project.work_as(person.id)
            records: list[Record] = [person]
            for mention in mentions:
                records += _another(project, mention, held[mention.claim_id], person.id, dice)
            with project.change("import") as change:
                change.put_all(records)


def _another(
    project: Project, mention: Mention, held: Assessment, who: AnnotatorId, dice: random.Random
) -> tuple[Claim, Mention, Assessment]:
    text = project.text(mention.text_sha256)
    first = mention.spans[0]
    end = max(first.start + 1, min(len(text), first.end - dice.choice((0, 0, 0, 1, 5))))
    claim = Claim(ClaimId(new_id()), first.quote)
    status = held.status if dice.random() < 0.8 else dice.choice(STATUSES)  # noqa: PLR2004 - one in five differs
    return (
        claim,
        replace(
            mention,
            id=MentionId(new_id()),
            claim_id=claim.id,
            annotator_id=who,
            spans=(span_of(text, first.start, end),),
            within="",
        ),
        replace(held, id=AssessmentId(new_id()), claim_id=claim.id, annotator_id=who, status=status),
    )


def _apart(step: str, path: Path) -> list[float]:
    """Run a step in a fresh process: nothing is warm from the one before."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reviewing", step, str(path)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def _queue(path: Path) -> list[float]:
    with Project.open(path, write=False) as project:
        begun = time.process_time()
        queue = reviewing.build(project)
        spent = time.process_time() - begun
    if not queue.items or queue.items[0].difference.severity < queue.items[-1].difference.severity:
        raise AssertionError("no queue")
    return [spent]


def _plain(path: Path) -> list[float]:
    begun = time.process_time()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for kind in ("mention", "assessment"):
            for (body,) in connection.execute(_BODIES.format(kind=kind)):
                msgspec.json.decode(body)
    return [time.process_time() - begun]


def _cards(path: Path) -> list[float]:
    with Project.open(path, write=True, who="benchmark") as project:
        project.work_as(project.all(Annotator)[0].id)
        queue = reviewing.build(project)
        items = queue.items[:: max(1, len(queue.items) // CARDS)][:CARDS]
        begun = time.process_time()
        cards = [review_cards.card_of(project, item) for item in items]
        shown = (time.process_time() - begun) / len(items)
        begun = time.process_time()
        for card in cards[:10]:
            deciding.decide(project, card, adopted(card.votes, card.votes[0].who))
            touched = changes_of(("mention", one) for one in card.item.mention_ids)
            queue = reviewing.renewed(project, queue, touched)
        return [shown, (time.process_time() - begun) / 10]


def _fates(path: Path) -> list[float]:
    with Project.open(path, write=False) as project:
        who = project.all(Annotator)[1].id
        begun = time.process_time()
        parts = fates.in_parts(project, who)
        rows = len(next(parts))
        first = time.process_time() - begun
        rows += sum(map(len, parts))
        spent = time.process_time() - begun
    if not rows:
        raise AssertionError("no marks")
    return [first, spent]


def _accept(path: Path) -> list[float]:
    """Return how many clusters all agree on, and the seconds of accepting, the longest batch, preview and undo."""
    with Project.open(path, write=True, who="benchmark") as project:
        project.work_as(project.all(Annotator)[0].id)
        queue = reviewing.build(project)
        begun = time.process_time()
        items = accepting.unanimous(queue.items)
        texts = review_cards.words_of(project, items[:MOST])
        preview = time.process_time() - begun
        if len(texts) != min(len(items), MOST) or not all(texts):
            raise AssertionError("no words")
        written: list[ChangeId] = []
        begun = last = time.process_time()
        longest = 0.0
        for _progress in accepting.accepting(project, items, written):
            longest, last = max(longest, time.process_time() - last), time.process_time()
        every = time.process_time() - begun
        begun = time.process_time()
        project.undo()
        return [len(items), every, longest, preview, time.process_time() - begun]


_STEPS = {"queue": _queue, "plain": _plain, "cards": _cards, "fates": _fates, "accept": _accept}

if __name__ == "__main__":
    print(json.dumps(_STEPS[sys.argv[1]](Path(sys.argv[2]))))
