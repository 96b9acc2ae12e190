"""The sources of the project with how often each is linked."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.articles.source_delegate import CONFIDENTIAL, ICON, USES, SourceDelegate
from annotator.gui.hub import Hub
from annotator.gui.icons import icon
from annotator.gui.intake.drops import Dropped, offer
from annotator.gui.keys import with_key
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.panel_title import PanelTitle
from annotator.gui.widgets.tip import plain_tip
from annotator.gui.widgets.viewport import give_viewport
from annotator.i18n import _, ngettext
from annotator.model.changes import Changes
from annotator.model.records import Medium, Source
from annotator.services import linking
from annotator.store.classes import classes_of

ICON_OF_MEDIUM: dict[Medium, str] = {"interview": "person", "web": "article"}
"""Icons of media that are no file."""

_KEY: Final = Qt.ItemDataRole.UserRole
_ICON: Final = 16


def medium_icon(medium: Medium) -> str:
    """Return the name of the icon of a medium."""
    return ICON_OF_MEDIUM.get(medium, "source")


class SourceList(QListWidget):
    """The rows; a file may be dropped on one of them, and files and addresses beside them.

    Signals:
        file_dropped: a file was dropped on a source (its id, the path), "" beside them.
        address_dropped: an address of the web was dropped (it, and the words of its link).
    """

    file_dropped = Signal(str, str)
    address_dropped = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        give_viewport(self)
        self.setAccessibleName(_("Sources"))
        self.setItemDelegate(SourceDelegate(self))
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.ensurePolished()  # else the rows are laid out before the style sheet gives them their height
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file or an address."""
        take(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take a file or an address, and show which source a file would go to."""
        found = take(event)
        if found is not None and found.files:
            self.setCurrentIndex(self.indexAt(event.position().toPoint()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped where; nothing is opened here."""
        item = self.itemAt(event.position().toPoint())
        self.tell(take(event), str(item.data(_KEY)) if item else "")

    def tell(self, found: Dropped | None, source_id: str = "") -> None:
        """Tell what was dropped on a source, "" beside them."""
        if found is not None and found.files:
            self.file_dropped.emit(source_id, found.files[0])
        elif found is not None:
            self.address_dropped.emit(found.address, found.title)


def take(event: QDropEvent) -> Dropped | None:
    """Take what a source can be: a file or an address; return it. Text is the article list's, around this one."""
    found = offer(event)
    if found is None or found.files or found.address:
        return found
    event.ignore()
    return None


class SourcePanel(QWidget):
    """Lists sources, last linked first.

    Signals:
        page_wanted: the person wants to see a source (its id).
        find_wanted: the person wants to find any source of the project.
        file_dropped: a file was dropped on a source (its id, the path), "" beside them.
        address_dropped: an address of the web was dropped (it, and the words of its link).
    """

    page_wanted = Signal(str)
    find_wanted = Signal()
    file_dropped = Signal(str, str)
    address_dropped = Signal(str, str)

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PanelTitle(_("Sources"))
        self.finder = QToolButton()
        self.finder.setAccessibleName(_("Find a source"))
        self.finder.setToolTip(plain_tip(_("Find a source")))
        self.finder.setIconSize(QSize(_ICON, _ICON))
        self._renew_icon()
        self.list = SourceList()
        self._pages = QStackedWidget()
        self._pages.addWidget(EmptyHint("link", _("No sources yet"), _how_to_link))
        self._pages.addWidget(self.list)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 4, 0)
        head.addWidget(self.header, 1)
        head.addWidget(self.finder)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 8, 8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.finder.clicked.connect(self.find_wanted)
        self.list.activated.connect(self._on_activated)
        self.list.file_dropped.connect(self.file_dropped)
        self.list.address_dropped.connect(self.address_dropped)
        self.setAcceptDrops(True)
        hub.project_changed.connect(self.read)
        hub.changed.connect(self._on_changed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file or an address also where there is no list yet."""
        take(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped beside the list."""
        self.list.tell(take(event))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "finder"):
            self._renew_icon()

    def _renew_icon(self) -> None:
        self.finder.setIcon(icon("search"))

    def _on_activated(self, index: QModelIndex) -> None:
        self.page_wanted.emit(str(index.data(_KEY)))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("source", "evidence", "link"):
            self.read()

    def read(self) -> None:
        """Read the list again; those that are one have one row, and what is chosen stays chosen."""
        item = self.list.currentItem()
        chosen = item.data(_KEY) if item else ""
        self.list.clear()
        project = self._hub.project if self._hub.is_open else None
        sources = linking.recent_sources(project) if project else []
        speaks = classes_of(project, "source") if project else {}
        counted = project.source_uses([*(one.id for one in sources), *speaks]) if project else {}
        uses: dict[str, int] = {str(key): n for key, n in counted.items()}
        for key, first in speaks.items():
            if key != first:
                uses[first] = uses.get(first, 0) + uses.get(key, 0)
        for source in sources:
            if speaks.get(source.id, source.id) == source.id:
                self.list.addItem(_item(source, uses.get(source.id, 0)))
                if source.id == chosen:
                    self.list.setCurrentRow(self.list.count() - 1)
        many = project.count(Source) if project else 0
        self.header.set_count(many - sum(key != first for key, first in speaks.items()))
        self.finder.setVisible(bool(sources))
        self._pages.setCurrentIndex(1 if sources else 0)


def _item(source: Source, uses: int) -> QListWidgetItem:
    title = source.title or source.url
    item = QListWidgetItem(title)
    item.setData(ICON, medium_icon(source.medium))
    item.setData(USES, uses)
    item.setData(CONFIDENTIAL, source.confidential)
    told = ngettext("linked {n} time", "linked {n} times", uses)
    kept = _("confidential") if source.confidential else ""
    item.setToolTip(plain_tip(", ".join(part for part in (title, source.publisher, source.url, told, kept) if part)))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (title, told, kept) if part))
    item.setData(_KEY, source.id)
    return item


def _how_to_link() -> str:
    return with_key("claim.source", _("Press {key} on a claim to link one."), _("Link one to a claim."))
