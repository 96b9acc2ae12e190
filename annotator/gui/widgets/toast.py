"""A quiet notice over the foot of a window, which goes by itself."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from annotator.gui.icons import icon, pixmap
from annotator.gui.widgets.announce import announce
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _

_SHOWN_MS = 6_000
_WITH_ACTION_MS = 12_000
_A_LETTER_MS = 70
"""A slow reader's pace: long notices stay longer."""
_ABOVE_FOOT = 40
_ASIDE = 8
_ICON = 18
_MOVED = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize})


class Toast(QFrame):
    """Says one thing, perhaps offers one action, never takes the focus, and is said to screen readers.

    It stays while the pointer or the focus is in it.

    Signals:
        action_chosen: the person pressed the action's button.
    """

    action_chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self._room = parent
        self._feet: list[QWidget] = []
        self._icon_name = "info"
        self._icon = QLabel()
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._action = QPushButton()
        self._action.setProperty("kind", "link")
        self._close = QToolButton()
        self._close.setAccessibleName(_("Close the notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, text: str, *, action: str = "", icon_name: str = "info", at_once: bool = False) -> None:
        """Show a text and announce it, with an action's button where `action` is given; `at_once` for errors."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self._icon_name = icon_name
        self._renew_icons()
        self.show()
        self.raise_()
        self._place()
        self._timer.start(max(_WITH_ACTION_MS if action else _SHOWN_MS, _A_LETTER_MS * len(text)))
        announce(self, text, at_once=at_once)

    def text(self) -> str:
        """Return what the notice says."""
        return self._text.text()

    def action_button(self) -> QPushButton:
        """Return the action's button; hidden where there is no action."""
        return self._action

    def close_button(self) -> QToolButton:
        """Return the button that closes the notice."""
        return self._close

    def make_way(self, other: QWidget) -> None:
        """Step aside where the notice covers something of the same window that a person is about to press."""
        taken = QRect(other.mapTo(self._room, QPoint()), other.size())
        if not self.isVisible() or not other.isVisible() or not self.geometry().intersects(taken):
            return
        right, left = taken.right() + _ASIDE, taken.left() - _ASIDE - self.width()
        if right + self.width() <= self._room.width():
            self.move(right, self.y())
        elif left >= 0:
            self.move(left, self.y())
        else:
            self.hide()

    def stay_above(self, foot: QWidget) -> None:
        """Leave something at the foot of the same window free while it is on show."""
        self._feet.append(foot)
        foot.installEventFilter(self)

    def _on_time(self) -> None:
        if self.underMouse() or self._action.hasFocus() or self._close.hasFocus():
            self._timer.start(_SHOWN_MS)
        else:
            self.hide()

    def _on_action(self) -> None:
        self.hide()
        self.action_chosen.emit()

    def _place(self) -> None:
        room = self._room
        self.setMaximumWidth(max(200, room.width() - 32))
        self.adjustSize()
        tops = [foot.mapTo(room, QPoint()).y() - _ASIDE for foot in self._feet if foot.isVisible()]
        lowest = min([room.height() - _ABOVE_FOOT, *tops])
        self.move((room.width() - self.width()) // 2, max(0, lowest - self.height()))

    def _renew_icons(self) -> None:
        token = "warning" if self._icon_name == "warning" else "ink2"
        self._icon.setPixmap(pixmap(self._icon_name, token, _ICON, self.devicePixelRatioF()))
        self._close.setIcon(icon("close"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes its size, and above what stands there."""
        if self.isVisible() and (
            (watched is self._room and event.type() == QEvent.Type.Resize)
            or (watched in self._feet and event.type() in _MOVED)
        ):
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icons()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clock with the notice."""
        self._timer.stop()
        super().hideEvent(event)
