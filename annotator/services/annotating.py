"""Marking claims in a text, assessing them, and saying who makes them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import AssessmentId, ChangeId, ClaimId, MentionId, SpeakerId, VersionId, new_id
from annotator.model.moments import now, read_moment
from annotator.model.records import (
    Article,
    Assessment,
    Claim,
    Evidence,
    Mention,
    PresentedAs,
    Speaker,
    SpeakerKind,
    TextVersion,
)
from annotator.model.span import Span, in_order, span_of
from annotator.model.status import current
from annotator.services.guidelines import version_now
from annotator.services.projects import scheme_of
from annotator.services.since import held_since, read_since
from annotator.store.change import Change
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.assist.speakers import FoundSpeaker

SLIP: Final = timedelta(minutes=1)
"""A second assessment within this time replaces the first, so that slips make no history."""

BETWEEN_SPANS: Final = " … "
"""What stands between the parts of a discontinuous mention in its claim's text."""


class Marked(NamedTuple):
    """What marking made; `in_boilerplate` asks for a quiet warning."""

    mention_id: MentionId
    claim_id: ClaimId
    change_id: ChangeId
    in_boilerplate: bool


class _Place(msgspec.Struct, frozen=True):
    version: TextVersion
    article: Article
    spans: tuple[Span, ...]


def mark(
    project: Project,
    version_id: VersionId,
    ranges: Sequence[tuple[int, int]],
    *,
    status: str,
    found: "FoundSpeaker | None" = None,
    within: str = "",
) -> Marked:
    """Mark a claim in a text with a status: a claim, its mention and an assessment in one undo step.

    `ranges` are half-open code point ranges of the version's text; `found` is a speaker that a rule suggests,
    `within` the mention in which it is reported (`model.nesting`).

    Raises KeyError for an unknown version, ValueError for ranges outside its text or a status the scheme lacks.
    """
    _check_offered(project, status)
    place = _place(project, version_id, ranges)
    claim = Claim(
        ClaimId(new_id()),
        words_of(place.spans),
        language=place.article.language,
        claim_date=place.article.published,
        claim_date_precision=place.article.published_precision,
    )
    moment = now()
    mention = Mention(
        MentionId(new_id()),
        claim.id,
        place.article.id,
        place.version.text_sha256,
        project.annotator_id,
        place.spans,
        guideline_version=version_now(project),
        within=within,
        created_at=moment,
        updated_at=moment,
    )
    with project.change(f"mark.{status}") as change:
        change.put(claim)
        change.put(_suggested(project, change, mention, found) if found else mention)
        change.put(_assessment(project, claim.id, status, place.article))
    boring = [zone for zone in project.zones_of(version_id) if zone.zone == "boilerplate"]
    inside = any(zone.start < span.end and span.start < zone.end for zone in boring for span in place.spans)
    return Marked(mention.id, claim.id, change.id, inside)


def _place(project: Project, version_id: VersionId, ranges: Sequence[tuple[int, int]]) -> _Place:
    version = project.get(TextVersion, version_id)
    text = project.text(version.text_sha256)
    spans = in_order(span_of(text, start, end) for start, end in ranges)
    return _Place(version, project.get(Article, version.article_id), spans)


def _assessment(project: Project, claim_id: ClaimId, status: str, article: Article | None) -> Assessment:
    since, precision = held_since(article) if article else ("", "")
    return Assessment(
        AssessmentId(new_id()),
        claim_id,
        project.annotator_id,
        status,
        valid_from=since,
        valid_from_precision=precision,
        recorded_at=now(),
        guideline_version=version_now(project),
    )


def assess(project: Project, claim_id: ClaimId, status: str) -> AssessmentId:
    """Record what this annotator holds about the claim from now on.

    A second assessment within a minute replaces the first; the same status again writes nothing.

    Raises KeyError when the claim is gone, ValueError for another status than the claim's that the scheme lacks.
    """
    project.get(Claim, claim_id)
    last = current_assessment(project, claim_id)
    if last and last.status == status:
        return last.id
    _check_offered(project, status)
    if last and read_moment(now()) - read_moment(last.recorded_at) < SLIP:
        assessment = replace(last, status=status, recorded_at=now(), guideline_version=version_now(project))
    else:
        moment = now()
        assessment = replace(_assessment(project, claim_id, status, None), valid_from=moment, recorded_at=moment)
        assessment = replace(assessment, valid_from_precision="instant")
    with project.change(f"assess.{status}") as change:
        change.put(assessment)
    return assessment.id


def explain_assessment(
    project: Project, assessment_id: AssessmentId, *, reason: str | None = None, since: str | None = None
) -> None:
    """Say why a claim has its status, and since when: a year, month or day as `2022-01-10`, a time as `… 15:00`, "".

    It completes an assessment that was made with one key; what it said before stays in the history.

    Raises Refused for what is no date, KeyError when the assessment is gone.
    """
    assessment = project.get(Assessment, assessment_id)
    explained = assessment if reason is None else replace(assessment, reason=reason.strip())
    if since is not None:
        moment, precision = read_since(since)
        explained = replace(explained, valid_from=moment, valid_from_precision=precision)
    if explained != assessment:
        with project.change("assessment.reason" if since is None else "assessment.since") as change:
            change.put(explained)


def _check_offered(project: Project, status: str) -> None:
    if all(one.key != status for one in scheme_of(project)):
        raise ValueError(f"the project's scheme has no status {status!r}")


def current_assessment(project: Project, claim_id: ClaimId, *, decided: bool = False) -> Assessment | None:
    """Return this annotator's current assessment of the claim in the annotators' layer, None for none.

    `decided`: the one that a review came to instead, whoever reviewed.
    """
    everything = project.assessments_of([claim_id])
    if decided:
        return current((one for one in everything if one.layer == "adjudicated"), now())
    own = (one for one in everything if one.annotator_id == project.annotator_id and one.layer == "annotation")
    return current(own, now())


def edit_claim(project: Project, claim_id: ClaimId, *, text: str) -> None:
    """Word the claim anew; raises Refused for an empty text, KeyError when the claim is gone."""
    if not text.strip():
        raise Refused(_("a claim needs words"), do=_("write what is claimed"))
    with project.change("claim.text") as change:
        change.put(replace(project.get(Claim, claim_id), text=text.strip()))


def edit_mention(
    project: Project, mention_id: MentionId, *, note: str | None = None, presented_as: PresentedAs | None = None
) -> None:
    """Change a mention's note or how the article presents the claim; raises KeyError when it is gone."""
    mention = project.get(Mention, mention_id)
    edited = replace(
        mention,
        note=mention.note if note is None else note,
        presented_as=mention.presented_as if presented_as is None else presented_as,
    )
    if edited != mention:
        with project.change("mention.note" if note is not None else "mention.presented") as change:
            change.put(replace(edited, updated_at=now()))


def move_mention(project: Project, mention_id: MentionId, ranges: Sequence[tuple[int, int]]) -> None:
    """Give a mention other boundaries; its id, claim and links stay.

    A claim that nobody has worded, and that no other words are marked as, goes on saying what is marked.

    Raises KeyError when it is gone, ValueError for ranges outside the text.
    """
    mention = project.get(Mention, mention_id)
    text = project.text(mention.text_sha256)
    spans = in_order(span_of(text, start, end) for start, end in ranges)
    if spans == mention.spans:
        return
    claim = project.find(Claim, mention.claim_id)
    unworded = claim is not None and claim.text == words_of(mention.spans)
    with project.change("mention.move") as change:
        change.put(replace(mention, spans=spans, updated_at=now()))
        if claim is not None and unworded and len(project.mentions_of_claims([claim.id])) == 1:
            change.put(replace(claim, text=words_of(spans)))


def words_of(spans: Iterable[Span]) -> str:
    """Return the words that some spans mark: what a claim says until somebody words it."""
    return BETWEEN_SPANS.join(span.quote for span in spans)


def remove_mention(project: Project, mention_id: MentionId) -> None:
    """Remove a mention, and its claim with this annotator's assessments and evidence if nothing else refers to it.

    Raises KeyError when it is gone.
    """
    mention = project.get(Mention, mention_id)
    with project.change("mention.remove") as change:
        change.delete(mention)
        remove_claim_without_use(project, change, mention)
        _remove_speaker_without_use(project, change, mention)


def remove_claim_without_use(project: Project, change: Change, mention: Mention) -> bool:
    """Remove a claim that a mention no longer names, with one's own assessments and evidence, if nothing needs it.

    Tells whether it was removed.
    """
    claim_id = mention.claim_id
    others = [one for one in project.mentions_of_claims([claim_id]) if one.id != mention.id]
    attached: list[Assessment | Evidence] = [*project.assessments_of([claim_id]), *project.evidence_of([claim_id])]
    foreign = [one for one in attached if one.annotator_id != project.annotator_id]
    targets = [claim_id, mention.id, *(one.id for one in attached)]
    if others or foreign or project.links_of([claim_id]) or project.reviews_of(targets) or project.comments_on(targets):
        return False
    for one in attached:
        change.delete(one)
    claim = project.find(Claim, claim_id)
    if claim is not None:  # else it is withheld
        change.delete(claim)
    return True


def _remove_speaker_without_use(project: Project, change: Change, mention: Mention) -> None:
    """A speaker that a rule made for this mention alone goes with it; one that a person accepted stays."""
    if mention.speaker_id and not mention.speaker_accepted and project.speaker_uses().get(mention.speaker_id) == 1:
        speaker = project.find(Speaker, mention.speaker_id)
        if speaker and len(project.history(speaker.id)) == 1:
            change.delete(speaker)


def _suggested(project: Project, change: Change, mention: Mention, found: "FoundSpeaker") -> Mention:
    text = project.text(mention.text_sha256)
    speaker = project.speaker_called(found.name) if found.name else None
    if found.name and speaker is None:
        speaker = Speaker(SpeakerId(new_id()), found.name, found.kind)
        change.put(speaker)
    return replace(
        mention,
        speaker_id=speaker.id if speaker else "",
        speaker_accepted=False,
        speaker_spans=(span_of(text, *found.speaker),) if found.speaker[0] < found.speaker[1] else (),
        cue=(span_of(text, *found.cue),) if found.cue[0] < found.cue[1] else (),
        presented_as=found.presented_as,
    )


def suggest_speaker(project: Project, mention_id: MentionId, found: "FoundSpeaker", *, joins: ChangeId) -> None:
    """Pre-fill a mention with a speaker that a rule found, as part of the step that marked it.

    Does nothing where the mention is gone or a person has named a speaker meanwhile.
    """
    mention = project.find(Mention, mention_id)
    if mention is None or mention.speaker_id:
        return
    with project.change("speaker.suggest", joins=joins) as change:
        change.put(_suggested(project, change, mention, found))


def set_speaker(project: Project, mention_id: MentionId, *, name: str, kind: SpeakerKind = "person") -> SpeakerId:
    """Say who makes the claim: a speaker of the project by that name, or a new one.

    Raises Refused for an empty name, KeyError when the mention is gone.
    """
    if not name.strip():
        raise Refused(_("a speaker needs a name"), do=_("write who says it"))
    mention = project.get(Mention, mention_id)
    with project.change("speaker.set") as change:
        speaker = project.speaker_called(name)
        if speaker is None:
            speaker = Speaker(SpeakerId(new_id()), name.strip(), kind)
            change.put(speaker)
        same = speaker.id == mention.speaker_id
        change.put(
            replace(
                mention,
                speaker_id=speaker.id,
                speaker_accepted=True,
                speaker_spans=mention.speaker_spans if same else (),
                updated_at=now(),
            )
        )
    return speaker.id


def accept_speaker(project: Project, mention_id: MentionId) -> None:
    """Accept the suggested speaker; raises KeyError when the mention is gone."""
    mention = project.get(Mention, mention_id)
    if mention.speaker_id and not mention.speaker_accepted:
        with project.change("speaker.accept") as change:
            change.put(replace(mention, speaker_accepted=True, updated_at=now()))


def dismiss_speaker(project: Project, mention_id: MentionId) -> None:
    """Take the speaker off a mention, suggested or not; raises KeyError when the mention is gone."""
    mention = project.get(Mention, mention_id)
    if mention.speaker_id or mention.cue:
        with project.change("speaker.dismiss") as change:
            change.put(
                replace(
                    mention,
                    speaker_id="",
                    speaker_accepted=False,
                    speaker_spans=(),
                    cue=(),
                    presented_as="",
                    updated_at=now(),
                )
            )
            _remove_speaker_without_use(project, change, mention)
