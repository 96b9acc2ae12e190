"""The objects of a line to the records of the model."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from annotator.formats.bundle import Bundle
from annotator.formats.jsonl.lines import (
    AnnotatorLine,
    ClaimLine,
    Line,
    MentionLine,
    ReviewLine,
    SourceLine,
    SpanLine,
    SpeakerLine,
)
from annotator.model.ids import (
    ArticleId,
    Sha256,
)
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Comment,
    Evidence,
    Link,
    Mention,
    Review,
    Source,
    Speaker,
    TextVersion,
    Zone,
    version_id,
    zone_id,
)
from annotator.model.span import Span

if TYPE_CHECKING:
    from msgspec import Struct

_REMEMBERED: Final = 50_000

R = TypeVar("R")


class Shared:
    """Records that stand in line after line (annotators, speakers, sources): each is made once."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Struct, Any]] = {}

    def made(self, one: SourceLine | SpeakerLine | AnnotatorLine, make: Callable[[Any], R]) -> R:
        """Return the record of an object; the one made before where the object is the same."""
        before = self._made.get(one.id)
        if before is not None and before[0] == one:
            return before[1]
        if len(self._made) >= _REMEMBERED:
            self._made.clear()
        record = make(one)
        self._made[one.id] = one, record
        return record


def bundle_of(line: Line, shared: Shared) -> Bundle:
    """Return the records of a line that was checked."""
    article_id, sha256 = line.article_id, line.version_id
    claimed = {claim.id for claim in line.claims}
    return Bundle(
        article=Article(
            article_id,
            line.url,
            line.publisher,
            line.authors,
            line.language,
            line.published,
            line.published_precision,
        ),
        version=TextVersion(
            version_id(article_id, sha256),
            article_id,
            sha256,
            line.version,
            line.title,
            line.retrieved_at,
            snapshot_sha256=line.snapshot_sha256,
        ),
        text=line.text,
        zones=tuple(
            Zone(
                zone_id(article_id, sha256, one.start, one.end),
                article_id,
                sha256,
                one.kind,
                one.start,
                one.end,
                one.set_by,
            )
            for one in line.zones
        ),
        mentions=tuple([_mention(one, article_id, sha256) for one in line.mentions]),
        claims=tuple([_claim(one) for one in line.claims]),
        assessments=tuple([one for claim in line.claims for one in _assessments(claim)]),
        evidence=tuple([one for claim in line.claims for one in _evidence(claim)]),
        sources=tuple([shared.made(one, _source) for one in line.sources]),
        speakers=tuple([shared.made(one, _speaker) for one in line.speakers]),
        annotators=tuple([shared.made(one, _annotator) for one in line.annotators]),
        reviews=tuple(_review(one) for one in line.reviews),
        comments=tuple(
            Comment(one.id, one.target, one.author, one.text, one.reply_to, one.resolved, one.at)
            for one in line.comments
        ),
        links=tuple(Link(one.id, one.kind, one.a, one.b, one.annotator, one.note) for one in line.links),
        said_statuses={one.id: one.status for one in line.mentions if one.claim_id not in claimed},
        said_contexts=_contexts(line),
    )


def _contexts(line: Line) -> dict[str, tuple[tuple[str, str], ...]]:
    placed = (*(one for claim in line.claims for one in claim.evidence if one.spans), *line.reviews)
    return {one.id: tuple([(span.prefix, span.suffix) for span in _ordered(one.spans)]) for one in placed if one.spans}


def _ordered(lines: Sequence[SpanLine]) -> Sequence[SpanLine]:
    return sorted(lines, key=lambda one: (one.start, one.end, one.quote)) if len(lines) > 1 else lines


def _spans(lines: Sequence[SpanLine]) -> tuple[Span, ...]:
    """Return the spans in their canonical order: a record has one spelling, however its line had it."""
    if not lines:
        return ()
    if len(lines) == 1:  # nearly always
        return (Span(lines[0].start, lines[0].end, lines[0].quote),)
    return tuple([Span(one.start, one.end, one.quote) for one in _ordered(lines)])


def _sorted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names)) if len(names) > 1 else names


def _mention(one: MentionLine, article_id: ArticleId, sha256: Sha256) -> Mention:
    return Mention(
        one.id,
        one.claim_id,
        ArticleId(one.article_id) if one.article_id else article_id,
        sha256,
        one.annotator,
        _spans(one.spans),
        one.layer,
        one.within,
        _spans(one.cue),
        _spans(one.speaker_spans),
        one.speaker_id,
        one.speaker_accepted,
        one.presented_as,
        one.origin,
        one.guideline_version,
        one.note,
        _sorted(one.based_on),
        one.created_at,
        one.updated_at,
    )


def _claim(one: ClaimLine) -> Claim:
    return Claim(
        one.id,
        one.text,
        one.type,
        one.language,
        one.claim_date,
        one.claim_date_precision,
        one.needs_second_check,
    )


def _assessments(claim: ClaimLine) -> list[Assessment]:
    return [
        Assessment(
            one.id,
            claim.id,
            one.annotator,
            one.status,
            one.layer,
            one.valid_from,
            one.valid_from_precision,
            one.recorded_at,
            one.reason,
            _sorted(one.based_on),
            one.guideline_version,
        )
        for one in claim.assessments
    ]


def _evidence(claim: ClaimLine) -> list[Evidence]:
    return [
        Evidence(
            one.id,
            claim.id,
            one.source_id,
            one.annotator,
            one.stance,
            one.quote,
            one.locator,
            _spans(one.spans),
            one.note,
        )
        for one in claim.evidence
    ]


def _source(one: SourceLine) -> Source:
    return Source(
        one.id,
        one.url,
        one.title,
        one.publisher,
        one.published,
        one.published_precision,
        one.retrieved_at,
        one.medium,
        one.snapshot_sha256,
        one.archived_url,
        one.primary,
        one.derived_from,
        one.article_id,
        one.confidential,
    )


def _review(one: ReviewLine) -> Review:
    return Review(
        one.id,
        one.target,
        one.reviewer,
        one.decision,
        one.target_event,
        one.proposal,
        one.version_id,
        _spans(one.spans),
        one.reason,
        one.cause,
        one.confidence,
        one.note,
        one.at,
    )


def _speaker(one: SpeakerLine) -> Speaker:
    return Speaker(one.id, one.name, one.kind, one.aliases)


def _annotator(one: AnnotatorLine) -> Annotator:
    return Annotator(one.id, one.name, one.pseudonym, one.role)
