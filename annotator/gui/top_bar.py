"""The bar at the top: the project's name, undo, redo, panels, theme, and who is at work."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from annotator.gui.actions import Action, ActionSet
from annotator.gui.icons import icon, pixmap
from annotator.gui.modes import ANNOTATE, modes
from annotator.gui.theme import current_theme, interface_font, sized
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.tab_order import order_tabs
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _

_HEIGHT: Final = 36
_ICON: Final = 18
_FIND_ICON: Final = 16
_FIND_WIDTH: Final = 300
_FIND_LEAST: Final = 120
_FIND_PAD: Final = 14
_MODE_PAD: Final = 34
_SPARE: Final = 96
"""What margins and the gaps between groups take."""
_WIDE: Final = 1180
"""From this width of the bar on there is room for all it says."""


class TopBar(QWidget):
    """Shows what one works on, and the few buttons that are always wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(_HEIGHT)
        self._mark = QLabel()
        self._name = ElidedLabel("")
        own_font(self._name, of_size(1.08, heavy=True))
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        self._modes: dict[str, QToolButton] = {mode.id: self._mode_button() for mode in modes()}
        self._mode = ANNOTATE
        self.find_field = QPushButton()
        self.find_field.setProperty("kind", "field")
        self.find_field.setAccessibleName(_("Find a claim, source or command"))
        self.find_field.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.find_field.setIconSize(QSize(_FIND_ICON, _FIND_ICON))
        self.find_field.setMinimumWidth(_FIND_LEAST)
        self.find_field.setMaximumWidth(_FIND_WIDTH)
        self.find_field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.find_field.clicked.connect(self._on_find)
        self._find_action: QAction | None = None
        self.person = PersonBadge(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 14, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self._name)
        row.addSpacing(8)
        for button in self._modes.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.find_field, 1000)  # what is left over: first its full width
        row.addSpacing(6)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(6)
        row.addLayout(self._tools)
        row.addSpacing(6)
        row.addWidget(self.person)

    def _tool(self, row: Action) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setAutoRaise(True)
        self._buttons[row.id] = button
        self._icons[row.id] = row.icon
        self._tools.addWidget(button)
        return button

    def _mode_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.hide()
        return button

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """Every tool button: what is pressed there is not about the bar."""
        return (*self._modes.values(), *self._buttons.values())

    def show_mode(self, mode_id: str) -> None:
        """Show which screen is on show."""
        self._mode = mode_id
        for key, button in self._modes.items():
            for action in button.actions():
                action.setCheckable(True)
                action.setChecked(key == mode_id)
        self._renew_icons()

    def take_actions(self, made: ActionSet) -> None:
        """Let the buttons do what the actions of the table do: those of its rows that belong into the bar."""
        for row in made.rows:
            if row.bar:
                button = self._buttons.get(row.id) or self._tool(row)
                button.setDefaultAction(made[row.id])
                button.setAccessibleName(row.text)
        for mode in modes():
            button = self._modes[mode.id]
            button.setDefaultAction(made[mode.action_id])
            button.setAccessibleName(mode.title)
        order_tabs([self])
        self.show_mode(self._mode)
        self._find_action = made["find.anything"]
        self._renew_find()
        self.renew_keys()
        self._renew_icons()

    def renew_keys(self) -> None:
        """Name the key that finds anything now."""
        if self._find_action is not None:
            key = self._find_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            words = self._find_action.text()
            self.find_field.setToolTip(plain_tip(f"{words} ({key})" if key else words))

    def _renew_find(self) -> None:
        """Say what can be found, in as many words as there is room for."""
        words = _("Find a claim, source or command")
        room = _FIND_WIDTH - _FIND_ICON - 2 * _FIND_PAD
        fits = self.width() >= _WIDE and self.find_field.fontMetrics().horizontalAdvance(words) <= room
        self.find_field.setText(words if fits else _("Find…"))

    def _renew_modes(self) -> None:
        """Name the screens where there is room for their names; their icons and tips stay."""
        metrics = self.fontMetrics()
        named = sum(metrics.horizontalAdvance(mode.title) + _ICON + _MODE_PAD for mode in modes())
        others = (
            self._name.sizeHint().width()
            + _FIND_LEAST
            + _ICON
            + sum(one.sizeHint().width() + 6 for one in self._buttons.values())
        )
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if named + others + self.person.width() + _SPARE > self.width():
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._modes.values():
            button.setToolButtonStyle(style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is little room."""
        super().resizeEvent(event)
        self._renew_find()
        self._renew_modes()

    def _on_find(self) -> None:
        if self._find_action is not None:
            self._find_action.trigger()

    def show_project(self, name: str) -> None:
        """Show the project's name."""
        self._name.set_text(name or _("Annotator"))
        self._renew_modes()
        for button in self._modes.values():
            button.setVisible(bool(name))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icons()

    def _renew_icons(self) -> None:
        self._mark.setPixmap(pixmap("article", "accent", 22, self.devicePixelRatioF()))
        self.find_field.setIcon(icon("search"))
        names = self._icons | {"theme.next": "sun" if current_theme().dark else "moon"}
        for mode in modes():
            shown = icon(mode.icon, "accent" if mode.id == self._mode else "ink2")
            for action in self._modes[mode.id].actions():
                action.setIcon(shown)
        for action_id, button in self._buttons.items():
            shown = icon(names[action_id])
            button.setIcon(shown)
            for action in button.actions():
                action.setIcon(shown)


class PersonBadge(QLabel):
    """The initials of the person at work in a disc."""

    _SIDE: Final = 32

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedSize(self._SIDE, self._SIDE)
        self.setVisible(False)

    def show_person(self, name: str) -> None:
        """Show who is at work; "" for nobody."""
        self.setText(initials(name))
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(_("At work: {name}").format(name=name))
        self.setVisible(bool(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw disc and initials."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QRectF(self.rect()))
        font = sized(interface_font(), 0.92)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


def initials(name: str) -> str:
    """Return up to two initials of a name."""
    words = name.split()
    picked = words[:1] + (words[-1:] if len(words) > 1 else [])
    return "".join(word[0] for word in picked).upper()
