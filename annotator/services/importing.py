"""Bringing files into a project: a table of rows first, whole batches, and nothing taken twice."""

import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from annotator.collecting import uncollected
from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.formats.whose import Whose
from annotator.i18n import _, ngettext
from annotator.services.arrivals import Arrivals, UnknownName, Verdict
from annotator.services.jobs import Pace, Progress
from annotator.services.meeting import in_project
from annotator.services.originals import READERS, Details, Original, rows_of, size_of, without_texts
from annotator.services.plain_text import already_there
from annotator.store.project import Project
from annotator.store.staging import Staging

BATCH: Final = 5000
"""Records that one transaction writes at most, but never part of an article."""

_CHARACTERS: Final = 2000
"""So many characters of text weigh as much as a record: a batch of very long articles holds fewer."""

_TOLD: Final = 3

Outcome = Literal["taken", "known", "differs", "refused"]


class Row(NamedTuple):
    """What becomes of one row of a file: `line` counts from 1 and is 0 for a file that is one row.

    `what` is the article's title, what differs, or why it was refused; `do` is what to do about that. `version_id`
    names the version as the project has it after the import; "" where it has none, or knows it by an id of its own.
    `notes` say what became of the bytes of a file that was taken, as finished sentences.
    """

    file: str
    line: int
    outcome: Outcome
    what: str
    do: str = ""
    version_id: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return `FILE, line N: what; what to do`, always one line."""
        return str(Refused(self.what, do=self.do, file=self.file, line=self.line))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: rows in the order of the files, and how many records are new."""

    rows: tuple[Row, ...]
    records: int
    dry_run: bool

    def count(self, outcome: Outcome) -> int:
        """Return how many rows came out so."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def sound(self) -> bool:
        """Whether everything was taken or known: nothing refused, nothing different."""
        return all(row.outcome in {"taken", "known"} for row in self.rows)


class _Place(NamedTuple):
    nth: int
    file: str
    line: int


class _Import:
    """One run: gathers bundles to batches, writes them, keeps the rows."""

    def __init__(
        self,
        project: Project,
        files: Sequence[Original],
        form: str,
        staging: Staging | None,
        details: Mapping[Original, Details],
        whose: Whose,
    ) -> None:
        self.project = project
        self.files = without_texts(files, whose)
        self.whose = whose
        self.details = details
        self.form = form
        self.staging = staging
        self.arrivals = Arrivals(project, staging)
        self.rows: list[tuple[int, Row]] = []
        self.records = 0
        self.waiting: list[tuple[_Place, Refused]] = []
        self._batch: list[tuple[_Place, Bundle]] = []
        self._size = 0
        self._read: set[tuple[str, ...]] = set()

    def add(self, place: _Place, content: Bundle | Refused) -> None:
        """Put a bundle into the batch, a refusal among the rows."""
        if isinstance(content, Refused):
            self._refused(place, content)
            return
        content = in_project(self.project, content)
        known_as = already_there(self.project, content)
        if known_as is None and not self._comes_again(content):
            self._batch.append((place, content))
            self._size += content.size + len(content.text) // _CHARACTERS
        else:
            self._row(place, "known", known_as or content.version.title)

    def _comes_again(self, bundle: Bundle) -> bool:
        """Tell whether a file without ids was among the earlier ones of this run."""
        if not bundle.snapshots:
            return False
        version = bundle.version
        keys = {
            (version.text_sha256, version.snapshot_sha256),
            (version.text_sha256, version.title, bundle.article.url),
        }
        again = bool(keys & self._read)
        self._read |= keys
        return again

    @property
    def size(self) -> int:
        """How many records the batch has."""
        return self._size

    def write(self) -> None:
        """Write the batch in one transaction, and begin the next one."""
        batch, self._batch, self._size = self._batch, [], 0
        self.arrivals.begin([bundle for _place, bundle in batch])
        fresh: list[tuple[Bundle, Verdict]] = []
        for place, bundle in batch:
            try:
                verdict = self.arrivals.judge(bundle)
            except UnknownName as refusal:
                self.waiting.append((place, refusal))
            except Refused as refusal:
                self._refused(place, refusal)
            else:
                self._judged(place, bundle, verdict)
                fresh.append((bundle, verdict))
        if not self.staging:
            self._put(fresh)
        self.arrivals.taken()

    def _put(self, fresh: Iterable[tuple[Bundle, Verdict]]) -> None:
        if not any(verdict.new for _bundle, verdict in fresh):
            return
        with self.project.change("import") as change:
            change.arriving = True
            for bundle, verdict in fresh:
                if not verdict.new:
                    continue
                change.put_text(bundle.text)
                for _snapshot, content in bundle.snapshots:
                    change.put_blob(content)
                change.put_by_id(verdict.new)

    def _judged(self, place: _Place, bundle: Bundle, verdict: Verdict) -> None:
        self.records += len(verdict.new)
        title = bundle.version.title
        if verdict.new:
            row = Row(place.file, place.line, "taken", title, version_id=bundle.version.id, notes=bundle.notes)
            self.rows.append((place.nth, row))
        elif not verdict.differing:
            self._row(place, "known", title, version_id=bundle.version.id)
        if verdict.differing:
            self._row(place, "differs", *_told(verdict), version_id=bundle.version.id)

    def _refused(self, place: _Place, refusal: Refused) -> None:
        self.rows.append((place.nth, Row(place.file, place.line, "refused", refusal.what, refusal.do)))

    def _row(self, place: _Place, outcome: Outcome, what: str, do: str = "", *, version_id: str = "") -> None:
        self.rows.append((place.nth, Row(place.file, place.line, outcome, what, do, version_id)))

    def places_waiting(self) -> set[tuple[int, int]]:
        """Return (file, line) of what named something that nobody knew."""
        return {(place.nth, place.line) for place, _refusal in self.waiting}

    def take_waiting(self) -> set[tuple[int, int]]:
        """Return where what is waiting stands, to be judged again."""
        places = self.places_waiting()
        self.waiting.clear()
        return places

    def give_up_waiting(self) -> None:
        """Refuse the lines whose names nobody brought."""
        for place, refusal in self.waiting:
            self._refused(place, refusal)
        self.waiting.clear()

    def report(self) -> ImportReport:
        """Return what was done."""
        self.rows.sort(key=lambda pair: (pair[0], pair[1].line))
        return ImportReport(tuple(row for _index, row in self.rows), self.records, self.staging is not None)


def _told(verdict: Verdict) -> tuple[str, str]:
    names = [f"{record.kind} {record.id}" for record in verdict.differing[:_TOLD]]
    more = len(verdict.differing) - len(names)
    what = ngettext("{n} record differs from the project's", "{n} records differ from the project's", len(names) + more)
    listed = ", ".join(names) + (_(" and {n} more").format(n=more) if more else "")
    return f"{what}: {listed}", _("it was not taken; the project keeps its own")


def import_files(
    project: Project,
    files: Sequence[Original],
    *,
    format: str = "",  # noqa: A002 - the word of the command line
    dry_run: bool = False,
    details: Mapping[Original, Details] | None = None,
    annotator_from: str = "",
    slice_seconds: float = 0.0,
    batch: int = BATCH,
) -> Generator[Progress, None, ImportReport]:
    """Import files; the generator's value is the report. Stopping keeps the batches that were written.

    Args:
        project: open for writing, unless it is a dry run.
        files: what to read, in this order.
        format: the name of a reader; "" asks each file.
        dry_run: change nothing, report the same.
        details: what a person set right about an article of plain text before it is taken.
        annotator_from: the end of the paths of files that hold one person's marks (`formats.whose`); "" names nobody.
        slice_seconds: how long a transaction may take about, after which the lock is left for as long: for a window
            that shows the project meanwhile. 0.0 writes whole batches one after the other.
        batch: records a transaction holds at most, but never part of an article.

    Raises:
        Refused: the project cannot be written (disk full, open for reading only), or `annotator_from` is no pattern.
            What is wrong with a file is a row.
        KeyError: there is no such format.
    """
    if format and format not in {reader.name for reader in READERS}:
        raise KeyError(format)
    with ExitStack() as stack:
        staging = stack.enter_context(Staging()) if dry_run else None
        run = _Import(project, files, format, staging, details or {}, Whose(annotator_from))
        pace = Pace(batch, slice_seconds)
        yield from _drive(run, pace, again=None)
        promised = False
        while run.waiting:
            before = len(run.waiting)
            yield from _drive(run, pace, again=run.take_waiting())
            if len(run.waiting) == before and promised:
                break
            if len(run.waiting) == before:
                # They may be waiting for each other: an article that quotes another one which quotes it.
                promised = True
                _promise(run, run.places_waiting())
        run.give_up_waiting()
        return run.report()


def _drive(run: _Import, pace: Pace, again: set[tuple[int, int]] | None) -> Iterator[Progress]:
    """Read every file, or those rows again that named what nobody knew; a batch a step."""
    total = sum(size_of(original) for original in run.files)
    behind = 0
    for nth, original in enumerate(run.files):
        rows = _rows(run, nth, original, again)
        while (position := _take_batch(run, rows, pace)) is not None:
            yield Progress(total if again else behind + position, total, original.name)
        behind += size_of(original)
    if run.size:
        with uncollected():
            _write(run, pace)
    yield Progress(total if again else behind, total)


def _take_batch(run: _Import, rows: Iterator[tuple[_Place, Bundle | Refused, int]], pace: Pace) -> int | None:
    """Take rows until a batch is written; return how much of the file was read by then, None at its end."""
    with uncollected():
        for place, content, position in rows:
            run.add(place, content)
            if run.size >= pace.records:
                _write(run, pace)
                return position
    return None


def _promise(run: _Import, places: set[tuple[int, int]]) -> None:
    """Let the rows that wait count on each other."""
    for nth, original in enumerate(run.files):
        for _place, content, _position in _rows(run, nth, original, places):
            if isinstance(content, Bundle):
                run.arrivals.promise(content)


def _rows(
    run: _Import, nth: int, original: Original, only: set[tuple[int, int]] | None
) -> Iterator[tuple[_Place, Bundle | Refused, int]]:
    """Yield the rows of a file and how many bytes were read by then; `only` those, where it is given."""
    if only is not None and all(file != nth for file, _line in only):
        return
    for line, content, position in rows_of(run.project, original, form=run.form, whose=run.whose):
        if only is None or (nth, line) in only:
            yield _Place(nth, str(original), line), _set_right(run, original, line, content), position


def _set_right(run: _Import, original: Original, line: int, content: Bundle | Refused) -> Bundle | Refused:
    details = run.details.get(original) if line == 0 else None
    return details.on(content) if details and isinstance(content, Bundle) else content


def _write(run: _Import, pace: Pace) -> None:
    records, begun = run.size, time.perf_counter()
    run.write()
    pace.took(records, time.perf_counter() - begun)
