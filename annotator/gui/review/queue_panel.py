"""The left side of the review: which clusters to list, the list, and what can be accepted in one go."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.gui.keys import key_of
from annotator.gui.review.queue_list import QueueDelegate, QueueModel
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.row_list import RowList
from annotator.i18n import _
from annotator.services.reviewing import Item

FILTERS: Final[dict[str, Callable[[Item], bool]]] = {
    "pending": lambda item: item.state != "decided",
    "opposed": lambda item: item.state != "decided" and item.difference.opposed,
    "differ": lambda item: item.state != "decided" and not item.difference.unanimous,
    "changed": lambda item: item.state == "changed",
    "decided": lambda item: item.state != "pending",
    "all": lambda _item: True,
}


def filter_names() -> dict[str, str]:
    """Return what the filters are called."""
    return {
        "pending": _("To decide"),
        "opposed": _("Confirmed against disputed"),
        "differ": _("To decide, not unanimous"),
        "changed": _("Changed since"),
        "decided": _("Decided"),
        "all": _("All"),
    }


class QueuePanel(QWidget):
    """Lists clusters.

    Signals:
        chosen: another cluster is chosen (Item).
        unanimous_wanted: the person wants to accept what all agree on.
    """

    chosen = Signal(object)
    unanimous_wanted = Signal()

    def __init__(self, words_of: Callable[[Item], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[Item] = ()
        self._current: Item | None = None
        self._quiet = False
        self._called: Callable[[Item], dict[str, str]] = lambda _item: {}
        self.filter = QComboBox()
        for key, name in filter_names().items():
            self.filter.addItem(name, key)
        self.filter.setAccessibleName(_("Which to list"))
        self.count = PlainLabel()
        self.count.setProperty("quiet", "true")
        self.model = QueueModel(words_of, self)
        self.list = RowList(self.model, QueueDelegate())
        self.list.setAccessibleName(_("Queue"))
        self.unanimous = QPushButton()
        self.setProperty("ground", "surface")
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 4)
        head.setSpacing(10)
        head.addWidget(self.filter, 1)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 6, 14, 12)
        foot.addWidget(self.unanimous, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.filter.currentIndexChanged.connect(self._on_filter)
        self.unanimous.clicked.connect(self.unanimous_wanted)
        self.list.selectionModel().currentChanged.connect(self._on_current)

    def show_queue(self, items: Sequence[Item], called: Callable[[Item], dict[str, str]], current: Item | None) -> None:
        """List a queue; `current` stays in the list, whatever the filter says, until another one is chosen.

        `called` says what the readers of a cluster's text are called, by id.
        """
        self._items, self._current, self._called = items, current, called
        self._fill()

    def _fill(self) -> None:
        wanted = FILTERS[str(self.filter.currentData())]
        kept = self._current.key if self._current else ""
        listed = [item for item in self._items if item.key == kept or wanted(item)]
        self._quiet = True
        self.model.show_items(listed, self._called)
        self._quiet = False
        self.count.setText(f"{sum(map(wanted, listed)):n}")
        agreed = sum(item.unanimous and item.state == "pending" for item in self._items)
        self.unanimous.setText(_("Accept all unanimous ({n})").format(n=agreed))
        key = key_of("review.unanimous")
        self.unanimous.setToolTip(_("Key {key}").format(key=key) if key else "")
        self.unanimous.setEnabled(agreed > 0)
        self._select(self._current)

    def _select(self, item: Item | None) -> None:
        row = self.model.place_of(item.mention_ids) if item else -1
        self._quiet = True
        if row >= 0:
            self.list.selectRow(row)
            self.list.scrollTo(self.model.index(row, 0))
        else:
            self.list.clearSelection()
        self._quiet = False

    def _on_filter(self) -> None:
        self._fill()
        if self._current is None and self.model.items:
            self.choose(self.model.items[0])

    def _on_current(self, index: QModelIndex) -> None:
        if not self._quiet and index.isValid():
            self.choose(self.model.items[index.row()])

    def choose(self, item: Item) -> None:
        """Choose a cluster; it is listed, whatever the filter says."""
        self._current = item
        if self.model.place_of(item.mention_ids) < 0:
            self._fill()
        else:
            self._select(item)
        self.chosen.emit(item)

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) row."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < len(self.model.items):
            self.choose(self.model.items[row])

    def next_pending(self) -> Item | None:
        """Return the next cluster to decide after the current one, from the beginning again after the last."""
        items = self._items
        keys = [item.key for item in items]
        here = keys.index(self._current.key) if self._current and self._current.key in keys else -1
        order = [*range(here + 1, len(items)), *range(here + 1)]
        return next((items[place] for place in order if items[place].state != "decided" and place != here), None)
