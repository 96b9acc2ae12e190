"""The sources of the project with how often each is linked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.articles.source_delegate import ICON, USES, SourceDelegate
from annotator.gui.hub import Hub
from annotator.gui.keys import with_key
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.panel_title import PanelTitle
from annotator.gui.widgets.tip import plain_tip
from annotator.gui.widgets.viewport import give_viewport
from annotator.i18n import _, ngettext
from annotator.model.changes import Changes
from annotator.model.records import Medium, Source
from annotator.services import linking

ICON_OF_MEDIUM: dict[Medium, str] = {"interview": "person", "web": "article"}
"""Icons of media that are no file."""


def medium_icon(medium: Medium) -> str:
    """Return the name of the icon of a medium."""
    return ICON_OF_MEDIUM.get(medium, "source")


class SourcePanel(QWidget):
    """Lists sources, last linked first."""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PanelTitle(_("Sources"))
        self.list = QListWidget()
        give_viewport(self.list)
        self.list.setAccessibleName(_("Sources"))
        self.list.setItemDelegate(SourceDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.ensurePolished()  # else the rows are laid out before the style sheet gives them their height
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._pages = QStackedWidget()
        self._pages.addWidget(EmptyHint("link", _("No sources yet"), _how_to_link))
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 8, 8)
        column.addWidget(self.header)
        column.addWidget(self._pages, 1)
        hub.project_changed.connect(self.read)
        hub.changed.connect(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("source", "evidence"):
            self.read()

    def read(self) -> None:
        """Read the list again."""
        self.list.clear()
        sources = linking.recent_sources(self._hub.project) if self._hub.is_open else []
        uses = self._hub.project.source_uses() if self._hub.is_open else {}
        for source in sources:
            self.list.addItem(_item(source, uses.get(source.id, 0)))
        self.header.set_count(len(sources))
        self._pages.setCurrentIndex(1 if sources else 0)


def _item(source: Source, uses: int) -> QListWidgetItem:
    title = source.title or source.url
    item = QListWidgetItem(title)
    item.setData(ICON, medium_icon(source.medium))
    item.setData(USES, uses)
    told = ngettext("linked {n} time", "linked {n} times", uses)
    item.setToolTip(plain_tip(", ".join(part for part in (title, source.publisher, source.url, told) if part)))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {told}")
    item.setData(Qt.ItemDataRole.UserRole, source.id)
    return item


def _how_to_link() -> str:
    return with_key("claim.source", _("Press {key} on a claim to link one."), _("Link one to a claim."))
