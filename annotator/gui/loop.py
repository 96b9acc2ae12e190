"""The annotate loop: what the keys do to the selection and the active claim."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

from annotator.gui.article_pane import ArticlePane
from annotator.gui.article_view.page import SpanChosen
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

P = ParamSpec("P")


class AnnotateLoop(QObject):
    """Marks, assesses, moves and removes, in the name of the person at work.

    Signals:
        warned: something quiet to say beside what was done (str).
    """

    warned = Signal(str)

    def __init__(
        self, hub: Hub, article: OpenArticle, pane: ArticlePane, speakers: SpeakerFinding, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._article = article
        self._pane = pane
        self._speakers = speakers
        self._last_link: tuple[SourceId, Stance] | None = None
        self._foreseen: tuple[tuple[str, int, int], FoundSpeaker | None] | None = None
        pane.status_chosen.connect(self.give_status)
        pane.view.span_chosen.connect(self._on_span_chosen)

    @property
    def _active(self) -> ClaimRow | None:
        return self._article.active

    def may_write(self) -> bool:
        """Tell whether the project takes changes; where it does not, say so before anything is typed."""
        if not self._hub.project.writable:
            self.warned.emit(_("The project is open for reading only"))
        return self._hub.project.writable

    def own_active(self) -> ClaimRow | None:
        """Return the active mention where it is this person's own to change; where it is not, say so."""
        row = self._active
        if row is not None and not self.may_write():
            return None
        if row is not None and row.annotator_id != self._hub.project.annotator_id:
            self.warned.emit(_("A colleague marked this; to differ, mark the words yourself"))
            return None
        return row

    def give_status(self, status: str) -> None:
        """Mark the selected words with a status; without a selection assess the active claim anew."""
        start, end = self._pane.view.selected_range()
        if start < end:
            self._mark(start, end, status)
        elif self._active:
            if self._hub.do(annotating.assess, self._active.claim_id, status) is None:
                return  # the hub has told why
            name = self._hub.statuses[status].name
            self._hub.announced.emit(_("Assessed as {status}").format(status=_(name).lower()))
            if self._active.annotator_id != self._hub.project.annotator_id:
                self.warned.emit(_("Recorded as your own status; the mark is a colleague's and keeps theirs"))
        else:
            self.warned.emit(_("Select some words first"))

    def _mark(self, start: int, end: int, status: str) -> None:
        page = self._article.page
        if page is None:
            return
        language = page.article.language or "en"
        found = self._found(page, start, end)
        with self._hub.repeatable(lambda: self._mark_again(page, start, end, status)):
            marked = self._hub.do(annotating.mark, page.version.id, [(start, end)], status=status, found=found)
        if marked is None:
            return
        self._pane.view.clear_selection()
        self._article.activate(marked.mention_id)
        name = self._hub.statuses[status].name
        self._hub.announced.emit(_("Marked as {status}").format(status=_(name).lower()))
        if marked.in_boilerplate:
            self.warned.emit(_("This stands in a part of the page that is not the article"))
        if not self._speakers.is_ready(language):
            text, mention_id, change_id = page.text, marked.mention_id, marked.change_id
            self._speakers.when_ready(
                language, lambda: self._suggest_later(text, start, end, language, mention_id, change_id)
            )

    def _mark_again(self, page: ArticlePage, start: int, end: int, status: str) -> None:
        """Mark words that were not saved; where another article is on show by now, in the one that they stand in."""
        shown = self._article.page
        if shown is not None and shown.version.id == page.version.id:
            self._mark(start, end, status)
        else:
            again = self._hub.do(annotating.mark, page.version.id, [(start, end)], status=status)
            if again is not None:
                self._hub.announced.emit(_("Saved"))

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
        if found and self._hub.is_open:
            self._hub.do(annotating.suggest_speaker, mention_id, found, joins=change_id)

    def _on_span_chosen(self, chosen: SpanChosen) -> None:
        """Look up who says it; a span dragged with Ctrl joins the active mention: a statement broken by "he said"."""
        row, page = self._active, self._article.page
        if not chosen.add and page is not None and self._hub.project.writable:
            self._found(page, chosen.start, chosen.end)
        if not chosen.add or row is None or self.own_active() is None:
            return
        if any(start < chosen.end and chosen.start < end for start, end in row.spans):
            self.warned.emit(_("These words belong to the mention already"))
            return
        spans = [*row.spans, (chosen.start, chosen.end)]
        if self._did(annotating.move_mention, row.mention_id, spans):
            self._pane.view.clear_selection()
            self._hub.announced.emit(_("Added to the mention"))

    def _did(self, service: Callable[Concatenate[Project, P], object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Do it; tell whether it was done, so that nothing is announced that was refused."""
        return saved(self._hub, service, *args, **kwargs)

    def accept(self) -> None:
        """Accept the active claim's suggested speaker."""
        row = self.own_active()
        if row and self._did(annotating.accept_speaker, row.mention_id):
            self._hub.announced.emit(_("Speaker accepted"))

    def dismiss(self) -> None:
        """Take the active claim's suggested speaker off."""
        row = self.own_active()
        if row and self._did(annotating.dismiss_speaker, row.mention_id):
            self._hub.announced.emit(_("Speaker dismissed"))

    def remove(self) -> None:
        """Remove the active mention; the next one becomes active."""
        row = self.own_active()
        if row is None:
            return
        rows = self._article.rows
        place = next((number for number, one in enumerate(rows) if one.mention_id == row.mention_id), 0)
        follower = rows[place + 1] if place + 1 < len(rows) else rows[place - 1] if place else None
        self._hub.do(annotating.remove_mention, row.mention_id)
        if self._article.row(row.mention_id) is None:
            self._article.activate(follower.mention_id if follower else "")
            self._hub.announced.emit(_("Removed"))

    def split(self) -> None:
        """Give the active mention a claim of its own."""
        row = self.own_active()
        if row is None:
            return
        from annotator.services import relating  # noqa: PLC0415 - the first paint does without it

        if self._did(relating.split, row.mention_id):
            self._hub.announced.emit(_("Split off as a claim of its own"))

    def remember_link(self, source_id: SourceId, stance: Stance) -> None:
        """Take note of the link that `repeat_link` repeats."""
        self._last_link = (source_id, stance)

    def repeat_link(self) -> None:
        """Link the source linked last to the active claim, with the same stance."""
        source = self._hub.project.find(Source, self._last_link[0]) if self._last_link else None
        if self._active is None or self._last_link is None or source is None:
            self.warned.emit(_("Link a source with L first"))
            return
        stance = self._last_link[1]
        if self._did(linking.link_source, self._active.claim_id, source.id, stance=stance):
            self._hub.announced.emit(linked_text(source, stance))

    def move_end(self, step: int) -> None:
        """Move the active mention's end by a word: right (1) or left (-1)."""
        self._move(0, step)

    def move_start(self, step: int) -> None:
        """Move the active mention's start by a word: right (1) or left (-1)."""
        self._move(step, 0)

    def _move(self, start_step: int, end_step: int) -> None:
        row, page = self.own_active(), self._article.page
        if row is None or page is None:
            return
        from annotator.model import boundaries  # noqa: PLC0415 - the first paint does without it

        spans = list(row.spans)
        first, last = spans[0], spans[-1]
        if start_step:
            spans[0] = (boundaries.start_moved(page.text, first[0], start_step), first[1])
        else:
            spans[-1] = (last[0], boundaries.end_moved(page.text, last[1], end_step))
        if all(start < end for start, end in spans):
            self._hub.do(annotating.move_mention, row.mention_id, spans)
