"""The way of an import: look without writing, show the sheet, write what the person wants, show the first article."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from annotator.errors import Refused
from annotator.gui.busy import OneJob, report_bug
from annotator.gui.intake.previews import Previews
from annotator.gui.intake.sheet import ImportSheet
from annotator.i18n import _, ngettext
from annotator.model.changes import Changes
from annotator.services.importing import ImportReport, import_files
from annotator.services.originals import READERS, Original
from annotator.services.plain_text import Pasted
from annotator.services.previewing import Look, Preview, look
from annotator.services.whose_marks import Reading, readings_of

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_NAMED: Final = 6
SLICE_SECONDS: Final = 0.02
"""How long a transaction takes about while the window shows the project (architecture.md, section 3)."""


class ImportFlow(QObject):
    """Brings originals into the window's project, one import at a time."""

    def __init__(self, window: "MainWindow", job: OneJob) -> None:
        super().__init__(window)
        self._window = window
        self._job = job
        self.sheet: ImportSheet | None = None
        self._previews = Previews(window.hub, self)
        self._previews.ready.connect(self._on_preview)
        self._previews.failed.connect(self._on_failed)
        window.hub.project_changed.connect(self._close_sheet)

    @staticmethod
    def kinds() -> str:
        """Return what the file dialog offers: everything that has a reader, each kind, all files."""
        kinds = [(_(reader.title), " ".join(f"*{suffix}" for suffix in reader.suffixes)) for reader in READERS]
        together = (_("Articles and datasets"), " ".join(endings for _title, endings in kinds))
        return ";;".join(f"{title} ({endings})" for title, endings in (together, *kinds, (_("All files"), "*")))

    def begin_text(self, text: str) -> None:
        """Look at a text and show the article that it would become."""
        self.begin([Pasted(_("Pasted text"), text)])

    def begin(self, originals: Sequence[Original]) -> None:
        """Look at originals and show what would become of them."""
        if not originals or self._job.refuse_second() or self._is_refused():
            return
        if self.sheet is not None:
            self._window.notices.tell(_("One thing at a time: first add or cancel what is on show."))
            return
        wanted = tuple(originals)
        pattern = self._pattern(wanted)
        if pattern is None:
            return
        self._window.inspector.commit_all()
        self._job.run(
            _("Looking at what is there"),
            lambda project: look(project, wanted, annotator_from=pattern),
            done=lambda result: self._on_look(wanted, pattern, result),
            cancelled=lambda _changes: None,
        )

    def _pattern(self, originals: Sequence[Original]) -> str | None:
        """Ask whose the marks in the files are; "" where there are none or nobody says it, None where cancelled."""
        readings = readings_of(originals)
        if not readings:
            return ""
        words = [_reading_words(one) for one in readings]
        question = _("What says whose marks these are?")
        picked = self._window.prompts.choice(_("Import"), question, [*words, _("Nothing does")])
        if picked is None:
            return None
        return readings[picked].pattern if picked < len(readings) else ""

    def _is_refused(self) -> bool:
        """Say why nothing can be brought in now, if so."""
        hub = self._window.hub
        if not hub.is_open:
            hub.refused.emit(Refused(_("no project is open to bring it into"), do=_("open or make one first")))
        elif not hub.project.writable:
            what = _("the project is open for reading only")
            hub.refused.emit(Refused(what, do=_("close it where it is open for writing")))
        else:
            return False
        return True

    def _on_look(self, originals: tuple[Original, ...], pattern: str, result: object) -> None:
        if not isinstance(result, Look):
            return
        sheet = ImportSheet(self._window, originals, result)
        sheet.accepted.connect(lambda: self._write(originals, pattern))
        sheet.cancelled.connect(self._close_sheet)
        sheet.preview_wanted.connect(self._previews.want)
        self.sheet = sheet

    def _on_failed(self, error: BaseException) -> None:
        report_bug(self._window.notices, error)

    def _on_preview(self, original: Original, preview: object) -> None:
        if self.sheet is not None and (preview is None or isinstance(preview, Preview)):
            self.sheet.show_preview(original, preview)

    def _close_sheet(self) -> None:
        sheet, self.sheet = self.sheet, None
        self._previews.forget()
        if sheet is not None:
            sheet.uncover()

    def _write(self, originals: tuple[Original, ...], pattern: str) -> None:
        if self.sheet is None or self._job.refuse_second():
            return
        details = dict(self.sheet.details())
        self._close_sheet()
        self._job.run(
            _("Importing"),
            lambda project: import_files(
                project, originals, slice_seconds=SLICE_SECONDS, details=details, annotator_from=pattern
            ),
            done=self._on_written,
            cancelled=self._on_cancelled,
        )

    def _on_written(self, result: object) -> None:
        if not isinstance(result, ImportReport):
            return
        self._window.notices.tell(_told(result))
        first = next((row.version_id for row in result.rows if row.outcome == "taken" and row.version_id), "")
        if first:
            self._window.articles.choose(first)
            self._window.pane.view.setFocus()

    def _on_cancelled(self, changes: Changes) -> None:
        n = len(changes.ids("version"))
        kept = ngettext("{n} article was in already and stays.", "{n} articles were in already and stay.", n)
        self._window.notices.tell(_("Import stopped. {kept}").format(kept=kept if n else _("Nothing was brought in.")))

    def stop(self) -> None:
        """Close the sheet and wait for its worker: the window closes."""
        self._close_sheet()
        self._previews.stop()


def _reading_words(reading: Reading) -> str:
    """Return what a pattern looks at and whom it finds, in a line."""
    words = {
        "{annotator}/{name}.*": _("The folder: {people}"),
        "{name}_{annotator}.*": _("The end of the file's name: {people}"),
        "{name}/{annotator}.*": _("The file's name: {people}"),
    }
    people = ", ".join(reading.people[:_NAMED])
    more = len(reading.people) - _NAMED
    people += _(" and {n} more").format(n=more) if more > 0 else ""
    return words[reading.pattern].format(people=people)


def _told(report: ImportReport) -> str:
    """Return what an import did, in a line."""
    if len(report.rows) == 1 and report.rows[0].outcome == "taken":
        return _("Brought in: {title}").format(title=report.rows[0].what)
    taken, known = report.count("taken"), report.count("known")
    differs, refused = report.count("differs"), report.count("refused")
    told = (
        (taken, ngettext("{n} brought in", "{n} brought in", taken)),
        (known, ngettext("{n} already here", "{n} already here", known)),
        (differs, ngettext("{n} differs and stays as it is here", "{n} differ and stay as they are here", differs)),
        (refused, ngettext("{n} refused", "{n} refused", refused)),
    )
    return "; ".join(text for n, text in told if n)
