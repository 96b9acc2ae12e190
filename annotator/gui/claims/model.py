"""The claims list as a model: rows in text order, filtered by status, changed row by row."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.gui.row_order import RowOrder
from annotator.i18n import _, ngettext
from annotator.model.status import Status
from annotator.services.viewing import ClaimRow, in_text_order

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
SHOWN: Final = Qt.ItemDataRole.UserRole + 1
"""All that the list paints, asked for at once: (ClaimRow, its Status or None, its paragraph's number, how deep it is).

How deep: in how many other mentions one within the other it is reported.
"""
_DEEPEST: Final = 3


class ClaimModel(QAbstractListModel):
    """Mentions whose status is not hidden; roles ROW (ClaimRow) and SHOWN.

    Of very many the last come later, by `add_rows`: they are counted from the beginning, and whoever asks for one by
    number gets it, through `read_all`.
    """

    def __init__(self, read_all: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_all = read_all
        self._later: Sequence[str] = ()
        self._shown_later = 0
        self._all: dict[str, ClaimRow] = {}
        self._order = RowOrder()
        self._counts: Counter[str] = Counter()
        self._second = 0
        self._decided = 0
        self._hidden: frozenset[str] = frozenset()
        self._only_second = False
        self._no_decided = False
        self._statuses: dict[str, Status] = {}
        self._paragraph_of: Callable[[int], int] = lambda _start: 0

    def show_rows(
        self,
        rows: Iterable[ClaimRow],
        statuses: dict[str, Status],
        paragraph_of: Callable[[int], int],
        later: Sequence[str] = (),
    ) -> None:
        """Show these rows; `paragraph_of` numbers the paragraph of a code point, from 1.

        `later` has the status of each row that `add_rows` will bring.
        """
        self.beginResetModel()
        self._all = {row.mention_id: row for row in rows}
        self._counts = Counter(row.status for row in self._all.values())
        self._counts.update(later)
        self._second = self._decided = 0
        for row in self._all.values():
            self._count_marked(row, 1)
        self._later = later
        self._count_later()
        self._statuses = statuses
        self._paragraph_of = paragraph_of
        self._order = RowOrder(self._shown())
        self.endResetModel()

    def hide(self, statuses: Iterable[str], *, only_second: bool = False, no_decided: bool = False) -> None:
        """Leave out rows of these statuses (by key).

        `only_second` leaves out those that need no second person, `no_decided` those that the review came to.
        """
        if only_second or no_decided:
            self._read_all()
        self.beginResetModel()
        self._hidden = frozenset(statuses)
        self._only_second = only_second
        self._no_decided = no_decided
        self._order = RowOrder(in_text_order(self._shown()))
        self._count_later()
        self.endResetModel()

    def add_rows(self, rows: Sequence[ClaimRow]) -> None:
        """Take over the next of the later rows: they have their places already, so no view has anything to do."""
        for row in rows:
            before = self._all.get(row.mention_id)
            if before:
                self._count_marked(before, -1)
            self._all[row.mention_id] = row
            self._count_marked(row, 1)
        self._order.rows += [row for row in rows if self._is_shown(row)]
        self._later = self._later[len(rows) :]
        self._count_later()

    def _count_later(self) -> None:
        self._shown_later = sum(status not in self._hidden for status in self._later)

    def _shown(self) -> list[ClaimRow]:
        return [row for row in self._all.values() if self._is_shown(row)]

    def _is_shown(self, row: ClaimRow) -> bool:
        if row.adjudicated and self._no_decided:
            return False
        return row.status not in self._hidden and (row.needs_second or not self._only_second)

    def second_count(self) -> int:
        """Return how many of the rows that were read need a second person."""
        return self._second

    def decided_count(self) -> int:
        """Return how many of the rows that were read the review came to."""
        return self._decided

    def _count_marked(self, row: ClaimRow, step: int) -> None:
        self._second += step * row.needs_second
        self._decided += step * row.adjudicated

    def update_rows(self, changed: Iterable[ClaimRow], removed: Iterable[str]) -> None:
        """Take over changed rows and drop removed ones, touching only these."""
        for mention_id in removed:
            self._replace(self._all.pop(mention_id, None), None)
        for row in changed:
            before = self._all.get(row.mention_id)
            self._all[row.mention_id] = row
            self._replace(before, row)

    def _replace(self, before: ClaimRow | None, row: ClaimRow | None) -> None:
        for one, step in ((before, -1), (row, 1)):
            if one:
                self._counts[one.status] += step
                self._count_marked(one, step)
        place = self._order.find(before) if before else -1
        if place >= 0 and before and row and before.spans == row.spans and self._is_shown(row):
            self._order.rows[place] = row
            self.dataChanged.emit(self.index(place), self.index(place))
            return
        self._take_out(place)
        if row and self._is_shown(row):
            place = self._order.place(row)
            self.beginInsertRows(QModelIndex(), place, place)
            self._order.rows.insert(place, row)
            self.endInsertRows()

    def _take_out(self, place: int) -> None:
        if place >= 0:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._order.rows[place]
            self.endRemoveRows()

    def counts(self) -> dict[str, int]:
        """Return how many rows have each status, hidden ones too."""
        return {status: count for status, count in self._counts.items() if count}

    def index_of(self, mention_id: str) -> QModelIndex:
        """Return the index of a mention; an invalid one where it is not shown."""
        row = self._all.get(mention_id)
        place = self._order.find(row) if row else -1
        return self.index(place) if place >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._order) + self._shown_later

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's data by role."""
        if index.row() >= len(self._order):
            self._read_all()
        if not 0 <= index.row() < len(self._order):
            return None
        row = self._order.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row)
            case _:
                return self._own_role(row, role)

    def _own_role(self, row: ClaimRow, role: int) -> object:
        if role == SHOWN:
            return row, self._statuses.get(row.status), self._paragraph_of(row.spans[0][0]), self._depth(row)
        return row if role == ROW else None

    def _depth(self, row: ClaimRow) -> int:
        """Return in how many mentions of the article one within the other this one is reported, up to 3."""
        depth = 0
        while row.within and depth < _DEEPEST and (outer := self._all.get(row.within)):
            row, depth = outer, depth + 1
        return depth

    def spoken(self, row: ClaimRow) -> str:
        """Return a row as it is read aloud: status, words, speaker, sources, comments, where it is reported."""
        outer = self._all.get(row.within) if row.within else None
        parts = (
            self.status_text(row),
            _("adjudicated") if row.adjudicated else "",
            row.text,
            speaker_text(row),
            sources_text(row.evidence),
            comments_text(row.comments),
            _("needs a second check") if row.needs_second else "",
            _("reported in: {claim}").format(claim=outer.text) if outer else "",
        )
        return ", ".join(part for part in parts if part)

    def status_text(self, row: ClaimRow) -> str:
        """Return the name of a row's status."""
        status = self._statuses.get(row.status)
        return _(status.name) if status else row.status or _("No status")


def speaker_text(row: ClaimRow) -> str:
    """Return the speaker, marked as suggested until a person accepted it."""
    if row.speaker and not row.speaker_accepted:
        return _("{name}?").format(name=row.speaker)
    return row.speaker


def comments_text(count: int) -> str:
    """Return "2 comments" that are not resolved, "" for none."""
    return ngettext("{n} comment", "{n} comments", count) if count else ""


def sources_text(count: int) -> str:
    """Return "2 sources", or "no source"."""
    return ngettext("{n} source", "{n} sources", count) if count else _("no source")
