"""What an empty list says: what goes there, and how."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.gui.icons import pixmap
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel

_ICON = 28


class EmptyHint(QWidget):
    """An icon, a title, a sentence and, if there is one, the button that begins, with its key beside it.

    `of` is the id of the action that the button does. A text that names a key is a function, asked again when the
    keys change.

    Signals:
        action_chosen: the person pressed the button.
    """

    action_chosen = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str | Callable[[], str] = "",
        parent: QWidget | None = None,
        *,
        action: str = "",
        of: str = "",
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.button: QPushButton | None = None
        self._icon = QLabel()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._icon)
        self._title = title
        self._words = text
        self._label = PlainLabel()
        for label, words, quiet in ((PlainLabel(), title, False), (self._label, self._said(), True)):
            label.setText(words)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setProperty("quiet", quiet)
            if not quiet:
                own_font(label, of_size(1.05, heavy=True))
            column.addWidget(label)
            # Not before it has its place: a shown widget without a parent is a window, which takes the focus.
            label.setVisible(bool(words))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if action:
            column.addLayout(self._action_row(action, of))
        column.addStretch(2)
        self.renew_keys()
        self._renew_icon()

    def _said(self) -> str:
        return self._words if isinstance(self._words, str) else self._words()

    def renew_keys(self) -> None:
        """Name the keys that the actions have now."""
        self._label.setText(self._said())
        self.setAccessibleName(f"{self._title} {self._said()}".strip())

    def _action_row(self, action: str, of: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        button = QPushButton(action)
        button.clicked.connect(self.action_chosen)
        row.addWidget(button)
        self.button = button
        if of:
            row.addWidget(KeyCap(of=of))
        row.addStretch(1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the icon out where the words need its room."""
        super().resizeEvent(event)
        needed = self._column.totalHeightForWidth(self.width()) + (0 if self._icon.isVisibleTo(self) else _ICON + 8)
        self._icon.setVisible(self.height() >= needed)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icon()

    def _renew_icon(self) -> None:
        self._icon.setPixmap(pixmap(self._icon_name, "ink3", _ICON, self.devicePixelRatioF()))
