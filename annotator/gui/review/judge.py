"""What the keys of the review decide about the card on show, in the name of the person at work."""

from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal

from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import saved
from annotator.gui.review.card import CardView
from annotator.gui.review.wording import words_of
from annotator.i18n import _
from annotator.model import boundaries
from annotator.model.records import Annotator
from annotator.model.review.clusters import Spans, intersection, union
from annotator.model.review.outcomes import Outcome, adopted, answered, bounded, plurality
from annotator.services import deciding
from annotator.services.deciding import Why
from annotator.services.review_cards import Card

_NO_WHY: Final = Why()


class Judge(QObject):
    """Decides.

    Signals:
        warned: why something was not done (str).
    """

    warned = Signal(str)

    def __init__(self, hub: Hub, view: CardView, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self._view = view

    def ready(self) -> Card | None:
        """Return the card, where there is one and the project takes changes; else say so."""
        if self._view.card is None:
            self.warned.emit(_("There is no card on show"))
            return None
        return self._view.card if self.may_write() else None

    def may_write(self) -> bool:
        """Tell whether the project takes changes; where it does not, say so."""
        if not self._hub.project.writable:
            self.warned.emit(_("The project is open for reading only"))
        return self._hub.project.writable

    def outcome(self, card: Card) -> Outcome:
        """Return what the card comes to so far: as decided, or as most annotators have it."""
        if card.decided is not None and card.decided.outcome:
            return card.decided.outcome
        return plurality(card.votes)

    def decide(self, card: Card, outcome: Outcome, step: str, words: str, *, why: Why = _NO_WHY) -> bool:
        """Decide and say so; tell whether it was done."""
        done = saved(self._hub, deciding.decide, card, outcome, why=why, step=step)
        if done:
            self._hub.announced.emit(words)
        return done

    def _marked_here(self, card: Card, place: int) -> Annotator | None:
        """Return the annotator at a place of the table; say so where there is none, or they marked nothing."""
        if place >= len(card.people):
            self.warned.emit(_("There is no annotator {n}").format(n=place + 1))
            return None
        person = card.people[place]
        if not any(vote.who == person.id for vote in card.votes):
            self.warned.emit(_("{name} marked nothing here; X rejects, with a reason").format(name=person.name))
            return None
        return person

    def adopt(self, place: int) -> None:
        """Adopt all that the annotator at a place of the table marked here."""
        card = self.ready()
        if card is None:
            return
        person = self._marked_here(card, place)
        if person is not None:
            self.decide(card, adopted(card.votes, person.id), "adopt", _("Adopted: {name}").format(name=person.name))

    def adopt_chosen(self) -> None:
        """Adopt all that the annotator who is chosen in the table marked here."""
        place = self._chosen()
        if place >= 0:
            self.adopt(place)

    def answer_chosen(self) -> None:
        """Adopt the answer of the annotator who is chosen to the question that is chosen."""
        place = self._chosen()
        if place >= 0:
            self.answer(place)

    def _chosen(self) -> int:
        if self._view.votes.person < 0:
            self.warned.emit(_("Choose an annotator in the table of votes first"))
        return self._view.votes.person

    def answer(self, place: int) -> None:
        """Adopt the annotator's answer to the question that is chosen, and nothing else of theirs."""
        card = self.ready()
        if card is None:
            return
        person = self._marked_here(card, place)
        if person is not None:
            outcome = answered(self.outcome(card), card.votes, person.id, self._view.votes.question)
            self.decide(card, outcome, "question", _("Answer adopted: {name}").format(name=person.name))

    def intersect(self) -> None:
        """Take the words that all marked."""
        card = self.ready()
        if card is not None:
            self._bound(card, bounded(self.outcome(card), card.votes, intersection))

    def unite(self) -> None:
        """Take the words that any of them marked."""
        card = self.ready()
        if card is not None:
            self._bound(card, bounded(self.outcome(card), card.votes, union))

    def _bound(self, card: Card, outcome: Outcome) -> bool:
        words = " | ".join(words_of(card, draft.spans) for draft in outcome)
        return self.decide(card, outcome, "boundaries", _("Boundaries: {words}").format(words=words))

    def reshape(self, place: int, spans: Spans) -> None:
        """Take boundaries that were dragged in the text on show for a mark of the outcome."""
        card = self.ready()
        if card is None:
            return
        outcome = list(self.outcome(card))
        moved = tuple((start + card.start, end + card.start) for start, end in spans)
        if place < len(outcome) and outcome[place].spans != moved:
            outcome[place] = msgspec.structs.replace(outcome[place], spans=moved)
            self._bound(card, tuple(outcome))

    def take_selection(self) -> None:
        """Take the selected words as the boundaries."""
        card = self.ready()
        if card is None:
            return
        start, end = self._view.lanes.selected()
        if start == end:
            self.warned.emit(_("Select some words of the text first"))
            return
        spans = ((start + card.start, end + card.start),)
        first, *others = self.outcome(card)
        if others:
            self.warned.emit(_("There are several marks here: adopt an annotator who has one"))
            return
        self._bound(card, (msgspec.structs.replace(first, spans=spans),))

    def move(self, *, start: int = 0, end: int = 0) -> None:
        """Move the start or the end of what is decided by a word: right (1) or left (-1)."""
        card = self.ready()
        if card is None:
            return
        outcome = list(self.outcome(card))
        if start:
            outcome[0] = msgspec.structs.replace(outcome[0], spans=_start_moved(card.text, outcome[0].spans, start))
        if end:
            outcome[-1] = msgspec.structs.replace(outcome[-1], spans=_end_moved(card.text, outcome[-1].spans, end))
        if all(a < b for draft in outcome for a, b in draft.spans):
            self._bound(card, tuple(outcome))

    def change_all(self, change: Callable[[Outcome], Outcome], why: Why) -> bool:
        """Decide what a sheet made of the outcome; tell whether it was done."""
        card = self.ready()
        return card is not None and self.decide(card, change(self.outcome(card)), "status", _("Decided"), why=why)


def _start_moved(text: str, spans: Spans, step: int) -> Spans:
    (start, end), *others = spans
    return ((boundaries.start_moved(text, start, boundaries.onward(text, start, step)), end), *others)


def _end_moved(text: str, spans: Spans, step: int) -> Spans:
    *others, (start, end) = spans
    return (*others, (start, boundaries.end_moved(text, end, boundaries.onward(text, start, step))))
