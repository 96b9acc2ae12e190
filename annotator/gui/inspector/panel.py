"""The inspector: everything about the active claim, to be read and changed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import PAUSE_MS, Drafts
from annotator.gui.inspector.saving import savers
from annotator.gui.inspector.touching import touches
from annotator.gui.keys import with_key
from annotator.gui.open_article import OpenArticle
from annotator.gui.widgets.empty import EmptyHint
from annotator.i18n import _
from annotator.model.changes import Changes
from annotator.model.ids import LinkId
from annotator.model.records import PresentedAs
from annotator.services import annotating, viewing
from annotator.services.viewing import ClaimDetail

if TYPE_CHECKING:
    from annotator.gui.inspector.fields import SavedField
    from annotator.gui.inspector.sheet import ClaimSheet
    from annotator.model.status import Status

_LEAST_WIDTH = 336
"""At this width the three stances stand side by side without being cut."""


class Inspector(QWidget):
    """Shows the active mention of the open article and edits it in the name of the person at work.

    Signals:
        speaker_wanted: the person wants to name the speaker.
        source_wanted: the person wants to link a source.
        claim_wanted: the person wants to see another claim (its id).
        source_page_wanted: the person wants to see the page of a source (its id).
        passage_wanted: the person wants to choose the passage of an article that is the evidence (its id).
        passage_shown: the person wants to see that passage (the evidence's id).
        left: the person pressed Esc and wants back to the article.
    """

    speaker_wanted = Signal()
    source_wanted = Signal()
    claim_wanted = Signal(str)
    source_page_wanted = Signal(str)
    passage_wanted = Signal(str)
    passage_shown = Signal(str)
    left = Signal()

    def __init__(
        self, hub: Hub, article: OpenArticle, parent: QWidget | None = None, *, pause_ms: int = PAUSE_MS
    ) -> None:
        """Make an inspector; texts are saved `pause_ms` milliseconds after the last key."""
        super().__init__(parent)
        self._hub = hub
        self._article = article
        self._statuses: dict[str, Status] = {}
        self._detail: ClaimDetail | None = None
        self._drafts = Drafts(savers(hub), self._on_attempt)
        self._pause_ms = pause_ms
        self._made: ClaimSheet | None = None
        self._others: list[Callable[[], bool]] = []
        self._pages = QStackedWidget()
        self._pages.addWidget(EmptyHint("quote", _("No claim chosen"), _how_to_choose))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.setAccessibleName(_("Inspector"))
        self.setMinimumWidth(_LEAST_WIDTH)
        # A reading anew lets go of the active mention and takes it again at once: only what lasts is shown.
        self._nothing = QTimer(self)
        self._nothing.setSingleShot(True)
        self._nothing.setInterval(0)
        self._nothing.timeout.connect(self._show_nothing)
        self._connect()

    @property
    def sheet(self) -> "ClaimSheet":
        """The sheet of the active claim; made when it is first wanted, so that the first paint does not wait for it."""
        if self._made is None:
            from annotator.gui.inspector.sheet import ClaimSheet  # noqa: PLC0415 - as above

            self._made = ClaimSheet(self._hub, self._drafts, pause_ms=self._pause_ms)
            self._pages.addWidget(self._made)
            self._made.show_statuses(self._hub.scheme)
            self._connect_sheet(self._made)
        return self._made

    def _connect_sheet(self, sheet: "ClaimSheet") -> None:
        sheet.status.status_chosen.connect(self._on_status)
        sheet.speaker.wanted.connect(self.speaker_wanted)
        sheet.speaker.accepted.connect(self.accept_suggestion)
        sheet.speaker.dismissed.connect(self.dismiss_suggestion)
        sheet.speaker.presented.connect(self._on_presented)
        sheet.sources.wanted.connect(self.source_wanted)
        sheet.sources.page_wanted.connect(self.source_page_wanted)
        sheet.sources.passage_wanted.connect(self.passage_wanted)
        sheet.sources.passage_shown.connect(self.passage_shown)
        sheet.left.connect(self.left)
        sheet.related_wanted.connect(self.claim_wanted)
        sheet.part_wanted.connect(self._on_part)
        sheet.outer_wanted.connect(self._on_outer)
        sheet.out_wanted.connect(self._on_out)

    def _connect(self) -> None:
        self._article.activated.connect(self._on_activated)
        self._article.rows_changed.connect(self._renew_place)
        self._hub.changed.connect(self._on_changed)
        self._hub.letters_changed.connect(self._on_letters)
        self._hub.project_changed.connect(self._on_project)
        self._hub.card_changed.connect(self._on_card)
        if self._hub.is_open:
            self._read_scheme()

    def sizeHint(self) -> QSize:
        """Return the size in the mock-up's window."""
        return QSize(374, 480)

    @property
    def detail(self) -> ClaimDetail | None:
        """What is on show, None for nothing."""
        return self._detail

    # Reading

    def _on_project(self) -> None:
        """Another project is open, or none: nothing of the one before can be saved any more."""
        self._drafts.clear()
        if self._made is not None:
            self._made.reset()
        self._show_nothing()
        if self._hub.is_open:
            self._read_scheme()

    def _on_card(self) -> None:
        self._read_scheme()
        if self._detail is not None and self._made is not None:
            self._made.status.set_status(self._detail.status)

    def _read_scheme(self) -> None:
        self._statuses = self._hub.statuses
        if self._made is not None:
            self._made.show_statuses(self._hub.scheme)

    def _on_activated(self, mention_id: str) -> None:
        if mention_id:
            self._nothing.stop()
            if self._detail is None or self._detail.mention.id != mention_id:
                self._commit_fields()
            self._hub.when_free("claim", self._read)
        elif self._detail is not None:
            self._nothing.start()

    def _on_letters(self) -> None:
        if self._detail is not None:
            self._read()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("project"):
            self._read_scheme()
        detail = self._detail
        if detail is None or self._article.active_id != detail.mention.id:
            return
        if changes.whole or touches(changes, detail, self._hub.project.find_any):
            self._read()

    def _read(self) -> None:
        row = self._article.active
        detail = self._hub.do(viewing.claim_detail, row.mention_id) if row else None
        if detail is None:
            self._nothing.start()
            return
        self._detail = detail
        page = self._article.page
        from_there = page is not None and page.article.id != detail.mention.article_id
        self.sheet.show_detail(detail, self._statuses, from_there=from_there)
        self._renew_place()
        self._pages.setCurrentIndex(1)

    def _renew_place(self) -> None:
        place, count = self._article.place
        if place >= 0 and self._made is not None:
            self.sheet.show_place(place, count)

    def _show_nothing(self) -> None:
        if self._article.active is None:
            self._commit_fields()
            self._detail = None
            self._pages.setCurrentIndex(0)

    # Saving

    def commit_all(self) -> bool:
        """Save every text that was typed; tell whether nothing unsaved is left.

        To be called before the window closes, undoes or redoes. What is refused stays in its field.
        """
        self._commit_fields()
        others = [commit() for commit in self._others]
        return self._drafts.retry() and all(others)

    def commit_with(self, other: Callable[[], bool]) -> None:
        """Save what is typed elsewhere too, whenever all is saved."""
        self._others.append(other)

    def _commit_fields(self) -> None:
        if self._made is not None:
            for field in self._made.fields():
                field.commit()

    def _on_attempt(self) -> None:
        self.sheet.renew_notice()

    def _on_status(self, key: str) -> None:
        if self._detail is not None and self._hub.do(annotating.assess, self._detail.claim.id, key) is None:
            self.sheet.status.set_status(self._detail.status)

    def _on_part(self, link_id: str) -> None:
        from annotator.services import relating  # noqa: PLC0415 - the first paint does without it

        self._hub.do(relating.part, LinkId(link_id))

    def _on_outer(self) -> None:
        if self._detail is not None:
            self._article.activate(self._detail.mention.within)

    def _on_out(self) -> None:
        from annotator.services import nesting  # noqa: PLC0415 - the first paint does without it

        if self._detail is not None:
            self._hub.do(nesting.put_within, self._detail.mention.id, "")

    def _on_presented(self, presented_as: PresentedAs) -> None:
        if self._detail is not None:
            self._hub.do(annotating.edit_mention, self._detail.mention.id, presented_as=presented_as)

    def accept_suggestion(self) -> None:
        """Accept the suggested speaker."""
        if self._detail is not None and self._detail.mine:
            self._hand_on_focus()
            self._hub.do(annotating.accept_speaker, self._detail.mention.id)

    def dismiss_suggestion(self) -> None:
        """Take the speaker off, suggested or not."""
        if self._detail is not None and self._detail.mine:
            self._hand_on_focus()
            self._hub.do(annotating.dismiss_speaker, self._detail.mention.id)

    def _hand_on_focus(self) -> None:
        """The buttons go with the suggestion: the focus they have goes to the speaker, not to wherever Qt sends it."""
        speaker = self.sheet.speaker
        if any(button.hasFocus() for button in (speaker.accept, speaker.dismiss, speaker.take_off)):
            speaker.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # Focus

    def focus_first(self) -> None:
        """Go to the status, or to the sheet where nothing can be edited."""
        buttons = self.sheet.status.buttons()
        chosen = next((button for button in buttons if button.isChecked()), buttons[0] if buttons else None)
        if self._pages.currentIndex() == 1 and chosen is not None and chosen.isEnabled():
            chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.sheet.ensureWidgetVisible(chosen)
        else:
            self.sheet.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_claim_text(self) -> None:
        """Go to the claim's text, its words selected."""
        self._focus_field(self.sheet.claim)
        self.sheet.claim.selectAll()

    def focus_note(self) -> None:
        """Go to the end of the note."""
        self._focus_field(self.sheet.note)
        self.sheet.note.moveCursor(QTextCursor.MoveOperation.End)

    def show_comment(self, thread_id: str) -> None:
        """Bring a thread about the active claim into sight."""
        for card in self.sheet.more.talk.cards if self._detail is not None else ():
            if card.shown.id == thread_id:
                card.open_card()
                self.sheet.ensureWidgetVisible(card)

    def focus_comment(self) -> None:
        """Go to the field for a new comment."""
        if self._detail is not None:
            self.sheet.more.talk.begin()
            self.sheet.ensureWidgetVisible(self.sheet.more.talk.field)

    def _focus_field(self, field: "SavedField") -> None:
        if self._detail is not None:
            self.sheet.ensureWidgetVisible(field)
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save and go back to the article on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.commit_all()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _how_to_choose() -> str:
    named = _("Choose a claim in the article or in the list, or press {key}.")
    return with_key("claim.next", named, _("Choose a claim in the article or in the list."))
