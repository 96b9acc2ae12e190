"""One line of the dataset, key by key in the order in which it is written (model.md, section 5)."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from annotator.model.ids import (
    AnnotatorId,
    ArticleId,
    AssessmentId,
    ClaimId,
    CommentId,
    EvidenceId,
    LinkId,
    MentionId,
    ReviewId,
    Sha256,
    SourceId,
    SpeakerId,
)
from annotator.model.moments import Precision
from annotator.model.records import Decision, Layer, LinkKind, Medium, PresentedAs, Role, SpeakerKind, Stance
from annotator.model.zones import ZoneKind

SCHEMA: Final = "annotator/article/1"
OFFSET_UNIT: Final = "codepoint"

_ID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_HASH: Final = "[0-9a-f]{64}"
_MOMENT: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"


def _form(name: str, pattern: str, description: str) -> Meta:
    """Return what says the form of a string in the JSON Schema; `forms.py` sees to it, ten times faster."""
    # Python's `$` lets a line feed follow; a look-ahead is the end in every dialect.
    form = {"pattern": f"^(?:{pattern})(?![\\s\\S])", "description": description}
    return Meta(extra_json_schema=form, extra={"form": name})


_AN_ID: Final = _form("id", _ID, "A UUID in lower case.")

Id = Annotated[str, _AN_ID]
IdOrNone = Annotated[str, _form("id?", f"{_ID}|", "A UUID in lower case, or empty for none.")]
Hash = Annotated[Sha256, _form("hash", _HASH, "A SHA-256 in lower-case hexadecimal digits.")]
HashOrNone = Annotated[str, _form("hash?", f"{_HASH}|", "A SHA-256 in lower-case hexadecimal digits, or empty.")]
Moment = Annotated[str, _form("moment?", f"{_MOMENT}|", "A point in time, UTC with microseconds, or empty.")]
Offset = Annotated[int, Meta(ge=0, description="A place in a text, in Unicode code points.")]
Number = Annotated[int, Meta(ge=1, le=2**53 - 1, description="Counts the versions of the article.")]


class SpanLine(Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A place in a text, half open, in code points; prefix and suffix are up to 32 characters around it."""

    start: Offset
    end: Offset
    quote: str
    prefix: str = ""
    suffix: str = ""


class ZoneLine(Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A block of the text."""

    kind: ZoneKind
    start: Offset
    end: Offset
    set_by: Literal["rule", "person"] = "rule"


class MentionLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """A place where a claim is made."""

    id: Annotated[MentionId, _AN_ID]
    article_id: IdOrNone = ""
    claim_id: Annotated[ClaimId, _AN_ID]
    annotator: Annotated[AnnotatorId, _AN_ID]
    layer: Layer = "annotation"
    within: IdOrNone = ""
    spans: Annotated[tuple[SpanLine, ...], Meta(min_length=1)]
    cue: tuple[SpanLine, ...] = ()
    speaker_spans: tuple[SpanLine, ...] = ()
    speaker_id: IdOrNone = ""
    speaker_accepted: bool = False
    presented_as: PresentedAs = ""
    status: str
    origin: str = ""
    guideline_version: str = ""
    note: str = ""
    based_on: tuple[Id, ...] = ()
    created_at: Moment = ""
    updated_at: Moment = ""


class AssessmentLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """One annotator's status for the claim from a moment on."""

    id: Annotated[AssessmentId, _AN_ID]
    annotator: Annotated[AnnotatorId, _AN_ID]
    layer: Layer = "annotation"
    status: str
    valid_from: Moment = ""
    valid_from_precision: Precision = ""
    recorded_at: Moment = ""
    reason: str = ""
    based_on: tuple[Id, ...] = ()
    guideline_version: str = ""


class EvidenceLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """What one source says about the claim; spans lie in the text of the source's own article."""

    id: Annotated[EvidenceId, _AN_ID]
    source_id: Annotated[SourceId, _AN_ID]
    annotator: Annotated[AnnotatorId, _AN_ID]
    stance: Stance
    quote: str = ""
    locator: str = ""
    spans: tuple[SpanLine, ...] = ()
    note: str = ""


class ClaimLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is said, with everything the desk holds about it."""

    id: Annotated[ClaimId, _AN_ID]
    text: str = ""
    type: str = ""
    language: str = ""
    claim_date: Moment = ""
    claim_date_precision: Precision = ""
    needs_second_check: bool = False
    assessments: tuple[AssessmentLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()


class SourceLine(Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A document that speaks for or against."""

    id: Annotated[SourceId, _AN_ID]
    url: str = ""
    title: str = ""
    publisher: str = ""
    published: Moment = ""
    published_precision: Precision = ""
    retrieved_at: Moment = ""
    medium: Medium = "web"
    snapshot_sha256: HashOrNone = ""
    archived_url: str = ""
    primary: bool = False
    derived_from: IdOrNone = ""
    article_id: IdOrNone = ""
    confidential: bool = False


class SpeakerLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """Who makes a claim."""

    id: Annotated[SpeakerId, _AN_ID]
    name: str = ""
    kind: SpeakerKind = "person"
    aliases: tuple[str, ...] = ()


class AnnotatorLine(Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A person who marks or reviews."""

    id: Annotated[AnnotatorId, _AN_ID]
    name: str = ""
    pseudonym: str = ""
    role: Role = "checker"


class ReviewLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """A second person's decision on a record."""

    id: Annotated[ReviewId, _AN_ID]
    target: Id
    target_event: IdOrNone = ""
    reviewer: Annotated[AnnotatorId, _AN_ID]
    decision: Decision
    proposal: str = ""
    version_id: str = ""
    spans: tuple[SpanLine, ...] = ()
    reason: str = ""
    cause: str = ""
    confidence: str = ""
    note: str = ""
    at: Moment = ""


class CommentLine(Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A remark on a record."""

    id: Annotated[CommentId, _AN_ID]
    target: Id
    reply_to: IdOrNone = ""
    author: Annotated[AnnotatorId, _AN_ID]
    text: str = ""
    resolved: bool = False
    at: Moment = ""


class LinkLine(Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """Two records of one kind belong together; it stands in each line that has one end, once both ends were written."""

    id: Annotated[LinkId, _AN_ID]
    kind: LinkKind
    a: Id
    b: Id
    annotator: Annotated[AnnotatorId, _AN_ID]
    note: str = ""


class Line(Struct, forbid_unknown_fields=True, kw_only=True):
    """An article version, self-contained: its text and every record that stands with it."""

    schema: Literal["annotator/article/1"]
    offset_unit: Literal["codepoint"]
    article_id: Annotated[ArticleId, _AN_ID]
    version_id: Hash
    version: Number = 1
    url: str = ""
    title: str
    publisher: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    published: Moment = ""
    published_precision: Precision = ""
    retrieved_at: Moment = ""
    snapshot_sha256: HashOrNone = ""
    text: str
    zones: tuple[ZoneLine, ...] = ()
    mentions: tuple[MentionLine, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    speakers: tuple[SpeakerLine, ...] = ()
    annotators: tuple[AnnotatorLine, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    comments: tuple[CommentLine, ...] = ()
    links: tuple[LinkLine, ...] = ()
