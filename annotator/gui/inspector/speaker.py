"""The speaker of the active claim: who says it, suggested or not, and how the article presents it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui.icons import paint_icon
from annotator.gui.theme import current_theme, interface_font, sized, until_the_font_changes
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.pressable import PressableButton
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.still import StillBox
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.records import PresentedAs
from annotator.model.wording import presentations

_HEIGHT: Final = 30
_PAD: Final = 9.0
_ICON: Final = 15.0
_GAP: Final = 9.0


class SpeakerButton(PressableButton):
    """Looks like a field and shows the speaker; pressing it asks for another one. A suggestion is dotted and italic."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggested = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Speaker: {name}").format(name=_("not named")))

    def show_speaker(self, name: str, *, suggested: bool) -> None:
        """Show a speaker's name, "" for none."""
        suggested = suggested and bool(name)
        if (name, suggested) == (self.text(), self._suggested):
            return
        self._suggested = suggested
        self.setText(name)
        told = _("{name}, suggested").format(name=name) if self._suggested else name or _("not named")
        self.setAccessibleName(_("Speaker: {name}").format(name=told))
        self.setToolTip(plain_tip(name))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a field."""
        return QSize(120, max(_HEIGHT, self.fontMetrics().height() + 10))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the field."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("suggestion" if self._suggested else "edge"), 1)
        if self._suggested:
            pen.setStyle(Qt.PenStyle.DotLine)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "surface" if self._suggested or not self.isEnabled() else "raised"
        painter.setBrush(theme.colour("hover" if self.underMouse() and self.isEnabled() else ground))
        painter.setPen(pen)
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._paint_words(painter, box.adjusted(_PAD, 0, -_PAD, 0))
        painter.end()

    def _paint_words(self, painter: QPainter, content: QRectF) -> None:
        theme = current_theme()
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        quiet = self._suggested or not self.text()
        tail = self._tail_width()
        words = content.adjusted(_ICON + _GAP, 0, -tail, 0)
        icon = QRectF(content.left(), content.top(), _ICON, content.height())
        side = Qt.AlignmentFlag.AlignLeft
        if right_to_left:
            words = content.adjusted(tail, 0, -_ICON - _GAP, 0)
            icon.moveRight(content.right())
            side = Qt.AlignmentFlag.AlignRight
        paint_icon(painter, "suggestion" if self._suggested else "person", icon, theme.colour("ink2"))
        font, metrics = _name_font(italic=self._suggested)
        painter.setFont(font)
        painter.setPen(theme.colour("ink3" if quiet else "ink"))
        shown = metrics.elidedText(self.text() or _("Who says it?"), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | side, shown)
        if self._suggested:
            painter.setFont(_tail_font()[0])
            rest = Qt.AlignmentFlag.AlignLeft if right_to_left else Qt.AlignmentFlag.AlignRight
            painter.drawText(content, Qt.AlignmentFlag.AlignVCenter | rest, _("suggested"))

    def _tail_width(self) -> float:
        if not self._suggested:
            return 0.0
        return _tail_font()[1].horizontalAdvance(_("suggested")) + _GAP


@until_the_font_changes
def _name_font(*, italic: bool) -> tuple[QFont, QFontMetricsF]:
    font = QFont(interface_font())
    font.setItalic(italic)
    return font, QFontMetricsF(font)


@until_the_font_changes
def _tail_font() -> tuple[QFont, QFontMetricsF]:
    font = sized(interface_font(), 0.9)
    return font, QFontMetricsF(font)


class SpeakerSection(QWidget):
    """Header, the speaker, accept and dismiss for a suggestion, and how the claim is presented.

    Signals:
        wanted: the person wants to name the speaker.
        accepted: the person accepts the suggestion.
        dismissed: the person takes the speaker off.
        presented: the person chose how the claim is presented (PresentedAs).
    """

    wanted = Signal()
    accepted = Signal()
    dismissed = Signal()
    presented = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader(_("Speaker"), of="claim.speaker", action=_("Name the speaker"))
        self.button = SpeakerButton()
        self.accept = KeyedButton(_("Accept"), icon_name="check", of="claim.accept", colour="accent")
        self.dismiss = KeyedButton(_("Dismiss"), icon_name="close", of="claim.dismiss", colour="ink2")
        self.take_off = KeyedButton(_("Take off"), icon_name="close", colour="ink2")
        self.take_off.setAccessibleName(_("Take the speaker off"))
        self.box = StillBox()
        for key, words in presentations():
            self.box.addItem(words, key)
        self.box.setAccessibleName(_("Presented as"))
        self._answers = QWidget()
        self._lay_out()
        self.header.key_clicked.connect(self.wanted)
        self.button.clicked.connect(self.wanted)
        self.accept.clicked.connect(self.accepted)
        self.dismiss.clicked.connect(self.dismissed)
        self.take_off.clicked.connect(self.dismissed)
        self.box.activated.connect(self._on_box)

    def _lay_out(self) -> None:
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(4)
        answers.addWidget(self.accept)
        answers.addWidget(self.dismiss)
        answers.addStretch(1)
        field = QHBoxLayout()
        field.setSpacing(2)
        field.addWidget(self.button, 1)
        field.addWidget(self.take_off)
        label = PlainLabel(_("Presented as"))
        label.setProperty("quiet", "true")
        label.setBuddy(self.box)
        presented = QHBoxLayout()
        presented.setSpacing(10)
        presented.addWidget(label)
        presented.addWidget(self.box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addLayout(field)
        column.addWidget(self._answers)
        column.addLayout(presented)

    def show_speaker(self, name: str, *, suggested: bool, presented_as: PresentedAs) -> None:
        """Show what is known about the speaker."""
        self.button.show_speaker(name, suggested=suggested)
        self._answers.setVisible(bool(name) and suggested)
        self.take_off.setVisible(bool(name) and not suggested)
        self.box.setCurrentIndex(max(0, self.box.findData(presented_as)))

    def set_editable(self, *, editable: bool) -> None:
        """Let the person change it, or only read it."""
        for widget in (self.button, self.accept, self.dismiss, self.take_off, self.box):
            widget.setEnabled(editable)
        key = self.header.key_button()
        if key is not None:
            key.setEnabled(editable)

    def _on_box(self, place: int) -> None:
        self.presented.emit(str(self.box.itemData(place)))
