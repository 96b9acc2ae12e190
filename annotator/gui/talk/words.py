"""A field for words that others will read: Enter sends them, Esc leaves them standing."""

from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_MARGIN: Final = 2
_FRAME: Final = 8
_MOST_LINES: Final = 6


class WordsField(QPlainTextEdit):
    """Takes the words of a comment; unlike the inspector's other fields it saves nothing by itself.

    Signals:
        sent: the person pressed Enter on some words (the words).
        left: the person pressed Esc.
    """

    sent = Signal(str)
    left = Signal()

    def __init__(self, label: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("field", True)  # noqa: FBT003 - Qt's own signature
        self.setAccessibleName(label)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow and shrink with the lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = max(1, min(_MOST_LINES, ceil(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + 2 * _MARGIN + _FRAME
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        many = self.document().size().height() > _MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if many else policy.ScrollBarAlwaysOff)
