"""The editor of keys: every action with its keys, and what has a key already."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QTableWidgetItem, QVBoxLayout, QWidget

from annotator import settings
from annotator.errors import Refused
from annotator.gui import actions, keys
from annotator.gui.actions import Action
from annotator.gui.popups.matching import fold
from annotator.gui.preferences.clashes import Clash, clash, unfit, where_works, with_keys
from annotator.gui.preferences.effects import take_effect
from annotator.gui.preferences.key_field import KeyField
from annotator.gui.widgets.announce import announce
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.plain_table import PlainTable
from annotator.gui.widgets.wrap import Wrap
from annotator.i18n import _

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_LEAST: Final = 190


class KeyPage(QWidget):
    """A table of actions; below it the keys of the chosen one, to be removed, added and reset."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self._window = window
        self._rows: tuple[Action, ...] = ()
        self._asked: tuple[str, str] = ("", "")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find an action or a key"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.table = _Table()
        self.title = PlainLabel()
        self.title.setWordWrap(True)
        self.held = Wrap()
        self.field = KeyField()
        self.title.setBuddy(self.field)
        self.reset = QPushButton(_("Reset"))
        self.reset_all = QPushButton(_("Reset all keys"))
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.take = QPushButton()
        self._lay_out()
        self.filter.textChanged.connect(self._on_filter)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.table.itemActivated.connect(self._on_activated)
        self.field.key_pressed.connect(self.add)
        self.take.clicked.connect(self._on_take)
        self.reset.clicked.connect(self._on_reset)
        self.reset_all.clicked.connect(self._on_reset_all)

    def _lay_out(self) -> None:
        strip = QHBoxLayout()
        strip.setSpacing(8)
        strip.addWidget(self.field, 1)
        strip.addWidget(self.reset)
        strip.addWidget(self.reset_all)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.note, 1)
        told.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addWidget(self.title)
        column.addWidget(self.held)
        column.addLayout(strip)
        column.addLayout(told)

    # What is shown

    @property
    def _defaults(self) -> tuple[Action, ...]:
        return actions.table(self._window.hub.scheme)

    def read(self) -> None:
        """Show the keys that the settings have now; the chosen action stays chosen."""
        chosen = self.chosen()
        self._rows = keys.in_force(self._defaults, settings.load().keys, single_keys=True)
        self.table.show_actions(self._rows)
        self._on_filter(self.filter.text())
        self.choose(chosen.id if chosen else self._rows[0].id)
        self._say("")

    def choose(self, action_id: str) -> None:
        """Choose an action; "" for none."""
        place = next((at for at, row in enumerate(self._rows) if row.id == action_id), -1)
        self.table.setCurrentCell(place, 0)  # selectRow chooses nothing where one reads from the right
        self.table.scrollTo(self.table.model().index(place, 0))
        self._on_selected()

    def chosen(self) -> Action | None:
        """Return the chosen action, as it is now."""
        row = self.table.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) and self.table.selectedItems() else None

    def _on_filter(self, text: str) -> None:
        words = fold(text).split()
        for place, row in enumerate(self._rows):
            told = fold(f"{row.text} {' '.join(map(keys.native, row.keys))}")
            self.table.setRowHidden(place, not all(word in told for word in words))
        if self.chosen() is None or self.table.isRowHidden(self.table.currentRow()):
            # What is out of sight is not what the next key is meant for.
            seen = (row.id for place, row in enumerate(self._rows) if not self.table.isRowHidden(place))
            self.choose(next(seen, ""))

    def _on_selected(self) -> None:
        action = self.chosen()
        self._say("")
        for widget in (self.field, self.reset):
            widget.setEnabled(action is not None)
        if action is not None:
            words = _("Keys of “{action}”; press one to take it off") if action.keys else _("“{action}” has no key")
            self.title.setText(words.format(action=action.text))
        else:
            self.title.setText(_("No action is called that"))
        own = settings.load().keys
        self.reset.setEnabled(action is not None and action.id in own)
        self.reset_all.setEnabled(bool(own))
        self.held.hold([self._cap(key) for key in action.keys] if action else [])
        self.held.setVisible(action is not None and bool(action.keys))

    def _cap(self, key: str) -> QPushButton:
        button = QPushButton(f"{keys.native(key)}  ×".replace("&", "&&"))
        button.setAccessibleName(_("Take off {key}").format(key=keys.native(key)))
        button.clicked.connect(lambda _checked=False: self.remove(key))
        return button

    def _say(self, words: str, offer: str = "") -> None:
        self.note.setText(words)
        self.take.setText(offer)
        self.take.setVisible(bool(offer))
        announce(self.note, words)

    def _on_activated(self, _item: QTableWidgetItem) -> None:
        self.field.setFocus()

    # What is done

    def add(self, key: str) -> None:
        """Give the chosen action a key; where something else has it, say what, and offer to take it from there."""
        action = self.chosen()
        if action is None or key in action.keys:
            return
        shown = keys.native(key)
        why = unfit(action, key)
        found = clash(self._rows, action.id, key, self._menus()) if not why else None
        if why:
            self._say(why)
        elif found is None:
            self._give({action.id: (*action.keys, key)})
            self._say(_("{key} is a key of “{action}” now.").format(key=shown, action=action.text))
        else:
            self._refuse(shown, key, found)

    def _refuse(self, shown: str, key: str, found: Clash) -> None:
        told = _("{key} is a key of “{action}” already ({where}).")
        told = told.format(key=shown, action=found.what, where=found.where)
        self._asked = (found.action_id, key)
        self._say(told if found.action_id else f"{told} {_('It stays that.')}", _("Take it") if found.action_id else "")

    def _on_take(self) -> None:
        other_id, key = self._asked
        action, other = self.chosen(), next((row for row in self._rows if row.id == other_id), None)
        if action is not None and other is not None:
            left = tuple(one for one in other.keys if one != key)
            self._give({other.id: left, action.id: (*action.keys, key)})
            told = _("{key} is a key of “{action}” now, and none of “{other}”.")
            self._say(told.format(key=keys.native(key), action=action.text, other=other.text))
            self.field.setFocus()

    def remove(self, key: str) -> None:
        """Take a key off the chosen action."""
        action = self.chosen()
        if action is not None:
            self._give({action.id: tuple(one for one in action.keys if one != key)})
            self.field.setFocus()

    def _on_reset(self) -> None:
        action = self.chosen()
        if action is not None:
            self._save({key: held for key, held in settings.load().keys.items() if key != action.id})
            self.field.setFocus()

    def _on_reset_all(self) -> None:
        self._save({})
        self.table.setFocus()

    def _give(self, given: dict[str, Sequence[str]]) -> None:
        own = dict(settings.load().keys)
        for action_id, held in given.items():
            own = with_keys(own, self._defaults, action_id, held)
        self._save(own)

    def _save(self, own: dict[str, tuple[str, ...]]) -> None:
        try:
            settings.change(keys=own)
        except Refused as refusal:
            self._say(str(refusal))
        else:
            take_effect(self._window, "keys")
            self.read()

    def _menus(self) -> dict[str, str]:
        """Return the titles of the menus by the keys that open them."""
        titles = [one.text() for one in self._window.menuBar().actions()]
        return {QKeySequence.mnemonic(one).toString(): one.replace("&", "") for one in titles}


class _Table(PlainTable):
    """A row an action."""

    def __init__(self) -> None:
        super().__init__((_("Action"), _("Keys"), _("Works")), name=_("Actions and their keys"), wide=0)
        self.setMinimumHeight(_LEAST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_actions(self, rows: Sequence[Action]) -> None:
        """Show these."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            cells = (row.text, "   ".join(map(keys.native, row.keys)), where_works(row))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text if column == 0 else "")
                if not text:
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, _("no key"))
                self.setItem(place, column, item)
        self.blockSignals(False)  # noqa: FBT003 - as above

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a row the height that its font needs."""
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        super().resizeEvent(event)
