"""The statuses of a scheme side by side, one of them chosen."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from annotator.gui.theme import current_theme
from annotator.gui.widgets.chip import StatusButton
from annotator.i18n import _
from annotator.model.status import Status

_MARGIN = 2
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class StatusSegments(QWidget):
    """Exclusive buttons with icon, name and key, in as many rows as the width asks for.

    Arrow keys move the focus only; Space, Enter or a click choose.

    Signals:
        status_chosen: the person chose a status (its key), also the one already chosen.
    """

    status_chosen = Signal(str)

    def __init__(self, statuses: Sequence[Status], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[StatusButton] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._grid.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Status"))
        self.set_statuses(statuses)

    def set_statuses(self, statuses: Sequence[Status]) -> None:
        """Offer another scheme; nothing is chosen then."""
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()  # it goes a little later, and would lie over the new ones
            button.deleteLater()
        self._buttons = [StatusButton(status, self, look="segment") for status in statuses]
        for before, after in pairwise(self._buttons):
            self.setTabOrder(before, after)
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
        self._columns = 0
        self._arrange()

    def buttons(self) -> tuple[StatusButton, ...]:
        """Return the buttons in the scheme's order."""
        return tuple(self._buttons)

    def renew_keys(self) -> None:
        """Take as many columns as the buttons need with the keys that they have now."""
        self._columns = 0
        self._arrange()

    def set_status(self, key: str) -> None:
        """Show which status is chosen, without a signal; "" or one the scheme does not offer: none."""
        for button in self._buttons:
            button.setChecked(button.status.key == key)

    def status(self) -> str:
        """Return the key of the chosen status, "" for none."""
        return next((button.status.key for button in self._buttons if button.isChecked()), "")

    def _on_clicked(self) -> None:
        chosen = self.sender()
        if isinstance(chosen, StatusButton):
            self.set_status(chosen.status.key)
            self.status_chosen.emit(chosen.status.key)

    def _arrange(self) -> None:
        hints = [button.sizeHint().width() for button in self._buttons]
        room = self.width() - 2 * _MARGIN
        columns = len(hints)
        if hints and sum(hints) > room:
            fitting = max(1, min(len(hints), room // max(hints)))
            columns = ceil(len(hints) / ceil(len(hints) / fitting))  # rows of about the same length
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return room for one column."""
        widest = max((button.minimumSizeHint().width() for button in self._buttons), default=0)
        return QSize(widest + 2 * _MARGIN, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many rows as the names need."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus along the buttons."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        here = next((number for number, button in enumerate(self._buttons) if button.hasFocus()), None)
        if not step or here is None:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and event.key() in {
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
        }:
            step = -step
        self._buttons[(here + step) % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the trough."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("well"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
