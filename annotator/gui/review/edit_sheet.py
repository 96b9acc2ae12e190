"""Editing what a card comes to: kind, status, speaker and sources of one's own choice, whoever said them."""

from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.gui.hub import Hub
from annotator.gui.popups.card import Card as Frame
from annotator.gui.popups.card import hold, scrolled
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.segmented import StatusSegments
from annotator.i18n import _
from annotator.model.review.outcomes import Draft, Outcome, labelled
from annotator.services.review_cards import Card


class Segments(StatusSegments):
    """Statuses that their keys choose, too: nothing can be typed in this sheet."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a status's key."""
        found = next(
            (one for one in self.buttons() if one.status.shortcut and one.status.shortcut == event.text()), None
        )
        if found is not None:
            found.click()
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        else:
            super().keyPressEvent(event)


class EditSheet(QObject):
    """Shows kind, status, speaker and sources of a card; `take` is given what makes the new outcome."""

    def __init__(self, window: QWidget, hub: Hub) -> None:
        super().__init__(window)
        self._hub = hub
        self._take: Callable[[Callable[[Outcome], Outcome]], bool] = lambda _change: False
        self.sheet = Frame(window, _("Edit what it comes to"), width=600, height=520)
        self.overlay = self.sheet.overlay
        self._card: Card | None = None
        self._first: Draft | None = None
        self.label = QComboBox()
        self.label.setEditable(True)
        self.label.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field = QLineEdit()
        field.setAccessibleName(_("Kind"))
        self.label.setLineEdit(field)
        self.label.setAccessibleName(_("Kind"))
        completer = QCompleter(self.label.model(), self.label)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.label.setCompleter(completer)
        self.status = Segments(hub.scheme)
        self.speaker = QComboBox()
        self.speaker.setAccessibleName(_("Speaker"))
        self.sources: list[tuple[QCheckBox, tuple[str, str]]] = []
        self._area = scrolled(QWidget(), name=_("Sources"))
        self.done = QPushButton(_("Decide"))
        self.done.setProperty("kind", "primary")
        self.done.clicked.connect(self._on_done)
        rows = (
            (_("Status"), self.status),
            (_("Kind"), self.label),
            (_("Speaker"), self.speaker),
            (_("Sources"), self._area),
        )
        for words, widget in rows:
            label = PlainLabel(words)
            label.setProperty("quiet", "true")
            self.sheet.body.addWidget(label)
            self.sheet.body.addWidget(widget, 1 if widget is self._area else 0)
        self.sheet.foot.addWidget(self.done)

    def open_with(
        self,
        card: Card,
        outcome: Outcome,
        take: Callable[[Callable[[Outcome], Outcome]], bool],
        *,
        labels: Iterable[str] = (),
    ) -> None:
        """Show what the card comes to so far; `labels` are the kinds of claims that there are to choose from."""
        self._take = take
        self._card, self._first = card, outcome[0]
        first = outcome[0]
        self.label.clear()
        self.label.addItems(sorted({*labels, *(vote.label for vote in card.votes)} - {""}, key=str.casefold))
        self.label.setCurrentIndex(self.label.findText(first.label))
        self.label.setEditText(first.label)
        self.status.set_statuses(self._hub.scheme)
        self.status.set_status(first.status)
        self.speaker.clear()
        self.speaker.addItem(_("nobody"), "")
        for speaker, name in sorted(card.speakers.items(), key=lambda one: one[1].casefold()):
            self.speaker.addItem(name, speaker)
        self.speaker.setCurrentIndex(max(0, self.speaker.findData(first.speaker)))
        self._show_sources(card, outcome)
        buttons = self.status.buttons()
        chosen = next((one for one in buttons if one.isChecked()), buttons[0])
        self.overlay.open_on(chosen)

    def _show_sources(self, card: Card, outcome: Outcome) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        everything = sorted({one for vote in card.votes for one in vote.said} | {o for d in outcome for o in d.said})
        names = {"supports": _("supports"), "refutes": _("refutes"), "context": _("context")}
        self.sources = []
        for source, stance in everything:
            box = QCheckBox(f"{card.sources.get(source, '')} – {names.get(stance, stance)}".replace("&", "&&"))
            box.setChecked(any((source, stance) in draft.said for draft in outcome))
            column.addWidget(box)
            self.sources.append((box, (source, stance)))
        if not everything:
            column.addWidget(PlainLabel(_("Nobody linked a source.")))
        column.addStretch(1)
        hold(self._area, inside)

    def _on_done(self) -> None:
        status, speaker = self.status.status(), str(self.speaker.currentData() or "")
        said = frozenset(key for box, key in self.sources if box.isChecked())
        card, label = self._card, self.label.currentText().strip()
        new = self._first is not None and label != self._first.label

        def changed(outcome: Outcome) -> Outcome:
            made = tuple(
                msgspec.structs.replace(draft, status=status or draft.status, speaker=speaker, said=said)
                for draft in outcome
            )
            # Several marks of one place differ in their kinds: these stay, unless another one was chosen.
            return tuple(labelled(draft, card.votes, label) for draft in made) if card and new else made

        if self._take(changed):
            self.overlay.close_card()
