"""One cluster on show: its words with everybody's lanes, the votes, and the buttons with their keys."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.action_rows.review import DIGITS
from annotator.gui.hub import Hub
from annotator.gui.review.lane_text import Lane, Shown, cut
from annotator.gui.review.lanes import LanesView
from annotator.gui.review.votes import VotesTable
from annotator.gui.review.wording import decision_text
from annotator.gui.top_bar import initials
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.wrap import Wrap
from annotator.i18n import _, ngettext
from annotator.model.review.outcomes import plurality
from annotator.services.review_cards import Card

if TYPE_CHECKING:
    from annotator.model.review.clusters import Spans
    from annotator.services.commenting import Thread

_BUTTONS: Final = (
    ("intersection", "", lambda: _("Shared words")),
    ("union", "", lambda: _("All words")),
    ("edit", "", lambda: _("Edit")),
    ("reject", "close", lambda: _("No claim")),
    ("why", "note", lambda: _("Why")),
    ("ask", "comment", lambda: _("Ask")),
    ("next", "", lambda: _("Next")),
)


_FEW: Final = 4
"""Annotators whose buttons say what they do; of more each is named only, and a tip says it."""


class CardView(QWidget):
    """Shows a card; its buttons do what the keys do (`trigger` is given the action's id)."""

    def __init__(self, hub: Hub, trigger: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._trigger = trigger
        self._buttons_for: tuple[tuple[str, str, str], ...] | None = None
        self.card: Card | None = None
        self.title = ElidedLabel("")
        own_font(self.title, of_size(1.02, heavy=True))
        self.place = PlainLabel()
        self.place.setProperty("quiet", "true")
        self.lanes = LanesView(hub.statuses)
        self.votes = VotesTable()
        self.buttons = Wrap(gap=8)
        self.decision = PlainLabel()
        self.decision.setWordWrap(True)
        self.decision.setProperty("quiet", "true")
        self.talk = PlainLabel()
        self.talk.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("card", "paper")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.place)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(14, 10, 8, 8)
        inside.setSpacing(6)
        inside.addLayout(head)
        inside.addWidget(self.lanes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(10)
        column.addWidget(frame, 1)
        column.addWidget(self.votes)
        column.addWidget(self.buttons)
        column.addWidget(self.decision)
        column.addWidget(self.talk)
        self._frame = frame

    def show_card(self, card: Card | None) -> None:
        """Show a cluster; None shows nothing."""
        self.card = card
        self.votes.show_card(card, self._hub.statuses)
        if card is None:
            self.lanes.show_lanes(Shown())
            return
        self.lanes.set_styles(self._hub.statuses)
        self.lanes.movable = self._hub.project.writable
        self.lanes.show_lanes(_shown(card))
        self.title.set_text(card.title)
        self.place.setText(_("¶{n}").format(n=card.paragraph))
        self._show_buttons(card)
        self.decision.setText(decision_text(card))
        self.talk.setText(_talk(card))
        self.talk.setVisible(bool(card.threads))

    def _show_buttons(self, card: Card) -> None:
        few = len(card.people) <= _FEW
        keep = [
            (
                f"adopt.{number}",
                (_("Keep {name}") if few else "{name}").format(name=initials(one.name)),
                _("Keep {name}").format(name=one.name),
            )
            for number, one in enumerate(card.people, 1)
        ]
        if len(card.people) > DIGITS[-1]:
            keep = [("adopt.chosen", _("Keep chosen"), _("Keep the annotator who is chosen in the table"))]
        wanted = (*keep, *((name, words(), "") for name, _icon, words in _BUTTONS))
        if wanted == self._buttons_for:
            return
        self._buttons_for = wanted
        icons = {name: icon for name, icon, _words in _BUTTONS}
        made: list[QWidget] = []
        for name, words, whole in wanted:
            button = KeyedButton(words, icon_name=icons.get(name, ""), of=f"review.{name}", framed=True, whole=whole)
            button.clicked.connect(lambda _checked=False, name=name: self._trigger(f"review.{name}"))
            made.append(button)
        self.buttons.hold(made)


def _shown(card: Card) -> Shown:
    lanes = _lanes(card)
    outcome = card.decided.outcome if card.decided else plurality(card.votes)
    cluster = card.item.cluster
    return Shown(
        card.text[card.start : card.end],
        tuple(lanes),
        tuple((cut(one.spans, card.start, card.end), one.status) for one in outcome),
        (cluster.start - card.start, cluster.end - card.start),
        card.decided is None,
        tuple((cut(spans, card.start, card.end), status) for spans, status in card.missed),
    )


def _lanes(card: Card) -> list[Lane]:
    """Return a lane for each annotator; where they are many, those whose marks are the same share one."""
    together: dict[object, list[int]] = {}
    marks: dict[int, tuple[tuple[Spans, str], ...]] = {}
    for place, person in enumerate(card.people):
        own = tuple((cut(one.spans, card.start, card.end), one.status) for one in card.votes if one.who == person.id)
        if own:
            marks[place] = own
    for place, own in marks.items():
        together.setdefault(own if len(marks) > _FEW else place, []).append(place)
    return [
        Lane(
            f"{places[0] + 1} {initials(card.people[places[0]].name)}" if len(places) == 1 else numbers(places),
            ", ".join(card.people[place].name for place in places),
            marks[places[0]],
        )
        for places in together.values()
    ]


def numbers(places: Sequence[int]) -> str:
    """Return the numbers of places counted from 0, those in a row as a range: "1–3 6"."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    told: list[str] = []
    for run in runs:
        told += [f"{run[0] + 1}–{run[-1] + 1}"] if len(run) > 2 else [f"{one + 1}" for one in run]  # noqa: PLR2004 - two are no range
    return " ".join(told)


def _talk(card: Card) -> str:
    """Return what was asked and answered, a line a question: who asks several people the same asks it once."""
    asked: dict[tuple[str, str], list[Thread]] = {}
    for thread in card.threads:
        first = thread.remarks[0]
        asked.setdefault((first.author, first.comment.text), []).append(thread)
    lines: list[str] = []
    for some in asked.values():
        remarks = [some[0].remarks[0], *(one for thread in some for one in thread.remarks[1:])]
        resolved = all(thread.resolved for thread in some)
        state = _("resolved") if resolved else ngettext("{n} remark", "{n} remarks", len(remarks))
        said = [f"{one.author}: {one.comment.text}" for one in remarks if one.comment.text]
        lines.append(f"{' — '.join(said)} ({state.format(n=len(remarks))})")
    return "\n".join(lines)
