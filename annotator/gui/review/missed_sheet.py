"""A claim that nobody marked: its words, the status that the reviewer gives it, and why."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.gui.hub import Hub
from annotator.gui.popups.card import Card as Frame
from annotator.gui.review.edit_sheet import Segments
from annotator.gui.review.sheets import Words
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _


class MissedSheet(QObject):
    """Asks for status and reason; `take` is given both and tells whether the sheet may close."""

    def __init__(self, window: QWidget, hub: Hub) -> None:
        super().__init__(window)
        self._hub = hub
        self._take: Callable[[str, str], bool] = lambda _status, _reason: False
        self.sheet = Frame(window, _("A claim that was missed"), width=600, height=390)
        self.overlay = self.sheet.overlay
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.by = PlainLabel()
        self.by.setWordWrap(True)
        self.by.setProperty("quiet", "true")
        self.status = Segments(hub.scheme)
        self.reason = Words(self._on_done, name=_("Reason"))
        self.done = QPushButton(_("Mark as missed"))
        self.done.setProperty("kind", "primary")
        self.done.clicked.connect(self._on_done)
        self.sheet.body.addWidget(self.words)
        self.sheet.body.addWidget(self.by)
        for name, widget in ((_("Status"), self.status), (_("Reason"), self.reason)):
            label = PlainLabel(name)
            label.setProperty("quiet", "true")
            self.sheet.body.addWidget(label)
            self.sheet.body.addWidget(widget, 1 if widget is self.reason else 0)
        self.sheet.foot.addWidget(self.done)

    def open_with(self, words: str, names: Sequence[str], take: Callable[[str, str], bool]) -> None:
        """Ask about some words; `names` are those who had the text."""
        self._take = take
        self.words.setText(_("“{quote}”").format(quote=" ".join(words.split())))
        self.by.setText(_("Missed by {names}, who had the text; they are told.").format(names=", ".join(names)))
        self.status.set_statuses(self._hub.scheme)
        self.reason.clear()
        buttons = self.status.buttons()
        self.status.set_status(buttons[0].status.key)
        self.overlay.open_on(buttons[0])

    def _on_done(self) -> None:
        if self._take(self.status.status(), self.reason.toPlainText().strip()):
            self.overlay.close_card()
