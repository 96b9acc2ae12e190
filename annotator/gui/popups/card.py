"""The inside of a card over the window: a title with Close beside it, a body, and buttons at the foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.popups.overlay import Overlay
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _


class Card(QWidget):
    """A card; `body` and `foot` are for its owner to fill, the foot from its end, and `head` between title and Close.

    `name` is what it is called for a screen reader, the title where it is ""; `scrolls` lets the body scroll where the
    window is too low for it.
    """

    def __init__(
        self, window: QWidget, title: str, *, width: int, height: int, name: str = "", scrolls: bool = False
    ) -> None:
        super().__init__()
        self.title = PlainLabel(title)
        own_font(self.title, of_size(1.2))
        self.title.setWordWrap(True)
        self.close_button = KeyedButton(_("Close"), key=_("Esc"), colour="ink2")
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        self.foot.addStretch(0)  # gives way to a widget with a share of its own
        top = QHBoxLayout()
        top.setSpacing(22)
        top.addWidget(self.title, 1)
        top.addLayout(self.head)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addLayout(top)
        if scrolls:
            inside = QWidget()
            inside.setLayout(self.body)
            self.body.setContentsMargins(0, 0, 0, 0)
            column.addWidget(scrolled(inside, name=name or title), 1)
        else:
            column.addLayout(self.body, 1)
        column.addLayout(self.foot)
        self.overlay = Overlay(window, self, name=name or title, width=width, height=height)
        self.close_button.clicked.connect(self.overlay.close_card)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    def close_card(self) -> None:
        """Close it."""
        self.overlay.close_card()


def scrolled(inside: QWidget, *, name: str = "", words_only: bool = False) -> QScrollArea:
    """Return a frameless area that scrolls what is inside; the card's ground shines through.

    Tab stops at one that holds words only, which the arrow keys then scroll; in others it stops at what they hold.
    """
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if words_only else Qt.FocusPolicy.ClickFocus)
    area.setProperty("ring", "true" if words_only else "")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    hold(area, inside)
    return area


def hold(area: QScrollArea, inside: QWidget) -> None:
    """Put something else into a scrolling area; it switches on grounds of its own, which go again."""
    area.setWidget(inside)
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
