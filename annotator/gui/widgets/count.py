"""A label that counts: another number in it lays nothing out anew, as long as it has as many digits."""

from math import ceil

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from annotator.gui.theme import steady
from annotator.gui.widgets.plain import PlainLabel


class CountLabel(PlainLabel):
    """Shows a short plain text with a number in it, at the width of its widest digits.

    Of a size that is fixed: to Qt the text of any other label may want another size with each letter.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._fit("")

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self._fit(text)
            self.setText(text)

    def _fit(self, text: str) -> None:
        metrics = QFontMetricsF(self.font())
        self.setFixedSize(ceil(steady(text, metrics)), ceil(metrics.height()))

    def changeEvent(self, event: QEvent) -> None:
        """Fit to another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit(self.text())
