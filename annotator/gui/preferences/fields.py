"""The field of one setting, made from its row of the table: a switch, a choice, a number, a line, a font."""

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator import i18n
from annotator.gui.icons import icon
from annotator.gui.theme import interface_font, roomy
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.still import StillBox, StillNumber
from annotator.i18n import _
from annotator.settings import Row

_WIDE, _WIDER = 250, 330
"""Fields of one column are as wide as each other; an id needs more."""
_AROUND = 30
"""Border and padding beside a line."""


class SettingField(QWidget):
    """Title, what it is about, and the editor of a setting's value.

    Signals:
        chosen: the person gave it another value.
    """

    chosen = Signal()

    def __init__(self, name: str, row: Row, value: object) -> None:
        super().__init__()
        self.name = name
        self.error = PlainLabel()
        self.error.setProperty("error", "true")
        self.error.setWordWrap(True)
        self.error.hide()
        self.editor = _editor(row, value)
        widget = self.editor
        widget.setAccessibleName(row.title)
        widget.setAccessibleDescription(row.help)
        words = QVBoxLayout()
        words.setSpacing(2)
        if not isinstance(widget, Switch):
            title = PlainLabel(row.title)
            title.setWordWrap(True)
            title.setBuddy(widget)
            words.addWidget(title)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(18)
        if isinstance(widget, Switch):
            words.addWidget(widget)
        if row.help:
            told = PlainLabel(row.help)
            told.setWordWrap(True)
            told.setProperty("quiet", "true")
            told.setContentsMargins(30 if isinstance(widget, Switch) else 0, 0, 0, 0)
            words.addWidget(told)
        words.addWidget(self.error)
        whole.addLayout(words, 1)
        if not isinstance(widget, Switch):
            whole.addWidget(widget)
        self._fit()
        widget.chosen.connect(self.chosen)

    def _fit(self) -> None:
        if not isinstance(self.editor, Switch):
            # An id has nothing but digits and the like; words of another language may be longer than ours.
            id_width = QFontMetrics(interface_font()).horizontalAdvance("0" * 36) + _AROUND
            self.editor.setFixedWidth(max(_WIDER, id_width) if isinstance(self.editor, IdField) else roomy(_WIDE))

    def value(self) -> object:
        """Return what stands in the field; it may be what the setting cannot be."""
        return self.editor.value()

    def show_value(self, value: object) -> None:
        """Show another value, without a signal."""
        self.editor.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.editor.show_value(value)
        self.editor.blockSignals(False)  # noqa: FBT003 - as above
        self.say("")
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Be as wide as the letters ask for."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._fit()

    def say(self, error: str) -> None:
        """Say under the field why its value cannot be taken; "" for nothing."""
        self.error.setText(error)
        self.error.setVisible(bool(error))


class Switch(QCheckBox):
    """On or off; the title is its own text."""

    chosen = Signal()

    def __init__(self, row: Row, value: object) -> None:
        super().__init__(row.title.replace("&", "&&"))
        self.show_value(value)
        self.toggled.connect(self.chosen)

    def value(self) -> bool:
        """Return whether it is on."""
        return self.isChecked()

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.setChecked(bool(value))


class Choice(StillBox):
    """One of a few values, shown by their names."""

    chosen = Signal()

    def __init__(self, values: dict[str, str], value: object) -> None:
        super().__init__()
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(StillBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for one, words in values.items():
            self.addItem(words, one)
        self.show_value(value)
        self.currentIndexChanged.connect(self.chosen)

    def value(self) -> str:
        """Return the chosen value."""
        return str(self.currentData())

    def show_value(self, value: object) -> None:
        """Show a value; one that is not (or no longer) among them is shown as it is written."""
        if self.findData(value) < 0:
            self.addItem(str(value), value)
        self.setCurrentIndex(self.findData(value))


class Number(QWidget):
    """A whole number between two buttons of a step; it counts when it is complete."""

    chosen = Signal()

    def __init__(self, row: Row, value: object) -> None:
        super().__init__()
        self.field = StillNumber()
        self.field.setAccessibleName(row.title)
        self.field.setRange(int(row.low or 0), int(row.high or 0))
        self.field.setSingleStep(row.step)
        self.field.setKeyboardTracking(False)
        self.show_value(value)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.field, 1)
        self.buttons: list[QToolButton] = []
        steps = ("minus", _("Less"), self.field.stepDown), ("plus", _("More"), self.field.stepUp)
        for name, words, step in steps:
            button = QToolButton()
            button.setIcon(icon(name))
            button.setProperty("icon-name", name)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the field
            button.setAccessibleName(_("{name}: {title}").format(name=words, title=row.title))
            button.setToolTip(words)
            button.clicked.connect(step)
            line.addWidget(button)
            self.buttons.append(button)
        self.setFocusProxy(self.field)
        self.field.valueChanged.connect(self.chosen)

    def value(self) -> int:
        """Return the number."""
        return self.field.value()

    def show_value(self, value: object) -> None:
        """Show a value."""
        if isinstance(value, int):
            self.field.setValue(value)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button in self.buttons:
                button.setIcon(icon(str(button.property("icon-name"))))


class Line(QLineEdit):
    """A line of text; it counts on Enter and on leaving."""

    chosen = Signal()

    def __init__(self, value: object) -> None:
        super().__init__()
        self._before = ""
        self.show_value(value)
        self.editingFinished.connect(self._on_finished)

    def value(self) -> str:
        """Return the text."""
        return " ".join(self.text().split())

    def show_value(self, value: object) -> None:
        """Show a value."""
        self._before = str(value)
        self.setText(self._before)
        self.setCursorPosition(0)

    def _on_finished(self) -> None:
        if self.value() != self._before:
            self._before = self.value()
            self.chosen.emit()


class IdField(QWidget):
    """An id in letters and digits, to be taken to another machine: copied there, pasted here."""

    chosen = Signal()

    def __init__(self, row: Row, value: object) -> None:
        super().__init__()
        self.line = Line(value)
        self.line.setAccessibleName(row.title)
        self.copy_button = QPushButton(_("Copy"))
        self.copy_button.setAccessibleName(_("Copy your id"))
        self.paste_button = QPushButton(_("Paste"))
        self.paste_button.setAccessibleName(_("Paste the id of another machine"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addLayout(buttons)
        self.setFocusProxy(self.line)
        self.line.chosen.connect(self.chosen)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.line.value()))
        self.paste_button.clicked.connect(self._on_paste)

    def _on_paste(self) -> None:
        self.line.setText(QGuiApplication.clipboard().text().strip().lower())
        self.chosen.emit()

    def value(self) -> str:
        """Return the id as it stands there."""
        return self.line.value().lower()

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.line.show_value(value)


def _editor(row: Row, value: object) -> Switch | Choice | Number | Line | IdField:
    if isinstance(value, bool):
        return Switch(row, value)
    if isinstance(value, int):
        return Number(row, value)
    if row.choices:
        return Choice(dict(zip(row.choices, row.names, strict=True)), value)
    if row.special == "font":
        return Choice({"": _("The program's own")} | {one: one for one in QFontDatabase.families()}, value)
    if row.special == "language":
        return Choice({"": _("As the system")} | {one: _own_name(one) for one in i18n.languages()}, value)
    return IdField(row, value) if row.special == "id" else Line(value)


def _own_name(language: str) -> str:
    """Return what a language calls itself; its code where Qt does not know it."""
    return QLocale(language).nativeLanguageName() or language
