"""Whether the quotes of evidence stand in what their sources are: the project's articles, saved pages, PDFs, texts.

What is short and plain is answered at once. All else is a job: the bytes are foreign, and are read in a process that is
held to limits and can be killed; so are long texts, for looking through them takes its time.
"""

import contextlib
import logging
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Final, Literal

import msgspec

from annotator.i18n import _
from annotator.intake.snapshot_text import Extract, Outcome, Search, Spot, search
from annotator.killable import OutOfMemoryError, OutOfTimeError, Worker, WorkerBugError, WorkerEndedError
from annotator.model.ids import ArticleId, Sha256
from annotator.model.media import TEXT, media_type, text_of
from annotator.model.records import Evidence, Source
from annotator.services.jobs import Progress
from annotator.services.snapshots import size_of
from annotator.store import snapshot_texts
from annotator.store.blobs import sha256_of
from annotator.store.project import Project
from annotator.store.snapshot_texts import Kept

Answer = Literal["", "found", "not found", "not looked at", "looking"]

Why = Literal["", "nothing", "missing", "altered", "slow", "memory", "failed", Outcome]
"""Why a file was not looked at: besides what its text came to, that there is none, or what went wrong with reading."""

AT_ONCE: Final = 12_000
"""Code points that are looked through while somebody waits."""

MEMORY: Final = 1 << 30
SECONDS: Final = 30.0
"""What reading one file, or looking for the quotes of one source, may take (storage.md, S3)."""

_AT_A_TIME: Final = 40_000_000
"""Code points times quotes that are looked through in some seconds: one question to the worker process."""

_log = logging.getLogger(__name__)

_READ: Final = "annotator.intake.snapshot_text:read"
_SEARCH: Final = "annotator.intake.snapshot_text:search"


class QuoteState(msgspec.Struct, frozen=True):
    """Whether a quote stands in its source.

    Attributes:
        answer: "" for evidence without a quote, "looking" until a job has the answer.
        why: why the file kept with the source was not looked at, "" where it was.
        page: on which page of that file it begins, 0 where that has none.
        silent: how many of its pages are pictures without text; only where the quote was not found.
    """

    answer: Answer
    why: Why = ""
    page: int = 0
    silent: int = 0


class Question(msgspec.Struct, frozen=True):
    """A quote, and where it may stand: texts of the project by hash, and a snapshot by hash, "" for none.

    `there` says whether the project has the snapshot's bytes: they may come with a merge.
    """

    quote: str
    texts: tuple[Sha256, ...]
    snapshot: str
    there: bool = True


def question_of(project: Project, evidence: Evidence, source: Source) -> Question:
    """Return what is to be asked for evidence: the same question has the same answer for ever."""
    versions = project.versions_of(ArticleId(source.article_id)) if source.article_id else ()
    sha256 = source.snapshot_sha256
    there = not sha256 or size_of(project, sha256) >= 0
    return Question(evidence.quote, tuple(one.text_sha256 for one in versions), sha256, there)


def answered_at_once(project: Project, question: Question) -> QuoteState | None:
    """Return the answer where it takes no time, else None: then `answering` has it."""
    if not question.quote.strip():
        return QuoteState("")
    if not question.texts and not question.snapshot:
        return QuoteState("not looked at", "nothing")
    length = sum(snapshot_texts.text_length(project, sha256) for sha256 in question.texts)
    has_file = question.there and bool(question.snapshot)
    if length + (size_of(project, question.snapshot) if has_file else 0) > AT_ONCE:
        return None
    content = project.blob(Sha256(question.snapshot)) if has_file else b""
    text = text_of(content)
    if text is None or (text and media_type(content) != TEXT):
        return None
    looked = _Looked([question])
    for one in _articles(project, question):
        looked.take(search(Search(one, looked.quotes)), pages=False)
    if text and looked.quotes:
        looked.take(search(Search(text, looked.quotes)), pages=True)
    return looked.states()[question]


def answering(
    project: Project, questions: Iterable[Question], worker: Worker
) -> Generator[Progress, None, dict[Question, QuoteState]]:
    """Answer questions, those of one source together; the generator's value has every answer.

    What was read of a file is kept outside of the project, and not read again but for one that took too long.
    """
    together: dict[Question, list[Question]] = {}
    for one in dict.fromkeys(questions):
        together.setdefault(msgspec.structs.replace(one, quote=""), []).append(one)
    found: dict[Question, QuoteState] = {}
    for done, some in enumerate(together.values()):
        told = Progress(done, len(together), _("Looking for quotes"))
        yield told
        looked = _Looked(some)
        for text in _articles(project, some[0]):
            yield from _searching(looked, text, worker, told, pages=False)
        if looked.quotes and some[0].snapshot and some[0].there:
            extract = read(project, some[0].snapshot, worker)
            looked.why, looked.silent = extract.outcome, extract.silent
            if extract.outcome == "text":
                looked.why = ""
                yield from _searching(looked, extract.text, worker, told, pages=True)
        found |= looked.states()
    return found


class File(msgspec.Struct, frozen=True):
    """What a file kept with a source says, and what became of reading it."""

    outcome: Why
    text: str = ""
    silent: int = 0


def read(project: Project, sha256: str, worker: Worker) -> File:
    """Return the text of a snapshot: kept from before, or read now by the worker process."""
    there = snapshot_texts.kept(project, sha256)
    if there is not None:
        return msgspec.convert({"outcome": there.outcome, "silent": there.silent, "text": there.text}, File)
    try:
        content = project.blob(Sha256(sha256))
    except (KeyError, ValueError):
        return File("missing")
    if sha256_of(content) != sha256:
        return File("altered")
    found = _read(content, worker)
    if found.outcome not in {"slow", "failed"}:
        snapshot_texts.keep(project, sha256, Kept(found.outcome, found.silent, found.text))
    return found


def _read(content: bytes, worker: Worker) -> File:
    try:
        extract = worker.ask(_READ, content, Extract, seconds=SECONDS)
    except OutOfTimeError:
        return File("slow")
    except OutOfMemoryError:
        return File("memory")
    except WorkerEndedError:
        return File("failed")
    except WorkerBugError:
        _log.exception("a snapshot cannot be read")
        return File("failed")
    return File(extract.outcome, extract.text, extract.silent)


def _searching(
    looked: "_Looked", text: str, worker: Worker, told: Progress, *, pages: bool
) -> Generator[Progress, None, None]:
    """Look for what is not found yet, as many quotes at once as take a moment."""
    quotes = looked.quotes
    at_once = max(1, _AT_A_TIME // max(1, len(text)))
    for begin in range(0, len(quotes), at_once):
        some = quotes[begin : begin + at_once]
        try:
            looked.take(worker.ask(_SEARCH, Search(text, some), tuple[Spot, ...], seconds=SECONDS), some, pages=pages)
        except WorkerEndedError:
            looked.why = "slow"
        yield told


def _articles(project: Project, question: Question) -> Iterator[str]:
    """Yield the texts of the article; one that is withheld cannot be looked through."""
    for sha256 in question.texts:
        with contextlib.suppress(KeyError):
            yield project.text(sha256)


class _Looked:
    """What was found of the quotes of one source, and why its file was not looked at."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.why: Why = "" if questions[0].there else "missing"
        self.silent = 0
        self._questions = questions
        self._pages: dict[str, int] = {}

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quotes that were not found so far."""
        return tuple(one.quote for one in self._questions if one.quote not in self._pages)

    def take(self, spots: Sequence[Spot], quotes: Sequence[str] | None = None, *, pages: bool) -> None:
        """Take what was found of quotes (None: of all that were missing); pages count for files only."""
        asked = self.quotes if quotes is None else quotes
        self._pages |= {q: spot.page * pages for q, spot in zip(asked, spots, strict=True) if spot.found}

    def states(self) -> dict[Question, QuoteState]:
        """Return the answers."""
        return {one: self._state(one) for one in self._questions}

    def _state(self, question: Question) -> QuoteState:
        page = self._pages.get(question.quote)
        if page is not None:
            return QuoteState("found", page=page)
        if question.texts or not self.why:
            return QuoteState("not found", self.why, silent=self.silent)
        return QuoteState("not looked at", self.why)
