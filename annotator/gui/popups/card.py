"""The inside of a card over the window: a title with Close beside it, a body, and buttons at the foot."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.popups.overlay import Overlay
from annotator.gui.theme import interface_font, sized
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _


class Card(QWidget):
    """A card; `body` and `foot` are for its owner to fill, the foot from its end."""

    def __init__(self, window: QWidget, title: str, *, width: int, height: int) -> None:
        super().__init__()
        self.title = PlainLabel(title)
        self.title.setFont(sized(interface_font(), 1.2))
        self.close_button = KeyedButton(_("Close"), key=_("Esc"), colour="ink2")
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)
        self.overlay = Overlay(window, self, name=title, width=width, height=height)
        self.close_button.clicked.connect(self.overlay.close_card)
