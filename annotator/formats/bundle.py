"""What formats and services pass to each other: an article version with every record that stands with it."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from msgspec import Struct, field

from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Comment,
    Evidence,
    Link,
    Mention,
    Record,
    Review,
    Snapshot,
    Source,
    Speaker,
    TextVersion,
    Zone,
)

CONFIDENTIAL: Final = "(confidential)"
"""What a source that is not to be named is called in a dataset, whatever language the program speaks."""


class Bundle(Struct):
    """An article version, its text, and the records that a line of a dataset holds with it.

    A writer finds everything it needs in here; a reader has checked everything that can be checked without a project.

    Attributes:
        place_texts: the text that the spans of a piece of evidence or of a review lie in, by the record's id, where
            it is known and not this version's own.
        said_statuses: the status that a line gives a mention whose claim it does not hold, by the mention's id.
        said_contexts: (prefix, suffix) of each span of a piece of evidence or a review as a line gives them, by the
            record's id: only the project can tell whether they are right.
        snapshots: captured bytes to keep, with the record that names them.
        notes: what became of the file's bytes that a person should look at, as finished sentences.
        by_text: the file knows its article by the text alone: marks belong to the article that the project has of it.
    """

    article: Article
    version: TextVersion
    text: str
    zones: tuple[Zone, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    annotators: tuple[Annotator, ...] = ()
    reviews: tuple[Review, ...] = ()
    comments: tuple[Comment, ...] = ()
    links: tuple[Link, ...] = ()
    place_texts: Mapping[str, str] = field(default_factory=dict[str, str])
    said_statuses: Mapping[str, str] = field(default_factory=dict[str, str])
    said_contexts: Mapping[str, tuple[tuple[str, str], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, str], ...]]
    )
    snapshots: tuple[tuple[Snapshot, bytes], ...] = ()
    notes: tuple[str, ...] = ()
    by_text: bool = False

    @property
    def size(self) -> int:
        """How many records it holds."""
        parts = (self.snapshots, self.annotators, self.zones, self.speakers, self.sources, self.claims, self.mentions)
        more = (self.assessments, self.evidence, self.reviews, self.comments, self.links)
        return 2 + sum(map(len, parts)) + sum(map(len, more))

    def records(self) -> Iterator[Record]:
        """Yield every record, what is named before what names it."""
        yield self.article
        yield self.version
        yield from chain(
            (snapshot for snapshot, _ in self.snapshots),
            self.annotators,
            self.zones,
            self.speakers,
            self.sources,
            self.claims,
            self.mentions,
            self.assessments,
            self.evidence,
            self.reviews,
            self.comments,
            self.links,
        )
