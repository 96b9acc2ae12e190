"""A quiet button with an icon, a word and the key that does the same."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.icons import paint_icon
from annotator.gui.keys import key_of
from annotator.gui.theme import Theme, current_theme, interface_font, sized
from annotator.gui.widgets.keycap import keycap_height, keycap_width, paint_keycap
from annotator.gui.widgets.pressable import PressableButton
from annotator.gui.widgets.status_face import LEAST_TARGET
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _

_PAD: Final = 8.0
_GAP: Final = 6.0
_ICON: Final = 16.0


def _font() -> QFont:
    font = sized(interface_font(), 0.97)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def token_colour(theme: Theme, token: str, *, ground: str = "surface") -> QColor:
    """Return a token's colour for text; a status's is darkened or lightened until it reads well on the ground."""
    return theme.status_text(token, ground=ground) if token in theme.status else theme.colour(token)


class KeyedButton(PressableButton):
    """Draws its word in the colour of a token of the theme or of a status; checked, it is filled with a wash.

    `of` names an action whose key it shows, whichever that is now; `framed` draws a border, as among others in a row;
    `whole` is what a short text stands for: its tip, and what a screen reader says.

    Signals: those of QAbstractButton; Space and Enter press it.
    """

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        icon_name: str = "",
        key: str = "",
        of: str = "",
        colour: str = "ink",
        framed: bool = False,
        whole: str = "",
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._icon_name = icon_name
        self._of = of
        self._colour = colour
        self._framed = framed
        self._whole = whole
        self._set_key(key_of(of) if of else key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _set_key(self, key: str) -> None:
        self._key = key
        name = self._whole or self.text()
        self.setAccessibleName(_("{name}, key {key}").format(name=name, key=key) if key else name)

    def renew_keys(self) -> None:
        """Show the key that the action has now."""
        if self._of:
            self._set_key(key_of(self._of))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut."""
        text = QFontMetricsF(_font()).horizontalAdvance(self.text())
        width = 2 * _PAD + text + (_ICON + _GAP if self._icon_name else 0)
        if self._key:
            width += _GAP + keycap_width(self._key)
        height = max(LEAST_TARGET, keycap_height() + 8, QFontMetricsF(_font()).height() + 8)
        return QSize(round(width) + 2, round(height))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which a few letters are left."""
        spared = QFontMetricsF(_font()).horizontalAdvance(self.text()) - QFontMetricsF(_font()).averageCharWidth() * 3
        return QSize(self.sizeHint().width() - max(0, round(spared)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the button."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        self._paint_ground(painter, theme)
        ink = token_colour(theme, self._colour)
        content = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD, 0)
        tail = _GAP + keycap_width(self._key) if self._key else 0.0
        start = 0.0
        if self._icon_name:
            box = self._placed(content, 0, _ICON)
            paint_icon(painter, self._icon_name, box, ink)
            start = _ICON + _GAP
        metrics = QFontMetricsF(_font())
        word = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, content.width() - start - tail + 1)
        self.setToolTip(plain_tip(self._whole or self.text()) if self._whole or word != self.text() else "")
        width = metrics.horizontalAdvance(word) + 1
        painter.setFont(_font())
        painter.setPen(ink)
        painter.drawText(self._placed(content, start, width), Qt.AlignmentFlag.AlignCenter, word)
        if self._key:
            cap = self._placed(content, start + width + _GAP, keycap_width(self._key))
            middle = QRectF(cap.left(), content.center().y() - keycap_height() / 2, cap.width(), keycap_height())
            paint_keycap(painter, middle, self._key, ink=theme.colour("ink2"), ground=theme.colour("well"))
        painter.end()

    def _placed(self, content: QRectF, x: float, width: float) -> QRectF:
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = content.right() - x - width if right_to_left else content.left() + x
        return QRectF(QPointF(left, content.top()), QPointF(left + width, content.bottom()))

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._framed:
            painter.setBrush(theme.colour("raised"))
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.colour("accent_wash"))
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        elif self.underMouse() and self.isEnabled():
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(box, 6, 6)
