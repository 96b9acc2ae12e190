"""The way of a copy for a colleague: asked for, given a name, written with a bar, told."""

from collections.abc import Generator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.gui.assigning.sheet import AssignSheet, Wanted
from annotator.i18n import _, ngettext
from annotator.model.records import Annotator
from annotator.services import assigning
from annotator.services.assigning import Assigned
from annotator.services.jobs import Progress
from annotator.store.file import SUFFIX
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow
    from annotator.model.changes import Changes


class AssignFlow(QObject):
    """Writes copies of the open project, which itself is only read."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    @cached_property
    def sheet(self) -> AssignSheet:
        """What asks."""
        sheet = AssignSheet(self._window)
        sheet.wanted.connect(self._on_wanted)
        self._window.hub.project_changed.connect(sheet.overlay.close_card)
        return sheet

    def ask(self) -> None:
        """Ask what the copy is to hold."""
        if self._window.hub.is_open and not self._window.commands.files.job.refuse_second():
            self._window.inspector.commit_all()
            self.sheet.open_for(self._window.hub.project)

    def _on_wanted(self, wanted: Wanted) -> None:
        project = self._window.hub.project
        known = project.find(Annotator, wanted.to)
        name = known.name if known else wanted.to
        suggestion = f"{project.path.stem} {name}{SUFFIX}".replace("/", "-")
        kinds = f"{_('Annotator project')} (*{SUFFIX})"
        path = self._window.prompts.file_to_save(_("Copy for a colleague"), kinds, suggestion, replaces=False)
        if path is None:
            return
        if not path.suffix:
            path = path.with_suffix(SUFFIX)
        self.sheet.overlay.close_card()
        self._write(wanted, name, path)

    def _write(self, wanted: Wanted, name: str, path: Path) -> None:
        def work(beside: Project) -> Generator[Progress, None, Assigned]:
            return (
                yield from assigning.assign(beside, path, to=wanted.to, articles=wanted.articles, blind=wanted.blind)
            )

        def done(result: object) -> None:
            if isinstance(result, Assigned):
                self._window.notices.tell(_told(result, name))

        self._window.commands.files.job.run(_("Writing the copy"), work, done=done, cancelled=self._on_stopped)

    def _on_stopped(self, _changes: "Changes") -> None:
        self._window.notices.tell(_("Stopped; no copy was written."))


def _told(made: Assigned, name: str) -> str:
    left = sum(made.withheld.values())
    articles = ngettext("{n} article", "{n} articles", made.articles)
    words = _("{file} is for {name}: {articles}").format(file=made.path.name, name=name, articles=articles)
    if left:
        words += ", " + ngettext("{n} record left out", "{n} records left out", left)
    return words
