"""What the review's kinds, questions and decisions are called."""

from collections.abc import Callable

from annotator.i18n import _, ngettext
from annotator.model.review.questions import Question
from annotator.model.wording import cause_name, confidence_name
from annotator.services.review_cards import Card
from annotator.services.reviewing import Item


def question_name(question: str) -> str:
    """Return what a row of the table of votes is called."""
    return {
        "claim": _("A claim?"),
        "boundaries": _("Boundaries"),
        "label": _("Kind"),
        "status": _("Status"),
        "speaker": _("Speaker"),
        "evidence": _("Sources"),
        "note": _("Note"),
    }[question]


def kind_name(item: Item, called: Callable[[Item], dict[str, str]]) -> str:
    """Return what a cluster's annotators differ about, in two words; `called` says what they are called, by id."""
    kind = item.difference.kind
    if kind == "claim":
        marked = list(dict.fromkeys(vote.who for vote in item.cluster.votes))
        if len(marked) == 1:
            return _("Only {name}").format(name=called(item).get(marked[0]) or "?")
        missing = len(item.difference.missing)
        return ngettext("{n} left it out", "{n} left it out", missing)
    if not kind:
        return _("All agree") if item.unanimous else _("One annotator alone")
    return {
        "boundaries": _("Boundaries differ"),
        "label": _("Kinds differ"),
        "status": _("Status differs"),
        "speaker": _("Speaker differs"),
        "evidence": _("Sources differ"),
    }[kind]


def kind_icon(kind: Question | str) -> str:
    """Return the icon of a kind of difference."""
    return {
        "status": "review",
        "claim": "eye",
        "label": "filter",
        "boundaries": "quote",
        "speaker": "person",
        "evidence": "link",
    }.get(kind, "check")


def decision_text(card: Card) -> str:
    """Return one line about what was decided, by whom and why; what is to be done where nothing is."""
    decided = card.decided
    if decided is None:
        return _("Decisions are a layer of their own: no annotator’s work is changed. Ctrl+Z undoes a decision.")
    review = decided.review
    what = _("Decided by {name}").format(name=decided.by)
    if not decided.outcome:
        what = _("Rejected by {name}: no claim").format(name=decided.by)
    more = [
        confidence_name(review.confidence) if review.confidence else "",
        cause_name(review.cause) if review.cause else "",
        f"“{review.reason}”" if review.reason else "",
    ]
    if card.item.state == "changed":
        more.append(_("marks were added since") if card.item.fresh else _("marks were changed since"))
    return " · ".join([what, *(one for one in more if one)])


def words_of(card: Card, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the words that some spans cover."""
    return " … ".join(" ".join(card.text[start:end].split()) for start, end in spans)
