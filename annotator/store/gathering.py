"""Everything that stands with an article version, read in one go: what an export writes line by line."""

import contextlib
from collections.abc import Generator
from typing import Final, TypeVar

import msgspec

from annotator.model import ids
from annotator.model.records import (
    Article,
    Assessment,
    Claim,
    Evidence,
    Link,
    Mention,
    Record,
    Source,
    Speaker,
    TextVersion,
    Zone,
)
from annotator.store.codec import read
from annotator.store.seeing import Seeing
from annotator.store.tables import BODY, SHOWN

R = TypeVar("R", bound=Record)

_MARKED: Final = "(SELECT claim FROM state_mention WHERE version = ?)"
_ORDER: Final = (
    "SELECT state.n FROM state_version AS state"
    " JOIN object ON object.n = state.article JOIN text ON text.n = state.text"
    " ORDER BY object.id, state.number, text.sha256"
)


class Gathered(msgspec.Struct, frozen=True):
    """An article version with its marks, and what its claims stand on."""

    article: Article
    version: TextVersion
    text: str
    zones: list[Zone]
    mentions: list[Mention]
    claims: list[Claim]
    assessments: list[Assessment]
    evidence: list[Evidence]
    sources: list[Source]
    speakers: list[Speaker]


class Unplaced(msgspec.Struct, frozen=True):
    """How many records stand with no article version: they are in no line of a dataset."""

    articles: int
    claims: int
    sources: int
    speakers: int
    annotators: int


class Gathering(Seeing):
    """Reads whole article versions; never changes a byte."""

    @contextlib.contextmanager
    def one_moment(self) -> Generator[None]:
        """Read everything inside the block as of one moment; writers wait for its end."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            # Only read; where the disk fails, SQLite may have ended it already.
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")

    def version_numbers(self) -> list[int]:
        """Return the row of every article version, by article id, version number and text."""
        return [int(number) for (number,) in self._connection.execute(_ORDER)]

    def gather(self, number: int) -> Gathered | None:
        """Return the article version in that row with everything it needs, None where it or its article is gone."""
        row = self._connection.execute(
            "SELECT text.content, state.article FROM state_version AS state JOIN text ON text.n = state.text"
            " WHERE state.n = ?",
            (number,),
        ).fetchone()
        if row is None:
            return None
        articles = self._standing(Article, "state.n = ?", row[1])
        if not articles:
            return None
        return Gathered(
            articles[0],
            self._standing(TextVersion, "state.n = ?", number)[0],
            str(row[0]),
            self._standing(Zone, "state.version = ?", number),
            self._standing(Mention, "state.version = ?", number),
            self._standing(Claim, f"state.n IN {_MARKED}", number),
            self._standing(Assessment, f"state.claim IN {_MARKED}", number),
            self._standing(Evidence, f"state.claim IN {_MARKED}", number),
            self._standing(Source, f"state.n IN (SELECT source FROM state_evidence WHERE claim IN {_MARKED})", number),
            self._standing(Speaker, "state.n IN (SELECT speaker FROM state_mention WHERE version = ?)", number),
        )

    def versions_without_article(self) -> int:
        """Return how many versions stand there whose article is withheld."""
        sql = "SELECT count(*) FROM state_version WHERE article NOT IN (SELECT n FROM state_article)"
        return int(self._connection.execute(sql).fetchone()[0])

    def mentions_without_version(self) -> int:
        """Return how many mentions stand in an article whose text version is withheld."""
        sql = "SELECT count(*) FROM state_mention WHERE version NOT IN (SELECT n FROM state_version)"
        return int(self._connection.execute(sql).fetchone()[0])

    def _standing(self, record: type[R], condition: str, number: int) -> list[R]:
        rows = self._connection.execute(
            f"SELECT {BODY} FROM state_{record.kind} AS state {SHOWN} WHERE {condition}",
            (number,),
        )
        return [read(record, body) for (body,) in rows]

    def links_by_id(self) -> dict[str, Link]:
        """Return every link by its id."""
        rows = self._connection.execute(f"SELECT {BODY} FROM state_link AS state {SHOWN}")
        return {link.id: link for link in (read(Link, body) for (body,) in rows)}

    def unplaced(self) -> Unplaced:
        """Count what stands with no article version."""

        def count(kind: str, table: str) -> int:
            sql = f"SELECT count(*) FROM state_{kind} WHERE n NOT IN (SELECT {kind} FROM state_{table})"
            return int(self._connection.execute(sql).fetchone()[0])

        return Unplaced(
            count("article", "version"),
            count("claim", "mention"),
            count("source", "evidence"),
            count("speaker", "mention"),
            self._idle_annotators(),
        )

    def _idle_annotators(self) -> int:
        """Count the annotators who made no mark, review, comment or link."""
        execute = self._connection.execute
        makers = " UNION ".join(f"SELECT annotator FROM state_{kind}" for kind in ("mention", "assessment", "evidence"))
        idle = execute(f"SELECT id FROM object WHERE n IN (SELECT n FROM state_annotator) AND n NOT IN ({makers})")
        names = {ids.spelled(raw) for (raw,) in idle}
        for kind, key in (("review", "reviewer_id"), ("comment", "author_id"), ("link", "annotator_id")):
            if names:
                who = f"SELECT DISTINCT json_extract(body, '$.{key}') FROM state_{kind} JOIN event ON event.n = head"
                names -= {name for (name,) in execute(who)}
        return len(names)
