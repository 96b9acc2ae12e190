"""The small cards of the review: why it was decided so, a question to the annotators, what is unanimous."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QListWidget, QPlainTextEdit, QPushButton, QWidget

from annotator.gui.popups.card import Card
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.model.review.outcomes import CAUSES, CONFIDENCES
from annotator.model.wording import cause_name, confidence_name
from annotator.services.deciding import Why

_WIDTH, _HEIGHT = 560, 400
MOST: Final = 500
"""Clusters that a preview lists; more are counted."""


class Words(QPlainTextEdit):
    """Some lines of text; Enter is done with them, Shift+Enter begins another line, Tab goes on."""

    def __init__(self, done: Callable[[], object], *, name: str) -> None:
        super().__init__()
        self._done = done
        self.setProperty("field", "true")
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be done on Enter."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._done()
            event.accept()
        else:
            super().keyPressEvent(event)


class WhySheet(QObject):
    """Asks for reason, cause and confidence; Enter in the reason is done."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._take: Callable[[Why], bool] = lambda _why: False
        self.sheet = Card(window, _("Why"), width=_WIDTH, height=_HEIGHT)
        self.overlay = self.sheet.overlay
        self.reason = Words(self._on_done, name=_("Reason"))
        self.cause = _choice([("", cause_name("")), *((one, cause_name(one)) for one in CAUSES)], _("Cause"))
        sure = [("", confidence_name("")), *((one, confidence_name(one)) for one in CONFIDENCES)]
        self.confidence = _choice(sure, _("Confidence"))
        self.done = QPushButton(_("Save"))
        self.done.setProperty("kind", "primary")
        self.done.clicked.connect(self._on_done)
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(_plain(_("Reason")), self.reason)
        form.addRow(_plain(_("Cause")), self.cause)
        form.addRow(_plain(_("Confidence")), self.confidence)
        self.sheet.body.addLayout(form, 1)
        self.sheet.foot.addWidget(self.done)

    def open_with(self, title: str, button: str, before: Why, take: Callable[[Why], bool]) -> None:
        """Ask; `take` is given the answer and tells whether the sheet may close."""
        self._take = take
        self.sheet.title.setText(title)
        self.overlay.setAccessibleName(title)
        self.done.setText(button)
        self.reason.setPlainText(before.reason)
        self.reason.selectAll()
        for box, value in ((self.cause, before.cause), (self.confidence, before.confidence)):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.overlay.open_on(self.reason)

    def _on_done(self) -> None:
        why = Why(self.reason.toPlainText().strip(), str(self.cause.currentData()), str(self.confidence.currentData()))
        if self._take(why):
            self.overlay.close_card()


class AskSheet(QObject):
    """Takes some words: a question to annotators, or an answer."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._take: Callable[[str], bool] = lambda _words: False
        self.sheet = Card(window, _("Ask the annotators"), width=_WIDTH, height=300)
        self.overlay = self.sheet.overlay
        self.about = PlainLabel()
        self.about.setWordWrap(True)
        self.about.setProperty("quiet", "true")
        self.words = Words(self._on_done, name=_("What to ask"))
        self.done = QPushButton(_("Ask"))
        self.done.setProperty("kind", "primary")
        self.done.clicked.connect(self._on_done)
        self.sheet.body.addWidget(self.about)
        self.sheet.body.addWidget(self.words, 1)
        self.sheet.foot.addWidget(self.done)

    def open_with(self, title: str, about: str, button: str, take: Callable[[str], bool]) -> None:
        """Ask for words; `take` is given them and tells whether the sheet may close."""
        self._take = take
        self.sheet.title.setText(title)
        self.overlay.setAccessibleName(title)
        self.about.setText(about)
        self.done.setText(button)
        self.words.clear()
        self.overlay.open_on(self.words)

    def _on_done(self) -> None:
        if self._take(self.words.toPlainText()):
            self.overlay.close_card()


class UnanimousSheet(QObject):
    """Lists what would be accepted, before it is."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._take: Callable[[], object] = lambda: None
        self.sheet = Card(window, _("Accept all that is unanimous"), width=640, height=520)
        self.overlay = self.sheet.overlay
        self.about = PlainLabel(
            _("All who marked something in these texts agree on every question. What is decided stays as it is.")
        )
        self.about.setWordWrap(True)
        self.about.setProperty("quiet", "true")
        self.list = QListWidget()
        self.list.setAccessibleName(_("What all agree on"))
        self.list.setWordWrap(True)
        self.accept = QPushButton()
        self.accept.setProperty("kind", "primary")
        self.accept.clicked.connect(self._on_accept)
        self.sheet.body.addWidget(self.about)
        self.sheet.body.addWidget(self.list, 1)
        self.sheet.foot.addWidget(self.accept)

    def open_with(self, words: Sequence[str], count: int, take: Callable[[], object]) -> None:
        """Show the words of the clusters; `take` accepts them."""
        self._take = take
        self.list.clear()
        self.list.addItems(list(words[:MOST]))
        if count > len(words[:MOST]):
            self.list.addItem(_("… and {n} more").format(n=count - len(words[:MOST])))
        self.accept.setText(ngettext("Accept {n}", "Accept {n}", count).format(n=count))
        self.overlay.open_on(self.accept)

    def _on_accept(self) -> None:
        self.overlay.close_card()
        self._take()


def _choice(rows: Sequence[tuple[str, str]], name: str) -> QComboBox:
    box = QComboBox()
    for value, words in rows:
        box.addItem(words, value)
    box.setAccessibleName(name)
    return box


def _plain(text: str) -> PlainLabel:
    return PlainLabel(text)
