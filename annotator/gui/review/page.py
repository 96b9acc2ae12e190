"""The review's screen: a head with how far it is, the queue beside the card, and what came of everybody's marks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from annotator.gui.article_view.view import ZOOM_STEP
from annotator.gui.modes import ANNOTATE
from annotator.gui.review.asking import Asking
from annotator.gui.review.card import CardView
from annotator.gui.review.judge import Judge
from annotator.gui.review.outcome_tabs import FatesTab, GapsTab, QuestionsTab
from annotator.gui.review.queue_panel import QueuePanel
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.model.changes import Changes
from annotator.model.ids import VersionId
from annotator.model.records import Mention, TextVersion
from annotator.services import review_cards, reviewing
from annotator.services.reviewing import Item, Queue
from annotator.services.signatures import Signatures

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

AT_ONCE: Final = 20_000
"""Marks of which the queue is built at once; of more, in a job beside the window."""


class ReviewPage(QWidget):
    """Shows the review of the open project; its keys are the rows of the Review menu."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hub = window.hub
        self._job = window.commands.files.job
        self._queue: Queue | None = None
        self._stale = Changes()
        self._texts: dict[str, str] = {}
        self._signatures: Signatures | None = None
        self.title = PlainLabel(_("Review"))
        self.counts = PlainLabel()
        self.progress = QProgressBar()
        self.settled = PlainLabel()
        self.tabs = QTabBar()
        self.queue_panel = QueuePanel(self.words_of)
        self.card = CardView(self._hub, self._trigger)
        self.judge = Judge(self._hub, self.card, self)
        self.fates = FatesTab(self._hub)
        self.questions = QuestionsTab(self._hub)
        self.gaps = GapsTab(self._hub)
        self.asking = Asking(window, self)
        self._lay_out()
        self.setFocusProxy(self.queue_panel.list)
        self.queue_panel.chosen.connect(self._show_item)
        self.queue_panel.unanimous_wanted.connect(self.asking.accept_unanimous)
        self.judge.warned.connect(window.notices.tell)
        self.card.votes.adopt_wanted.connect(self.judge.adopt)
        self.card.votes.answer_wanted.connect(self.judge.answer)
        self.card.lanes.reshaped.connect(self.judge.reshape)
        self.card.lanes.zoom_wanted.connect(self._zoom)
        window.pane.view.sizes_renewed.connect(self._take_sizes)
        self._take_sizes()
        self.tabs.currentChanged.connect(self._on_tab)
        for tab in (self.fates, self.questions, self.gaps):
            tab.place_wanted.connect(self.show_mark)
        self.fates.reply_wanted.connect(self.asking.reply)
        self.questions.answer_wanted.connect(self.asking.answer)
        self._hub.changed.connect(self._on_changed)
        self._job.ended.connect(self._on_job_ended)

    def _lay_out(self) -> None:
        own_font(self.title, of_size(1.12, heavy=True))
        for label in (self.counts, self.settled):
            label.setProperty("quiet", "true")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName(_("Settled"))
        for name in (_("Queue"), _("What became of marks"), _("Questions"), _("Guideline gaps")):
            self.tabs.addTab(name)
        self.tabs.setAccessibleName(_("Parts of the review"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        told, far = QVBoxLayout(), QVBoxLayout()
        for column, widgets in ((told, (self.title, self.counts)), (far, (self.settled, self.progress))):
            column.setSpacing(3)
            for widget in widgets:
                column.addWidget(widget)
        self.progress.setMaximumWidth(260)
        head = QWidget()
        head.setProperty("ground", "surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(22, 10, 16, 10)
        row.setSpacing(28)
        row.addLayout(told)
        row.addLayout(far, 1)
        row.addWidget(self.tabs)
        hint = EmptyHint(
            "review",
            _("Nothing to review"),
            _("Marks of several annotators come here: merge colleagues’ files, or import theirs with their names."),
        )
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.queue_panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        split.addWidget(self.queue_panel)
        split.addWidget(self.card)
        split.setStretchFactor(1, 1)
        split.setSizes([280, 1100])
        self.keyed = split
        self.stack = QStackedWidget()
        for widget in (split, self.fates, self.questions, self.gaps, hint):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.stack, 1)

    def _take_sizes(self) -> None:
        """Show the card's words in the zoom, font and length of lines that articles are read in."""
        self.card.lanes.set_zoom(self._window.pane.view.zoom())

    def _zoom(self, step: int) -> None:
        view = self._window.pane.view
        view.set_zoom(view.zoom() + step * ZOOM_STEP)

    def _trigger(self, action_id: str) -> None:
        self._window.commands.set[action_id].trigger()

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while another screen was shown."""
        super().showEvent(event)
        self._read()

    def _on_changed(self, changes: Changes) -> None:
        self._stale |= changes
        if self.isVisible():
            self._read()

    def _on_job_ended(self) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        """Read what has changed; what a job writes only when it is through, so that nobody waits for each batch."""
        if not self._hub.is_open or self._job.is_running:
            return
        project, changes = self._hub.project, self._stale
        self._stale = Changes()
        large = project.count(Mention) > AT_ONCE
        if self._queue is None or changes.whole or (large and reviewing.touches_much(changes)):
            self._texts.clear()
            if large:
                self._job.run(_("Building the queue"), reviewing.building, done=self._take, cancelled=self._on_stopped)
            else:
                self._take(self._hub.do(reviewing.build))
        elif changes != Changes():
            self._take(self._hub.do(reviewing.renewed, self._queue, changes))

    def _on_stopped(self, _changes: Changes) -> None:
        """Nothing is known of what changed: the queue is built when the page is next shown."""
        self._queue = None

    def _take(self, queue: object) -> None:
        if not isinstance(queue, Queue):
            return
        self._queue = queue
        self._signatures = Signatures(self._hub.project)
        before = self.card.card.item if self.card.card else None
        current = queue.find(before.mention_ids) if before else None
        if current is None and queue.items:
            current = next((one for one in queue.items if one.state != "decided"), queue.items[0])
        self.queue_panel.show_queue(queue.items, self.called, current)
        self._show_item(current)
        self._show_head(queue)
        self._show_tab()

    def _show_head(self, queue: Queue) -> None:
        people = len(queue.people)
        title = ngettext("Review: {n} annotator, ", "Review: {n} annotators, ", people).format(n=people)
        title += ngettext("{n} text", "{n} texts", queue.texts).format(n=queue.texts)
        self.title.setText(title)
        agree = sum(one.unanimous for one in queue.items)
        decided = sum(one.state == "decided" for one in queue.items)
        left = len(queue.items) - decided
        self.counts.setText(
            _("{agree} agree · {left} to decide · {decided} decided").format(agree=agree, left=left, decided=decided)
        )
        if self._hub.project.letters:
            self.counts.setText(_("{counts} · names are hidden").format(counts=self.counts.text()))
        self.settled.setText(_("{n} of {all} settled").format(n=decided, all=len(queue.items)))
        self.progress.setRange(0, max(1, len(queue.items)))
        self.progress.setValue(decided)

    @property
    def items(self) -> Sequence[Item]:
        """Every cluster of the queue, in its order."""
        return self._queue.items if self._queue else ()

    def toggle_names(self) -> None:
        """Let letters stand for the annotators of what is undecided, or their names."""
        hides = not self._hub.project.letters
        self._hub.set_letters(on=hides)
        self._take(self._queue)
        self._hub.announced.emit(_("Names are hidden until a card is decided") if hides else _("Names are shown"))

    def called(self, item: Item) -> dict[str, str]:
        """Return what those who marked something in a cluster's text are called, by id."""
        if self._signatures is None:
            return {}
        return self._signatures.on_card(item.version_id, item.readers, decided=item.settled)

    def _show_item(self, item: Item | None) -> None:
        card = self._hub.do(review_cards.card_of, item) if item else None
        self.card.show_card(card)

    def words_of(self, item: Item) -> str:
        """Return the words of a cluster."""
        if item.version_id not in self._texts:
            version = self._hub.project.get(TextVersion, item.version_id)
            self._texts[item.version_id] = self._hub.project.text(version.text_sha256)
        return self._texts[item.version_id][item.cluster.start : item.cluster.end]

    def _on_tab(self) -> None:
        self._show_tab()
        firsts: tuple[QWidget, ...] = (self.queue_panel.list, self.fates, self.questions, self.gaps)
        if self.isVisible():
            firsts[self.tabs.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tab(self) -> None:
        place = self.tabs.currentIndex()
        tabs = (None, self.fates, self.questions, self.gaps)
        tab = tabs[place]
        if tab is not None:
            tab.show_project(self._people())
        empty = place == 0 and self._queue is not None and not self._queue.items
        self.stack.setCurrentIndex(4 if empty else place)

    def _people(self) -> dict[str, str]:
        """Return the names of those who marked something, by id: what became of marks is told of decided ones only."""
        names, queue = self._signatures, self._queue
        return names.known(queue.people) if names and queue else {}

    # Going

    def panes(self) -> list[QWidget]:
        """Return what F6 goes through: the tabs, then the parts of the one on show."""
        tab = self.stack.currentWidget()
        if tab is self.keyed:
            return [self.tabs, self.queue_panel.list, self.card.lanes, self.card.votes]
        return [self.tabs, *([tab.table] if isinstance(tab, (FatesTab, QuestionsTab, GapsTab)) else [])]

    def step(self, by: int) -> None:
        """Show the next (1) or previous (-1) card of the list."""
        self.tabs.setCurrentIndex(0)
        self.queue_panel.step(by)

    def go_on(self) -> None:
        """Show the next card that is to be decided."""
        self.tabs.setCurrentIndex(0)
        item = self.queue_panel.next_pending()
        if item is None:
            self._window.notices.tell(_("Everything is decided"))
        else:
            self.queue_panel.show_queue(self.items, self.called, item)
            self._show_item(item)

    def show_mark(self, mention_id: str) -> None:
        """Show the card of a mark."""
        item = self._queue.find([mention_id]) if self._queue else None
        if item is None:
            if self._hub.project.find(Mention, mention_id) is not None:
                self._open(VersionId(self._hub.project.version_of_mention(mention_id)), mention_id)
            else:
                self._window.notices.tell(_("That mark is in no cluster any more"))
            return
        self.tabs.setCurrentIndex(0)
        self.queue_panel.choose(item)
        self.queue_panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_article(self) -> None:
        """Show the cluster in its article; Ctrl+2 leads back."""
        if self.card.card is None:
            return
        item = self.card.card.item
        self._open(item.version_id, item.key)

    def _open(self, version_id: VersionId, mention_id: str) -> None:
        self._window.modes.go(ANNOTATE)
        page = self._window.article.page
        if page is None or version_id not in page.versions:
            self._window.articles.choose(version_id)
        self._window.article.activate(mention_id)
        self._window.pane.take_focus()
