"""Writing the dataset out of the window: asks where to, works beside the window, tells what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import Refused
from annotator.formats import WRITERS
from annotator.formats.table import Writer
from annotator.gui.busy import OneJob
from annotator.i18n import _
from annotator.services.exporting import export_project

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


def begin_export(window: "MainWindow", job: OneJob) -> None:
    """Ask where the open project's dataset goes, and write it there."""
    writer = WRITERS[0]
    project = window.hub.project
    suggestion = project.path.with_suffix(writer.suffixes[0])
    chosen = window.prompts.file_to_save(_("Export the dataset"), _kind(writer), str(suggestion))
    if chosen is None:
        return
    path = _with_suffix(chosen, writer)
    if path.exists() and path.samefile(project.path):
        what = _("this is the project itself")
        window.hub.refused.emit(Refused(what, do=_("choose another name for the dataset"), file=str(path)))
        return
    job.run(
        _("Exporting"),
        lambda beside: export_project(beside, path, writer=writer),
        done=lambda _result: window.notices.tell(_("Exported to {file}").format(file=path)),
        cancelled=lambda _changes: window.notices.tell(_("Export stopped; nothing was written.")),
    )


def _kind(writer: Writer) -> str:
    return f"{_(writer.title)} ({' '.join(f'*{suffix}' for suffix in writer.suffixes)})"


def _with_suffix(chosen: Path, writer: Writer) -> Path:
    """Return the path with the format's suffix, unless that would be a file the person did not choose to replace."""
    if chosen.suffix or chosen.exists():
        return chosen
    named = chosen.with_name(chosen.name + writer.suffixes[0])
    return chosen if named.exists() else named
