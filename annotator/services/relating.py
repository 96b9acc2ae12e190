"""What claims have to do with each other: one and the same, in contradiction, a mention of one that is known."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import AssessmentId, ClaimId, EvidenceId, LinkId, MentionId, new_id
from annotator.model.moments import now
from annotator.model.records import Assessment, Claim, Link, Mention
from annotator.model.span import span_of
from annotator.model.status import current
from annotator.services.annotating import remove_claim_without_use, words_of
from annotator.services.guidelines import version_now
from annotator.store import searched
from annotator.store.change import Change
from annotator.store.classes import classes_of
from annotator.store.project import Project

Relation = Literal["same", "contradicts"]

CANDIDATES = 200
"""So many claims with a word in common are compared letter by letter."""


class Related(msgspec.Struct, frozen=True):
    """A claim that somebody linked to another one.

    Attributes:
        link_id: the link.
        relation: what they have to do with each other.
        claim: the other claim.
        mine: whether the person at work made the link, and so can take it away.
    """

    link_id: LinkId
    relation: Relation
    claim: Claim
    mine: bool


def relate(project: Project, claim_id: ClaimId, other_id: ClaimId, relation: Relation) -> LinkId:
    """Link two claims in the current annotator's name; linked so already, nothing is written.

    Raises Refused where it is one claim, or the other relation holds between them; KeyError where one is gone.
    """
    project.get(Claim, claim_id)
    project.get(Claim, other_id)
    speaks = classes_of(project, "claim")
    if claim_id == other_id or (relation == "contradicts" and _speaker(speaks, claim_id) == _speaker(speaks, other_id)):
        raise Refused(_("this is one and the same claim"), do=_("choose another one"))
    for one in _links(project, claim_id):
        if {one.a, one.b} == {claim_id, other_id}:
            if one.link == relation:
                return one.id
            raise Refused(_("the two are linked otherwise already"), do=_("take that link away first"))
    first, second = sorted((claim_id, other_id))
    link = Link(LinkId(new_id()), relation, first, second, project.annotator_id)
    with project.change(f"claim.{relation}") as change:
        change.put(link)
    return link.id


def _speaker(speaks: dict[str, str], claim_id: str) -> str:
    return speaks.get(claim_id, claim_id)


def _links(project: Project, claim_id: ClaimId) -> Iterator[Link]:
    return (one for one in project.links_of([claim_id]) if one.link in {"same", "contradicts"})


def part(project: Project, link_id: LinkId) -> None:
    """Take a link between two claims away; raises KeyError where it is gone, Refused where it is somebody else's."""
    with project.change("claim.part") as change:
        change.delete(project.get(Link, link_id))


def related(project: Project, claim_id: ClaimId) -> list[Related]:
    """Return the claims that are linked to a claim, those that are the same first."""
    links = list(_links(project, claim_id))
    others = project.claims(one.b if one.a == claim_id else one.a for one in links)
    found = [
        Related(
            one.id, "same" if one.link == "same" else "contradicts", claim, one.annotator_id == project.annotator_id
        )
        for one in links
        if (claim := others.get(one.b if one.a == claim_id else one.a))
    ]
    return sorted(found, key=lambda one: (one.relation != "same", one.claim.text))


def attach(project: Project, mention_id: MentionId, claim_id: ClaimId) -> None:
    """Make a mention one of a claim that is known; its own claim goes where nothing else needs it.

    Sources that the person at work linked to a claim that goes are linked to the known one, each with its quote; of a
    source that they linked to both, the known claim's link stays.

    Raises KeyError where mention or claim is gone.
    """
    mention = project.get(Mention, mention_id)
    project.get(Claim, claim_id)
    if mention.claim_id == claim_id:
        return
    with project.change("mention.attach") as change:
        change.put(replace(mention, claim_id=claim_id, updated_at=now()))
        if not _own_assessment(project, claim_id) and (own := _own_assessment(project, mention.claim_id)):
            change.put(replace(own, id=AssessmentId(new_id()), claim_id=claim_id))
        if remove_claim_without_use(project, change, mention):
            _carry_sources(project, change, mention.claim_id, claim_id)


def _carry_sources(project: Project, change: Change, before: ClaimId, after: ClaimId) -> None:
    """Link the sources of a claim that goes to another one: what somebody looked up is not lost with it."""
    mine = project.annotator_id
    known = {one.source_id for one in project.evidence_of([after]) if one.annotator_id == mine}
    for one in project.evidence_of([before]):
        if one.source_id not in known:
            change.put(replace(one, id=EvidenceId(new_id()), claim_id=after))


def mark_again(project: Project, mention_id: MentionId, ranges: Sequence[tuple[int, int]]) -> list[MentionId]:
    """Mark further places of the same text as mentions of a mention's claim, in one step; return their ids.

    `ranges` are half-open code point ranges. Who says it there, and how, is for a person to say.

    Raises KeyError where the mention is gone, ValueError for ranges outside the text.
    """
    mention = project.get(Mention, mention_id)
    text = project.text(mention.text_sha256)
    moment = now()
    made = [
        Mention(
            MentionId(new_id()),
            mention.claim_id,
            mention.article_id,
            mention.text_sha256,
            project.annotator_id,
            (span_of(text, start, end),),
            guideline_version=version_now(project),
            created_at=moment,
            updated_at=moment,
        )
        for start, end in ranges
    ]
    with project.change("mention.again") as change:
        change.put_all(made)
    return [one.id for one in made]


def split(project: Project, mention_id: MentionId) -> ClaimId:
    """Give a mention a claim of its own, in the words that it marks and with the status it had; return the claim's id.

    Raises Refused where the claim has no other mention, KeyError where the mention is gone.
    """
    mention = project.get(Mention, mention_id)
    if len(project.mentions_of_claims([mention.claim_id])) == 1:
        raise Refused(_("no other words are marked as this claim"), do=_("there is nothing to split off"))
    before = project.find(Claim, mention.claim_id)
    words = words_of(mention.spans)
    claim = replace(before, id=ClaimId(new_id()), text=words) if before else Claim(ClaimId(new_id()), words)
    with project.change("mention.split") as change:
        change.put(claim)
        change.put(replace(mention, claim_id=claim.id, updated_at=now()))
        if own := _own_assessment(project, mention.claim_id):
            change.put(replace(own, id=AssessmentId(new_id()), claim_id=claim.id, recorded_at=now()))
    return claim.id


def _own_assessment(project: Project, claim_id: ClaimId) -> Assessment | None:
    own = [
        one
        for one in project.assessments_of([claim_id])
        if one.annotator_id == project.annotator_id and one.layer == "annotation"
    ]
    return current(own, now())


def alike(project: Project, words: str, *, but: ClaimId, limit: int) -> list[Claim]:
    """Return the claims of all articles that are most like some words, best first, without one of them.

    Found are claims that have one of the words; what is indexed is what `searching` has indexed.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a start does without it

    ids = [one.id for one in searched.find(project, words, "claim", CANDIDATES, any_word=True)]
    found = project.claims(one for one in ids if one != but)
    texts = {one: claim.text for one, claim in found.items()}
    best = process.extract(words, texts, scorer=fuzz.token_sort_ratio, limit=limit, processor=str.casefold)
    return [found[key] for _text, _score, key in best]
