"""The sheet of one claim: its widgets from the status to the history, and what of it can be edited."""

import time
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.dates import since_text
from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import Drafts
from annotator.gui.inspector.fields import SavedField
from annotator.gui.inspector.history import HistorySection
from annotator.gui.inspector.more import More
from annotator.gui.inspector.sources import SourcesSection
from annotator.gui.inspector.speaker import SpeakerSection
from annotator.gui.inspector.wording import ago_text, initials
from annotator.gui.widgets.count import CountLabel
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.segmented import StatusSegments
from annotator.gui.widgets.tab_order import order_tabs
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.status import Status
from annotator.services import annotating
from annotator.services.viewing import ClaimDetail

_MINUTE_MS = 60_000
_MARGIN = 16
_AROUND_DATE = 26
"""Border, padding and cursor beside a date."""


class ClaimSheet(QScrollArea):
    """Shows one `ClaimDetail`; what its parts tell is for the panel to do.

    Signals:
        left: the person pressed Esc in a comment.
        related_wanted: the person wants to see a linked claim (its id).
        part_wanted: the person takes a link between claims away (its id).
        outer_wanted: the person wants to see the mention that this one is reported in.
        out_wanted: the person takes the mention out of that one.
    """

    left = Signal()
    related_wanted = Signal(str)
    part_wanted = Signal(str)
    outer_wanted = Signal()
    out_wanted = Signal()

    def __init__(self, hub: Hub, drafts: Drafts, parent: QWidget | None = None, *, pause_ms: int) -> None:
        super().__init__(parent)
        self._hub = hub
        self._drafts = drafts
        self._detail: ClaimDetail | None = None
        self._from_there = False
        self._in_order: list[QWidget] = []
        self.more = More(hub, self)
        for given, told in (
            (self.more.left, self.left),
            (self.more.related_wanted, self.related_wanted),
            (self.more.part_wanted, self.part_wanted),
            (self.more.outer_wanted, self.outer_wanted),
            (self.more.out_wanted, self.out_wanted),
        ):
            given.connect(told)
        self.title = CountLabel()
        self.edited = ElidedLabel()
        self.notice = PlainLabel()
        self.status = StatusSegments(())
        self.since = SavedField(
            "since",
            drafts,
            label=_("Status since"),
            placeholder=_("since"),
            one_line=True,
            most_lines=2,
            pause_ms=pause_ms,
        )
        self.reason = SavedField(
            "reason",
            drafts,
            label=_("Reason for the status"),
            placeholder=_("because …"),
            one_line=True,
            most_lines=4,
            pause_ms=pause_ms,
        )
        self.claim_header = SectionHeader(_("Claim"), of="claim.text", action=_("Word the claim"))
        self.claim = SavedField(
            "claim", drafts, label=_("Claim text"), one_line=True, required=True, most_lines=5, pause_ms=pause_ms
        )
        self.speaker = SpeakerSection()
        self.sources = SourcesSection(hub, drafts, pause_ms=pause_ms)
        self.note_header = SectionHeader(_("Note"), of="claim.note", action=_("Write a note"))
        self.note = SavedField(
            "note", drafts, label=_("Note"), placeholder=_("For yourself and your colleagues"), pause_ms=pause_ms
        )
        self.history = HistorySection()
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self._renew_edited)
        self.claim_header.key_clicked.connect(self.claim.setFocus)
        self.note_header.key_clicked.connect(self.note.setFocus)
        self._lay_out()

    def _lay_out(self) -> None:
        own_font(self.title, of_size(1.0, heavy=True))
        self.edited.setProperty("quiet", "true")
        own_font(self.edited, of_size(0.95))
        self.edited.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self.title, self.notice):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.setWordWrap(True)
        self.notice.setProperty("quiet", "true")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.edited, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.status)
        for field in (self.since, self.reason):
            field.setToolTip(plain_tip(field.accessibleName()))
        why = QHBoxLayout()
        why.setSpacing(6)
        self.since.setFixedWidth(self.fontMetrics().horizontalAdvance("0000-00-00") + _AROUND_DATE)
        why.addWidget(self.since, 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(self.reason, 1)
        column.addLayout(why)
        column.addLayout(self.more.below_status)
        column.addLayout(_together(self.claim_header, self.claim))
        column.addLayout(self.more.below_claim)
        for part in (self.speaker, self.sources):
            column.addLayout(_together(None, part))
        column.addLayout(_together(self.note_header, self.note))
        column.addLayout(self.more.below_note)
        column.addWidget(self.history)
        column.addStretch(1)
        self._column = column
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Claim"))
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def _make_room(self, _least: int, most: int) -> None:
        """Let the scroll bar take its room from the margin: the sheet keeps its width, and nothing jumps.

        The height has changed: what has the focus is brought into sight again.
        """
        bar = self.verticalScrollBar().sizeHint().width() if most else 0
        at_bar = max(0, _MARGIN - bar)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:  # the bar is at the left; Qt turns no margins
            self._column.setContentsMargins(at_bar, 12, _MARGIN, 16)
        else:
            self._column.setContentsMargins(_MARGIN, 12, at_bar, 16)
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            self.ensureWidgetVisible(here)

    # What it shows

    def show_statuses(self, scheme: Sequence[Status]) -> None:
        """Offer the statuses of a scheme."""
        if tuple(button.status for button in self.status.buttons()) != tuple(scheme):
            self.status.set_statuses(scheme)

    def show_place(self, place: int, count: int) -> None:
        """Show which claim of how many this is; `place` counts from 0."""
        self.title.show_text(_("Claim {n} of {total}").format(n=place + 1, total=count))

    def show_detail(self, detail: ClaimDetail, statuses: Mapping[str, Status], *, from_there: bool = False) -> None:
        """Show a claim; texts being typed stay.

        `from_there`: it was marked in another article than that on show, one that is linked `same`.
        """
        editable = detail.mine and self._hub.project.writable
        another = self._detail is None or detail.mention.id != self._detail.mention.id
        self._detail = detail
        self._from_there = from_there
        self.status.set_status(detail.status)
        self._show_assessment(detail)
        self.claim.show_text(detail.claim.id, detail.claim.text)
        self.more.show_detail(detail, statuses)
        self.note.show_text(detail.mention.id, detail.mention.note)
        self.speaker.show_speaker(
            detail.speaker.name if detail.speaker else "",
            suggested=not detail.mention.speaker_accepted,
            presented_as=detail.mention.presented_as,
        )
        # Evidence is the linker's own, whoever marked the claim.
        self.sources.show_rows(detail.evidence, editable=self._hub.project.writable and not detail.adjudicated)
        self.history.show_rows(detail.mention.id, detail.history, statuses)
        self._set_editable(editable=editable)
        self.claim.setReadOnly(not editable or detail.withheld)
        self._order_tabs()
        self.renew_notice()
        self._renew_edited()
        if another:
            self.verticalScrollBar().setValue(0)

    def _show_assessment(self, detail: ClaimDetail) -> None:
        """Show since when and why the claim has the status that the person at work gave it."""
        own = annotating.current_assessment(self._hub.project, detail.claim.id, decided=detail.adjudicated)
        writable = self._hub.project.writable and own is not None and not detail.adjudicated
        self.since.show_text(own.id if own else "", since_text(own.valid_from, own.valid_from_precision) if own else "")
        self.reason.show_text(own.id if own else "", own.reason if own else "")
        for field in (self.since, self.reason):
            if field.isReadOnly() == writable:
                field.setReadOnly(not writable)

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom, also through what was made later."""
        related = [self.more.related] if self.more.related else []
        talk = self.more.stops()
        made: list[QWidget] = [*self.status.buttons(), *self.sources.cards(), *self.fields(), *related, *talk]
        if made == self._in_order:
            return
        self._in_order = made
        order_tabs(
            [
                self.status,
                self.since,
                self.reason,
                self.claim_header,
                self.claim,
                *related,
                self.speaker,
                self.sources,
                self.note_header,
                self.note,
                self.more.talk,
                self.history,
            ]
        )

    def _set_editable(self, *, editable: bool) -> None:
        self.status.setEnabled(editable)
        self.speaker.set_editable(editable=editable)
        for field in (self.claim, self.note):
            if field.isReadOnly() == editable:
                field.setReadOnly(not editable)
        for header in (self.claim_header, self.note_header):
            key = header.key_button()
            if key is not None:
                key.setEnabled(editable)

    def renew_notice(self) -> None:
        """Say why nothing can be edited, or that words are not saved; say nothing where all is well."""
        detail = self._detail
        words = ""
        if detail is None:
            pass
        elif not self._hub.project.writable:
            words = _("The project is open for reading only.")
        elif detail.adjudicated:
            words = _("✓ Adjudicated: {name} decided this in the review. It is changed there.").format(
                name=detail.annotator or _("Somebody else")
            )
        elif not detail.mine:
            words = _not_mine(detail, from_there=self._from_there)
        elif self._drafts:
            words = _("Not saved yet. The words stay in their field until they can be saved.")
        unsaved = bool(self._drafts)
        if (words, unsaved) != (self.notice.text(), self.notice.property("error")):
            self.notice.setText(words)
            self.notice.setProperty("error", unsaved)
            self.notice.style().polish(self.notice)
        self.notice.setVisible(bool(words))

    def _renew_edited(self) -> None:
        detail = self._detail
        if detail is None or not detail.history:
            self.edited.set_text("")
            return
        last = detail.history[-1]
        ago = ago_text(last.at, time.time())
        self.edited.set_text(" · ".join(part for part in (initials(last.annotator), ago) if part))
        self.edited.setToolTip(plain_tip(f"{last.annotator}, {ago}"))

    def fields(self) -> tuple[SavedField, ...]:
        """Return every text field."""
        return (self.since, self.reason, self.claim, self.note, *self.sources.fields())

    def reset(self) -> None:
        """Let go of what it showed, saved or not: the project is closed."""
        self._detail = None
        for field in self.fields():
            field.reset()

    def showEvent(self, event: QShowEvent) -> None:
        """Count the minutes while it can be seen."""
        super().showEvent(event)
        self._renew_edited()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        self._clock.stop()
        super().hideEvent(event)


def _together(header: QWidget | None, field: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    if header is not None:
        column.addWidget(header)
    column.addWidget(field)
    return column


def _not_mine(detail: ClaimDetail, *, from_there: bool) -> str:
    """Say who marked it, and that it was in another article which is the same, if it was."""
    line = (
        _(
            "{name} marked this in another copy of this article."
            " You can read it here; to differ, mark the words yourself."
        )
        if from_there
        else _("{name} marked this. You can read it here; to differ, mark the words yourself.")
    )
    return line.format(name=detail.annotator or _("Somebody else"))
