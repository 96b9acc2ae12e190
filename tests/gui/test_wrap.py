"""Widgets in lines: none cut, none over another, as high as the width asks for."""

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.widgets.chip import status_chip
from annotator.gui.widgets.wrap import Wrap
from annotator.model.status import SCHEMES


@pytest.mark.parametrize("width", [140, 360, 1200])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_chips_take_the_lines_that_they_need(
    qtbot: QtBot, light_theme: None, width: int, direction: Qt.LayoutDirection
) -> None:
    del light_theme
    room = QWidget()
    qtbot.addWidget(room)
    room.setLayoutDirection(direction)
    wrap = Wrap()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(wrap)
    column.addStretch(1)
    chips = [status_chip(status) for status in SCHEMES["extended"]]
    wrap.hold(chips)
    room.resize(width, 600)
    room.show()
    assert wrap.height() == wrap.heightForWidth(width)
    assert all(chip.width() >= min(chip.sizeHint().width(), width) for chip in chips)
    assert all(wrap.rect().contains(chip.geometry()) for chip in chips)
    assert not [1 for one, other in combinations(chips, 2) if one.geometry().intersects(other.geometry())]
    order = [(chip.y(), chip.x() if direction == Qt.LayoutDirection.LeftToRight else -chip.x()) for chip in chips]
    assert all(before < after for before, after in pairwise(order))
    assert (len({chip.y() for chip in chips}) == 1) == (width == 1200)
    chips[0].set_count(1_000_000)
    qtbot.waitUntil(lambda: chips[0].width() >= min(chips[0].sizeHint().width(), width))


def test_what_it_held_before_goes(qtbot: QtBot, light_theme: None) -> None:
    del light_theme
    wrap = Wrap()
    qtbot.addWidget(wrap)
    chips = [status_chip(status) for status in SCHEMES["default"]]
    wrap.hold(chips)
    with qtbot.waitSignal(chips[0].destroyed):
        wrap.hold([])
    assert wrap.sizeHint().height() == 0
