"""Draws the small widgets in every theme: `python tests/gui/gallery.py FOLDER` writes one PNG a theme."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.fonts import load_fonts
from annotator.gui.icons import icon
from annotator.gui.theme import apply_theme, available, load_theme
from annotator.gui.widgets.chip import StatusButton, status_chip
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.segmented import StatusSegments
from annotator.gui.widgets.status_bar_strip import ShareBar
from annotator.gui.widgets.toast import Toast
from annotator.model.status import SCHEMES

DEFAULT, EXTENDED = SCHEMES["default"], SCHEMES["extended"]


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _tool(name: str, text: str = "", *, checked: bool = False) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name, "accent" if checked else "ink2"))
    button.setText(text)
    button.setCheckable(True)
    button.setChecked(checked)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _statuses(column: QVBoxLayout) -> None:
    chips = [status_chip(status) for status in EXTENDED]
    for number, chip in enumerate(chips):
        chip.set_count(number * 3)
    chips[1].setChecked(False)
    column.addLayout(_row(*chips[:3]))
    column.addLayout(_row(*chips[3:6]))
    for scheme, chosen in ((DEFAULT, "disputed"), (EXTENDED, "mixed")):
        segments = StatusSegments(scheme)
        segments.set_status(chosen)
        column.addWidget(segments)
    column.addLayout(_row(*(StatusButton(status, look="action") for status in DEFAULT)))
    for height, counts in (
        (5, {"confirmed": 4, "disputed": 3, "alleged": 5}),
        (5, {}),
        (14, {"alleged": 3, "disputed": 2, "confirmed": 4, "mixed": 2}),
    ):
        bar = ShareBar(height=height)
        bar.show_counts(counts, EXTENDED)
        column.addWidget(bar)


def _inspector(column: QVBoxLayout) -> None:
    column.addWidget(SectionHeader("Speaker", of="claim.speaker", action="Choose the speaker"))
    column.addWidget(QLineEdit("Dana Okafor"))
    sources = SectionHeader("Sources", of="claim.source")
    sources.set_count(2)
    column.addWidget(sources)
    card = QFrame()
    card.setProperty("card", "true")
    inside = QVBoxLayout(card)
    inside.addWidget(ElidedLabel("Auditor’s letter to council, with a title too long for a card of this width here"))
    quiet = QLabel("p. 3, table 2")
    quiet.setProperty("quiet", "true")
    inside.addWidget(quiet)
    column.addWidget(card)


def _controls(column: QVBoxLayout) -> None:
    link = QPushButton("Link a source")
    link.setIcon(icon("plus", "accent"))
    link.setProperty("kind", "link")
    primary = QPushButton("Import")
    primary.setProperty("kind", "primary")
    disabled = QPushButton("Off")
    disabled.setEnabled(False)
    column.addLayout(_row(link, primary, QPushButton("Plain"), disabled, KeyCap("Ctrl K"), KeyCap("J")))
    tick = QCheckBox("Navigation")
    tick.setChecked(True)
    order = QComboBox()
    order.addItems(["Article order", "Newest"])
    column.addLayout(_row(tick, order))
    tabs = QTabBar()
    tabs.addTab("Claims")
    tabs.addTab("Sources")
    column.addWidget(tabs)
    views = QListWidget()
    views.ensurePolished()
    views.addItems([f"Source {number}" for number in range(12)])
    views.setCurrentRow(1)
    views.setFixedHeight(90)
    column.addWidget(views)


def panel() -> QWidget:
    """Return a panel with one of everything."""
    made = QWidget()
    made.setProperty("ground", "surface")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(made)
    column.addLayout(_row(_tool("article", "Annotate", checked=True), _tool("review", "Review"), _tool("undo")))
    _statuses(column)
    _inspector(column)
    _controls(column)
    column.addWidget(
        EmptyHint("source", "No sources yet", "Paste an address or a path.", action="Add", of="claim.source")
    )
    toast = Toast(made)
    made.resize(374, 960)
    toast.tell("Marked as disputed", action="Undo")
    return made


def main(folder: Path) -> None:
    """Write the pictures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    load_fonts()
    for name in available():
        apply_theme(app, load_theme(name))
        shown = panel()
        shown.show()
        QTest.qWaitForWindowExposed(shown)
        shown.findChildren(StatusSegments)[0].buttons()[2].setFocus()
        shown.grab().save(str(folder / f"widgets-{name}.png"))
        shown.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]))
