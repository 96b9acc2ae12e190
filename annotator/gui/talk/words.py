"""A field for words that others will read: Enter sends them, Esc leaves them standing."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.gui.widgets.growing_text import GrowingText


class WordsField(GrowingText):
    """Takes the words of a comment; unlike the inspector's other fields it saves nothing by itself.

    Signals:
        sent: the person pressed Enter on some words (the words).
        left: the person pressed Esc.
    """

    sent = Signal(str)
    left = Signal()

    def words(self) -> str:
        """Return what is written, without spaces around it."""
        # toPlainText would turn no-break spaces into spaces.
        return self.document().toRawText().replace("\u2029", "\n").strip()

    def event(self, event: QEvent) -> bool:
        """Keep Esc and undo for the words while they are written."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and self.document().isUndoAvailable()
            if event.key() == Qt.Key.Key_Escape or undo:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter, begin another line on Shift+Enter, leave on Esc."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if self.words():
                self.sent.emit(self.words())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
