"""Four eyes: which statuses of a project need a second person, and which claims still wait for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import UNSET

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import ClaimId
from annotator.model.moments import now
from annotator.model.records import Assessment, Claim
from annotator.model.sameness import together
from annotator.model.second_check import Accepted, needs_second
from annotator.model.status import Status, current_by
from annotator.services.projects import card_of, change_properties
from annotator.store.classes import classes_of
from annotator.store.project import Project

DEFAULT: Final = ("confirmed", "refuted")
"""The statuses that need a second person where somebody switches it on and says no more."""


def required(project: Project) -> tuple[str, ...] | None:
    """Return the keys of the statuses that need a second person; None where nobody has ever said."""
    card = card_of(project)
    return None if card is None or card.second_check is UNSET else tuple(card.second_check)


def usual(scheme: Iterable[Status]) -> tuple[str, ...]:
    """Return what is required of a scheme's statuses where it is switched on without naming any."""
    return tuple(one.key for one in scheme if one.key in DEFAULT)


def read_statuses(scheme: Sequence[Status], words: str) -> tuple[str, ...]:
    """Return the keys that a person listed, with commas between: keys of the scheme, `default`, or `none`.

    Raises Refused for anything else.
    """
    named = [one.strip().casefold() for one in words.split(",") if one.strip()]
    if named == ["none"]:
        return ()
    if named == ["default"]:
        return usual(scheme)
    offered = [one.key for one in scheme]
    for one in named:
        if one not in offered:
            what = _("the project has no status {status}").format(status=one)
            raise Refused(what, do=_("name some of {statuses}, or none").format(statuses=", ".join(offered)))
    return tuple(key for key in offered if key in named)


def require(project: Project, statuses: Iterable[str]) -> None:
    """Say which statuses need a second person from now on; none switches it off.

    Raises ValueError for a status that the scheme lacks, KeyError in a file that never got a card.
    """
    change_properties(project, second_check=statuses)


def lacking(project: Project, claims: Iterable[Claim]) -> set[ClaimId]:
    """Return which of these claims still need a second person.

    Where the project asks for none, what an imported claim says of itself counts.
    """
    asked = required(project)
    if asked is None:
        return {one.id for one in claims if one.needs_second_check}
    return lacking_of(project, asked, [one.id for one in claims]) if asked else set()


def lacking_of(project: Project, asked: Sequence[str], claim_ids: Iterable[ClaimId]) -> set[ClaimId]:
    """Return which of these claims need a second person for one of the statuses; claims that are `same` are one."""
    wanted = list(dict.fromkeys(claim_ids))
    same = classes_of(project, "claim")
    one_of: dict[str, str] = {one: same.get(one, one) for one in wanted}
    held_of: defaultdict[str, list[Assessment]] = defaultdict(list)
    moment = now()
    doubtful: set[ClaimId] = set()
    assessed = project.assessments_of(map(ClaimId, together(same, wanted)))
    held = current_by((((one.claim_id, one.annotator_id, one.layer), one) for one in assessed), moment)
    for (claim_id, _annotator, _layer), one in held.items():
        held_of[same.get(claim_id, claim_id)].append(one)
        if one.status in asked and claim_id in one_of:
            doubtful.add(claim_id)
    if not doubtful:
        return set()
    asked_about = {one_of[one] for one in doubtful}
    behind = [one.claim_id for one in held.values() if same.get(one.claim_id, one.claim_id) in asked_about]
    mentions: defaultdict[tuple[ClaimId, str], set[str]] = defaultdict(set)
    for mention in project.mentions_of_claims(behind):
        mentions[mention.claim_id, mention.annotator_id].add(mention.id)
    targets = {one.id for speaks in asked_about for one in held_of[speaks]}.union(*mentions.values())
    accepted = [
        Accepted(one.reviewer_id, one.target, one.at) for one in project.reviews_of(targets) if one.decision == "accept"
    ]
    people = classes_of(project, "annotator")
    lacking = {
        speaks
        for speaks in asked_about
        if needs_second(
            asked,
            held_of[speaks],
            accepted,
            targets=lambda one: {one.id, *mentions[one.claim_id, one.annotator_id]},
            person=lambda name: people.get(name, name),
        )
    }
    return {one for one in doubtful if one_of[one] in lacking}
