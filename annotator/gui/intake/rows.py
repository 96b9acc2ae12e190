"""The table of an import: file, line, what becomes of it and why; only the rows on show are asked for anything."""

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.gui.icons import icon
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _, ngettext
from annotator.services.importing import ImportReport, Outcome, Row

Index = QModelIndex | QPersistentModelIndex

FILE, LINE, OUTCOME, WHY = range(4)

_ICONS: Final[dict[Outcome, tuple[str, str]]] = {
    "taken": ("plus", "accent"),
    "known": ("check", "ink2"),
    "differs": ("warning", "warning"),
    "refused": ("close", "error"),
}


def outcome_word(outcome: Outcome) -> str:
    """Return what becomes of a row, in a word or two, before anything is written."""
    words: dict[Outcome, str] = {
        "taken": _("new"),
        "known": _("already here"),
        "differs": _("differs"),
        "refused": _("refused"),
    }
    return words[outcome]


def outcome_icon(outcome: Outcome) -> tuple[str, str]:
    """Return the icon of an outcome and the token of its colour."""
    return _ICONS[outcome]


def counts_text(report: ImportReport) -> str:
    """Return "3 new, 1 already here, 1 refused"; what there is none of is left out."""
    taken, known = report.count("taken"), report.count("known")
    differs, refused = report.count("differs"), report.count("refused")
    told = (
        (taken, ngettext("{n} new", "{n} new", taken)),
        (known, ngettext("{n} already here", "{n} already here", known)),
        (differs, ngettext("{n} differs", "{n} differ", differs)),
        (refused, ngettext("{n} refused", "{n} refused", refused)),
    )
    return ", ".join(text for n, text in told if n)


def why_text(row: Row) -> str:
    """Return the title of an article that is taken or known, and what is told of its file; else why not, what to do."""
    told = f"{row.what}; {row.do}" if row.do else row.what
    return " · ".join((told, *row.notes))


class ImportRows(QAbstractTableModel):
    """The rows of a report, in its order, or only those that somebody should look at."""

    def __init__(self, report: ImportReport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = report.rows
        self._odd = tuple(row for row in report.rows if row.outcome in {"differs", "refused"})
        self._rows = self._all

    @property
    def is_mixed(self) -> bool:
        """Whether some rows want a look and others do not."""
        return 0 < len(self._odd) < len(self._all)

    @property
    def has_lines(self) -> bool:
        """Whether a file of several rows is among them."""
        return any(row.line for row in self._all)

    @property
    def has_one_file(self) -> bool:
        """Whether all rows are of one file."""
        return len({row.file for row in self._all}) == 1

    def show_odd_only(self, on: bool) -> None:  # noqa: FBT001 - the slot of a check box
        """Show only the rows that differ or are refused."""
        self.beginResetModel()
        self._rows = self._odd if on else self._all
        self.endResetModel()

    def at(self, number: int) -> Row | None:
        """Return the row of that number, None for none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("File"), _("Line"), _("Outcome"), _("Title, or why not"))[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's data by role."""
        row = self.at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == OUTCOME:
            return icon(*_ICONS[row.outcome])
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in {FILE, WHY}:
            return plain_tip(row.file if index.column() == FILE else why_text(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(row, index.column()) or _("whole file")
        return None

    @staticmethod
    def _text(row: Row, column: int) -> str:
        if column == FILE:
            return PurePath(row.file).name
        if column == LINE:
            return f"{row.line:n}" if row.line else ""
        return outcome_word(row.outcome) if column == OUTCOME else why_text(row)


class ImportTable(QTableView):
    """Shows the rows; rows have one height, so that ten thousand cost no more than ten."""

    def __init__(self, rows: ImportRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setAccessibleName(_("What becomes of each file"))
        self.setProperty("ground", "raised")
        self.horizontalHeader().setProperty("ground", "raised")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setColumnHidden(FILE, rows.has_one_file)
        self.setColumnHidden(LINE, not rows.has_lines)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._size_columns()

    def _size_columns(self) -> None:
        metrics = self.fontMetrics()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setStretchLastSection(True)
        self.verticalHeader().setDefaultSectionSize(max(28, metrics.height() + 12))
        self.setColumnWidth(FILE, metrics.averageCharWidth() * 22)
        self.setColumnWidth(LINE, metrics.horizontalAdvance("100,000") + 16)
        widest = max(metrics.horizontalAdvance(outcome_word(outcome)) for outcome in _ICONS)
        self.setColumnWidth(OUTCOME, widest + 48)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by row with Home and End too: there is nothing to find in a row from left to right."""
        last = self.model().rowCount() - 1
        target = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(event.key()))
        if target is not None and last >= 0:
            self.setCurrentIndex(self.model().index(target, 0))
        else:
            super().keyPressEvent(event)
