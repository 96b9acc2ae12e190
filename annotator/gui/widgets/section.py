"""The small header of a section, with the key that goes there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.gui.keys import key_of
from annotator.gui.theme import current_theme, interface_font, sized
from annotator.gui.widgets.keycap import keycap_height, keycap_width, paint_keycap
from annotator.gui.widgets.own_font import own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.pressable import PressableButton
from annotator.gui.widgets.status_face import LEAST_TARGET
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _


class KeyButton(PressableButton):
    """The key of an action, which can be clicked as well as pressed; hidden where the action has none.

    `of` is the action's id, `words` say what it does.
    """

    def __init__(self, of: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._of = of
        self._words = words
        self.renew_keys()
        self.setToolTip(plain_tip(words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def renew_keys(self) -> None:
        """Show the key that the action has now."""
        key = key_of(self._of)
        self.setText(key)
        self.setAccessibleName(_("{name}, key {key}").format(name=self._words, key=key))
        self.setVisible(bool(key))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the target, larger than the key that is drawn."""
        width, height = round(keycap_width(self.text())), round(keycap_height())
        return QSize(max(LEAST_TARGET, width), max(LEAST_TARGET, height + 4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the key in the middle of the target."""
        theme = current_theme()
        cap = QRectF(0, 0, keycap_width(self.text()), keycap_height())
        cap.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        painter = QPainter(self)
        ground = theme.colour("accent_wash" if self.underMouse() else "well")
        paint_keycap(painter, cap, self.text(), ink=theme.colour("ink2"), ground=ground)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class SectionHeader(QWidget):
    """A title in small capitals, a count, and at the end the key that goes to the section.

    Signals:
        key_clicked: the person clicked the key.
    """

    key_clicked = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, *, of: str = "", action: str = "") -> None:
        """Make a header; `of` is the id of the action, `action` says what it does, the title where it is ""."""
        super().__init__(parent)
        self._title = PlainLabel(title)
        self._count = PlainLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for label in (self._title, self._count):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("quiet", "very")
            own_font(label, section_font)
            row.addWidget(label)
        row.addStretch(1)
        self._key = KeyButton(of, action or title, self) if of else None
        if self._key is not None:
            self._key.clicked.connect(self.key_clicked)
            row.addWidget(self._key)
        self.setMinimumHeight(LEAST_TARGET)

    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    def key_button(self) -> KeyButton | None:
        """Return the key, where the section has one."""
        return self._key

    def set_count(self, count: int | None) -> None:
        """Show a number behind the title; None shows none."""
        self._count.setText("" if count is None else f"{count:n}")


def section_font() -> QFont:
    """Return the font of section titles: small, spaced capitals; the text itself keeps its letters."""
    font = sized(interface_font(), 0.85)
    font.setWeight(QFont.Weight.Medium)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
    return font
