"""The left panel: the article list with its filter, and the sources below."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.articles.delegate import ArticleDelegate
from annotator.gui.articles.model import ROW, ArticleModel
from annotator.gui.articles.sources import SourcePanel
from annotator.gui.hub import Hub
from annotator.gui.icons import icon
from annotator.gui.intake.drops import offer
from annotator.gui.keys import with_key
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.panel_title import PanelTitle
from annotator.gui.widgets.row_list import RowList
from annotator.i18n import _
from annotator.model.changes import Changes
from annotator.services import viewing
from annotator.store.reading import VersionRow

if TYPE_CHECKING:
    from annotator.gui.articles.facets import FacetPanel

_COUNT_AFTER_MS = 150

_FILTER_FROM = 8
"""With fewer articles than this a filter field would only stand in the way."""

_NARROW_FROM = 2


class _Narrowed(QSortFilterProxyModel):
    """The rows whose title has the words of the filter, and which the facets leave."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._left: set[int] | None = None

    def leave(self, rows: set[int] | None) -> None:
        """Show only these rows of the list, None for all."""
        if rows != self._left:
            self._left = rows
            self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Tell whether a row is shown."""
        if self._left is not None and source_row not in self._left:
            return False
        return super().filterAcceptsRow(source_row, source_parent)


class ArticlePanel(QWidget):
    """Lists the project's articles and sources.

    Signals:
        article_chosen: the person chose a version (VersionId).
        import_wanted: the person wants to bring in files.
        files_dropped: files were dropped on the list (list of paths).
        text_dropped: text was dropped on the list.
    """

    article_chosen = Signal(str)
    import_wanted = Signal()
    files_dropped = Signal(list)
    text_dropped = Signal(str)

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._shown_id = ""
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.model = ArticleModel(self._counts_of, self)
        self._proxy = _Narrowed(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = self._made_list()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by title"))
        self.filter.setAccessibleName(_("Filter articles by title"))
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        self.header = PanelTitle(_("Articles"))
        self.add = QToolButton()
        self.narrow = QToolButton()
        self.narrow.setCheckable(True)
        self.narrow.setAccessibleName(_("Narrow the articles"))
        self._renew_icon()
        self.add.setAccessibleName(_("Import files"))
        self.renew_keys()
        self.add.clicked.connect(self.import_wanted)
        self._hint = EmptyHint(
            "article",
            _("No articles yet"),
            _("Drop files here, paste a text, or import."),
            action=_("Import files…"),
            of="article.import",
        )
        self._hint.action_chosen.connect(self.import_wanted)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.list)
        self._pages.addWidget(EmptyHint("filter", _("No article is left"), _("Clear what the list is narrowed by.")))
        self.sources = SourcePanel(hub)
        # Counting is not part of the mark that asks for it: at 10,000 mentions it would be felt.
        self._count_again = QTimer(self)
        self._count_again.setSingleShot(True)
        self._count_again.setInterval(_COUNT_AFTER_MS)
        self._count_again.timeout.connect(self.model.forget_counts)
        self._lay_out()
        self.narrow.toggled.connect(self._on_narrow)
        hub.project_changed.connect(self.read)
        hub.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "add"):
            self._renew_icon()

    def _renew_icon(self) -> None:
        self.add.setIcon(icon("plus"))
        self.narrow.setIcon(icon("filter"))

    @cached_property
    def facets(self) -> "FacetPanel":
        """What the list is narrowed by; made when first wanted."""
        from annotator.gui.articles.facets import FacetPanel  # noqa: PLC0415 - the first paint does without it

        made = FacetPanel(self._hub)
        self._below_field.insertWidget(self._below_field.count() - 1, made)
        made.narrowed.connect(self._on_narrowed)
        self._give_rows(made)
        return made

    def _give_rows(self, facets: "FacetPanel") -> None:
        facets.show_rows(self.model.rows, str(self._hub.project.path) if self._hub.is_open else "")

    def _on_narrow(self, on: bool) -> None:  # noqa: FBT001 - Qt says whether it is checked
        self.facets.set_open(on)
        self._below_field.setStretchFactor(self.facets, 1 if on else 0)

    def narrow_by(self) -> None:
        """Show what the list can be narrowed by, and go there; where one is there already, go back to the list."""
        focused = QApplication.focusWidget()
        if focused is not None and self.facets.isAncestorOf(focused):
            self.narrow.setChecked(False)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.narrow.setChecked(True)
            self.facets.focus_first()

    def _on_narrowed(self, rows: set[int] | None) -> None:
        """Show these rows, and the article on show: none goes from under somebody's hands."""
        here = self.model.row_of(self._shown_id) if self._shown_id else -1
        self._proxy.leave(rows if rows is None or here < 0 else rows | {here})
        none_left = rows is not None and not rows
        self._pages.setCurrentIndex(2 if none_left and not self._proxy.rowCount() else 1 if self.model.rows else 0)

    def _made_list(self) -> RowList:
        view = RowList(self._proxy, ArticleDelegate())
        view.setAccessibleName(_("Articles"))
        view.selectionModel().currentChanged.connect(self._on_current)
        return view

    def renew_keys(self) -> None:
        """Name the key that imports now."""
        self.narrow.setToolTip(with_key("article.narrow", _("Narrow the articles ({key})"), _("Narrow the articles")))
        self.add.setToolTip(with_key("article.import", _("Import files ({key})"), _("Import files")))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(18, 14, 12, 4)
        head.addWidget(self.header, 1)
        head.addWidget(self.narrow)
        head.addWidget(self.add)
        field = QHBoxLayout()
        field.setContentsMargins(14, 0, 14, 4)
        field.addWidget(self.filter)
        upper = QWidget()
        upper.setProperty("ground", "surface")
        upper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(field)
        self._below_field = column
        column.addWidget(self._pages, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(self.sources)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def sizeHint(self) -> QSize:
        """Return the width of the mock-up's panel."""
        return QSize(264, 600)

    def read(self) -> None:
        """Read the list again and keep what is chosen."""
        chosen = self.chosen()
        rows = viewing.article_rows(self._hub.project) if self._hub.is_open else []
        statuses = tuple(self._hub.statuses.values())
        self.list.selectionModel().blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.model.show_rows(rows, statuses)
        self.list.selectionModel().blockSignals(False)  # noqa: FBT003
        self._follow_rows()
        self.choose(chosen if chosen and self.model.row_of(chosen) >= 0 else "", quietly=True)

    def _read_on(self) -> bool:
        """Show what arrived behind what is shown; False where the whole list is to be read again."""
        if not self._hub.is_open or self.model.statuses != tuple(self._hub.statuses.values()):
            return False
        later = viewing.article_rows_since(self._hub.project, self.model.rows)
        if later:
            self.model.add_rows(later)
            self._follow_rows()
        return later is not None

    def _follow_rows(self) -> None:
        rows = self.model.rows
        self.header.set_count(len(rows))
        self.filter.setVisible(len(rows) >= _FILTER_FROM)
        self.narrow.setVisible(len(rows) >= _NARROW_FROM)
        self._pages.setCurrentIndex(1 if rows else 0)
        if "facets" in self.__dict__:
            self._give_rows(self.facets)

    def chosen(self) -> str:
        """Return the chosen version, "" for none; of several that are one, that which was asked for."""
        row = self.list.currentIndex().data(ROW)
        if not isinstance(row, VersionRow):
            return ""
        return self._shown_id if self._shown_id in row.also else row.version.id

    def choose(self, version_id: str, *, quietly: bool = False) -> None:
        """Choose a version; quietly where it is on show already."""
        row = self.model.row_of(version_id) if version_id else -1
        index = self._proxy.mapFromSource(self.model.index(row))
        if row >= 0 and not index.isValid():  # somebody is led to an article that the filters leave out
            self.filter.clear()
            if "facets" in self.__dict__:
                self.facets.clear_all()
            index = self._proxy.mapFromSource(self.model.index(row))
        selection = self.list.selectionModel()
        selection.blockSignals(quietly)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        if quietly:
            self._shown_id = version_id
        self.list.viewport().update()
        if index.isValid():
            self.list.scrollTo(index)

    def choose_next(self, step: int) -> None:
        """Choose the next (1) or previous (-1) article of the list as filtered."""
        count = self._proxy.rowCount()
        if count:
            here = self.list.currentIndex().row()
            place = max(0, min(count - 1, here + step))
            self.list.setCurrentIndex(self._proxy.index(place, 0))

    def _on_current(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, VersionRow):
            self._shown_id = row.version.id
            self.article_chosen.emit(row.version.id)

    def _on_changed(self, changes: Changes) -> None:
        if changes.arrived and self._read_on():
            self._count_again.start()  # marks in what was here may have arrived too
        elif changes.touches("article", "version", "project", "link"):
            self.read()
        elif changes.touches("mention", "assessment", "claim"):
            self._count_again.start()

    def _counts_of(self, row: VersionRow) -> dict[str, int]:
        return self._hub.project.status_counts_of(row.version.id, *row.also)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text."""
        offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped; nothing is opened here."""
        found = offer(event)
        if found is not None:
            found.tell(self.files_dropped, self.text_dropped)
