"""Several versions of a record: each field on which colleagues differ, and which of them holds."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dates import clock_text
from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import saved
from annotator.gui.popups.card import Card, scrolled
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.services import versions
from annotator.services.telling import kind_name
from annotator.services.versions import Disputed, Unsettled

_WIDTH, _HEIGHT = 680, 520
_LONGEST: Final = 600


class VersionsSheet(QObject):
    """Shows the records with several versions over the window, one after the other.

    Signals:
        settled: the person chose; another record may be next.
    """

    settled = Signal()

    def __init__(self, window: QWidget, hub: Hub) -> None:
        super().__init__(window)
        self._hub = hub
        self._waiting: list[Unsettled] = []
        self._place = 0
        self.groups: dict[str, QButtonGroup] = {}
        card = Card(window, "", name=_("Versions to choose from"), width=_WIDTH, height=_HEIGHT)
        self.title, self.overlay, self.close_button = card.title, card.overlay, card.close_button
        self.about = PlainLabel()
        self.about.setWordWrap(True)
        self.about.setProperty("quiet", "true")
        self.keep = QPushButton(_("Keep what is chosen"))
        self.keep.setProperty("kind", "primary")
        self.skip = QPushButton(_("Later"))
        self._fields = QWidget()
        self._column = QVBoxLayout(self._fields)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self.keep.clicked.connect(self._on_keep)
        self.skip.clicked.connect(self._on_skip)
        card.body.addWidget(self.about)
        card.body.addWidget(scrolled(self._fields, name=_("Versions to choose from")), 1)
        card.foot.addWidget(self.skip)
        card.foot.addWidget(self.keep)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    def open_sheet(self) -> bool:
        """Show the first record that waits; tell whether there is one."""
        self._waiting = self._hub.do(versions.unsettled) or []
        self._place = 0
        if self._waiting:
            self._show()
        return bool(self._waiting)

    def close_sheet(self) -> None:
        """Close it."""
        self.overlay.close_card()

    def _show(self) -> None:
        if self._place >= len(self._waiting):
            self.overlay.close_card()
            return
        one = self._waiting[self._place]
        left = len(self._waiting) - self._place
        own = versions.mine(self._hub.project, one)
        count = ngettext("{n} record has several versions", "{n} records have several versions", left)
        self.title.setText(count)
        kind = kind_name(one.record.kind).capitalize()
        about = _("{kind}: colleagues changed it without knowing of each other. Choose what holds; nothing is lost.")
        if not own:
            about = _("{kind}: its annotator has to choose. You can read the versions here.")
        self.about.setText(about.format(kind=kind))
        self._clear()
        for field in versions.fields_of(self._hub.project, one):
            self._add(field, own=own)
        self._column.addStretch(1)
        self.keep.setEnabled(own and self._hub.project.writable)
        first = next((button for group in self.groups.values() for button in group.buttons()), None)
        self.overlay.open_on(first if first is not None and own else self.skip)

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.groups = {}

    def _add(self, field: Disputed, *, own: bool) -> None:
        title = PlainLabel(field.title)
        title.setProperty("quiet", "true")
        self._column.addWidget(title)
        group = QButtonGroup(self._fields)
        for place, choice in enumerate(field.choices):
            button = QRadioButton(f"{choice.author}, {clock_text(choice.at)[:5]}".replace("&", "&&"))
            words = choice.text[:_LONGEST] or _("nothing")
            button.setAccessibleName(f"{field.title}, {choice.author}: {words}")
            button.setChecked(choice.shown and group.checkedButton() is None)
            button.setEnabled(own)
            group.addButton(button, place)
            text = PlainLabel(words)
            text.setWordWrap(True)
            text.setContentsMargins(26, 0, 0, 6)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(button)
            self._column.addWidget(text)
        self.groups[field.field] = group

    def _on_keep(self) -> None:
        one = self._waiting[self._place]
        chosen = {field: group.checkedId() for field, group in self.groups.items() if group.checkedId() >= 0}
        if saved(self._hub, versions.settle, one.record.id, chosen):
            self.settled.emit()
            self._on_skip()

    def _on_skip(self) -> None:
        self._place += 1
        self._show()
