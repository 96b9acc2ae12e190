"""Bundles of records to canonical lines: keys in their order, lists by id, no spaces, non-ASCII as it is."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final

import msgspec

from annotator.formats.bundle import Bundle
from annotator.formats.jsonl.lines import (
    OFFSET_UNIT,
    SCHEMA,
    AnnotatorLine,
    AssessmentLine,
    ClaimLine,
    CommentLine,
    EvidenceLine,
    Line,
    LinkLine,
    MentionLine,
    ReviewLine,
    SourceLine,
    SpanLine,
    SpeakerLine,
    ZoneLine,
)
from annotator.model.moments import now
from annotator.model.records import Assessment, Evidence, Mention, Review, Source
from annotator.model.span import CONTEXT, Span
from annotator.model.status import current_status

_encoder: Final = msgspec.json.Encoder()
_by_id: Final = attrgetter("id")
_by_place: Final = attrgetter("start", "end")


def encode_all(bundles: Iterable[Bundle]) -> Iterator[bytes]:
    """Yield one line, with its line feed, for each bundle; statuses are those of the present moment."""
    moment = now()
    for bundle in bundles:
        yield _encoder.encode(line_of(bundle, moment)) + b"\n"


def line_of(bundle: Bundle, moment: str) -> Line:
    """Return the canonical line of a bundle with the statuses current at a moment."""
    article, version = bundle.article, bundle.version
    return Line(
        schema=SCHEMA,
        offset_unit=OFFSET_UNIT,
        article_id=article.id,
        version_id=version.text_sha256,
        version=version.number,
        url=article.url,
        title=version.title,
        publisher=article.publisher,
        authors=article.authors,
        language=article.language,
        published=article.published,
        published_precision=article.published_precision,
        retrieved_at=version.retrieved_at,
        snapshot_sha256=version.snapshot_sha256,
        text=bundle.text,
        zones=tuple(
            [
                ZoneLine(kind=one.zone, start=one.start, end=one.end, set_by=one.set_by)
                for one in sorted(bundle.zones, key=_by_place)
            ]
        ),
        mentions=_mentions(bundle, moment),
        claims=_claims(bundle),
        sources=tuple([_source(one) for one in sorted(bundle.sources, key=_by_id)]),
        speakers=tuple(
            [
                SpeakerLine(id=one.id, name=one.name, kind=one.speaker_kind, aliases=one.aliases)
                for one in sorted(bundle.speakers, key=_by_id)
            ]
        ),
        annotators=tuple(
            [
                AnnotatorLine(id=one.id, name=one.name, pseudonym=one.pseudonym, role=one.role)
                for one in sorted(bundle.annotators, key=_by_id)
            ]
        ),
        reviews=tuple([_review(one, bundle) for one in sorted(bundle.reviews, key=_by_id)]),
        comments=tuple(
            [
                CommentLine(
                    id=one.id,
                    target=one.target,
                    reply_to=one.reply_to,
                    author=one.author_id,
                    text=one.text,
                    resolved=one.resolved,
                    at=one.at,
                )
                for one in sorted(bundle.comments, key=_by_id)
            ]
        ),
        links=tuple(
            [
                LinkLine(id=one.id, kind=one.link, a=one.a, b=one.b, annotator=one.annotator_id, note=one.note)
                for one in sorted(bundle.links, key=_by_id)
            ]
        ),
    )


def _mentions(bundle: Bundle, moment: str) -> tuple[MentionLine, ...]:
    assessed: dict[tuple[str, str, str], list[Assessment]] = {}
    for one in bundle.assessments:
        assessed.setdefault((one.claim_id, one.annotator_id, one.layer), []).append(one)
    lines: list[MentionLine] = []
    for one in sorted(bundle.mentions, key=_by_id):
        own = assessed.get((one.claim_id, one.annotator_id, one.layer), ())
        lines.append(_mention(one, current_status(own, moment), bundle.text))
    return tuple(lines)


def _spans(spans: Sequence[Span], text: str) -> tuple[SpanLine, ...]:
    if not spans:
        return ()
    ordered = sorted(spans, key=_by_place) if len(spans) > 1 else spans
    return tuple(
        [
            SpanLine(
                start=one.start,
                end=one.end,
                quote=one.quote,
                prefix=text[max(0, one.start - CONTEXT) : one.start],
                suffix=text[one.end : one.end + CONTEXT],
            )
            for one in ordered
        ]
    )


def _mention(one: Mention, status: str, text: str) -> MentionLine:
    return MentionLine(
        id=one.id,
        article_id=one.article_id,
        claim_id=one.claim_id,
        annotator=one.annotator_id,
        layer=one.layer,
        within=one.within,
        spans=_spans(one.spans, text),
        cue=_spans(one.cue, text),
        speaker_spans=_spans(one.speaker_spans, text),
        speaker_id=one.speaker_id,
        speaker_accepted=one.speaker_accepted,
        presented_as=one.presented_as,
        status=status,
        origin=one.origin,
        guideline_version=one.guideline_version,
        note=one.note,
        based_on=_sorted(one.based_on),
        created_at=one.created_at,
        updated_at=one.updated_at,
    )


def _sorted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names)) if len(names) > 1 else names


def _claims(bundle: Bundle) -> tuple[ClaimLine, ...]:
    assessments: dict[str, list[Assessment]] = {}
    for one in bundle.assessments:
        assessments.setdefault(one.claim_id, []).append(one)
    evidence: dict[str, list[Evidence]] = {}
    for one in bundle.evidence:
        evidence.setdefault(one.claim_id, []).append(one)
    return tuple(
        [
            ClaimLine(
                id=one.id,
                text=one.text,
                type=one.type,
                language=one.language,
                claim_date=one.claim_date,
                claim_date_precision=one.claim_date_precision,
                needs_second_check=one.needs_second_check,
                assessments=tuple([_assessment(each) for each in sorted(assessments.get(one.id, ()), key=_by_id)]),
                evidence=tuple(
                    [
                        _evidence(each, bundle.place_texts.get(each.id, ""))
                        for each in sorted(evidence.get(one.id, ()), key=_by_id)
                    ]
                ),
            )
            for one in sorted(bundle.claims, key=_by_id)
        ]
    )


def _assessment(one: Assessment) -> AssessmentLine:
    return AssessmentLine(
        id=one.id,
        annotator=one.annotator_id,
        layer=one.layer,
        status=one.status,
        valid_from=one.valid_from,
        valid_from_precision=one.valid_from_precision,
        recorded_at=one.recorded_at,
        reason=one.reason,
        based_on=_sorted(one.based_on),
        guideline_version=one.guideline_version,
    )


def _evidence(one: Evidence, text: str) -> EvidenceLine:
    return EvidenceLine(
        id=one.id,
        source_id=one.source_id,
        annotator=one.annotator_id,
        stance=one.stance,
        quote=one.quote,
        locator=one.locator,
        spans=_spans(one.spans, text),
        note=one.note,
    )


def _source(one: Source) -> SourceLine:
    return SourceLine(
        id=one.id,
        url=one.url,
        title=one.title,
        publisher=one.publisher,
        published=one.published,
        published_precision=one.published_precision,
        retrieved_at=one.retrieved_at,
        medium=one.medium,
        snapshot_sha256=one.snapshot_sha256,
        archived_url=one.archived_url,
        primary=one.primary,
        derived_from=one.derived_from,
        article_id=one.article_id,
        confidential=one.confidential,
    )


def _review(one: Review, bundle: Bundle) -> ReviewLine:
    return ReviewLine(
        id=one.id,
        target=one.target,
        target_event=one.target_event,
        reviewer=one.reviewer_id,
        decision=one.decision,
        proposal=one.proposal,
        version_id=one.version_id,
        spans=_spans(one.spans, bundle.place_texts.get(one.id, "")),
        reason=one.reason,
        cause=one.cause,
        confidence=one.confidence,
        note=one.note,
        at=one.at,
    )
