"""Article versions with everything that can be in one, for tests of what is written."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from annotator.formats.bundle import Bundle
from annotator.formats.frame import Frame
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
    ZoneId,
)
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Comment,
    Decision,
    Evidence,
    Layer,
    Link,
    Mention,
    Review,
    Source,
    Speaker,
    TextVersion,
    Zone,
    version_id,
)
from annotator.model.span import span_of
from annotator.model.status import SCHEMES, Status
from annotator.model.text import sha256_of

MADE = "2024-05-02T09:30:00.000000Z"
DAY = "2024-05-01T00:00:00.000000Z"

_numbers = count(1)


def an_id() -> str:
    """Return the next id; they are the same at each run of one test, but for what ran before."""
    return f"01890000-0000-7000-8000-{next(_numbers):012x}"


def frame(
    name: str = "The desk", scheme: Sequence[Status] = SCHEMES["extended"], linked: frozenset[str] = frozenset()
) -> Frame:
    return Frame(name, tuple(scheme), MADE, linked)


class Place(NamedTuple):
    """A mark to make: whose, where, and what they hold."""

    who: str
    spans: tuple[tuple[int, int], ...]
    status: str = ""


class Desk:
    """Puts the records of one article version together; people are made as they are named."""

    def __init__(self, text: str, *, title: str = "A title", language: str = "en") -> None:
        article = Article(ArticleId(an_id()), "https://example.org/a", "The Courier", language=language)
        sha256 = Sha256(sha256_of(text))
        version = TextVersion(version_id(article.id, sha256), article.id, sha256, title=title)
        self.bundle = Bundle(article, version, text)
        self._people: dict[str, Annotator] = {}

    def person(self, name: str) -> AnnotatorId:
        if name not in self._people:
            self._people[name] = Annotator(AnnotatorId(an_id()), name)
            self.bundle.annotators += (self._people[name],)
        return self._people[name].id

    def mark(
        self,
        who: str,
        *spans: tuple[int, int],
        status: str = "",
        claim: Claim | None = None,
        layer: Layer = "annotation",
        based_on: Sequence[Mention] = (),
    ) -> Mention:
        """Mark some places; without a claim for one of its own, worded as the words marked."""
        bundle, text = self.bundle, self.bundle.text
        places = tuple(span_of(text, *one) for one in spans)
        if claim is None:
            claim = Claim(ClaimId(an_id()), " … ".join(one.quote for one in places))
            bundle.claims += (claim,)
        made = Mention(
            MentionId(an_id()),
            claim.id,
            bundle.article.id,
            bundle.version.text_sha256,
            self.person(who),
            places,
            layer,
            based_on=tuple(one.id for one in based_on),
        )
        bundle.mentions += (made,)
        if status:
            self.hold(claim, who, status, layer=layer)
        return made

    def claim_of(self, mention: Mention) -> Claim:
        return next(one for one in self.bundle.claims if one.id == mention.claim_id)

    def hold(
        self, claim: Claim, who: str, status: str, *, layer: Layer = "annotation", since: str = DAY, reason: str = ""
    ) -> Assessment:
        made = Assessment(AssessmentId(an_id()), claim.id, self.person(who), status, layer, since, "day", MADE, reason)
        self.bundle.assessments += (made,)
        return made

    def zone(self, start: int, end: int, kind: str = "boilerplate") -> None:
        bundle = self.bundle
        one = Zone(ZoneId(an_id()), bundle.article.id, bundle.version.text_sha256, "boilerplate", start, end)
        bundle.zones += (
            one if kind == "boilerplate" else Zone(one.id, one.article_id, one.text_sha256, "headline", start, end),
        )

    def comment(
        self, target: str, who: str, text: str, *, to: Comment | None = None, resolved: bool = False
    ) -> Comment:
        answered = to.id if to else ""
        made = Comment(CommentId(an_id()), target, self.person(who), text, answered, resolved, MADE)
        self.bundle.comments += (made,)
        return made


def full(words: Iterator[str]) -> Bundle:
    """Return an article version that uses the next words in every place where a person or a file can put some."""
    w = words
    desk = Desk(f"{next(w)}\n\n{next(w)} {next(w)}\n", title=next(w), language=next(w))
    bundle, text = desk.bundle, desk.bundle.text
    article = bundle.article
    bundle.article = Article(
        article.id, next(w), next(w), (next(w), next(w)), article.language, DAY, "day", came_from=next(w)
    )
    ada, bo = next(w), next(w)
    half = max(1, len(text) // 2)
    first = desk.mark(ada, (0, half), status="alleged")
    second = desk.mark(bo, (0, half), status="refuted")
    other = desk.mark(ada, (half, len(text) - 1))
    decided = desk.mark(
        next(w), (0, half), status=next(w), claim=desk.claim_of(first), layer="adjudicated", based_on=(first, second)
    )
    speaker = Speaker(SpeakerId(an_id()), next(w), aliases=(next(w),))
    bundle.speakers = (speaker,)
    bundle.claims = tuple(
        Claim(one.id, next(w), next(w), next(w), DAY, "day", needs_second_check=True) for one in bundle.claims
    )
    bundle.mentions = tuple(
        Mention(
            one.id,
            one.claim_id,
            one.article_id,
            one.text_sha256,
            one.annotator_id,
            one.spans,
            one.layer,
            within=first.id if one is other else "",
            cue=(span_of(text, 0, 1),),
            speaker_spans=(span_of(text, 0, 1),),
            speaker_id=speaker.id,
            presented_as="attributed",
            origin=next(w),
            guideline_version=next(w),
            note=next(w),
            based_on=one.based_on,
        )
        for one in bundle.mentions
    )
    held = desk.hold(desk.claim_of(first), ada, "disputed", since="2024-04-01T00:00:00.000000Z", reason=next(w))
    origin = Source(SourceId(an_id()), next(w), next(w), next(w), DAY, "day", archived_url=next(w))
    source = Source(SourceId(an_id()), next(w), next(w), next(w), derived_from=origin.id, primary=True)
    bundle.sources = (origin, source)
    bundle.evidence = tuple(
        Evidence(
            EvidenceId(an_id()), decided.claim_id, one.id, desk.person(ada), "refutes", next(w), next(w), note=next(w)
        )
        for one in bundle.sources
    )
    decisions: tuple[tuple[str, Decision, str], ...] = (
        (first.id, "change", decided.id),
        (second.id, "reject", ""),
        (held.id, "change", next(w)),
        (bundle.evidence[0].id, "accept", ""),
        (bundle.version.id, "missing", decided.id),
        (desk.person(ada), "missing", decided.id),
        (first.claim_id, "change", decided.claim_id),
        (bundle.article.id, "accept", ""),
    )
    bundle.reviews = tuple(
        Review(
            ReviewId(an_id()),
            target,
            desk.person(bo),
            decision,
            proposal=proposal,
            reason=next(w),
            cause=next(w),
            confidence=next(w),
            note=next(w),
            at=MADE,
        )
        for target, decision, proposal in decisions
    )
    for target in (first.id, held.id, bundle.evidence[0].id, source.id, bundle.reviews[0].id, bundle.article.id):
        asked = desk.comment(target, ada, next(w))
        desk.comment(asked.id, bo, next(w), to=asked)
    bundle.links = (
        Link(LinkId(an_id()), "contradicts", first.claim_id, other.claim_id, desk.person(ada), next(w)),
        Link(LinkId(an_id()), "same", source.id, origin.id, desk.person(ada), next(w)),
    )
    desk.zone(0, 1, "headline")
    return bundle
