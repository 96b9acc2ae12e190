"""A list of rows of one height that stays quick at 10,000 rows."""

from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.gui.widgets.viewport import give_viewport


class RowState(NamedTuple):
    """How a row stands: chosen, under the pointer, chosen in a list that has the focus."""

    selected: bool
    hovered: bool
    focused: bool


def state_of(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> RowState:
    """Return how a row that is to be painted stands.

    `option.state` tells as much, but with it all of QStyle is loaded: 10 ms of every start.
    """
    view = option.widget
    if not isinstance(view, QAbstractItemView):
        return RowState(selected=False, hovered=False, focused=False)
    viewport = view.viewport()
    under = viewport.underMouse() and view.indexAt(viewport.mapFromGlobal(QCursor.pos())) == index
    focused = view.hasFocus() and view.currentIndex() == index
    return RowState(view.selectionModel().isSelected(index), under, focused)


class RowList(QTableView):
    """Shows the one column of a model, each row as high as the delegate says of the first.

    A table and not QListView: that one asks the model for every row again after each insertion, which takes
    0.2 s at 10,000 rows; a table's header only shifts its sections.
    """

    def __init__(self, model: QAbstractItemModel, delegate: QStyledItemDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        delegate.setParent(self)
        self.setProperty("rows", "true")  # the delegate draws what is selected; the style sheet draws nothing
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setVisible(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self._fit()

    def _fit(self) -> None:
        """Take the row height from the delegate."""
        height = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.verticalHeader().setDefaultSectionSize(height)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the rows to another font or theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._fit()
