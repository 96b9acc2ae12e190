"""Every other place in the article with the same words, to be ticked and marked as mentions of one claim."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton

from annotator.gui.inspector.drafts import saved
from annotator.gui.popups.card import Card
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.model.finding import places
from annotator.services import relating

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow
    from annotator.services.viewing import ClaimRow

_WIDTH, _HEIGHT = 640, 460
_AROUND: Final = 36
"""Code points before and behind a place that are shown with it."""


class Occurrences(QObject):
    """Lists where the words of the active mention stand elsewhere; what is ticked becomes a mention of its claim."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._row: ClaimRow | None = None
        self.card = Card(window, _("Mark other places"), width=_WIDTH, height=_HEIGHT)
        self.words = QLineEdit()
        self.words.setAccessibleName(_("Words to look for"))
        self.case = QCheckBox(_("Capitals count"))
        self.whole = QCheckBox(_("Only whole words"))
        self.whole.setChecked(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Places, ticked ones are marked"))
        self.list.setUniformItemSizes(True)
        self.count = PlainLabel()
        self.count.setProperty("quiet", "true")
        self.mark = QPushButton()
        self.mark.setProperty("kind", "primary")
        self._lay_out()
        self.words.textChanged.connect(self._find)
        self.case.toggled.connect(self._find)
        self.whole.toggled.connect(self._find)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.itemActivated.connect(self._on_mark)
        self.mark.clicked.connect(self._on_mark)
        window.hub.project_changed.connect(self.card.overlay.close_card)

    def _lay_out(self) -> None:
        how = QHBoxLayout()
        how.addWidget(self.words, 1)
        how.addWidget(self.whole)
        how.addWidget(self.case)
        self.card.body.addLayout(how)
        self.card.body.addWidget(self.count)
        self.card.body.addWidget(self.list, 1)
        self.card.foot.addWidget(self.mark)

    def open_for_active(self) -> None:
        """Open for the active mention, with the words of its first part."""
        row, page = self._window.article.active, self._window.article.page
        if row is None or page is None:
            return
        self._row = row
        start, end = row.spans[0]
        self.words.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.words.setText(page.text[start:end].replace("\n", " "))
        self.words.blockSignals(False)  # noqa: FBT003
        self._find()
        self.card.overlay.open_on(self.list if self.list.count() else self.words)

    def _find(self, *_whatever: object) -> None:
        """List every place where the words stand and the claim is not marked yet, all ticked."""
        page, row = self._window.article.page, self._row
        if page is None or row is None:
            return
        taken = [span for one in self._window.article.rows if one.claim_id == row.claim_id for span in one.spans]
        found = [
            (start, end)
            for start, end in places(
                page.text, self.words.text(), case=self.case.isChecked(), whole=self.whole.isChecked()
            )
            if not any(a < end and start < b for a, b in taken)
        ]
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.list.clear()
        for start, end in found:
            before = " ".join(page.text[max(0, start - _AROUND) : start].partition(" ")[2].split("\n"))
            after = " ".join(page.text[end : end + _AROUND].rpartition(" ")[0].split("\n"))
            words = page.text[start:end].replace("\n", " ")
            item = QListWidgetItem(f"…{before}\u2068[{words}]\u2069{after}…")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setData(Qt.ItemDataRole.UserRole, (start, end))
            self.list.addItem(item)
        self.list.blockSignals(False)  # noqa: FBT003
        if found:
            self.list.setCurrentRow(0)
        told = ngettext("{n} other place in this article", "{n} other places in this article", len(found))
        self.count.setText(told if found else _("These words stand nowhere else in this article."))
        self._on_ticked()

    def ticked(self) -> list[tuple[int, int]]:
        """Return the places that are ticked, in text order, in code points."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [
            tuple(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def _on_ticked(self, *_whatever: object) -> None:
        ticked = len(self.ticked())
        self.mark.setText(ngettext("Mark {n} place", "Mark {n} places", ticked))
        self.mark.setEnabled(bool(ticked))

    def _on_mark(self, *_whatever: object) -> None:
        row, ticked = self._row, self.ticked()
        if row is None or not ticked or self._window.loop.own_active() is None:
            return
        if saved(self._window.hub, relating.mark_again, row.mention_id, ticked):
            self.card.overlay.close_card()
            told = ngettext("{n} place marked", "{n} places marked", len(ticked))
            self._window.hub.announced.emit(told)
