"""The surface: shows one text version and its marks, and knows where in it one is; what a person does is view.py's."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.gui.article_view import typography
from annotator.gui.article_view.canvas import Canvas
from annotator.gui.article_view.overlay import Look
from annotator.gui.article_view.overview import WIDTH as TRACK_WIDTH
from annotator.gui.article_view.overview import OverviewTrack
from annotator.gui.article_view.page import Mark, Page
from annotator.gui.theme import Theme, current_theme
from annotator.gui.widgets.viewport import give_viewport
from annotator.i18n import _
from annotator.model.status import Status

_EDGE = 28
"""Pixels from the viewport's edge within which the active mark counts as out of view."""


class ArticleSurface(QTextEdit):
    """Shows one text version and its marks. All places are code points of the stored text.

    Attributes:
        canvas: the page as it is laid out and painted.
        overview: the track at the right.

    Signals:
        zoomed: the zoom is another one, in percent.
        sizes_renewed: zoom, font or length of lines are others.
        scrolled: another part of the article is in view.
        resized: the column has another place or width.
    """

    zoomed = Signal(int)
    sizes_renewed = Signal()
    scrolled = Signal()
    resized = Signal()

    def __init__(self, styles: Mapping[str, Status], theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 100
        self._exact = False
        self._dragging = False
        self._snapped = ((0, 0), (0, 0))
        self._width = -1
        self._place = 0
        self._selection_painted = (0, 0)
        look = Look(theme or current_theme(), typography.at_zoom(100), styles)
        self.setAcceptDrops(True)
        give_viewport(self, Qt.CursorShape.IBeamCursor)
        self._set_up_edit()
        self.canvas = Canvas(self, look)
        self.overview = OverviewTrack(self, look.theme)
        self.overview.jumped.connect(self._jump)
        self.overview.wheel_turned.connect(self.wheelEvent)
        self.selectionChanged.connect(self._on_selection_changed)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._colour()
        self.canvas.lay_out()

    def _set_up_edit(self) -> None:
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Article text"))

    # What is shown

    def show_page(self, page: Page) -> None:
        """Show a text version; one with the same key keeps scroll place and caret."""
        kept = page.version_key == self.canvas.page.version_key
        place, caret = self._top(), self.caret()
        laid_out = self.canvas.show(page)
        self.setAccessibleDescription(" · ".join(part for part in (page.title, page.byline) if part))
        if laid_out and kept:
            self.setTextCursor(self.canvas.cursor(min(caret, len(page.text))))
            self._return_to(place)
        tokens = {key: status.token for key, status in self.canvas.look.styles.items()}
        self.overview.show_marks(page.marks, len(page.text), tokens, page.later)
        if laid_out and not kept and self.verticalScrollBar().value():
            self.verticalScrollBar().setValue(0)
        else:
            self._on_scrolled()

    def add_marks(self, marks: Sequence[Mark]) -> None:
        """Show marks that the page told of as coming later, the next of them in their order."""
        self.canvas.add_marks(marks)
        self.overview.add(marks)

    def update_marks(self, changed: Sequence[Mark], removed: Sequence[str] = ()) -> None:
        """Show new and changed marks and forget removed ones, without laying anything out."""
        self.canvas.change_marks(changed, removed)
        self.overview.change(tuple(changed), tuple(removed))

    def set_active(self, mark_id: str) -> None:
        """Draw a mark stronger and bring it into view with the caret; "" for none, as is an unknown id."""
        mark = self.canvas.marks.get(mark_id)
        self.canvas.set_active(mark_id if mark else "")
        self.overview.set_active(self.canvas.active)
        if mark is None or not mark.spans:
            return
        start, end = mark.spans[0][0], mark.spans[-1][1]
        if not self.textCursor().hasSelection() and not start <= self.caret() <= end:
            self.setTextCursor(self.canvas.cursor(start))
        self._reveal(start)

    def active(self) -> str:
        """Return the id of the active mark, "" for none."""
        return self.canvas.active

    def set_styles(self, styles: Mapping[str, Status]) -> None:
        """Draw marks in the styles of another scheme, by status key."""
        self.canvas.set_look(self.canvas.look._replace(styles=styles))
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Show another theme's colours, at the same place."""
        if theme is self.canvas.look.theme:
            return
        self.canvas.set_look(self.canvas.look._replace(theme=theme))
        self.overview.set_theme(theme)
        self._colour()
        self._lay_out()

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller, 70 to 250 percent, at the same place."""
        percent = max(typography.ZOOM_LOW, min(typography.ZOOM_HIGH, percent))
        if percent != self._zoom:
            self._zoom = percent
            self.renew_sizes()
            self.zoomed.emit(percent)

    def renew_sizes(self) -> None:
        """Take on another zoom, font or length of lines, at the same place."""
        self.canvas.set_look(self.canvas.look._replace(sizes=typography.at_zoom(self._zoom)))
        self._centre()
        self._lay_out()
        self.sizes_renewed.emit()

    def zoom(self) -> int:
        """Return the zoom in percent."""
        return self._zoom

    def changeEvent(self, event: QEvent) -> None:
        """Colour the margins anew: an application's new style sheet gives the widget its first palette back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "canvas"):
            self._colour()

    def _colour(self) -> None:
        theme = self.canvas.look.theme
        palette = self.palette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, theme.colour("paper"))
        palette.setColor(QPalette.ColorRole.Text, theme.colour("ink"))
        # The selection is painted with the marks: Qt's own is as high as the line and covers the marks' tints.
        palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour("on_selection"))
        self.setPalette(palette)

    def _lay_out(self) -> None:
        place, cursor = self._top(), self.textCursor()
        anchor, position, exact = cursor.anchor(), cursor.position(), self._exact
        self.canvas.lay_out()
        again = self.textCursor()
        again.setPosition(anchor)
        again.setPosition(position, again.MoveMode.KeepAnchor)
        self.setTextCursor(again)  # scrolls to it
        self._exact = exact
        self._return_to(place)
        self._on_scrolled()

    def _top(self) -> int:
        return self.canvas.view_range()[0] if self.verticalScrollBar().value() else 0

    def _return_to(self, top: int) -> None:
        """Scroll to what `_top` said, wherever the caret is."""
        if top:
            self._scroll_to(top, 0.0)
        else:
            self.verticalScrollBar().setValue(0)

    # Where one is

    def caret(self) -> int:
        """Return the caret's place."""
        return self.canvas.places.to_code_point(self.textCursor().position())

    def selected_range(self) -> tuple[int, int]:
        """Return the selection, trimmed and grown to whole words unless it was made with Alt; empty at the caret."""
        raw = self.raw_selection()
        if raw[0] == raw[1] or self._exact:
            return raw
        if self._snapped[0] != raw:  # asked for at every repaint
            from annotator.model import selection  # noqa: PLC0415 - the first paint does without it

            self._snapped = raw, selection.snap(self.canvas.page.text, *raw)
        return self._snapped[1]

    def raw_selection(self) -> tuple[int, int]:
        """Return the selection as it is, neither trimmed nor grown."""
        cursor, places = self.textCursor(), self.canvas.places
        return places.to_code_point(cursor.selectionStart()), places.to_code_point(cursor.selectionEnd())

    def shown_selection(self) -> tuple[int, int]:
        """Return what looks selected: what would be marked, but under the moving mouse what it has touched."""
        start, end = self.selected_range()
        return self.raw_selection() if self._dragging or start == end else (start, end)

    def select_range(self, start: int, end: int) -> None:
        """Select exactly these characters and bring them into view; tells nothing but `selection_cleared`."""
        self.setTextCursor(self.canvas.cursor(start, end))
        self._exact = True
        self._reveal(start)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def selection_boxes(self) -> tuple[QRect, QRect] | None:
        """Return the rectangles, in this widget, of the selection's paragraphs and of its lines; None without one."""
        start, end = self.shown_selection()
        if start == end:
            return None
        offset = self.viewport().pos()
        paragraphs, lines = self.canvas.boxes(start, end)
        return paragraphs.toRect().translated(offset), lines.toRect().translated(offset)

    def _on_selection_changed(self) -> None:
        self._exact = False
        self.canvas.repaint_ranges((self._selection_painted, self.shown_selection()))

    def reading_area(self) -> QRect:
        """Return the rectangle of this widget without overview track and scroll bar."""
        return QRect(0, 0, self.overview.x(), self.height())

    def _reveal(self, code_point: int) -> None:
        rect = self.canvas.rect_at(code_point)
        if rect.top() < _EDGE or rect.bottom() > self.viewport().height() - _EDGE:
            self._scroll_to(code_point, 0.35)

    def _scroll_to(self, code_point: int, share: float) -> None:
        """Scroll a place to a share of the viewport's height; the range of the scroll bar is known only up to there."""
        rect = self.canvas.rect_at(code_point)
        bar = self.verticalScrollBar()
        wanted = bar.value() + rect.top() - round(self.viewport().height() * share)
        if wanted > bar.maximum():
            bar.setMaximum(wanted)
        bar.setValue(wanted)

    def _jump(self, share: float) -> None:
        self._scroll_to(int(share * len(self.canvas.page.text)), 0.2)

    def _on_scrolled(self) -> None:
        first, last = self.canvas.view_range()
        self._place = first if self.verticalScrollBar().value() else 0
        length = max(1, len(self.canvas.page.text))
        self.overview.set_shown(first / length, last / length)
        self.scrolled.emit()

    # Painting and size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tints, then the text, then lines and gutter."""
        self._selection_painted = self.shown_selection()
        self.canvas.plan(event.region(), self._selection_painted)
        self.canvas.paint_under()
        super().paintEvent(event)
        self.canvas.paint_over()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop rectangles when lines break elsewhere, and go on showing what was at the top."""
        place = self._place  # Qt scrolls while it lays the text out
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._width = self.viewport().width()
            self.canvas.forget_layout()
            self.canvas.sheet.fit(self.canvas.column)
            self._return_to(place)
            self._on_scrolled()
            self._place = place  # while an edge is dragged it is the same, though lines break elsewhere

    def _centre(self) -> None:
        """Centre the column by the viewport's margins: while it fits, another window size lays nothing out anew."""
        sizes = self.canvas.look.sizes
        room = self.width() - self.verticalScrollBar().sizeHint().width() - TRACK_WIDTH
        width = min(room, round(sizes.gutter + sizes.column + sizes.right_pad))
        left = max(0, (room - width) // 2)
        self.setViewportMargins(left, 0, max(0, room - width - left) + TRACK_WIDTH, 0)
        self.overview.setGeometry(room, 0, TRACK_WIDTH, self.height())

    def event(self, event: QEvent) -> bool:
        """Centre the column before a new size reaches the viewport: it is laid out once."""
        if event.type() != QEvent.Type.Resize:
            return super().event(event)
        self._centre()
        done = super().event(event)
        self.resized.emit()
        return done
