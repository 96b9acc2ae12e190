"""The way of a merge in the window: files asked for, looked at, shown, merged with a bar, and taken back if wanted."""

from collections.abc import Generator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from annotator.errors import Refused
from annotator.gui.busy import OneJob
from annotator.gui.merging.survey_sheet import SurveySheet, Wanted
from annotator.gui.merging.versions_sheet import VersionsSheet
from annotator.i18n import _, ngettext
from annotator.model.changes import Changes
from annotator.services import merging, versions
from annotator.services.jobs import Progress
from annotator.services.merging import MergeReport, Survey
from annotator.store.file import SUFFIX
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


class MergeFlow(QObject):
    """Merges colleagues' files into the open project; keeps what taking the last merge back needs."""

    def __init__(self, window: "MainWindow", job: OneJob) -> None:
        super().__init__(window)
        self._window = window
        self._job = job
        self._paths: list[Path] = []
        self._last: tuple[Path, MergeReport] | None = None
        window.hub.project_changed.connect(self._on_project)
        window.hub.changed.connect(self._on_changed)

    @cached_property
    def sheet(self) -> SurveySheet:
        """What shows the survey."""
        sheet = SurveySheet(self._window)
        sheet.merge_wanted.connect(self._merge)
        self._window.hub.project_changed.connect(sheet.close_sheet)
        return sheet

    @cached_property
    def versions(self) -> VersionsSheet:
        """What shows versions to choose from."""
        sheet = VersionsSheet(self._window, self._window.hub)
        self._window.hub.project_changed.connect(sheet.close_sheet)
        return sheet

    @property
    def can_take_back(self) -> bool:
        """Whether nothing was changed since the last merge."""
        return self._last is not None

    # Looking

    def ask(self) -> None:
        """Ask for colleagues' files and look at them."""
        hub = self._window.hub
        if not hub.is_open or not hub.project.writable or self._job.refuse_second():
            return
        self._window.inspector.commit_all()
        kinds = f"{_('Annotator project')} (*{SUFFIX})"
        chosen = self._window.prompts.files_to_open(_("Merge colleagues' files"), kinds)
        if chosen:
            self.look(chosen)

    def look(self, paths: Sequence[Path]) -> None:
        """Look at files; nothing is changed."""
        self._paths = list(paths)

        def work(project: Project) -> Generator[Progress, None, Survey]:
            with merging.colleagues_files(project, paths) as arrivals:
                return (yield from merging.survey(project, arrivals))

        self._job.run(_("Looking at the files"), work, done=self._on_looked, cancelled=self._on_stopped)

    def _on_looked(self, result: object) -> None:
        if isinstance(result, Survey):
            self.sheet.open_with(result)

    def _on_stopped(self, _changes: Changes) -> None:
        self._window.notices.tell(_("Stopped; nothing was merged."))

    # Merging

    def _merge(self, wanted: Wanted) -> None:
        paths = self._paths

        def work(project: Project) -> Generator[Progress, None, MergeReport]:
            with merging.colleagues_files(project, paths) as arrivals:
                report = yield from merging.merge(project, arrivals)
            for a, b in wanted.same:
                merging.same_people(project, a, b)
            return report

        # It holds the file from its first event to its last: whoever marks meanwhile is told so, and waits for nothing.
        what, do = _("not saved: colleagues' files are being merged"), _("try again when they are in")
        project = self._window.hub.project

        def through() -> None:
            project.impatient = None

        project.impatient = Refused(what, do=do)
        self._job.ended.connect(through, Qt.ConnectionType.SingleShotConnection)

        def done(result: object) -> None:
            if isinstance(result, MergeReport):
                self._on_merged(result, plain=wanted == Wanted())
                if wanted.take_out:
                    self._window.commands.files.keeping.take_out()

        self._job.run(_("Merging"), work, done=done, cancelled=self._on_stopped)

    def _on_merged(self, report: MergeReport, *, plain: bool) -> None:
        hub = self._window.hub
        hub.take_over(Changes(whole=True))
        hub.catch_up()  # now: told later, it would count as a change made since
        tally = report.survey.tally
        new = tally.count("new") + tally.count("conflicting")
        told = [ngettext("Merged: {n} change came in.", "Merged: {n} changes came in.", new)]
        waiting = versions.count(hub.project)
        if waiting:
            told.append(ngettext("{n} record has several versions.", "{n} records have several versions.", waiting))
        if tally.redacted and plain:
            told.append(_("Your backups still have what colleagues redacted: see File > Backups."))
        # A person who said that two are one has made a change of their own: that stays.
        self._last = (hub.project.path, report) if report.backup is not None and plain else None
        self._window.commands.renew()
        self._window.notices.tell(" ".join(told))

    def forget(self) -> None:
        """Offer to take the last merge back no longer."""
        self._on_changed(Changes())

    def _on_changed(self, _changes: Changes) -> None:
        if self._last is not None:
            self._last = None
            self._window.commands.renew()

    def _on_project(self) -> None:
        self._last = None

    # Taking back

    def take_back(self) -> None:
        """Put the project back as it was before the merge, and open it again."""
        window = self._window
        # Words that are being typed are a change of their own: then the merge stays.
        window.inspector.commit_all()
        if self._last is None or self._job.refuse_second():
            return
        path, report = self._last
        window.hub.take(None)

        def work() -> Generator[Progress, None, bool]:
            yield Progress(0, 0, path.name)
            merging.take_back(path, report)
            return True

        def opened_again(_result: object) -> None:
            if window.open_path(path):
                window.notices.tell(_("The merge was taken back."))

        self._job.run_free(_("Taking the merge back"), work, done=opened_again, cancelled=opened_again)

    # Versions

    def show_versions(self) -> None:
        """Show the records that have several versions."""
        if self._window.hub.is_open and not self.versions.open_sheet():
            self._window.notices.tell(_("Nothing has several versions."))
