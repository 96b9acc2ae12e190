"""The page of a source as a card over the window: reads it, saves what is changed, and does what its buttons say."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from annotator.errors import Refused
from annotator.gui.inspector.drafts import PAUSE_MS, Drafts, saved
from annotator.gui.intake.drops import offer_files
from annotator.gui.popups.card import Card, scrolled
from annotator.gui.quotes import quotes_of
from annotator.gui.sources.beside import Beside, Shown
from annotator.gui.sources.form import SourceForm
from annotator.gui.sources.opening import OpenStrip, host_of
from annotator.gui.sources.saving import savers
from annotator.i18n import _
from annotator.model.ids import LinkId, Sha256, SourceId
from annotator.model.records import Medium, Source
from annotator.services import snapshots, sourcing
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.sources.choosing import Chooser
    from annotator.gui.window import MainWindow
    from annotator.model.changes import Changes
    from annotator.services.sourcing import SourceDetail

_WIDTH, _HEIGHT = 960, 660
_LOOKED_AT: Final = 8 << 20
"""Bytes of the largest file that is verified while somebody waits for the page."""


class _PageCard(Card):
    """The card; files that are dropped on it are the source's, and undo is the window's."""

    def __init__(self, page: "SourcePage", window: "MainWindow") -> None:
        super().__init__(window, "", width=_WIDTH, height=_HEIGHT, name=_("Source"))
        self._page = page
        self._window = window
        self.setAcceptDrops(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo where no field has anything of its own to take back."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._page.step(self._window.commands.undo)
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._page.step(self._window.commands.redo)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        offer_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep the file with the source."""
        files = offer_files(event)
        if files:
            self._page.attach(Path(files[0]))


class SourcePage(QObject):
    """Shows one source at a time; Esc closes it."""

    def __init__(self, window: "MainWindow", *, pause_ms: int = PAUSE_MS) -> None:
        super().__init__(window)
        self._window = window
        self._hub = window.hub
        self.detail: SourceDetail | None = None
        self.drafts = Drafts(savers(window.hub), lambda: None)
        self.form = SourceForm(self.drafts, pause_ms=pause_ms)
        self.beside = Beside()
        self.strip = OpenStrip()
        self.open_address = QPushButton(_("Open the address…"))
        self.open_archived = QPushButton(_("Open the archived copy…"))
        self.remove = QPushButton(_("Remove the source"))
        self.card = _PageCard(self, window)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(scrolled(self.form, name=_("Fields of the source")), 11)
        both.addWidget(scrolled(self.beside, name=_("Where the source is used")), 9)
        self.card.body.addLayout(both, 1)
        self.card.body.addWidget(self.strip)
        for place, button in enumerate((self.open_address, self.open_archived)):
            self.card.foot.insertWidget(place, button)
        self.card.foot.addWidget(self.remove)

    def _connect(self) -> None:
        form, beside = self.form, self.beside
        form.medium_chosen.connect(self._on_medium)
        form.primary_chosen.connect(self._on_primary)
        form.confidential_chosen.connect(self._on_confidential)
        form.origin.wanted.connect(self._choose_origin)
        form.origin.cleared.connect(lambda: self._say_origin(""))
        form.article.wanted.connect(lambda: self.chooser.choose_article(self._say_article))
        form.article.cleared.connect(lambda: self._say_article(""))
        form.file.attach_wanted.connect(self._choose_file)
        form.file.detach_wanted.connect(lambda: self._do(snapshots.detach))
        form.file.open_wanted.connect(self._open_file)
        form.file.save_wanted.connect(self._save_file)
        beside.claim_wanted.connect(self._go_to_claim)
        beside.source_wanted.connect(self._on_other)
        beside.join_wanted.connect(self._join)
        beside.part_wanted.connect(self._part)
        self.open_address.clicked.connect(lambda: self._ask(self.detail.source.url if self.detail else ""))
        self.open_archived.clicked.connect(lambda: self._ask(self.detail.source.archived_url if self.detail else ""))
        self.strip.confirmed.connect(self._open_address)
        self.remove.clicked.connect(self._remove)
        self.card.overlay.closed.connect(self.commit_all)
        self._hub.changed.connect(self._on_changed)
        quotes_of(self._hub).answered.connect(self._on_answered)
        self._hub.leaving.connect(self._on_leaving)
        self._hub.project_changed.connect(self.card.close_card)
        self._window.inspector.commit_with(self.commit_all)

    @cached_property
    def chooser(self) -> "Chooser":
        """What finds another source or an article; made when first wanted."""
        from annotator.gui.sources.choosing import Chooser  # noqa: PLC0415 - as above

        return Chooser(self._window)

    # Reading

    def open_source(self, source_id: SourceId) -> None:
        """Show a source."""
        self.commit_all()
        self.strip.hide()
        if self._read(source_id):
            self.card.overlay.open_on(self.form.title)

    def _read(self, source_id: SourceId) -> bool:
        before = self.detail if self.card.is_open else None
        detail = self._hub.do(sourcing.source_detail, source_id, before)
        self.detail = detail
        if detail is None:
            return False
        editable, source = self._hub.project.writable, detail.source
        self.card.title.setText(source.title or source.url)
        self.form.show_detail(detail, editable=editable)
        self._show_file(source, editable=editable)
        statuses = self._hub.statuses
        names = [_(statuses[use.status].name) if use.status in statuses else "" for use in detail.uses]
        quotes = tuple(quotes_of(self._hub).state_of(use.evidence, source) for use in detail.uses)
        self.beside.show_all(Shown(detail.uses, quotes, tuple(names), detail.twins, detail.offered, editable))
        self.open_address.setVisible(bool(host_of(source.url)))
        self.open_archived.setVisible(bool(host_of(source.archived_url)))
        self.remove.setVisible(editable and not detail.uses)
        return True

    def _show_file(self, source: Source, *, editable: bool) -> None:
        sha256 = source.snapshot_sha256
        if not sha256:
            self.form.file.show_nothing(editable=editable)
            return
        project = self._hub.project
        noted, size = snapshots.snapshot_of(project, sha256), snapshots.size_of(project, sha256)
        state = snapshots.state_of(project, sha256) if size <= _LOOKED_AT else "intact"
        kind = noted.media_type if noted else ""
        self.form.file.show_file(kind, size, state, opens=snapshots.can_be_opened(kind), editable=editable)

    def _on_changed(self, changes: "Changes") -> None:
        if not self.card.is_open or self.detail is None:
            return
        if changes.touches("source", "evidence", "link", "comment", "claim", "assessment", "snapshot", "article"):
            key = self.detail.source.id
            if self._hub.project.find(Source, key) is None:
                self.detail = None
                self.card.close_card()
            else:
                self._read(key)

    def _on_answered(self) -> None:
        if self.card.is_open and self.detail is not None and self.detail.uses:
            self._read(self.detail.source.id)

    # Saving

    def commit_all(self) -> bool:
        """Save what was typed; tell whether nothing unsaved is left."""
        if self._hub.is_open and self.detail is not None:
            for field in self.form.fields():
                field.commit()
        return self.drafts.retry() if self._hub.is_open else True

    def _on_leaving(self) -> None:
        self.commit_all()
        self.drafts.clear()
        for field in self.form.fields():
            field.reset()
        self.detail = None

    def step(self, take: Callable[[], None]) -> None:
        """Undo or redo, what is being typed being saved first."""
        self.commit_all()
        take()

    def _do(self, service: Callable[..., object], *values: object) -> bool:
        return self.detail is not None and saved(self._hub, service, self.detail.source.id, *values)

    def _edit(self, edit: Callable[[Project, SourceId], None]) -> None:
        if self.detail is not None and not saved(self._hub, edit, self.detail.source.id):
            self._read(self.detail.source.id)  # a tick that was refused goes back

    def _on_medium(self, medium: Medium) -> None:
        self._edit(partial(sourcing.edit_source, medium=medium))

    def _on_primary(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._edit(partial(sourcing.edit_source, primary=on))

    def _on_confidential(self, on: bool) -> None:  # noqa: FBT001 - as above
        self._edit(partial(sourcing.edit_source, confidential=on))

    def _say_origin(self, key: str) -> None:
        self._edit(partial(sourcing.edit_source, derived_from=key))

    def _say_article(self, key: str) -> None:
        self._edit(partial(sourcing.edit_source, article_id=key))

    def _on_other(self, source_id: str) -> None:
        self.open_source(SourceId(source_id))

    def _part(self, link_id: str) -> None:
        self._hub.do(sourcing.part, LinkId(link_id))

    def _join(self, other: str) -> None:
        if self._do(sourcing.join, SourceId(other)):
            self._hub.announced.emit(_("Joined: the two are one source"))

    def _choose_origin(self) -> None:
        if self.detail is not None:
            self.chooser.choose_source(self._say_origin, but=self.detail.source.id)

    def _remove(self) -> None:
        title = self.card.title.text()
        if self._do(sourcing.remove_source):
            self._window.notices.tell(_("Removed: {title}").format(title=title))

    def _go_to_claim(self, claim_id: str) -> None:
        self.card.close_card()
        self._window.commands.palette.go_to_claim(claim_id)

    # The file and the address

    def _choose_file(self) -> None:
        chosen = self._window.prompts.file_to_open(_("Attach a file"), _("All files (*)"))
        if chosen is not None:
            self.attach(chosen)

    def attach(self, path: Path) -> None:
        """Keep a file with the source on show."""
        if self._do(snapshots.attach, path):
            self._hub.announced.emit(_("Kept with the source: {file}").format(file=path.name))

    def _open_file(self) -> None:
        if self.detail is not None:
            source = self.detail.source
            title = source.title or source.url
            copy = self._hub.do(snapshots.private_copy, Sha256(source.snapshot_sha256), title)
            if copy is not None and not self._window.prompts.open_file(copy):
                self._window.notices.tell(_("No program of this machine opens it: {file}").format(file=copy))

    def _save_file(self) -> None:
        if self.detail is None:
            return
        source = self.detail.source
        chosen = self._window.prompts.file_to_save(_("Save a copy"), _("All files (*)"), source.title or "snapshot")
        if chosen is not None and saved(self._hub, snapshots.save_copy, Sha256(source.snapshot_sha256), chosen):
            self._window.notices.tell(_("Saved to {file}").format(file=chosen))

    def _open_address(self, address: str) -> None:
        if not self._window.prompts.open_address(address):
            self._window.notices.tell(_("There is no browser on this machine: {address}").format(address=address))

    def _ask(self, address: str) -> None:
        asked = self.open_address if self.detail and address == self.detail.source.url else self.open_archived
        if host_of(address):
            self.strip.ask(address, asked)
        else:
            self._hub.refused.emit(Refused(_("this is no web address"), do=_("only http and https are opened")))
