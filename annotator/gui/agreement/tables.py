"""The tables of the agreement page: every cell is a figure that can be opened, and reads as a whole sentence."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from annotator.gui.theme import interface_font
from annotator.gui.widgets.plain_table import make_plain, row_height
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.agreement.measures import MEASURES

if TYPE_CHECKING:
    from annotator.services.agreement import AgreementFigure

TITLES: Final = {measure.name: measure.title for measure in MEASURES}
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BESIDE: Final = 20
"""Pixels beside the words of a cell, both sides together."""
_MEASURED: Final = 100
"""Rows whose words say how wide a column is."""
NOTHING: Final = "–"
"""What stands where a measure is not about these annotators."""


class Opened(NamedTuple):
    """What the person wants to see behind: a measure in a scope, or two statuses that were said of one place."""

    title: str
    measure: str
    scope: str
    statuses: tuple[str, str] | None = None


class Cell(NamedTuple):
    """One cell: what it shows, what is read aloud (asked for when it is), and what it opens (None for nothing)."""

    text: str
    spoken: Callable[[], str]
    opens: Opened | None = None
    strong: bool = False
    number: bool = True


class _Cells(QAbstractTableModel):
    """The cells of a table; of many rows only those are made that somebody sees."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.titles: Sequence[str] = ()
        self.sides: Sequence[str] = ()
        self.rows: Sequence[Sequence[Cell]] = ()

    def show(self, titles: Sequence[str], rows: Sequence[Sequence[Cell]], sides: Sequence[str]) -> None:
        """Have these rows from now on."""
        self.beginResetModel()
        self.titles, self.rows, self.sides = titles, rows, sides
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.titles)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, and what is read of it."""
        cell = self.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell.spoken()
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell.spoken())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if cell.number else None
            case Qt.ItemDataRole.FontRole:
                return _strong() if cell.strong else None
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column or of a row; a title over figures stands over their ends."""
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            titles = self.titles if across else self.sides
            return titles[section] if section < len(titles) else None
        if role == Qt.ItemDataRole.TextAlignmentRole and across and self.rows and self.rows[0][section].number:
            return _RIGHT
        return None


class FigureTable(QTableView):
    """Cells to go through with the arrow keys; Enter or a double click opens one.

    Signals:
        opened: the person wants what is behind a cell (Opened).
        chosen: another cell is the chosen one (no argument).
    """

    opened = Signal(object)
    chosen = Signal()

    def __init__(self, name: str, *, wide: int = 0, wraps: bool = False) -> None:
        """Make it empty: `wide` is the column that takes the room that is left, and breaks words where it `wraps`."""
        super().__init__()
        make_plain(self, name)
        self._wide = wide
        self.setWordWrap(wraps)
        self._cells = _Cells(self)
        self.setModel(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.verticalHeader().setHighlightSections(False)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self.chosen)

    def fill(self, titles: Sequence[str], rows: Sequence[Sequence[Cell]], *, sides: Sequence[str] = ()) -> None:
        """Show rows under these titles; `sides` are titles of the rows. The chosen cell stays chosen by its place."""
        before = self.currentIndex()
        self._cells.show(tuple(titles), rows, tuple(sides))
        self.verticalHeader().setVisible(bool(sides))
        for place in range(len(titles)):
            mode = QHeaderView.ResizeMode
            self.horizontalHeader().setSectionResizeMode(
                place, mode.Fixed if place == self._wide else mode.ResizeToContents
            )
        if rows:
            self.choose(max(0, min(before.row(), len(rows) - 1)), max(0, min(before.column(), len(titles) - 1)))
        self._fit()

    def choose(self, row: int, column: int) -> None:
        """Make a cell the chosen one."""
        self.setCurrentIndex(self._cells.index(row, column))

    def rows(self) -> Sequence[Sequence[Cell]]:
        """Return what it shows."""
        return self._cells.rows

    def cell(self) -> Cell | None:
        """Return the chosen cell."""
        at = self.currentIndex()
        return self._cells.rows[at.row()][at.column()] if at.isValid() else None

    def _open(self, *_where: object) -> None:
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
        height = row_height(self)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        columns = self._cells.columnCount()
        if not 0 <= self._wide < columns:
            return
        figures = (place for place in range(columns) if place != self._wide)
        left = self.viewport().width() - sum(map(self._needed, figures))
        # Names stay whole to a half of the table, broken ones to a quarter; figures without room then are scrolled to.
        width = max(left, min(self._needed(self._wide), self.viewport().width() // (4 if self.wordWrap() else 2)))
        self.setColumnWidth(self._wide, width)
        if self.wordWrap():
            for row, cells in enumerate(self._cells.rows):
                self.setRowHeight(row, self._height(cells[self._wide].text, width - _BESIDE))

    def _height(self, words: str, width: int) -> int:
        lines = self.fontMetrics().boundingRect(QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap, words)
        return row_height(self) + lines.height() - self.fontMetrics().height()

    def _needed(self, column: int) -> int:
        """Return the pixels that the title and the first cells of a column take without a break of ours."""
        words = (cells[column].text.partition("\n")[0] for cells in self._cells.rows[:_MEASURED])
        widest = QFontMetrics(_strong())  # of the letters that a cell is set in
        longest = max(map(widest.horizontalAdvance, words), default=0) + _BESIDE
        return max(longest, self.horizontalHeader().sectionSizeHint(column))


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
