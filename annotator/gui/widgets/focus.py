"""The focus goes back to who had it before something lay over the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def give_back(widget: QWidget | None, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
    """Give a widget the focus again, where it is still there and on show: a list may have been made anew meanwhile."""
    if widget is not None and isValid(widget) and widget.isVisible():
        widget.setFocus(reason)
