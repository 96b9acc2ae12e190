"""The annotate loop: what the keys do to the selection and the active claim."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Qt, Signal

from annotator.gui.article_pane import ArticlePane
from annotator.gui.article_view.page import MarkReshaped, SpanChosen
from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import saved
from annotator.gui.inspector.wording import linked_text
from annotator.gui.open_article import OpenArticle
from annotator.gui.speaker_finding import SpeakerFinding
from annotator.i18n import _
from annotator.model.ids import ChangeId, MentionId, SourceId
from annotator.model.records import Source, Stance
from annotator.services import annotating, linking
from annotator.services.viewing import ArticlePage, ClaimRow
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.assist.speakers import FoundSpeaker
    from annotator.gui.shaping import Shaping

P = ParamSpec("P")


class AnnotateLoop(QObject):
    """Marks, assesses and removes, in the name of the person at work.

    Signals:
        warned: something quiet to say beside what was done (str).
    """

    warned = Signal(str)

    def __init__(
        self, hub: Hub, article: OpenArticle, pane: ArticlePane, speakers: SpeakerFinding, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.hub = hub
        self.article = article
        self.pane = pane
        self._speakers = speakers
        self._last_link: tuple[SourceId, Stance] | None = None
        self._foreseen: tuple[tuple[str, int, int], FoundSpeaker | None] | None = None
        pane.status_chosen.connect(self.give_status)
        speakers.ready.connect(self._on_language, Qt.ConnectionType.QueuedConnection)
        article.shown.connect(self._on_language)
        pane.view.span_chosen.connect(self._on_span_chosen)
        pane.view.part_clicked.connect(self._on_part_clicked)
        pane.view.mark_reshaped.connect(self._on_reshaped)

    def _on_language(self, *_whatever: object) -> None:
        """Cut sentences by the rules of the article's language, as soon as they are loaded."""
        page = self.article.page
        self.pane.view.sentence_rules = self._speakers.cutter(page.article.language or "en") if page else None

    @cached_property
    def shape(self) -> "Shaping":
        """What shapes the active mention; made when first wanted, so that the first paint does not wait for it."""
        from annotator.gui.shaping import Shaping  # noqa: PLC0415 - as above

        return Shaping(self)

    @property
    def _active(self) -> ClaimRow | None:
        return self.article.active

    def may_write(self) -> bool:
        """Tell whether the project takes changes; where it does not, say so before anything is typed."""
        if not self.hub.project.writable:
            self.warned.emit(_("The project is open for reading only"))
        return self.hub.project.writable

    def own_active(self) -> ClaimRow | None:
        """Return the active mention where it is this person's own to change; where it is not, say so."""
        row = self._active
        if row is not None and not self.may_write():
            return None
        if row is not None and not row.is_own(self.hub.project.annotator_id):
            if not self.is_decided(row):
                self.warned.emit(_("A colleague marked this; to differ, mark the words yourself"))
            return None
        return row

    def is_decided(self, row: ClaimRow) -> bool:
        """Tell whether a mention is what the review came to; then say that it is changed there."""
        if row.adjudicated:
            self.warned.emit(_("This was decided in the review; change it there"))
        return row.adjudicated

    def give_status(self, status: str) -> None:
        """Mark the selected words with a status; without a selection assess the active claim anew."""
        start, end = self.pane.view.selected_range()
        if start < end:
            self._mark(start, end, status)
        elif self._active and self.is_decided(self._active):
            pass
        elif self._active:
            if self.hub.do(annotating.assess, self._active.claim_id, status) is None:
                return  # the hub has told why
            name = self.hub.statuses[status].name
            self.hub.announced.emit(_("Assessed as {status}").format(status=_(name).lower()))
            if self._active.annotator_id != self.hub.project.annotator_id:
                self.warned.emit(_("Recorded as your own status; the mark is a colleague's and keeps theirs"))
        else:
            self.warned.emit(_("Select some words first"))

    def _mark(self, start: int, end: int, status: str) -> None:
        page = self.article.page
        if page is None:
            return
        language = page.article.language or "en"
        found = self._found(page, start, end)
        with self.hub.repeatable(lambda: self._mark_again(page, start, end, status)):
            within = self.shape.around([(start, end)])
            marked = self.hub.do(
                annotating.mark, page.version.id, [(start, end)], status=status, found=found, within=within
            )
        if marked is None:
            return
        self.pane.view.clear_selection()
        self.article.activate(marked.mention_id)
        name = _(self.hub.statuses[status].name).lower()
        told = _("Marked as {status}, inside another mention") if within else _("Marked as {status}")
        self.hub.announced.emit(told.format(status=name))
        if marked.in_boilerplate:
            self.warned.emit(_("This stands in a part of the page that is not the article"))
        if not self._speakers.is_ready(language):
            text, mention_id, change_id = page.text, marked.mention_id, marked.change_id
            self._speakers.when_ready(
                language, lambda: self._suggest_later(text, start, end, language, mention_id, change_id)
            )

    def _mark_again(self, page: ArticlePage, start: int, end: int, status: str) -> None:
        """Mark words that were not saved; where another article is on show by now, in the one that they stand in."""
        shown = self.article.page
        if shown is not None and shown.version.id == page.version.id:
            self._mark(start, end, status)
        else:
            again = self.hub.do(annotating.mark, page.version.id, [(start, end)], status=status)
            if again is not None:
                self.hub.announced.emit(_("Saved"))

    def _found(self, page: ArticlePage, start: int, end: int) -> "FoundSpeaker | None":
        """Return who makes the claim; looked up while the person still decides which key to press."""
        place = (page.version.id, start, end)
        if self._foreseen is None or self._foreseen[0] != place:
            language = page.article.language or "en"
            found = self._speakers.find(page.text, start, end, language)
            if not self._speakers.is_ready(language):
                return None
            self._foreseen = (place, found)
        return self._foreseen[1]

    def _suggest_later(
        self, text: str, start: int, end: int, language: str, mention_id: MentionId, change_id: ChangeId
    ) -> None:
        found = self._speakers.find(text, start, end, language)
        if found and self.hub.is_open:
            self.hub.do(annotating.suggest_speaker, mention_id, found, joins=change_id)

    def _on_span_chosen(self, chosen: SpanChosen) -> None:
        """Look up who says it; a span dragged with Ctrl joins the active mention: a statement broken by "he said"."""
        page = self.article.page
        if chosen.add:
            self.shape.join_or_take_off(chosen.start, chosen.end)
        elif page is not None and self.hub.project.writable:
            self._found(page, chosen.start, chosen.end)

    def _on_part_clicked(self, place: int) -> None:
        self.shape.take_off_at(place)

    def _on_reshaped(self, reshaped: MarkReshaped) -> None:
        self.shape.reshape(reshaped)

    def _did(self, service: Callable[Concatenate[Project, P], object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Do it; tell whether it was done, so that nothing is announced that was refused."""
        return saved(self.hub, service, *args, **kwargs)

    def accept(self) -> None:
        """Accept the active claim's suggested speaker."""
        row = self.own_active()
        if row and self._did(annotating.accept_speaker, row.mention_id):
            self.hub.announced.emit(_("Speaker accepted"))

    def dismiss(self) -> None:
        """Take the active claim's suggested speaker off."""
        row = self.own_active()
        if row and self._did(annotating.dismiss_speaker, row.mention_id):
            self.hub.announced.emit(_("Speaker dismissed"))

    def remove(self) -> None:
        """Remove the active mention; the next one becomes active."""
        row = self.own_active()
        if row is None:
            return
        rows = self.article.rows
        place = next((number for number, one in enumerate(rows) if one.mention_id == row.mention_id), 0)
        follower = rows[place + 1] if place + 1 < len(rows) else rows[place - 1] if place else None
        self.hub.do(annotating.remove_mention, row.mention_id)
        if self.article.row(row.mention_id) is None:
            self.article.activate(follower.mention_id if follower else "")
            self.hub.announced.emit(_("Removed"))

    def split(self) -> None:
        """Give the active mention a claim of its own."""
        row = self.own_active()
        if row is None:
            return
        from annotator.services import relating  # noqa: PLC0415 - the first paint does without it

        if self._did(relating.split, row.mention_id):
            self.hub.announced.emit(_("Split off as a claim of its own"))

    def remember_link(self, source_id: SourceId, stance: Stance) -> None:
        """Take note of the link that `repeat_link` repeats."""
        self._last_link = (source_id, stance)

    def repeat_link(self) -> None:
        """Link the source linked last to the active claim, with the same stance."""
        source = self.hub.project.find(Source, self._last_link[0]) if self._last_link else None
        if self._active is None or self._last_link is None or source is None:
            self.warned.emit(_("Link a source with L first"))
            return
        if self.is_decided(self._active):
            return
        stance = self._last_link[1]
        if self._did(linking.link_source, self._active.claim_id, source.id, stance=stance):
            self.hub.announced.emit(linked_text(source, stance))
