"""Four eyes: whether a claim's status still needs a second person (model.md, section 2).

A status that the project lists is a person's word until another person holds it too, or has accepted it in a review.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from annotator.model.records import Assessment


class Accepted(NamedTuple):
    """That a reviewer accepted a record (an assessment, a mention or a claim) at a moment."""

    reviewer: str
    target: str
    at: str


def needs_second(
    required: Collection[str],
    current: Sequence[Assessment],
    accepted: Iterable[Accepted],
    *,
    targets: Callable[[Assessment], Collection[str]],
    person: Callable[[str], str],
) -> bool:
    """Tell whether a claim has a status that needs a second person and has none.

    What was decided counts before what annotators hold: where there is an adjudicated status, only that one is asked.

    Args:
        required: the statuses that need one.
        current: everybody's current assessment of the claim, of both layers.
        accepted: the reviews that accept anything of the claim.
        targets: what an assessment is accepted by: its own id, and those of its annotator's mentions of the claim.
        person: the id that speaks for an annotator's (`same` links).
    """
    decided = [one for one in current if one.layer == "adjudicated"]
    asked = {one.status for one in decided or current} & set(required)
    if not asked:
        return False
    reviews = tuple(accepted)
    for status in asked:
        held = [one for one in current if one.status == status]
        people = {person(one.annotator_id) for one in held}
        for one in held:
            # An acceptance from before the assessment was about something else.
            people |= {person(a.reviewer) for a in reviews if a.target in targets(one) and a.at >= one.recorded_at}
        if len(people) == 1:
            return True
    return False
