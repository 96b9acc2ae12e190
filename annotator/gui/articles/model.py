"""The article list as a model: a row for each text version, or for several that are one; counted when first shown."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.gui.dates import day_text
from annotator.gui.widgets.status_bar_strip import share_text
from annotator.i18n import _, ngettext
from annotator.model.status import Status
from annotator.store.reading import VersionRow

Index = QModelIndex | QPersistentModelIndex
Counts = dict[str, int]

ROW: Final = Qt.ItemDataRole.UserRole
COUNTS: Final = Qt.ItemDataRole.UserRole + 1
STATUSES: Final = Qt.ItemDataRole.UserRole + 2


class ArticleModel(QAbstractListModel):
    """Rows of the article list; roles ROW (VersionRow), COUNTS (claims by status key), STATUSES."""

    def __init__(self, counts_of: Callable[[VersionRow], Counts], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts_of = counts_of
        self._rows: list[VersionRow] = []
        self._counts: dict[str, Counts] = {}
        self._statuses: tuple[Status, ...] = ()

    def show_rows(self, rows: list[VersionRow], statuses: tuple[Status, ...]) -> None:
        """Show these rows; what was counted before is forgotten."""
        self.beginResetModel()
        self._rows, self._statuses, self._counts = rows, statuses, {}
        self.endResetModel()

    def add_rows(self, rows: list[VersionRow]) -> None:
        """Show these rows behind those that are there."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows = [*self._rows, *rows]  # another list: who keeps the one before sees that it is
            self.endInsertRows()

    def forget_counts(self) -> None:
        """Count again when shown."""
        counted, self._counts = self._counts, {}
        places = [place for place, row in enumerate(self._rows) if row.version.id in counted]
        if places:  # no more than the view asked for: filters look at each row that is told to be other
            self.dataChanged.emit(self.index(places[0]), self.index(places[-1]))

    @property
    def rows(self) -> list[VersionRow]:
        """Every row, as they were brought in; not to be changed."""
        return self._rows

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses that rows are drawn with."""
        return self._statuses

    def row_of(self, version_id: str) -> int:
        """Return the row that stands for a version, -1 for none."""
        found = (
            place for place, row in enumerate(self._rows) if row.version.id == version_id or version_id in row.also
        )
        return next(found, -1)

    def at(self, index: Index) -> VersionRow:
        """Return the row at an index."""
        return self._rows[index.row()]

    def counts(self, row: VersionRow) -> Counts:
        """Return how many claims have each status in what a row stands for."""
        key = row.version.id
        if key not in self._counts:
            self._counts[key] = self._counts_of(row)
        return self._counts[key]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of versions."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's data by role."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _:
                return self._own_role(row, role)

    def _own_role(self, row: VersionRow, role: int) -> object:
        if role == ROW:
            return row
        if role == COUNTS:
            return self.counts(row)
        return self._statuses if role == STATUSES else None

    def _spoken(self, row: VersionRow) -> str:
        counts = self.counts(row)
        parts = (
            title_of(row),
            row.article.publisher,
            day_text(row.article.published, row.article.published_precision),
            claims_text(sum(counts.values())),
            share_text(counts, self._statuses) if counts else "",
        )
        return ", ".join(part for part in parts if part)


def title_of(row: VersionRow) -> str:
    """Return what a version is called in lists."""
    return row.version.title or row.article.url or row.article.came_from or _("Untitled")


def claims_text(count: int) -> str:
    """Return "12 claims", or that the article is not started."""
    return ngettext("{n} claim", "{n} claims", count) if count else _("not started")
