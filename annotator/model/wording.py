"""What is told of records in a word or two, the same in the window and in a report."""

from annotator.i18n import _
from annotator.model.records import Decision, Medium, PresentedAs, SpeakerKind, Stance


def stance_word(stance: Stance) -> str:
    """Return what a source does for a claim."""
    return {"supports": _("Supports"), "refutes": _("Refutes"), "context": _("Context")}[stance]


def presentations() -> tuple[tuple[PresentedAs, str], ...]:
    """Return every way in which an article can present a claim, with its words."""
    return (
        ("", _("Not said")),
        ("stated", _("Stated as fact")),
        ("attributed", _("Attributed")),
        ("hedged", _("Hedged")),
        ("denied", _("Denied")),
    )


def speaker_kind(kind: SpeakerKind) -> str:
    """Return a kind of speaker in words."""
    return {
        "person": _("Person"),
        "organisation": _("Organisation"),
        "outlet": _("Outlet"),
        "document": _("Document"),
        "anonymous": _("Anonymous"),
    }[kind]


def media() -> dict[Medium, str]:
    """Return every medium with its words."""
    return {
        "web": _("web page"),
        "pdf": _("PDF"),
        "document": _("document"),
        "interview": _("interview"),
        "record": _("record"),
        "image": _("image"),
        "video": _("video"),
        "audio": _("audio"),
        "other": _("something else"),
    }


def decision_word(decision: Decision) -> str:
    """Return what a review made of something."""
    return {
        "accept": _("accepted"),
        "change": _("changed"),
        "reject": _("rejected"),
        "missing": _("missed"),
    }[decision]


def cause_name(cause: str) -> str:
    """Return what a cause of a difference is called; one that the program does not know as it is."""
    return {
        "": _("Not said"),
        "ambiguous_text": _("Ambiguous text"),
        "guideline_gap": _("Gap in the guidelines"),
        "slip": _("A slip"),
        "edge_case": _("An edge case"),
    }.get(cause, cause)


def confidence_name(confidence: str) -> str:
    """Return how sure a reviewer is; what the program does not know as it is."""
    return {"": _("Not said"), "sure": _("Sure"), "fairly": _("Fairly sure"), "unsure": _("Unsure")}.get(
        confidence, confidence
    )
