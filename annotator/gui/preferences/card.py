"""The settings over the window: built from the table of settings; whatever is changed holds at once."""

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator import settings
from annotator.errors import Refused
from annotator.gui.popups.card import Card, scrolled
from annotator.gui.preferences.effects import take_effect
from annotator.gui.preferences.fields import SettingField
from annotator.gui.preferences.key_page import KeyPage
from annotator.gui.widgets.elided import ElidedLabel
from annotator.i18n import _
from annotator.settings import Row, Section

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_WIDTH, _HEIGHT = 900, 660
_LIST: Final = 190


def sections() -> dict[Section, str]:
    """Return the parts of the settings in their order, by what they are called."""
    return {
        "look": _("Look"),
        "reading": _("Reading"),
        "keys": _("Keys"),
        "access": _("Access"),
        "you": _("You"),
        "backups": _("Backups"),
    }


class SettingsCard(QObject):
    """A card with a list of sections and the fields of the one that is chosen."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.card = Card(window, _("Settings"), width=_WIDTH, height=_HEIGHT)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Sections"))
        self.list.setFixedWidth(_LIST)
        self.list.ensurePolished()
        self.pages = QStackedWidget()
        self.fields: dict[str, SettingField] = {}
        self.keys = KeyPage(window)
        self._places = list(sections())
        rows = settings.table()
        for section, title in sections().items():
            self.list.addItem(title)
            self.pages.addWidget(self._page(section, title, rows))
        self.where = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.where.set_text(_("Everything holds at once. Kept in {file}").format(file=settings.file()))
        self.where.setProperty("quiet", "true")
        both = QHBoxLayout()
        both.setSpacing(22)
        both.addWidget(self.list)
        both.addWidget(self.pages, 1)
        self.card.body.addLayout(both, 1)
        self.card.foot.addWidget(self.where, 1)
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.card.overlay.closed.connect(self._on_closed)

    def open_card(self, section: Section = "look") -> None:
        """Show the settings as they are, at this section."""
        kept = replace(settings.load(), zoom=self._window.pane.view.zoom())
        if kept != settings.load():
            with contextlib.suppress(Refused):  # then it is kept when the window closes
                settings.save(kept)
        for name, field in self.fields.items():
            field.show_value(getattr(kept, name))
        self.keys.read()
        self.list.setCurrentRow(self._places.index(section))
        self.card.overlay.open_on(self.list)

    def _page(self, section: Section, title: str, rows: dict[str, Row]) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 2, 12, 2)
        column.setSpacing(16)
        kept = settings.load()
        for name, row in rows.items():
            if row.section != section:
                continue
            if row.special == "keys":
                column.addWidget(self.keys, 1)
                continue
            field = SettingField(name, row, getattr(kept, name))
            field.chosen.connect(self._on_chosen)
            self.fields[name] = field
            column.addWidget(field)
        column.addStretch(0 if section == "keys" else 1)
        return scrolled(inside, name=title)

    def _on_chosen(self) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self.take(field)

    def take(self, field: SettingField) -> bool:
        """Save a field's value and let it hold; say under the field where it cannot be, which changes nothing."""
        value = field.value()
        if value == getattr(settings.load(), field.name):
            field.say("")
            return True
        if not settings.fits(field.name, value):
            field.say(_wrong(settings.table()[field.name]))
            return False
        try:
            settings.change(**{field.name: value})
        except Refused as refusal:
            field.say(str(refusal))
            return False
        field.say("")
        take_effect(self._window, field.name)
        if field.name == "single_keys":
            self.keys.read()
        return True

    def _on_closed(self) -> None:
        """Take what is being typed; what cannot be taken is forgotten, and the setting stays what it was."""
        for field in self.fields.values():
            self.take(field)


def _wrong(row: Row) -> str:
    if row.special == "id":
        return _("This is no id: it has 32 letters and digits, for example {id}. Nothing was changed.").format(
            id="018e0353-b000-7884-831d-750125caa0ac"
        )
    if row.needed:
        return _("It cannot be empty. Nothing was changed.")
    return _("This cannot be taken. Nothing was changed.")
