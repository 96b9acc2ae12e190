"""Tells whether a change concerns what the inspector shows, so that it reads again only then."""

from collections.abc import Callable
from typing import Final

from annotator.model.changes import Changes
from annotator.model.records import Assessment, Evidence, Record
from annotator.services.viewing import ClaimDetail

_MANY: Final = 32
"""With more objects than this, reading the one claim again is cheaper than looking each of them up."""


def touches(changes: Changes, detail: ClaimDetail, find_any: Callable[[str], Record | None]) -> bool:
    """Tell whether a change touched the mention, its claim, or anything shown with them.

    `find_any` gives a record by id, deleted ones too as they last were; it is asked about assessments and evidence
    that the detail does not know yet.
    """
    known: dict[str, set[str]] = {
        "mention": {detail.mention.id, detail.mention.within},
        "claim": {detail.claim.id, detail.outer.id if detail.outer else ""},
        "speaker": {detail.mention.speaker_id},
        "source": {row.source.id for row in detail.evidence},
        "evidence": {row.evidence.id for row in detail.evidence},
    }
    if changes.touches("annotator", "project", "link", "comment", "review", "guideline") or any(
        changes.ids(kind) & ids for kind, ids in known.items()
    ):
        return True
    unknown = changes.ids("assessment") | changes.ids("evidence")
    if len(unknown) > _MANY:
        return True
    found = (find_any(one) for one in unknown)
    return any(isinstance(one, (Assessment, Evidence)) and one.claim_id == detail.claim.id for one in found)
