"""The sources linked to the active claim: a card for each, which opens to be edited."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import Drafts
from annotator.gui.inspector.evidence_head import EvidenceHead
from annotator.gui.inspector.fields import SavedField
from annotator.gui.inspector.wording import STANCES, stance_look
from annotator.gui.quotes import quotes_of
from annotator.gui.sources.quote_words import page_words, quote_text
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.tab_order import order_tabs
from annotator.i18n import _
from annotator.services import linking
from annotator.services.viewing import EvidenceRow

if TYPE_CHECKING:
    from annotator.model.records import Evidence, Stance
    from annotator.services.quotes import QuoteState


class EvidenceCard(QFrame):
    """One linked source; open, it offers stance, quote, place, its page and removal.

    Signals:
        page_wanted: the person wants to see the page of the source (its id).
        passage_wanted: the person wants to choose the passage (the evidence's id).
        passage_shown: the person wants to see the passage (the evidence's id).
    """

    page_wanted = Signal(str)
    passage_wanted = Signal(str)
    passage_shown = Signal(str)

    def __init__(self, hub: Hub, drafts: Drafts, parent: QWidget | None = None, *, pause_ms: int) -> None:
        super().__init__(parent)
        self._hub = hub
        self._drafts = drafts
        self._pause_ms = pause_ms
        self._row: EvidenceRow | None = None
        self._editable = False
        self.setProperty("card", "true")
        self.head = EvidenceHead()
        self.head.toggled.connect(self._on_toggled)
        self.head.remove_wanted.connect(self.remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self.body: CardBody | None = None

    def show_row(self, row: EvidenceRow, *, mine: bool) -> None:
        """Show evidence; that of another annotator can only be read."""
        if self._row is not None and row.evidence.id != self._row.evidence.id:
            self.head.setChecked(False)
        self._row = row
        self._editable = mine
        self.head.setCheckable(mine)
        self.head.show_row(row, by="" if row.evidence.annotator_id == self._hub.project.annotator_id else row.annotator)
        if self.body is not None:
            self._show_body(self.body, row)

    def _show_body(self, body: "CardBody", row: EvidenceRow) -> None:
        body.show_row(row)
        if self.head.isChecked():
            body.show_quote_state(quotes_of(self._hub).state_of(row.evidence, row.source), row.evidence)

    @property
    def evidence_id(self) -> str:
        """The evidence it shows, "" for none yet."""
        return self._row.evidence.id if self._row else ""

    def open_card(self) -> None:
        """Open the card to be edited."""
        self.head.setChecked(self._editable)

    def remove(self) -> None:
        """Take the source off the claim."""
        if self._row is not None and self._editable:
            self._hub.do(linking.unlink, self._row.evidence.id)

    def fields(self) -> tuple[SavedField, ...]:
        """Return its text fields, none before it was opened once."""
        return (self.body.quote, self.body.locator) if self.body else ()

    def _on_toggled(self, checked: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if checked and self.body is None:
            self.body = CardBody(self._drafts, pause_ms=self._pause_ms)
            self.body.stance_chosen.connect(self._on_stance)
            self.body.remove.clicked.connect(self.remove)
            self.body.page.clicked.connect(self._on_page)
            self.body.passage.clicked.connect(self._on_passage)
            self.body.show_passage.clicked.connect(self._on_show_passage)
            self.body.page_offered.clicked.connect(self._on_page_taken)
            quotes_of(self._hub).answered.connect(self._on_answered)
            self._column.addWidget(self.body)
            order_tabs([self])
        if self.body is not None:
            self.body.setVisible(checked)
            if self._row is not None:
                self._show_body(self.body, self._row)

    def _on_page(self) -> None:
        if self._row is not None:
            self.page_wanted.emit(self._row.source.id)

    def _on_passage(self) -> None:
        if self._row is not None:
            self.passage_wanted.emit(self._row.evidence.id)

    def _on_show_passage(self) -> None:
        if self._row is not None:
            self.passage_shown.emit(self._row.evidence.id)

    def _on_answered(self) -> None:
        if self._row is not None and self.body is not None and self._hub.is_open:
            self._show_body(self.body, self._row)

    def _on_page_taken(self) -> None:
        if self._row is not None and self.body is not None and self.body.page_found:
            self._hub.do(linking.edit_evidence, self._row.evidence.id, locator=page_words(self.body.page_found))

    def _on_stance(self, stance: str) -> None:
        if self._row is not None:
            self._hub.do(linking.edit_evidence, self._row.evidence.id, stance=cast("Stance", stance))


class CardBody(QWidget):
    """The fields of an open card.

    Signals:
        stance_chosen: the person chose a stance (Stance).
    """

    stance_chosen = Signal(str)

    def __init__(self, drafts: Drafts, parent: QWidget | None = None, *, pause_ms: int) -> None:
        super().__init__(parent)
        self.stances: dict[Stance, KeyedButton] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        for stance in STANCES:
            look = stance_look(stance)
            button = KeyedButton(look.word, icon_name=look.icon_name, colour=look.token)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, chosen=stance: self.stance_chosen.emit(chosen))
            row.addWidget(button)
            self.stances[stance] = button
        row.addStretch(1)
        self.quote = SavedField(
            "quote", drafts, label=_("Quote from the source"), placeholder=_("Its words"), pause_ms=pause_ms
        )
        self.locator = SavedField(
            "locator",
            drafts,
            label=_("Where in the source"),
            placeholder=_("Page, paragraph, minute"),
            one_line=True,
            pause_ms=pause_ms,
        )
        self.page = KeyedButton(_("Page of the source"), icon_name="open", colour="ink2")
        self.remove = KeyedButton(_("Unlink"), icon_name="trash", key=_("Del"), colour="ink2")
        foot = QHBoxLayout()
        self.passage = KeyedButton(_("Choose the passage"), icon_name="quote", colour="ink2")
        self.show_passage = KeyedButton(_("Show the passage"), icon_name="search", colour="ink2")
        place = QHBoxLayout()
        place.addWidget(self.passage)
        place.addWidget(self.show_passage)
        place.addStretch(1)
        foot.addWidget(self.page)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 2, 10, 8)
        column.setSpacing(5)
        column.addLayout(row)
        self.page_found = 0
        self.page_offered = KeyedButton("", icon_name="check", colour="ink2")
        self.page_offered.hide()
        self.quote_state = PlainLabel()
        self.quote_state.setWordWrap(True)
        self.quote_state.setProperty("quiet", "true")
        for field in (self.quote, self.locator):
            label = PlainLabel(field.accessibleName())
            label.setProperty("quiet", "true")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            if field is self.quote:
                column.addWidget(self.quote_state)
                column.addWidget(self.page_offered, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(place)
        column.addLayout(foot)

    def show_quote_state(self, state: "QuoteState", evidence: "Evidence") -> None:
        """Say whether the quote stands in what the source is; nothing where nothing is kept to be looked at.

        The page it stands on is offered as its place where none is written.
        """
        words = "" if state.why == "nothing" else quote_text(state)
        self.quote_state.setText(words)
        self.quote_state.setVisible(bool(words))
        self.page_found = state.page
        self.page_offered.setText(_("Write “{place}” as its place").format(place=page_words(state.page)))
        self.page_offered.setVisible(bool(state.page) and not evidence.locator.strip())

    def show_row(self, row: EvidenceRow) -> None:
        """Show evidence; what is being typed stays."""
        for stance, button in self.stances.items():
            button.setChecked(stance == row.evidence.stance)
        self.quote.show_text(row.evidence.id, row.evidence.quote)
        self.locator.show_text(row.evidence.id, row.evidence.locator)
        self.passage.setVisible(bool(row.source.article_id))
        self.show_passage.setVisible(bool(row.source.article_id and row.evidence.spans))


class SourcesSection(QWidget):
    """Header with a count, the cards, and the way to link one more.

    Signals:
        wanted: the person wants to link a source.
        passage_wanted, passage_shown: the person wants to choose the passage, or to see it (the evidence's id).
        page_wanted: the person wants to see the page of a source (its id).
    """

    wanted = Signal()
    page_wanted = Signal(str)
    passage_wanted = Signal(str)
    passage_shown = Signal(str)

    def __init__(self, hub: Hub, drafts: Drafts, parent: QWidget | None = None, *, pause_ms: int) -> None:
        super().__init__(parent)
        self._hub = hub
        self._drafts = drafts
        self._pause_ms = pause_ms
        self._all: list[EvidenceCard] = []
        self._count = 0
        self.header = SectionHeader(_("Sources"), of="claim.source", action=_("Link a source"))
        self.add = KeyedButton(_("Link a source"), icon_name="plus", colour="accent")
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addLayout(self._cards)
        column.addLayout(foot)
        self.header.key_clicked.connect(self.wanted)
        self.add.clicked.connect(self.wanted)

    def cards(self) -> tuple[EvidenceCard, ...]:
        """Return the cards on show."""
        return tuple(self._all[: self._count])

    def show_rows(self, rows: Sequence[EvidenceRow], *, editable: bool) -> None:
        """Show evidence in its order; cards are used again, each for the evidence it showed before if that is left."""
        me = self._hub.project.annotator_id
        self._sort({row.evidence.id: place for place, row in enumerate(rows)})
        while len(self._all) < len(rows):
            card = EvidenceCard(self._hub, self._drafts, self, pause_ms=self._pause_ms)
            card.page_wanted.connect(self.page_wanted)
            card.passage_wanted.connect(self.passage_wanted)
            card.passage_shown.connect(self.passage_shown)
            self._all.append(card)
            self._cards.addWidget(card)
        self._count = len(rows)
        for card, row in zip(self._all, rows, strict=False):
            card.show_row(row, mine=editable and row.evidence.annotator_id == me)
            card.show()
        for card in self._all[len(rows) :]:
            for field in card.fields():
                field.commit()
            card.head.setChecked(False)
            card.hide()
        self.header.set_count(len(rows))
        self.add.setEnabled(editable)
        key = self.header.key_button()
        if key is not None:
            key.setEnabled(editable)

    def _sort(self, places: dict[str, int]) -> None:
        """Take the cards whose source was unlinked from between the others: an open card stays with its source."""
        shown = self._all[: self._count]
        kept = [card for card in shown if card.evidence_id in places]
        gone = [card for card in shown if card.evidence_id not in places]
        if kept and gone:
            self._all = [*kept, *gone, *self._all[self._count :]]
            for card in self._all:
                self._cards.removeWidget(card)
                self._cards.addWidget(card)

    def fields(self) -> list[SavedField]:
        """Return every text field of the cards."""
        return [field for card in self._all for field in card.fields()]
