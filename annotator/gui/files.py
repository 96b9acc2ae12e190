"""Files in and out of the window: projects made and opened, articles brought in, the dataset written out.

What reads and writes files is imported when it is first wanted: it takes longer to load than the window.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, qVersion
from PySide6.QtGui import QGuiApplication

from annotator import settings
from annotator.errors import Refused
from annotator.gui.backups.keeping import Keeping
from annotator.gui.busy import OneJob
from annotator.gui.intake.drops import WindowDrops, local_files, plain_text
from annotator.i18n import _
from annotator.model.status import SCHEMES
from annotator.services import projects

if TYPE_CHECKING:
    from annotator.gui.intake.flow import ImportFlow
    from annotator.gui.merging.flow import MergeFlow
    from annotator.gui.window import MainWindow

PROJECT_SUFFIX: Final = ".annot"

_ADDRESS: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*://\S+\s*")


class Files(QObject):
    """Asks for files and does with them what the person wants; long work runs beside the window, one at a time."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.job = OneJob(window, window.hub, window.notices)
        self._imports: ImportFlow | None = None
        self._merging: MergeFlow | None = None
        self.keeping = Keeping(window, self.job)

    @property
    def is_at_work(self) -> bool:
        """Whether anything is done beside the window, asked for or by itself."""
        return self.job.is_running or not self.keeping.is_idle

    def take_drops(self) -> None:
        """Begin to take files and texts that are dropped anywhere on the window."""
        drops = WindowDrops(self._window)
        drops.files_dropped.connect(self.import_paths)
        drops.text_dropped.connect(self.import_text)

    @property
    def imports(self) -> "ImportFlow":
        """The way of imports."""
        if self._imports is None:
            from annotator.gui.intake.flow import ImportFlow  # noqa: PLC0415 - takes longer to load than the window

            self._imports = ImportFlow(self._window, self.job)
        return self._imports

    # Projects

    def new_project(self) -> None:
        """Ask where the new project goes and which statuses it offers; make and open it."""
        if self.job.refuse_second():
            return
        suggestion = str(Path(_documents(), _("Investigation") + PROJECT_SUFFIX))
        chosen = self._window.prompts.file_to_save(_("New project"), _project_kinds(), suggestion, replaces=False)
        if chosen is None:
            return
        path = chosen if chosen.suffix.lower() == PROJECT_SUFFIX else chosen.with_name(chosen.name + PROJECT_SUFFIX)
        schemes = list(SCHEMES)
        picked = self._window.prompts.choice(
            _("New project"), _("Which statuses can a claim have?"), [_scheme_words(name) for name in schemes]
        )
        if picked is None:
            return
        try:
            projects.new_project(path, scheme=schemes[picked], person=self._window.person)
        except Refused as refusal:
            self._window.hub.refused.emit(refusal)
        else:
            self._window.open_path(path)

    def open_project(self) -> None:
        """Ask for a project and open it."""
        if not self.job.refuse_second():
            chosen = self._window.prompts.file_to_open(_("Open project"), _project_kinds())
            if chosen is not None:
                self._open(chosen)

    def open_sample(self) -> None:
        """Open the sample project, which is made in the person's own folder the first time."""
        if self.job.refuse_second():
            return
        from annotator.services import demo  # noqa: PLC0415 - brings along what only the sample needs

        try:
            path = demo.open_sample(settings.folder())
        except Refused as refusal:
            self._window.hub.refused.emit(refusal)
        else:
            self._open(path, person=demo.SAMPLE_PERSON)

    def open_path(self, path: Path) -> None:
        """Open the project at a path."""
        if not self.job.refuse_second():
            self._open(path)

    def _open(self, path: Path, *, person: str = "") -> None:
        hub = self._window.hub
        if hub.is_open and hub.project.path == path.resolve():
            # Opened a second time it would find its own lock, and be for reading only.
            self._window.notices.tell(_("{name} is open already.").format(name=path.name))
        else:
            self._window.open_path(path, person=person)

    # In

    def import_chosen(self) -> None:
        """Ask for files and bring them in."""
        if not self.job.refuse_second():
            chosen = self._window.prompts.files_to_open(_("Import files"), self.imports.kinds())
            self.import_paths([str(path) for path in chosen])

    def import_paths(self, paths: list[str]) -> None:
        """Bring in files by their paths; a project among them is opened instead."""
        found = [Path(path) for path in paths]
        project = next((path for path in found if path.suffix.lower() == PROJECT_SUFFIX), None)
        if project is None:
            self.imports.begin(found)
        elif not self.job.refuse_second():
            self._open(project)

    def import_text(self, text: str) -> None:
        """Make an article of a text."""
        if not text.strip():
            self._window.notices.tell(_("There is no text to make an article of."))
        elif _ADDRESS.fullmatch(text):
            self._window.notices.tell(_("Addresses are not opened: paste the text of the article itself."))
        else:
            self.imports.begin_text(text)

    def import_clipboard(self) -> None:
        """Make an article of the plain text on the clipboard, or bring in the files that were copied."""
        # Where nothing was ever copied some systems give none at all, which the stubs do not know.
        data = cast("QMimeData | None", QGuiApplication.clipboard().mimeData()) or QMimeData()
        files = local_files(data)
        if files:
            self.import_paths(files)
        else:
            self.import_text(plain_text(data))

    @property
    def merging(self) -> "MergeFlow":
        """The way of colleagues' files."""
        if self._merging is None:
            from annotator.gui.merging.flow import MergeFlow  # noqa: PLC0415 - takes longer to load than the window

            self._merging = MergeFlow(self._window, self.job)
        return self._merging

    @property
    def can_take_merge_back(self) -> bool:
        """Whether the last thing that happened here was a merge."""
        return self._merging is not None and self._merging.can_take_back

    def part_article(self) -> None:
        """Show the article on show apart from those that are linked to it as the same."""
        page = self._window.article.page
        if page is not None:
            from annotator.services import parting  # noqa: PLC0415 - hardly ever wanted

            self._window.inspector.commit_all()
            if self._window.hub.do(parting.part_articles, page.version.id):
                self._window.notices.tell(_("Parted: each article keeps its marks. Undo joins them again."))

    # Out

    def export_chosen(self) -> None:
        """Ask where the dataset goes and write it."""
        hub = self._window.hub
        if not hub.is_open or self.job.refuse_second():
            return
        self._window.inspector.commit_all()
        from annotator.gui.export import begin_export  # noqa: PLC0415 - takes longer to load than the window

        begin_export(self._window, self.job)

    # Else

    def about(self) -> None:
        """Say what this program is."""
        from importlib import metadata  # noqa: PLC0415 - brings along the whole of email

        words = _("Annotator {version}, on Qt {qt}. Free software under the MIT licence. Settings and log: {folder}")
        told = words.format(version=metadata.version("annotator"), qt=qVersion(), folder=settings.folder())
        self._window.prompts.tell(_("About Annotator"), told)

    def stop(self) -> None:
        """Cancel what is at work and wait for it: the window closes."""
        if self._imports is not None:
            self._imports.stop()
        self.job.stop()
        self.keeping.stop()


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _project_kinds() -> str:
    return f"{_('Annotator project')} (*{PROJECT_SUFFIX})"


def _scheme_words(name: str) -> str:
    """Return the names of a scheme's statuses in a line."""
    return ", ".join(_(status.name) for status in SCHEMES[name])
