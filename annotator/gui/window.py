"""The main window: puts panels, bars and the article together, and knows which project is open."""

import base64
import contextlib
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QToolBar

from annotator import settings
from annotator.errors import Refused
from annotator.gui.article_pane import ArticlePane
from annotator.gui.articles.panel import ArticlePanel
from annotator.gui.claims.panel import ClaimPanel
from annotator.gui.commands import Commands
from annotator.gui.docks import Docks
from annotator.gui.hub import Hub
from annotator.gui.inspector.panel import Inspector
from annotator.gui.loop import AnnotateLoop
from annotator.gui.modes import Modes
from annotator.gui.notices import Notices
from annotator.gui.open_article import OpenArticle
from annotator.gui.soundness import Soundness
from annotator.gui.speaker_finding import SpeakerFinding
from annotator.gui.status_line import StatusLine
from annotator.gui.together import Together
from annotator.gui.top_bar import TopBar
from annotator.i18n import _
from annotator.model.ids import VersionId
from annotator.services import people, projects, recent
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.banner import ReadingBanner, UnsavedBanner
    from annotator.gui.prompts import Prompts
    from annotator.gui.start_page import StartPage

LEAST_WIDTH, LEAST_HEIGHT = 1024, 640


class MainWindow(QMainWindow):
    """One window on one project.

    Signals:
        first_shown: the window was painted for the first time; what can wait begins now.
    """

    first_shown = Signal()

    def __init__(self, *, person: str = "") -> None:
        super().__init__()
        self._person = person
        self._seen = False
        self._stayed_open = False
        self._unsaved_told = False
        self.hub = Hub(self)
        self.article = OpenArticle(self.hub, self)
        self.speakers = SpeakerFinding(self)
        self.soundness = Soundness(self.hub, self)
        self._prompts: Prompts | None = None
        self.top = TopBar(self)
        self._start: StartPage | None = None
        self.pane = ArticlePane(self.hub, self.article, self)
        self.articles = ArticlePanel(self.hub, self)
        self.claims = ClaimPanel(self.hub, self.article, self)
        self.inspector = Inspector(self.hub, self.article, self)
        self.status = StatusLine(self.hub, self.article, self)
        self.loop = AnnotateLoop(self.hub, self.article, self.pane, self.speakers, self)
        self.notices = Notices(self, self.hub, self.loop)
        self._lay_out()
        self.modes = Modes(self)
        self.together = Together(self)
        self.commands = Commands(self)
        self._connect()
        self._restore()
        self.commands.renew_table()
        self.docks.show(shown=False)

    def _lay_out(self) -> None:
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(1440, 900)
        bar = QToolBar(_("Top bar"))
        bar.setObjectName("top")
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.toggleViewAction().setEnabled(False)
        bar.addWidget(self.top)
        self.addToolBar(bar)
        self.centre = QStackedWidget()
        self.centre.addWidget(self.pane)
        self.setCentralWidget(self.centre)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self.claims)
        right.addWidget(self.inspector)
        right.setStretchFactor(0, 2)
        right.setStretchFactor(1, 3)
        right.setSizes([340, 480])
        self.docks = Docks(self, left=(_("Articles"), self.articles), right=(_("Claims"), right))
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        self.hub.project_changed.connect(self._on_project)
        self.hub.card_changed.connect(self._on_card)
        self.hub.changed.connect(self._on_saved)
        self.modes.changed.connect(self.status.show_mode)
        self.articles.article_chosen.connect(self._on_article_chosen)
        self.article.shown.connect(self._on_article_shown)
        self.pane.view.zoomed.connect(self._on_zoomed)
        # Queued: whoever wants to know when the window is shown need not wait for what begins then.
        for begin in (self.commands.begin, self.soundness.begin):
            self.first_shown.connect(begin, Qt.ConnectionType.QueuedConnection)
        self.soundness.writable_changed.connect(self._on_writable)
        self.hub.unsaved.connect(self._on_unsaved)
        self.claims.claim_entered.connect(self.inspector.focus_first)
        self.inspector.left.connect(self.pane.view.setFocus)
        self.pane.bar_shown.connect(self.notices.toast.make_way)
        self.pane.foot_made.connect(self.notices.toast.stay_above)

    def _restore(self) -> None:
        kept = settings.load()
        self.pane.view.set_zoom(kept.zoom)
        self.status.show_zoom(kept.zoom)
        if kept.window_geometry:
            self.restoreGeometry(_bytes(kept.window_geometry))
        if kept.window_state:
            self.restoreState(_bytes(kept.window_state))

    # Projects

    @property
    def start(self) -> "StartPage":
        """What is shown while no project is open; made when first wanted."""
        if self._start is None:
            from annotator.gui.start_page import StartPage  # noqa: PLC0415 - a start on a project does without it

            self._start = StartPage(self)
            self.commands.connect_start(self._start)
            self.centre.addWidget(self._start)
        self._start.show_recent()
        return self._start

    @property
    def person(self) -> str:
        """Who was named when the program was started; "" is the person of the settings."""
        return self._person

    @property
    def prompts(self) -> "Prompts":
        """Who asks the person; made when first wanted, since file dialogs take long to load."""
        if self._prompts is None:
            from annotator.gui.prompts import Prompts  # noqa: PLC0415 - as above

            self._prompts = Prompts(self)
        return self._prompts

    @prompts.setter
    def prompts(self, prompts: "Prompts") -> None:
        self._prompts = prompts

    def open_path(self, path: Path, *, person: str = "") -> bool:
        """Open a project, for reading only where somebody else is writing to it; tell what is refused.

        `person` works in it instead of the window's own person, by name or id.
        """
        if self.hub.is_open and self.hub.project.path == path.resolve():
            return True  # opened a second time it would meet its own lock
        if not self._may_leave():
            return False
        try:
            self.take(self._opened(path), person=person)
        except Refused as refusal:
            self.hub.refused.emit(refusal)
            self.commands.files.keeping.offer_rescue(path, refusal)
            return False
        with contextlib.suppress(Refused):  # the list is a comfort
            recent.remember(path)
        return True

    def _opened(self, path: Path) -> Project:
        who = people.person_at_work(self._person).name
        try:
            return Project.open(path, write=True, who=who)
        except Refused as refusal:
            project = Project.open(path, write=False)
            self.notices.explain_reading_only(refusal)
            self.status.explain_reading_only(refusal.what)
            return project

    def take(self, project: Project, *, person: str = "") -> None:
        """Work on this project from now on, and show its first article."""
        self.inspector.commit_all()
        try:
            at_work = people.sign_in(project, self._person or person)
        except Refused:
            project.close()
            raise
        self.soundness.hold(project)
        self.hub.take(project)
        if not project.writable and project.unclean:
            self.status.explain_reading_only(_("the file is being looked at, since the program ended unexpectedly"))
            self._show_title(projects.name_of(project))
        if self._seen:
            self.soundness.begin()
        self.top.person.show_person(at_work.name)
        rows = project.version_rows()
        if rows:
            self.articles.choose(rows[0].version.id)
        self.pane.take_focus()

    def _on_project(self) -> None:
        is_open = self.hub.is_open
        self.modes.start_over()
        self.centre.setCurrentWidget(self.pane if is_open else self.start)
        self.docks.show(shown=is_open)
        self._on_card()

    def _on_card(self) -> None:
        name = projects.name_of(self.hub.project) if self.hub.is_open else ""
        self.top.show_project(name)
        self._show_title(name)
        self.commands.renew_table()

    def _show_title(self, name: str) -> None:
        reading = self.hub.is_open and not self.hub.project.writable
        if reading or "reading_banner" in self.__dict__:
            self._show_reading(reading=reading)
        titled = _("{name} (read-only)").format(name=name) if reading else name
        self.setWindowTitle(f"{titled} – Annotator" if name else _("Annotator"))

    @cached_property
    def reading_banner(self) -> "ReadingBanner":
        """What tells that nothing can be changed; made when first wanted."""
        from annotator.gui.banner import ReadingBanner  # noqa: PLC0415 - the first paint does without it

        return ReadingBanner(self)

    def _show_reading(self, *, reading: bool) -> None:
        if not reading:
            self.reading_banner.hide()
            return
        why = self.status.why_reading_only
        words = _("Open for reading only: nothing can be changed.")
        self.reading_banner.say(f"{words} {why[:1].upper()}{why[1:]}.".strip() if why else words)

    @cached_property
    def banner(self) -> "UnsavedBanner":
        """What tells that a change is not saved; made when first wanted."""
        from annotator.gui.banner import UnsavedBanner  # noqa: PLC0415 - the first paint does without it

        banner = UnsavedBanner(self, self.hub)
        banner.repeated.connect(self.inspector.commit_all)
        return banner

    def _on_unsaved(self, refusal: Refused, again: Callable[[], object]) -> None:
        self.notices.toast.hide()  # the banner says the same, and stays
        self.banner.tell(refusal, again)

    def _on_writable(self, why_not: Refused | None) -> None:
        """Say that the file was looked at, and how it is."""
        self.status.explain_reading_only(why_not.what if why_not else "")
        self._show_title(projects.name_of(self.hub.project))
        self.status.renew()
        self.commands.renew()
        if why_not is not None:
            self.notices.explain_reading_only(why_not)
        else:
            self.notices.tell(_("The program ended unexpectedly the last time; all that was saved is there."))

    def _on_article_chosen(self, version_id: str) -> None:
        self.inspector.commit_all()
        self.hub.when_free("article", lambda: self.article.show_version(VersionId(version_id)))

    def _on_article_shown(self, page: object) -> None:
        if self.article.page is not None and page is not None and self._seen:
            self.speakers.load(self.article.page.article.language or "en")

    def _on_zoomed(self, percent: int) -> None:
        self.status.show_zoom(percent)

    # Size, first paint, closing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold the left panel when the width asks for it."""
        super().resizeEvent(event)
        self.docks.fold()

    def showEvent(self, event: QShowEvent) -> None:
        """Fold a window that begins narrow; offer the ways to begin where no project is open."""
        super().showEvent(event)
        if not self.hub.is_open:
            self._on_project()
        self.docks.fold()

    def event(self, event: QEvent) -> bool:
        """Notice the first paint: loading what can wait begins behind it."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            # Of the window's own ground: what stands on it is painted before the event loop has its next turn.
            QTimer.singleShot(0, self, self._on_first_shown)
        return done

    def _on_first_shown(self) -> None:
        self.first_shown.emit()
        self._on_article_shown(self.article.page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of everything and go; where a bug prevents that stay once, for what is typed, and go the next time.

        Stay once, too, where words cannot be saved.
        """
        try:
            if not self._may_leave():
                event.ignore()
                return
            self._let_go()
        except Exception as bug:  # noqa: BLE001 - told as every bug; Qt calls more of our code before it would hand it on
            sys.excepthook(type(bug), bug, bug.__traceback__)
            if not self._stayed_open:
                self._stayed_open = True
                event.ignore()
                return
        super().closeEvent(event)

    def _may_leave(self) -> bool:
        """Save what is being typed; where that is refused say so once, and let the person go the next time."""
        if not self.hub.is_open or self.inspector.commit_all() or self._unsaved_told:
            return True
        self._unsaved_told = True
        self.notices.tell_unsaved()
        return False

    def _on_saved(self) -> None:
        self._unsaved_told = False

    def _let_go(self) -> None:
        """Save what is being typed and how the window stands, then let go of the project."""
        self.inspector.commit_all()
        self.commands.files.stop()
        with contextlib.suppress(Refused):  # the window closes also where its place cannot be kept
            settings.change(
                zoom=self.pane.view.zoom(),
                window_geometry=_text(self.saveGeometry()),
                window_state=_text(self.saveState()),
            )
        self.soundness.stop()
        self.hub.take(None)
        self.speakers.stop()


def _text(state: QByteArray) -> str:
    return base64.b64encode(state.data()).decode()


def _bytes(text: str) -> QByteArray:
    return QByteArray(base64.b64decode(text))
