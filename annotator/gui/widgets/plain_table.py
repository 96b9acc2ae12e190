"""A table that is read row by row: no grid, no editing, one column takes what the others leave."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTableWidget

_ROOM = 14


def make_plain(table: QTableView, name: str) -> None:
    """Make a table one to read in, by this name."""
    table.setAccessibleName(name)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().setVisible(False)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def row_height(table: QTableView) -> int:
    """Return the height that a row of the table's font needs."""
    return table.fontMetrics().height() + _ROOM


class PlainTable(QTableWidget):
    """Rows with these column titles; `wide` is the column that takes the room that is left."""

    def __init__(self, titles: Sequence[str], *, name: str, wide: int) -> None:
        super().__init__()
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(list(titles))
        make_plain(self, name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.horizontalHeader().setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def row_height(self) -> int:
        """Return the height that a row of this font needs."""
        return row_height(self)
