"""What the window does with sources: shows the page of one, makes new ones, keeps files, verifies them."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from annotator.gui.inspector.drafts import saved
from annotator.gui.jobs import Steps
from annotator.gui.sources.page import SourcePage
from annotator.i18n import _, ngettext
from annotator.model.ids import SourceId
from annotator.model.records import Source
from annotator.services import linking, snapshots, sourcing
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.sources.passages import Passages
    from annotator.gui.window import MainWindow
    from annotator.services.snapshots import Held

_NAMED = 3
"""So many files that are not intact are named in the notice."""


class Sources(QObject):
    """Leads to a source's page, and does with sources what needs no page."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.hub.leaving.connect(snapshots.forget_copies)
        snapshots.forget_old_copies()

    @cached_property
    def page(self) -> SourcePage:
        """The page of a source."""
        return SourcePage(self._window)

    @cached_property
    def passages(self) -> "Passages":
        """What marks passages of articles as evidence, and shows them."""
        from annotator.gui.sources.passages import Passages  # noqa: PLC0415 - hardly ever wanted

        return Passages(self._window)

    def choose_passage(self, evidence_id: str) -> None:
        """Let the person choose the passage of an article that is the evidence."""
        self._window.inspector.commit_all()
        if self._window.loop.may_write():
            self.passages.choose(evidence_id)

    def open_page(self, source_id: str) -> None:
        """Show the page of a source."""
        self._window.inspector.commit_all()
        self.page.open_source(SourceId(source_id))

    def find(self) -> None:
        """Let the person find any source of the project, and show its page."""
        if self._window.hub.is_open:
            self.page.chooser.choose_source(self.open_page)

    def open_of_active(self) -> None:
        """Show the page of the source that was linked to the active claim last."""
        row = self._window.article.active
        evidence = self._window.hub.project.evidence_of([row.claim_id]) if row else []
        if evidence:
            self.open_page(evidence[-1].source_id)
        else:
            self._window.notices.tell(_("No source is linked to this claim yet: press L."))

    def keep_file(self, source_id: str, path: str) -> None:
        """Keep a dropped file with a source; with "" it makes a source of its own, or goes to the one it is."""
        hub = self._window.hub
        if not self._window.loop.may_write():
            return
        key = source_id
        if not key:
            source = linking.source_from(path)
            known = linking.same_source(hub.project, source)
            key = (known or source).id
            if known is None and not saved(hub, sourcing.add_source, source, Path(path)):
                return
        if source_id and not saved(hub, snapshots.attach, SourceId(key), Path(path)):
            return
        title = hub.project.get(Source, key).title
        self._window.notices.tell(_("Kept with “{title}”: {file}").format(title=title, file=Path(path).name))

    def keep_address(self, address: str, title: str) -> None:
        """Make a source of a dropped address, unless there is one, and say which it is."""
        if not self._window.loop.may_write():
            return
        found = self._window.hub.do(linking.source_at, address, title)
        if found is not None:
            source, new = found
            words = _("New source: {title}") if new else _("This source is there already: {title}")
            self._window.notices.tell(words.format(title=source.title))

    def verify(self) -> None:
        """Read every file that is kept, beside the window, and say which are intact."""
        job = self._window.commands.files.job
        self._window.inspector.commit_all()
        veil = self._window.hub.project.veil

        def work(beside: Project) -> Steps:
            beside.draw_veil(veil)  # sources that are hidden from the window are not named either
            return snapshots.verifying(beside)

        job.run(
            _("Verifying files"),
            work,
            done=self._on_verified,
            cancelled=lambda _changes: self._window.notices.tell(_("Verifying stopped.")),
        )

    def _on_verified(self, result: object) -> None:
        self._window.notices.tell(verified_text(cast("list[Held]", result)))


def verified_text(held: "list[Held]") -> str:
    """Return in a sentence or two which files are what they were."""
    intact = len({one.sha256 for one in held if one.state == "intact"})
    told = [ngettext("{n} kept file is intact", "{n} kept files are intact", intact) + "."]
    bad = {one.sha256: one for one in held if one.state != "intact"}
    if bad:
        words = {"missing": _("missing"), "altered": _("altered")}
        named = [f"“{one.title}” ({words.get(one.state, one.state)})" for one in list(bad.values())[:_NAMED]]
        more = len(bad) - len(named)
        listed = ", ".join((*named, *((_("and {n} more").format(n=more),) if more else ())))
        told.append(_("Not intact: {files}.").format(files=listed))
    return " ".join(told)
