"""What can be asked of a project: records by kind, by article version and by claim, and what happened to them."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, ArticleId, ClaimId, SourceId, VersionId
from annotator.model.moments import now
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Comment,
    Evidence,
    Link,
    Mention,
    ProjectCard,
    Record,
    Review,
    Source,
    Speaker,
    TextVersion,
    Zone,
)
from annotator.model.status import current_status, desk_status
from annotator.store import joining
from annotator.store.arriving import Arriving
from annotator.store.clock import clock_seconds
from annotator.store.codec import read, read_body
from annotator.store.gathering import Gathering
from annotator.store.tables import BODY, SHOWN, name_key

R = TypeVar("R", bound=Record)
_CHUNK = 900
_LINKS_LOOKED_AT = 4000
_LAST_LINKED = (
    "SELECT state.n FROM (SELECT n, source FROM state_evidence ORDER BY n DESC LIMIT ?) AS last"
    " JOIN state_source AS state ON state.n = last.source GROUP BY state.n ORDER BY max(last.n) DESC LIMIT ?"
)
_EVERY_SOURCE_LAST_LINKED_FIRST = (
    "SELECT state.n FROM state_source AS state ORDER BY coalesce((SELECT max(evidence.n)"
    " FROM state_evidence AS evidence WHERE evidence.source = state.n), 0) DESC, state.n DESC LIMIT ?"
)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _counted(rows: Iterable[tuple[bytes, int]]) -> dict[SourceId, int]:
    return {SourceId(ids.spelled(raw)): int(count) for raw, count in rows}


class VersionRow(NamedTuple):
    """One line of the article list; `also` are the versions that it stands for too (`classes.shown_rows`)."""

    article: Article
    version: TextVersion
    also: tuple[VersionId, ...] = ()


class Happening(msgspec.Struct, frozen=True):
    """One event of a record's history: `record` is what it was from then on, None where it is gone or withheld.

    `undoes` is the id of the change that its change takes back, "" for none.
    """

    at: float
    author_id: AnnotatorId
    change: str
    op: str
    record: Record | None
    event_id: str
    change_id: str
    undoes: str
    object_id: str


class Reading(Arriving, Gathering):
    """Reads records through their heads; never changes a byte."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the modules of the store alone."""
        return self._connection

    def number_of(self, object_id: str) -> int:
        """Return an object's row number, 0 for none."""
        if not ids.is_id(object_id):
            return 0
        row = self._connection.execute("SELECT n FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
        return int(row[0]) if row else 0

    # One record, all of a kind

    def find(self, record: type[R], object_id: str) -> R | None:
        """Return a record, None where the project has none of that kind and id (or it is deleted)."""
        if not ids.is_id(object_id):
            return None
        found = self._connection.execute(
            f"SELECT {BODY} FROM object JOIN state_{record.kind} AS state ON state.n = object.n"
            f" {SHOWN} WHERE object.id = ?",
            (ids.raw(object_id),),
        ).fetchone()
        return read(record, found[0]) if found else None

    def get(self, record: type[R], object_id: str) -> R:
        """Return a record; raises KeyError where the project has none."""
        found = self.find(record, object_id)
        if found is None:
            raise KeyError(object_id)
        return found

    def find_any(self, object_id: str) -> Record | None:
        """Return a record of whatever kind, as it was last put, also where it is deleted; None where there is none."""
        if not ids.is_id(object_id):
            return None
        row = self._connection.execute("SELECT n, kind FROM object WHERE id = ?", (ids.raw(object_id),)).fetchone()
        body = joining.shown(self._connection, *row).body if row else None
        return read_body(row[1], body) if body is not None else None

    def all(self, record: type[R]) -> list[R]:
        """Return every record of a kind, as they were made."""
        return list(self._where(record, "1", ()))

    def count(self, record: type[Record]) -> int:
        """Return how many records of a kind there are."""
        return int(self._connection.execute(f"SELECT count(*) FROM state_{record.kind}").fetchone()[0])

    def by_ids(self, record: type[R], wanted: Iterable[str]) -> dict[str, R]:
        """Return those records of a kind that the project has, by id."""
        keys = [ids.raw(one) for one in dict.fromkeys(wanted) if ids.is_id(one)]
        found: dict[str, R] = {}
        for begin in range(0, len(keys), _CHUNK):
            part = keys[begin : begin + _CHUNK]
            marks = ",".join("?" * len(part))
            for body in self._bodies(
                f"SELECT {BODY} FROM object JOIN state_{record.kind} AS state ON state.n = object.n"
                f" {SHOWN} WHERE object.id IN ({marks})",
                part,
            ):
                one = read(record, body)
                found[one.id] = one
        return found

    def _bodies(self, sql: str, values: Sequence[object]) -> Iterator[bytes]:
        for (body,) in self._connection.execute(sql, values):
            yield body

    def _where(
        self, record: type[R], condition: str, values: Sequence[object], *, order: str = " ORDER BY state.n"
    ) -> Iterator[R]:
        sql = f"SELECT {BODY} FROM state_{record.kind} AS state {SHOWN} WHERE {condition}{order}"
        for body in self._bodies(sql, values):
            yield read(record, body)

    def _of(self, record: type[R], column: str, object_ids: Iterable[str]) -> list[R]:
        """Return the records whose state column names one of the objects."""
        keys = [ids.raw(one) for one in dict.fromkeys(object_ids) if ids.is_id(one)]
        found: list[tuple[int, bytes]] = []
        for begin in range(0, len(keys), _CHUNK):
            part = keys[begin : begin + _CHUNK]
            marks = ",".join("?" * len(part))
            found += self._connection.execute(
                f"SELECT state.n, {BODY} FROM state_{record.kind} AS state {SHOWN}"
                f" WHERE state.{column} IN (SELECT n FROM object WHERE id IN ({marks}))",
                part,
            )
        # As they were made, over all parts together.
        return [read(record, body) for _, body in sorted(found)]

    # The project and its people

    @property
    def card(self) -> ProjectCard:
        """The project's name and status scheme; raises KeyError in a file that never got one."""
        cards = self.all(ProjectCard)
        if not cards:
            raise KeyError("project")
        # Projects that were begun apart and merged are the one that was begun first.
        return min(cards, key=lambda one: one.id)

    def annotators_called(self, name_or_id: str) -> list[Annotator]:
        """Return the annotators of that id or, if there is none, of that name."""
        by_id = self.find(Annotator, name_or_id)
        return [by_id] if by_id else list(self._where(Annotator, "state.name = ?", (name_or_id,)))

    def speaker_called(self, name: str) -> Speaker | None:
        """Return the first speaker of that name, whatever the case of its letters; None for none."""
        return next(self._where(Speaker, "state.name = ?", (name_key(name),)), None)

    # Articles

    def version_rows(self) -> list[VersionRow]:
        """Return every article version with its article, as they were brought in."""
        articles = {article.id: article for article in self.all(Article)}
        versions = self.all(TextVersion)
        return [VersionRow(articles[one.article_id], one) for one in versions if one.article_id in articles]

    def version_rows_after(self, version_id: VersionId) -> list[VersionRow]:
        """Return the article versions that were brought in after this one, each with its article."""
        versions = list(self._where(TextVersion, "state.n > ?", (self.number_of(version_id),)))
        articles = self.by_ids(Article, {one.article_id for one in versions})
        return [VersionRow(articles[one.article_id], one) for one in versions if one.article_id in articles]

    def versions_of(self, article_id: ArticleId) -> list[TextVersion]:
        """Return an article's versions by number."""
        return sorted(self._of(TextVersion, "article", [article_id]), key=lambda one: one.number)

    def versions_of_text(self, sha256: str) -> list[TextVersion]:
        """Return the versions of whatever article that read this text."""
        found = self._connection.execute("SELECT n FROM text WHERE sha256 = ?", (bytes.fromhex(sha256),)).fetchone()
        return list(self._where(TextVersion, "state.text = ?", found)) if found else []

    def zones_of(self, version_id: VersionId) -> list[Zone]:
        """Return a version's zones by place."""
        return sorted(self._of(Zone, "version", [version_id]), key=lambda one: (one.start, one.end))

    def mentions_of(self, version_id: VersionId) -> list[Mention]:
        """Return a version's mentions, as they were made."""
        return self._of(Mention, "version", [version_id])

    def version_of_mention(self, mention_id: str) -> str:
        """Return the id of the version a mention stands in, "" where it is gone."""
        row = self._connection.execute(
            "SELECT version.id FROM object JOIN state_mention AS state ON state.n = object.n"
            " JOIN object AS version ON version.n = state.version WHERE object.id = ?",
            (ids.raw(mention_id),),
        ).fetchone()
        return ids.spelled(row[0]) if row else ""

    # Claims

    def mentions_of_claims(self, claims: Iterable[ClaimId]) -> list[Mention]:
        """Return every mention of these claims, in whatever article."""
        return self._of(Mention, "claim", claims)

    def assessments_of(self, claims: Iterable[ClaimId]) -> list[Assessment]:
        """Return every assessment of these claims, as they were made."""
        return self._of(Assessment, "claim", claims)

    def evidence_of(self, claims: Iterable[ClaimId]) -> list[Evidence]:
        """Return all evidence for and against these claims, as it was linked."""
        return self._of(Evidence, "claim", claims)

    def evidence_from(self, sources: Iterable[SourceId]) -> list[Evidence]:
        """Return all evidence that names these sources, as it was linked."""
        return self._of(Evidence, "source", sources)

    def sources_last_linked_first(self, limit: int) -> list[Source]:
        """Return sources, the one linked last first; those never linked follow, the one made last first."""
        # Their numbers first: who orders whole records reads them all. Mostly a few links more than wanted name enough.
        numbers = self._connection.execute(_LAST_LINKED, (_LINKS_LOOKED_AT, limit)).fetchall()
        if len(numbers) < limit:
            numbers = self._connection.execute(_EVERY_SOURCE_LAST_LINKED_FIRST, (limit,)).fetchall()
        found: dict[int, Source] = {}
        for begin in range(0, len(numbers), _CHUNK):
            part = [number for (number,) in numbers[begin : begin + _CHUNK]]
            sql = f"SELECT state.n, {BODY} FROM state_source AS state {SHOWN} WHERE state.n IN ({_marks(part)})"
            found.update((number, read(Source, body)) for number, body in self._connection.execute(sql, part))
        return [found[number] for (number,) in numbers]

    def source_uses(self, sources: Iterable[str] | None = None) -> dict[SourceId, int]:
        """Return how often each source is linked, or each of these; those that never are may be left out."""
        sql = "SELECT object.id, count(*) FROM object JOIN state_evidence AS state ON state.source = object.n"
        if sources is None:
            return _counted(self._connection.execute(f"{sql} GROUP BY 1"))
        keys = [ids.raw(one) for one in dict.fromkeys(sources)]
        uses: dict[SourceId, int] = {}
        for begin in range(0, len(keys), _CHUNK):
            part = keys[begin : begin + _CHUNK]
            uses |= _counted(self._connection.execute(f"{sql} WHERE object.id IN ({_marks(part)}) GROUP BY 1", part))
        return uses

    def speaker_uses(self) -> dict[str, int]:
        """Return how many mentions name each speaker."""
        rows = self._connection.execute(
            "SELECT object.id, count(*) FROM state_mention AS state JOIN object ON object.n = state.speaker GROUP BY 1"
        )
        return {ids.spelled(raw): int(count) for raw, count in rows}

    # Review, comments, links

    def reviews_of(self, targets: Iterable[str]) -> list[Review]:
        """Return the reviews of these records."""
        return self._of(Review, "target", targets)

    def comments_on(self, targets: Iterable[str]) -> list[Comment]:
        """Return the comments on these records, replies included where they name the same target."""
        return self._of(Comment, "target", targets)

    def links_of(self, object_ids: Iterable[str]) -> list[Link]:
        """Return the links that have one of these records at either end."""
        wanted = list(object_ids)
        both = (*self._of(Link, "a", wanted), *self._of(Link, "b", wanted))
        return list({link.id: link for link in both}.values())

    def speakers(self) -> list[Speaker]:
        """Return every speaker."""
        return self.all(Speaker)

    def sources(self) -> list[Source]:
        """Return every source."""
        return self.all(Source)

    def claims(self, claim_ids: Iterable[str]) -> dict[str, Claim]:
        """Return those claims, by id."""
        return self.by_ids(Claim, claim_ids)

    # Status

    def current_statuses(
        self, claim_numbers: str, values: Sequence[object], at: str = ""
    ) -> dict[int, dict[tuple[int, str], str]]:
        """Return the current status by claim number and (annotator number, layer).

        `claim_numbers` is an SQL condition on `state.claim`. Current is the last by (valid from, recorded at, id)
        with valid from not after `at` (model.md, section 2).
        """
        rows = self._connection.execute(
            "SELECT state.claim, state.annotator, state.layer, state.status FROM state_assessment AS state"
            f" JOIN object ON object.n = state.n WHERE {claim_numbers} AND state.valid_from <= ?"
            " ORDER BY state.valid_from, state.recorded_at, object.id",
            (*values, at or now()),
        )
        current: dict[int, dict[tuple[int, str], str]] = {}
        for claim, annotator, layer, status in rows:
            current.setdefault(claim, {})[annotator, layer] = status
        return current

    def status_counts_of(self, *version_ids: VersionId) -> dict[str, int]:
        """Return how many of the claims that these versions mention have each desk status, "" for none."""
        claims = f"SELECT DISTINCT claim FROM state_mention WHERE version IN ({','.join('?' * len(version_ids))})"
        numbers = [self.number_of(one) for one in version_ids]
        return self._status_counts(claims, f"state.claim IN ({claims})", numbers)

    def statuses_of_mentions(self, mentions: Iterable[Mention], at: str = "") -> dict[str, str]:
        """Return the status of these mentions by id: each annotator's own, in the mention's layer; "" for none."""
        wanted = list(mentions)
        assessed: defaultdict[tuple[str, str, str], list[Assessment]] = defaultdict(list)
        for one in self.assessments_of(one.claim_id for one in wanted):
            assessed[one.claim_id, one.annotator_id, one.layer].append(one)
        moment = at or now()
        return {
            one.id: current_status(assessed.get((one.claim_id, one.annotator_id, one.layer), ()), moment)
            for one in wanted
        }

    def desk_status_of(self, claim_id: ClaimId, at: str = "") -> str:
        """Return the desk's status of one claim."""
        number = self.number_of(claim_id)
        return desk_of(self.current_statuses("state.claim = ?", (number,), at).get(number, {}))

    def status_counts(self) -> dict[str, int]:
        """Return how many claims have each desk status, "" for none."""
        return self._status_counts("SELECT n FROM state_claim", "1", ())

    def _status_counts(self, claims: str, condition: str, values: Sequence[object]) -> dict[str, int]:
        current = self.current_statuses(condition, values)
        nobody: dict[tuple[int, str], str] = {}
        numbers = self._connection.execute(claims, values)
        return dict(Counter(desk_of(current.get(number, nobody)) for (number,) in numbers))

    # History

    def history(self, *object_ids: str) -> list[Happening]:
        """Return what happened to some records, first to last; nothing to one that is not there."""
        keys = [ids.raw(one) for one in object_ids if ids.is_id(one)]
        rows = self._connection.execute(
            "SELECT event.clock, change.author, change.name, event.op, object.kind, CAST(event.body AS BLOB), event.id,"
            " change.id, change.undoes, object.id FROM object JOIN event ON event.object = object.n"
            " JOIN change ON change.n = event.change"
            f" WHERE object.id IN ({','.join('?' * len(keys))}) ORDER BY event.n",
            keys,
        )
        return [
            Happening(
                clock_seconds(clock),
                AnnotatorId(ids.spelled(author)),
                name,
                op,
                read_body(kind, body) if body is not None and op == "put" else None,
                ids.spelled(event_id),
                ids.spelled(change_id),
                ids.spelled(undoes) if undoes else "",
                ids.spelled(raw),
            )
            for clock, author, name, op, kind, body, event_id, change_id, undoes, raw in rows
        ]

    @property
    def file_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def desk_of(current: dict[tuple[int, str], str]) -> str:
    """Return the desk's status of a claim from what is current of it, as `current_statuses` gives it."""
    if len(current) == 1:
        return next(iter(current.values()))
    adjudicated = [status for (_, layer), status in current.items() if layer == "adjudicated"]
    annotators = [status for (_, layer), status in current.items() if layer != "adjudicated"]
    return desk_status(adjudicated, annotators)
