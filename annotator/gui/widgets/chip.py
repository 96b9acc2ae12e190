"""A checkable chip of a status: icon, name and how many there are."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.keys import key_of
from annotator.gui.widgets.pressable import PressableButton
from annotator.gui.widgets.status_face import Face, Look, State, face_size, least_size, paint_face
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _, ngettext
from annotator.model.status import Status


class StatusButton(PressableButton):
    """A button of one status; the looks are `status_face.Look`. All but a chip show the key that gives the status.

    Signals: those of QAbstractButton; Space and Enter press it.
    """

    def __init__(self, status: Status, parent: QWidget | None = None, *, look: Look) -> None:
        super().__init__(parent)
        self._face = Face(look, status, key=_key_of(look, status))
        self._count = -1
        self.setText(_(status.name))
        self.setCheckable(look != "action")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(f"{_(status.name)}: {_(status.definition)}"))
        self.setAccessibleDescription(_(status.definition))
        self._renew_name()

    @property
    def status(self) -> Status:
        """The status of the button."""
        return self._face.status

    def set_count(self, count: int) -> None:
        """Show how many there are; it is said behind the name too."""
        if self._count == count:
            return
        self._count = count
        before = self.sizeHint()
        self._face = Face(self._face.look, self._face.status, f"{count:n}", self._face.key)
        self.setAccessibleName(f"{_(self.status.name)}, {ngettext('{n} claim', '{n} claims', count)}")
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def _renew_name(self) -> None:
        name = _(self.status.name)
        self.setAccessibleName(_("{name}, key {key}").format(name=name, key=self._face.key) if self._face.key else name)

    def renew_keys(self) -> None:
        """Show the key that gives the status now."""
        face = self._face
        self._face = Face(face.look, face.status, face.count, _key_of(face.look, face.status))
        if face.look != "chip":
            self._renew_name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut."""
        return face_size(self._face)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which a few letters are left."""
        return least_size(self._face)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the row of buttons."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()  # the row of buttons moves the focus, and moving must not choose
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the button."""
        state = State(
            self.isChecked(),
            self.underMouse(),
            self.hasFocus(),
            self.layoutDirection() == Qt.LayoutDirection.RightToLeft,
        )
        painter = QPainter(self)
        # What is chosen is information also where it cannot be changed.
        painter.setOpacity(1.0 if self.isEnabled() or self.isChecked() else 0.6)
        paint_face(painter, QRectF(self.rect()), self._face, state)
        painter.end()


def _key_of(look: Look, status: Status) -> str:
    return key_of(f"status.{status.key}") if look != "chip" else ""


def status_chip(status: Status, parent: QWidget | None = None) -> StatusButton:
    """Return a chip that filters by a status: checkable, on at first, with a count."""
    chip = StatusButton(status, parent, look="chip")
    chip.setChecked(True)
    chip.set_count(0)
    return chip
