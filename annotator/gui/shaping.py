"""What shapes the active mention: its boundaries, its parts, the mention that it is reported in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.gui.article_view.page import MarkReshaped, Range
from annotator.gui.inspector.drafts import saved
from annotator.i18n import _
from annotator.model import boundaries, nesting, parts
from annotator.model.ids import MentionId
from annotator.services import annotating
from annotator.services import nesting as nesting_service

if TYPE_CHECKING:
    from annotator.gui.loop import AnnotateLoop
    from annotator.services.viewing import ClaimRow


class Shaping(QObject):
    """Moves, joins and takes off words of the person's own mention; its id, claim and links stay. Made when wanted."""

    def __init__(self, loop: "AnnotateLoop") -> None:
        super().__init__(loop)
        self._loop = loop

    # Boundaries

    def move_end(self, step: int) -> None:
        """Move the active mention's end by a word: right (1) or left (-1)."""
        self._move(0, step)

    def move_start(self, step: int) -> None:
        """Move the active mention's start by a word: right (1) or left (-1)."""
        self._move(step, 0)

    def _move(self, start_step: int, end_step: int) -> None:
        row, text = self._loop.own_active(), self._text()
        if row is None:
            return
        spans = list(row.spans)
        first, last = spans[0], spans[-1]
        if start_step:
            step = boundaries.onward(text, first[0], start_step)
            spans[0] = (boundaries.start_moved(text, first[0], step), first[1])
        else:
            step = boundaries.onward(text, last[0], end_step)
            spans[-1] = (last[0], boundaries.end_moved(text, last[1], step))
        if tuple(spans) == row.spans or any(end <= start for start, end in spans):
            self._announce(_("The boundary goes no further that way"))
        elif self._put(row, spans):
            self._announce(_("Boundary moved: {words}").format(words=self._words(spans)))

    def reshape(self, reshaped: MarkReshaped) -> None:
        """Keep what was dragged; where it is refused show the mention as it is."""
        row = self._loop.own_active()
        if row is not None and row.mention_id == reshaped.id and self._put(row, reshaped.spans):
            self._announce(_("Boundary moved: {words}").format(words=self._words(reshaped.spans)))
        else:
            self._loop.pane.show_again(reshaped.id)

    # Parts

    def join(self, start: int, end: int) -> None:
        """Join the words [start, end) to the active mention."""
        if self._loop.article.active is None:
            self._loop.warned.emit(_("Choose a claim first: the words are added to it"))
        row = self._loop.own_active()
        if row is None:
            return
        if any(first <= start and end <= last for first, last in row.spans):
            self._loop.warned.emit(_("These words belong to the mention already"))
        elif self._put(row, parts.with_part(row.spans, start, end)):
            self._loop.pane.view.clear_selection()
            self._announce(_("Added to the mention"))

    def take_off(self, start: int, end: int) -> None:
        """Take the words [start, end) off the active mention, or the part at the caret where they are none."""
        row = self._loop.own_active()
        if row is None:
            return
        part = parts.part_at(row.spans, start) if start == end else (start, end)
        left = parts.without_part(self._text(), row.spans, *part) if part else row.spans
        if left == row.spans:
            self._loop.warned.emit(_("No words of the active mention are there"))
        elif not left:
            self._loop.warned.emit(_("Nothing would be left of the mention: Del removes it"))
        elif self._put(row, left):
            self._loop.pane.view.clear_selection()
            self._announce(_("Taken off the mention"))

    def join_selected(self) -> None:
        """Join the selected words to the active mention."""
        start, end = self._loop.pane.view.selected_range()
        if start < end:
            self.join(start, end)
        else:
            self._loop.warned.emit(_("Select some words first"))

    def take_off_selected(self) -> None:
        """Take the selected words, or the part at the caret, off the active mention."""
        self.take_off(*self._loop.pane.view.selected_range())

    def join_or_take_off(self, start: int, end: int) -> None:
        """Join words that were dragged over with Ctrl; take them off where all of them are the mention's."""
        row = self._loop.article.active
        if row and any(first <= start and end <= last for first, last in row.spans):
            self.take_off(start, end)
        else:
            self.join(start, end)

    def take_off_at(self, place: int) -> None:
        """Take the part of the active mention at a place off: it was clicked with Ctrl."""
        row = self._loop.article.active
        if row is not None and any(start <= place < end for start, end in row.spans):
            self.take_off(place, place)

    # Inside another mention

    def around(self, spans: Sequence[Range], *, but: str = "") -> str:
        """Return the id of the person's own shortest mention around some spans, "" for none."""
        article, marks = self._loop.article, self._loop.pane.view.canvas.marks
        me = self._loop.hub.project.annotator_id
        rows = (article.row(mark_id) for mark_id in marks.at(spans[0][0]) if mark_id != but)
        return nesting.innermost(spans, [(row.mention_id, row.spans) for row in rows if row and row.is_own(me)])

    def toggle_within(self) -> None:
        """Put the active mention inside the one around it, or take it out of the one it is in."""
        row = self._loop.own_active()
        if row is None:
            return
        inside = bool(row.within) and self._loop.article.row(row.within) is not None
        outer = "" if inside else self.around(row.spans, but=row.mention_id)
        if not inside and not outer:
            self._loop.warned.emit(_("No mention of yours is around this one"))
        elif saved(self._loop.hub, nesting_service.put_within, row.mention_id, outer):
            self._announce(_("Taken out of the other mention") if inside else _("Put inside the mention around it"))

    def _text(self) -> str:
        page = self._loop.article.page
        return page.text if page else ""

    def _words(self, spans: Sequence[Range]) -> str:
        return annotating.BETWEEN_SPANS.join(self._text()[start:end] for start, end in spans)

    def _put(self, row: "ClaimRow", spans: Sequence[Range]) -> bool:
        if tuple(spans) == row.spans:
            return True
        return saved(self._loop.hub, annotating.move_mention, MentionId(row.mention_id), tuple(spans))

    def _announce(self, words: str) -> None:
        self._loop.hub.announced.emit(words)
