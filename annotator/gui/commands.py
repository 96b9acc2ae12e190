"""The window's handlers for the table of actions, its menus, and what is enabled when."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from annotator.gui import actions, claim_handlers, keys, menu_handlers, modes, review_keys
from annotator.i18n import _
from annotator.model.changes import Changes
from annotator.model.status import SCHEMES, Status
from annotator.services import steps
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.files import Files
    from annotator.gui.history.card import HistoryCard
    from annotator.gui.popups.claim_popup import ClaimPopup
    from annotator.gui.popups.occurrences import Occurrences
    from annotator.gui.popups.palette import Palette
    from annotator.gui.popups.shortcuts import ShortcutSheet
    from annotator.gui.popups.source_popup import SourceLinked, SourcePopup
    from annotator.gui.popups.speaker_popup import SpeakerPopup
    from annotator.gui.popups.zone_popup import ZonePopup
    from annotator.gui.preferences.desk import Preferences
    from annotator.gui.sources.desk import Sources
    from annotator.gui.start_page import StartPage
    from annotator.gui.window import MainWindow


class Commands(QObject):
    """Makes the table's actions for a window, and does what they say."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._set: actions.ActionSet | None = None
        self._scheme: tuple[Status, ...] = ()
        self._renewed: tuple[object, ...] = ()
        self._menus: dict[str, QMenu] = {}
        self._make_menus()
        self._connect()

    def _make_menus(self) -> None:
        titles = {
            "file": _("&File"),
            "edit": _("&Edit"),
            "claim": _("&Claim"),
            "review": _("&Review"),
            "view": _("&View"),
            "help": _("&Help"),
        }
        for menu in actions.MENUS:
            # With a parent of its own: what addMenu(text) makes goes when PySide takes its last wrapper for unused.
            self._menus[menu] = QMenu(titles[menu], self._window)
            self._window.menuBar().addMenu(self._menus[menu])
        self.recent = QMenu(self._window)
        self.recent.aboutToShow.connect(lambda: self.preferences.fill_recent(self.recent))

    def _connect(self) -> None:
        window = self._window
        window.hub.changed.connect(self.renew)
        window.hub.project_changed.connect(self.renew)
        window.modes.changed.connect(self.renew)
        window.article.shown.connect(self.renew)
        window.article.activated.connect(self.renew)
        window.article.rows_changed.connect(self.renew)
        for panel in (window.articles, window.pane):
            panel.import_wanted.connect(self._import_chosen)
        for place in (window.articles, window.pane.view):
            place.files_dropped.connect(self._import_paths)
            place.text_dropped.connect(self._import_text)
        window.pane.speaker_wanted.connect(self.name_speaker)
        window.pane.source_wanted.connect(self.link_source)
        window.inspector.speaker_wanted.connect(self.name_speaker)
        window.inspector.source_wanted.connect(self.link_source)
        window.inspector.claim_wanted.connect(self._go_to_related)
        window.inspector.source_page_wanted.connect(self._open_source)
        window.inspector.passage_wanted.connect(self._choose_passage)
        window.inspector.passage_shown.connect(self._show_passage)
        window.articles.sources.page_wanted.connect(self._open_source)
        window.articles.sources.find_wanted.connect(self._find_source)
        window.articles.sources.file_dropped.connect(self._keep_file)
        window.articles.sources.address_dropped.connect(self._keep_address)
        window.status.zoom.clicked.connect(self.reset_zoom)

    @cached_property
    def files(self) -> "Files":
        """What brings files in and out; made behind the first paint."""
        from annotator.gui.files import Files  # noqa: PLC0415 - as above

        return Files(self._window)

    def _import_chosen(self) -> None:
        self.files.import_chosen()

    def _import_paths(self, paths: list[str]) -> None:
        self.files.import_paths(paths)

    def _import_text(self, text: str) -> None:
        self.files.import_text(text)

    def begin(self) -> None:
        """Make what the first paint did not wait for, and begin to take drops."""
        self.files.take_drops()

    def connect_start(self, page: "StartPage") -> None:
        """Let the start page's buttons do what the menus do."""
        page.sample_wanted.connect(self.files.open_sample)
        page.new_wanted.connect(self.files.new_project)
        page.open_wanted.connect(self.files.open_project)
        page.recent_chosen.connect(self._open_recent)

    def _open_recent(self, path: str) -> None:
        self.files.open_path(Path(path))

    # The popups are made when they are first wanted: the first paint does not wait for them.

    @cached_property
    def source_popup(self) -> "SourcePopup":
        """The popup that finds a source."""
        from annotator.gui.popups.source_popup import SourcePopup  # noqa: PLC0415 - as above

        window = self._window
        popup = SourcePopup(window.hub, window.article, window, articles=lambda: window.articles.model.rows)
        popup.linked.connect(self._on_linked)
        return popup

    @cached_property
    def speaker_popup(self) -> "SpeakerPopup":
        """The popup that finds a speaker."""
        from annotator.gui.popups.speaker_popup import SpeakerPopup  # noqa: PLC0415 - as above

        return SpeakerPopup(self._window.hub, self._window.article, self._window)

    @cached_property
    def claim_popup(self) -> "ClaimPopup":
        """The popup that says what a claim is to another one."""
        from annotator.gui.popups.claim_popup import ClaimPopup  # noqa: PLC0415 - as above

        return ClaimPopup(self._window)

    @cached_property
    def sources(self) -> "Sources":
        """What is done with sources."""
        from annotator.gui.sources.desk import Sources  # noqa: PLC0415 - as above

        return Sources(self._window)

    @cached_property
    def zone_popup(self) -> "ZonePopup":
        """The popup that says what a block is."""
        from annotator.gui.popups.zone_popup import ZonePopup  # noqa: PLC0415 - as above

        return ZonePopup(self._window)

    @cached_property
    def occurrences(self) -> "Occurrences":
        """The list of the other places of a mention's words."""
        from annotator.gui.popups.occurrences import Occurrences  # noqa: PLC0415 - as above

        return Occurrences(self._window)

    @cached_property
    def palette(self) -> "Palette":
        """What finds commands and everything in the project."""
        from annotator.gui.popups.palette import Palette  # noqa: PLC0415 - as above

        return Palette(self._window)

    @cached_property
    def preferences(self) -> "Preferences":
        """Settings, keys, the project's properties, projects opened before."""
        from annotator.gui.preferences.desk import Preferences  # noqa: PLC0415 - as above

        return Preferences(self._window)

    @cached_property
    def history(self) -> "HistoryCard":
        """The history of the project."""
        from annotator.gui.history.card import HistoryCard  # noqa: PLC0415 - as above

        return HistoryCard(self._window)

    def show_history(self) -> None:
        """Show who did what when; what is being typed is saved first, so that it is in it."""
        self._window.inspector.commit_all()
        self.history.open_card()

    @cached_property
    def shortcut_sheet(self) -> "ShortcutSheet":
        """The sheet of all keys."""
        from annotator.gui.popups.shortcuts import ShortcutSheet  # noqa: PLC0415 - as above

        return ShortcutSheet(self._window)

    @property
    def set(self) -> actions.ActionSet:
        """The live actions."""
        if self._set is None:
            raise RuntimeError("the table of actions is not made yet")
        return self._set

    def renew_table(self) -> None:
        """Make the actions anew for the open project's scheme."""
        hub = self._window.hub
        if self._set is not None and self._scheme == hub.scheme:
            self.renew()
            return
        self._scheme = hub.scheme
        if self._set is not None:
            self._set.discard()
        rows = keys.rows_in_force(hub.scheme)
        self._set = actions.ActionSet(rows, self._handlers(), self._window)
        self._set.give_keys_to(self._window.pane.view, self._window.claims.list)
        for context, widget in self._window.modes.keyed.items():
            self._set.give_keys_to(widget, context=context)
        keys.take_on(rows)
        self._fill_menus(self._set)
        self._window.top.take_actions(self._set)
        self.renew()

    def renew_keys(self) -> None:
        """Take on the keys that the settings have now: menus, tips and whatever draws a key follow."""
        rows = keys.rows_in_force(self._scheme)
        self.set.take_keys(rows)
        keys.take_on(rows)
        self._renewed = ()
        self.renew()

    def _fill_menus(self, made: actions.ActionSet) -> None:
        for menu in self._menus.values():
            menu.clear()
        for row in made.rows:
            if row.menu:
                if row.divider:
                    self._menus[row.menu].addSeparator()
                self._menus[row.menu].addAction(made[row.id])
        made["project.recent"].setMenu(self.recent)

    def renew(self, *_whatever: object) -> None:
        """Enable what can be done now, and name what undo would take back; several signals come for one change."""
        if self._set is None:
            return
        hub, article = self._window.hub, self._window.article
        annotating = self._window.modes.annotating
        row = article.active if annotating else None
        there = {
            "project": hub.is_open,
            "writable": hub.is_open and hub.project.writable,
            "annotating": hub.is_open and annotating,
            "article": article.page is not None and annotating,
            "several": article.is_several and annotating and hub.project.writable,
            "mention": row is not None,
            "card": hub.is_open and self._window.modes.current == "review",
            "suggestion": row is not None and bool(row.speaker) and not row.speaker_accepted,
            "merged": "files" in self.__dict__ and self.files.can_take_merge_back,
        }
        names = (hub.project.undo_name, hub.project.redo_name) if hub.is_open else ("", "")
        if (self._set, there, names) == self._renewed:
            return
        self._renewed = (self._set, there, names)
        self._set.enable(there)
        self._name_step(self._set["edit.undo"], _("Undo"), names[0])
        self._name_step(self._set["edit.redo"], _("Redo"), names[1])

    @staticmethod
    def _name_step(action: QAction, word: str, name: str) -> None:
        action.setEnabled(bool(name))
        action.setText(_("{word}: {step}").format(word=word, step=steps.title_of(name)) if name else word)
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{action.text()} ({key})" if key else action.text())

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        window, loop = self._window, self._window.loop
        every = {one.key: one for scheme in SCHEMES.values() for one in scheme}
        every |= window.hub.statuses
        return (
            menu_handlers.handlers(window)
            | claim_handlers.handlers(window)
            | review_keys.handlers(window)
            | dict(window.together.handlers())
            | {row.id: lambda mode_id=row.id: window.modes.go(mode_id.removeprefix("mode.")) for row in modes.rows()}
            | {f"status.{key}": lambda chosen=key: loop.give_status(chosen) for key in every}
        )

    def undo(self) -> None:
        """Take back the last step; what is being typed is saved first, so that it is the last step."""
        self._window.inspector.commit_all()
        if self._taken_back(redo=False):
            return
        name = self._window.hub.project.undo_name
        self._say_step(_("Undone: {step}"), name, self._window.hub.do(Project.undo))

    def redo(self) -> None:
        """Bring back the last undone step."""
        self._window.inspector.commit_all()
        if self._taken_back(redo=True):
            return
        name = self._window.hub.project.redo_name
        self._say_step(_("Done again: {step}"), name, self._window.hub.do(Project.redo))

    def _taken_back(self, *, redo: bool) -> bool:
        from annotator.gui import long_steps  # noqa: PLC0415 - the first paint does not wait for it

        return long_steps.taken_back(self._window, redo=redo)

    def _say_step(self, words: str, name: str, changes: Changes | None) -> None:
        if changes is not None and name:
            self._window.hub.announced.emit(words.format(step=steps.title_of(name)))
            # The next key is about what came back, not about another claim out of sight.
            self._window.article.activate_touched(changes)
        self.renew()

    def name_speaker(self) -> None:
        """Open the speaker popup for the active claim."""
        if self._window.loop.own_active():
            self.speaker_popup.open_for_active()

    def link_source(self) -> None:
        """Open the source popup for the active claim."""
        active, loop = self._window.article.active, self._window.loop
        if active and loop.may_write() and not loop.is_decided(active):
            self.source_popup.open_for_active()

    def _open_source(self, source_id: str) -> None:
        self.sources.open_page(source_id)

    def _choose_passage(self, evidence_id: str) -> None:
        self.sources.choose_passage(evidence_id)

    def _show_passage(self, evidence_id: str) -> None:
        self.sources.passages.show_passage(evidence_id)

    def _find_source(self) -> None:
        self.sources.find()

    def _keep_file(self, source_id: str, path: str) -> None:
        self.sources.keep_file(source_id, path)

    def _keep_address(self, address: str, title: str) -> None:
        self.sources.keep_address(address, title)

    def _go_to_related(self, claim_id: str) -> None:
        self.palette.go_to_claim(claim_id)

    def relate_claim(self) -> None:
        """Open the claim popup for the active claim."""
        if self._window.article.active and self._window.loop.may_write():
            self.claim_popup.open_for_active()

    def _on_linked(self, linked: "SourceLinked") -> None:
        self._window.loop.remember_link(linked.source_id, linked.stance)

    def reset_zoom(self) -> None:
        """Show the article's text at its usual size."""
        self._window.pane.view.set_zoom(100)
