"""Accepting all that is unanimous: in batches, as one undo step."""

from collections.abc import Generator, Iterable
from typing import Final

from annotator.i18n import _
from annotator.model.ids import ChangeId
from annotator.model.review.outcomes import adopted
from annotator.services import jobs
from annotator.services.deciding import Why, write
from annotator.services.jobs import Progress
from annotator.services.review_cards import card_of
from annotator.services.reviewing import Item
from annotator.store.project import Project

STEP: Final = "review.unanimous"

_BATCH: Final = 10
"""Clusters in one transaction: others wait for no more than that."""


def unanimous(items: Iterable[Item]) -> list[Item]:
    """Return the pending clusters on which all annotators agree."""
    return [item for item in items if item.unanimous and item.state == "pending"]


def accept_unanimous(project: Project, items: Iterable[Item]) -> int:
    """Accept every pending cluster on which all annotators agree, in one undo step; return how many.

    What is decided already is never touched, and neither is what somebody who read the text left out.
    """
    return jobs.finished(accepting(project, items, []))


def accepting(project: Project, items: Iterable[Item], written: list[ChangeId]) -> Generator[Progress, None, int]:
    """Do `accept_unanimous` as a job; the changes that it makes are appended to `written`, also where it is stopped."""
    chosen = unanimous(items)
    accepted = 0
    for begin in range(0, len(chosen), _BATCH):
        with project.change(STEP, joins=written[0] if written else None) as change:
            for item in chosen[begin : begin + _BATCH]:
                if any(project.reviews_of(item.mention_ids)):
                    continue  # decided by another hand since the queue was built
                card = card_of(project, item)
                write(project, change, card, adopted(card.votes, card.votes[0].who), Why(confidence="sure"))
                accepted += 1
        if not change.empty:
            written.append(change.id)
        yield Progress(min(begin + _BATCH, len(chosen)), len(chosen), _("marks that all agree on"))
    return accepted
