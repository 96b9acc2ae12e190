"""What the review asks in small cards: why, what to ask the annotators, what to edit, what is unanimous."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from annotator.gui.inspector.drafts import saved
from annotator.gui.review.edit_sheet import EditSheet
from annotator.gui.review.missed_sheet import MissedSheet
from annotator.gui.review.sheets import MOST, AskSheet, UnanimousSheet, WhySheet
from annotator.i18n import _, ngettext
from annotator.model.ids import ChangeId, CommentId
from annotator.services import accepting, commenting, deciding, missed, review_cards
from annotator.services.deciding import Why

if TYPE_CHECKING:
    from annotator.gui.review.page import ReviewPage
    from annotator.gui.window import MainWindow
    from annotator.services.reviewing import Item

AT_ONCE: Final = 100
"""Clusters that are accepted at once; more are accepted in a job beside the window."""


class Asking(QObject):
    """Opens the cards over the page, and does what is answered."""

    def __init__(self, window: "MainWindow", page: "ReviewPage") -> None:
        super().__init__(page)
        self._window = window
        self._hub = window.hub
        self._page = page
        self.why_sheet = WhySheet(window)
        self.ask_sheet = AskSheet(window)
        self.edit_sheet = EditSheet(window, self._hub)
        self.unanimous_sheet = UnanimousSheet(window)
        self.missed_sheet = MissedSheet(window, self._hub)

    def reject(self) -> None:
        """Ask for a reason, then reject every mark of the card."""
        card = self._page.judge.ready()
        if card is not None:
            self.why_sheet.open_with(
                _("No claim: why?"),
                _("Reject"),
                self._why_so_far(),
                lambda why: saved(self._hub, deciding.reject, card, why=why),
            )

    def explain(self) -> None:
        """Ask why it was decided so."""
        card = self._page.judge.ready()
        if card is None:
            return
        if card.decided is None:
            self._window.notices.tell(_("Nothing is decided here yet: decide first, then say why"))
            return
        self.why_sheet.open_with(
            _("Why was it decided so?"),
            _("Save"),
            self._why_so_far(),
            lambda why: saved(self._hub, deciding.explain, card, why),
        )

    def _why_so_far(self) -> Why:
        card = self._page.card.card
        decided = card.decided if card else None
        if decided is None:
            return Why()
        return Why(decided.review.reason, decided.review.cause, decided.review.confidence, decided.review.note)

    def edit(self) -> None:
        """Edit what the card comes to."""
        judge = self._page.judge
        card = judge.ready()
        if card is not None:
            labels = {vote.label for item in self._page.items for vote in item.cluster.votes}
            self.edit_sheet.open_with(
                card, judge.outcome(card), lambda change: judge.change_all(change, Why()), labels=labels
            )

    def ask(self) -> None:
        """Ask the annotators something about the card."""
        card = self._page.judge.ready()
        if card is None:
            return
        asked = review_cards.asked_by(self._hub.project, card)
        names = [one.name for one in card.people if one.id in asked]
        self.ask_sheet.open_with(
            _("Ask the annotators"),
            _("To {names}; they see it with their marks.").format(names=", ".join(names)),
            _("Ask"),
            lambda words: saved(self._hub, commenting.ask, list(asked.values()), words),
        )

    def reply(self, mention_id: str, words: str) -> None:
        """Say something about what became of a mark: in the thread that is open about it, or a new one."""
        threads = self._hub.do(commenting.threads_on, [mention_id]) or []
        open_one = next((one for one in threads if not one.resolved), None)
        self.ask_sheet.open_with(
            _("Reply"),
            _("“{quote}”").format(quote=words),
            _("Reply"),
            lambda said: (
                saved(self._hub, commenting.reply, open_one.id, said)
                if open_one
                else saved(self._hub, commenting.add, mention_id, said)
            ),
        )

    def answer(self, comment_id: str, question: str) -> None:
        """Answer a question."""
        self.ask_sheet.open_with(
            _("Answer"),
            question,
            _("Answer"),
            lambda words: saved(self._hub, commenting.reply, CommentId(comment_id), words),
        )

    def missed(self) -> None:
        """Say that nobody marked the selected words, which are a claim; or take that back."""
        card = self._page.judge.ready()
        if card is None:
            return
        start, end = (place + card.start for place in self._page.card.lanes.selected())
        if start == end:
            self._window.notices.tell(_("Select some words of the text first"))
            return
        version = card.item.version_id
        if self._hub.do(missed.take_back, version, start, end):
            self._hub.announced.emit(_("Taken back: nobody missed these words"))
            return

        def take(status: str, reason: str) -> bool:
            done = saved(self._hub, missed.say_missed, version, start, end, status=status, reason=reason)
            if done:
                self._hub.announced.emit(_("Marked as missed"))
            return done

        if any(start < b and a < end for vote in card.votes for a, b in vote.spans):
            self._window.notices.tell(_("Somebody marked some of these words: decide the card that they are on"))
            return
        me = self._hub.project.annotator_id
        names = [one.name for one in card.people if one.id != me]
        self.missed_sheet.open_with(card.text[start:end], names, take)

    # Unanimous

    def accept_unanimous(self) -> None:
        """Show what all agree on, then accept it in one step."""
        if not self._page.judge.may_write():
            return
        items = accepting.unanimous(self._page.items)
        if not items:
            self._window.notices.tell(_("There is nothing left that all agree on"))
            return
        words = self._hub.do(review_cards.words_of, items[:MOST]) or []
        self.unanimous_sheet.open_with(words, len(items), partial(self._accept, items))

    def _accept(self, items: "list[Item]") -> None:
        if len(items) <= AT_ONCE:
            accepted = self._hub.do(accepting.accept_unanimous, items)
            if accepted is not None:
                self._tell(accepted)
            return
        written: list[ChangeId] = []

        def through(accepted: object) -> None:
            self._hub.project.take_step(written, accepting.STEP)
            self._window.commands.renew()
            self._tell(accepted if isinstance(accepted, int) else len(written))

        def stopped(_changes: object) -> None:
            self._hub.project.take_step(written, accepting.STEP)
            self._window.commands.renew()
            self._window.notices.tell(_("Stopped. What was accepted until then stays; Ctrl+Z takes it back."))

        self._window.commands.files.job.run(
            _("Accepting all that is unanimous"),
            lambda beside: accepting.accepting(beside, items, written),
            done=through,
            cancelled=stopped,
        )

    def _tell(self, accepted: int) -> None:
        self._hub.announced.emit(ngettext("Accepted {n}", "Accepted {n}", accepted).format(n=accepted))
