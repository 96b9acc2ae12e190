"""Evidence that a decision links: the reviewer's own record, told from what they link as an annotator.

Its id is derived from the decided mention, so that it needs no field; older decisions are known by their reviews, each
of which names what an annotator's evidence became.
"""

from collections.abc import Iterable

from annotator.model.ids import EvidenceId, derived_id
from annotator.model.records import Evidence, Mention
from annotator.store.project import Project


def decided_id(mention_id: str, source_id: str, stance: str) -> EvidenceId:
    """Return the id of the evidence that the decision of a mention links."""
    return EvidenceId(derived_id("decided evidence", mention_id, source_id, stance))


def is_decided(one: Evidence, mention: Mention) -> bool:
    """Tell whether the decision that made a mention linked this evidence."""
    return one.id == decided_id(mention.id, one.source_id, one.stance)


def became(project: Project, evidence: Iterable[Evidence]) -> set[str]:
    """Return the ids of the evidence that decisions made of some: what was reviewed itself is an annotator's own."""
    reviews = project.reviews_of([one.id for one in evidence])
    return {one.proposal for one in reviews} - {one.target for one in reviews} - {""}
