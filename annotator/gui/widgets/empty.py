"""What an empty list says: what goes there, and how."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.gui.icons import pixmap
from annotator.gui.theme import interface_font, sized
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.plain import PlainLabel

_ICON = 28


class EmptyHint(QWidget):
    """An icon, a title, a sentence and, if there is one, the button that begins, with its key beside it.

    Signals:
        action_chosen: the person pressed the button.
    """

    action_chosen = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str = "",
        parent: QWidget | None = None,
        *,
        action: str = "",
        key: str = "",
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.button: QPushButton | None = None
        self._icon = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._icon)
        font = sized(interface_font(), 1.05)
        font.setWeight(QFont.Weight.DemiBold)
        for words, quiet in ((title, False), (text, True)):
            label = PlainLabel(words)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setProperty("quiet", quiet)
            if not quiet:
                label.setFont(font)
            column.addWidget(label)
            # Not before it has its place: a shown widget without a parent is a window, which takes the focus.
            label.setVisible(bool(words))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if action:
            column.addLayout(self._action_row(action, key))
        column.addStretch(2)
        self.setAccessibleName(f"{title} {text}".strip())
        self._renew_icon()

    def _action_row(self, action: str, key: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        button = QPushButton(action)
        button.clicked.connect(self.action_chosen)
        row.addWidget(button)
        self.button = button
        if key:
            row.addWidget(KeyCap(key))
        row.addStretch(1)
        return row

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icon()

    def _renew_icon(self) -> None:
        self._icon.setPixmap(pixmap(self._icon_name, "ink3", _ICON, self.devicePixelRatioF()))
