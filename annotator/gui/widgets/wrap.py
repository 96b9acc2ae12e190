"""Widgets side by side, on as many lines as the width asks for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Wrap(QWidget):
    """Holds widgets at their own size, line by line; it is as high as its width makes it."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self._held: tuple[QWidget, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hold(self, widgets: Sequence[QWidget]) -> None:
        """Hold these from now on; what it held before is deleted."""
        for widget in self._held:
            widget.hide()
            widget.deleteLater()
        self._held = tuple(widgets)
        for widget in self._held:
            widget.setParent(self)
            widget.show()
        self.updateGeometry()
        self._place()

    def _places(self, width: int) -> tuple[list[QRect], int]:
        """Return the place of each widget in that width, and the height of all."""
        places: list[QRect] = []
        at, height = QPoint(0, 0), 0
        for widget in self._held:
            size = widget.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at = QPoint(0, height + self._gap)
            size.setWidth(min(size.width(), width))
            places.append(QRect(at, size))
            height = max(height, at.y() + size.height())
            at = QPoint(at.x() + size.width() + self._gap, at.y())
        return places, height

    def _place(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for widget, place in zip(self._held, self._places(self.width())[0], strict=True):
            if mirrored:
                place.moveRight(self.width() - 1 - place.left())
            widget.setGeometry(place)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many lines as that width makes."""
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        width = sum(widget.sizeHint().width() + self._gap for widget in self._held)
        return QSize(max(0, width - self._gap), self._places(width)[1])

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the names of a few letters are cut, and the height at the width it has."""
        least = max((widget.minimumSizeHint().width() for widget in self._held), default=0)
        return QSize(least, self._places(max(least, self.width()))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin lines anew."""
        super().resizeEvent(event)
        self._place()
        if event.oldSize().width() != self.width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Place them anew when one of them changes its size or the direction changes."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange}:
            self.updateGeometry()
            self._place()
        return super().event(event)
