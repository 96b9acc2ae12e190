"""The article view: what a person does in the article with mouse, keys and drops, told in code points."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.gui.article_view.drifting import Drift
from annotator.gui.article_view.keys import Meaning, is_shift_release, meaning
from annotator.gui.article_view.page import HintWanted, MarkClicked, MarkReshaped, Range, SpanChosen
from annotator.gui.article_view.pointing import Pointing
from annotator.gui.article_view.surface import ArticleSurface
from annotator.gui.intake.drops import offer
from annotator.gui.theme import Theme
from annotator.gui.widgets.tip import plain_tip
from annotator.model.status import Status

if TYPE_CHECKING:
    from annotator.model import selection

ZOOM_STEP = 10
_HIGHEST = 4
"""Lines of a mark that its card leaves free."""


class ArticleView(ArticleSurface):
    """Shows one text version and its marks; knows nothing of projects. All places are code points of the stored text.

    Signals, besides the surface's:
        span_chosen: the person finished a selection (SpanChosen).
        selection_cleared: the selection is no longer there.
        mark_clicked: the person clicked a mark, its strip or its tick (MarkClicked).
        mark_reshaped: the person dragged a boundary of the active mark (MarkReshaped).
        part_clicked: the person clicked with Ctrl, to take that part off the active mark (code point).
        hint_wanted: the mouse rests over marks (HintWanted).
        hovered: the mouse is over another mark (its id), or over none ("").
        files_dropped: files were dropped on the article (list of paths).
        text_dropped: text or an address was dropped on the article.
    """

    span_chosen = Signal(SpanChosen)
    selection_cleared = Signal()
    mark_clicked = Signal(MarkClicked)
    mark_reshaped = Signal(MarkReshaped)
    part_clicked = Signal(int)
    hint_wanted = Signal(HintWanted)
    hovered = Signal(str)
    files_dropped = Signal(list)
    text_dropped = Signal(str)

    def __init__(self, styles: Mapping[str, Status], theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(styles, theme, parent)
        self._had_selection = False
        self._on_strip = False
        self._grown: list[Range] = []
        self.sentence_rules: selection.Cut | None = None
        """Cuts a paragraph into sentences by the rules of the article's language; None by punctuation alone."""
        self.pointing = Pointing(self)
        self.drift = Drift(self, self._drag)
        self.hint: QWidget | None = None
        """What tells of the mark under the mouse; any key and any press hide it."""
        self.viewport().setMouseTracking(True)
        self.scrolled.connect(self.pointing.leave)
        self.overview.tick_clicked.connect(self._on_tick)

    def _on_selection_changed(self) -> None:
        super()._on_selection_changed()
        has = self.textCursor().hasSelection()
        if self._had_selection and not has:
            self.selection_cleared.emit()
        self._had_selection = has

    def event(self, event: QEvent) -> bool:
        """Leave other keys than ours to the window's shortcuts; take the wheel beside the column, too."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self._wants(meaning(event)))
            return event.isAccepted()
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return event.isAccepted()
        return super().event(event)

    def _on_tick(self, mark_id: str) -> None:
        self.mark_clicked.emit(MarkClicked(mark_id))

    def _wants(self, what: Meaning) -> bool:
        if what is Meaning.CLEAR:
            return self._has_hint() or self.pointing.is_dragging or self.textCursor().hasSelection()
        return what is not Meaning.NOTHING

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and select; grow and shrink the selection; leave every other key to the window."""
        what = meaning(event)
        if what in {Meaning.MOVE, Meaning.SELECT}:
            self._hide_hint()
            super().keyPressEvent(event)
            event.accept()
            return
        event.setAccepted(self._did(what))

    def _did(self, what: Meaning) -> bool:
        had_hint = self._has_hint()
        self._hide_hint()
        if what in {Meaning.GROW, Meaning.SHRINK}:
            self._step(grow=what is Meaning.GROW)
        elif what in {Meaning.NEXT_SENTENCE, Meaning.PREVIOUS_SENTENCE}:
            self._go_to_sentence(forward=what is Meaning.NEXT_SENTENCE)
        elif what is Meaning.COPY:
            self._copy()
        elif what is Meaning.SELECT_ALL:
            self.selectAll()  # unlike setTextCursor it scrolls nowhere
            self._exact = True
        elif what is Meaning.CLEAR and (had_hint or self._let_go()):
            pass
        elif what is Meaning.CLEAR and self.textCursor().hasSelection():
            self.clear_selection()
        else:
            return False
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Finish selecting by keyboard: Shift is let go. The ends stay where they are, to be moved on from there."""
        super().keyReleaseEvent(event)
        start, end = self.selected_range()
        if start < end and (is_shift_release(event) or meaning(event) is Meaning.SELECT_ALL):
            self.span_chosen.emit(SpanChosen(start, end))

    def _step(self, *, grow: bool) -> None:
        """Grow the selection to the next unit, or take the last growing back."""
        now = self.raw_selection()
        from annotator.model import selection  # noqa: PLC0415 - the first paint does without it

        wanted = selection.grow(self.canvas.page.text, *now, self._cut()) if grow else self._smaller(now)
        if wanted == now:
            return
        if not self._grown or self._grown[-1] != now:
            self._grown = [now]  # the selection was made otherwise since: what it had grown from is no more
        self._grown = [*self._grown, wanted] if grow else self._grown[:-1]
        self.setTextCursor(self.canvas.cursor(*wanted))
        self._finish(exact=True)

    def _smaller(self, now: Range) -> Range:
        if self._grown and self._grown[-1] == now:
            return self._grown[-2] if len(self._grown) > 1 else (now[0], now[0])
        from annotator.model import selection  # noqa: PLC0415 - as above

        ladder = selection.steps(self.canvas.page.text, now[0], self._cut())
        within = [unit for unit in ladder if now[0] <= unit[0] and unit[1] <= now[1] and unit != now]
        return within[-1] if within else (now[0], now[0])

    def _cut(self) -> "selection.Cut":
        """Return what cuts a paragraph into sentences: a language's rules where they are loaded."""
        from annotator.model import selection  # noqa: PLC0415 - as above

        return self.sentence_rules or selection.sentences

    def _go_to_sentence(self, *, forward: bool) -> None:
        from annotator.model import selection  # noqa: PLC0415 - as above

        find = selection.next_sentence if forward else selection.previous_sentence
        found = find(self.canvas.page.text, self.caret(), self._cut())
        if found is not None:
            self.setTextCursor(self.canvas.cursor(found[0]))

    def _copy(self) -> None:
        if self.textCursor().hasSelection():
            # The text, not an object of ours: what the clipboard holds outlives Python, and would end in a crash.
            QGuiApplication.clipboard().setText(self.createMimeDataFromSelection().text())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected characters as they are stored: Qt's own would turn no-break spaces into spaces."""
        start, end = self.shown_selection()
        found = QMimeData()
        found.setText(self.canvas.page.text[start:end])
        return found

    def _finish(self, *, exact: bool, add: bool = False) -> None:
        start, end = self.selected_range() if not exact else self.raw_selection()
        if start == end:
            self.clear_selection()
            return
        if (start, end) != self.raw_selection():
            self.setTextCursor(self.canvas.cursor(start, end))
        self._exact = True  # it has been trimmed and grown; doing it again must not move it
        self.span_chosen.emit(SpanChosen(start, end, add=add))

    def _has_hint(self) -> bool:
        return self.hint is not None and self.hint.isVisible()

    def _hide_hint(self) -> None:
        if self.hint is not None:
            self.hint.hide()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a strip in the gutter, or begin a selection, also inside the one there is: text is not dragged."""
        self._hide_hint()
        if event.button() == Qt.MouseButton.LeftButton:
            strip = self.canvas.strip_at(event.position())
            self._on_strip = bool(strip)
            if strip:
                self.mark_clicked.emit(MarkClicked(strip))
                return
            if self._on_more(event.position()) or self.pointing.press(event.position()):
                return
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.clear_selection()
            self._dragging = True
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection or move the boundary that is held; a press on a strip extends nothing."""
        if not event.buttons():
            self.pointing.hover(event.position())
        elif not self._on_strip:
            self.drift.follow(event)

    def _drag(self, event: QMouseEvent) -> None:
        """Take what is held to a point of the viewport."""
        if self.pointing.is_dragging:
            self.pointing.drag(event.position(), exact=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the selection, or choose the mark that was clicked."""
        self.drift.stop()
        if self._on_strip:
            self._on_strip = False
            return
        if self.pointing.is_dragging:
            if self.pointing.release(event.position()):
                self._click(event)
            return
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._dragging = False
        self.viewport().update()
        if self.textCursor().hasSelection():
            modifiers = event.modifiers()
            self._finish(
                exact=bool(modifiers & Qt.KeyboardModifier.AltModifier),
                add=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            )
            return
        self._click(event)

    def _click(self, event: QMouseEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.part_clicked.emit(self.canvas.place_at(event.position()))
            return
        mark_id = self._mark_under(event.position())
        if mark_id:
            self.mark_clicked.emit(MarkClicked(mark_id))

    def _let_go(self) -> bool:
        """Put the boundary that is dragged back; tells whether one was."""
        self.drift.stop()
        if not self.pointing.cancel():
            return False
        self._on_strip = True  # the mouse is still down: nothing is selected from here
        return True

    def _on_more(self, point: QPointF) -> bool:
        """Choose the next of the marks that "+2" at the end of a line stands for."""
        ring = self.canvas.more_at(point)
        if ring:
            after = ring.index(self.active()) + 1 if self.active() in ring else 1
            self._on_strip = True  # nothing is selected from here
            self.mark_clicked.emit(MarkClicked(ring[after % len(ring)]))
        return bool(ring)

    def _mark_under(self, point: QPointF) -> str:
        """Return the shortest mark under a point; where it is the active one already, the next longer."""
        place = self.canvas.place_at(point)
        found = self.canvas.marks.at(place) if place >= 0 else ()
        if not found:
            return ""
        index = found.index(self.active()) + 1 if self.active() in found else 0
        return found[index % len(found)]

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell of the mark the mouse rests over; notice when it is elsewhere."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_hint(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self.pointing.leave()
        return super().viewportEvent(event)

    def _show_hint(self, event: QHelpEvent) -> None:
        """Ask for the card of the marks under the mouse; of a character that nobody sees tell the name."""
        point = QPointF(event.pos())
        strip, place = self.canvas.strip_at(point), self.canvas.place_at(point)
        ids = [strip] if strip else self.canvas.marks.at(place) if place >= 0 else []
        name = self.canvas.sign_at(point)
        QToolTip.showText(event.globalPos(), plain_tip(name), self)
        if ids and not name:
            top, bottom = self._lines_of(ids[0], place)
            self.hint_wanted.emit(HintWanted(tuple(ids), event.pos().x(), top, bottom))

    def _lines_of(self, mark_id: str, place: int) -> tuple[int, int]:
        """Return top and bottom of a mark's lines in the viewport; of the line of a place where they are many."""
        mark = self.canvas.marks.get(mark_id)
        start, end = (mark.spans[0][0], mark.spans[-1][1]) if mark else (0, 0)
        if place < 0:
            place = start
        top, bottom = self.canvas.rect_at(start).top(), self.canvas.rect_at(end).bottom()
        if bottom - top > _HIGHEST * self.canvas.look.sizes.pitch:
            line = self.canvas.rect_at(place)
            top, bottom = line.top(), line.bottom()
        return top, bottom

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.set_zoom(self.zoom() + (ZOOM_STEP if turned > 0 else -ZOOM_STEP))
            event.accept()
            return
        super().wheelEvent(event)

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text from elsewhere."""
        offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take files and text anywhere on the article."""
        offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped; nothing is opened here."""
        found = offer(event)
        if found is not None:
            found.tell(self.files_dropped, self.text_dropped)
