"""What the inspector's text fields save, each by its name."""

from annotator.errors import Refused
from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import Saver, saved
from annotator.i18n import _
from annotator.model.ids import AssessmentId, ClaimId, EvidenceId, MentionId
from annotator.model.records import Assessment, Claim, Evidence, Mention, Record
from annotator.services import annotating, linking


def savers(hub: Hub) -> dict[str, Saver]:
    """Return the savers of the fields "reason", "since", "claim", "note", "quote" and "locator" by those names."""

    def claim(key: str, text: str) -> bool:
        return saved(hub, annotating.edit_claim, ClaimId(key), text=text)

    def note(key: str, text: str) -> bool:
        return saved(hub, annotating.edit_mention, MentionId(key), note=text)

    def quote(key: str, text: str) -> bool:
        return saved(hub, linking.edit_evidence, EvidenceId(key), quote=text)

    def locator(key: str, text: str) -> bool:
        return saved(hub, linking.edit_evidence, EvidenceId(key), locator=text)

    def reason(key: str, text: str) -> bool:
        return saved(hub, annotating.explain_assessment, AssessmentId(key), reason=text)

    def since(key: str, text: str) -> bool:
        return saved(hub, annotating.explain_assessment, AssessmentId(key), since=text)

    return {
        "reason": _if_there(hub, Assessment, reason),
        "since": _if_there(hub, Assessment, since),
        "claim": _if_there(hub, Claim, claim),
        "note": _if_there(hub, Mention, note),
        "quote": _if_there(hub, Evidence, quote),
        "locator": _if_there(hub, Evidence, locator),
    }


def _if_there(hub: Hub, record: type[Record], save: Saver) -> Saver:
    """Words about something that is gone have nowhere to go: they are handed back to the person in the notice."""

    def run(key: str, text: str) -> bool:
        if hub.project.find(record, key) is not None:
            return save(key, text)
        hub.refused.emit(Refused(_("what this was about is gone: “{words}”").format(words=text)))
        return True

    return run
