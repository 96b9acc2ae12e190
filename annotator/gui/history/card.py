"""The history of the project over the window: filter, list of changes, the chosen change, and the two ways back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from annotator.gui.history.details import Details
from annotator.gui.history.model import EntryDelegate, EntryModel
from annotator.gui.popups.card import Card
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.row_list import RowList
from annotator.i18n import _
from annotator.model.records import Annotator
from annotator.services import history
from annotator.services.history import Deed, Entry
from annotator.services.signatures import Signatures

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_WIDTH, _HEIGHT = 980, 640


class _List(RowList):
    """The list of changes; Enter goes to the first thing that can be done about the chosen one."""

    def __init__(self, card: "HistoryCard", model: EntryModel) -> None:
        super().__init__(model, EntryDelegate())
        self._card = card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the buttons on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._card.go_to_buttons()
        else:
            super().keyPressEvent(event)


class HistoryCard(QObject):
    """Shows the changes of the open project; Esc closes it.

    What is put back or taken back is a new change, and undone like any other.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hub = window.hub
        self._seen: dict[str, str] = {}
        self.card = Card(window, _("History"), width=_WIDTH, height=_HEIGHT)
        self.overlay, self.close_button = self.card.overlay, self.card.close_button
        self.model = EntryModel(self)
        self.list = _List(self, self.model)
        self.list.setAccessibleName(_("Changes, the latest first"))
        self.details = Details()
        self.people = QComboBox()
        self.people.setAccessibleName(_("Whose changes"))
        self.about = QComboBox()
        self.about.setAccessibleName(_("Changes of what"))
        self.revert = QPushButton(_("Take this change back"))
        self.empty = EmptyHint("history", _("No changes"), _("Nobody has changed anything of that yet."))
        self._stack = QStackedWidget()
        self._lay_out()
        self.people.currentIndexChanged.connect(self.read)
        self.about.currentIndexChanged.connect(self.read)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.details.wanted.connect(self._on_put_back)
        self.revert.clicked.connect(self._on_revert)
        self._hub.project_changed.connect(self.overlay.close_card)
        self._hub.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        self.card.head.addWidget(self.people)
        self.card.head.addWidget(self.about)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.details, 1)
        right.addWidget(self.revert, 0, Qt.AlignmentFlag.AlignLeading)
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addWidget(self._stack, 5)
        both.addLayout(right, 4)
        self.card.body.addLayout(both, 1)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    def open_card(self) -> None:
        """Show the project's changes, the latest first."""
        self._fill_filters()
        self.overlay.open_on(self.list)
        self.read()

    def _fill_filters(self) -> None:
        project = self._hub.project
        article, active = self._window.article.page, self._window.article.active
        names = Signatures(project)
        people = [(_("Everybody"), ""), *((names.anywhere(one.id), one.id) for one in project.all(Annotator))]
        about = [(_("Everything"), "")]
        if article is not None:
            about.append((_("This article"), article.article.id))
        if active is not None:
            about.append((_("This claim"), active.claim_id))
        for box, rows in ((self.people, people), (self.about, about)):
            box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            box.clear()
            for words, object_id in rows:
                box.addItem(words, object_id)
            box.blockSignals(False)  # noqa: FBT003 - as above

    def read(self) -> None:
        """Read the list again; the change that was chosen stays chosen."""
        chosen = self._chosen()
        author, about = str(self.people.currentData() or ""), str(self.about.currentData() or "")
        project = self._hub.project
        self.model.start(
            lambda limit, before: history.changes(project, limit=limit, before=before, author_id=author, about=about)
        )
        row = max(0, self.model.row_of(chosen.change_id) if chosen else 0)
        some = self.model.rowCount() > 0
        self._stack.setCurrentWidget(self.list if some else self.empty)
        if some:
            self.list.setCurrentIndex(self.model.index(row, 0))
        self._show(self.model.entry(row))

    def _chosen(self) -> Entry | None:
        return self.model.entry(self.list.currentIndex().row())

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._show(self.model.entry(index.row()))

    def _show(self, entry: Entry | None) -> None:
        writable = self._hub.is_open and self._hub.project.writable
        self._seen.clear()
        self.details.show_entry(entry, self._is_current, writable=writable)
        self.revert.setVisible(entry is not None and entry.revertible and writable)

    def _is_current(self, deed: Deed) -> bool:
        latest = self._seen[deed.object_id] = history.latest_event(self._hub.project, deed.object_id)
        return deed.version and latest == deed.event_id

    def _on_changed(self) -> None:
        if self.is_open:
            self.read()

    def go_to_buttons(self) -> None:
        """Go to the first button of the chosen change."""
        buttons = [block.button for block in self.details.blocks if block.button is not None]
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.details.ensureWidgetVisible(buttons[0])
        elif self.revert.isVisible():
            self.revert.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # The ways back

    def _on_put_back(self, deed: Deed) -> None:
        self._window.inspector.commit_all()
        done = self._hub.do(history.put_back, deed, seen=self._seen.get(deed.object_id, ""))
        self._told(done, _("Put back"), _("It stands like this already"))

    def _on_revert(self) -> None:
        entry = self._chosen()
        if entry is None:
            return
        self._window.inspector.commit_all()
        done = self._hub.do(history.revert, entry.change_id)
        self._told(done, _("Taken back: {step}").format(step=entry.what), _("Nothing of it is left to take back"))

    def _told(self, done: bool | None, words: str, nothing: str) -> None:  # noqa: FBT001 - what a service answers
        if done is not None:  # else the hub has told why
            self._window.notices.tell(words if done else nothing)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
