"""A text field that saves by itself: on leaving, on Enter, after a pause, and on closing."""

import re
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from annotator.gui.inspector.drafts import PAUSE_MS, Drafts
from annotator.gui.widgets.growing_text import GrowingText

_LINE_BREAKS: Final = re.compile("\r\n|[\r\n\u2029\ufdd0\ufdd1]")
"""What Qt takes for the end of a paragraph."""


class SavedField(GrowingText):
    """Edits one text of one object; every save is one undo step of the project.

    Words being typed are never overwritten by a change from elsewhere, and stay where saving was refused. Ctrl+Z
    takes back typing while there is any, and is the window's otherwise.
    """

    def __init__(
        self,
        name: str,
        drafts: Drafts,
        parent: QWidget | None = None,
        *,
        label: str,
        placeholder: str = "",
        one_line: bool = False,
        required: bool = False,
        most_lines: int = 6,
        pause_ms: int = PAUSE_MS,
    ) -> None:
        """Make a field; `name` is its saver's in `drafts`.

        With `one_line` Enter saves, else Ctrl+Enter; a `required` field left empty gets its text back.
        """
        super().__init__(label, placeholder, parent, most_lines=most_lines)
        self._name = name
        self._drafts = drafts
        self._one_line = one_line
        self._required = required
        self._key = ""
        self._saved = ""
        self._shown = ""
        self._composing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._on_pause)
        self.textChanged.connect(self._on_text_changed)

    # What it holds

    @property
    def is_typed(self) -> bool:
        """Whether there are words that are not saved."""
        return self._raw() != self._shown

    def text(self) -> str:
        """Return the text: exactly the saved one where nothing was typed."""
        return self._raw() if self.is_typed else self._saved

    def _raw(self) -> str:
        # toPlainText would turn no-break spaces into spaces.
        return self.document().toRawText().replace("\u2029", "\n")

    def show_text(self, key: str, text: str) -> None:
        """Show the saved text of an object; what is being typed about the same object stays."""
        if key != self._key:
            self.commit()
            self._key = key
            if self.is_typed or text != self._saved:
                self._fill(text)
            else:
                self.document().clearUndoRedoStacks()  # the words are the same, what was typed about them is not
            kept = self._drafts.kept(self._name, key)
            if kept is not None and kept != text:
                self._type(kept)
        elif self.is_typed or self._composing:
            self._saved, self._shown = text, _LINE_BREAKS.sub("\n", text)
        elif text != self._saved:
            if self.hasFocus() and text.strip() == self._saved.strip():
                self._saved = text  # a space at the end is somebody on the way to the next word
            else:
                self._fill(text)

    def reset(self) -> None:
        """Let go of everything unsaved: what it was about is closed."""
        self._key = ""
        self._fill("")

    def _fill(self, text: str) -> None:
        place = self.textCursor().position()
        self._saved = text
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.setPlainText(text)
        self.blockSignals(False)  # noqa: FBT003
        self._shown = self._raw()
        self._timer.stop()
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _type(self, text: str) -> None:
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._timer.stop()  # it was refused before: wait for the person's next key

    def commit(self) -> bool:
        """Save what was typed; tell whether nothing unsaved is left."""
        self._timer.stop()
        if not self.is_typed:
            self._drafts.forget(self._name, self._key)
            return True
        if self._required and not self._raw().strip():
            self._fill(self._saved)
            return True
        before = self._saved, self._shown
        # From here on it counts as saved, so that the change that follows finds nothing to protect.
        self._saved = self._shown = typed = self._raw()
        if self._drafts.save(self._name, self._key, typed):
            self.document().clearUndoRedoStacks()
            return True
        self._saved, self._shown = before
        return False

    def _on_text_changed(self) -> None:
        if self.is_typed:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_pause(self) -> None:
        if self._composing:
            self._timer.start()  # an input method is in the middle of a word
        elif not (self._required and not self._raw().strip()):
            self.commit()

    # Keys and focus

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window where the field has nothing to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo or event.matches(QKeySequence.StandardKey.Redo):
                event.setAccepted(self.is_typed if undo else self.document().isRedoAvailable())
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Enter (notes: Ctrl+Enter), take typing back on Ctrl+Z; Esc saves and is the inspector's."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and (self._one_line or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.commit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._take_back(event)
        elif event.matches(QKeySequence.StandardKey.Redo):
            if self.document().isRedoAvailable():
                self.redo()
            else:
                event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.commit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _take_back(self, event: QKeyEvent) -> None:
        if not self.is_typed:
            event.ignore()
        elif self.document().isUndoAvailable():
            self.undo()
        else:
            self._fill(self._saved)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice when an input method is in the middle of a word."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save on leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu: it is not left
            self._composing = False
            self.commit()
            if not self.is_typed and self._raw() != _LINE_BREAKS.sub("\n", self._saved):
                self._fill(self._saved)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; into a single line as a single line."""
        if self._one_line and source.hasText():
            self.textCursor().insertText(" ".join(source.text().split()))
        else:
            super().insertFromMimeData(source)
