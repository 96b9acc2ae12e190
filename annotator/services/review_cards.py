"""One cluster with everything that a decision about it needs: the text around it, the votes, what was decided."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from annotator.i18n import _
from annotator.model.ids import AnnotatorId, MentionId
from annotator.model.moments import now
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Evidence,
    Mention,
    Review,
    Source,
    Speaker,
    TextVersion,
)
from annotator.model.review.clusters import Said, Spans, Vote
from annotator.model.review.outcomes import Draft, Outcome
from annotator.model.sentences import piece, sentences
from annotator.model.status import current
from annotator.model.zones import numbered
from annotator.services import commenting
from annotator.services.aliases import shuffled
from annotator.services.commenting import Thread
from annotator.services.decided_evidence import became, is_decided
from annotator.services.missed import missed_in
from annotator.services.reviewing import Item
from annotator.services.signatures import Signatures
from annotator.services.viewing import withheld_words
from annotator.store.classes import classes_of
from annotator.store.project import Project

AROUND: Final = 2
"""Sentences of context on each side."""

_LONGEST: Final = 1_200
"""Code points of context on each side, where a sentence knows no end."""


class Held(NamedTuple):
    """What an annotator's mark stands on, as records."""

    mention: Mention
    assessment: Assessment | None
    evidence: tuple[Evidence, ...]


class Decided(NamedTuple):
    """What was decided about a cluster, by whom and why: `outcome` is () where there is no claim."""

    outcome: Outcome
    mentions: tuple[Mention, ...]
    reviews: tuple[Review, ...]
    by: str

    @property
    def review(self) -> Review:
        """The last of them: they have their reasons in common."""
        return max(self.reviews, key=lambda one: (one.at, one.id))


class Card(msgspec.Struct, frozen=True):
    """One cluster, ready to show.

    Attributes:
        people: everybody who had the text (`Item.readers`), in an order that is the same on each card of the text.
        held: what each mark stands on, by its id.
        text: the whole text; `start` and `end` are where the context around the cluster begins and ends in it.
        speakers, sources: what they are called, by the id that speaks for them.
        decided: what was decided, None where it is pending.
        threads: what was asked and answered about its marks.
        missed: what the review found in the text and nobody marked, with its status.
        paragraph: the number of its paragraph, from 1.
    """

    item: Item
    people: tuple[Annotator, ...]
    held: Mapping[str, Held]
    text: str
    start: int
    end: int
    title: str
    paragraph: int
    speakers: Mapping[str, str]
    sources: Mapping[str, str]
    decided: Decided | None
    threads: tuple[Thread, ...]
    missed: tuple[tuple[Spans, str], ...] = ()

    @property
    def votes(self) -> tuple[Vote, ...]:
        """Its marks, by place."""
        return self.item.cluster.votes


def card_of(project: Project, item: Item) -> Card:
    """Read everything about a cluster; raises KeyError where one of its marks is gone.

    While letters stand for names (`Project.letters`), people come in an order that says nothing, and as letters until
    the cluster is decided.
    """
    version = project.get(TextVersion, item.version_id)
    mentions = project.by_ids(Mention, item.mention_ids)
    held = _held(project, [mentions[one] for one in item.mention_ids])
    text = project.text(version.text_sha256)
    decided = decided_of(project, item, held)
    places = [place for draft in (decided.outcome if decided else ()) for span in draft.spans for place in span]
    # What was decided may reach further than what anybody marked.
    start, end = context(text, min([item.cluster.start, *places]), max([item.cluster.end, *places]))
    speakers = {vote.speaker for vote in item.cluster.votes if vote.speaker}
    sources = {source for vote in item.cluster.votes for source, _stance in vote.said}
    if decided:
        speakers |= {draft.speaker for draft in decided.outcome if draft.speaker}
        sources |= {source for draft in decided.outcome for source, _stance in draft.said}
    article = project.find(Article, item.article_id)
    return Card(
        item,
        people_of(project, item),
        held,
        text,
        start,
        end,
        version.title or (article.publisher if article else ""),
        _paragraph(project, item, text),
        _names(project, speakers),
        _titles(project, sources),
        decided,
        tuple(commenting.threads_on(project, item.mention_ids)),
        _missed(project, item),
    )


def asked_by(project: Project, card: Card) -> dict[AnnotatorId, MentionId]:
    """Return about which mark each annotator of a card is asked, by id: one of their own, where they see the question.

    Who asks is not asked, unless nobody else marked anything here.
    """
    asked = {vote.who: vote.mention_id for vote in reversed(card.votes)}
    me = AnnotatorId(classes_of(project, "annotator").get(project.annotator_id, project.annotator_id))
    return {who: mark for who, mark in asked.items() if who != me} or asked


def _missed(project: Project, item: Item) -> tuple[tuple[Spans, str], ...]:
    found = [one.mention for one in missed_in(project, [item.version_id])]
    statuses = project.statuses_of_mentions(found) if found else {}
    return tuple((tuple((span.start, span.end) for span in one.spans), statuses.get(one.id, "")) for one in found)


def words_of(project: Project, items: Iterable[Item]) -> list[str]:
    """Return the words of clusters, each on one line; each text is read once."""
    texts: dict[str, str] = {}
    found: list[str] = []
    for item in items:
        if item.version_id not in texts:
            texts[item.version_id] = project.text(project.get(TextVersion, item.version_id).text_sha256)
        found.append(" ".join(texts[item.version_id][item.cluster.start : item.cluster.end].split()))
    return found


def people_of(project: Project, item: Item) -> tuple[Annotator, ...]:
    """Return everybody who had a cluster's text, by name; as letters where these stand for names."""
    names = Signatures(project)
    found = project.by_ids(Annotator, item.readers)
    called = names.on_card(item.version_id, item.readers, decided=item.settled)
    people = {
        one: replace(found.get(one) or Annotator(one, ""), name=called[one] or withheld_words()) for one in item.readers
    }
    if names.hides:
        return tuple(people[one] for one in shuffled(item.version_id, people))
    return tuple(sorted(people.values(), key=lambda one: (one.name.casefold(), one.id)))


def _held(project: Project, mentions: Sequence[Mention]) -> dict[str, Held]:
    claims = {one.claim_id for one in mentions}
    assessments, evidence = project.assessments_of(claims), project.evidence_of(claims)
    decided = became(project, evidence) if evidence else set[str]()
    moment = now()
    return {
        mention.id: Held(
            mention,
            current(
                (
                    one
                    for one in assessments
                    if (one.claim_id, one.annotator_id, one.layer)
                    == (mention.claim_id, mention.annotator_id, "annotation")
                ),
                moment,
            ),
            tuple(
                one
                for one in evidence
                if (one.claim_id, one.annotator_id) == (mention.claim_id, mention.annotator_id)
                and one.id not in decided
            ),
        )
        for mention in mentions
    }


def decided_of(project: Project, item: Item, held: Mapping[str, Held]) -> Decided | None:
    """Return what was decided last about a cluster, None where that is pending."""
    last: dict[str, Review] = {}
    for one in sorted(project.reviews_of(item.mention_ids), key=lambda one: (one.at, one.id)):
        last[one.target] = one
    if not last:
        return None
    newest = max(last.values(), key=lambda one: (one.at, one.id))
    mentions = project.by_ids(Mention, [one.proposal for one in last.values() if one.proposal])
    made = sorted(mentions.values(), key=lambda one: [(span.start, span.end) for span in one.spans])
    outcome = tuple(_draft(project, one, held) for one in made)
    by = Signatures(project).name(newest.reviewer_id) or withheld_words()
    return Decided(outcome, tuple(made), tuple(last.values()), by)


def _draft(project: Project, made: Mention, held: Mapping[str, Held]) -> Draft:
    statuses = [
        one
        for one in project.assessments_of([made.claim_id])
        if one.layer == "adjudicated" and one.annotator_id == made.annotator_id
    ]
    status = current(statuses, now())
    own = _decided_evidence(project, made, held)
    models = [one for one in made.based_on if one in held]
    like = next((one for one in models if held[one].mention.claim_id == made.claim_id), models[0] if models else "")
    speakers = classes_of(project, "speaker")
    return Draft(
        held[like].mention.id if like else made.id,
        tuple((span.start, span.end) for span in made.spans),
        status.status if status else "",
        speakers.get(made.speaker_id, made.speaker_id),
        said_by(project, own),
        claim.type if (claim := project.find(Claim, made.claim_id)) else "",
        "" if not like or _says(held[like], own) else next((one for one in models if _says(held[one], own)), ""),
    )


def _decided_evidence(project: Project, made: Mention, held: Mapping[str, Held]) -> list[Evidence]:
    """Return what the decision of a mention links; not what its maker links as an annotator."""
    mine = [one for one in project.evidence_of([made.claim_id]) if one.annotator_id == made.annotator_id]
    if not mine:
        return []
    reviews = project.reviews_of([one.id for each in held.values() for one in each.evidence])
    linked = {one.proposal for one in reviews}
    return [one for one in mine if one.id in linked or is_decided(one, made)]


def _says(held: Held, evidence: Sequence[Evidence]) -> bool:
    """Tell whether an annotator's evidence has the same words and places as what was decided."""
    own = {(one.source_id, one.stance, one.quote, one.locator, one.note) for one in held.evidence}
    return own == {(one.source_id, one.stance, one.quote, one.locator, one.note) for one in evidence}


def said_by(project: Project, evidence: Iterable[Evidence]) -> Said:
    """Return what sources say by some evidence, each source by the id that speaks for it."""
    sources = classes_of(project, "source")
    return frozenset((sources.get(one.source_id, one.source_id), one.stance) for one in evidence)


def _paragraph(project: Project, item: Item, text: str) -> int:
    """Return the number of a cluster's paragraph as the article counts them; what has none, that of the one before."""
    zones = ((one.zone, one.start, one.end) for one in project.zones_of(item.version_id))
    return max(1, bisect_right(numbered(text, zones), item.cluster.start, key=lambda paragraph: paragraph[0]))


def _names(project: Project, speakers: Iterable[str]) -> dict[str, str]:
    wanted = list(speakers)
    found = project.by_ids(Speaker, wanted)
    return {one: found[one].name if one in found else withheld_words() for one in wanted}


def _titles(project: Project, sources: Iterable[str]) -> dict[str, str]:
    wanted = list(sources)
    found = project.by_ids(Source, wanted)
    return {
        one: (found[one].title or found[one].url or _("(untitled)")) if one in found else withheld_words()
        for one in wanted
    }


def context(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the context of a place begins and ends: its sentences and two more on each side, in code points.

    It does not cross an empty line more often than that takes; where no sentence ends it is cut off.
    """
    return max(_before(text, start), start - _LONGEST, 0), min(_after(text, end), end + _LONGEST, len(text))


def _before(text: str, place: int) -> int:
    wanted = AROUND
    begin = place
    while True:
        first, last = piece(text, begin)
        starts = [one for one, _end in sentences(text, first, last)]
        here = bisect_right(starts, begin) - 1
        if here >= wanted:
            return starts[here - wanted]
        wanted -= max(here, 0) + (1 if starts else 0)
        begin = starts[0] if starts else first
        if first == 0 or wanted < 0 or place - first > _LONGEST:
            return begin
        before = first - 1
        while before > 0 and text[before].isspace():
            before -= 1
        if before <= 0:
            return begin
        if wanted == 0 and starts:
            # A further paragraph would add a whole sentence only where one is still wanted.
            return begin
        begin = before


def _after(text: str, place: int) -> int:
    wanted = AROUND
    at = max(place - 1, 0)
    while True:
        first, last = piece(text, at)
        parts = sentences(text, first, last)
        here = max(bisect_right([one for one, _end in parts], at) - 1, 0)
        if parts and here + wanted < len(parts):
            return parts[here + wanted][1]
        if parts:
            wanted -= len(parts) - here
            end = parts[-1][1]
        else:
            end = at + 1
        after = last
        while after < len(text) and text[after].isspace():
            after += 1
        if after >= len(text) or wanted < 0 or after - place > _LONGEST:
            return max(end, place)
        at = after
