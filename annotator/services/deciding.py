"""A reviewer's decisions about clusters: adjudicated records beside the originals, which never change."""

from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.moments import now
from annotator.model.records import Review
from annotator.model.review.outcomes import Outcome
from annotator.services import missed
from annotator.services.decision_records import Why, Writing
from annotator.services.review_cards import Card
from annotator.store.change import Change
from annotator.store.project import Project

_NO_WHY = Why()


def decide(project: Project, card: Card, outcome: Outcome, *, why: Why = _NO_WHY, step: str = "adopt") -> None:
    """Decide what a cluster comes to, in the name of the person at work and as one undo step.

    Each mark of the outcome becomes a mention of layer `adjudicated` with its assessment and evidence, and each
    original a review. A decision that the same person made before is replaced; what others decided stays.

    Raises Refused where the project takes no writes, ValueError for places outside the text.
    """
    with project.change(f"review.{step}") as change:
        write(project, change, card, outcome, why)


def reject(project: Project, card: Card, *, why: Why) -> None:
    """Decide that there is no claim here; raises Refused without a reason."""
    if not why.reason.strip():
        raise Refused(_("to reject a mark takes a reason"), do=_("write why it is no claim"))
    decide(project, card, (), why=why, step="reject")


def explain(project: Project, card: Card, why: Why) -> None:
    """Say why it was decided so, after the decision; raises Refused where nothing is decided by this person."""
    own = [one for one in project.reviews_of(card.item.mention_ids) if one.reviewer_id == project.annotator_id]
    if not own:
        raise Refused(_("nothing is decided here yet"), do=_("decide first, then say why"))
    with project.change("review.explain") as change:
        made = {one.proposal for one in own if one.proposal}
        names = [missed.naming_id(one, who, project.annotator_id) for one in made for who in card.item.readers]
        for one in (*own, *project.by_ids(Review, names).values()):
            change.put(
                replace(one, reason=why.reason, cause=why.cause, confidence=why.confidence, note=why.note, at=now())
            )


def write(project: Project, change: Change, card: Card, outcome: Outcome, why: Why) -> None:
    """Put what a decision makes into a change that is being collected: for those that decide much in one step."""
    Writing(project, change, card, why).write(outcome)
