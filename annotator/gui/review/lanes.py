"""The words of a cluster with every annotator's marks as lanes under the same lines, and two sentences around them."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from annotator.gui.article_view import stamps
from annotator.gui.article_view.document import build
from annotator.gui.article_view.geometry import Geometry, Stretch
from annotator.gui.article_view.page import Page, Range
from annotator.gui.article_view.typography import Typography, at_zoom
from annotator.gui.theme import current_theme, interface_font
from annotator.i18n import _
from annotator.model.review.clusters import Spans
from annotator.model.selection import snap
from annotator.model.status import Status
from annotator.model.utf16 import Utf16Map

_FIRST: Final = 9.0
"""From the baseline to the first lane."""
_WIDE, _NARROW = 13.0, 11.0
"""The distance of lanes, of few and of many annotators."""
_FEW: Final = 4
_GUTTER: Final = 70
_RIGHT: Final = 20
_LINES_HIGH: Final = 3
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
        outcome: what was decided, or () as long as nothing is; each with its status.
        cluster: from where to where the marks reach.
    """

    text: str = ""
    lanes: tuple[Lane, ...] = ()
    outcome: tuple[tuple[Spans, str], ...] = ()
    cluster: Range = (0, 0)


class LanesView(QTextEdit):
    """Shows the text; its words can be selected by mouse and keys. A status is told by the line's kind and colour."""

    def __init__(self, styles: Mapping[str, Status], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._styles = styles
        self._shown = Shown()
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

    def set_styles(self, styles: Mapping[str, Status]) -> None:
        """Draw the statuses of another scheme."""
        self._styles = styles
        self.viewport().update()

    @property
    def lane_gap(self) -> float:
        """How far lanes are apart."""
        return _WIDE if len(self._shown.lanes) <= _FEW else _NARROW

    def _typography(self) -> Typography:
        usual = at_zoom(100)
        rows = max(1, len(self._shown.lanes))
        return msgspec.structs.replace(
            usual,
            column=round(usual.column * _WIDER),
            pitch=round(usual.body.pixelSize() * 1.25 + _FIRST + rows * self.lane_gap),
        )

    def show_lanes(self, shown: Shown) -> None:
        """Show other words or other lanes; the caret stays where only the lanes are others."""
        same = (shown.text, len(shown.lanes)) == (self._shown.text, len(self._shown.lanes))
        self._shown = shown
        if same:
            self.viewport().update()
        else:
            self._lay_out()
        told = [
            f"{lane.name}: {' … '.join(self._words(spans) for spans, _status in lane.marks)}" for lane in shown.lanes
        ]
        self.setAccessibleDescription("; ".join(told))

    def _words(self, spans: Spans) -> str:
        return " … ".join(self._shown.text[start:end] for start, end in spans)

    def _lay_out(self) -> None:
        self._sizes = self._typography()
        self._places = Utf16Map(self._shown.text)
        self._geometry.forget()
        document = build(Page("", self._shown.text), self._places, self._sizes, current_theme())
        self._set_margins(document)
        self._make_room(document)
        self._document = document  # Qt does not keep a document that somebody else made
        self.setDocument(document)
        cursor = QTextCursor(document)
        cursor.setPosition(self._places.to_utf16(min(self._shown.cluster[0], len(self._shown.text))))
        self.setTextCursor(cursor)
        self.updateGeometry()
        self._reveal()

    @property
    def _left(self) -> int:
        """Where the lines begin: of the room that a line of the reading measure leaves, half stands before it."""
        return max(_GUTTER, round((self.viewport().width() - self._sizes.column) / 2))

    def _set_margins(self, document: QTextDocument) -> None:
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(self._left)
        frame.setRightMargin(max(_RIGHT, self.viewport().width() - self._left - self._sizes.column))
        frame.setTopMargin(0)
        frame.setBottomMargin(8)
        document.rootFrame().setFrameFormat(frame)

    def _make_room(self, document: QTextDocument) -> None:
        """Leave room for lanes under the lines of paragraphs that have marks, and no more than usual elsewhere."""
        usual = round(self._sizes.body.pixelSize() * 1.5)
        start, end = self._shown.cluster
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
        cursor.setPosition(self._places.to_utf16(min(self._shown.cluster[0], len(self._shown.text))))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).bottom() - 2 * self._sizes.body.pixelSize() - _ABOVE)

    def selected(self) -> Range:
        """Return the selected words in code points, grown to whole words; an empty range for none."""
        cursor = self.textCursor()
        start = self._places.to_code_point(cursor.selectionStart())
        end = self._places.to_code_point(cursor.selectionEnd())
        return snap(self._shown.text, start, end) if start < end else (start, start)

    def sizeHint(self) -> QSize:
        """Return the height of all lines at the width that there is."""
        document: QTextDocument = self.document()
        return QSize(400, round(document.size().height()) + 8)

    def minimumSizeHint(self) -> QSize:
        """Return the height of some lines."""
        return QSize(200, min(self.sizeHint().height(), round(self._sizes.pitch * _LINES_HIGH)))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is decided under the letters, and the lanes under the lines."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QBrush(current_theme().colour("paper")))
        self._paint_outcome(painter)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, lane in enumerate(self._shown.lanes):
            self._paint_lane(painter, number, lane)
        painter.end()

    def _stretches(self, start: int, end: int) -> list[Stretch]:
        first, last = self._places.to_utf16(start), self._places.to_utf16(end)
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        block = self.document().findBlock(first)
        found: list[Stretch] = []
        while block.isValid() and block.position() < last:
            origin = block.layout().position() - scrolled
            units = max(0, first - block.position()), last - block.position()
            lines = range(block.layout().lineCount())
            found += [one for _line, one in self._geometry.stretches(block, origin, *units, lines)]
            block = block.next()
        return found

    def _paint_outcome(self, painter: QPainter) -> None:
        theme = current_theme()
        for spans, key in self._shown.outcome:
            status = self._styles.get(key)
            tint = theme.tint(status.token, "active") if status else theme.colour("accent_wash")
            painter.setBrush(tint if tint.alpha() else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1.2))
            for start, end in spans:
                for one in self._stretches(start, end):
                    box = QRectF(one.left - 2, one.top - 1, one.right - one.left + 4, one.bottom - one.top + 2)
                    painter.drawRoundedRect(box, 3, 3)

    def _paint_lane(self, painter: QPainter, number: int, lane: Lane) -> None:
        theme = current_theme()
        depth = _FIRST + number * self.lane_gap
        baselines: dict[float, None] = {}
        for spans, key in lane.marks:
            status = self._styles.get(key)
            kind = status.line if status else "dotted"
            colour = theme.status_colour(status.token) if status else theme.colour("suggestion")
            for start, end in spans:
                for one in self._stretches(start, end):
                    stamps.paint_line(
                        painter, kind, one.left, one.right, round(one.baseline + depth), colour, strong=True
                    )
                    baselines[one.baseline] = None
        font = _label_font(self.lane_gap)
        painter.setFont(font)
        painter.setPen(theme.colour("ink2"))
        height = QFontMetricsF(font).height()
        for baseline in baselines:
            box = QRectF(0, baseline + depth - height / 2, self._left - 12, height)
            # Beside the lines, also where the window is mirrored.
            beside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, beside, lane.label)

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


def _label_font(gap: float) -> QFont:
    font = interface_font()
    font.setPixelSize(round(gap) - 1)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def cut(spans: Sequence[tuple[int, int]], start: int, end: int) -> Spans:
    """Return spans of an article as those of its part [start, end)."""
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if max(a, start) < min(b, end))
