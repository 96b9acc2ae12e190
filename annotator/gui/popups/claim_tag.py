"""The line on top of a popup that says which claim it is about."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from annotator.gui.theme import reading_font
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.own_font import own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.status_face import Face, State, face_size, paint_face
from annotator.i18n import _
from annotator.model.status import Status


class StatusTag(QLabel):
    """A status as a chip that cannot be pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face: Face | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_status(self, status: Status | None) -> None:
        """Show a status; None shows nothing."""
        self._face = Face("chip", status) if status else None
        self.setText(_(status.name) if status else "")
        self.setAccessibleName(self.text())
        self.setVisible(status is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the chip."""
        return face_size(self._face) if self._face else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the chip, which is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the chip."""
        if self._face:
            turned = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            painter = QPainter(self)
            paint_face(painter, QRectF(self.rect()), self._face, State(True, False, False, turned))  # noqa: FBT003 - four facts of a record
            painter.end()


class ClaimTag(QWidget):
    """Words, a status and the claim: "Link a source to (Disputed) “the city had replaced…”"."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = PlainLabel(words)
        label.setProperty("quiet", "true")
        self._tag = StatusTag()
        self._claim = ElidedLabel()
        own_font(self._claim, partial(reading_font, factor=1.1))
        self._claim.setProperty("quiet", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(label)
        row.addWidget(self._tag)
        row.addWidget(self._claim, 1)

    def show_claim(self, text: str, status: Status | None) -> None:
        """Show a claim and its status."""
        self._tag.show_status(status)
        self._claim.set_text(_("“{quote}”").format(quote=" ".join(text.split())))
