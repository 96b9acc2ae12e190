"""The words of a cluster as they are laid out, with room for lanes under the lines, and where their letters stand."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from annotator.gui.article_view.document import build
from annotator.gui.article_view.geometry import Geometry, Stretch
from annotator.gui.article_view.overlay import SeenBlock
from annotator.gui.article_view.page import Page, Range
from annotator.gui.article_view.typography import Typography, at_zoom
from annotator.gui.review.lane_painting import label_width
from annotator.gui.theme import current_theme
from annotator.i18n import _
from annotator.model.review.clusters import Spans
from annotator.model.selection import snap
from annotator.model.utf16 import Utf16Map

_FIRST: Final = 9.0
"""From the baseline to the first lane."""
_WIDE, _NARROW = 13.0, 11.0
"""The distance of lanes, of few and of many annotators."""
_FEW: Final = 4
_GUTTER: Final = 70
_MOST: Final = 1.6
"""Lanes and their labels grow with the zoom up to this factor."""
_OVER: Final = 14.0
"""Above the letters of a line, that still belongs to it: handles stand there."""
_RIGHT: Final = 20
_LINES_HIGH: Final = 3
_HIGH: Final = 170
"""Pixels of text that are always there, or a line and a half: the votes have as much right to a low window."""
_WIDER: Final = 1.12
"""Than the article's lines: with room for lanes under each, few lines are wanted."""
_ABOVE: Final = 30


class Lane(msgspec.Struct, frozen=True):
    """One annotator's marks: `label` stands before them, `status` is that of each mark, in their order."""

    label: str
    name: str
    marks: tuple[tuple[Spans, str], ...]


class Shown(msgspec.Struct, frozen=True):
    """What is on show: all places are code points of `text`, which is a part of an article.

    Attributes:
        outcome: the marks that it comes to, each with its status: decided, or `proposed` before.
        missed: what the review found and nobody marked, each with its status.
        cluster: from where to where the marks reach.
    """

    text: str = ""
    lanes: tuple[Lane, ...] = ()
    outcome: tuple[tuple[Spans, str], ...] = ()
    cluster: Range = (0, 0)
    proposed: bool = False
    missed: tuple[tuple[Spans, str], ...] = ()


class LaneText(QTextEdit):
    """Lays the text out; its words can be selected by mouse and keys.

    Attributes:
        shown: what is on show.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self._zoom = 100
        self._places = Utf16Map("")
        self._geometry = Geometry()
        self._sizes = self._typography()
        self._document: QTextDocument | None = None
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("The words in question"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def lane_gap(self) -> float:
        """How far lanes are apart."""
        return self._grown(_WIDE if len(self.shown.lanes) <= _FEW else _NARROW)

    def lane_depth(self, number: int) -> float:
        """Return how far below the baseline a lane is, by its number."""
        return self._grown(_FIRST) + number * self.lane_gap

    def _grown(self, pixels: float) -> float:
        return pixels * min(self._zoom / 100, _MOST)

    def _typography(self) -> Typography:
        usual = at_zoom(self._zoom)
        rows = max(1, len(self.shown.lanes))
        return msgspec.structs.replace(
            usual,
            column=round(usual.column * _WIDER),
            pitch=round(usual.body.pixelSize() * 1.25 + self._grown(_FIRST) + rows * self.lane_gap),
        )

    def set_zoom(self, percent: int) -> None:
        """Take on the zoom, font and length of lines that the article is read in."""
        self._zoom = percent
        self._lay_out()

    def show_lanes(self, shown: Shown) -> None:
        """Show other words or other lanes; the caret stays where only the lanes are others."""
        same = (shown.text, len(shown.lanes)) == (self.shown.text, len(self.shown.lanes))
        self.shown = shown
        if same:
            self.viewport().update()
        else:
            self._lay_out()
        told = [
            f"{lane.name}: {' … '.join(self._words(spans) for spans, _status in lane.marks)}" for lane in shown.lanes
        ]
        outcome = " | ".join(self._words(spans) for spans, _status in shown.outcome)
        if outcome:
            told.append((_("Proposed: {words}") if shown.proposed else _("Decided: {words}")).format(words=outcome))
        self.setAccessibleDescription("; ".join(told))

    def _words(self, spans: Spans) -> str:
        return " … ".join(self.shown.text[start:end] for start, end in spans)

    def _lay_out(self) -> None:
        self._sizes = self._typography()
        self._places = Utf16Map(self.shown.text)
        self._geometry.forget()
        document = build(Page("", self.shown.text), self._places, self._sizes, current_theme())
        self._set_margins(document)
        self._make_room(document)
        self._document = document  # Qt does not keep a document that somebody else made
        self.setDocument(document)
        cursor = QTextCursor(document)
        cursor.setPosition(self._places.to_utf16(min(self.shown.cluster[0], len(self.shown.text))))
        self.setTextCursor(cursor)
        self.updateGeometry()
        self._reveal()

    @property
    def left(self) -> int:
        """Where the lines begin: of the room that a line of the reading measure leaves, half stands before it."""
        labels = (label_width(lane.label, self.lane_gap) for lane in self.shown.lanes)
        least = max(_GUTTER, round(max(labels, default=0.0)) + 22)
        return max(least, round((self.viewport().width() - self._sizes.column) / 2))

    def _set_margins(self, document: QTextDocument) -> None:
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(self.left)
        frame.setRightMargin(max(_RIGHT, self.viewport().width() - self.left - self._sizes.column))
        frame.setTopMargin(0)
        frame.setBottomMargin(8)
        document.rootFrame().setFrameFormat(frame)

    def _make_room(self, document: QTextDocument) -> None:
        """Leave room for lanes under the lines of paragraphs that have marks, and no more than usual elsewhere."""
        usual = round(self._sizes.body.pixelSize() * 1.5)
        start, end = self.shown.cluster
        for number in range(len(self._places.blocks)):
            first, last = self._places.block_range(number)
            block = document.findBlockByNumber(number)
            form = block.blockFormat()
            height = usual if last > first else usual // 2
            if first < end and start < last:
                height = self._sizes.pitch
                # Qt leaves the room of a line above its letters: here it is wanted below them.
                form.setTopMargin(usual - height)
                form.setBottomMargin(height - usual)
            form.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            cursor = QTextCursor(block)
            cursor.setBlockFormat(form)

    def _reveal(self) -> None:
        """Scroll to the words in question, with a line before them."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._places.to_utf16(min(self.shown.cluster[0], len(self.shown.text))))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).bottom() - 2 * self._sizes.body.pixelSize() - _ABOVE)

    def selected(self) -> Range:
        """Return the selected words in code points, grown to whole words; an empty range for none."""
        cursor = self.textCursor()
        start = self._places.to_code_point(cursor.selectionStart())
        end = self._places.to_code_point(cursor.selectionEnd())
        return snap(self.shown.text, start, end) if start < end else (start, start)

    def sizeHint(self) -> QSize:
        """Return the height of all lines at the width that there is."""
        document: QTextDocument = self.document()
        return QSize(400, round(document.size().height()) + 8)

    def minimumSizeHint(self) -> QSize:
        """Return the height of some lines."""
        pitch = self._sizes.pitch
        some = min(round(pitch * _LINES_HIGH), max(_HIGH, round(pitch * 1.5)))
        return QSize(200, min(self.sizeHint().height(), some))

    @property
    def places(self) -> Utf16Map:
        """The map of the text."""
        return self._places

    def seen(self) -> list[SeenBlock]:
        """Return every block with all of its lines: there are few."""
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        found: list[SeenBlock] = []
        block = self.document().begin()
        while block.isValid():
            lines = range(block.layout().lineCount())
            found.append(SeenBlock(block, block.layout().position() - scrolled, lines))
            block = block.next()
        return found

    def stretches(self, one: SeenBlock, start: int, end: int) -> Iterator[tuple[tuple[int, int], Stretch]]:
        """Yield (block and line, stretch) of a range of code points on the lines of a block."""
        base = one.block.position()
        units = max(0, self._places.to_utf16(start) - base), self._places.to_utf16(end) - base
        if units[0] < units[1]:
            for line, stretch in self._geometry.stretches(one.block, one.origin, *units, one.lines):
                yield (one.block.blockNumber(), line), stretch

    def everywhere(self, spans: Spans) -> list[Stretch]:
        """Return the stretches of spans on all of their lines."""
        seen = self.seen()
        return [found for span in spans for one in seen for _line, found in self.stretches(one, *span)]

    def place_near(self, point: QPointF) -> int:
        """Return the place between letters nearest to a point of the viewport.

        A line's lanes and handles belong to it; Qt has what is below a line belong to the next.
        """
        lines = [(one, one.block.layout().lineAt(number)) for one in self.seen() for number in one.lines]
        above = [(one, line) for one, line in lines if one.origin.y() + line.y() - _OVER <= point.y()]
        one, line = (above or lines[:1])[-1]
        unit = line.xToCursor(point.x() - one.origin.x())
        return self._places.to_code_point(one.block.position() + int(unit))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Forget rectangles when lines break elsewhere."""
        super().resizeEvent(event)
        self._geometry.forget()
        if event.oldSize() != event.size():
            if event.oldSize().width() != event.size().width() and self._document is not None:
                self._set_margins(self._document)
            self.updateGeometry()
            self._reveal()

    def changeEvent(self, event: QEvent) -> None:
        """Show the words in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._lay_out()


def cut(spans: Sequence[tuple[int, int]], start: int, end: int) -> Spans:
    """Return spans of an article as those of its part [start, end)."""
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if max(a, start) < min(b, end))
