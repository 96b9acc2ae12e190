"""What can be asked of a project: records by kind, by article version and by claim, and what happened to them."""

from collections.abc import Iterable
from typing import NamedTuple

from annotator.model import ids
from annotator.model.ids import ArticleId, ClaimId, SourceId, VersionId
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
    Review,
    Source,
    Speaker,
    TextVersion,
    Zone,
)
from annotator.store import happenings
from annotator.store.arriving import Arriving
from annotator.store.codec import read
from annotator.store.gathering import Gathering
from annotator.store.happenings import Happening
from annotator.store.looking_up import marks, parts
from annotator.store.standing import Standing
from annotator.store.tables import BODY, SHOWN, name_key

_LINKS_LOOKED_AT = 4000
_LAST_LINKED = (
    "SELECT state.n FROM (SELECT n, source FROM state_evidence ORDER BY n DESC LIMIT ?) AS last"
    " JOIN state_source AS state ON state.n = last.source GROUP BY state.n ORDER BY max(last.n) DESC LIMIT ?"
)
_EVERY_SOURCE_LAST_LINKED_FIRST = (
    "SELECT state.n FROM state_source AS state ORDER BY coalesce((SELECT max(evidence.n)"
    " FROM state_evidence AS evidence WHERE evidence.source = state.n), 0) DESC, state.n DESC LIMIT ?"
)


def _counted(rows: Iterable[tuple[bytes, int]]) -> dict[SourceId, int]:
    return {SourceId(ids.spelled(raw)): int(count) for raw, count in rows}


class VersionRow(NamedTuple):
    """One line of the article list; `also` are the versions that it stands for too (`classes.shown_rows`)."""

    article: Article
    version: TextVersion
    also: tuple[VersionId, ...] = ()


class Reading(Standing, Arriving, Gathering):
    """Reads records through their heads; never changes a byte."""

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
        for part in parts([number for (number,) in numbers]):
            sql = f"SELECT state.n, {BODY} FROM state_source AS state {SHOWN} WHERE state.n IN ({marks(part)})"
            found.update((number, read(Source, body)) for number, body in self._connection.execute(sql, part))
        return [found[number] for (number,) in numbers]

    def source_uses(self, sources: Iterable[str] | None = None) -> dict[SourceId, int]:
        """Return how often each source is linked, or each of these; those that never are may be left out."""
        sql = "SELECT object.id, count(*) FROM object JOIN state_evidence AS state ON state.source = object.n"
        if sources is None:
            return _counted(self._connection.execute(f"{sql} GROUP BY 1"))
        keys = [ids.raw(one) for one in dict.fromkeys(sources)]
        uses: dict[SourceId, int] = {}
        for part in parts(keys):
            uses |= _counted(self._connection.execute(f"{sql} WHERE object.id IN ({marks(part)}) GROUP BY 1", part))
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

    # History

    def history(self, *object_ids: str) -> list[Happening]:
        """Return what happened to some records, first to last; nothing to one that is not there."""
        return happenings.of_records(self._connection, object_ids)
