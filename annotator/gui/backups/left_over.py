"""A strip of the list of backups: words that a colleague redacted are in them still, and a button takes them out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext


class LeftOver(QWidget):
    """Shown where something is left over.

    Signals:
        taking_out_wanted: the person wants it taken out.
    """

    taking_out_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.button = QPushButton(_("Take it out for good"))
        self.button.clicked.connect(self.taking_out_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_count(self, found: int) -> None:
        """Show how many backups and journals have something that was redacted; nothing where none has."""
        told = ngettext(
            "{n} backup or journal has words that were redacted since.",
            "{n} backups and journals have words that were redacted since.",
            found,
        )
        self.words.setText(told)
        self.button.setAccessibleDescription(told)
        self.setVisible(bool(found))
