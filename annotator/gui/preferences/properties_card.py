"""The open project's properties: what it calls itself, which statuses it offers, and where it is."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QRadioButton, QVBoxLayout

from annotator.errors import Refused
from annotator.gui.popups.card import Card
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.status import SCHEMES
from annotator.services import projects

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_WIDTH, _HEIGHT = 620, 470
_INDENT: Final = 28


class PropertiesCard(QObject):
    """A card with the project's name and scheme; both are one change, and undone like any other.

    `guidelines` is an empty column in its middle, for what leads to the project's guidelines.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.card = Card(window, _("Project properties"), width=_WIDTH, height=_HEIGHT, scrolls=True)
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the project"))
        self.schemes: dict[str, QRadioButton] = {}
        self.guidelines = QVBoxLayout()
        self.error = PlainLabel()
        self.error.setWordWrap(True)
        self.error.setProperty("error", "true")
        self.where = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.where.setProperty("quiet", "true")
        self.save = QPushButton(_("Save"))
        self.save.setProperty("kind", "primary")
        self._lay_out()
        self.save.clicked.connect(self._on_save)
        self.name.returnPressed.connect(self._on_save)
        self.name.textEdited.connect(lambda: self._say(""))
        window.hub.project_changed.connect(self.card.close_card)

    def _lay_out(self) -> None:
        body = self.card.body
        title = PlainLabel(_("Name"))
        title.setBuddy(self.name)
        body.addWidget(title)
        body.addWidget(self.name)
        body.addSpacing(6)
        body.addWidget(PlainLabel(_("Which statuses can a claim have?")))
        for key, words in (("default", _("Three")), ("extended", _("Eight"))):
            button = QRadioButton(words)
            names = ", ".join(_(one.name) for one in SCHEMES[key])
            button.setAccessibleDescription(names)
            told = PlainLabel(names)
            told.setWordWrap(True)
            told.setProperty("quiet", "true")
            told.setContentsMargins(_INDENT, 0, 0, 0)
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(button)
            both.addWidget(told)
            body.addLayout(both)
            self.schemes[key] = button
        self.own = PlainLabel()
        self.own.setWordWrap(True)
        self.own.setProperty("quiet", "true")
        body.addWidget(self.own)
        self.together = QPushButton(_("Working together…"))
        self.together.setToolTip(plain_tip(_("Statuses that need a second person, and blind work")))
        self.together.clicked.connect(self._on_together)
        row = QHBoxLayout()
        row.addWidget(self.together)
        row.addStretch(1)
        body.addLayout(row)
        body.addLayout(self.guidelines)
        body.addStretch(1)
        body.addWidget(self.error)
        self.card.foot.addWidget(self.where, 1)
        self.card.foot.addWidget(self.save)

    def open_card(self) -> None:
        """Show the properties of the open project."""
        project = self._window.hub.project
        self.name.setText(projects.name_of(project))
        scheme = projects.scheme_name(project)
        for key, button in self.schemes.items():
            button.setChecked(key == scheme)
            button.setEnabled(project.writable and (scheme, key) in projects.EXTENSIONS)
        told = _("Statuses can be added later, not taken away: claims may have them.")
        self.own.setText(told if scheme else _("This project has statuses of its own; they stay as they are."))
        self.name.setReadOnly(not project.writable)
        self.save.setEnabled(project.writable)
        self.where.set_text(str(project.path))
        self._say("")
        self.card.overlay.open_on(self.name)
        self.name.selectAll()

    def _on_together(self) -> None:
        self.card.close_card()
        self._window.together.rules.open_card()

    def _say(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        project = self._window.hub.project
        scheme = next((key for key, button in self.schemes.items() if button.isChecked()), "")
        try:
            projects.check_properties(project, name=self.name.text(), scheme=scheme)
        except Refused as refusal:
            self._say(str(refusal))
            return
        done = self._window.hub.do(projects.change_properties, name=self.name.text(), scheme=scheme)
        if done is not None:
            self.card.close_card()
            if done:
                self._window.notices.tell(_("The project's properties are changed"))
