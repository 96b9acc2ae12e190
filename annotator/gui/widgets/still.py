"""Fields that the mouse wheel does not change while somebody scrolls past them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox


class StillBox(QComboBox):
    """A choice; the wheel turns it only while it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area unless the person is in the box."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class StillNumber(QSpinBox):
    """A number; the wheel turns it only while it has the focus, and passing over it takes none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(7, 0, 7, 0)  # the style sheet's padding does not reach it

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area unless the person is in the field."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
