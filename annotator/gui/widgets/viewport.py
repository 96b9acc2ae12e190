"""Viewports that Python knows: asked for one that Qt made, PySide loads every kind of widget to find its type."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea, cursor: Qt.CursorShape | None = None) -> None:
    """Give a scroll area a viewport like the one it has: a start is 12 ms shorter."""
    viewport = QWidget()
    area.setViewport(viewport)
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    viewport.setAcceptDrops(area.acceptDrops())
    if cursor is not None:
        viewport.setCursor(cursor)
