"""A key drawn as a key: `S`, `Ctrl K`."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.gui.keys import key_of
from annotator.gui.theme import current_theme, interface_font, sized, until_the_font_changes
from annotator.i18n import _

_LEAST = 18.0
_SPACE = 6.0


@until_the_font_changes
def keycap_font() -> QFont:
    """Return the font of keys: small and half bold."""
    font = sized(interface_font(), 0.85)
    font.setWeight(QFont.Weight.DemiBold)
    return font


@until_the_font_changes
def keycap_width(text: str) -> float:
    """Return the width of a key with that text, at least that of a square key."""
    return max(keycap_height(), QFontMetricsF(keycap_font()).horizontalAdvance(text) + 2 * _SPACE)


@until_the_font_changes
def keycap_height() -> float:
    """Return the height of a key."""
    return max(_LEAST, QFontMetricsF(keycap_font()).height() + 3)


def paint_keycap(painter: QPainter, rect: QRectF, text: str, *, ink: QColor, ground: QColor | None) -> None:
    """Draw a key: filled with a ground, or (None) as an outline on whatever is there."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QColor(ink)
    edge.setAlphaF(0.45)
    painter.setPen(QPen(edge if ground is None else current_theme().colour("edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if ground is None else ground)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(ink)
    painter.setFont(keycap_font())
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyCap(QLabel):
    """Shows a key; a screen reader hears it as "Key S". `of` names an action whose key it is, whichever that is now.

    An action without a key has no cap.
    """

    def __init__(self, key: str = "", parent: QWidget | None = None, *, of: str = "") -> None:
        super().__init__(parent)
        self._of = of
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key_of(of) if of else key)

    def renew_keys(self) -> None:
        """Show the key that the action has now."""
        if self._of:
            self.set_key(key_of(self._of))

    def set_key(self, key: str) -> None:
        """Show another key."""
        self.setText(key)
        self.setAccessibleName(_("Key {key}").format(key=key) if key else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the key."""
        return QSize(round(keycap_width(self.text())) if self.text() else 0, round(keycap_height()))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the key, which is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the key."""
        if not self.text():
            return
        theme = current_theme()
        painter = QPainter(self)
        paint_keycap(painter, QRectF(self.rect()), self.text(), ink=theme.colour("ink2"), ground=theme.colour("well"))
        painter.end()
