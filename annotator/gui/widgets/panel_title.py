"""The title of a panel, with how many things are in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.gui.widgets.count import CountLabel
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.status_face import LEAST_TARGET


class PanelTitle(QWidget):
    """A title in the interface's own size, and a quiet count behind it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = PlainLabel(title)
        own_font(name, of_size(1.0, heavy=True))
        self._count = CountLabel()
        self._count.setProperty("quiet", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for label in (name, self._count):
            label.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(label)
        row.addStretch(1)
        self.setMinimumHeight(LEAST_TARGET)

    def set_count(self, count: int) -> None:
        """Show the number of things."""
        self._count.show_text(f"{count:n}" if count else "")
