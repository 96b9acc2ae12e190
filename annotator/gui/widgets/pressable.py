"""What every button that paints itself does: Enter presses it as Space does, and the pointer over it shows."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton


class PressableButton(QAbstractButton):
    """A button whose look is its subclass's; signals are those of QAbstractButton."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button as Space does; Enter with another key is somebody else's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not _modified(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over it."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has gone."""
        super().leaveEvent(event)
        self.update()


def _modified(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
