"""What a report says first, found by looking through all articles once: contents, counts, open comments, places."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from annotator.formats.bundle import Bundle
from annotator.formats.frame import Frame
from annotator.formats.report.entries import Entry, entries_of
from annotator.formats.report.subjects import Subjects
from annotator.formats.report.words import Look, Looks, day, instant
from annotator.model.ids import VersionId
from annotator.model.records import Comment
from annotator.model.threads import threads

REJECTED = "rejected in review"
"""What entries are counted under that a review found to be no claim; no key of a status has spaces."""


class Row(NamedTuple):
    """One line of the contents."""

    number: int
    anchor: str
    title: str
    publisher: str
    published: str
    counts: tuple[tuple[Look, int], ...]
    rejected: int
    open: int

    @property
    def claims(self) -> int:
        """How many numbered claims it has, those that were rejected among them."""
        return sum(n for _, n in self.counts) + self.rejected


class Place(NamedTuple):
    """Where a record that a link names stands in the report, and its words; `anchor` is "" where it has no place."""

    words: str
    anchor: str = ""
    article: int = 0
    number: int = 0


class Open(NamedTuple):
    """A thread that is not resolved."""

    anchor: str
    row: Row
    about: str
    author: str
    at: str
    text: str
    answers: int


class Survey:
    """Looks through the bundles; holds of each no more than a line."""

    def __init__(self, frame: Frame, looks: Looks) -> None:
        self._frame = frame
        self._looks = looks
        self._numbers: dict[VersionId, int] = {}
        self._articles: dict[str, Row] = {}
        self._asked: set[str] = set()
        self.rows: list[Row] = []
        self.by_status: Counter[str] = Counter()
        self.second = 0
        self.open: list[Open] = []
        self.places: dict[str, Place] = {}
        self.people: dict[str, str] = {}
        self.confidential: set[str] = set()

    def look_at(self, bundle: Bundle) -> None:
        """Take in an article version."""
        number = len(self.rows) + 1
        entries = entries_of(bundle, self._frame.made_at)
        counts = Counter(REJECTED if one.rejected else one.status for one in entries)
        self.by_status += counts
        self.second += sum(one.needs_second for one in entries)
        asked = [some for some in threads(bundle.comments) if not some[-1].resolved]
        article, version = bundle.article, bundle.version
        row = Row(
            number,
            anchor_of(version.id),
            version.title,
            article.publisher,
            day(article.published, article.published_precision),
            tuple((self._looks[key], counts[key]) for key in self.in_order(counts) if key != REJECTED),
            counts[REJECTED],
            len(asked),
        )
        self.rows.append(row)
        self._numbers[version.id] = number
        self._articles.setdefault(article.id, row)
        self.people |= {one.id: one.name for one in bundle.annotators}
        self.confidential |= {one.id for one in bundle.sources if one.confidential}
        self._ask(bundle, row, entries, asked)
        if self._frame.linked:
            self._place(bundle, row, entries)

    def in_order(self, counts: Counter[str]) -> list[str]:
        """Return the statuses that are counted, those of the scheme first, in its order."""
        order = self._looks.keys()
        return [one for one in order if counts[one]] + sorted(one for one in counts if one not in order)

    def number_of(self, version_id: VersionId) -> int:
        """Return the number of an article version, 0 where it was not there yet."""
        return self._numbers.get(version_id, 0)

    def article(self, article_id: str) -> Row | None:
        """Return the line of an article's first version, None where it is in no line."""
        return self._articles.get(article_id)

    def _ask(self, bundle: Bundle, row: Row, entries: list[Entry], asked: list[tuple[Comment, ...]]) -> None:
        new = [some for some in asked if some[0].id not in self._asked]
        if not new:
            return
        subjects = Subjects(bundle, entries)
        for some in sorted(new, key=lambda one: (one[0].at, one[0].id)):
            first = some[0]
            self._asked.add(first.id)
            author = self.people.get(first.author_id, "")
            answers = sum(bool(one.text) for one in some[1:])
            anchor = thread_anchor(first, bundle)
            self.open.append(
                Open(anchor, row, subjects.about(first.target), author, instant(first.at), first.text, answers)
            )

    def _place(self, bundle: Bundle, row: Row, entries: list[Entry]) -> None:
        for name, place in _places(bundle, row, entries):
            if name in self._frame.linked:
                self.places.setdefault(name, place)


def _places(bundle: Bundle, row: Row, entries: list[Entry]) -> Iterator[tuple[str, Place]]:
    """Yield what a link can name in an article, by its id, with where it stands."""
    for entry in entries:
        anchor = entry_anchor(entry.key, bundle)
        for claim in entry.claims:
            yield claim.id, Place(claim.text, anchor, row.number, entry.number)
        for one in (*entry.decided, *entry.marks):
            words = " … ".join(span.quote for span in one.spans)
            yield one.id, Place(words, anchor, row.number, entry.number)
    yield bundle.article.id, Place(row.title, row.anchor, row.number)
    for source in bundle.sources:
        yield source.id, Place(source.title or source.url)
    for named in (*bundle.annotators, *bundle.speakers):
        yield named.id, Place(named.name)


def anchor_of(version_id: str) -> str:
    """Return the id of the element that holds an article version."""
    return f"a-{version_id}"


def _within(bundle: Bundle) -> str:
    """Return what tells the elements of a record in one article from those in the next."""
    return bundle.version.id.replace("-", "")[:16]


def entry_anchor(key: str, bundle: Bundle) -> str:
    """Return the id of the element that holds a numbered claim in an article."""
    return f"c-{key}-{_within(bundle)}"


def record_anchor(kind: str, record_id: str, bundle: Bundle) -> str:
    """Return the id of the element that holds a record in an article; `kind` is one letter."""
    return f"{kind}-{record_id}-{_within(bundle)}"


def thread_anchor(first: Comment, bundle: Bundle) -> str:
    """Return the id of the element that holds a thread in an article."""
    return record_anchor("k", first.id, bundle)
