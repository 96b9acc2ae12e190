"""Comments on any record: a card that says what can be commented on here, and shows what was said about it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from annotator.gui.popups.card import Card, scrolled
from annotator.gui.talk.section import TalkSection
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.services import commenting
from annotator.services.subjects import Subject, called, subjects_of
from annotator.services.telling import Names

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_WIDTH, _HEIGHT = 640, 520


class AboutCard(QObject):
    """Shows the threads about one record; which one is chosen at the top, where the active mark comes first."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hub = window.hub
        self.card = Card(window, _("Comment on"), width=_WIDTH, height=_HEIGHT)
        self.which = QComboBox()
        self.which.setAccessibleName(_("What to comment on"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(24)
        self.section = TalkSection(window.hub, of="")
        self.section.left.connect(self._on_left)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.section)
        column.addStretch(1)
        self._area = scrolled(inside, name=_("Comments"))
        self.card.body.addWidget(self.which)
        self.card.body.addWidget(self._area, 1)
        self.which.currentIndexChanged.connect(self._on_chosen)
        self._hub.changed.connect(self._on_changed)
        self._hub.project_changed.connect(self.card.close_card)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.card.is_open

    def open_card(self) -> None:
        """Show what was said about the active mark; where there is none, about the article or the rules."""
        self._window.inspector.commit_all()
        self._open("")

    def open_about(self, object_id: str, thread_id: str = "") -> None:
        """Show what was said about a record, and one of the threads unfolded."""
        self._open(object_id)
        for card in self.section.cards:
            if card.shown.id == thread_id:
                card.open_card()
                self._area.ensureWidgetVisible(card)

    def _open(self, object_id: str) -> None:
        project, row, page = self._hub.project, self._window.article.active, self._window.article.page
        subjects = subjects_of(
            project, mention_id=row.mention_id if row else "", version_id=page.version.id if page else ""
        )
        if object_id and all(one.id != object_id for one in subjects):
            subjects.insert(0, Subject(object_id, called(project, Names(project), object_id)))
        if not subjects:
            self._window.notices.tell(_("There is nothing here to comment on yet"))
            return
        self.which.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.which.clear()
        for place, one in enumerate(subjects):
            self.which.addItem(one.words, one.id)
            self.which.setItemData(place, plain_tip(one.words), Qt.ItemDataRole.ToolTipRole)
        self.which.setCurrentIndex(max(0, self.which.findData(object_id)))
        self.which.blockSignals(False)  # noqa: FBT003 - as above
        self._read()
        self.card.overlay.open_on(self.section.field if project.writable else self.which)

    def _read(self) -> None:
        about = str(self.which.currentData() or "")
        threads = commenting.threads_on(self._hub.project, [about])
        self.section.show_about(about, threads, lambda _target: "")
        self.section.field.setVisible(self._hub.project.writable)

    def _on_chosen(self) -> None:
        self._read()

    def _on_changed(self) -> None:
        if self.is_open:
            self._read()

    def _on_left(self) -> None:
        """Esc in a field closes the card; Enter leaves it open, for who reads on."""
        if self.section.just_sent:
            self.section.begin()
        else:
            self.card.close_card()
