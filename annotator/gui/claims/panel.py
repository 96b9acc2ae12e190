"""The claims of the article on show: filter chips with counts, and the list in text order."""

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.claims.delegate import ClaimDelegate
from annotator.gui.claims.model import ROW, ClaimModel
from annotator.gui.hub import Hub
from annotator.gui.open_article import OpenArticle, RowsChanged
from annotator.gui.widgets.chip import StatusButton, status_chip
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.panel_title import PanelTitle
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.row_list import RowList
from annotator.gui.widgets.tab_order import order_tabs
from annotator.gui.widgets.tip import plain_tip
from annotator.gui.widgets.wrap import Wrap
from annotator.i18n import _, ngettext
from annotator.model.zones import numbered
from annotator.services.viewing import ArticlePage, ClaimRow

if TYPE_CHECKING:
    from annotator.gui.widgets.keyed_button import KeyedButton
    from annotator.model.status import Status


class ClaimPanel(QWidget):
    """Lists the mentions of the article; the list and the article share which one is active.

    Signals:
        claim_entered: Enter or a double click on a claim: the person wants the inspector.
    """

    claim_entered = Signal()

    def __init__(self, hub: Hub, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._article = article
        self._statuses: dict[str, Status] = {}
        self._paragraphs: list[tuple[int, int]] = []
        self.chips: list[StatusButton] = []
        self.model = ClaimModel(article.read_all, self)
        self.header = PanelTitle(_("Claims"))
        self.list = self._made_list()
        self._pages = QStackedWidget()
        self._pages.addWidget(
            EmptyHint("quote", _("No claims yet"), _("Select words in the article and press 1, 2 or 3."))
        )
        self._pages.addWidget(self.list)
        self._pages.addWidget(
            EmptyHint("quote", _("All claims are hidden"), _("Press a status above to show its claims again."))
        )
        self._chip_rows = Wrap()
        self.second: KeyedButton | None = None
        self.decided: KeyedButton | None = None
        self._added: list[KeyedButton] = []
        self._lay_out()
        article.shown.connect(self._on_shown)
        article.rows_read.connect(self.model.add_rows)
        article.rows_changed.connect(self._on_rows_changed)
        article.activated.connect(self._on_activated)
        hub.project_changed.connect(self._on_project)
        hub.card_changed.connect(self._on_card)

    def _made_list(self) -> RowList:
        view = RowList(self.model, ClaimDelegate())
        view.setAccessibleName(_("Claims"))
        view.selectionModel().currentChanged.connect(self._on_current)
        view.activated.connect(self._on_entered)
        return view

    def _on_entered(self, index: QModelIndex) -> None:
        if index.isValid():
            self.claim_entered.emit()

    def _lay_out(self) -> None:
        order = PlainLabel(_("Article order"))
        order.setProperty("quiet", True)  # noqa: FBT003 - Qt's own signature
        head = QHBoxLayout()
        head.setContentsMargins(18, 12, 18, 2)
        head.addWidget(self.header, 1)
        head.addWidget(order)
        chips = QHBoxLayout()
        chips.setContentsMargins(18, 0, 18, 4)
        chips.addWidget(self._chip_rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(chips)
        self._column = column
        column.addWidget(self._pages, 1)

    def _on_project(self) -> None:
        """Make a chip for each status of the scheme."""
        scheme = self._hub.scheme
        self._statuses = self._hub.statuses
        self._article.hidden = frozenset()
        self._article.no_decided = False
        if self.second is not None:
            self.second.setChecked(False)
        if self.decided is not None:
            self.decided.setChecked(True)
        self.chips = [status_chip(status, self) for status in scheme]
        self._chip_rows.hold(self.chips)
        for chip in self.chips:
            chip.toggled.connect(self._on_chip)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab come to the chips before the list, where the list was: chips are made later."""
        chips: list[QWidget] = [*self.chips, *self._added]
        if chips:
            order_tabs([self.list, *chips])
            QWidget.setTabOrder(chips[-1], self.list)

    def _on_card(self) -> None:
        self._on_project()
        self.model.hide(frozenset())
        self._renew_counts()

    def _show_second(self) -> None:
        """Offer to show only what needs a second person, where something does."""
        count = self.model.second_count()
        if self.second is None and count:
            from annotator.gui.widgets.keyed_button import KeyedButton  # noqa: PLC0415 - most projects ask for none

            self.second = KeyedButton("", icon_name="review", colour="warning")
            self._add_chip(self.second)
        if self.second is not None:
            words = ngettext("{n} needs a second check", "{n} need a second check", count)
            self.second.setText(words)
            self.second.setAccessibleName(words)
            self.second.setToolTip(plain_tip(_("Show only these")))
            self.second.updateGeometry()
            self.second.setVisible(bool(count) or self.second.isChecked())

    def _add_chip(self, chip: "KeyedButton", *, on: bool = False) -> None:
        """Put a chip that few articles need below those of the statuses."""
        chip.setCheckable(True)
        chip.setChecked(on)
        chip.toggled.connect(self._on_chip)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 18, 0)
        row.addWidget(chip)
        row.addStretch(1)
        self._column.insertLayout(2, row)
        self._added.insert(0, chip)
        self._order_tabs()

    def _show_decided(self) -> None:
        """Offer to leave out what the review came to, where there is something."""
        count = self.model.decided_count()
        if self.decided is None and count:
            from annotator.gui.widgets.keyed_button import KeyedButton  # noqa: PLC0415 - as above

            self.decided = KeyedButton("", icon_name="check", colour="accent")
            self._add_chip(self.decided, on=True)
        if self.decided is not None:
            words = ngettext("{n} adjudicated", "{n} adjudicated", count)
            self.decided.setText(words)
            self.decided.setAccessibleName(words)
            self.decided.setToolTip(plain_tip(_("Show what the review came to")))
            self.decided.updateGeometry()
            self.decided.setVisible(bool(count) or not self.decided.isChecked())

    def _on_chip(self) -> None:
        self._article.hidden = frozenset(chip.status.key for chip in self.chips if not chip.isChecked())
        self._article.only_second = self.second is not None and self.second.isChecked()
        self._article.no_decided = self.decided is not None and not self.decided.isChecked()
        self.model.hide(
            self._article.hidden, only_second=self._article.only_second, no_decided=self._article.no_decided
        )
        self._show_page()
        self._on_activated(self._article.active_id)

    def _on_shown(self, page: ArticlePage | None) -> None:
        self._paragraphs = numbered(page.text, ((one.zone, one.start, one.end) for one in page.zones)) if page else []
        rows, later = (page.rows, page.later.statuses) if page else ((), ())
        self.model.show_rows(rows, self._statuses, self._paragraph_of, later)
        self._renew_counts()

    def _paragraph_of(self, place: int) -> int:
        """Return the number of the paragraph of a code point, 0 for a headline, boilerplate and the like."""
        number = bisect_right(self._paragraphs, place, key=lambda paragraph: paragraph[0])
        return number if number and place < self._paragraphs[number - 1][1] else 0

    def _on_rows_changed(self, changes: RowsChanged) -> None:
        selection = self.list.selectionModel()
        selection.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.model.update_rows(changes.changed, changes.removed)
        selection.blockSignals(False)  # noqa: FBT003
        self._on_activated(self._article.active_id)
        self._renew_counts()

    def _renew_counts(self) -> None:
        counts = self.model.counts()
        for chip in self.chips:
            chip.set_count(counts.get(chip.status.key, 0))
        self._show_second()
        self._show_decided()
        total = sum(counts.values())
        self.header.set_count(total)
        self._show_page()

    def _show_page(self) -> None:
        """Show the list, or say why it is empty."""
        hidden = not self.model.rowCount() and any(self.model.counts().values())
        self._pages.setCurrentIndex(2 if hidden else 1 if self.model.rowCount() else 0)

    def _on_activated(self, mention_id: str) -> None:
        index = self.model.index_of(mention_id)
        selection = self.list.selectionModel()
        selection.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(False)  # noqa: FBT003
        self.list.viewport().update()
        if index.isValid():
            self.list.scrollTo(index)

    def _on_current(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, ClaimRow):
            self._article.activate(row.mention_id)
