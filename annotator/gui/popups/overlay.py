"""A card over the dimmed window: it has the keyboard and the mouse until it closes."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from annotator.gui.theme import current_theme, roomy
from annotator.gui.widgets.focus import give_back

_ABOVE: Final = 0.13
"""How much of the window stays free above the card."""
_LEAST_MARGIN: Final = 16
_RADIUS: Final = 12.0
_SHADOW: Final = 14
_DIM: Final = {False: 0.26, True: 0.5}


class Overlay(QWidget):
    """Shows a card over a window; Esc or a click beside it closes it, and the focus goes back to where it was.

    It is a child of the window and no window of its own, so nothing waits for it.

    Signals:
        closed: it was closed, by whatever hand.
    """

    closed = Signal()

    def __init__(self, window: QWidget, card: QWidget, *, name: str, width: int, height: int) -> None:
        super().__init__(window)
        self._window = window
        self._card = card
        self._wanted = (width, height)
        self._before: QWidget | None = None
        self.setAccessibleName(name)
        card.setParent(self)
        card.setAccessibleName(name)
        window.installEventFilter(self)
        self.hide()

    def open_on(self, first: QWidget) -> None:
        """Show the card and give that widget of it the focus."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Close the card."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        give_back(before, Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def card_place(self) -> QRect:
        """Return where the card stands: as large as wanted, smaller in a small window."""
        width = min(roomy(self._wanted[0]), self.width() - 2 * _LEAST_MARGIN)
        height = min(roomy(self._wanted[1]), self.height() - 2 * _LEAST_MARGIN)
        top = min(round(self.height() * _ABOVE), self.height() - height - _LEAST_MARGIN)
        return QRect((self.width() - width) // 2, max(0, top), width, height)

    # Events

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts off while the card is open: every key is the card's."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, let Enter press the button that has the focus; no other key goes further."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            pressed = QApplication.focusWidget()
            if isinstance(pressed, QPushButton):
                pressed.click()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Go round inside the card with Tab: what is under it cannot be seen."""
        stops = [one for one in self._card.findChildren(QWidget) if _is_stop(one)]
        here = QApplication.focusWidget()
        if stops:
            place = stops.index(here) if here in stops else -1
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the card."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_card()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let nothing scroll under the card."""
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Place the card anew when letters change their size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._card.setGeometry(self.card_place())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the card."""
        super().resizeEvent(event)
        self._card.setGeometry(self.card_place())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window when its size changes."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Dim the window, and draw the ground of the card with its shadow."""
        theme = current_theme()
        painter = QPainter(self)
        shade = theme.colour("shadow")
        shade.setAlphaF(_DIM[theme.dark])
        painter.fillRect(self.rect(), shade)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self._card.geometry())
        painter.setPen(Qt.PenStyle.NoPen)
        shade.setAlphaF(0.05)  # fainter steps would be rounded to a tint
        painter.setBrush(shade)
        for reach in range(_SHADOW, 0, -3):
            painter.drawRoundedRect(
                card.adjusted(-reach, 3 - reach, reach, 5 + reach), _RADIUS + reach, _RADIUS + reach
            )
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()


def _is_stop(widget: QWidget) -> bool:
    tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    # A part that hands its focus on (the line of a number field) would lead back to where one was.
    return bool(tabbed) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
