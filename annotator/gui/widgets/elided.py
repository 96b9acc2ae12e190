"""A line of plain text that ends in "…" where it does not fit."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from annotator.gui.widgets.mirrored import isolated
from annotator.gui.widgets.tip import plain_tip


class ElidedLabel(QLabel):
    """Shows one line of plain text, cut in the middle or at the end, whole in its tip and to a screen reader."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text; its line breaks become spaces."""
        shown = " ".join(text.split())
        if shown != self.text():
            self.setText(shown)
            self.setAccessibleName(shown)
            self._renew_tip()

    def is_cut(self) -> bool:
        """Tell whether a part of the text is not shown."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the whole text into the tip where it is cut."""
        super().resizeEvent(event)
        self._renew_tip()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw as much of the text as fits."""
        painter = QPainter(self)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._mode, area.width())
        # The painter swaps left and right where the widget does. QStyle, once asked for, costs a start 10 ms.
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(area, self.alignment().value, isolated(shown))
        painter.end()

    def _renew_tip(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self.is_cut() else "")
