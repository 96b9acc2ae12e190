"""How the people of a project work together: statuses that need a second person, and blind work."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox

from annotator.gui.popups.card import Card
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.i18n import _
from annotator.services import blind, second_check

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_WIDTH, _HEIGHT = 600, 600


class RulesCard(QObject):
    """Ticks over the window; each takes effect at once, and is undone like every change."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._hub = window.hub
        self.card = Card(window, _("Working together"), width=_WIDTH, height=_HEIGHT, scrolls=True)
        self.overlay = self.card.overlay
        self.second: dict[str, QCheckBox] = {}
        self.blind = QCheckBox(_("Hide others' marks until one's own pass is finished (blind)"))
        self.blind.toggled.connect(self._on_blind)
        about = PlainLabel(
            _(
                "A claim with one of these statuses says that it needs a second check, here and in exports, until"
                " somebody else has given it the same status or has accepted it in a review."
            )
        )
        later = PlainLabel(
            _("Each person says it of each article, with the button over the text. Review and Agreement wait for all.")
        )
        for label in (about, later):
            label.setWordWrap(True)
            label.setProperty("quiet", "true")
        body = self.card.body
        body.addWidget(SectionHeader(_("Statuses that need a second person")))
        body.addWidget(about)
        self._boxes = self.card.body.count()
        body.addSpacing(6)
        body.addWidget(SectionHeader(_("Blind work")))
        body.addWidget(later)
        body.addWidget(self.blind)
        body.addStretch(1)
        self._hub.project_changed.connect(self.overlay.close_card)
        self._hub.changed.connect(self._on_changed)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    def open_card(self) -> None:
        """Show what holds now."""
        for box in self.second.values():
            self.card.body.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.second = {}
        for place, status in enumerate(self._hub.scheme):
            box = QCheckBox(_(status.name))
            box.toggled.connect(self._on_second)
            self.card.body.insertWidget(self._boxes + place, box)
            self.second[status.key] = box
        self._read()
        self.overlay.open_on(next(iter(self.second.values()), self.blind))

    def _read(self) -> None:
        project = self._hub.project
        asked = second_check.required(project) or ()
        for key, box in self.second.items():
            _tick(box, on=key in asked, enabled=project.writable)
        _tick(self.blind, on=blind.is_blind(project), enabled=project.writable)

    def _on_second(self) -> None:
        self._hub.do(second_check.require, [key for key, box in self.second.items() if box.isChecked()])

    def _on_blind(self) -> None:
        self._hub.do(blind.set_blind, blind=self.blind.isChecked())

    def _on_changed(self) -> None:
        if self.is_open:
            self._read()


def _tick(box: QCheckBox, *, on: bool, enabled: bool) -> None:
    box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
    box.setChecked(on)
    box.setEnabled(enabled)
    box.blockSignals(False)  # noqa: FBT003
