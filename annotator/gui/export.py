"""Writing the dataset or the report out of the window: asks where to, works beside it, tells what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import Refused
from annotator.formats import WRITERS
from annotator.formats.table import Writer
from annotator.gui.busy import OneJob
from annotator.gui.jobs import Steps
from annotator.i18n import _, ngettext
from annotator.model.changes import Changes
from annotator.services import blind
from annotator.services.exporting import ExportReport, export_project
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


def begin_export(window: "MainWindow", job: OneJob) -> None:
    """Ask as what and where the open project is to be written, and write it there."""
    project = window.hub.project
    suggestion = project.path.with_suffix(WRITERS[0].suffixes[0])
    chosen = window.prompts.file_to_save(_("Export"), ";;".join(map(_kind, WRITERS)), str(suggestion))
    if chosen is None:
        return
    writer = next((one for one in WRITERS if chosen.suffix.lower() in one.suffixes), WRITERS[0])
    path = _with_suffix(chosen, writer)
    if path.exists() and path.samefile(project.path):
        what = _("this is the project itself")
        window.hub.refused.emit(Refused(what, do=_("choose another name"), file=str(path)))
        return
    open_too = _with_confidential(window)
    if open_too is None:
        return
    before = _stamp(path)
    # A dataset is the project's; what a person reads hides what the window hides from them.
    veil = project.veil if writer.is_for_reading else None
    hidden = (blind.why_hidden(),) if writer.is_for_reading and blind.hides_anything(project) else ()

    def stopped(_changes: Changes) -> None:
        # The person may have stopped it when the file was already in its place.
        whole = _stamp(path) != before
        window.notices.tell(_told(path) if whole else _("Export stopped; nothing was written."))

    def done(result: object) -> None:
        report = result if isinstance(result, ExportReport) else None
        window.notices.tell(" ".join((_told(path, report), *hidden)))

    def work(beside: Project) -> Steps:
        beside.draw_veil(veil)
        return export_project(beside, path, writer=writer, with_confidential=open_too)

    job.run(_("Exporting"), work, done=done, cancelled=stopped)


def _with_confidential(window: "MainWindow") -> bool | None:
    """Ask whether confidential sources are named, where there are any; None where the person wants no export."""
    n = sum(one.confidential for one in window.hub.project.sources())
    if not n:
        return False
    question = ngettext(
        "{n} source is confidential. What is written?", "{n} sources are confidential. What is written?", n
    )
    choices = (_("Without what names them"), _("Everything, with their names and quotes"))
    picked = window.prompts.choice(_("Export"), question, choices)
    return None if picked is None else picked == 1


def _told(path: Path, report: ExportReport | None = None) -> str:
    """Return where the file is, how much is in it, and what the format could not hold."""
    if report is None:
        return _("Exported to {file}").format(file=path)
    articles = ngettext("{n} article", "{n} articles", report.lines)
    return " ".join((_("Exported {articles} to {file}").format(articles=articles, file=path), *report.losses))


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what tells one file of that name from the next, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _kind(writer: Writer) -> str:
    return f"{_(writer.title)} ({' '.join(f'*{suffix}' for suffix in writer.suffixes)})"


def _with_suffix(chosen: Path, writer: Writer) -> Path:
    """Return the path with the format's suffix, unless that would be a file the person did not choose to replace."""
    if chosen.suffix or chosen.exists():
        return chosen
    named = chosen.with_name(chosen.name + writer.suffixes[0])
    return chosen if named.exists() else named
