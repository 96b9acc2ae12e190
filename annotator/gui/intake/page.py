"""The widgets of the import sheet: rows and preview at the left, details and checks at the right, buttons below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.intake.blocks import BlockView
from annotator.gui.intake.checks import Check, CheckList
from annotator.gui.intake.details import DetailFields
from annotator.gui.intake.rows import ImportRows, ImportTable
from annotator.gui.theme import interface_font, roomy, sized
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.intake.plain_text import Reading
from annotator.services.importing import ImportReport
from annotator.services.originals import Details

_RIGHT = 400
_LEAST_RIGHT = 320
_EDGE = 20
_FEW = 12
"""With so few rows the table takes no more room than they need."""


class ImportPage(QWidget):
    """Shows what it is told; what the person does is the sheet's to follow."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_one_article = len(report.rows) == 1 and report.rows[0].line == 0
        self._has_articles = any(row.line == 0 and row.outcome != "refused" for row in report.rows)
        self.rows = ImportRows(report, self)
        # Each with its parent from the start: a widget that has none when it is shown is a window of its own.
        self.table = ImportTable(self.rows, self)
        self.odd_only = QCheckBox(_("Only what is refused or differs"), self)
        self.blocks = BlockView(self)
        self.details = DetailFields(self)
        self.checks = CheckList(_("Checks"), self)
        self.summary = CheckList(_("Altogether"), self)
        self._counts = ElidedLabel()
        self._source = ElidedLabel()
        self.cancel = QPushButton(_("Cancel"))
        self.add = QPushButton(_("Add to project"))
        self.add.setProperty("kind", "primary")
        self.add.setEnabled(report.records > 0)
        if not report.records:
            self.cancel.setText(_("Close"))
        self.odd_only.toggled.connect(self.rows.show_odd_only)
        self._lay_out()

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setContentsMargins(_EDGE, _EDGE, _EDGE, 0)
        body.setSpacing(_EDGE)
        body.addWidget(self._left(), 1)
        body.addWidget(self._right())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addLayout(body, 1)
        column.addLayout(self._foot())

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("ground", "surface")
        title = PlainLabel(_("Import"))
        font = sized(interface_font(), 1.15)
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        self._source.setProperty("quiet", "true")
        column = QVBoxLayout(head)
        column.setContentsMargins(_EDGE + 4, 10, _EDGE + 4, 10)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(self._source)
        return head

    def _left(self) -> QWidget:
        self._preview = _card(_preview_note(), self._made_preview())
        if self._is_one_article:
            self.table.hide()
            self.odd_only.hide()
            return self._preview
        filter_row = QHBoxLayout()
        filter_row.setContentsMargins(12, 6, 12, 6)
        filter_row.addWidget(self.odd_only)
        filter_row.addStretch(1)
        self.odd_only.setVisible(self.rows.is_mixed)
        self._table_card = _card(filter_row, self.table)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(_EDGE // 2)
        # Two cards on a ground: a line between them would be a third thing.
        splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
        splitter.addWidget(self._table_card)
        splitter.addWidget(self._preview)
        few = min(_FEW, max(3, self.rows.rowCount()))
        height = (few + 2) * self.table.verticalHeader().defaultSectionSize() + 40
        splitter.setSizes([height, max(200, 700 - height)])
        splitter.setStretchFactor(1, 1)
        self._preview.setVisible(self._has_articles)
        return splitter

    def _made_preview(self) -> QStackedWidget:
        self._views = QStackedWidget()
        self._nothing = EmptyHint("article", _("No preview"), _("Only articles of plain text have one."))
        self._waiting = QWidget()
        self._views.addWidget(self.blocks)
        self._views.addWidget(self._nothing)
        self._views.addWidget(self._waiting)
        return self._views

    def _right(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("ground", "app")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_EDGE // 2 + 4)
        column.addWidget(self.details)
        column.addWidget(self.checks)
        column.addWidget(self.summary)
        column.addStretch(1)
        self.summary.setVisible(not self._is_one_article)
        room = _Column()
        room.setWidget(inner)
        return room

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_EDGE + 4, 10, _EDGE, 12)
        row.setSpacing(8)
        self._counts.setProperty("quiet", "true")
        row.addWidget(self._counts, 1)
        for button, key in ((self.cancel, "Esc"), (self.add, "Ctrl+↵")):
            button.setMinimumHeight(34)
            row.addWidget(KeyCap(key))
            row.addWidget(button)
        return row

    def describe(self, source: str, counts: str) -> None:
        """Say what is imported and what it comes to."""
        self._source.set_text(source)
        self._counts.set_text(counts)

    def show_report(self, checks: Sequence[Check]) -> None:
        """Show what all rows come to."""
        self.summary.show_checks(checks)

    def show_article(self, reading: Reading, details: Details, checks: Sequence[Check], *, fixed: bool) -> None:
        """Show an article of plain text; `fixed` details can be read only."""
        self.blocks.show_reading(reading)
        self._views.setCurrentWidget(self.blocks)
        self.details.show_details(details, fixed=fixed)
        self.details.setVisible(True)
        self.checks.show_checks(checks)

    def show_waiting(self) -> None:
        """Show nothing for the moment."""
        self._views.setCurrentWidget(self._waiting)

    def show_reason(self, checks: Sequence[Check]) -> None:
        """Show what becomes of a row that has no preview."""
        self._views.setCurrentWidget(self._nothing)
        self.details.setVisible(False)
        self.checks.show_checks(checks)

    def focus_first(self, *, can_add: bool) -> None:
        """Give the focus to where one begins: the table, else the button that adds."""
        first: QWidget = self.table if not self._is_one_article else self.add if can_add else self.cancel
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class _Column(QScrollArea):
    """The right column: as wide as it is given, scrolling where the window is low."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(roomy(_LEAST_RIGHT))
        self.setMaximumWidth(roomy(_RIGHT + 60))

    def sizeHint(self) -> QSize:
        """Return the usual width."""
        return QSize(roomy(_RIGHT), 400)


def _preview_note() -> QHBoxLayout:
    note = ElidedLabel(_("Text as it will be stored. What is struck out stays in it, set aside as boilerplate."))
    note.setProperty("quiet", "true")
    row = QHBoxLayout()
    row.setContentsMargins(22, 10, 22, 8)
    row.addWidget(note, 1)
    return row


def _card(head: QHBoxLayout, content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", "true")
    column = QVBoxLayout(card)
    column.setContentsMargins(1, 1, 1, 6)
    column.setSpacing(0)
    column.addLayout(head)
    column.addWidget(content, 1)
    return card
