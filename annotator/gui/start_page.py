"""First start: the sample, a new project, or one that is there."""

import contextlib
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.errors import Refused
from annotator.gui.icons import icon
from annotator.gui.popups.card import scrolled
from annotator.gui.theme import reading_font, sized
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.own_font import own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.services import recent

_WIDTH = 620
_RECENT = 5


class StartPage(QWidget):
    """What the window shows while no project is open.

    Signals:
        sample_wanted, new_wanted, open_wanted: the person chose one of the three ways.
        recent_chosen: the person chose a project opened before (its path).
    """

    sample_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    recent_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        title = PlainLabel(_("Annotator"))
        own_font(title, lambda: _bold(reading_font(factor=2.4)))
        about = PlainLabel(
            _("Mark what is claimed in the news, say who claims it, and link it to what speaks for and against it.")
        )
        about.setWordWrap(True)
        about.setProperty("quiet", True)  # noqa: FBT003 - Qt's own signature
        self._column.addWidget(title)
        self._column.addWidget(about)
        self._column.addSpacing(12)
        self.sample = self._way(_("Open the sample"), _("Three short articles to try everything on."), "")
        self.new = self._way(
            _("New project…"), _("One file that holds everything; copy it, mail it, merge it."), "project.new"
        )
        self.open = self._way(_("Open project…"), _("A file that ends in .annot."), "project.open")
        self.sample.clicked.connect(self.sample_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.open.clicked.connect(self.open_wanted)
        self._recent = QVBoxLayout()
        self._column.addSpacing(8)
        self._column.addLayout(self._recent)
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        inner.setLayout(self._column)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 8)
        row.addStretch(1)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.addStretch(2)
        whole.addLayout(row)
        whole.addStretch(3)
        # Large letters in a low window: what has no room is scrolled to, not pressed together.
        area = QVBoxLayout(self)
        area.setContentsMargins(0, 0, 0, 0)
        area.addWidget(scrolled(inside, name=_("Annotator")))
        self.sample.setProperty("kind", "primary")

    def _way(self, words: str, explained: str, of: str) -> QPushButton:
        """Add a card with a button and what it does; return the button."""
        card = QFrame()
        card.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        row = QHBoxLayout(card)
        row.setContentsMargins(14, 12, 14, 12)
        button = QPushButton(words)
        button.setMinimumWidth(170)
        button.setAccessibleDescription(explained)
        label = PlainLabel(explained)
        label.setWordWrap(True)
        label.setProperty("quiet", True)  # noqa: FBT003
        row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(label, 1)
        if of:
            row.addWidget(KeyCap(of=of))
        self._column.addWidget(card)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus where Enter does what most want first."""
        super().showEvent(event)
        self.sample.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_recent(self) -> None:
        """List the projects opened before; those that are gone are marked, and each can be taken off."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = recent.listing()[:_RECENT]
        if found:
            self._recent.addWidget(ElidedLabel(_("Opened before")))
        for one in found:
            self._recent.addWidget(self._line(one))

    def _line(self, one: recent.Recent) -> QWidget:
        """Return a line with a project opened before: the way to it, where it is, and what takes it off."""
        line = QWidget()
        name, folder = one.path.name, str(one.path.parent)
        button = QPushButton((name if one.there else _("{path} (not there)").format(path=name)).replace("&", "&&"))
        button.setProperty("kind", "link")
        button.setEnabled(one.there)
        button.setAccessibleDescription(folder)
        button.clicked.connect(lambda _checked=False: self.recent_chosen.emit(str(one.path)))
        where = ElidedLabel(folder, mode=Qt.TextElideMode.ElideMiddle)
        where.setProperty("quiet", "true")
        off = QToolButton()
        off.setIcon(icon("close"))
        off.setAccessibleName(_("Take {name} off the list").format(name=name))
        off.setToolTip(plain_tip(_("Take it off the list; the file stays")))
        off.clicked.connect(lambda _checked=False: self._take_off(one.path))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addWidget(where, 1)
        row.addWidget(off)
        return line

    def _take_off(self, path: Path) -> None:
        with contextlib.suppress(Refused):  # then it stays listed
            recent.forget(path)
        self.show_recent()
        self.sample.setFocus(Qt.FocusReason.OtherFocusReason)


def _bold(font: QFont) -> QFont:
    heavy = sized(font, 1.0)
    heavy.setWeight(QFont.Weight.Bold)
    return heavy
