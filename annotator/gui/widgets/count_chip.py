"""A checkable chip of anything that is counted: its name and how many there are."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.icons import paint_icon, status_icon_name
from annotator.gui.theme import current_theme
from annotator.gui.widgets.pressable import PressableButton
from annotator.gui.widgets.status_face import face_font, face_height
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import ngettext
from annotator.model.status import Status

_PAD: Final = 9.0
_GAP: Final = 5.0
_ICON: Final = 15.0
_WIDEST: Final = 210


class CountChip(PressableButton):
    """A chip; on, it is filled and has a tick: never by colour alone. One of a status has the status's icon and colour.

    Signals: those of QAbstractButton; Space and Enter press it.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, status: Status | None = None) -> None:
        super().__init__(parent)
        self._status = status
        self._count = -1
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(title))
        self.set_count(0)

    def count(self) -> int:
        """Return how many there are."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how many there are; it is said behind the name too."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self.text()}, {ngettext('{n} article', '{n} articles', count)}")
            self.updateGeometry()
            self.update()

    def _number(self) -> str:
        return f"{self._count:n}"

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut, but for very long names."""
        metrics = QFontMetricsF(face_font())
        words = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._number())
        return QSize(min(_WIDEST, round(2 * _PAD + _ICON + 2 * _GAP + words) + 2), face_height())

    def minimumSizeHint(self) -> QSize:
        """Return the size at which a few letters are left."""
        return QSize(80, face_height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the chip."""
        theme, on = current_theme(), self.isChecked()
        token = self._status.token if self._status else ""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = self.height() / 2
        if on and token:
            painter.setBrush(theme.tint(token, "chip"))
            painter.setPen(QPen(theme.tint(token, "border"), 1))
        elif on:
            painter.setBrush(theme.colour("accent_wash"))
            painter.setPen(QPen(theme.colour("accent"), 1))
        else:
            painter.setBrush(theme.colour("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(box, radius, radius)
        ink = theme.colour("ink2")
        if on:
            ink = theme.status_text(token, "active") if token else theme.colour("accent")
        self._paint_words(painter, ink)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: object) -> None:
        content = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD, 0)
        turned = self.layoutDirection() == Qt.LayoutDirection.RightToLeft

        def placed(x: float, width: float) -> QRectF:
            left = content.right() - x - width if turned else content.left() + x
            return QRectF(left, content.top(), width, content.height())

        metrics = QFontMetricsF(face_font())
        painter.setFont(face_font())
        painter.setPen(ink)  # pyright: ignore[reportArgumentType, reportCallIssue] - a colour
        name = status_icon_name(self._status.icon) if self._status else ("check" if self.isChecked() else "plus")
        square = placed(0, _ICON)
        paint_icon(painter, name, QRectF(square.left(), square.center().y() - _ICON / 2, _ICON, _ICON), ink)  # pyright: ignore[reportArgumentType] - a colour
        number = self._number()
        tail = metrics.horizontalAdvance(number)
        room = content.width() - _ICON - 2 * _GAP - tail
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room + 1)
        width = metrics.horizontalAdvance(words) + 1
        side = Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
        align = Qt.AlignmentFlag.AlignVCenter | side
        painter.drawText(placed(_ICON + _GAP, width), align, words)
        painter.drawText(placed(_ICON + 2 * _GAP + width, tail + 1), align, number)
