"""A field that takes the next key that is pressed, whichever it is."""

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from annotator.gui.keys import is_single
from annotator.i18n import _

_HELD: Final = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
}
_LEAVING: Final = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}


class KeyField(QLineEdit):
    """Shows nothing that is typed: each key press is a key for an action. Tab and Esc lead out of it, as everywhere.

    Signals:
        key_pressed: a key was pressed, as the table writes keys (`Ctrl+L`).
    """

    key_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Press a key here to add it"))
        self.setAccessibleName(_("Press a key to add it"))
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Take every key for itself, before a shortcut does."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell which key it is."""
        key = Qt.Key(event.key())
        if key in _LEAVING and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        elif key not in _HELD:
            self.key_pressed.emit(written(event))
            event.accept()


def written(event: QKeyEvent) -> str:
    """Return a key press as the table writes keys: signs without the Shift that writes them (`?`, not `Shift+?`)."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    bare = QKeySequence(key).toString()
    if is_single(bare) and not bare.isalpha():
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(held, key)).toString()
