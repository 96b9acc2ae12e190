"""Tab goes the way one reads: Qt's own order is that in which the parts were made."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def order_tabs(parts: Iterable[QWidget]) -> None:
    """Let Tab go through the parts one after the other, and in each in the order of its layouts.

    What followed the first stop before follows the last one then.
    """
    stops = [stop for part in parts for stop in _stops_in(part)]
    for one, follower in pairwise(stops):
        QWidget.setTabOrder(one, follower)


def _stops_in(part: QWidget) -> list[QWidget]:
    stops = [part] if part.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    layout = part.layout()
    return stops + (_stops_of(layout) if layout is not None else [])


def _stops_of(layout: QLayout) -> list[QWidget]:
    stops: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None:
            widget, inner = item.widget(), item.layout()
            stops += _stops_in(widget) if widget is not None else _stops_of(inner) if inner is not None else []
    return stops
