"""The tables of the agreement page: every cell is a figure that can be opened, and reads as a whole sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidgetItem

from annotator.gui.theme import interface_font
from annotator.gui.widgets.plain_table import PlainTable
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.agreement.measures import MEASURES

if TYPE_CHECKING:
    from annotator.services.agreement import AgreementFigure

TITLES: Final = {measure.name: measure.title for measure in MEASURES}
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BESIDE: Final = 20
"""Pixels beside the words of a cell, both sides together."""
NOTHING: Final = "–"
"""What stands where a measure is not about these annotators."""


class Opened(NamedTuple):
    """What the person wants to see behind: a measure in a scope, or two statuses that were said of one place."""

    title: str
    measure: str
    scope: str
    statuses: tuple[str, str] | None = None


class Cell(NamedTuple):
    """One cell: what it shows, what is read aloud, and what it opens (None for nothing)."""

    text: str
    spoken: str
    opens: Opened | None = None
    strong: bool = False
    number: bool = True


class FigureTable(PlainTable):
    """Cells to go through with the arrow keys; Enter or a double click opens one.

    Signals:
        opened: the person wants what is behind a cell (Opened).
    """

    opened = Signal(object)

    def __init__(self, name: str, *, wide: int = 0, wraps: bool = False) -> None:
        """Make it empty: `wide` is the column that takes the room that is left, and breaks words where it `wraps`."""
        super().__init__((), name=name, wide=wide)
        self._wide = wide
        self.setWordWrap(wraps)
        self._cells: list[Sequence[Cell]] = []
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setHighlightSections(False)
        self.setCornerButtonEnabled(False)
        self.itemDoubleClicked.connect(self._open)

    def fill(self, titles: Sequence[str], rows: Sequence[Sequence[Cell]], *, sides: Sequence[str] = ()) -> None:
        """Show rows under these titles; `sides` are titles of the rows. The chosen cell stays chosen by its place."""
        before = max(0, self.currentRow()), max(0, self.currentColumn())
        self._cells = list(rows)
        self.setRowCount(0)
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(list(titles))
        self.setRowCount(len(rows))
        self.verticalHeader().setVisible(bool(sides))
        if sides:
            self.setVerticalHeaderLabels(list(sides))
        for place in range(len(titles)):
            mode = QHeaderView.ResizeMode
            self.horizontalHeader().setSectionResizeMode(
                place, mode.Fixed if place == self._wide else mode.ResizeToContents
            )
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.setItem(row, column, _item(cell))
                title = self.horizontalHeaderItem(column)
                if cell.number and title is not None:
                    title.setTextAlignment(_RIGHT)
        if rows:
            self.setCurrentCell(min(before[0], len(rows) - 1), min(before[1], len(titles) - 1))
        self._fit()

    def cell(self) -> Cell | None:
        """Return the chosen cell."""
        row, column = self.currentRow(), self.currentColumn()
        return self._cells[row][column] if 0 <= row < len(self._cells) and column >= 0 else None

    def _open(self) -> None:
        cell = self.cell()
        if cell is not None and cell.opens is not None:
            self.opened.emit(cell.opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen cell on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a row the height that its font needs, and the columns with words what the figures leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self.row_height())
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        if not 0 <= self._wide < self.columnCount():
            return
        figures = (place for place in range(self.columnCount()) if place != self._wide)
        left = self.viewport().width() - sum(map(self._needed, figures))
        # Names stay whole to a half of the table, broken ones to a quarter; figures without room then are scrolled to.
        width = max(left, min(self._needed(self._wide), self.viewport().width() // (4 if self.wordWrap() else 2)))
        self.setColumnWidth(self._wide, width)
        if self.wordWrap():
            for row, cells in enumerate(self._cells):
                self.setRowHeight(row, self._height(cells[self._wide].text, width - _BESIDE))

    def _height(self, words: str, width: int) -> int:
        lines = self.fontMetrics().boundingRect(QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap, words)
        return self.row_height() + lines.height() - self.fontMetrics().height()

    def _needed(self, column: int) -> int:
        """Return the pixels that the title and the cells of a column take without a break of ours."""
        words = (line for cells in self._cells for line in cells[column].text.split("\n")[:1])
        longest = max((self._room.horizontalAdvance(one) for one in words), default=0) + _BESIDE
        return max(longest, self.horizontalHeader().sectionSizeHint(column))

    @property
    def _room(self) -> QFontMetrics:
        """The metrics of the widest letters that a cell is set in."""
        return QFontMetrics(_strong())


def _item(cell: Cell) -> QTableWidgetItem:
    item = QTableWidgetItem(cell.text)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.spoken)
    item.setToolTip(plain_tip(cell.spoken))
    if cell.number:
        item.setTextAlignment(_RIGHT)
    if cell.strong:
        item.setFont(_strong())
    return item


def _strong() -> QFont:
    font = QFont(interface_font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


def value_text(figure: "AgreementFigure | None") -> str:
    """Return a figure with two places, or what stands for none."""
    if figure is None:
        return NOTHING
    return _("undefined") if figure.value is None else f"{figure.value:.2f}"


def interval_text(figure: "AgreementFigure") -> str:
    """Return "0.61 to 0.74", "" where there is no interval."""
    if figure.low is None or figure.high is None:
        return ""
    return _("{low} to {high}").format(low=f"{figure.low:.2f}", high=f"{figure.high:.2f}")


def spoken(figure: "AgreementFigure", whose: str) -> str:
    """Return a figure as a sentence: whose, which, its value or why it has none, interval, n and texts."""
    title = _(TITLES[figure.measure])
    parts = [f"{whose}: {title}"]
    if figure.value is None:
        parts.append(_("undefined: {why}").format(why=_(figure.note)))
    else:
        parts.append(f"{figure.value:.3f}")
    interval = interval_text(figure)
    if interval:
        parts.append(_("95 % interval {interval}").format(interval=interval))
    parts.append(_("n = {n}, texts = {texts}").format(n=f"{figure.n:.0f}", texts=figure.texts))
    return ", ".join(parts)
