"""Fonts that a widget has for itself, made of the interface's: they follow when the person chooses another."""

from collections.abc import Callable
from typing import Final
from weakref import WeakKeyDictionary

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from annotator.gui.theme import interface_font, sized, when_the_font_changes

_made: Final[WeakKeyDictionary[QWidget, Callable[[], QFont]]] = WeakKeyDictionary()


def own_font(widget: QWidget, make: Callable[[], QFont]) -> None:
    """Give a widget a font, now and whenever the interface's font is another one."""
    widget.setFont(make())
    _made[widget] = make


def of_size(factor: float, *, heavy: bool = False) -> Callable[[], QFont]:
    """Return what makes the interface's font larger or smaller by a factor."""

    def make() -> QFont:
        font = sized(interface_font(), factor)
        if heavy:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    return make


def _make_again() -> None:
    for widget, make in list(_made.items()):
        if isValid(widget):
            widget.setFont(make())


when_the_font_changes(_make_again)
