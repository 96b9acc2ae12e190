"""The rows of the Review menu; their keys work while the review has the focus."""

from typing import Final

from annotator.gui.action_rows.row import Action
from annotator.i18n import _

DIGITS: Final = tuple(range(1, 10))
"""Annotators who can be adopted by a digit."""


def rows() -> tuple[Action, ...]:
    """Return them, in their order."""
    return (*_adopt(), *_boundaries(), *_decide(), *_go())


def _row(name: str, text: str, keys: tuple[str, ...], help_text: str, *, divider: bool = False) -> Action:
    return Action(f"review.{name}", text, keys, "review", help_text, context="review", needs="card", divider=divider)


def _adopt() -> tuple[Action, ...]:
    adopt = [
        _row(f"adopt.{digit}", _("Adopt an annotator’s marks"), (f"{digit}",), _("As they stand in the table."))
        for digit in DIGITS
    ]
    answer = [
        _row(
            f"answer.{digit}",
            _("Adopt an annotator’s answer to one question"),
            (f"Shift+{digit}",),
            _("To the question that is chosen in the table."),
        )
        for digit in DIGITS
    ]
    chosen = (
        _row(
            "adopt.chosen",
            _("Adopt the chosen annotator’s marks"),
            ("0",),
            _("Of whoever is chosen in the table of votes, also of a tenth; there Enter does it, too."),
        ),
        _row(
            "answer.chosen",
            _("Adopt the chosen annotator’s answer to one question"),
            ("Shift+0",),
            _("In the table of votes Shift+Enter does it, too."),
        ),
    )
    return (*adopt, *answer, *chosen)


def _boundaries() -> tuple[Action, ...]:
    return (
        _row(
            "intersection", _("What all of them marked"), ("I",), _("The intersection of the boundaries."), divider=True
        ),
        _row("union", _("What any of them marked"), ("O",), _("The union of the boundaries.")),
        _row("selection", _("The selected words"), ("B",), _("Select words in the text, then press it.")),
        _row("end_right", _("Move the end right"), ("Alt+Right",), _("By a word.")),
        _row("end_left", _("Move the end left"), ("Alt+Left",), _("By a word.")),
        _row("start_right", _("Move the start right"), ("Alt+Shift+Right",), _("By a word.")),
        _row("start_left", _("Move the start left"), ("Alt+Shift+Left",), _("By a word.")),
    )


def _decide() -> tuple[Action, ...]:
    return (
        _row("edit", _("Edit…"), ("E",), _("Status, kind, speaker and sources, whoever said them."), divider=True),
        _row("reject", _("No claim…"), ("X",), _("Reject every mark here, with a reason.")),
        _row("why", _("Why…"), ("W",), _("Reason, cause and confidence of the decision.")),
        _row("ask", _("Ask the annotators…"), ("Q",), _("A comment that they see with their marks.")),
        _row(
            "missed",
            _("Missed…"),
            ("M",),
            _("The selected words are a claim that all who had the text missed; a second time takes it back."),
        ),
        _row("names", _("Hide or show names"), ("N",), _("Letters stand for annotators until a card is decided.")),
        _row("unanimous", _("Accept all that is unanimous…"), ("U",), _("Shows them first; one undo step.")),
    )


def _go() -> tuple[Action, ...]:
    return (
        _row("next", _("Next to decide"), ("Ctrl+Enter", "Ctrl+Return"), _("In the queue’s order."), divider=True),
        _row("down", _("Next in the list"), ("J",), _("Decided or not.")),
        _row("up", _("Previous in the list"), ("K",), _("Decided or not.")),
        _row("question_next", _("Next question"), (".",), _("In the table of votes.")),
        _row("question_previous", _("Previous question"), (",",), _("In the table of votes.")),
        _row("person_next", _("Next annotator"), (":",), _("In the table of votes.")),
        _row("person_previous", _("Previous annotator"), (";",), _("In the table of votes.")),
        _row("open", _("Open the article there"), ("Return", "Enter"), _("Ctrl+2 leads back.")),
    )
