"""A passage of one of the project's articles as evidence: chosen in that article, and shown there again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from annotator.gui.banner import Strip
from annotator.gui.inspector.drafts import saved
from annotator.i18n import _
from annotator.model.ids import ArticleId, EvidenceId, VersionId
from annotator.model.records import Claim, Evidence, Source
from annotator.services import sourcing

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow
    from annotator.model.changes import Changes


class PassageStrip(Strip):
    """Says for which claim a passage is being chosen; Esc gives it up."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window, "passage", _("Choosing a passage"), "quote", "accent")
        self.take = QPushButton(_("This is the passage"))
        self.take.setProperty("kind", "primary")
        self.give_up = QPushButton(_("Back"))
        self.row.addWidget(self.take)
        self.row.addWidget(self.give_up)


class Passages(QObject):
    """Leads to the article that is a source, takes the passage selected there, and leads back to the claim."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._evidence_id = ""
        self._from = ("", "")
        self.strip = PassageStrip(window)
        self.strip.take.clicked.connect(self.take)
        self.strip.give_up.clicked.connect(self.give_up)
        window.pane.view.installEventFilter(self)
        window.hub.project_changed.connect(self._put_away)
        window.hub.changed.connect(self._on_changed)

    def choose(self, evidence_id: str) -> None:
        """Go to the article that a piece of evidence is from, and let the person select the passage there."""
        window = self._window
        found = self._of(evidence_id)
        if found is None:
            return
        evidence, versions = found
        page = window.article.page
        self._from = (page.version.id if page else "", window.article.active_id)
        self._evidence_id = evidence_id
        self._show(evidence, versions)
        claim = window.hub.project.find(Claim, evidence.claim_id)
        words = _("Select the passage that speaks to “{claim}”, then press Enter. Esc leads back.")
        self.strip.say(words.format(claim=claim.text if claim else ""))
        window.hub.announced.emit(self.strip.text.text())
        window.pane.take_focus()

    def show_passage(self, evidence_id: str) -> None:
        """Show a passage in its article, selected."""
        found = self._of(evidence_id)
        if found is not None:
            self._show(*found)
            self._window.pane.take_focus()

    def _of(self, evidence_id: str) -> tuple[Evidence, list[VersionId]] | None:
        project = self._window.hub.project
        evidence = project.find(Evidence, evidence_id)
        source = project.find(Source, evidence.source_id) if evidence else None
        versions = project.versions_of(ArticleId(source.article_id)) if source and source.article_id else []
        if evidence is None or not versions:
            self._window.notices.tell(_("This source is no article of the project"))
            return None
        return evidence, [one.id for one in versions]

    def _show(self, evidence: Evidence, versions: list[VersionId]) -> None:
        """Show the version that has the passage, the last one where none has, with the passage selected."""
        window = self._window
        version_id = sourcing.version_of_passage(window.hub.project, evidence, versions)
        page = window.article.page
        if page is None or version_id not in page.versions:
            window.articles.choose(version_id)
        if evidence.spans:
            window.pane.view.canvas.show_found([(span.start, span.end) for span in evidence.spans])
            window.pane.view.select_range(evidence.spans[0].start, evidence.spans[0].end)

    def take(self) -> None:
        """Take the selected words as the passage, and go back to the claim."""
        window = self._window
        start, end = window.pane.view.selected_range()
        page = window.article.page
        if page is None or start == end:
            window.notices.tell(_("Select the passage first"))
            return
        evidence_id = EvidenceId(self._evidence_id)
        if saved(window.hub, sourcing.mark_passage, evidence_id, page.version.id, [(start, end)]):
            window.hub.announced.emit(_("The passage is marked"))
            self.give_up()

    def give_up(self) -> None:
        """Go back to the claim."""
        version_id, mention_id = self._from
        self._put_away()
        if version_id:
            self._window.articles.choose(version_id)
        self._window.article.activate(mention_id)
        self._window.pane.take_focus()

    def _on_changed(self, _changes: "Changes") -> None:
        if self._evidence_id and self._window.hub.project.find(Evidence, self._evidence_id) is None:
            self._put_away()

    def _put_away(self) -> None:
        self._evidence_id = ""
        self.strip.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a passage is being chosen, Enter takes it and Esc leads back."""
        keys = {Qt.Key.Key_Return: self.take, Qt.Key.Key_Enter: self.take, Qt.Key.Key_Escape: self.give_up}
        do = keys.get(Qt.Key(event.key())) if self._evidence_id and isinstance(event, QKeyEvent) else None
        if do is None or event.type() not in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            do()
        return True
