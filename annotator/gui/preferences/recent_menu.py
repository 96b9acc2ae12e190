"""File > Open recent: the projects opened before."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from annotator.errors import Refused
from annotator.i18n import _
from annotator.services import recent

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


def fill_recent(menu: QMenu, window: "MainWindow") -> None:
    """Fill the menu: each project with the folder it is in; those that are not there cannot be chosen."""
    menu.clear()
    found = recent.listing()
    here = window.hub.project.path if window.hub.is_open else None
    for one in found:
        words = _("{name}, in {folder}") if one.there else _("{name}, in {folder} (not there)")
        action = menu.addAction(words.format(name=one.path.name, folder=one.path.parent).replace("&", "&&"))
        action.setEnabled(one.there and one.path != here)
        action.triggered.connect(_opening(window, one.path))
    if not found:
        menu.addAction(_("Nothing was opened before")).setEnabled(False)
    elif not all(one.there for one in found):
        menu.addSeparator()
        menu.addAction(_("Take off those that are not there")).triggered.connect(lambda: _take_off(window))


def _opening(window: "MainWindow", path: Path) -> Callable[[], object]:
    return lambda: window.commands.files.open_path(path)


def _take_off(window: "MainWindow") -> None:
    try:
        recent.forget_missing()
    except Refused as refusal:
        window.hub.refused.emit(refusal)
