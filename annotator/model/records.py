"""The records of model.md as frozen structs: what the event log keeps and every layer speaks of.

Points in time are written moments (`moments.py`), offsets are Unicode code points, and a missing string is "".
"""

from typing import ClassVar, Final, Literal

from msgspec import UNSET, Struct, UnsetType

from annotator.model.ids import (
    AnnotatorId,
    ArticleId,
    AssessmentId,
    ClaimId,
    CommentId,
    EvidenceId,
    GuidelineId,
    LinkId,
    MentionId,
    ProjectId,
    ReviewId,
    Sha256,
    SnapshotId,
    SourceId,
    SpeakerId,
    VersionId,
    ZoneId,
    derived_id,
)
from annotator.model.moments import Precision
from annotator.model.span import Span
from annotator.model.status import Status
from annotator.model.zones import ZoneKind

Role = Literal["checker", "reviewer", "adjudicator"]
Layer = Literal["annotation", "adjudicated"]
SpeakerKind = Literal["person", "organisation", "outlet", "document", "anonymous"]
Medium = Literal["web", "pdf", "document", "interview", "record", "image", "video", "audio", "other"]
Stance = Literal["supports", "refutes", "context"]
PresentedAs = Literal["", "stated", "attributed", "hedged", "denied"]
Decision = Literal["accept", "change", "reject", "missing"]
LinkKind = Literal["same", "contradicts", "part_of"]


class ProjectCard(Struct, frozen=True, gc=False):
    """What a project calls itself, which statuses it offers, and how its people work together.

    `second_check` has the statuses that need a second person. Like `blind` it is no part of a body in which nobody has
    set it: a project that was made before stays, byte for byte, what it was.
    """

    kind: ClassVar[str] = "project"
    id: ProjectId
    name: str
    scheme: tuple[Status, ...]
    second_check: tuple[str, ...] | UnsetType = UNSET
    blind: bool | UnsetType = UNSET


class Annotator(Struct, frozen=True, gc=False):
    """A person who marks or reviews; `pseudonym` is the name in releases."""

    kind: ClassVar[str] = "annotator"
    id: AnnotatorId
    name: str
    pseudonym: str = ""
    role: Role = "checker"


class Article(Struct, frozen=True, gc=False):
    """A story as published somewhere; `came_from` is the file or gesture that brought it in."""

    kind: ClassVar[str] = "article"
    id: ArticleId
    url: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    published: str = ""
    published_precision: Precision = ""
    came_from: str = ""


class TextVersion(Struct, frozen=True, gc=False):
    """That an article read a text: known by the pair (article, text), so that importing again adds nothing."""

    kind: ClassVar[str] = "version"
    id: VersionId
    article_id: ArticleId
    text_sha256: Sha256
    number: int = 1
    title: str = ""
    retrieved_at: str = ""
    captured_by: str = ""
    snapshot_sha256: str = ""


class Zone(Struct, frozen=True, gc=False):
    """A block of a text version, `[start, end)`; the project's texts are never changed, only zoned."""

    kind: ClassVar[str] = "zone"
    id: ZoneId
    article_id: ArticleId
    text_sha256: Sha256
    zone: ZoneKind
    start: int
    end: int
    set_by: Literal["rule", "person"] = "rule"


class Snapshot(Struct, frozen=True, gc=False):
    """The bytes of a page or document as captured, stored by their SHA-256."""

    kind: ClassVar[str] = "snapshot"
    id: SnapshotId
    sha256: Sha256
    media_type: str = ""
    original_url: str = ""
    captured_at: str = ""


class Speaker(Struct, frozen=True, gc=False):
    """Who makes a claim."""

    kind: ClassVar[str] = "speaker"
    id: SpeakerId
    name: str
    speaker_kind: SpeakerKind = "person"
    aliases: tuple[str, ...] = ()


class Claim(Struct, frozen=True, gc=False):
    """What is said, in words that stand on their own."""

    kind: ClassVar[str] = "claim"
    id: ClaimId
    text: str
    type: str = ""
    language: str = ""
    claim_date: str = ""
    claim_date_precision: Precision = ""
    needs_second_check: bool = False


class Mention(Struct, frozen=True, gc=False):
    """A place in one text version where a claim is made: the highlighted thing.

    `speaker_spans` and `cue` are where the text names the speaker and the reporting verb; a speaker that a rule
    found is `speaker_accepted=False` until a person says so. `within` is the mention inside which it is reported.
    """

    kind: ClassVar[str] = "mention"
    id: MentionId
    claim_id: ClaimId
    article_id: ArticleId
    text_sha256: Sha256
    annotator_id: AnnotatorId
    spans: tuple[Span, ...]
    layer: Layer = "annotation"
    within: str = ""
    cue: tuple[Span, ...] = ()
    speaker_spans: tuple[Span, ...] = ()
    speaker_id: str = ""
    speaker_accepted: bool = False
    presented_as: PresentedAs = ""
    origin: str = "person"
    guideline_version: str = ""
    note: str = ""
    based_on: tuple[str, ...] = ()
    created_at: str = ""
    updated_at: str = ""


class Assessment(Struct, frozen=True, gc=False):
    """One annotator's status for one claim from one date on, with a reason."""

    kind: ClassVar[str] = "assessment"
    id: AssessmentId
    claim_id: ClaimId
    annotator_id: AnnotatorId
    status: str
    layer: Layer = "annotation"
    valid_from: str = ""
    valid_from_precision: Precision = ""
    recorded_at: str = ""
    reason: str = ""
    based_on: tuple[str, ...] = ()
    guideline_version: str = ""


class Source(Struct, frozen=True, gc=False):
    """A document that speaks for or against; `derived_from` is the source it repeats."""

    kind: ClassVar[str] = "source"
    id: SourceId
    url: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    published_precision: Precision = ""
    retrieved_at: str = ""
    medium: Medium = "web"
    snapshot_sha256: str = ""
    archived_url: str = ""
    primary: bool = False
    derived_from: str = ""
    article_id: str = ""
    confidential: bool = False


class Evidence(Struct, frozen=True, gc=False):
    """What one source says about one claim, as one annotator reads it."""

    kind: ClassVar[str] = "evidence"
    id: EvidenceId
    claim_id: ClaimId
    source_id: SourceId
    annotator_id: AnnotatorId
    stance: Stance
    quote: str = ""
    locator: str = ""
    spans: tuple[Span, ...] = ()
    note: str = ""


class Review(Struct, frozen=True, gc=False):
    """A second person's decision on someone's mention, assessment or evidence."""

    kind: ClassVar[str] = "review"
    id: ReviewId
    target: str
    reviewer_id: AnnotatorId
    decision: Decision
    target_event: str = ""
    proposal: str = ""
    version_id: str = ""
    spans: tuple[Span, ...] = ()
    reason: str = ""
    cause: str = ""
    confidence: str = ""
    note: str = ""
    at: str = ""


class Comment(Struct, frozen=True, gc=False):
    """A remark on any record; a reply names the comment it answers."""

    kind: ClassVar[str] = "comment"
    id: CommentId
    target: str
    author_id: AnnotatorId
    text: str
    reply_to: str = ""
    resolved: bool = False
    at: str = ""


class Guideline(Struct, frozen=True, gc=False):
    """One version of the project's rules for annotators, plain Markdown."""

    kind: ClassVar[str] = "guideline"
    id: GuidelineId
    number: int
    text: str


class Link(Struct, frozen=True, gc=False):
    """Two records of one kind belong together."""

    kind: ClassVar[str] = "link"
    id: LinkId
    link: LinkKind
    a: str
    b: str
    annotator_id: AnnotatorId
    note: str = ""


Record = (
    ProjectCard
    | Annotator
    | Article
    | TextVersion
    | Zone
    | Snapshot
    | Speaker
    | Claim
    | Mention
    | Assessment
    | Source
    | Evidence
    | Review
    | Comment
    | Guideline
    | Link
)

KINDS: Final[dict[str, type[Record]]] = {
    record.kind: record
    for record in (
        ProjectCard,
        Annotator,
        Article,
        TextVersion,
        Zone,
        Snapshot,
        Speaker,
        Claim,
        Mention,
        Assessment,
        Source,
        Evidence,
        Review,
        Comment,
        Guideline,
        Link,
    )
}
"""Every kind of record by its name in the log."""


def owner_of(record: Record) -> str:
    """Return the id of the annotator whom a record belongs to, "" for shared records (model.md, section 1)."""
    match record:
        case Mention() | Assessment() | Evidence() | Link():
            return record.annotator_id
        case Review():
            return record.reviewer_id
        case Comment():
            return record.author_id
        case _:
            return ""


def guard_of(record: Record) -> str:
    """Return the id of the annotator who alone may edit or delete a record, "" where anybody may.

    That two articles or two people are one is nobody's own: the link has an id that every machine makes the same.
    """
    if isinstance(record, Link) and record.id == same_link_id(record.a, record.b):
        return ""
    return owner_of(record)


def same_link_id(a: str, b: str) -> LinkId:
    """Return the id of the link that joins two records: whoever makes it makes the same one."""
    return LinkId(derived_id("link", "same", *sorted((a, b))))


def version_id(article_id: ArticleId, text_sha256: Sha256) -> VersionId:
    """Return the id of the version that is this pair."""
    return VersionId(derived_id("version", article_id, text_sha256))


def zone_id(article_id: ArticleId, text_sha256: Sha256, start: int, end: int) -> ZoneId:
    """Return the id of the zone at this place of a version."""
    return ZoneId(derived_id("zone", article_id, text_sha256, str(start), str(end)))


def snapshot_id(sha256: Sha256) -> SnapshotId:
    """Return the id of the snapshot of these bytes."""
    return SnapshotId(derived_id("snapshot", sha256))
