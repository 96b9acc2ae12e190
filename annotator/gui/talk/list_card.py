"""Every comment of the project over the window: filtered, and each a way to what it is about and back."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QStackedWidget, QTableWidgetItem

from annotator.gui.dates import local_text
from annotator.gui.icons import icon
from annotator.gui.popups.card import Card
from annotator.gui.talk.thread_card import answers_text
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.plain_table import PlainTable
from annotator.i18n import _, ngettext
from annotator.model.ids import VersionId
from annotator.model.moments import read_moment
from annotator.model.records import Assessment, Claim, Evidence, Guideline, Mention
from annotator.services import commenting
from annotator.services.subjects import called
from annotator.services.telling import Names

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow
    from annotator.services.commenting import Thread
    from annotator.services.searching import Place

_WIDTH, _HEIGHT = 940, 560
_UNRESOLVED, _FOR_ME, _ALL = range(3)
_ABOUT: Final = 1
_WORDS: Final = 2


class TalkCard(QObject):
    """Lists threads; Enter leads to what the chosen one is about, and opening it again finds it chosen."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hub = window.hub
        self._threads: list[Thread] = []
        self._chosen = ""
        self.card = Card(window, _("Comments"), width=_WIDTH, height=_HEIGHT)
        self.overlay = self.card.overlay
        self.which = QComboBox()
        self.which.setAccessibleName(_("Which comments"))
        self.which.addItems([_("Unresolved"), _("Waiting for me"), _("All")])
        self.table = _Table(self)
        self.empty = EmptyHint("comment", _("No comments"), _("Q on a claim writes the first one."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.told = PlainLabel()
        self.told.setProperty("quiet", "true")
        self.settle = QPushButton()
        self.go = QPushButton(_("Go there"))
        self.go.setProperty("kind", "primary")
        self.card.head.addWidget(self.which)
        self.card.body.addWidget(self._stack, 1)
        self.card.foot.insertWidget(0, self.told)
        self.card.foot.addWidget(self.settle)
        self.card.foot.addWidget(self.go)
        self.which.currentIndexChanged.connect(self.read)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.table.itemDoubleClicked.connect(self.go_there)
        self.settle.clicked.connect(self._on_settle)
        self.go.clicked.connect(self.go_there)
        self._hub.changed.connect(self._on_changed)
        self._hub.project_changed.connect(self._on_project)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    def open_card(self) -> None:
        """Show the comments, the one that was chosen last still chosen."""
        self._window.inspector.commit_all()
        self.read()
        self.overlay.open_on(self.table if self._threads else self.which)

    def read(self) -> None:
        """Read the list again."""
        which, project = self.which.currentIndex(), self._hub.project
        self._threads = commenting.all_threads(project, unresolved=which == _UNRESOLVED, for_me=which == _FOR_ME)
        names = Names(project)
        chosen = self._chosen
        self.table.setRowCount(0)
        self.table.setRowCount(len(self._threads))
        for row, thread in enumerate(self._threads):
            self.table.show_thread(row, thread, called(project, names, thread.target))
        some = bool(self._threads)
        self._stack.setCurrentWidget(self.table if some else self.empty)
        if some:
            self.table.selectRow(next((n for n, one in enumerate(self._threads) if one.id == chosen), 0))
        self.told.setText(ngettext("{n} comment", "{n} comments", len(self._threads)))
        self._on_selected()

    def _selected(self) -> "Thread | None":
        row = self.table.currentRow()
        return self._threads[row] if self.table.selectedItems() and 0 <= row < len(self._threads) else None

    def _on_selected(self) -> None:
        thread = self._selected()
        if thread is not None:
            self._chosen = thread.id
        self.settle.setText(_("Open again") if thread is not None and thread.resolved else _("Resolve"))
        self.settle.setEnabled(thread is not None and self._hub.project.writable)
        self.go.setEnabled(thread is not None)

    def _on_settle(self) -> None:
        thread = self._selected()
        if thread is not None:
            self._hub.do(commenting.settle, thread, resolved=not thread.resolved)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_there(self) -> None:
        """Show what the chosen thread is about, and the thread: in the inspector, or in a card of its own.

        What stands in an article is shown there; a version of the guidelines beside it.
        """
        thread = self._selected()
        if thread is None:
            return
        project = self._hub.project
        target, place = project.find_any(thread.target), commenting.where(project, thread)
        self.overlay.close_card()
        if place.version_id:
            self._show_place(place)
        if isinstance(target, Guideline):
            self._window.together.show_version(target.id)
        if place.mention_id and isinstance(target, (Mention, Claim, Assessment, Evidence)):
            self._window.inspector.show_comment(thread.id)
        else:
            self._window.together.about.open_about(thread.target, thread.id)

    def _show_place(self, place: "Place") -> None:
        self._window.modes.go("annotate")
        page = self._window.article.page
        if page is None or page.version.id != place.version_id:
            self._window.articles.choose(VersionId(place.version_id))
        self._window.article.activate(place.mention_id)
        self._window.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        if self.is_open:
            self.read()

    def _on_project(self) -> None:
        self._chosen = ""
        self.overlay.close_card()


class _Table(PlainTable):
    """A row a thread; Enter goes there."""

    def __init__(self, owner: TalkCard) -> None:
        super().__init__((_("State"), _("About"), _("Comment"), _("Who"), _("Last")), name=_("Comments"), wide=_WORDS)
        self._owner = owner

    def show_thread(self, row: int, thread: "Thread", about: str) -> None:
        """Fill a row."""
        first, last = thread.remarks[0], thread.remarks[-1]
        answers = answers_text(thread)
        words = " ".join(first.comment.text.split())
        state = _("resolved") if thread.resolved else _("open")
        when = local_text(read_moment(last.comment.at).timestamp()) if last.comment.at else ""
        cells = (state, _short(about), f"{words} ({answers})" if answers else words, first.author, when)
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip("")
            if column == 0:
                item.setIcon(icon("check" if thread.resolved else "comment", "ink2" if thread.resolved else "accent"))
            self.setItem(row, column, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._owner.go_there()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a row the height that its font needs."""
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        super().resizeEvent(event)


def _short(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[: _LONG - 1].rstrip()}…"


_LONG: Final = 40
