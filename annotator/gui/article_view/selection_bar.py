"""The selection bar: what can be done with the selected words, beside the paragraph they stand in."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from annotator.gui.article_view.surface import ArticleSurface
from annotator.gui.icons import paint_icon
from annotator.gui.keys import key_of
from annotator.gui.theme import current_theme
from annotator.gui.widgets.chip import StatusButton
from annotator.gui.widgets.keycap import keycap_height, keycap_width, paint_keycap
from annotator.gui.widgets.status_face import face_height
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.status import Status

_SHADOW: Final = 6
_GAP: Final = 8
_ICON: Final = 16.0
_MOST_COLUMNS: Final = 5
"""So many statuses stand in a row: more would not fit beside the article."""


class SelectionBar(QWidget):
    """Buttons for the selection: the statuses, speaker, source, each with its key. Never takes the focus.

    It follows its article view: shown by `follow` while words are selected, hidden with the selection.

    Signals:
        status_chosen: the person pressed a status (its key).
        speaker_wanted: the person wants to name the speaker.
        source_wanted: the person wants to link a source.
    """

    status_chosen = Signal(str)
    speaker_wanted = Signal()
    source_wanted = Signal()

    def __init__(self, view: ArticleSurface, statuses: Sequence[Status]) -> None:
        super().__init__(view)
        self._view = view
        self._following = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_SHADOW + 6, _SHADOW + 5, _SHADOW + 6, _SHADOW + 5)
        self._row.setSpacing(6)
        self._status_buttons: list[StatusButton] = []
        self._rows = 0
        self._statuses = QGridLayout()
        self._statuses.setSpacing(6)
        self._row.addLayout(self._statuses)
        speaker = _KeyButton("person", "claim.speaker", _("Speaker"), self)
        speaker.clicked.connect(self.speaker_wanted)
        source = _KeyButton("link", "claim.source", _("Link a source"), self)
        source.clicked.connect(self.source_wanted)
        for widget in (_Divider(self), speaker, source):
            self._row.addWidget(widget)
        self.set_statuses(statuses)
        self.setAccessibleName(_("Selected words"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()
        view.scrolled.connect(self._place)
        view.resized.connect(self._place)
        view.selectionChanged.connect(self._on_selection_changed)

    def set_statuses(self, statuses: Sequence[Status]) -> None:
        """Offer the statuses of another scheme."""
        for button in self._status_buttons:
            self._statuses.removeWidget(button)
            button.deleteLater()
        self._status_buttons = [StatusButton(one, self, look="action") for one in statuses]
        for button in self._status_buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._on_status)
        self._rows = 0
        self._arrange(max(1, ceil(len(statuses) / _MOST_COLUMNS)))

    def _arrange(self, rows: int) -> None:
        """Put the statuses into so many rows."""
        if rows == self._rows:
            return
        self._rows = rows
        columns = ceil(len(self._status_buttons) / rows) or 1
        for button in self._status_buttons:
            self._statuses.removeWidget(button)
        for place, button in enumerate(self._status_buttons):
            self._statuses.addWidget(button, place // columns, place % columns)
        self._statuses.invalidate()
        self._row.invalidate()  # Qt tells it only later

    def _fit(self) -> None:
        """Take as few rows as the article has room for: nothing of the bar is cut off."""
        most, room = len(self._status_buttons), self._view.reading_area().width()
        for rows in range(max(1, ceil(most / _MOST_COLUMNS)), most + 1):
            self._arrange(rows)
            if self._row.sizeHint().width() <= room:
                break
        self.adjustSize()

    def buttons(self) -> tuple[QAbstractButton, ...]:
        """Return all buttons from left to right."""
        return tuple(self.findChildren(QAbstractButton))

    def follow(self) -> None:
        """Show the bar beside the present selection; without one it stays hidden."""
        self._following = self._view.textCursor().hasSelection()
        if self._following:
            self.raise_()
            self._place()

    def _on_status(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, StatusButton):
            self.status_chosen.emit(pressed.status.key)

    def _on_selection_changed(self) -> None:
        if not self._view.textCursor().hasSelection():
            self._following = False
            self._leave()

    def _leave(self) -> None:
        """Hide, and have what was below painted with whatever else of the article is due: Qt would paint it apart."""
        if self.isVisible():
            port = self._view.viewport()
            port.update(self.geometry().translated(-port.pos()))
        self.hide()

    def _place(self) -> None:
        boxes = self._view.selection_boxes() if self._following else None
        if boxes is None:
            return
        self._fit()
        port = self._view.viewport().geometry()
        place = bar_place(self.sizeHint(), *boxes, port, self._view.reading_area())
        self.move(place)
        # While the selection is scrolled away the bar would speak of words nobody sees.
        self.setVisible(boxes[1].intersects(port))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, its edge and a soft shadow."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW - 1, -_SHADOW, -_SHADOW - 1)
        shadow = theme.colour("shadow")
        painter.setPen(Qt.PenStyle.NoPen)
        for reach in range(_SHADOW, 0, -1):
            shadow.setAlphaF(0.022)
            painter.setBrush(shadow)
            painter.drawRoundedRect(card.adjusted(-reach, -reach + 2, reach, reach + 1), 8 + reach, 8 + reach)
        painter.setBrush(theme.colour("raised"))
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Take another theme or font size on."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self.isVisible():
            self._place()


def bar_place(bar: QSize, paragraph: QRect, lines: QRect, port: QRect, window: QRect) -> QPoint:
    """Return the bar's top left: below the paragraph, else above it, else below or above the selected lines.

    Right of the text comes first where the window has that much room. It never covers the selected lines unless
    these fill the whole port. All rectangles are in the coordinates of the widget `window`.
    """
    beside = port.right() + _GAP
    if beside + bar.width() <= window.right():
        return QPoint(beside, _within(lines.center().y() - bar.height() // 2, port, bar.height()))
    x = max(window.left(), min(lines.left(), window.right() - bar.width()))
    # The shadow belongs to the bar's size, but may lie over text.
    tops = (
        paragraph.bottom() + 1 - _SHADOW + _GAP,
        paragraph.top() - bar.height() + _SHADOW - _GAP,
        lines.bottom() + 1 + _GAP,
        lines.top() - bar.height() - _GAP,
    )
    for y in tops:
        if port.top() - _SHADOW <= y and y + bar.height() <= port.bottom() + 1 + _SHADOW:
            return QPoint(x, y)
    return QPoint(x, port.bottom() + 1 - bar.height())


def _within(y: int, port: QRect, height: int) -> int:
    return max(port.top(), min(y, port.bottom() - height))


class _KeyButton(QAbstractButton):
    """A button of an icon and the key of its action (`of` is the id)."""

    def __init__(self, icon_name: str, of: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._of = of
        self.setText(name)
        self.renew_keys()
        self.setToolTip(plain_tip(name))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def renew_keys(self) -> None:
        """Show the key that the action has now."""
        self._key = key_of(self._of)
        name = self.text()
        self.setAccessibleName(_("{name}, key {key}").format(name=name, key=self._key) if self._key else name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for both."""
        key = keycap_width(self._key) + 6 if self._key else 0
        return QSize(round(_ICON + key) + 12, face_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and key."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        middle = self.height() / 2
        paint_icon(painter, self._icon_name, QRectF(6, middle - _ICON / 2, _ICON, _ICON), theme.colour("ink2"))
        if self._key:
            high = keycap_height()
            cap = QRectF(_ICON + 12, middle - high / 2, keycap_width(self._key), high)
            paint_keycap(painter, cap, self._key, ink=theme.colour("ink2"), ground=theme.colour("well"))
        painter.end()


class _Divider(QWidget):
    """A thin upright line between groups of buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(5, face_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        painter = QPainter(self)
        painter.fillRect(2, 4, 1, self.height() - 8, current_theme().colour("line"))
        painter.end()
