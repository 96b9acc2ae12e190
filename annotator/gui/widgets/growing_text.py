"""A text field that is as high as its text, up to a number of lines."""

from math import ceil
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_FRAME: Final = 8
"""Height of border and padding, as the style sheet has them."""

_DOCUMENT_MARGIN: Final = 2


class GrowingText(QPlainTextEdit):
    """Edits plain text; Tab leaves it."""

    def __init__(self, label: str, placeholder: str, parent: QWidget | None = None, *, most_lines: int = 6) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self.setProperty("field", True)  # noqa: FBT003 - Qt's own signature
        self.setAccessibleName(label)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_DOCUMENT_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow and shrink with the lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = max(1, min(self._most_lines, ceil(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + 2 * _DOCUMENT_MARGIN + _FRAME
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        many = self.document().size().height() > self._most_lines
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if many else policy.ScrollBarAlwaysOff)
